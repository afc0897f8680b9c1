// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include "support/models.hpp"
#include "support/stack.hpp"
#include "support/text.hpp"

#include <openint/connection.hpp>
#include <openint/error.hpp>
#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using openint::connection;
using openint::connection_status;
using test::contains;

// Every member of the description, each with a value of its own; what must not be printed says so.
constexpr std::string_view document = R"({
    "id": "conn_github_01",
    "customer_id": "cus_7",
    "connector_config_id": "ccfg_github_02",
    "integration_id": "int_03",
    "status_message": "SECRET-message",
    "created_at": "2026-11-23 17:31:36.22301+00",
    "updated_at": "2026-11-24 08:00:00+00",
    "display_name": "Häuser \"A\" \u2028",
    "disabled": true,
    "status": "healthy",
    "metadata": {"plan": "pro", "n": null, "seats": [1, -1.5e-7, 9007199254740991, {}]},
    "connector_name": "github",
    "settings": {
        "oauth": {
            "credentials": {
                "access_token": "SECRET-access",
                "client_id": "client_1",
                "scope": "repo user",
                "refresh_token": "SECRET-refresh",
                "expires_in": 3599.5,
                "expires_at": "2099-01-02T03:04:05.678Z",
                "token_type": "Bearer",
                "raw": {"id_token": "SECRET-raw", "deep": [{"key": "SECRET-deep"}], "n": null}
            },
            "created_at": "2025-05-01T00:00:00.000Z",
            "updated_at": "2025-05-02T00:00:00.000Z",
            "last_fetched_at": "2025-05-03T00:00:00.000Z",
            "metadata": {"k": "v"}
        },
        "access_token": "SECRET-access",
        "subdomain": "SECRET-subdomain"
    },
    "connector": {
        "name": "github",
        "display_name": "GitHub",
        "logo_url": "https://example.org/logo.svg",
        "stage": "ga",
        "platforms": ["web", "cloud"],
        "schemas": {
            "connector_config": {"type": "object", "default": null},
            "connection_settings": true,
            "integration_data": [],
            "webhook_input": "any",
            "pre_connect_input": 0,
            "connect_input": {},
            "connect_output": {"required": ["code"]}
        },
        "auth_type": "OAUTH2",
        "required_scopes": ["repo"],
        "openint_default_scopes": [],
        "openint_allowed_scopes": ["repo", "user"],
        "scopes": [
            {"scope": "repo", "display_name": "Repositories", "description": "All of them"},
            {"scope": "user"}
        ],
        "has_openint_credentials": false
    },
    "integration": {
        "id": "int_03",
        "standard": {"name": "x"},
        "external": [1, "two"],
        "created_at": "2026-01-01 00:00:00+00",
        "updated_at": "2026-01-02 00:00:00.5+00",
        "connector_name": "github",
        "name": "One bank",
        "logo_url": "https://example.org/bank.png",
        "stage": "beta",
        "platforms": ["mobile"],
        "category": "banking",
        "auth_type": "oauth",
        "version": "3"
    }
})";

connection read(std::string_view text) { return openint::json::read<connection>(text); }
connection read_value(const boost::json::value& value)
{
    return read(boost::json::serialize(value));
}

boost::json::value written(const connection& conn)
{
    return boost::json::parse(openint::json::write(conn, {.reveal_secrets = true}));
}

// Calls f with the path of every member that has a place in a struct, and the object it is in.
using visitor = std::function<void(const std::string& path, boost::json::object& parent,
                                   std::string_view name)>;

void for_each_member(boost::json::value& value, const std::string& path, const visitor& f)
{
    if (auto* array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            for_each_member((*array)[i], path + '/' + std::to_string(i), f);
    } else if (auto* object = value.if_object()) {
        std::vector<std::string> names;
        for (const auto& member : *object)
            names.emplace_back(member.key());
        for (const auto& name : names) {
            const std::string place = path + '/' + name;
            f(place, *object, name);
            if (models::is_typed(name))
                for_each_member(object->at(name), place, f);
        }
    }
}

