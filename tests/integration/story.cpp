// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "support/service.hpp"

#include <openint.hpp>
#include <openint/connectors.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <vector>

namespace asio = boost::asio;
using openint::testing::mock_server;
using test::config_for;
using test::failure_of;
using test::run;

// The client against the embedded server, which keeps what it is told.
BOOST_AUTO_TEST_SUITE(story)

namespace {

struct fixture : test::service
{
    fixture() { client = client.with_options({.max_retries = 0}); }

    std::string create_config(std::string_view connector)
    {
        const boost::json::object config;
        return run(io,
                   client.create_connector_config({.connector_name = connector, .config = config}))
            .id;
    }

    // Adds connections to the store, as many as wanted; the last one is the newest.
    void add_connections(std::size_t count, std::string_view customer)
    {
        for (std::size_t i = 0; i < count; ++i) {
            boost::json::object row{
                {"id", "conn_github_" + std::string(customer) + std::to_string(i)},
                {"customer_id", customer},
                {"connector_config_id", "ccfg_github_1"},
                {"connector_name", "github"},
                {"status", "healthy"}};
            server.add(row);
        }
    }

    template <class T>
    openint::error refused(asio::awaitable<T> operation, unsigned status, std::string_view code)
    {
        const openint::error e = failure_of(io, std::move(operation));
        BOOST_TEST(e.status() == status);
        BOOST_TEST(e.server_code() == code);
        return e;
    }
};

} // namespace

// Settings and a configuration of one connector, typed on the way there and on the way back.
BOOST_AUTO_TEST_CASE(typed_settings_there_and_back)
{
    using openint::connectors::plaid;
    using openint::connectors::zendesk;
    mock_server server;
    asio::io_context io;
    run(io, [](openint::client client) -> asio::awaitable<void> {
        plaid::config config;
        config.envName = openint::connectors::config::plaid_environment::sandbox;
        config.clientName = "Acme";
        config.products = {openint::connectors::config::plaid_product::auth};
        config.language = openint::connectors::config::plaid_language::en;
        const openint::connector_config configured = co_await client.create_connector_config(
            {.connector_name = plaid::name, .config = config});
        BOOST_TEST((configured.config_as<plaid>() == config));

        plaid::settings settings;
        settings.accessToken = openint::secret("access-1");
        settings.itemId = "item-1";
        const openint::connection made = co_await client.create_connection(
            {.connector_config_id = configured.id,
             .customer_id = "cus_ada",
             .data = {.connector_name = plaid::name, .settings = settings}});
        const openint::connection got =
            co_await client.get_connection(made.id, {.include_secrets = true});
        BOOST_TEST(got.is<plaid>());
        BOOST_TEST(!got.is<zendesk>());
        const plaid::settings kept = got.settings_as<plaid>();
        BOOST_TEST((kept == settings));
        BOOST_TEST(kept.accessToken.reveal() == "access-1");

        // Another connector's settings are an error of that call alone.
        try {
            got.settings_as<zendesk>();
            BOOST_ERROR("settings of another connector");
        } catch (const openint::error& e) {
            BOOST_TEST((e.code() == openint::errc::settings_mismatch));
        }
        BOOST_TEST((got.settings_as<plaid>() == settings));
        const openint::connection blind = co_await client.get_connection(made.id);
        try {
            blind.settings_as<plaid>();
            BOOST_ERROR("settings that were not asked for");
        } catch (const openint::error& e) {
            BOOST_TEST((e.code() == openint::errc::no_credentials));
        }
    }(openint::client(io, config_for(server))));
}

