// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "documents.hpp"

#include <openint/json.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <random>
#include <string_view>

namespace benchmark_parse {

namespace {

constexpr std::string_view connection_text = R"json({
"id":"conn_github_01k4zq8m7@",
"customer_id":"cus_acme_production_@",
"connector_config_id":"ccfg_github_01k3xv5w2r",
"integration_id":"int_github_github",
"status_message":"Credentials were refreshed 12 minutes before they would have expired",
"created_at":"2026-03-14 09:26:53.58979+00",
"updated_at":"2026-11-23 17:31:36.22301+00",
"display_name":"ACME GmbH engineering (#@)",
"disabled":false,
"status":"healthy",
"metadata":{"team":"platform","cost_center":4711},
"connector_name":"github",
"settings":{
 "oauth":{
  "credentials":{
   "access_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhY21lLWVuZ2luZWVyaW5nIiwic2NvcGUiOiJyZXBvIHdvcmtmbG93IiwiZXhwIjoxNzk1NDU5NDEyLCJpYXQiOjE3OTU0NTU4MTJ9.F8iEpGw8HfXgD91ArsCGmIoBdMstd28Qy9XVcJsAvgAB@",
   "client_id":"Iv1.8a61f9b3a7aba766",
   "scope":"gist,notifications,read:org,read:packages,read:user,repo,workflow",
   "refresh_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhY21lLWVuZ2luZWVyaW5nIiwiYWNjZXNzX3Rva2VuX2lkIjoiOGYyNGJjMTUtMzU2NyIsImV4cGlyZV90aW1lIjoxNzk1NDU5NDEzfQ.wDD1qR1BKVISy6k5EVuL35papC6TGcuhSYKMibGkkLUAB@",
   "expires_in":28800,
   "expires_at":"2026-11-24T01:31:36.223Z",
   "token_type":"bearer",
   "raw":{"access_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhY21lLWVuZ2luZWVyaW5nIiwic2NvcGUiOiJyZXBvIHdvcmtmbG93IiwiZXhwIjoxNzk1NDU5NDEyLCJpYXQiOjE3OTU0NTU4MTJ9.F8iEpGw8HfXgD91ArsCGmIoBdMstd28Qy9XVcJsAvgAB@","expires_in":28800,"token_type":"bearer"}
  },
  "created_at":"2026-03-14T09:26:53.589Z",
  "updated_at":"2026-11-23T17:31:36.223Z",
  "last_fetched_at":"2026-11-23T17:31:36.201Z",
  "metadata":{"installation":31415926,"sso":true}
 },
 "access_token":"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhY21lLWVuZ2luZWVyaW5nIiwic2NvcGUiOiJyZXBvIHdvcmtmbG93IiwiZXhwIjoxNzk1NDU5NDEyLCJpYXQiOjE3OTU0NTU4MTJ9.F8iEpGw8HfXgD91ArsCGmIoBdMstd28Qy9XVcJsAvgAB@"
},
"connector":{
 "name":"github",
 "display_name":"GitHub",
 "logo_url":"https://cdn.openint.example/logos/logo-github.svg",
 "stage":"ga",
 "platforms":["web","desktop","cloud"],
 "schemas":{
  "connector_config":{"$ref":"#/definitions/oauth"},
  "connection_settings":{"$ref":"#/definitions/oauth_settings"},
  "integration_data":{},
  "webhook_input":{},
  "pre_connect_input":{},
  "connect_input":true,
  "connect_output":true
 },
 "auth_type":"OAUTH2",
 "required_scopes":["read:user"],
 "openint_default_scopes":["read:user","repo"],
 "openint_allowed_scopes":["gist","notifications","read:org","read:packages","read:user","repo","workflow"],
 "scopes":[
  {"scope":"gist","display_name":"Write gists","description":"Grants write access to the gists of a user, secret ones included"},
  {"scope":"notifications","display_name":"Read notifications","description":"Grants read access to the notifications of a user, and to mark threads as read"},
  {"scope":"read:org","display_name":"Read organizations and teams","description":"Grants read access to the membership of organizations, to teams and to their projects"},
  {"scope":"read:packages","display_name":"Download packages","description":"Grants access to download or install packages from the registry of packages"},
  {"scope":"read:user","display_name":"Read user profile","description":"Grants access to read the profile of a user"},
  {"scope":"repo","display_name":"Full control of repositories","description":"Grants full access to public, internal and private repositories, which includes code, statuses of commits, invitations, collaborators, deployments and webhooks"},
  {"scope":"workflow","display_name":"Update workflows","description":"Grants the ability to add and update the files of workflows"}
 ],
 "has_openint_credentials":true
},
"integration":{
 "id":"int_github_github",
 "standard":{"id":"github","name":"GitHub"},
 "external":{"rank":3,"popularity":0.875},
 "created_at":"2025-01-07 08:00:00+00",
 "updated_at":"2026-06-28 12:34:56.7+00",
 "connector_name":"github",
 "name":"GitHub",
 "logo_url":"https://cdn.openint.example/logos/logo-github.svg",
 "stage":"beta",
 "platforms":["web","mobile"],
 "category":"developer-tools",
 "auth_type":"OAUTH2",
 "version":"2022-11-28"
}
})json";

