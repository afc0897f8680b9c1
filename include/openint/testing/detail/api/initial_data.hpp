// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_INITIAL_DATA_HPP
#define OPENINT_TESTING_DETAIL_API_INITIAL_DATA_HPP

// What the mock server knows when it starts. Every name, key and token is made up.

#include <openint/testing/detail/api/store.hpp>

namespace openint::testing::detail {

inline constexpr std::string_view initial_connections = R"json([
{
  "id": "conn_github_1",
  "customer_id": "cus_ada",
  "connector_config_id": "ccfg_github_1",
  "integration_id": "int_github_1",
  "status_message": null,
  "created_at": "2026-03-02 08:15:30.5+00",
  "updated_at": "2026-03-09 17:31:36.22301+00",
  "display_name": "Ada's repositories",
  "disabled": false,
  "status": "healthy",
  "metadata": {"team": "compilers", "seats": 12, "trial": false, "tags": ["internal", "beta"],
               "limits": {"repositories": 250, "ratio": 0.75, "owner": null}},
  "connector_name": "github",
  "settings": {
    "oauth": {
      "credentials": {
        "access_token": "gho_made0up1access2token3never4valid5anywhere",
        "client_id": "Iv1.0a1b2c3d4e5f6a7b",
        "scope": "repo read:org read:user",
        "refresh_token": "ghr_made0up1refresh2token3never4valid5anywhere6at7all8in9the0world",
        "expires_in": 28800,
        "expires_at": "2099-01-02T03:04:05.678Z",
        "token_type": "bearer",
        "raw": {"access_token": "gho_made0up1access2token3never4valid5anywhere",
                "expires_in": 28800, "refresh_token_expires_in": 15897600,
                "scope": "repo,read:org,read:user", "token_type": "bearer",
                "account": {"login": "ada", "id": 9007199254740991, "site_admin": false}}
      },
      "created_at": "2026-03-02T08:15:30.511Z",
      "updated_at": "2026-03-09T17:31:36.223Z",
      "last_fetched_at": "2026-03-09T17:31:36.201Z",
      "metadata": {"installation": 48151623, "granted_by": "ada"}
    },
    "access_token": "gho_made0up1access2token3never4valid5anywhere"
  },
  "connector": {
    "name": "github",
    "display_name": "GitHub",
    "logo_url": "https://assets.example/logos/github.svg",
    "stage": "ga",
    "platforms": ["web", "desktop"],
    "schemas": {
      "connector_config": {"type": "object", "properties": {
        "oauth": {"type": ["object", "null"], "properties": {
          "client_id": {"type": ["string", "null"]}, "client_secret": {"type": ["string", "null"]},
          "scopes": {"type": ["array", "null"], "items": {"type": "string"}},
          "redirect_uri": {"type": ["string", "null"]}}}}},
      "connection_settings": {"type": "object", "properties": {
        "oauth": {"type": "object", "properties": {
          "credentials": {"type": "object", "properties": {
            "access_token": {"type": "string"}, "client_id": {"type": "string"},
            "scope": {"type": "string"}, "refresh_token": {"type": "string"},
            "expires_in": {"type": "number"}, "expires_at": {"type": "string"},
            "token_type": {"type": "string"}, "raw": {"type": "object"}},
            "required": ["access_token"]}}},
        "access_token": {"type": "string"}}, "required": ["oauth"]},
      "integration_data": {"type": "object", "additionalProperties": false},
      "webhook_input": {"type": "object", "additionalProperties": false},
      "pre_connect_input": {"type": "object", "properties": {"connection_id": {"type": "string"}}},
      "connect_input": {"type": "object", "properties": {
        "authorization_url": {"type": "string"}, "code_verifier": {"type": "string"}},
        "required": ["authorization_url"]},
      "connect_output": {"type": "object", "properties": {
        "code": {"type": "string"}, "state": {"type": "string"},
        "code_verifier": {"type": "string"}}, "required": ["code", "state"]}
    },
    "auth_type": "OAUTH2",
    "required_scopes": ["read:user"],
    "openint_default_scopes": ["read:user", "repo"],
    "openint_allowed_scopes": ["read:user", "read:org", "repo"],
    "scopes": [
      {"scope": "repo", "display_name": "Repositories",
       "description": "Read and write code, issues and pull requests"},
      {"scope": "read:org", "display_name": "Organizations",
       "description": "See teams and memberships"},
      {"scope": "read:user", "display_name": "Profile", "description": "See the profile"}
    ],
    "has_openint_credentials": true
  },
  "integration": {
    "id": "int_github_1",
    "standard": "code-hosting",
    "external": "github-cloud",
    "created_at": "2025-11-20 09:00:00+00",
    "updated_at": "2026-01-14 12:30:45.000001+00",
    "connector_name": "github",
    "name": "GitHub Cloud",
    "logo_url": "https://assets.example/logos/github-cloud.svg",
    "stage": "ga",
    "platforms": ["web", "mobile"],
    "category": "developer-tools",
    "auth_type": "oauth2",
    "version": "2.1.0"
  }
},
{
  "id": "conn_disconnected_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_hubspot_1",
  "status_message": "Token refresh failed: POST grant_type=refresh_token&refresh_token=made-up-refresh-token&client_id=client_7&client_secret=made-up-client-secret answered 400",
  "created_at": "2026-02-01 10:00:00.123456+00", "updated_at": "2026-03-01 11:00:00+00",
  "disabled": false, "status": "disconnected", "connector_name": "hubspot",
  "settings": {"oauth": {"credentials": {"access_token": "made-up-stale-token",
    "refresh_token": "made-up-refresh-token", "expires_at": "2099-01-01T00:00:00.000Z"}}}
},
{
  "id": "conn_expired_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_acme-oauth2_1",
  "created_at": "2025-06-30 23:59:59.9+00", "updated_at": "2025-06-30 23:59:59.9+00",
  "disabled": false, "status": "healthy", "connector_name": "acme-oauth2",
  "settings": {"oauth": {"credentials": {"access_token": "made-up-expired-token",
    "client_id": "client_1", "refresh_token": "made-up-revoked-refresh-token",
    "expires_in": 3600, "expires_at": "2025-07-01T00:59:59.900Z"}},
    "access_token": "made-up-expired-token"}
},
{
  "id": "conn_apikey_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_acme-apikey_1",
  "created_at": "2026-01-05 06:07:08.09+00", "updated_at": "2026-01-05 06:07:08.09+00",
  "disabled": false, "status": "unknown", "connector_name": "acme-apikey",
  "status_message": "Connection was imported without checking its status",
  "settings": {"api_key": "made-up-api-key"}
},
{
  "id": "conn_disabled_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_github_1",
  "created_at": "2026-01-05 06:07:08.09+00", "updated_at": "2026-02-05 06:07:08+00",
  "display_name": "Switched off", "disabled": true, "status": "healthy",
  "connector_name": "github",
  "settings": {"oauth": {"credentials": {"access_token": "made-up-unused-token"}}}
},
{
  "id": "conn_manual_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_github_1",
  "created_at": "2026-01-06 06:07:08.09+00", "updated_at": "2026-01-06 06:07:08.09+00",
  "disabled": false, "status": "manual", "connector_name": "github",
  "settings": {"oauth": {"credentials": {"access_token": "made-up-manual-token"}}}
},
{
  "id": "conn_null_1", "customer_id": null, "connector_config_id": "ccfg_github_1",
  "created_at": "2026-01-07 06:07:08.09+00", "updated_at": "2026-01-07 06:07:08.09+00",
  "disabled": null, "status": null, "connector_name": "github",
  "settings": {"oauth": {"credentials": {"access_token": "made-up-token"}}}
},
{
  "id": "conn_unicode_1", "customer_id": "cus_ünïcödé-日本", "connector_config_id": "ccfg_github_1",
  "created_at": "2026-01-08 06:07:08.09+00", "updated_at": "2026-01-08 06:07:08.09+00",
  "display_name": "Größe, 東京, \ud83d\ude80", "disabled": false, "status": "healthy",
  "metadata": {"text": "tab\tline\nquote\" slash/ backslash\\ \u0001 </script> \u2028",
    "empty": "", "日本語": {"deep": [[[{}]], [], {"a": null}]},
    "numbers": [0, -0.0, 1e21, -1.5e-7, 9007199254740991, -9007199254740993,
                18446744073709551615, 0.1, 1.7976931348623157e308, 5e-324]},
  "connector_name": "github",
  "settings": {"oauth": {"credentials": {"access_token": "tøken-ünï"}}, "access_token": "tøken-ünï"}
},
{
  "id": "conn_future_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_teleporter_1",
  "created_at": "2126-01-09 06:07:08.09+00", "updated_at": "2126-01-09 06:07:08.09+00",
  "disabled": false, "status": "quantum", "connector_name": "teleporter",
  "shard": {"region": "moon", "replicas": [1, 2, 3]}, "priority": 7,
  "settings": {"oauth": {"credentials": {"access_token": "made-up-token", "proof": "dpop"},
    "hardware": {"key": "made-up-hardware-key"}}, "beam": true},
  "connector": {"name": "teleporter", "display_name": "Teleporter", "stage": "gamma",
    "platforms": ["web", "orbit"], "auth_type": "RETINA", "schemas": {"beam_input": {}},
    "scopes": [{"scope": "beam", "risk": "high"}], "mass_limit": 1.5}
},
{
  "id": "conn_removed_1", "customer_id": "cus_ada", "connector_config_id": "ccfg_qbo_1",
  "created_at": "2024-01-01 00:00:00+00", "updated_at": "2024-01-01 00:00:00+00",
  "disabled": false, "status": "healthy", "connector_name": "qbo",
  "settings": {}, "connector": null
}
])json";