BOOST_AUTO_TEST_CASE(from_a_config_to_the_last_event)
{
    mock_server server;
    asio::io_context io;
    run(io, [](openint::client client) -> asio::awaitable<void> {
        // The organization's own OAuth client.
        const boost::json::object oauth{
            {"oauth", {{"client_id", "id"}, {"client_secret", "made-up"}, {"scopes", {"read"}}}}};
        const openint::connector_config config = co_await client.create_connector_config(
            {.connector_name = "hubspot", .config = oauth, .display_name = "CRM"});
        BOOST_TEST(config.id.starts_with("ccfg_hubspot_"));
        BOOST_TEST(config.display_name.value_or("") == "CRM");
        BOOST_TEST(config.config.value().reveal() == oauth);
        BOOST_TEST(config.created_at.time().has_value());

        // A customer and their token.
        const boost::json::object gold{{"plan", "gold"}};
        const openint::customer grace =
            co_await client.upsert_customer({.id = "cus_grace", .metadata = gold});
        BOOST_TEST(grace.metadata.at("plan") == "gold");
        const openint::customer_token token = co_await client.create_token("cus_grace");
        BOOST_TEST(token.magic_link_url.reveal().find(token.token.reveal()) != std::string::npos);

        // A connection whose credentials are known.
        const boost::json::object settings{
            {"oauth", {{"credentials", {{"access_token", "t-1"}, {"expires_in", 3600}}}}}};
        const openint::connection made = co_await client.create_connection(
            {.connector_config_id = config.id,
             .customer_id = "cus_grace",
             .data = {.connector_name = "hubspot", .settings = settings},
             .metadata = gold});
        BOOST_TEST(made.id.starts_with("conn_hubspot_"));
        BOOST_TEST((made.status == openint::connection_status::unknown));
        BOOST_TEST(made.access_token().reveal() == "t-1");
        BOOST_TEST(made.metadata.value() == gold);

        const openint::connection plain = co_await client.get_connection(made.id);
        BOOST_TEST(!plain.settings.has_value());
        const openint::connection whole = co_await client.get_connection(
            made.id, {.include_secrets = true, .expand = openint::connection_expand::connector});
        BOOST_TEST(whole.access_token().reveal() == "t-1");
        const auto expires = whole.settings->oauth->credentials->expires_at;
        BOOST_TEST((expires && expires->time().has_value()));
        BOOST_TEST(whole.connector.value().display_name.value_or("") == "HubSpot");
        BOOST_TEST(whole.connector->schemas.value().connection_settings.is_object());

        const openint::connection_check check = co_await client.check_connection(made.id);
        BOOST_TEST((check.status == openint::connection_status::healthy));

        // Lists and filters.
        const auto of_grace = co_await client.list_connections({.customer_id = "cus_grace"});
        BOOST_TEST(of_grace.items.size() == 1u);
        BOOST_TEST((of_grace.items.at(0).status == openint::connection_status::healthy));
        const auto of_config = co_await client.list_connections(
            {.connector_names = {"hubspot", "github"}, .connector_config_id = config.id});
        BOOST_TEST(of_config.items.size() == 1u);
        const auto found = co_await client.list_connections({.search_query = "GRACE"});
        BOOST_TEST(found.items.size() == 1u);
        auto pages = client.list_customers_pages({.limit = 1});
        const auto customers = co_await pages.collect();
        BOOST_TEST(customers.items.size() == 4u); // one of them is nobody
        BOOST_TEST(customers.items.back().id.value_or("") == "cus_grace");
        BOOST_TEST(customers.items.back().connection_count == 1.0);

        // Changes.
        const openint::connector_config renamed = co_await client.update_connector_config(
            config.id, {.display_name = "Sales", .disabled = true});
        BOOST_TEST(renamed.display_name.value_or("") == "Sales");
        BOOST_TEST(renamed.disabled.value_or(false));
        BOOST_TEST(renamed.config.value().reveal() == oauth); // as it was
        const openint::connector_config counted = co_await client.get_connector_config(
            config.id, {.expand = openint::connector_config_expand::connection_count |
                                  openint::connector_config_expand::connector});
        BOOST_TEST(counted.connection_count.value_or(0) == 1.0);
        BOOST_TEST(counted.connector.value().name == "hubspot");
        BOOST_TEST(!counted.connector->schemas.has_value());
        const boost::json::object silver{{"since", 2026}};
        const openint::customer replaced =
            co_await client.upsert_customer({.id = "cus_grace", .metadata = silver});
        BOOST_TEST(replaced.metadata == silver);

        // The end.
        const auto in_use = co_await openint::as_result(client.delete_connector_config(config.id));
        BOOST_TEST(in_use.error().status() == 500u);
        const openint::deleted gone = co_await client.delete_connection(made.id);
        BOOST_TEST(gone.id == made.id);
        const auto missing = co_await openint::as_result(client.get_connection(made.id));
        BOOST_TEST((missing.error().code() == openint::condition::not_found));
        const openint::deleted config_gone = co_await client.delete_connector_config(config.id);
        BOOST_TEST(config_gone.id == config.id);

        // What has happened, the last thing first.
        const auto events = co_await client.list_events({.since = config.created_at.text()});
        std::vector<std::string> names;
        for (const openint::event& e : events.items)
            names.push_back(e.name);
        const std::vector<std::string> expected{"connect.connection-deleted",
                                                "connect.connection-checked"};
        BOOST_TEST(names == expected, boost::test_tools::per_element());
        const auto checked = events.items.at(1).data_as<openint::events::connection_change>();
        BOOST_TEST(checked.connection_id == made.id);
        BOOST_TEST((checked.status == openint::connection_status::healthy));
    }(openint::client(io, config_for(server))));
}