constexpr std::string_view schemas_text = R"json({
"id":"conn_github_01k4zq8m7@",
"customer_id":"cus_acme_production_@",
"connector_config_id":"ccfg_github_01k3xv5w2r",
"integration_id":"int_github_github",
"status_message":"Credentials were refreshed 12 minutes before they would have expired",
"created_at":"2026-03-14 09:26:53.58979+00",
"updated_at":"2026-11-23 17:31:36.22301+00",
"display_name":"ACME GmbH engineering (#@)",
"disabled":false,
"status":"healthy",
"metadata":{"team":"platform","cost_center":4711,"labels":["production","eu-central-1"],"sync":{"enabled":true,"interval":900,"last_error":null}},
"connector_name":"github",
"settings":{
 "oauth":{
  "credentials":{
   "access_token":"gho_16C7e42F292c6912E7710c838347Ae178B4a@",
   "client_id":"Iv1.8a61f9b3a7aba766",
   "scope":"repo,read:org,read:user,workflow",
   "refresh_token":"ghr_1B4a2e77838347a7E420ce178F2E7c6912E169246c34E1ccbF66C46812d16D5B1A9Dc86A1498@",
   "expires_in":28800,
   "expires_at":"2026-11-24T01:31:36.223Z",
   "token_type":"bearer",
   "raw":{"access_token":"gho_16C7e42F292c6912E7710c838347Ae178B4a@","expires_in":28800,"refresh_token":"ghr_1B4a2e77838347a7E420ce178F2E7c6912E169246c34E1ccbF66C46812d16D5B1A9Dc86A1498@","refresh_token_expires_in":15811200,"scope":"repo,read:org,read:user,workflow","token_type":"bearer"}
  },
  "created_at":"2026-03-14T09:26:53.589Z",
  "updated_at":"2026-11-23T17:31:36.223Z",
  "last_fetched_at":"2026-11-23T17:31:36.201Z",
  "metadata":{"account":"acme-engineering","installation":31415926,"sso":true}
 },
 "access_token":"gho_16C7e42F292c6912E7710c838347Ae178B4a@"
},
"connector":{
 "name":"github",
 "display_name":"GitHub",
 "logo_url":"https://cdn.openint.example/logos/logo-github.svg",
 "stage":"ga",
 "platforms":["web","desktop","cloud"],
 "schemas":{
  "connector_config":{"type":"object","properties":{"oauth":{"type":"object","properties":{"client_id":{"type":"string"},"client_secret":{"type":"string"},"scopes":{"type":"array","items":{"type":"string"}}}}}},
  "connection_settings":{"type":"object","properties":{"oauth":{"type":"object"},"access_token":{"type":"string","description":"Same as oauth.credentials.access_token"}},"required":["oauth"]},
  "integration_data":{"type":"object","properties":{}},
  "webhook_input":{"type":"object","properties":{"action":{"type":"string","enum":["created","edited","deleted"]},"sender":{"type":"object"}}},
  "pre_connect_input":{"type":"object","properties":{}},
  "connect_input":{"type":"object","properties":{"authorization_url":{"type":"string"}}},
  "connect_output":{"type":"object","properties":{"connectionId":{"type":"string"}},"required":["connectionId"]}
 },
 "auth_type":"OAUTH2",
 "required_scopes":["read:user"],
 "openint_default_scopes":["read:user","repo"],
 "openint_allowed_scopes":["read:user","read:org","repo","workflow","gist","notifications","read:packages"],
 "scopes":[
  {"scope":"read:user","display_name":"Read user profile","description":"Grants access to read the profile of a user"},
  {"scope":"repo","display_name":"Full control of repositories","description":"Grants full access to repositories, private ones included"},
  {"scope":"workflow","display_name":"Update workflows","description":"Grants the ability to add and update the files of workflows"},
  {"scope":"read:org","display_name":"Read organizations and teams","description":"Grants access to read the membership of organizations, teams and projects"},
  {"scope":"gist","display_name":"Write gists","description":"Grants write access to the gists of a user, secret ones included"},
  {"scope":"notifications","display_name":"Read notifications","description":"Grants read access to the notifications of a user, and to mark threads as read"}
 ],
 "has_openint_credentials":true
},
"integration":{
 "id":"int_github_github",
 "standard":{"id":"github","name":"GitHub","categories":["developer-tools"],"logo_url":"https://cdn.openint.example/logos/logo-github.svg"},
 "external":{"rank":3,"popularity":0.875,"verified":true},
 "created_at":"2025-01-07 08:00:00+00",
 "updated_at":"2026-06-28 12:34:56.7+00",
 "connector_name":"github",
 "name":"GitHub",
 "logo_url":"https://cdn.openint.example/logos/logo-github.svg",
 "stage":"beta",
 "platforms":["web","mobile"],
 "category":"developer-tools",
 "auth_type":"OAUTH2",
 "version":"2022-11-28"
}
})json";

