// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/connectors.hpp>
#include <openint/error.hpp>
#include <openint/json.hpp>
#include <openint/json_ref.hpp>
#include <openint/params.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>

namespace {

namespace connectors = openint::connectors;
namespace json = openint::json;

// A connection, or a configuration, as the server sends it.
openint::connection connection_of(std::string_view connector, std::string_view settings)
{
    return json::read<openint::connection>(R"({"id": "conn_1", "connector_name": ")" +
                                           std::string(connector) + R"(", "settings": )" +
                                           std::string(settings) + "}");
}

openint::connector_config config_of(std::string_view connector, std::string_view config)
{
    return json::read<openint::connector_config>(R"({"id": "ccfg_1", "connector_name": ")" +
                                                 std::string(connector) + R"(", "config": )" +
                                                 std::string(config) + "}");
}

template <class Connector>
std::optional<openint::error> settings_failure(const openint::connection& conn)
{
    const openint::connection before = conn;
    try {
        (void)conn.settings_as<Connector>();
    } catch (const openint::error& e) {
        BOOST_TEST((conn == before)); // it is an error of that call alone
        return e;
    }
    return std::nullopt;
}

// The failure, which must be of the settings, and say this.
template <class Connector>
void check_misfit(const openint::connection& conn, std::string_view what)
{
    const auto e = settings_failure<Connector>(conn);
    BOOST_TEST_REQUIRE(e.has_value());
    BOOST_TEST((e->code() == openint::errc::settings_mismatch));
    BOOST_TEST(e->what() == what);
    BOOST_TEST(e->message() == what);
    BOOST_TEST(e->status() == 0U);
}

boost::json::value revealed(const auto& value)
{
    return boost::json::parse(json::write(value, {.reveal_secrets = true}));
}

// A connector that the library does not know.
struct own_settings
{
    std::string host;
    openint::secret key;
    std::optional<int> port;
};
BOOST_DESCRIBE_STRUCT(own_settings, (), (host, key, port))

struct own
{
    static constexpr std::string_view name = "own-service";
    using settings = own_settings;
    using config = connectors::config::untyped;
};

} // namespace

BOOST_AUTO_TEST_SUITE(connectors_hpp)

BOOST_AUTO_TEST_CASE(names_are_sorted_and_as_on_the_wire)
{
    const auto names = connectors::names();
    BOOST_TEST(names.size() >= 171U);
    BOOST_TEST(std::ranges::is_sorted(names));
    BOOST_TEST((std::ranges::adjacent_find(names) == names.end()));
    for (const std::string_view name : {"github", "google-mail", "plaid", "sharepoint-onprem"})
        BOOST_TEST(std::ranges::binary_search(names, name));

    BOOST_TEST(connectors::google_mail::name == "google-mail");
    BOOST_TEST(connectors::acme_oauth2::name == "acme-oauth2");
    BOOST_TEST(connectors::sharepoint_onprem::name == "sharepoint-onprem");
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type)                              \
    {                                                                                              \
        std::string expected = wire_name;                                                          \
        std::ranges::replace(expected, '-', '_');                                                  \
        BOOST_TEST(#tag == expected);                                                              \
    }
#include <openint/connectors/list.inc>
}

BOOST_AUTO_TEST_CASE(connections_know_their_connector)
{
    const auto conn = connection_of("google-mail", "{}");
    BOOST_TEST(conn.is<connectors::google_mail>());
    BOOST_TEST(!conn.is<connectors::github>());
    BOOST_TEST(!openint::connection{}.is<connectors::github>());

    const auto config = config_of("plaid", "{}");
    BOOST_TEST(config.is<connectors::plaid>());
    BOOST_TEST(!config.is<connectors::ramp>());
}