BOOST_FIXTURE_TEST_CASE(credentials_that_are_tried, fixture)
{
    const auto import_with = [&](boost::json::object credentials) {
        const boost::json::object settings{{"oauth", {{"credentials", std::move(credentials)}}}};
        return run(io, client.create_connection(
                           {.connector_config_id = "ccfg_github_1",
                            .customer_id = "cus_ada",
                            .data = {.connector_name = "github", .settings = settings},
                            .check_connection = true}));
    };
    const openint::connection good = import_with({{"access_token", "t"}});
    BOOST_TEST(good.usable());
    BOOST_TEST((good.status == openint::connection_status::healthy));

    // As with a refresh, the answer is no error, and the reason is full of secrets.
    const openint::connection bad =
        import_with({{"access_token", "t"}, {"refresh_token", "revoked-1"}});
    BOOST_TEST(!bad.usable());
    BOOST_TEST((bad.status == openint::connection_status::error));
    BOOST_TEST(bad.status_message.value().reveal().find("client_secret=") != std::string::npos);

    const openint::connection renewed =
        import_with({{"access_token", "t"}, {"refresh_token", "good-1"}});
    BOOST_TEST(renewed.access_token().reveal() == "made-up-token-1");

    // A key that the provider does not want any more.
    const boost::json::object key{{"api_key", "revoked"}};
    const openint::connection with_key = run(
        io, client.create_connection({.connector_config_id = "ccfg_acme-apikey_1",
                                      .customer_id = "cus_ada",
                                      .data = {.connector_name = "acme-apikey", .settings = key}}));
    BOOST_TEST(with_key.usable());
    const openint::connection_check check = run(io, client.check_connection(with_key.id));
    BOOST_TEST((check.status == openint::connection_status::disconnected));
    BOOST_TEST(!run(io, client.get_connection(with_key.id)).usable());
}

BOOST_FIXTURE_TEST_CASE(customers_see_what_is_theirs, fixture)
{
    add_connections(2, "cus_ada");
    add_connections(3, "cus_lin");
    const auto token = run(io, client.create_token("cus_lin", {.validity_in_seconds = 60}));
    const auto profile = run(io, client.upsert_customer({.id = "cus_lin"}));
    BOOST_TEST((profile.api_key == token.api_key));

    for (const openint::secret& s : {token.token, *token.api_key}) {
        const openint::client customer = client.with_token(s);
        const openint::viewer_info who = run(io, customer.viewer());
        BOOST_TEST((who.role == openint::viewer_role::customer));
        BOOST_TEST(who.extra.at("customerId") == "cus_lin");

        const auto all = run(io, customer.list_connections());
        BOOST_TEST(all.items.size() == 3u);
        for (const openint::connection& c : all.items)
            BOOST_TEST(c.customer_id.value_or("") == "cus_lin");
        BOOST_TEST(run(io, customer.list_connections({.customer_id = "cus_ada"})).items.empty());
        BOOST_TEST(run(io, customer.get_connection("conn_github_cus_lin0")).usable());
        refused(customer.get_connection("conn_github_1"), 404, "NOT_FOUND");
        refused(customer.check_connection("conn_github_1"), 404, "NOT_FOUND");
        refused(customer.delete_connection("conn_github_1"), 404, "NOT_FOUND");

        refused(customer.create_connection({.connector_config_id = "c", .customer_id = "c"}), 403,
                "FORBIDDEN");
        refused(customer.create_token("cus_ada"), 403, "FORBIDDEN");
        refused(customer.upsert_customer(), 403, "FORBIDDEN");
        refused(customer.list_customers(), 403, "FORBIDDEN");
        refused(customer.create_connector_config({.connector_name = "github"}), 403, "FORBIDDEN");
        refused(customer.get_connector_config("ccfg_github_1"), 500, "INTERNAL_SERVER_ERROR");
        refused(customer.list_connector_configs(), 500, "INTERNAL_SERVER_ERROR");
        BOOST_TEST(run(io, customer.list_connectors()).items.size() == 50u);
    }

    // Their events, too.
    const openint::client customer = client.with_token(token.token);
    run(io, customer.check_connection("conn_github_cus_lin0"));
    run(io, customer.delete_connection("conn_github_cus_lin0"));
    const auto events = run(io, customer.list_events());
    BOOST_TEST(events.items.size() == 2u);
    BOOST_TEST(run(io, client.list_events()).items.size() == 5u);

    // A token that is over.
    const auto late = run(io, client.create_token("cus_lin", {.validity_in_seconds = -5}));
    refused(client.with_token(late.token).list_connections(), 401, "UNAUTHORIZED");

    // What the connect page is told.
    const auto link =
        run(io, client.create_token("cus_lin", {.connect_options = openint::connect_options{
                                                    .return_url = "https://x.example/z?q=1",
                                                    .view = openint::connect_view::manage}}));
    BOOST_TEST(link.magic_link_url.reveal().ends_with(
        std::string(link.token.reveal()) +
        "&return_url=https%3A%2F%2Fx.example%2Fz%3Fq%3D1&view=manage"));
}