inline constexpr std::string_view initial_configs = R"json([
{
  "id": "ccfg_github_1", "created_at": "2025-11-20 09:00:00.25+00",
  "updated_at": "2026-01-14 12:30:45.000001+00", "org_id": "org_mock",
  "display_name": "Repositories", "disabled": false, "metadata": {"owner": "platform"},
  "connector_name": "github",
  "config": {"oauth": {"client_id": "Iv1.0a1b2c3d4e5f6a7b",
    "client_secret": "made-up-github-client-secret", "scopes": ["repo", "read:user"]}}
},
{
  "id": "ccfg_hubspot_1", "created_at": "2025-11-21 09:00:00+00",
  "updated_at": "2025-11-21 09:00:00+00", "org_id": "org_mock", "display_name": null,
  "disabled": false, "metadata": null, "connector_name": "hubspot",
  "config": {"oauth": {"client_id": "client_7", "client_secret": "made-up-client-secret"}}
},
{
  "id": "ccfg_acme-oauth2_1", "created_at": "2025-11-22 09:00:00+00",
  "updated_at": "2025-11-22 09:00:00+00", "org_id": "org_mock", "display_name": null,
  "disabled": false, "metadata": null, "connector_name": "acme-oauth2",
  "config": {"oauth": {"client_id": "client_1", "client_secret": "made-up-client-secret"}}
},
{
  "id": "ccfg_acme-apikey_1", "created_at": "2025-11-23 09:00:00+00",
  "updated_at": "2025-11-23 09:00:00+00", "org_id": "org_mock", "display_name": null,
  "disabled": false, "metadata": null, "connector_name": "acme-apikey", "config": {}
},
{
  "id": "ccfg_teleporter_1", "created_at": "2126-01-09 06:07:08+00",
  "updated_at": "2126-01-09 06:07:08+00", "org_id": "org_mock", "display_name": null,
  "disabled": true, "metadata": null, "connector_name": "teleporter",
  "config": {"beam": {"width": 2.5}}, "shard": "moon"
}
])json";

