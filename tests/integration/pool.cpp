// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Who gets which connection, and what becomes of those that nobody needs.

#include "support/service.hpp"
#include "support/stuck.hpp"

#include <openint.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using openint::log_event;
using openint::log_kind;
using openint::log_level;
using openint::testing::mock_server;
using test::outcome;

BOOST_AUTO_TEST_SUITE(pool)

namespace {

// Calls for conn_a, conn_b, ..., in this order, whose answers the server keeps back.
struct queue
{
    mock_server server;
    asio::io_context io;
    std::string granted; // letters, in the order in which they had their turn after waiting
    openint::client client;
    std::vector<outcome> outcomes;
    std::vector<asio::cancellation_signal> signals;

    queue(std::size_t connections, std::size_t calls)
        : client(io, config(connections))
        , outcomes(calls)
        , signals(calls)
    {
        server.always([](const openint::testing::request& r) {
            return openint::testing::respond(200, "{\"id\":\"" +
                                                      r.target.substr(r.target.size() - 6) +
                                                      "\",\"connector_name\":\"github\"}")
                .hold();
        });
        for (std::size_t i = 0; i != calls; ++i)
            asio::co_spawn(io, noted(client.get_connection(id(i)), outcomes[i]),
                           asio::bind_cancellation_slot(signals[i].slot(), asio::detached));
        poll_until_held(connections);
    }

    static std::string id(std::size_t i) { return std::string("conn_") + letter(i); }
    static char letter(std::size_t i) { return static_cast<char>('a' + i); }

    openint::client_config config(std::size_t connections)
    {
        openint::client_config c = test::config_for(server);
        c.pool.max_connections = connections;
        c.log = test::said().hearing(
            {.level = log_level::debug, .sink = [this](const log_event& e) {
                 if (e.message == "waited for a connection" && !e.error && e.status == 0)
                     granted += e.target.back();
             }});
        return c;
    }
    void poll_until_held(std::size_t n)
    {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (!server.wait_until_held(n, 1ms)) {
            BOOST_REQUIRE((std::chrono::steady_clock::now() < end));
            io.restart();
            io.poll();
        }
    }
    std::size_t ended() const
    {
        return static_cast<std::size_t>(std::count_if(outcomes.begin(), outcomes.end(),
                                                      [](const outcome& o) { return o.ended; }));
    }
    // Answers what is held, one batch after the other.
    void serve_all()
    {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (ended() != outcomes.size()) {
            BOOST_REQUIRE((std::chrono::steady_clock::now() < end));
            server.release();
            io.restart();
            io.run_for(1ms);
        }
    }
};

} // namespace

BOOST_DATA_TEST_CASE(first_come_first_served, data::make({1, 3}), connections)
{
    const std::size_t cap = static_cast<std::size_t>(connections);
    queue q(cap, 12);
    BOOST_TEST(q.server.request_count() == cap);
    // Some of those that wait lose patience: one in the middle, two neighbours, the last.
    const std::vector<std::size_t> gone{5, 7, 8, 11};
    for (const std::size_t i : gone) {
        q.signals[i].emit(asio::cancellation_type::terminal);
        q.io.restart();
        q.io.poll();
        BOOST_TEST((q.outcomes[i].error().code() == asio::error::operation_aborted));
    }
    BOOST_TEST(q.ended() == gone.size());
    q.granted.clear();

    q.serve_all();
    std::string expected;
    for (std::size_t i = cap; i != q.outcomes.size(); ++i)
        if (std::find(gone.begin(), gone.end(), i) == gone.end())
            expected += queue::letter(i);
    BOOST_TEST(q.granted == expected);
    for (std::size_t i = 0; i != q.outcomes.size(); ++i)
        if (std::find(gone.begin(), gone.end(), i) == gone.end())
            BOOST_TEST(q.outcomes[i].id == queue::id(i));
    BOOST_TEST(q.server.connections_accepted() == cap);
    BOOST_TEST(q.server.request_count() == q.outcomes.size() - gone.size());
    if (cap == 1) { // then the server sees the order, too
        std::string served;
        for (const auto& r : q.server.requests())
            served += r.target.back();
        BOOST_TEST(served == "a" + expected);
    }
}

// A waiter that is cancelled when its turn has come already passes the connection on.
BOOST_AUTO_TEST_CASE(a_turn_that_is_not_taken)
{
    queue q(1, 4);
    const auto end = std::chrono::steady_clock::now() + 20s;
    q.server.release();
    while (q.outcomes[0].id.empty()) { // until "a" has been answered, and no further
        BOOST_REQUIRE((std::chrono::steady_clock::now() < end));
        q.io.restart();
        q.io.run_one_for(1ms);
    }
    q.signals[1].emit(asio::cancellation_type::terminal);
    q.serve_all();
    BOOST_TEST((q.outcomes[1].error().code() == asio::error::operation_aborted));
    BOOST_TEST(q.outcomes[2].id == "conn_c");
    BOOST_TEST(q.outcomes[3].id == "conn_d");
}

