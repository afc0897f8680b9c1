// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_CATALOGUE_HPP
#define OPENINT_TESTING_DETAIL_API_CATALOGUE_HPP

// The connectors that the mock server offers: all that the library knows.

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace openint::testing::detail {

struct catalogue_row
{
    std::string_view name;
    bool oauth;
};

inline std::span<const catalogue_row> catalogue()
{
    static constexpr catalogue_row all[] = {
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type)                              \
    {wire_name, std::string_view(#config_type) == "with_oauth"},
#include <openint/connectors/list.inc>
    };
    return all;
}

inline const std::vector<std::string_view>& connector_names()
{
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> names;
        for (const catalogue_row& r : catalogue())
            names.push_back(r.name);
        return names;
    }();
    return all;
}

inline bool is_oauth(std::string_view connector)
{
    const auto all = catalogue();
    return std::any_of(all.begin(), all.end(),
                       [&](const catalogue_row& r) { return r.oauth && r.name == connector; });
}

inline boost::json::value connector_schemas(bool oauth)
{
    static constexpr std::string_view with_oauth = R"json({
        "connector_config": {"type": "object", "properties": {
          "oauth": {"type": ["object", "null"], "properties": {
            "client_id": {"type": ["string", "null"]},
            "client_secret": {"type": ["string", "null"]},
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
        "integration_data": {"type": "object"}, "webhook_input": {"type": "object"},
        "pre_connect_input": {"type": "object", "properties": {
          "connection_id": {"type": "string"}}},
        "connect_input": {"type": "object", "properties": {
          "authorization_url": {"type": "string"}}, "required": ["authorization_url"]},
        "connect_output": {"type": "object", "properties": {
          "code": {"type": "string"}, "state": {"type": "string"}},
          "required": ["code", "state"]}})json";
    static constexpr std::string_view without = R"json({
        "connector_config": {"type": "object"}, "connection_settings": {"type": "object"},
        "integration_data": {"type": "object"}, "webhook_input": {"type": "object"},
        "pre_connect_input": {"type": "object"}, "connect_input": {"type": "object"},
        "connect_output": {"type": "object"}})json";
    return boost::json::parse(oauth ? with_oauth : without);
}

// A connector as the real server shows it: "google-mail" is "Google Mail".
inline boost::json::object describe_connector(std::string_view name, bool oauth, bool schemas)
{
    std::string display_name(name);
    bool first = true;
    for (char& c : display_name) {
        if (first && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        first = c == '-';
        if (first)
            c = ' ';
    }
    boost::json::object out{
        {"name", name},
        {"display_name", display_name},
        {"logo_url", "https://assets.example/logos/" + std::string(name) + ".svg"},
        {"stage", "ga"}};
    if (schemas)
        out.emplace("schemas", connector_schemas(oauth));
    out.emplace("auth_type", oauth ? "OAUTH2" : "API_KEY");
    if (oauth) {
        out.emplace("openint_default_scopes", boost::json::array{"read"});
        out.emplace("openint_allowed_scopes", boost::json::array{"read"});
        out.emplace("scopes", boost::json::array{boost::json::object{
                                  {"scope", "read"}, {"description", "See everything"}}});
    }
    out.emplace("has_openint_credentials", false);
    return out;
}

} // namespace openint::testing::detail

#endif
