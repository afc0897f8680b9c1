// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The ways to write a call that the documentation shows, and those that people find by themselves.
// g++ 12 destroys some temporaries of co_await expressions twice, or copies them bitwise: this file
// is built with AddressSanitizer at several levels of optimization, everything inline. The server
// answers with the id that it was asked for, so that each call is checked at both ends.

#include "support/run.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using openint::testing::mock_server;
using test::run;

BOOST_AUTO_TEST_SUITE(style)

namespace {

using strings = std::vector<std::string>;

struct fixture
{
    fixture()
    {
        server.always([](const openint::testing::request& r) {
            const std::string path(r.path());
            const std::string id = path.substr(path.rfind('/') + 1);
            if (id.starts_with("conn_nobody"))
                return openint::testing::respond(404);
            return openint::testing::respond(
                200, R"({"id":")" + id +
                         R"(","customer_id":"cus_1","connector_config_id":"ccfg_1",)"
                         R"("connector_name":"github","created_at":"2026-01-01T00:00:00.000Z",)"
                         R"("updated_at":"2026-01-01T00:00:00.000Z","settings":{"access_token":)"
                         R"("a token that is longer than what fits into a string object"}})");
        });
    }

    openint::client_config config() const
    {
        openint::client_config c;
        c.token = openint::secret(server.token());
        c.base_url = server.url();
        return c;
    }

    /// What was asked for since the last time: targets without the path that all have in common.
    strings sent()
    {
        strings out;
        for (const auto& r : server.requests())
            out.push_back(r.target.substr(std::string_view("/v1/connection/").size()));
        server.clear_requests();
        return out;
    }

    mock_server server;
    asio::io_context io;
    openint::client client{io, config()};
};

const std::string prefix = "conn_whose_name_is_longer_than_a_small_string_";

std::string id_of(int n) { return prefix + std::to_string(n); }

} // namespace

#define OPENINT_SAME(what, ...)                                                                    \
    do {                                                                                           \
        const strings expected __VA_ARGS__;                                                        \
        const strings found = what;                                                                \
        BOOST_TEST(found == expected, boost::test_tools::per_element());                           \
    } while (false)

// Parameters

namespace {

asio::awaitable<void> parameters(openint::client client)
{
    openint::connection conn = co_await client.get_connection("conn_1");
    BOOST_TEST(conn.id == "conn_1");
    conn = co_await client.get_connection("conn_2", {});
    BOOST_TEST(conn.id == "conn_2");
    conn =
        co_await client.get_connection("conn_3", {.include_secrets = true,
                                                  .refresh_policy = openint::refresh_policy::force,
                                                  .expand = openint::connection_expand::connector});
    BOOST_TEST(conn.id == "conn_3");
    BOOST_TEST(conn.access_token().reveal().starts_with("a token that is longer"));
    conn = co_await client.get_connection("conn_4", {.refresh_policy = {}, .expand = {}});
    BOOST_TEST(conn.id == "conn_4");
    conn = co_await client.get_connection(
        "conn_5",
        openint::get_connection_params{.expand = {openint::connection_expand::connector}});
    BOOST_TEST(conn.id == "conn_5");
    const openint::get_connection_params named{.include_secrets = true};
    conn = co_await client.get_connection("conn_6", named);
    BOOST_TEST(conn.id == "conn_6");
}

} // namespace

BOOST_FIXTURE_TEST_CASE(designated_parameters_and_defaults, fixture)
{
    run(io, parameters(client));
    OPENINT_SAME(sent(), {"conn_1", "conn_2",
                          "conn_3?include_secrets=true&refresh_policy=force&expand=connector",
                          "conn_4", "conn_5?expand=connector", "conn_6?include_secrets=true"});
}

// Temporaries

