// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Which connections are used again.

#include "support/service.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::error;
using openint::testing::answer;
using openint::testing::in_body;
using openint::testing::mock_server;
using openint::testing::raw;
using openint::testing::respond;
using openint::testing::response;
using test::ok;
using test::once;
using test::run;
using test::service;

BOOST_AUTO_TEST_SUITE(reuse)

namespace {

constexpr std::string_view document = R"({"id":"conn_github_1","connector_name":"github"})";

} // namespace

BOOST_FIXTURE_TEST_CASE(which_connections_are_used_again, once)
{
    const auto reused = [&](const response& r) {
        get(client); // so that there is one
        const std::size_t before = server.connections_accepted();
        server.next(r);
        try {
            get(client);
        } catch (const error&) { // a fault may well be one
        }
        const openint::connection second = run(io, client.get_connection("conn_apikey_1"));
        BOOST_TEST(second.id == "conn_apikey_1"); // the right answer for the right request
        return server.connections_accepted() == before;
    };
    BOOST_TEST(reused(answer()));
    BOOST_TEST(reused(answer().chunked({3})));
    BOOST_TEST(reused(answer().gzip()));
    BOOST_TEST(reused(answer().informational(103)));
    BOOST_TEST(reused(answer().header("Connection", "keep-alive")));
    for (const int status : {400, 401, 404, 429, 500, 503})
        BOOST_TEST(reused(respond(status)));
    BOOST_TEST(reused(respond(302).header("Location", "http://elsewhere.example/")));
    BOOST_TEST(reused(respond(200, "<html>"))); // HTTP was all right

    BOOST_TEST(!reused(answer().connection_close()));
    BOOST_TEST(!reused(answer().header("Connection", "x, Close"))); // though it stays open
    BOOST_TEST(!reused(answer().to_end_of_stream()));
    BOOST_TEST(!reused(respond(503).connection_close()));
    BOOST_TEST(!reused(openint::testing::close_after_answer()));
    BOOST_TEST(!reused(openint::testing::reset_after_answer()));
    BOOST_TEST(!reused(answer().copies(2)));
    BOOST_TEST(!reused(answer().chunked().copies(3)));
    BOOST_TEST(!reused(answer().followed_by("x")));
    BOOST_TEST(!reused(answer().followed_by("\r\n")));
    BOOST_TEST(!reused(answer().followed_by("HTTP/1.1 408 Request Timeout\r\n\r\n")));
    BOOST_TEST(
        !reused(raw("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 48\r\n\r\n" +
                    std::string(document))));
    BOOST_TEST(!reused(raw("rubbish\r\n\r\n")));
    BOOST_TEST(!reused(raw(ok("Content-Encoding: br\r\nContent-Length: 1\r\n", "x"))));
}

BOOST_FIXTURE_TEST_CASE(bytes_that_come_while_it_is_idle, service)
{
    // A second answer, right behind the first one but not in time to be seen with it.
    const std::string forged = ok("Content-Length: 15\r\n", R"({"id":"forged"})");
    const std::string body(document);
    server.next(respond(200, body).pause_after(in_body(body.size()), 50ms).followed_by(forged));
    get();
    BOOST_REQUIRE(server.wait_until_idle());
    BOOST_TEST(run(io, client.get_connection("conn_apikey_1")).id == "conn_apikey_1");
    BOOST_TEST(server.connections_accepted() == 2u);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_left_for_the_call_that_waits)
{
    // The answer fills what is read at once; another one, behind it, is not for the call that has
    // waited for the connection.
    for (const bool tls : {false, true}) {
        mock_server server({.tls = tls});
        asio::io_context io;
        openint::client_config config = test::config_for(server);
        config.pool.max_connections = 1;
        const openint::client client(io, config);
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: ";
        const std::size_t size = 16'384 - head.size() - 5 - 4;
        std::string body(document);
        body.resize(size, ' ');
        server.next(raw(head + std::to_string(size) + "\r\n\r\n" + body +
                        ok("Content-Length: 15\r\n", R"({"id":"forged"})")));

        std::string first;
        std::string second;
        const auto into = [](std::string& id) {
            return [&id](std::exception_ptr e, const openint::connection& c) {
                BOOST_TEST(!e);
                id = c.id;
            };
        };
        asio::co_spawn(io, client.get_connection("conn_github_1"), into(first));
        asio::co_spawn(io, client.get_connection("conn_apikey_1"), into(second));
        while (server.request_count() == 0)
            io.poll();
        BOOST_REQUIRE(server.wait_until_idle()); // all of it has been sent
        io.restart();
        io.run();
        BOOST_TEST(first == "conn_github_1");
        BOOST_TEST(second == "conn_apikey_1");
        BOOST_TEST(server.connections_accepted() == 2u);
    }
}