BOOST_FIXTURE_TEST_CASE(what_each_operation_is_refused, fixture)
{
    const auto first_issue = [](const openint::error& e) {
        return e.issues().empty()
                   ? std::string()
                   : boost::json::serialize(e.issues()[0].path) + ' ' + e.issues()[0].message;
    };
    const std::string bad = "BAD_REQUEST";
    const std::string missing = "NOT_FOUND";
    const std::string broken = "INTERNAL_SERVER_ERROR";

    // Connections
    BOOST_TEST(first_issue(refused(client.get_connection("foo"), 400, bad)) ==
               R"(["id"] Invalid input: must start with "conn_")");
    refused(client.get_connection("conn_nobody"), 404, missing);
    refused(client.get_connection("conn_removed_1"), 404, missing);
    BOOST_TEST(first_issue(refused(client.list_connections({.limit = 3001}), 400, bad)) ==
               R"(["limit"] Number must be less than or equal to 3000)");
    BOOST_TEST(first_issue(refused(client.list_connections({.offset = -1}), 400, bad)) ==
               R"(["offset"] Number must be greater than or equal to 0)");
    const auto names =
        refused(client.list_connections({.connector_names = {"github", "bogus"}}), 400, bad);
    BOOST_TEST(first_issue(names).starts_with(R"(["connector_names",1] Invalid enum value.)"));
    BOOST_TEST(names.issues().at(0).extra.at("options").as_array().size() == 171u);
    refused(client.list_connections({.connector_config_id = "foo"}), 400, bad);

    const boost::json::object settings{{"api_key", "k"}};
    const auto create = [&](std::string_view config, std::string_view connector) {
        return client.create_connection(
            {.connector_config_id = config,
             .customer_id = "cus_ada",
             .data = {.connector_name = connector, .settings = settings}});
    };
    refused(create("ccfg_nothing", "acme-apikey"), 404, missing);
    BOOST_TEST(refused(create("ccfg_github_1", "acme-apikey"), 400, bad).message() ==
               "Connector name mismatch: config is github but input is acme-apikey");
    BOOST_TEST(first_issue(refused(create("ccfg_github_1", "github"), 400, bad)) ==
               R"(["data","settings","oauth"] Required)");
    BOOST_TEST(first_issue(refused(create("ccfg_github_1", "bogus"), 400, bad))
                   .starts_with(R"(["data","connector_name"] Invalid discriminator value.)"));
    BOOST_TEST(refused(client.post("connection"), 400, bad).issues().size() == 3u);
    refused(client.delete_connection("foo"), 400, bad);
    refused(client.delete_connection("conn_nobody"), 404, missing);
    refused(client.check_connection("foo"), 400, bad);
    refused(client.check_connection("conn_nobody"), 404, missing);

    // Connectors
    refused(client.list_connectors({.limit = -1}), 400, bad);
    refused(client.get("connector?expand=bogus"), 400, bad);
    refused(client.get("connector/github"), 404, missing);

    // Connector configurations
    refused(client.get_connector_config("foo"), 400, bad);
    BOOST_TEST(refused(client.get_connector_config("ccfg_x"), 404, missing).message() ==
               "Connector config with ID \"ccfg_x\" not found");
    const boost::json::object wrong{{"oauth", 5}};
    refused(client.create_connector_config({.connector_name = "github", .config = wrong}), 400,
            bad);
    refused(client.create_connector_config({.connector_name = "bogus"}), 400, bad);
    refused(client.create_connector_config({.connector_name = "github", .config = openint::null}),
            500, broken);
    refused(client.update_connector_config("ccfg_x", {}), 404, missing);
    refused(client.update_connector_config("ccfg_github_1", {.config = openint::null}), 500,
            broken);
    refused(client.delete_connector_config("ccfg_x"), 404, missing);
    refused(client.delete_connector_config("ccfg_github_1"), 500, broken);
    // An update that has taken effect although it answered 500; now one row spoils the list.
    const std::string spoilt = create_config("github");
    refused(client.update_connector_config(spoilt, {.config = wrong}), 500, broken);
    refused(client.get_connector_config(spoilt), 500, broken);
    refused(client.list_connector_configs(), 500, broken);
    const boost::json::object empty;
    run(io, client.update_connector_config(spoilt, {.config = empty}));
    run(io, client.list_connector_configs());

    // Customers
    refused(client.list_customers({.limit = 3001}), 400, bad);
    const boost::json::object number{{"metadata", 5}, {"validity_in_seconds", "x"}};
    BOOST_TEST(first_issue(refused(client.put("customer", number), 400, bad)) ==
               R"(["metadata"] Expected object, received number)");
    BOOST_TEST(first_issue(refused(client.post("customer/cus_1/token", number), 400, bad)) ==
               R"(["validity_in_seconds"] Expected number, received nan)");

    // Events, and the service
    refused(client.list_events({.limit = 5000}), 400, bad);
    refused(client.list_events({.since = "nonsense"}), 500, broken);
    refused(client.handle_webhook("github"), 501, "NOT_IMPLEMENTED");
    refused(client.handle_webhook("bogus"), 400, bad);
    BOOST_TEST(first_issue(refused(client.message_template({}), 400, bad)) ==
               R"(["customer_id"] Required)");

    // A wrong token is refused even where none is needed.
    const openint::client stranger = client.with_token(openint::secret("key_wrong"));
    for (const auto& e : {refused(stranger.viewer(), 401, "UNAUTHORIZED"),
                          refused(stranger.list_connectors(), 401, "UNAUTHORIZED"),
                          refused(stranger.list_connections(), 401, "UNAUTHORIZED"),
                          refused(stranger.list_events(), 401, "UNAUTHORIZED")})
        BOOST_TEST(e.message() == "Invalid API key");
}