BOOST_AUTO_TEST_CASE(plaid)
{
    const auto conn = connection_of("plaid", R"({"itemId": "item-1", "accessToken": "SECRET-a",
        "institution": {"name": "SECRET-bank"}, "item": null, "webhookItemError": null})");
    const auto settings = conn.settings_as<connectors::plaid>();
    BOOST_TEST(settings.itemId.value() == "item-1");
    BOOST_TEST(settings.accessToken.reveal() == "SECRET-a");
    BOOST_TEST(settings.institution.reveal().at("name").as_string() == "SECRET-bank");
    BOOST_TEST(settings.item.is_null());
    BOOST_TEST(settings.extra.empty());

    // Secrets stay secrets.
    BOOST_TEST(json::write(settings) ==
               R"({"itemId":"item-1","accessToken":"[redacted]","institution":"[redacted]"})");
    BOOST_TEST(json::write(settings, {.reveal_secrets = true}) ==
               R"({"itemId":"item-1","accessToken":"SECRET-a",)"
               R"("institution":{"name":"SECRET-bank"}})");
}

BOOST_AUTO_TEST_CASE(oauth_and_what_comes_with_it)
{
    const auto conn = connection_of("salesforce", R"({"oauth": {"credentials": {
        "access_token": "SECRET-a", "expires_in": 3600, "raw": {"id": "SECRET-r"}},
        "created_at": "2025-05-01T00:00:00.000Z", "metadata": {"k": [1, null]}},
        "access_token": "SECRET-a", "instance_url": "https://x.example", "new": {"member": 1}})");
    const auto settings = conn.settings_as<connectors::salesforce>();
    BOOST_TEST((settings.oauth == conn.settings->oauth));
    BOOST_TEST((settings.access_token == conn.settings->access_token));
    BOOST_TEST(settings.instance_url == "https://x.example");
    BOOST_TEST(boost::json::serialize(settings.extra.reveal()) == R"({"new":{"member":1}})");
    BOOST_TEST((revealed(settings) == revealed(*conn.settings)));
    BOOST_TEST(json::write(settings).find("SECRET") == std::string::npos);

    // Pure OAuth connectors share one class.
    static_assert(std::is_same_v<connectors::github::settings, connectors::zoom::settings>);
    static_assert(std::is_same_v<connectors::github::config, connectors::salesforce::config>);
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_that_a_connector_does_not_have)
{
    const auto conn = connection_of("apollo", R"({"api_key": "k", "access_token": "t",
        "oauth": {"credentials": {"access_token": "t"}}, "more": [1, "two", {"three": null}]})");
    const auto settings = conn.settings_as<connectors::apollo>();
    BOOST_TEST(settings.api_key.reveal() == "k");
    BOOST_TEST(settings.extra.reveal().size() == 3U);
    BOOST_TEST((revealed(settings) == revealed(*conn.settings)));
}

BOOST_AUTO_TEST_CASE(choices_are_variants)
{
    const auto admin = connection_of("firebase", R"({"serviceAccount": {"project_id": "p",
        "private_key": "SECRET-k"}, "role": "admin", "more": 1})");
    const auto a =
        std::get<connectors::settings::firebase_admin>(admin.settings_as<connectors::firebase>());
    BOOST_TEST(a.serviceAccount.project_id == "p");
    BOOST_TEST(a.serviceAccount.extra.reveal().at("private_key").as_string() == "SECRET-k");
    BOOST_TEST(a.extra.reveal().size() == 1U);

    const auto user = connection_of("firebase", R"({"role": "user", "firebaseConfig": {
        "projectId": "p", "apiKey": "SECRET-k", "appId": "a", "authDomain": "d",
        "databaseURL": "u"}, "authData": {"method": "emailPassword", "email": "e",
        "password": "SECRET-p"}})");
    const auto settings = user.settings_as<connectors::firebase>();
    const auto& u = std::get<connectors::settings::firebase_user>(settings);
    const auto& login = std::get<connectors::settings::firebase_email_password>(u.authData);
    BOOST_TEST(login.password.reveal() == "SECRET-p");
    BOOST_TEST(json::write(settings, {.reveal_secrets = true}) ==
               R"({"role":"user","firebaseConfig":{"projectId":"p","apiKey":"SECRET-k",)"
               R"("appId":"a","authDomain":"d","databaseURL":"u"},"authData":)"
               R"({"method":"emailPassword","email":"e","password":"SECRET-p"}})");
    BOOST_TEST(json::write(settings).find("SECRET") == std::string::npos);

    // Writing says which choice it is.
    BOOST_TEST(
        json::write(connectors::firebase::settings{connectors::settings::firebase_admin{}}) ==
        R"({"role":"admin","serviceAccount":{"project_id":""}})");
}