constexpr std::string_view escaped_text = R"json({
"id":"conn_notion_01k4zq8m7@",
"customer_id":"cus_caf\u00e9_m\u00fcnchen_@",
"connector_config_id":"ccfg_notion_01k3xv5w2r",
"integration_id":"int_notion_notion",
"status_message":"{\"error\":\"invalid_grant\",\"error_description\":\"Das Token ist abgelaufen \u2014 bitte erneut verbinden\"}\n\tat refresh (oauth.ts:42)\n\tat check (connection.ts:7)",
"created_at":"2026-03-14 09:26:53.58979+00",
"updated_at":"2026-11-23 17:31:36.22301+00",
"display_name":"株式会社アクメ エンジニアリング部門 \ud83d\ude80 \"本番\" (#@)",
"disabled":false,
"status":"error",
"metadata":{"équipe":"Développement & intégration","описание":"Соединение для синхронизации документов отдела разработки","路径":"C:\\Users\\開発\\文書\\同期","html":"<p>\n\t<a href=\"https:\/\/acme.example\/\">\u00dcbersicht<\/a>\n<\/p>","emoji":"\ud83d\ude00\ud83d\ude80\u2764"},
"connector_name":"notion",
"settings":{
 "oauth":{
  "credentials":{
   "access_token":"secret_\u0041bc\/def\/16C7e42F292c6912E7710c838347Ae178B4a@",
   "client_id":"8a61f9b3\u002da7ab",
   "scope":"прочитать записать",
   "refresh_token":"r\/1B4a2e77838347a7E420ce178F2E7c6912E169246c34\/E1ccbF66C46812d16D5B1A9Dc86A1498==@",
   "expires_in":28800,
   "expires_at":"2026-11-24T01:31:36.223Z",
   "token_type":"bearer",
   "raw":{"access_token":"secret_\u0041bc\/def\/16C7e42F292c6912E7710c838347Ae178B4a@","workspace_name":"アクメ株式会社の全社ワークスペース","owner":{"type":"user","name":"山田 太郎 (Ta\u0072\u014d Yamada)","avatar_url":"https:\/\/img.example\/%E5%B1%B1\/avatar.png"}}
  },
  "created_at":"2026-03-14T09:26:53.589Z",
  "updated_at":"2026-11-23T17:31:36.223Z",
  "last_fetched_at":"2026-11-23T17:31:36.201Z",
  "metadata":{"名前":"山田\t太郎","役職":"部長\n兼 \"責任者\"","città":"Forlì-Cesena — Emilia\u2011Romagna"}
 },
 "access_token":"secret_\u0041bc\/def\/16C7e42F292c6912E7710c838347Ae178B4a@"
},
"connector":{
 "name":"notion",
 "display_name":"Notion™ — «Заметки и базы знаний»",
 "logo_url":"https:\/\/cdn.openint.example\/logos\/logo-notion.svg",
 "stage":"ga",
 "platforms":["web","desktop","cloud"],
 "schemas":{
  "connector_config":{"type":"object","description":"Настройки приложения: \"client_id\" и \"client_secret\"\n\nСм. документацию"},
  "connection_settings":{"type":"object","description":"接続の設定\\n認証情報を含む\t(機密)","required":["oauth"]},
  "integration_data":{"type":"object","description":"Données d\u2019intégration — à définir"},
  "webhook_input":{"type":"object","pattern":"^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$"},
  "pre_connect_input":{"type":"object","pattern":"^[\\w.+-]+[\\w-]+\\.[\\w.]+$"},
  "connect_input":{"type":"object","title":"Où se connecter\u00a0?"},
  "connect_output":{"type":"object","title":"Ergebnis der Verbindung für größere Übersicht"}
 },
 "auth_type":"OAUTH2",
 "required_scopes":["lire:contenu"],
 "openint_default_scopes":["lire:contenu","écrire:contenu"],
 "openint_allowed_scopes":["lire:contenu","écrire:contenu","читать:страницы"],
 "scopes":[
  {"scope":"lire:contenu","display_name":"Lire le contenu","description":"Accorde l\u2019accès en lecture aux pages, bases de données et commentaires partagés"},
  {"scope":"читать:страницы","display_name":"Читать страницы","description":"Позволяет читать страницы,\nк которым пользователь \"дал\" доступ"},
  {"scope":"書き込み","display_name":"書き込みの許可","description":"ページ、データベース、コメントを作成し更新することを許可します"}
 ],
 "has_openint_credentials":true
},
"integration":{
 "id":"int_notion_notion",
 "standard":{"id":"notion","name":"Notion — 知識ベース","categories":["wissensmanagement","управление"]},
 "external":{"rank":3,"popularity":0.875,"beschreibung":"Alles an einem Ort: Notizen, Aufgaben, Wikis & \u201eDatenbanken\u201c"},
 "created_at":"2025-01-07 08:00:00+00",
 "updated_at":"2026-06-28 12:34:56.7+00",
 "connector_name":"notion",
 "name":"Notion — 知識ベース",
 "logo_url":"https:\/\/cdn.openint.example\/logos\/logo-notion.svg",
 "stage":"beta",
 "platforms":["web","mobile"],
 "category":"Büro & Zusammenarbeit",
 "auth_type":"OAUTH2",
 "version":"2022\u201306\u201328"
}
})json";

