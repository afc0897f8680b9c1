// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "support/models.hpp"
#include "support/service.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace asio = boost::asio;
using openint::testing::mock_server;
using openint::testing::respond;
using test::config_for;
using test::failure_of;
using test::run;

BOOST_AUTO_TEST_SUITE(operations)

namespace {

struct fixture : test::service
{
    fixture() { client = client.with_options({.max_retries = 0}); }

    // What all operations are content with: the id that is asked for, and what no answer is
    // without.
    static openint::testing::response something(const openint::testing::request& r)
    {
        const std::string all = r.target + r.body;
        const std::size_t at =
            std::min({all.find("conn_1"), all.find("ccfg_1"), all.find("cus_1")});
        const std::string id =
            at == all.npos ? "" : all.substr(at, all.find_first_of("/?\"{", at) - at);
        return respond(
            200, boost::json::serialize(boost::json::object{{"id", id},
                                                            {"connector_name", ""},
                                                            {"token", ""},
                                                            {"items", boost::json::array()}}));
    }

    // Says what was sent: method, target and body.
    template <class T>
    std::string sent_by(boost::asio::awaitable<T> operation)
    {
        server.next(something);
        run(io, std::move(operation));
        const openint::testing::request r = server.requests().back();
        std::string out = r.method + " " + r.target;
        const auto type = r.header("Content-Type");
        if (type)
            out += " " + std::string(*type);
        if (!r.body.empty())
            out += " " + r.body;
        BOOST_TEST(type.has_value() == !r.body.empty());
        BOOST_TEST(r.header("Authorization").value_or("") == "Bearer " + server.token());
        return out;
    }
};

struct profile
{
    std::string team;
    openint::secret key;
};
BOOST_DESCRIBE_STRUCT(profile, (), (team, key))

} // namespace