namespace {

asio::awaitable<void> temporaries(openint::client client, std::string argument)
{
    openint::connection conn = co_await client.get_connection(std::string("conn_short"));
    BOOST_TEST(conn.id == "conn_short");
    conn = co_await client.get_connection(prefix + "a");
    BOOST_TEST(conn.id == prefix + "a");
    conn = co_await client.get_connection(prefix + std::to_string(7) + "_" + argument,
                                          {.include_secrets = true});
    BOOST_TEST(conn.id == prefix + "7_" + argument);
    conn = co_await client.get_connection(id_of(8).c_str());
    BOOST_TEST(conn.id == id_of(8));
    conn = co_await client.get_connection(std::string_view(argument).substr(0, 6));
    BOOST_TEST(conn.id == argument.substr(0, 6));
    // The answer itself is a temporary, and so is what was made of it.
    BOOST_TEST((co_await client.get_connection(id_of(9))).id == id_of(9));
    const std::string both = (co_await client.get_connection(id_of(10))).id + " and " +
                             (co_await client.get_connection(id_of(11), {.expand = {}})).id;
    BOOST_TEST(both == id_of(10) + " and " + id_of(11));
    // The id of a call from the answer to another.
    conn = co_await client.get_connection((co_await client.get_connection(id_of(12))).id + "_next");
    BOOST_TEST(conn.id == id_of(12) + "_next");
}

// A client of its own in the expression; its connections end with the call.
asio::awaitable<void> temporary_clients(openint::client client, openint::client_config config)
{
    const asio::any_io_executor executor = client.get_executor();
    BOOST_TEST((co_await openint::client(executor, config).get_connection(id_of(1))).id ==
               id_of(1));
    BOOST_TEST((co_await openint::client(client).get_connection(id_of(2))).id == id_of(2));
}

} // namespace

BOOST_FIXTURE_TEST_CASE(temporaries_as_ids, fixture)
{
    run(io, temporaries(client, "an_argument_that_is_long_too"));
    OPENINT_SAME(sent(),
                 {"conn_short", prefix + "a",
                  prefix + "7_an_argument_that_is_long_too?include_secrets=true", id_of(8),
                  "an_arg", id_of(9), id_of(10), id_of(11), id_of(12), id_of(12) + "_next"});
}

BOOST_FIXTURE_TEST_CASE(temporary_handles, fixture)
{
    run(io, temporary_clients(client, config()));
    OPENINT_SAME(sent(), {id_of(1), id_of(2)});
}

// Awaitables that are kept

namespace {

asio::awaitable<openint::connection> ask_later(const openint::client& client)
{
    const std::string id = prefix + "local";
    const std::string value = "a header's value that is longer than a small string";
    return client.with_options({.headers = {{"X-Local", value}}})
        .get_connection(id, {.include_secrets = true});
}

asio::awaitable<void> stored(openint::client client)
{
    // Everything that these refer to in source is gone before they are awaited.
    asio::awaitable<openint::connection> first = client.get_connection(prefix + "first");
    auto second = client.with_token(openint::secret("another_token_for_the_second_call_only"))
                      .get_connection(prefix + "second", {.include_secrets = true});
    auto third = ask_later(client);
    std::vector<asio::awaitable<openint::connection>> more;
    for (int i = 0; i != 3; ++i)
        more.push_back(client.get_connection(id_of(i), {.include_secrets = i == 1}));
    more.push_back(ask_later(client));
    client = client.with_options({});

    BOOST_TEST((co_await std::move(third)).id == prefix + "local");
    BOOST_TEST((co_await std::move(second)).id == prefix + "second");
    const openint::connection conn = co_await std::move(first);
    BOOST_TEST(conn.id == prefix + "first");
    int n = 0;
    for (auto& operation : more) {
        const openint::connection c = co_await std::move(operation);
        BOOST_TEST(c.id == (n == 3 ? prefix + "local" : id_of(n)));
        ++n;
    }
}

} // namespace

BOOST_FIXTURE_TEST_CASE(stored_awaitables, fixture)
{
    server.accept_token("another_token_for_the_second_call_only");
    run(io, stored(client));
    OPENINT_SAME(sent(),
                 {prefix + "local?include_secrets=true", prefix + "second?include_secrets=true",
                  prefix + "first", id_of(0), id_of(1) + "?include_secrets=true", id_of(2),
                  prefix + "local?include_secrets=true"});
}

BOOST_FIXTURE_TEST_CASE(awaitables_that_are_never_awaited, fixture)
{
    {
        auto unused = client.get_connection(prefix + "unused", {.include_secrets = true});
        std::vector<asio::awaitable<openint::connection>> more;
        more.push_back(client.get_connection(id_of(1)));
    }
    io.run();
    BOOST_TEST(server.request_count() == 0u);
}

// Other options in the same expression