// Adds a member that nobody has heard of to every object that has a struct, and counts them.
int add_unknown_member(boost::json::value& value)
{
    int count = 0;
    if (auto* array = value.if_array()) {
        for (auto& element : *array)
            count += add_unknown_member(element);
    } else if (auto* object = value.if_object()) {
        for (auto& member : *object)
            if (models::is_typed(member.key()))
                count += add_unknown_member(member.value());
        (*object)["brand_new"] = {{"a", {1, nullptr, "SECRET?"}}};
        ++count;
    }
    return count;
}

// Calls f once for each member of the document, with a document in which only it has been changed.
void for_each_change(const std::function<void(boost::json::object&, std::string_view)>& change,
                     const std::function<void(const std::string&, const boost::json::value&)>& f)
{
    boost::json::value whole = boost::json::parse(document);
    for_each_member(
        whole, "",
        [&](const std::string& path, boost::json::object& parent, std::string_view name) {
            const boost::json::object before = parent;
            change(parent, name);
            BOOST_TEST_CONTEXT(path) { f(path, whole); }
            parent = before;
        });
}

std::string failure_of(std::string_view text)
{
    return openint::json::try_read<connection>(text).error().message();
}

std::string place_of_error(const boost::json::value& value)
{
    try {
        read_value(value);
        return "no error";
    } catch (const openint::json::error& e) {
        return e.place().pointer;
    }
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

// Members that are written even if they came as null: the description says that they always come.
bool is_required(std::string_view path)
{
    return one_of(path, {"/id", "/connector_name", "/integration/id"});
}

// Not optional: written even if it was absent.
bool is_plain(std::string_view path)
{
    return one_of(path,
                  {"/connector/name", "/connector/scopes/0/scope", "/connector/scopes/1/scope",
                   "/integration/name", "/integration/connector_name",
                   "/settings/oauth/credentials/access_token"});
}

connection with_status(std::optional<openint::open_enum<connection_status>> status,
                       std::optional<bool> disabled = false)
{
    connection conn;
    conn.id = "conn_1";
    conn.connector_name = "github";
    conn.status = std::move(status);
    conn.disabled = disabled;
    return conn;
}

std::string no_credentials(const connection& conn)
{
    try {
        conn.access_token();
        return "no error";
    } catch (const openint::error& e) {
        BOOST_TEST((e.code() == openint::errc::no_credentials));
        BOOST_TEST(e.status() == 0u);
        return e.what();
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(connection_hpp)

BOOST_AUTO_TEST_CASE(has_every_member_of_the_description)
{
    const connection conn = read(document);
    BOOST_TEST(conn.id == "conn_github_01");
    BOOST_TEST(conn.customer_id.value() == "cus_7");
    BOOST_TEST(conn.connector_config_id.value() == "ccfg_github_02");
    BOOST_TEST(conn.integration_id.value() == "int_03");
    BOOST_TEST(conn.status_message->reveal() == "SECRET-message");
    BOOST_TEST(conn.created_at.text() == "2026-11-23 17:31:36.22301+00");
    BOOST_TEST((conn.updated_at.time() > conn.created_at.time()));
    BOOST_TEST(conn.display_name.value() == "H\u00e4user \"A\" \u2028");
    BOOST_TEST(conn.disabled.value());
    BOOST_TEST((conn.status == connection_status::healthy));
    BOOST_TEST(conn.metadata->at("plan") == "pro");
    BOOST_TEST(conn.connector_name == "github");
    BOOST_TEST(conn.extra.empty());

    const auto& oauth = conn.settings->oauth;
    BOOST_TEST(oauth->credentials->access_token.reveal() == "SECRET-access");
    BOOST_TEST(oauth->credentials->client_id.value() == "client_1");
    BOOST_TEST(oauth->credentials->scope.value() == "repo user");
    BOOST_TEST(oauth->credentials->refresh_token->reveal() == "SECRET-refresh");
    BOOST_TEST(oauth->credentials->expires_in.value() == 3599.5);
    BOOST_TEST(oauth->credentials->expires_at->time().has_value());
    BOOST_TEST(oauth->credentials->token_type.value() == "Bearer");
    BOOST_TEST(oauth->credentials->raw->reveal().at("id_token") == "SECRET-raw");
    BOOST_TEST(oauth->created_at->time().has_value());
    BOOST_TEST(oauth->updated_at->time().has_value());
    BOOST_TEST(oauth->last_fetched_at->text() == "2025-05-03T00:00:00.000Z");
    BOOST_TEST(oauth->metadata->at("k") == "v");
    BOOST_TEST(conn.settings->access_token->reveal() == "SECRET-access");
    BOOST_TEST(conn.settings->extra.reveal().size() == 1u);
    BOOST_TEST(conn.settings->extra.reveal().at("subdomain") == "SECRET-subdomain");

    const auto& connector = conn.connector.value();
    BOOST_TEST(connector.name == "github");
    BOOST_TEST(connector.display_name.value() == "GitHub");
    BOOST_TEST(connector.logo_url.value() == "https://example.org/logo.svg");
    BOOST_TEST((connector.stage == openint::connector_stage::ga));
    BOOST_TEST((connector.platforms == std::vector<openint::open_enum<openint::platform>>{
                                           openint::platform::web, openint::platform::cloud}));
    BOOST_TEST(connector.schemas->connector_config.at("type") == "object");
    BOOST_TEST(connector.schemas->connection_settings == true);
    BOOST_TEST(connector.schemas->connect_output.at("required").at(0) == "code");
    BOOST_TEST((connector.auth_type == openint::auth_type::OAUTH2));
    BOOST_TEST((connector.required_scopes == std::vector<std::string>{"repo"}));
    BOOST_TEST((connector.openint_default_scopes == std::vector<std::string>()));
    BOOST_TEST(connector.openint_allowed_scopes->size() == 2u);
    BOOST_TEST(connector.scopes->at(0).description.value() == "All of them");
    BOOST_TEST((connector.scopes->at(1).display_name == std::nullopt));
    BOOST_TEST(connector.has_openint_credentials.value() == false);

    const auto& integration = conn.integration.value();
    BOOST_TEST(integration.id == "int_03");
    BOOST_TEST(integration.standard.at("name") == "x");
    BOOST_TEST(integration.external.at(1) == "two");
    BOOST_TEST((integration.updated_at.time() > integration.created_at.time()));
    BOOST_TEST(integration.connector_name == "github");
    BOOST_TEST(integration.name == "One bank");
    BOOST_TEST(integration.logo_url.value() == "https://example.org/bank.png");
    BOOST_TEST((integration.stage == openint::connector_stage::beta));
    BOOST_TEST(integration.platforms->at(0).text() == "mobile");
    BOOST_TEST(integration.category.value() == "banking");
    BOOST_TEST(integration.auth_type.value() == "oauth");
    BOOST_TEST(integration.version.value() == "3");
}

BOOST_AUTO_TEST_CASE(is_written_as_it_was_read)
{
    const connection conn = read(document);
    BOOST_TEST(models::normal(written(conn)) == models::normal(boost::json::parse(document)));
    BOOST_TEST((read_value(written(conn)) == conn));
    connection other = conn;
    BOOST_TEST((other == conn));
    other.settings->extra.reveal()["subdomain"] = "other";
    BOOST_TEST((other != conn));
}

BOOST_AUTO_TEST_CASE(keeps_its_secrets)
{
    for (const bool pretty : {false, true}) {
        const std::string text = openint::json::write(read(document), {.pretty = pretty});
        BOOST_TEST(!contains(text, "SECRET"));
        const auto value = boost::json::parse(text);
        BOOST_TEST(value.at("status_message") == "[redacted]");
        BOOST_TEST(value.at("settings").at("access_token") == "[redacted]");
        BOOST_TEST(value.at("settings").at("oauth").at("credentials").at("raw") == "[redacted]");
        BOOST_TEST(value.at("settings").at("oauth").at("credentials").at("token_type") == "Bearer");
    }
}

BOOST_AUTO_TEST_CASE(keeps_what_it_does_not_know)
{
    boost::json::value whole = boost::json::parse(document);
    BOOST_TEST(add_unknown_member(whole) == 9);

    const connection conn = read_value(whole);
    BOOST_TEST(models::normal(written(conn)) == models::normal(whole));
    BOOST_TEST(conn.extra.at("brand_new").at("a").at(0) == 1);
    BOOST_TEST(conn.settings->extra.reveal().contains("brand_new"));
    BOOST_TEST(conn.settings->oauth->extra.reveal().contains("brand_new"));
    BOOST_TEST(conn.settings->oauth->credentials->extra.reveal().contains("brand_new"));
    BOOST_TEST(conn.connector->extra.contains("brand_new"));
    BOOST_TEST(conn.connector->schemas->extra.contains("brand_new"));
    BOOST_TEST(conn.connector->scopes->at(1).extra.contains("brand_new"));
    BOOST_TEST(conn.integration->extra.contains("brand_new"));

    const auto redacted = boost::json::parse(openint::json::write(conn));
    BOOST_TEST(!contains(boost::json::serialize(redacted.at("settings")), "SECRET?"));
}

BOOST_AUTO_TEST_CASE(keeps_unknown_enumerators)
{
    boost::json::value whole = boost::json::parse(document);
    whole.as_object()["status"] = "levitating";
    auto& connector = whole.at("connector").as_object();
    connector["stage"] = "gamma";
    connector["platforms"] = {"web", "watch"};
    connector["auth_type"] = "oauth2";
    whole.at("integration").as_object()["stage"] = "hidden";
    const connection conn = read_value(whole);
    BOOST_TEST(conn.status->text() == "levitating");
    BOOST_TEST(!conn.status->known());
    BOOST_TEST((conn.connector->platforms->at(0) == openint::platform::web));
    BOOST_TEST(conn.connector->platforms->at(1).text() == "watch");
    BOOST_TEST(models::normal(written(conn)) == models::normal(whole));
}

BOOST_AUTO_TEST_CASE(reads_null_as_absent)
{
    const auto make_null = [](boost::json::object& parent, std::string_view name) {
        parent[name] = nullptr;
    };
    const auto remove = [](boost::json::object& parent, std::string_view name) {
        parent.erase(name);
    };
    std::vector<std::optional<connection>> with_null;
    for_each_change(make_null, [&](const std::string& path, const boost::json::value& whole) {
        with_null.emplace_back();
        if (is_required(path)) {
            BOOST_TEST(place_of_error(whole) == path);
            return;
        }
        with_null.back() = read_value(whole);
        if (!is_plain(path))
            BOOST_TEST(models::normal(written(*with_null.back())) == models::normal(whole));
    });
    std::size_t index = 0;
    for_each_change(remove, [&](const std::string& path, const boost::json::value& whole) {
        if (is_required(path))
            BOOST_TEST(place_of_error(whole) == path);
        else if (path != "/settings/subdomain") // what goes to extra is kept as it came
            BOOST_TEST((read_value(whole) == *with_null[index]));
        ++index;
    });
    BOOST_TEST(index == 67u);

    BOOST_TEST(failure_of("{}").starts_with("/id: missing"));
    BOOST_TEST(failure_of(R"({"id":"a"})").starts_with("/connector_name: missing"));
    BOOST_TEST(failure_of(R"({"id":"a","connector_name":"b","integration":{"name":"c"}})")
                   .starts_with("/integration/id: missing"));
}

BOOST_AUTO_TEST_CASE(tells_absent_from_empty)
{
    for (
        const std::string_view text :
        {R"({"id":"a","metadata":{},"connector_name":"","settings":{},"connector":{"name":"","platforms":[],"schemas":{},"required_scopes":[],"scopes":[]}})",
         R"({"id":"","customer_id":"","status_message":"","connector_name":"","settings":{"oauth":{"metadata":{}},"access_token":""}})",
         R"({"id":"","connector_name":"","settings":{"oauth":{"credentials":{"access_token":"","raw":{}}}}})"})
        BOOST_TEST(openint::json::write(read(text), {.reveal_secrets = true}) == text);
}

BOOST_AUTO_TEST_CASE(says_where_a_type_is_wrong)
{
    std::size_t count = 0;
    const auto spoil = [](boost::json::object& parent, std::string_view name) {
        auto& value = parent[name];
        value = value.is_object() || value.is_array() ? boost::json::value(1)
                                                      : boost::json::value(boost::json::object());
    };
    for_each_change(spoil, [&](const std::string& path, const boost::json::value& whole) {
        const bool free =
            path.starts_with("/connector/schemas/") ||
            one_of(path, {"/integration/standard", "/integration/external", "/settings/subdomain"});
        BOOST_TEST(place_of_error(whole) == (free ? "no error" : path));
        ++count;
    });
    BOOST_TEST(count == 67u);

    BOOST_TEST(place_of_error("text") == "");
    BOOST_TEST(place_of_error(boost::json::parse(R"({"connector":{"platforms":["web",7]}})")) ==
               "/connector/platforms/1");
    BOOST_TEST(
        place_of_error(boost::json::parse(R"({"connector":{"scopes":[{},{"scope":[]}]}})")) ==
        "/connector/scopes/1/scope");
    try {
        read(R"({"settings":{"oauth":{"created_at":1}}})");
        BOOST_TEST(false);
    } catch (const openint::json::error& e) {
        BOOST_TEST(contains(e.what(), "/settings/oauth/created_at: expected string, found number"));
    }
}

// As deep as a text may be: nothing that is done with it takes the stack of a stackful coroutine,
// which is 128 KiB in Boost, however the program is built.
BOOST_AUTO_TEST_CASE(deep_nesting_takes_little_stack)
{
    std::string inner = "\"text\"";
    for (int i = 0; i < 254; ++i)
        inner = "{\"a\":[" + inner + "]}";
    const std::string text =
        R"({"id":"a","connector_name":"b","settings":{"oauth":{"credentials":{"raw":)" + inner +
        "}}},\"metadata\":" + inner + "}";
    const connection conn = openint::json::read<connection>(text);
    const auto check = [](const char* what, std::size_t use) {
        BOOST_TEST(use < (test::sanitized ? 512 : 120) * std::size_t{1024},
                   what << ": " << use << " bytes");
    };
    check("reading", test::stack_use([&] { (void)openint::json::read<connection>(text); }));
    check("copying", test::stack_use([&] { [[maybe_unused]] const connection copy = conn; }));
    check("comparing", test::stack_use([&] { (void)(conn == conn); }));
    check("writing",
          test::stack_use([&] { (void)openint::json::write(conn, {.reveal_secrets = true}); }));
}

BOOST_AUTO_TEST_CASE(finds_the_token)
{
    connection conn = with_status(connection_status::healthy);
    conn.settings.emplace();
    conn.settings->access_token = openint::secret("direct");
    BOOST_TEST(conn.access_token().reveal() == "direct");
    BOOST_TEST(&conn.access_token() == &*conn.settings->access_token);
    conn.settings->oauth.emplace();
    BOOST_TEST(conn.access_token().reveal() == "direct");
    conn.settings->oauth->credentials.emplace();
    BOOST_TEST(conn.access_token().reveal() == "direct");
    conn.settings->oauth->credentials->access_token = openint::secret("oauth");
    BOOST_TEST(conn.access_token().reveal() == "oauth");
    conn.settings->access_token.reset();
    BOOST_TEST(conn.access_token().reveal() == "oauth");
}

BOOST_AUTO_TEST_CASE(says_why_there_is_no_token)
{
    connection conn = with_status(connection_status::disconnected);
    conn.status_message = openint::secret("SECRET");
    std::string what = no_credentials(conn);
    BOOST_TEST(contains(what, "conn_1"));
    BOOST_TEST(contains(what, "include_secrets"));

    conn.settings.emplace();
    what = no_credentials(conn);
    BOOST_TEST(!contains(what, "include_secrets"));
    BOOST_TEST(contains(what, "github"));
    BOOST_TEST(contains(what, "disconnected"));
    BOOST_TEST(!contains(what, "disabled"));
    BOOST_TEST(!contains(what, "extra"));

    conn.disabled = true;
    conn.settings->access_token = openint::secret();
    conn.settings->extra.reveal()["api_key"] = "SECRET";
    what = no_credentials(conn);
    BOOST_TEST(contains(what, "disabled"));
    BOOST_TEST(contains(what, "extra"));
    BOOST_TEST(!contains(what, "SECRET"));

    conn.status.reset();
    BOOST_TEST(contains(no_credentials(conn), "no status"));
}

BOOST_AUTO_TEST_CASE(knows_when_the_token_ends)
{
    using std::chrono::system_clock;
    connection conn;
    BOOST_TEST(!conn.expires_at());
    conn.settings.emplace().access_token = openint::secret("key"); // which has no end
    BOOST_TEST(!conn.expires_at());
    auto& oauth = conn.settings->oauth.emplace().credentials.emplace();
    oauth.access_token = openint::secret("token");
    oauth.expires_in = 3600; // the whole life: says nothing about the end
    BOOST_TEST(!conn.expires_at());

    oauth.expires_at = openint::timestamp("2026-11-23T17:31:36.5Z");
    BOOST_TEST_REQUIRE(conn.expires_at().has_value());
    BOOST_TEST((*conn.expires_at() == std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) +
                                          std::chrono::milliseconds(63'096'500)));
    oauth.expires_at = openint::timestamp("2026-11-23 17:31:36+00");
    BOOST_TEST(conn.expires_at().has_value());
    oauth.expires_at = openint::timestamp("tomorrow");
    BOOST_TEST(!conn.expires_at());

    // Beyond what the system's clock can hold.
    oauth.expires_at = openint::timestamp("9999-12-31T23:59:59Z");
    BOOST_TEST((conn.expires_at() == system_clock::time_point::max()));
    oauth.expires_at = openint::timestamp("1600-01-01T00:00:00Z");
    BOOST_TEST((conn.expires_at() == system_clock::time_point::min()));

    oauth.access_token = openint::secret(); // the token is the other one
    BOOST_TEST(!conn.expires_at());
}

BOOST_AUTO_TEST_CASE(knows_whether_it_is_usable)
{
    using enum connection_status;
    for (const auto status : {healthy, manual, unknown}) {
        BOOST_TEST(with_status(status).usable());
        BOOST_TEST(with_status(status, std::nullopt).usable());
        BOOST_TEST(!with_status(status, true).usable());
    }
    for (const auto status : {disconnected, error})
        BOOST_TEST(!with_status(status).usable());
    BOOST_TEST(with_status(std::nullopt).usable());
    BOOST_TEST(with_status(std::nullopt, std::nullopt).usable());
    BOOST_TEST(!with_status(std::nullopt, true).usable());
    BOOST_TEST(!with_status(openint::open_enum<connection_status>("levitating")).usable());
    BOOST_TEST(!connection().usable()); // none at all
}

BOOST_AUTO_TEST_SUITE_END()