BOOST_FIXTURE_TEST_CASE(what_is_sent, fixture)
{
    const std::string json = " application/json ";
    const boost::json::object settings{{"api_key", "k"}};
    const profile typed{"a", openint::secret("s")};

    BOOST_TEST(sent_by(client.list_connections()) == "GET /v1/connection?limit=50&offset=0");
    BOOST_TEST(
        sent_by(client.list_connections({.limit = 2,
                                         .offset = 4,
                                         .connector_names = {"github", "google-mail"},
                                         .customer_id = "cus/1",
                                         .connector_config_id = "ccfg_1",
                                         .include_secrets = true,
                                         .expand = openint::connection_expand::connector,
                                         .search_query = "a b&c",
                                         .refresh_policy = openint::refresh_policy::auto_})) ==
        "GET /v1/connection?limit=2&offset=4&connector_names=github,google-mail&customer_id=cus/1&"
        "connector_config_id=ccfg_1&include_secrets=true&expand=connector&search_query=a%20b%26c&"
        "refresh_policy=auto");
    BOOST_TEST(sent_by(client.create_connection(
                   {.connector_config_id = "ccfg_1",
                    .customer_id = "cus_1",
                    .data = {.connector_name = "acme-apikey", .settings = settings}})) ==
               "POST /v1/connection" + json +
                   R"({"connector_config_id":"ccfg_1","customer_id":"cus_1","data":)"
                   R"({"connector_name":"acme-apikey","settings":{"api_key":"k"}}})");
    BOOST_TEST(sent_by(client.create_connection({.connector_config_id = "ccfg_1",
                                                 .customer_id = "cus_1",
                                                 .data = {.connector_name = "x", .settings = typed},
                                                 .metadata = settings,
                                                 .check_connection = false})) ==
               "POST /v1/connection" + json +
                   R"({"connector_config_id":"ccfg_1","customer_id":"cus_1","data":)"
                   R"({"connector_name":"x","settings":{"team":"a","key":"s"}},)"
                   R"("metadata":{"api_key":"k"},"check_connection":false})");
    BOOST_TEST(sent_by(client.delete_connection("conn_1")) ==
               "DELETE /v1/connection/conn_1" + json + "{}");
    BOOST_TEST(sent_by(client.check_connection("conn_1")) ==
               "POST /v1/connection/conn_1/check" + json + "{}");

    BOOST_TEST(sent_by(client.list_connectors({.expand = openint::connector_expand::schemas})) ==
               "GET /v1/connector?limit=50&offset=0&expand=schemas");
    BOOST_TEST(sent_by(client.connector_status()) == "GET /v1/connector-status");

    using openint::connector_config_expand;
    BOOST_TEST(sent_by(client.get_connector_config(
                   "ccfg_1", {.expand = connector_config_expand::connector_schemas |
                                        connector_config_expand::connection_count})) ==
               "GET /v1/connector-config/ccfg_1?expand=connector.schemas,connection_count");
    BOOST_TEST(sent_by(client.list_connector_configs({.connector_names = {"plaid"}})) ==
               "GET /v1/connector-config?limit=50&offset=0&connector_names=plaid");
    BOOST_TEST(sent_by(client.create_connector_config({.connector_name = "github"})) ==
               "POST /v1/connector-config" + json + R"({"connector_name":"github"})");
    BOOST_TEST(
        sent_by(client.create_connector_config({.connector_name = "github",
                                                .config = openint::null,
                                                .display_name = "My",
                                                .disabled = true,
                                                .metadata = settings})) ==
        "POST /v1/connector-config" + json +
            R"({"connector_name":"github","config":null,"display_name":"My","disabled":true,)"
            R"("metadata":{"api_key":"k"}})");
    BOOST_TEST(sent_by(client.update_connector_config("ccfg_1", {.display_name = ""})) ==
               "PUT /v1/connector-config/ccfg_1" + json + R"({"display_name":""})");
    BOOST_TEST(sent_by(client.update_connector_config("ccfg_1", {})) ==
               "PUT /v1/connector-config/ccfg_1" + json + "{}");
    BOOST_TEST(sent_by(client.delete_connector_config("ccfg_1")) ==
               "DELETE /v1/connector-config/ccfg_1" + json + "{}");

    BOOST_TEST(sent_by(client.list_customers({.search_query = "ada"})) ==
               "GET /v1/customer?limit=50&offset=0&search_query=ada");
    BOOST_TEST(sent_by(client.upsert_customer({.id = "cus_1", .metadata = settings})) ==
               "PUT /v1/customer" + json + R"({"id":"cus_1","metadata":{"api_key":"k"}})");
    BOOST_TEST(sent_by(client.upsert_customer()) == "PUT /v1/customer" + json + "{}");
    BOOST_TEST(sent_by(client.create_token("cus_1")) ==
               "POST /v1/customer/cus_1/token" + json + "{}");
    BOOST_TEST(
        sent_by(client.create_token(
            "cus_1",
            {.validity_in_seconds = 60,
             .connect_options = openint::connect_options{.return_url = "https://x.y/z?q=1",
                                                         .connector_names = {"github", "plaid"},
                                                         .view = openint::connect_view::add,
                                                         .debug = true}})) ==
        "POST /v1/customer/cus_1/token" + json +
            R"({"validity_in_seconds":60,"connect_options":{"return_url":"https://x.y/z?q=1",)"
            R"("connector_names":["github","plaid"],"view":"add","debug":true}})");

    BOOST_TEST(
        sent_by(client.list_events({.include_prompt = true, .since = "2026-01-02T03:04:05Z"})) ==
        "GET /v1/event?limit=50&offset=0&include_prompt=true&since=2026-01-02T03:04:05Z");

    BOOST_TEST(sent_by(client.viewer()) == "GET /v1/viewer");
    BOOST_TEST(sent_by(client.health()) == "GET /v1/health");
    BOOST_TEST(sent_by(client.health_echo(settings)) ==
               "POST /v1/health" + json + R"({"api_key":"k"})");
    BOOST_TEST(sent_by(client.handle_webhook("github", settings)) ==
               "POST /v1/webhook/github" + json + R"({"api_key":"k"})");
    BOOST_TEST(sent_by(client.message_template({.customer_id = "cus_1",
                                                .language = openint::template_language::javascript,
                                                .use_environment_variables = true})) ==
               "GET /v1/ai/message_template?customer_id=cus_1&language=javascript&"
               "use_environment_variables=true");
}