namespace {

asio::awaitable<void> other_options(openint::client client, openint::response_info& info)
{
    openint::connection conn =
        co_await client.with_options({.timeout = 5s, .headers = {openint::header{"X-One", "b"}}})
            .get_connection("conn_1");
    BOOST_TEST(conn.id == "conn_1");
    conn = co_await client
               .with_options({.timeout = 5s,
                              .total_timeout = 10s,
                              .max_retries = 0,
                              .headers = {{"X-One", "1"}, {"X-Two", prefix + "value"}},
                              .query = {{"a", "b c"}, {"d", std::to_string(17)}},
                              .info = &info})
               .get_connection(prefix + "2", {.include_secrets = true});
    BOOST_TEST(conn.id == prefix + "2");
    BOOST_TEST(info.status == 200u);
    conn = co_await client
               .with_options({.token = std::string("token ").substr(0, 5) + "_of_a_customer"})
               .with_options({.max_retries = 1})
               .get_connection(std::string("conn_") + "3");
    BOOST_TEST(conn.id == "conn_3");
    conn = co_await client.with_token(openint::secret(std::string("token_of_") + "a_customer"))
               .with_options({.timeout = 5s})
               .get_connection("conn_4");
    BOOST_TEST(conn.id == "conn_4");
    const std::vector<openint::header> many(9, openint::header{"X-Many", prefix});
    conn = co_await client.with_options({.headers = many}).get_connection("conn_5");
    BOOST_TEST(conn.id == "conn_5");
    const openint::header one{"X-Named", "6"};
    conn = co_await client
               .with_options({.headers = {{.name = "X-" + prefix, .value = prefix + "a"},
                                          one,
                                          openint::header{"X-Two", prefix + "b"},
                                          {"X-Eight", std::to_string(8)}}})
               .get_connection("conn_6");
    BOOST_TEST(conn.id == "conn_6");
    const boost::json::value raw =
        co_await client.get("connection/conn_7", {{"a", prefix + "1"}, {"b", prefix + "2"}});
    BOOST_TEST(raw.at("id").as_string() == "conn_7");
    const auto made = co_await (
        client.post("connection/conn_8", {}, {{"a", std::to_string(1)}}) &&
        openint::as_result(
            client.with_options({.query = {{"b", std::string("2")}}}).get_connection("conn_9")));
    BOOST_TEST(std::get<0>(made).at("id").as_string() == "conn_8");
    BOOST_TEST(std::get<1>(made)->id == "conn_9");
}

} // namespace

BOOST_FIXTURE_TEST_CASE(options_in_the_expression, fixture)
{
    server.accept_token("token_of_a_customer");
    openint::response_info info;
    run(io, other_options(client, info));
    const auto requests = server.requests();
    BOOST_REQUIRE(requests.size() == 9u);
    BOOST_TEST(requests[0].header("X-One").value() == "b");
    BOOST_TEST(requests[1].header("X-One").value() == "1");
    BOOST_TEST(requests[1].header("X-Two").value() == prefix + "value");
    BOOST_TEST(requests[2].header("Authorization").value() == "Bearer token_of_a_customer");
    BOOST_TEST(requests[3].header("Authorization").value() == "Bearer token_of_a_customer");
    BOOST_TEST(requests[4].header("X-Many").value() == prefix);
    BOOST_TEST(!requests[4].header("X-One"));
    BOOST_TEST(requests[5].header("X-" + prefix).value() == prefix + "a");
    BOOST_TEST(requests[5].header("X-Named").value() == "6");
    BOOST_TEST(requests[5].header("X-Two").value() == prefix + "b");
    BOOST_TEST(requests[5].header("X-Eight").value() == "8");
    OPENINT_SAME(sent(),
                 {"conn_1", prefix + "2?include_secrets=true&a=b%20c&d=17", "conn_3", "conn_4",
                  "conn_5", "conn_6", "conn_7?a=" + prefix + "1&b=" + prefix + "2", "conn_8?a=1",
                  "conn_9?b=2"});
}

// Results instead of exceptions

