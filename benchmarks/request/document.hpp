// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_REQUEST_DOCUMENT_HPP
#define OPENINT_BENCHMARKS_REQUEST_DOCUMENT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace bench {

/// The server has this many connections, and the contenders ask for one after the other.
inline constexpr std::size_t document_count = 64;

inline std::string two_digits(std::size_t n)
{
    return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

inline std::string id_of(std::size_t n) { return "conn_github_bench" + two_digits(n); }
inline std::string token_of(std::size_t n)
{
    return "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhZGEiLCJzY29wZSI6InJlcG8iLCJleHAiOjE3OT"
           "U0NTk0MTIsImlhdCI6MTc5NTQ1NTgxMn0.F8iEpGw8HfXgD91ArsCGmIoBdMstd28Qy9XVcJsAvg" +
           two_digits(n);
}
inline std::string target_of(std::size_t n)
{
    return "/v1/connection/" + id_of(n) + "?include_secrets=true&expand=connector";
}

/// The key that the contenders send.
inline constexpr const char* api_key = "key_bench_7f3c1d9e5b2a48c6";

/// What the server answers, in the shape that it has with secrets, connector and integration: 4 kB.
inline std::string document_of(std::size_t n)
{
    constexpr const char* text = R"({"id":"ID","customer_id":"cus_ada_lovelace",
"connector_config_id":"ccfg_github_5f2e8a","integration_id":"int_github_github",
"status_message":null,"created_at":"2026-02-14 09:26:53.58979+00",
"updated_at":"2026-03-14 15:09:26.5+00","display_name":"Analytical Engines Ltd","disabled":false,
"status":"healthy","metadata":{"team":"engines","seats":12},"connector_name":"github","settings":{
"oauth":{"credentials":{"access_token":"TOKEN","client_id":"Iv1.8a61f9b3a7aba766",
"scope":"repo read:org user:email gist workflow",
"refresh_token":"ghr_1B4a2e77838347a7E420ce178F2E7c6912E169246c34E1ccbF66C46812d16D5B1A9Dc86A1498",
"expires_in":28800,"expires_at":"2026-03-14T23:09:26.535Z","token_type":"Bearer","raw":{
"access_token":"TOKEN","token_type":"bearer","expires_in":28800}},
"created_at":"2026-02-14T09:26:53.589Z","updated_at":"2026-03-14T15:09:26.535Z",
"last_fetched_at":"2026-03-14T15:09:26.535Z","metadata":{"login":"ada","sso":true}},
"access_token":"TOKEN"},"connector":{"name":"github","display_name":"GitHub",
"logo_url":"https://static.example.com/logos/connectors/github.svg","stage":"ga",
"platforms":["web","desktop","cloud"],"schemas":{"connector_config":{"$ref":"#/definitions/oauth"},
"connection_settings":{"$ref":"#/definitions/oauth_settings"},"integration_data":{},
"webhook_input":{},"pre_connect_input":{},"connect_input":true,"connect_output":true},
"auth_type":"OAUTH2","required_scopes":["user:email"],
"openint_default_scopes":["repo","user:email"],
"openint_allowed_scopes":["repo","read:org","user:email","gist","workflow","notifications"],
"scopes":[{"scope":"repo","display_name":"Full control of repositories","description":
"Read and write code, issues, pull requests, wikis, settings, webhooks and deploy keys of all the
 repositories of the user, private ones included, and of the organizations that have approved it"},
{"scope":"read:org","display_name":"Read organizations and teams","description":
"See which organizations and teams the user belongs to, their members, and their projects"},
{"scope":"user:email","display_name":"Read e-mail addresses","description":
"Read all addresses of the user, those that are hidden on the profile page as well"},
{"scope":"gist","display_name":"Write gists","description":
"Create, change and delete the gists of the user, whether anybody can see them or not"},
{"scope":"workflow","display_name":"Change workflows","description":
"Add and change files that describe workflows, which run with the secrets of their repository"},
{"scope":"notifications","display_name":"Read notifications","description":
"Read the notifications of the user, mark them as read, and change what the user is told about"},
{"scope":"read:packages","display_name":"Download packages","description":
"Download and install packages from the registry, those of private repositories included"},
{"scope":"security_events","display_name":"Security events","description":
"Read and write the alerts that code scanning has raised, dismiss them, and upload the findings of
 other analyses, for all repositories that the user may administer"}],
"has_openint_credentials":true},"integration":{"id":"int_github_github",
"standard":{"id":"github","name":"GitHub"},"external":{"rank":3,"popularity":0.875},
"created_at":"2025-01-07 08:00:00+00","updated_at":"2025-06-28 12:34:56.7+00",
"connector_name":"github","name":"GitHub",
"logo_url":"https://static.example.com/logos/connectors/github.svg","stage":"beta",
"platforms":["web","mobile"],"category":"developer-tools","auth_type":"OAUTH2",
"version":"2022-11-28"}})";
    const auto id = id_of(n), token = token_of(n);
    std::string document;
    for (std::string_view rest = text; !rest.empty();) {
        const auto replaced = [&](std::string_view word, const std::string& by) {
            if (!rest.starts_with(word))
                return false;
            rest.remove_prefix(word.size());
            document.append(1, '"').append(by).append(1, '"');
            return true;
        };
        if (replaced(R"("ID")", id) || replaced(R"("TOKEN")", token))
            continue;
        if (rest.front() != '\n') // as compact as servers write it
            document += rest.front();
        rest.remove_prefix(1);
    }
    return document;
}

} // namespace bench

#endif