BOOST_FIXTURE_TEST_CASE(arguments_that_are_refused, fixture)
{
    const auto refused = [&](auto operation) {
        BOOST_TEST(failure_of(io, std::move(operation)).code() == openint::errc::invalid_argument);
    };
    refused(client.delete_connection(""));
    refused(client.check_connection(".."));
    refused(client.get_connector_config(""));
    refused(client.create_token("cus with space"));
    refused(client.create_token("caf\xc3\xa9"));
    refused(client.handle_webhook("."));
    refused(client.upsert_customer({.id = "\xff"}));
    for (const std::string_view target :
         {"//evil/x", "http://evil/x", "/a\\b", "/a#b", "/a/../b", "/a/%2e%2e/b", "/a b", "/\r\n"})
        refused(client.get(target));
    BOOST_TEST(server.connections_accepted() == 0u);
}

BOOST_FIXTURE_TEST_CASE(public_operations_need_no_token, fixture)
{
    openint::client_config config = config_for(server);
    config.token = {};
    const openint::client anonymous(io, config);
    const auto goes_without = [&](auto operation) {
        server.next(something);
        run(io, std::move(operation));
        BOOST_TEST(!server.requests().back().header("Authorization").has_value());
    };
    goes_without(anonymous.viewer());
    goes_without(anonymous.list_connectors());
    goes_without(anonymous.health());
    goes_without(anonymous.health_echo());
    goes_without(anonymous.connector_status());
    goes_without(anonymous.handle_webhook("github"));
    BOOST_TEST(failure_of(io, anonymous.list_connections()).code() ==
               openint::errc::invalid_argument);
}

BOOST_FIXTURE_TEST_CASE(untyped_operations, fixture)
{
    const boost::json::object body{{"a", 1}};
    BOOST_TEST(sent_by(client.get("connection/conn_1?expand=connector")) ==
               "GET /v1/connection/conn_1?expand=connector");
    BOOST_TEST(sent_by(client.get("/v2/connection", {openint::query_parameter{"q", "a b"}})) ==
               "GET /v2/connection?q=a%20b");
    BOOST_TEST(sent_by(client.post("/v2/x", body)) == R"(POST /v2/x application/json {"a":1})");
    BOOST_TEST(sent_by(client.put("/v2/x", body)) == R"(PUT /v2/x application/json {"a":1})");
    BOOST_TEST(sent_by(client.patch("/v2/x", body)) == R"(PATCH /v2/x application/json {"a":1})");
    BOOST_TEST(sent_by(client.del("/v2/x")) == "DELETE /v2/x application/json {}");

    server.next(respond(200, R"({"team":"t","key":"k","more":1})"));
    const profile typed = run(io, client.get<profile>("/v2/profile"));
    BOOST_TEST(typed.team == "t");
    server.next(respond(200, "[1,2]"));
    BOOST_TEST(run(io, client.get<std::vector<int>>("/v2/numbers")).size() == 2u);
}

namespace {

// A list of numbered rows with the service's habits.
struct rows
{
    int count = 0;
    int cap = 3000;
    bool ignores_offset = false;
    bool says_offset = true;
    int total = -1;