// The template without its line breaks and indentation, `number` for each @.
std::string fill(std::string_view pattern, std::size_t number)
{
    std::string text;
    bool line_begins = true;
    for (const char c : pattern) {
        if (c == '\n')
            line_begins = true;
        else if (c == '@')
            text += std::to_string(100 + number);
        else if (c != ' ' || !line_begins)
            text += c;
        if (c != ' ' && c != '\n')
            line_begins = false;
    }
    return text;
}

// Whether the library has a class for the object in which this member is; it is free-form
// otherwise.
bool typed(std::string_view name)
{
    constexpr std::string_view names[] = {"settings", "oauth",  "credentials", "connector",
                                          "schemas",  "scopes", "integration", "items"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

// Changes the members of all typed objects.
template <class F>
boost::json::value change(const boost::json::value& value, const F& f)
{
    if (value.is_array()) {
        boost::json::array all;
        for (const auto& item : value.get_array())
            all.push_back(item.is_object() ? change(item, f) : item);
        return all;
    }
    if (!value.is_object())
        return value;
    boost::json::object members;
    for (const auto& [name, item] : value.get_object())
        members.emplace(name, typed({name.data(), name.size()}) ? change(item, f) : item);
    return f(std::move(members));
}

} // namespace

std::string connection_document(std::size_t number) { return fill(connection_text, number); }

std::string schemas_document(std::size_t number) { return fill(schemas_text, number); }

std::string escaped_document(std::size_t number) { return fill(escaped_text, number); }

std::string shuffled_document(std::size_t number)
{
    std::mt19937 random(static_cast<unsigned>(number) + 5);
    return openint::json::write(
        change(boost::json::parse(connection_document(number)), [&](boost::json::object members) {
            std::vector<std::string> names;
            for (const auto& member : members)
                names.emplace_back(member.key().data(), member.key().size());
            std::shuffle(names.begin(), names.end(), random);
            boost::json::object shuffled;
            for (const std::string& name : names)
                shuffled.emplace(name, std::move(members[name]));
            return shuffled;
        }));
}

std::string unknown_document(std::size_t number)
{
    return openint::json::write(
        change(boost::json::parse(connection_document(number)), [](boost::json::object members) {
            boost::json::object more;
            const std::size_t middle = members.size() / 2;
            std::size_t i = 0;
            for (auto& member : members) {
                if (i++ == middle)
                    more.emplace("new_member", "a value of a member that is new");
                more.emplace(member.key(), std::move(member.value()));
            }
            return more;
        }));
}

std::string page_document(std::size_t items)
{
    std::string text = "{\"items\":[";
    for (std::size_t i = 0; i < items; ++i)
        text += (i == 0 ? "" : ",") + connection_document(i);
    const std::string count = std::to_string(items);
    return text + "],\"total\":" + count + ",\"limit\":" + count + ",\"offset\":0}";
}

std::string for_value_to(const std::string& text)
{
    return openint::json::write(change(boost::json::parse(text), [](boost::json::object members) {
        if (!members.contains("items"))
            members["extra"].emplace_object();
        return members;
    }));
}

} // namespace benchmark_parse