BOOST_AUTO_TEST_CASE(numbers_or_texts)
{
    const auto number = connection_of("yodlee", R"({"loginName": "n", "providerAccountId": 17})");
    BOOST_TEST(std::get<double>(number.settings_as<connectors::yodlee>().providerAccountId) == 17);
    const auto text = connection_of("yodlee", R"({"loginName": "n", "providerAccountId": "17"})");
    BOOST_TEST(std::get<std::string>(text.settings_as<connectors::yodlee>().providerAccountId) ==
               "17");
    BOOST_TEST((revealed(text.settings_as<connectors::yodlee>()) == revealed(*text.settings)));
}

BOOST_AUTO_TEST_CASE(settings_that_do_not_fit)
{
    check_misfit<connectors::plaid>(
        connection_of("plaid", R"({"accessToken": 42})"),
        "connection conn_1 does not fit plaid: /settings/accessToken: expected string, found "
        "number");
    check_misfit<connectors::splitwise>(
        connection_of("splitwise",
                      R"({"accessToken": "SECRET", "currentUser": {"picture": {"small": []}}})"),
        "connection conn_1 does not fit splitwise: /settings/currentUser/picture/small: expected "
        "string, found array");
    check_misfit<connectors::firebase>(
        connection_of("firebase", R"({"role": "SECRET"})"),
        "connection conn_1 does not fit firebase: /settings: expected role to be one of "
        "\"admin\", \"user\", found another");

    const auto e = settings_failure<connectors::plaid>(connection_of("plaid", R"({"itemId": {}})"));
    BOOST_TEST_REQUIRE(e.has_value());
    BOOST_TEST((e->cause() == json::errc::mismatch));
}

BOOST_AUTO_TEST_CASE(members_that_are_missing)
{
    const std::string_view token =
        "connection conn_1 does not fit plaid: /settings/accessToken: expected a value, found none";
    check_misfit<connectors::plaid>(connection_of("plaid", "{}"), token);
    check_misfit<connectors::plaid>(connection_of("plaid", R"({"accessToken": null})"), token);
    check_misfit<connectors::twenty>(
        connection_of("twenty", R"({"accessToken": "a"})"),
        "connection conn_1 does not fit twenty: /settings/access_token: expected a value, found "
        "none");
    check_misfit<connectors::zendesk>(connection_of("zendesk", R"({"oauth": {}})"),
                                      "connection conn_1 does not fit zendesk: "
                                      "/settings/subdomain: expected a value, found none");
    check_misfit<connectors::firebase>(
        connection_of("firebase", R"({"role": "admin"})"),
        "connection conn_1 does not fit firebase: /settings/serviceAccount: expected a value, "
        "found none");

    // An empty text is a text; the service means to drop `oauth`; these need nothing.
    BOOST_TEST(
        !settings_failure<connectors::brex>(connection_of("brex", R"({"accessToken": ""})")));
    BOOST_TEST(!settings_failure<connectors::github>(connection_of("github", "{}")));
    BOOST_TEST(!settings_failure<connectors::ramp>(connection_of("ramp", "{}")));
    BOOST_TEST(!settings_failure<connectors::saltedge>(connection_of("saltedge", "{}")));
}

BOOST_AUTO_TEST_CASE(connections_of_another_connector)
{
    const auto other = connection_of("github", R"({"accessToken": "SECRET"})");
    check_misfit<connectors::plaid>(other, "connection conn_1 is of connector github, not plaid");
    const auto unknown = connection_of("brand-new", R"({"accessToken": "SECRET"})");
    check_misfit<connectors::plaid>(
        unknown, "connection conn_1 is of connector brand-new (which this version of openint does "
                 "not know), not plaid");
    BOOST_TEST(unknown.settings->extra.reveal().size() == 1U); // readable all the same
}