BOOST_FIXTURE_TEST_CASE(the_service, fixture)
{
    BOOST_TEST(run(io, client.health()).ok);
    const boost::json::object body{{"a", 1}};
    const boost::json::value echo{{"input", body}};
    BOOST_TEST((run(io, client.health_echo(body)) == echo));
    BOOST_TEST((run(io, client.viewer()).role == openint::viewer_role::org));

    const auto status = run(io, client.connector_status());
    BOOST_TEST(status.list.size() == 171u);
    BOOST_TEST(status.numTotalConnectors == 171.0);
    BOOST_TEST(status.numWithConnectionForOrg == 4.0);

    const auto code = run(
        io, client.message_template({.customer_id = "cus_ada", .use_environment_variables = true}));
    BOOST_TEST(code.language == "javascript");
    BOOST_TEST(code.template_.find("cus_ada") != std::string::npos);
    BOOST_TEST(code.template_.find("process.env") != std::string::npos);

    openint::client_config config = config_for(server);
    config.token = {};
    const openint::client anonymous(io, config);
    BOOST_TEST((run(io, anonymous.viewer()).role == openint::viewer_role::anon));
    BOOST_TEST(run(io, anonymous.connector_status()).numWithConnectionForOrg == 0.0);
    BOOST_TEST(run(io, anonymous.list_connectors({.limit = 3000})).items.size() == 171u);
}