namespace {

asio::awaitable<void> results(openint::client client)
{
    const openint::result<openint::connection> good =
        co_await openint::as_result(client.get_connection(id_of(1)));
    BOOST_REQUIRE(good.has_value());
    BOOST_TEST(good->id == id_of(1));
    auto bad = co_await openint::as_result(
        client.with_options({.headers = {openint::header{"X-One", "b"}}})
            .get_connection(std::string("conn_nobody_") + "2", {.include_secrets = true}));
    BOOST_REQUIRE(bad.has_error());
    BOOST_TEST((bad.error().code() == openint::condition::not_found));
    BOOST_TEST((co_await openint::as_result(client.get_connection(id_of(3)))).value().id ==
               id_of(3));
    if (const auto r = co_await openint::as_result(client.get_connection(id_of(4))))
        BOOST_TEST(r->id == id_of(4));
    else
        BOOST_FAIL(r.error().what());
    // Refused before anything is sent, but where it is awaited.
    auto refused = client.get_connection("..");
    BOOST_TEST((co_await openint::as_result(std::move(refused))).error().code() ==
               openint::errc::invalid_argument);
    bool thrown = false;
    try {
        co_await client.get_connection(std::string("conn_nobody_") + "5");
    } catch (const openint::api_error& e) {
        thrown = e.status() == 404;
    }
    BOOST_TEST(thrown);
}

} // namespace

BOOST_FIXTURE_TEST_CASE(as_result, fixture)
{
    run(io, results(client));
    OPENINT_SAME(sent(), {id_of(1), "conn_nobody_2?include_secrets=true", id_of(3), id_of(4),
                          "conn_nobody_5"});
}

// Operators

namespace {

asio::awaitable<void> operators(openint::client client)
{
    auto pair = co_await (client.get_connection(prefix + "left", {.include_secrets = true}) &&
                          client.with_options({.timeout = 5s, .headers = {{"a", "b"}}})
                              .get_connection(prefix + "right"));
    BOOST_TEST(std::get<0>(pair).id == prefix + "left");
    BOOST_TEST(std::get<1>(pair).id == prefix + "right");

    auto results = co_await (openint::as_result(client.get_connection(id_of(1))) &&
                             openint::as_result(client.get_connection("conn_nobody_1")) &&
                             client.get_connection(id_of(2)));
    BOOST_TEST(std::get<0>(results)->id == id_of(1));
    BOOST_TEST(std::get<1>(results).has_error());
    BOOST_TEST(std::get<2>(results).id == id_of(2));

    asio::steady_timer timer(co_await asio::this_coro::executor, 1h);
    auto first = co_await (openint::as_result(client.get_connection(prefix + "in_time")) ||
                           timer.async_wait(asio::use_awaitable));
    BOOST_REQUIRE(first.index() == 0u);
    BOOST_TEST(std::get<0>(first)->id == prefix + "in_time");

    // Operands that were stored.
    auto left = client.get_connection(id_of(3));
    auto right = client.get_connection(id_of(4));
    auto stored_pair = co_await (std::move(left) && std::move(right));
    BOOST_TEST(std::get<0>(stored_pair).id + std::get<1>(stored_pair).id == id_of(3) + id_of(4));

    auto either = co_await (client.get_connection(id_of(5)) || client.get_connection(id_of(5)));
    const std::string winner = std::visit([](auto& c) { return c.id; }, either);
    BOOST_TEST(winner == id_of(5));
}

} // namespace

BOOST_FIXTURE_TEST_CASE(and_or, fixture)
{
    run(io, operators(client));
    BOOST_TEST(server.request_count() >= 9u);
}

// Statements

namespace {

asio::awaitable<int> count_usable(openint::client client, strings ids)
{
    int usable = 0;
    for (const std::string& id : ids)
        if ((co_await client.get_connection(id)).usable())
            ++usable;
    co_return usable;
}

asio::awaitable<openint::connection> one(const openint::client& client, std::string_view id,
                                         bool secrets)
{
    co_return co_await client.get_connection(id, {.include_secrets = secrets});
}

asio::awaitable<void> statements(openint::client client)
{
    for (int i = 0; i != 3; ++i) {
        const auto conn = co_await client.get_connection(prefix + std::to_string(i),
                                                         {.include_secrets = i % 2 == 1});
        BOOST_TEST(conn.id == id_of(i));
    }
    int n = 3;
    while ((co_await client.get_connection(id_of(n))).id != id_of(5))
        ++n;
    // Not `n == 5 ? co_await ... : co_await ...`: g++ 12 destroys what such an expression has
    // chosen.
    openint::connection chosen;
    if (n == 5)
        chosen = co_await client.get_connection(id_of(6));
    else
        chosen = co_await client.get_connection(id_of(7));
    BOOST_TEST(chosen.id == id_of(6));
    BOOST_TEST(co_await count_usable(client, strings(2, id_of(8))) == 2);
    BOOST_TEST((co_await one(client, id_of(9), true)).id == id_of(9));
    const auto lambda = [](openint::client c, std::string id) -> asio::awaitable<std::string> {
        co_return (co_await c.get_connection(id + "_of_a_lambda")).id;
    };
    BOOST_TEST(co_await lambda(client, prefix) == prefix + "_of_a_lambda");
    const std::string id =
        co_await [](openint::client c, std::string i) -> asio::awaitable<std::string> {
        auto conn = co_await c.get_connection(i);
        co_return std::move(conn.id);
    }(client, prefix + "inline");
    BOOST_TEST(id == prefix + "inline");
}

} // namespace