    openint::testing::response operator()(const openint::testing::request& r) const
    {
        const int limit = std::min(cap, std::stoi(r.parameters("limit").at(0)));
        const int offset = ignores_offset ? 0 : std::stoi(r.parameters("offset").at(0));
        boost::json::object page;
        boost::json::array items;
        for (int i = offset; i < std::min(count, offset + limit); ++i)
            items.push_back(boost::json::object{{"id", "conn_" + std::to_string(i)},
                                                {"connector_name", "github"}});
        page["items"] = items;
        page["total"] = total >= 0 ? total : items.empty() ? 0 : count;
        page["limit"] = limit;
        if (says_offset)
            page["offset"] = offset;
        page["has_next_page"] = offset + limit >= count; // the wrong way round, as the service
        return respond(200, boost::json::serialize(page));
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(lists_end_where_they_should, fixture)
{
    const auto complete = [&](const rows& list, int limit) {
        server.clear_scripts();
        server.always(list);
        auto pages = client.list_connections_pages({.limit = limit});
        const auto all = run(io, pages.collect());
        BOOST_TEST(all.complete);
        BOOST_REQUIRE_EQUAL(all.items.size(), static_cast<std::size_t>(list.count));
        for (int i = 0; i != list.count; ++i)
            BOOST_REQUIRE(all.items[static_cast<std::size_t>(i)].id == "conn_" + std::to_string(i));
    };
    for (const int count : {0, 1, 49, 50, 51, 171})
        for (const int limit : {1, 50, 3000})
            complete({.count = count}, limit);
    complete({.count = 10'000}, 3000);
    complete({.count = 171, .cap = 10}, 50);
    complete({.count = 171, .cap = 100}, 3000);
    complete({.count = 120, .total = 3}, 50);
    complete({.count = 120, .total = 100'000}, 50);
    complete({.count = 100, .says_offset = false}, 50);
}

// What gateways and caches make of an answer: the status is that of a success, the body is not.
BOOST_FIXTURE_TEST_CASE(answers_of_another_shape, fixture)
{
    const auto malformed = [&](auto operation, std::string_view body, std::string_view why) {
        server.next(respond(200, body));
        const openint::error e = failure_of(io, std::move(operation));
        BOOST_TEST(e.code() == openint::errc::malformed_response);
        BOOST_TEST(e.status() == 200u);
        BOOST_TEST(std::string(e.what()).find(why) != std::string::npos, e.what());
    };
    for (const std::string_view body : {"{}", R"({"error":"x"})", R"({"data":[]})"}) {
        malformed(client.get_connection("conn_1"), body, "/id: missing");
        malformed(client.create_connection({}), body, "/id: missing");
        malformed(client.check_connection("conn_1"), body, "/id: missing");
        malformed(client.delete_connection("conn_1"), body, "/id: missing");
        malformed(client.get_connector_config("ccfg_1"), body, "/id: missing");
        malformed(client.upsert_customer(), body, "/id: missing");
        malformed(client.create_token("cus_1"), body, "/token: missing");
        malformed(client.list_connections(), body, "/items: missing");
        malformed(client.list_events(), body, "/items: missing");
    }
    malformed(client.get_connection("conn_1"), R"({"id":"conn_1"})", "/connector_name: missing");
    malformed(client.get_connection("conn_1"), R"({"id":null,"connector_name":"x"})",
              "/id: expected a value, found null");
    malformed(client.get_connection("conn_1"), R"({"id":1,"connector_name":"x"})",
              "/id: expected string, found number");
    malformed(client.create_token("cus_1"), R"({"token":null})", "/token: expected a value");
    malformed(client.list_connections(), R"({"items":null})", "/items: expected a value");
    malformed(client.list_connections(), R"({"items":[null]})", "/items/0: expected object");
    malformed(client.list_customers(), R"({"items":[{},null]})", "/items/1: expected object");

    // Another row than was asked for.
    const std::string_view other = R"({"id":"conn_2","connector_name":"x","token":"t"})";
    const std::string_view why = "/id: expected the id that was asked for";
    malformed(client.get_connection("conn_1"), other, why);
    malformed(client.check_connection("conn_1"), other, why);
    malformed(client.delete_connection("conn_1"), other, why);
    malformed(client.get_connector_config("ccfg_1"), other, why);
    malformed(client.update_connector_config("ccfg_1", {}), other, why);
    malformed(client.delete_connector_config("ccfg_1"), other, why);
    malformed(client.upsert_customer({.id = "cus_1"}), other, why);
    server.next(respond(200, other));
    BOOST_TEST(run(io, client.upsert_customer()).id == "conn_2");

    // An error in the place of the second page does not end the list.
    server.next(rows{.count = 4});
    auto pages = client.list_connections_pages({.limit = 2});
    BOOST_TEST(run(io, pages.next()).value().items.size() == 2u);
    malformed(pages.next(), R"({"error":"x"})", "/items: missing");
    server.next(rows{.count = 4});
    BOOST_TEST(run(io, pages.next()).value().items.size() == 2u);

    // What a page says about itself does not matter.
    server.next(respond(200, R"({"items":[],"total":"171","limit":[],"offset":1e99})"));
    const auto page = run(io, client.list_customers());
    BOOST_TEST(!page.total.has_value());
    BOOST_TEST(!page.limit.has_value());
    BOOST_TEST(!page.offset.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_list_that_does_not_move_on, fixture)
{
    for (const bool says_offset : {true, false}) {
        server.clear_scripts();
        server.always(rows{.count = 120, .ignores_offset = true, .says_offset = says_offset});
        auto pages = client.list_connections_pages({.limit = 50});
        BOOST_TEST(failure_of(io, pages.collect()).code() == openint::errc::pagination_stuck);
    }
    server.clear_scripts();
    for (const int limit : {0, -1, 3001}) {
        auto pages = client.list_connections_pages({.limit = limit});
        BOOST_TEST(failure_of(io, pages.next()).code() == openint::errc::invalid_argument);
    }
}

BOOST_FIXTURE_TEST_CASE(pages_one_by_one, fixture)
{
    server.always(rows{.count = 120});
    std::optional<openint::pager<openint::connection>> pages;
    {
        std::string customer = "a customer whose id is longer than a small string";
        pages.emplace(client.list_connections_pages(
            {.limit = 50, .offset = 10, .customer_id = customer, .search_query = "q"}));
        customer.assign(customer.size(), 'x');
    }
    auto first = run(io, pages->next());
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST(first->items.front().id == "conn_10");
    BOOST_TEST(pages->offset() == 60);
    BOOST_TEST(server.requests().back().parameters("customer_id").at(0) ==
               "a customer whose id is longer than a small string");

    // A page that fails can be asked for again.
    server.next(respond(500));
    BOOST_TEST(failure_of(io, pages->next()).status() == 500u);
    auto second = run(io, pages->next());
    BOOST_REQUIRE(second.has_value());
    BOOST_TEST(second->items.front().id == "conn_60");
    BOOST_TEST(server.requests().back().parameters("search_query").at(0) == "q");

    const auto rest = run(io, pages->collect(5));
    BOOST_TEST(rest.items.size() == 5u);
    BOOST_TEST(!rest.complete);
    BOOST_TEST(run(io, pages->collect()).items.size() == 5u);
    BOOST_TEST(!run(io, pages->next()).has_value());
}

BOOST_FIXTURE_TEST_CASE(pages_fetched_ahead, fixture)
{
    server.always(rows{.count = 120});
    run(io, [](openint::client c, mock_server& s) -> asio::awaitable<void> {
        auto pages = c.list_connections_pages({.limit = 50});
        pages.prefetch();
        std::size_t items = 0;
        for (int n = 1;; ++n) {
            auto page = co_await pages.next();
            if (!page)
                break;
            items += page->items.size();
            if (n == 1) {
                asio::steady_timer let_it_run(co_await asio::this_coro::executor);
                while (s.request_count() < 2) { // it is asked for while this page is looked at
                    let_it_run.expires_after(std::chrono::milliseconds(1));
                    auto waiting = let_it_run.async_wait(asio::use_awaitable);
                    co_await std::move(waiting);
                }
            }
        }
        BOOST_TEST(items == 120u);
        BOOST_TEST(s.request_count() == 3u);
    }(client, server));

    // One that nobody waits for any more is given up.
    server.next([](const openint::testing::request& r) { return rows{.count = 120}(r); });
    server.next(openint::testing::stall());
    const auto begin = std::chrono::steady_clock::now();
    run(io, [](openint::client c, mock_server& s) -> asio::awaitable<void> {
        auto pages = c.list_connections_pages({.limit = 50});
        pages.prefetch();
        s.clear_requests();
        const auto page = co_await pages.next();
        BOOST_TEST(page.has_value());
        asio::steady_timer let_it_run(co_await asio::this_coro::executor);
        while (s.request_count() < 2) {
            let_it_run.expires_after(std::chrono::milliseconds(1));
            co_await let_it_run.async_wait(asio::use_awaitable);
        }
    }(client, server));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_CASE(answers_of_the_service)
{
#ifdef OPENINT_SHARED_DIR
    const std::filesystem::path folder = OPENINT_SHARED_DIR "/recordings";
#else
    const std::filesystem::path folder;
#endif
    if (folder.empty() || !std::filesystem::exists(folder)) {
        std::puts("skipped: answers_of_the_service (no recordings beside the project)");
        return;
    }
    mock_server server;
    asio::io_context io;
    const openint::client client(io, config_for(server));
    int answers = 0;

    // What was read, written again, must be the document less its null members.
    const auto same = [&](const auto& read, const std::string& body) {
        const auto document = boost::json::parse(body);
        const auto written =
            boost::json::parse(openint::json::write(read, {.reveal_secrets = true}));
        ++answers;
        const bool equal = models::without_null(written) == models::without_null(document);
        BOOST_TEST(equal, boost::json::serialize(models::without_null(written)));
    };
    using names = std::vector<std::string_view>;
    const auto each = [&](const names& prefixes, auto make) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            const std::string name = entry.path().stem().string();
            const bool wanted =
                std::any_of(prefixes.begin(), prefixes.end(),
                            [&](std::string_view p) { return name.starts_with(p); });
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string text(std::istreambuf_iterator<char>(file), {});
            if (!wanted || text.compare(0, 12, "HTTP/1.1 200") != 0)
                continue;
            BOOST_TEST_CONTEXT(name)
            {
                const std::string body = text.substr(text.find("\r\n\r\n") + 4);
                server.next(respond(200, body));
                const boost::json::value document = boost::json::parse(body);
                const boost::json::object* const o = document.if_object();
                const boost::json::value* const id = o != nullptr ? o->if_contains("id") : nullptr;
                same(run(io, make(id != nullptr ? std::string(id->as_string()) : "conn_1")), body);
            }
        }
    };
    each({"getconn-", "kind-", "refresh-", "auth-customer"},
         [&](const std::string& id) { return client.get_connection(id); });
    each({"createconn-"}, [&](const std::string&) {
        return client.create_connection({.connector_config_id = "c", .customer_id = "c"});
    });
    each({"check-"}, [&](const std::string& id) { return client.check_connection(id); });
    each({"deleteconn-"}, [&](const std::string& id) { return client.delete_connection(id); });
    each({"listconn-"}, [&](const std::string&) { return client.list_connections(); });
    each({"listconnectors-"}, [&](const std::string&) { return client.list_connectors(); });
    each({"getccfg", "createccfg-", "updateccfg-"},
         [&](const std::string& id) { return client.get_connector_config(id); });
    each({"listccfg"}, [&](const std::string&) { return client.list_connector_configs(); });
    each({"deleteccfg-"},
         [&](const std::string& id) { return client.delete_connector_config(id); });
    each({"upsertcustomer-"}, [&](const std::string&) { return client.upsert_customer(); });
    each({"listcustomers-"}, [&](const std::string&) { return client.list_customers(); });
    each({"createtoken-"}, [&](const std::string&) { return client.create_token("cus_1"); });
    each({"events-"}, [&](const std::string&) { return client.list_events(); });
    each({"viewer-"}, [&](const std::string&) { return client.viewer(); });
    each({"health-v1-post"}, [&](const std::string&) { return client.health_echo(); });
    each({"connector-status"}, [&](const std::string&) { return client.connector_status(); });
    BOOST_TEST(answers > 80);
}

BOOST_AUTO_TEST_SUITE_END()