BOOST_AUTO_TEST_CASE(connections_without_settings)
{
    const auto conn =
        json::read<openint::connection>(R"({"id": "conn_1", "connector_name": "plaid"})");
    const auto e = settings_failure<connectors::plaid>(conn);
    BOOST_TEST_REQUIRE(e.has_value());
    BOOST_TEST((e->code() == openint::errc::no_credentials));
    BOOST_TEST(e->what() ==
               "connection conn_1 came without its settings: ask for them with include_secrets");
}

BOOST_AUTO_TEST_CASE(settings_that_cannot_be_written)
{
    openint::connection conn = connection_of("twenty", R"({"access_token": "t"})");
    conn.settings->access_token = openint::secret("SECRET\xFF");
    const auto e = settings_failure<connectors::twenty>(conn);
    BOOST_TEST_REQUIRE(e.has_value());
    BOOST_TEST((e->code() == openint::errc::settings_mismatch));
    BOOST_TEST(std::string_view(e->what()).find("/settings/access_token") != std::string::npos);
    BOOST_TEST(std::string_view(e->what()).find("SECRET") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_settings)
{
    const std::string text(100'000, 'x');
    const auto conn =
        connection_of("snowflake", R"({"oauth": {}, "snowflake_account_url": ")" + text + R"("})");
    BOOST_TEST((conn.settings_as<connectors::snowflake>().snowflake_account_url == text));
}

BOOST_AUTO_TEST_CASE(configurations)
{
    const auto config = config_of("plaid", R"({"envName": "sandbox", "clientName": "App",
        "products": ["transactions", "brand-new"], "countryCodes": ["US", "CA"], "language": "en",
        "credentials": {"clientId": "i", "clientSecret": "SECRET"}})");
    const auto plaid = config.config_as<connectors::plaid>();
    BOOST_TEST((plaid.envName == connectors::config::plaid_environment::sandbox));
    BOOST_TEST_REQUIRE(plaid.products.size() == 2U);
    BOOST_TEST((plaid.products[0] == connectors::config::plaid_product::transactions));
    BOOST_TEST(!plaid.products[1].known());
    BOOST_TEST((plaid.countryCodes[1] == connectors::config::plaid_country::CA));
    BOOST_TEST(plaid.credentials.value().clientSecret.reveal() == "SECRET");
    BOOST_TEST((revealed(plaid) == revealed(*config.config)));

    const auto oauth = config_of("google-docs", R"({"oauth": {"client_id": "i", "client_secret":
        "SECRET", "scopes": ["a", "b"], "redirect_uri": null}, "x": 1})");
    const auto docs = oauth.config_as<connectors::google_docs>();
    BOOST_TEST(docs.oauth.value().scopes.value().size() == 2U);
    BOOST_TEST(!docs.oauth->redirect_uri);
    BOOST_TEST(docs.extra.reveal().size() == 1U);
    BOOST_TEST(json::write(docs).find("SECRET") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(configurations_that_do_not_fit)
{
    const auto failure = []<class Connector>(Connector, const openint::connector_config& config) {
        try {
            (void)config.config_as<Connector>();
        } catch (const openint::error& e) {
            BOOST_TEST((e.code() == openint::errc::settings_mismatch));
            return std::string(e.what());
        }
        return std::string();
    };
    BOOST_TEST(failure(connectors::moota{}, config_of("moota", R"({"token": true})")) ==
               "connector configuration ccfg_1 does not fit moota: /config/token: expected string, "
               "found boolean");
    BOOST_TEST(failure(connectors::ramp{}, config_of("ramp", "{}")) ==
               "connector configuration ccfg_1 does not fit ramp: /config/oauth: expected a value, "
               "found none");
    BOOST_TEST(failure(connectors::ramp{}, config_of("brand-new", "{}")) ==
               "connector configuration ccfg_1 is of connector brand-new (which this version of "
               "openint does not know), not ramp");
    BOOST_TEST(failure(connectors::ramp{}, config_of("ramp", "null")) ==
               "connector configuration ccfg_1 came without its content");
}

BOOST_AUTO_TEST_CASE(connectors_of_ones_own)
{
    const auto conn = connection_of("own-service", R"({"host": "h", "key": "k", "port": 1})");
    BOOST_TEST(conn.is<own>());
    const auto settings = conn.settings_as<own>();
    BOOST_TEST(settings.host == "h");
    BOOST_TEST(settings.key.reveal() == "k");
    BOOST_TEST(settings.port.value() == 1);
    check_misfit<own>(
        connection_of("own-service", R"({"host": "h", "key": "k", "port": "SECRET"})"),
        "connection conn_1 does not fit own-service: /settings/port: expected integer, found "
        "string");
    check_misfit<own>(
        connection_of("own-service", R"({"host": "h"})"),
        "connection conn_1 does not fit own-service: /settings/key: expected a value, found none");
}

// What is sent when a connection is made.
BOOST_AUTO_TEST_CASE(settings_are_bodies)
{
    const auto sent = [](std::string_view name, openint::json_ref settings) {
        openint::create_connection_params params;
        params.data.connector_name = name;
        params.data.settings = settings;
        return boost::json::serialize(revealed(params).at("data"));
    };
    connectors::plaid::settings plaid;
    plaid.accessToken = openint::secret("a");
    BOOST_TEST(sent(connectors::plaid::name, plaid) ==
               R"({"connector_name":"plaid","settings":{"accessToken":"a"}})");

    connectors::zendesk::settings zendesk;
    zendesk.oauth.credentials.emplace().access_token = openint::secret("t");
    zendesk.subdomain = "acme";
    BOOST_TEST(sent(connectors::zendesk::name, zendesk) ==
               R"({"connector_name":"zendesk","settings":)"
               R"({"oauth":{"credentials":{"access_token":"t"}},"subdomain":"acme"}})");

    connectors::firebase::settings firebase = connectors::settings::firebase_admin{
        .serviceAccount = {.project_id = "p", .extra = {}}, .extra = {}};
    BOOST_TEST(sent(connectors::firebase::name, firebase) ==
               R"({"connector_name":"firebase","settings":)"
               R"({"role":"admin","serviceAccount":{"project_id":"p"}}})");

    openint::create_connector_config_params params;
    connectors::plaid::config config;
    config.envName = connectors::config::plaid_environment::production;
    config.products = {connectors::config::plaid_product::auth};
    params.connector_name = connectors::plaid::name;
    params.config = config;
    BOOST_TEST(boost::json::serialize(revealed(params)) ==
               R"({"connector_name":"plaid","config":{"envName":"production","clientName":"",)"
               R"("products":["auth"],"countryCodes":[]}})");
}

BOOST_AUTO_TEST_CASE(secret_values)
{
    openint::secret_value value;
    BOOST_TEST(value.is_null());
    BOOST_TEST((value == openint::secret_value(nullptr)));
    value = openint::secret_value(boost::json::parse(R"(["SECRET", {"a": null}])"));
    const openint::secret_value copy = value;
    BOOST_TEST((copy == value));
    BOOST_TEST(boost::json::serialize(copy.reveal()) == R"(["SECRET",{"a":null}])");

    std::ostringstream out;
    out << copy;
    BOOST_TEST(out.str() == "[redacted]");
    BOOST_TEST(boost::json::serialize(boost::json::value_from(copy)) == "\"[redacted]\"");
    BOOST_TEST(json::write(copy) == "\"[redacted]\"");
    BOOST_TEST(json::write(copy, {.reveal_secrets = true}) == R"(["SECRET",{"a":null}])");

    for (const std::string_view text : {"null", "true", "-1.5", "\"x\"", "[1]", R"({"a":1})"})
        BOOST_TEST(json::write(json::read<openint::secret_value>(text), {.reveal_secrets = true}) ==
                   text);
}

BOOST_AUTO_TEST_SUITE_END()