// What `Keep-Alive` says about the answers to come, on one connection after the other.
BOOST_AUTO_TEST_CASE(keep_alive_hints)
{
    const auto connections = [](std::initializer_list<std::string_view> values) {
        mock_server server;
        asio::io_context io;
        const openint::client client(io, test::config_for(server));
        for (const std::string_view value : values) {
            server.next(value.empty() ? answer() : answer().header("Keep-Alive", value));
            run(io, client.get_connection("conn_github_1"));
        }
        return server.connections_accepted();
    };
    BOOST_TEST(connections({"timeout=60", "timeout=60", "", ""}) == 1u);
    BOOST_TEST(connections({"timeout=0", ""}) == 2u);
    BOOST_TEST(connections({"rubbish", "timeout=x", "max=-1", ""}) == 1u);
    BOOST_TEST(connections({"max=0", ""}) == 2u);
    // Counted down, said once, always the same.
    BOOST_TEST(connections({"timeout=60, max=2", "timeout=60, max=1", "timeout=60, max=0"}) == 1u);
    BOOST_TEST(connections({"max=2", "", "", ""}) == 2u);
    BOOST_TEST(connections({"max=1", "max=1", "max=1", "max=1"}) == 2u);
    BOOST_TEST(connections({"max=1", "max=9", "", ""}) == 2u);
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_server_is_about_to_close)
{
    const auto wait = [](asio::io_context& io, std::chrono::milliseconds d) {
        asio::steady_timer timer(io, d);
        io.restart();
        timer.async_wait([](boost::system::error_code) {});
        io.run();
    };
    for (const bool again : {false, true}) { // the hint still holds after an answer without one
        mock_server server;
        asio::io_context io;
        openint::client_config config = test::config_for(server);
        config.pool.idle_timeout = 1min;
        const openint::client client(io, config);
        server.next(answer().header("Keep-Alive", "timeout=1"));
        run(io, client.get_connection("conn_github_1"));
        if (again)
            run(io, client.get_connection("conn_github_1"));
        const std::size_t before = server.connections_accepted();
        wait(io, 920ms); // within the second, and too late all the same
        const boost::json::value body{{"x", 1}};
        server.next(respond(200, "{}"));
        run(io, client.post("/v1/x", body));
        BOOST_TEST(server.connections_accepted() == before + 1);
    }
    { // no longer than idle_timeout
        mock_server server;
        asio::io_context io;
        openint::client_config config = test::config_for(server);
        config.pool.idle_timeout = 5ms;
        const openint::client client(io, config);
        server.next(answer().header("Keep-Alive", "timeout=1000"));
        run(io, client.get_connection("conn_github_1"));
        wait(io, 10ms);
        run(io, client.get_connection("conn_github_1"));
        BOOST_TEST(server.connections_accepted() == 2u);
    }
    { // for a call that waits for it, too
        mock_server server;
        asio::io_context io;
        openint::client_config config = test::config_for(server);
        config.pool.max_connections = 1;
        const openint::client client(io, config);
        server.next(answer().header("Keep-Alive", "timeout=0"));
        for (int i = 0; i != 2; ++i)
            asio::co_spawn(io, client.get_connection("conn_github_1"),
                           [](std::exception_ptr e, const openint::connection& c) {
                               BOOST_TEST(!e);
                               BOOST_TEST(c.id == "conn_github_1");
                           });
        io.restart();
        io.run();
        BOOST_TEST(server.connections_accepted() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(idle_connections_grow_too_old)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    config.pool.idle_timeout = 0ms;
    const openint::client client(io, config);
    for (int i = 0; i != 3; ++i)
        run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(server.connections_accepted() == 3u);
    BOOST_TEST(server.wait_until_open(1)); // the older ones have been closed
}

BOOST_AUTO_TEST_SUITE_END()