BOOST_FIXTURE_TEST_CASE(lists_of_any_length, fixture)
{
    // All rows come, each once, in order, and with as few requests as the rule allows.
    const auto walk = [&](auto pages, std::size_t count, std::size_t limit, auto name) {
        server.clear_requests();
        const auto all = run(io, pages.collect());
        BOOST_TEST(all.complete);
        BOOST_TEST(all.items.size() == count);
        BOOST_TEST(server.request_count() == count / limit + 1);
        std::set<std::string> different;
        for (const auto& item : all.items)
            different.insert(name(item));
        BOOST_TEST(different.size() == count);
        return all.items;
    };
    const auto id = [](const auto& item) { return item.id; };

    for (const std::size_t count : {0u, 1u, 49u, 50u, 51u, 171u, 10'000u}) {
        const std::string customer = "cus_with_" + std::to_string(count);
        add_connections(count, customer);
        for (const int limit : count > 1000 ? std::vector{3000} : std::vector{7, 50, 3000}) {
            walk(client.list_connections_pages({.limit = limit, .customer_id = customer}), count,
                 static_cast<std::size_t>(limit), id);
        }
    }

    const auto walk_others = [&](std::size_t count) {
        walk(client.list_connector_configs_pages({.search_query = "zoom"}), count, 50, id);
        walk(client.list_customers_pages({.search_query = "numbered"}), count, 50,
             [](const auto& item) { return item.id.value(); });
        walk(client.list_events_pages({.search_query = "evt_", .since = "2026-03-02T08:15:32Z"}),
             count, 50, id);
    };
    const std::string config = create_config("acme-apikey");
    const boost::json::object settings{{"api_key", "k"}};
    walk_others(0);
    for (std::size_t n = 1; n <= 51; ++n) {
        create_config("zoom");
        const std::string customer = "numbered_" + std::to_string(n);
        const openint::connection made =
            run(io, client.create_connection(
                        {.connector_config_id = config,
                         .customer_id = customer,
                         .data = {.connector_name = "acme-apikey", .settings = settings}}));
        run(io, client.check_connection(made.id));
        if (n == 1 || n >= 49)
            walk_others(n);
    }

    const auto name = [](const auto& item) { return item.name; };
    for (const int limit : {50, 57, 100, 171, 172})
        walk(client.list_connectors_pages({.limit = limit}), 171, static_cast<std::size_t>(limit),
             name);
}

BOOST_FIXTURE_TEST_CASE(what_a_page_says, fixture)
{
    // Whether there is more is the wrong way round, and past the end nothing counts.
    add_connections(3, "cus_three");
    const auto page = [&](int limit, int offset) {
        return run(io, client.list_connections(
                           {.limit = limit, .offset = offset, .customer_id = "cus_three"}));
    };
    const auto first = page(2, 0);
    BOOST_TEST(first.items.size() == 2u);
    BOOST_TEST(first.total.value() == 3);
    BOOST_TEST(first.limit.value() == 2);
    BOOST_TEST(first.extra.at("has_next_page") == false);
    const auto last = page(2, 2);
    BOOST_TEST(last.items.size() == 1u);
    BOOST_TEST(last.offset.value() == 2);
    BOOST_TEST(last.extra.at("has_next_page") == true);
    for (const auto& nothing : {page(2, 1000), page(0, 0)}) {
        BOOST_TEST(nothing.items.empty());
        BOOST_TEST(nothing.total.value() == 0);
        BOOST_TEST(nothing.extra.at("has_next_page") == true);
    }
    const auto connectors = run(io, client.list_connectors({.limit = 2, .offset = 2}));
    BOOST_TEST(connectors.total.value() == 2); // of 171
    BOOST_TEST(connectors.items.at(0).name == "acme-oauth2");
    BOOST_TEST(!connectors.items.at(0).schemas.has_value());
    const auto whole =
        run(io, client.list_connectors({.limit = 1, .expand = openint::connector_expand::schemas}));
    BOOST_TEST(whole.items.at(0).schemas.value().connect_input.is_object());

    // Rows that come meanwhile push others to the next page, where they are seen again.
    auto pages = client.list_connections_pages({.limit = 2, .customer_id = "cus_three"});
    const auto before = run(io, pages.next());
    server.add(boost::json::object{
        {"id", "conn_github_a"}, {"customer_id", "cus_three"}, {"connector_name", "github"}});
    const auto after = run(io, pages.next());
    BOOST_TEST(after.value().items.at(0).id == before.value().items.at(1).id);
    BOOST_TEST(!run(io, pages.next()).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