BOOST_FIXTURE_TEST_CASE(loops_functions_and_lambdas, fixture)
{
    run(io, statements(client));
    OPENINT_SAME(sent(),
                 {id_of(0), id_of(1) + "?include_secrets=true", id_of(2), id_of(3), id_of(4),
                  id_of(5), id_of(6), id_of(8), id_of(8), id_of(9) + "?include_secrets=true",
                  prefix + "_of_a_lambda", prefix + "inline"});
}

// The credential cache: what is there and what has to be waited for.

namespace {

asio::awaitable<void> credentials(openint::client client, openint::credential_cache cache)
{
    const auto token = [](const openint::credentials& c) {
        return std::string(c->access_token().reveal());
    };
    for (int i = 0; i != 3; ++i) { // waits, then does not
        openint::credentials conn = co_await cache.get(prefix + "1");
        BOOST_TEST(conn->id == prefix + "1");
        BOOST_TEST(token(conn).starts_with("a token that is longer"));
        conn = co_await cache.get(prefix + "2");
        BOOST_TEST(conn->id == prefix + "2");
        const openint::credentials same = co_await cache.get(std::string_view(conn->id));
        BOOST_TEST(&*same == &*conn);
    }
    BOOST_TEST(token(co_await cache.get(prefix + "1")).starts_with("a token"));
    if (openint::credentials conn = co_await cache.get(prefix + "1"))
        BOOST_TEST(conn->id == prefix + "1");

    std::vector<asio::awaitable<openint::credentials>> stored;
    for (int i = 0; i != 4; ++i)
        stored.push_back(cache.get(id_of(i)));
    for (auto& s : stored)
        BOOST_TEST(bool(co_await std::move(s)));

    auto [a, b] = co_await (cache.get(prefix + "1") && cache.get(prefix + "5"));
    BOOST_TEST(a->id == prefix + "1");
    BOOST_TEST(b->id == prefix + "5");
    asio::steady_timer late(co_await asio::this_coro::executor, 10s);
    auto first = co_await (cache.get(prefix + "6") || late.async_wait(asio::use_awaitable));
    BOOST_TEST(std::get<0>(first)->id == prefix + "6");
    const auto nobody = co_await openint::as_result(cache.get("conn_nobody"));
    BOOST_TEST(nobody.error().status() == 404u);
    const auto again = co_await openint::as_result(cache.renew(a)); // it has no other token
    BOOST_TEST((again.error().code() == openint::errc::no_credentials));
    const auto other = co_await cache.with_token(openint::secret("key_other")).get(prefix + "1");
    BOOST_TEST(&*other != &*a);
    BOOST_TEST(other->id == prefix + "1");
    cache.put(co_await client.get_connection(prefix + "7", {.include_secrets = true}));
    BOOST_TEST(bool(cache.try_get(prefix + "7")));
}

} // namespace

BOOST_FIXTURE_TEST_CASE(credentials_of_a_cache, fixture)
{
    server.accept_token("key_other");
    openint::credential_cache_options options;
    options.max_entries = 100;
    run(io, credentials(client, openint::credential_cache(client, options)));
}

// Without a coroutine of one's own, for any completion token.
BOOST_FIXTURE_TEST_CASE(spawned_directly, fixture)
{
    std::string id;
    asio::co_spawn(io, client.get_connection(prefix + "callback"),
                   [&](std::exception_ptr e, const openint::connection& conn) {
                       if (!e)
                           id = conn.id;
                   });
    auto future = asio::co_spawn(asio::make_strand(io),
                                 client.with_options({.timeout = 5s})
                                     .get_connection(prefix + "future", {.include_secrets = true}),
                                 asio::use_future);
    io.run();
    BOOST_TEST(id == prefix + "callback");
    BOOST_TEST(future.get().id == prefix + "future");
}

BOOST_AUTO_TEST_SUITE_END()