// More calls than connections, in several rounds, with faults that cost connections.
BOOST_AUTO_TEST_CASE(the_cap_is_never_exceeded)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    config.pool.max_connections = 3;
    const openint::client client(io, config);
    std::size_t most = 0;
    server.on_request([&](const openint::testing::request&) {
        most = std::max(most, server.open_connections());
    });
    for (int round = 0; round != 5; ++round) {
        server.next(openint::testing::close_before_answer(), 2);
        server.next(openint::testing::answer().connection_close(), 3);
        std::vector<outcome> outcomes(20);
        for (outcome& o : outcomes)
            asio::co_spawn(io, noted(client.get_connection("conn_github_1"), o), asio::detached);
        io.restart();
        io.run();
        for (const outcome& o : outcomes)
            BOOST_TEST(o.id == "conn_github_1");
    }
    BOOST_REQUIRE(server.wait_until_idle());
    // A connection may be replaced before the server has noticed that it is closed.
    BOOST_TEST(most >= 3u);
    BOOST_TEST(most <= 6u);
    BOOST_TEST(server.wait_until_open(3));
}

namespace {

// What the log says about the pool.
struct pool_log
{
    std::vector<std::pair<std::string, std::uint64_t>> events;

    openint::client_config config(const mock_server& server)
    {
        openint::client_config c = test::config_for(server);
        c.log =
            test::said().hearing({.level = log_level::debug, .sink = [this](const log_event& e) {
                                      if (e.kind == log_kind::pool)
                                          events.emplace_back(e.message, e.connection);
                                  }});
        return c;
    }
    bool says(std::string_view message, std::uint64_t connection) const
    {
        return std::find(events.begin(), events.end(),
                         std::pair(std::string(message), connection)) != events.end();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(without_any_limit_of_time)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    config.timeout = config.total_timeout = config.connect_timeout =
        std::chrono::nanoseconds::max();
    config.pool.idle_timeout = std::chrono::milliseconds::max();
    const openint::client client(io, config);
    for (int i = 0; i != 2; ++i)
        BOOST_TEST(test::run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_AUTO_TEST_CASE(idle_connections_are_closed)
{
    mock_server server;
    asio::io_context io;
    pool_log log;
    openint::client_config config = log.config(server);
    config.pool.idle_timeout = 0ms;
    const openint::client client(io, config);
    const auto get = [&] { test::run(io, client.get_connection("conn_github_1")); };
    get();
    BOOST_TEST(log.events.empty());
    get(); // finds that the first one is too old
    BOOST_TEST(log.says("a connection has been idle for too long", 1));
    BOOST_TEST(log.events.size() == 1u);
    BOOST_TEST(server.wait_until_open(1));

    // Those that were not needed any more are swept when another one comes back.
    config.pool.idle_timeout = 200ms;
    log.events.clear();
    const openint::client other(io, config);
    server.always(openint::testing::answer().hold());
    std::vector<outcome> outcomes(3);
    for (outcome& o : outcomes)
        asio::co_spawn(io, noted(other.get_connection("conn_github_1"), o), asio::detached);
    io.restart();
    while (!server.wait_until_held(3, 1ms))
        io.poll();
    server.clear_scripts().release();
    io.run();
    BOOST_TEST(log.events.empty());
    server.next(openint::testing::answer().delay(250ms));
    test::run(io, other.get_connection("conn_github_1"));
    BOOST_TEST(log.events.size() == 2u);
    for (const auto& [message, connection] : log.events) {
        BOOST_TEST(message == "a connection has been idle for too long");
        BOOST_TEST((connection >= 1 && connection <= 3));
    }
    BOOST_TEST(server.wait_until_open(2)); // one of the first client's
}

BOOST_AUTO_TEST_CASE(stale_connections_are_replaced)
{
    mock_server server;
    asio::io_context io;
    pool_log log;
    const openint::client client(io, log.config(server));
    const auto get = [&] { test::run(io, client.get_connection("conn_github_1")); };
    get();
    BOOST_TEST(log.events.empty());

    // Noticed when it is given out,
    server.close_connections();
    BOOST_REQUIRE(server.wait_until_open(0));
    get();
    BOOST_TEST(log.says("the server has closed an idle connection, or is about to", 1));
    BOOST_TEST(log.events.size() == 1u);

    // or when it is used.
    log.events.clear();
    server.next(openint::testing::close_before_answer());
    get();
    BOOST_TEST(log.says("the server had closed the idle connection", 2));
    BOOST_TEST(log.events.size() == 1u);
    BOOST_TEST(server.connections_accepted() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