inline constexpr std::string_view initial_customers = R"json([
{
  "org_id": "org_mock", "id": "cus_ada", "api_key": "key_cus_made0up1for2ada",
  "metadata": {"plan": "gold"}, "created_at": "2025-11-25 10:00:00.5+00",
  "updated_at": "2026-03-02 08:15:30.5+00"
},
{
  "org_id": "org_mock", "id": "cus_ünïcödé-日本", "api_key": null, "metadata": null,
  "created_at": "2026-01-08 06:07:08.09+00", "updated_at": "2026-01-08 06:07:08.09+00"
}
])json";

inline constexpr std::string_view initial_events = R"json([
{
  "id": "evt_1", "timestamp": "2026-03-02 08:14:00.1+00", "name": "connect.session-started",
  "data": {"connector_name": "github", "meta": {"step": 1}}, "user": {"org_id": "org_mock", "customer_id": "cus_ada"}, "v": null,
  "org_id": "org_mock", "user_id": null, "customer_id": "cus_ada"
},
{
  "id": "evt_2", "timestamp": "2026-03-02 08:15:30.6+00", "name": "db.connection-created",
  "data": {"connection_id": "conn_github_1"}, "user": {"org_id": "org_mock", "customer_id": "cus_ada"}, "v": null, "org_id": "org_mock",
  "user_id": null, "customer_id": "cus_ada"
},
{
  "id": "evt_3", "timestamp": "2026-03-02 08:15:31+00", "name": "connect.session-succeeded",
  "data": {"connector_name": "github"}, "user": {"id": "user_1", "org_id": "org_mock", "user_id": "user_1", "customer_id": "cus_ada"}, "v": "1", "org_id": "org_mock",
  "user_id": "user_1", "customer_id": "cus_ada"
}
])json";

// The members that the real server always sends, in its order.
inline boost::json::object complete_connection(const boost::json::object& given)
{
    static constexpr std::string_view members[] = {
        "id",         "customer_id",   "connector_config_id", "integration_id", "status_message",
        "created_at", "updated_at",    "display_name",        "disabled",       "status",
        "metadata",   "connector_name"};
    boost::json::object out;
    for (std::string_view name : members) {
        const boost::json::value* value = given.if_contains(name);
        out.emplace(name, value ? *value : boost::json::value());
    }
    for (const auto& [name, value] : given)
        if (!out.contains(name))
            out.emplace(name, value);
    return out;
}

inline void add_initial_data(store& data)
{
    const auto each = [](std::string_view text, auto f) {
        const boost::json::value all = boost::json::parse(text);
        for (const boost::json::value& v : all.get_array())
            f(v.as_object());
    };
    each(initial_connections, [&](const auto& o) { data.connections.put(complete_connection(o)); });
    each(initial_configs, [&](const auto& o) { data.configs.put(o); });
    each(initial_customers, [&](const auto& o) { data.customers.put(o); });
    each(initial_events, [&](const auto& o) { data.events.put(o); });
}

} // namespace openint::testing::detail

#endif
