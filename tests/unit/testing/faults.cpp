// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server: what goes wrong with a connection when a test asks for it.

#include "support/raw_client.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

#include <poll.h>

namespace asio = boost::asio;
using namespace openint::testing;
using namespace std::chrono_literals;
using namespace test;

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(scripts)

BOOST_AUTO_TEST_CASE(one_after_the_other_then_as_usual)
{
    mock_server server;
    server.next(respond(503).header("Retry-After", "1")).next(respond(429, "{}"), 2);
    BOOST_TEST(server.scripts_left() == 3u);
    raw_client c(server);
    const auto ask = [&] {
        c.get(github, server.token());
        return c.answer();
    };
    const answer_text first = ask();
    BOOST_TEST(first.head.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    BOOST_TEST(first.header("Retry-After") == "1");
    BOOST_TEST(first.body == R"({"message":"Service Unavailable","code":"SERVICE_UNAVAILABLE",)"
                             R"("data":{"code":"SERVICE_UNAVAILABLE","httpStatus":503}})");
    BOOST_TEST(ask().body == "{}");
    BOOST_TEST(ask().status() == 429);
    BOOST_TEST(server.scripts_left() == 0u);
    BOOST_TEST(ask().status() == 200);
}

BOOST_AUTO_TEST_CASE(by_path_by_predicate_by_handler)
{
    mock_server server;
    server.when("/health", respond(500))
        .when([](const request& r) { return r.method == "PATCH"; }, respond(409))
        .when("/echo", [](const request& r) { return respond(200, r.raw); });
    server.next([](const request& r) { return r.path() == github; }, respond(410));
    BOOST_TEST(get(server, "/v1/health").status() == 500);
    BOOST_TEST(get(server, "/v1/viewer").status() == 200);
    BOOST_TEST(get(server, github).status() == 410);
    BOOST_TEST(get(server, github).status() == 200);
    BOOST_TEST(get(server, "/echo").body.starts_with("GET /echo HTTP/1.1\r\n"));

    server.always(respond(502));
    BOOST_TEST(get(server, "/v1/health").status() == 502);
    server.next([](const request& r) -> response { throw std::runtime_error("oh " + r.method); });
    const answer_text thrown = get(server, github);
    BOOST_TEST(thrown.status() == 500);
    BOOST_TEST(thrown.body == "oh GET");
    server.clear_scripts();
    BOOST_TEST(get(server, "/v1/health").status() == 200);
}

BOOST_AUTO_TEST_CASE(closed_and_reset_at_every_place)
{
    mock_server server;
    const answer_text usual = get(server, github);
    const std::size_t head = usual.head.size();
    const std::string whole = usual.head + usual.body;
    struct row
    {
        response what;
        std::size_t bytes;
        error_code error;
    };
    const error_code eof = asio::error::eof;
    const error_code reset = asio::error::connection_reset;
    const row rows[] = {
        {close_before_request(), 0, eof},
        {close_before_answer(), 0, eof},
        {close_after(10), 10, eof},
        {close_after(in_body(0)), head, eof},
        {close_after(in_body(25)), head + 25, eof},
        {close_after_answer(), whole.size(), eof},
        {close_after(in_request(20)), 0, eof},
        {reset_before_request(), 0, reset},
        {reset_before_answer(), 0, reset},
        {reset_after(in_request(9999)), 0, reset},
    };
    for (const row& r : rows) {
        server.next(r.what);
        raw_client c(server);
        c.get(github, server.token());
        const std::string got = c.all();
        BOOST_TEST(got.size() == r.bytes);
        BOOST_TEST(c.error == r.error);
    }
    // What was sent before a reset may be lost.
    for (const response& r : {reset_after(10), reset_after(in_body(3)), reset_after_answer()}) {
        server.next(r);
        raw_client c(server);
        c.get(github, server.token());
        c.all();
        BOOST_TEST(c.error == reset);
    }
    BOOST_TEST(server.scripts_left() == 0u);
    BOOST_TEST(server.wait_until_open(0));
    BOOST_TEST(get(server, github).status() == 200);
}

BOOST_AUTO_TEST_CASE(a_stall_lasts_until_the_client_closes)
{
    mock_server server;
    server.next(stall_after(30));
    raw_client c(server);
    c.get(github, server.token());
    BOOST_TEST(c.exactly(30).size() == 30u);
    BOOST_TEST(server.open_connections() == 1u);
    BOOST_TEST(!server.wait_until_idle(1ms));
    c.socket().close();
    BOOST_TEST(server.wait_until_open(0));
    BOOST_TEST(server.wait_until_idle());
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_reading)
{
    for (const bool at_once : {true, false}) {
        mock_server server;
        if (at_once)
            server.next_connection(on_accept::stall);
        else
            server.next(stall_after(in_request(1000)));
        {
            raw_client c(server);
            c.send("POST /v1/health HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n");
            // Writes until the buffers of both sides are full.
            c.socket().non_blocking(true);
            const std::string piece(100000, 'x');
            error_code ec;
            std::size_t sent = 0;
            while (sent < 99'000'000 && ec != asio::error::would_block) {
                sent += c.socket().write_some(asio::buffer(piece), ec);
                if (ec == asio::error::would_block) {
                    pollfd room{c.socket().native_handle(), POLLOUT, 0};
                    if (::poll(&room, 1, 100) == 1)
                        ec = {};
                }
            }
            BOOST_TEST(ec == asio::error::would_block);
            BOOST_TEST(server.open_connections() == 1u);
            c.socket().set_option(asio::socket_base::linger(true, 0));
            c.socket().close();
        }
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_CASE(delays_and_holds_end_when_the_client_goes)
{
    for (const bool tls : {false, true}) {
        mock_server server{{.tls = tls}};
        asio::ssl::context context =
            trusting(tls ? server.ca_pem() : certificate_authority().pem());
        server.next(answer().delay(1h)).next(answer().hold());
        {
            raw_client a(server, tls ? &context : nullptr), b(server, tls ? &context : nullptr);
            if (tls)
                BOOST_REQUIRE((!a.handshake() && !b.handshake()));
            a.get(github, server.token());
            BOOST_TEST(server.wait_for_requests(1));
            b.get(github, server.token());
            BOOST_TEST(server.wait_until_held(1));
            BOOST_TEST(server.open_connections() == 2u);
        }
        BOOST_TEST(server.wait_until_open(0));
        BOOST_TEST(server.wait_until_held(0));
    }
}

BOOST_AUTO_TEST_CASE(held_answers_are_released)
{
    mock_server server;
    server.next(answer().hold());
    raw_client c(server);
    c.get(github, server.token());
    BOOST_TEST(server.wait_until_held(1));
    server.release();
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_CASE(delay_drip_and_pause_take_their_time)
{
    mock_server server, tls_server{{.tls = true}};
    asio::ssl::context context = trusting(tls_server.ca_pem());
    const auto timed = [&](response r) {
        const auto start = std::chrono::steady_clock::now();
        server.next(r);
        BOOST_TEST(get(server, "/v1/health").body == R"({"ok":true})");
        const auto took = std::chrono::steady_clock::now() - start;
        // Over TLS, the connection is good for another request.
        tls_server.next(r);
        raw_client c(tls_server, &context);
        BOOST_REQUIRE(!c.handshake());
        for (int i = 0; i < 2; ++i) {
            c.get("/v1/health", tls_server.token());
            BOOST_TEST(c.answer().body == R"({"ok":true})");
        }
        return took;
    };
    BOOST_TEST((timed(answer().delay(20ms)) >= 20ms));
    BOOST_TEST((timed(answer().pause_after(in_body(2), 20ms)) >= 20ms));
    BOOST_TEST((timed(answer().drip(50, 3ms)) >= 12ms));
}

BOOST_AUTO_TEST_CASE(no_request_is_read_from_a_connection_refused)
{
    mock_server server;
    server.next_connection(on_accept::close)
        .next_connection(on_accept::reset)
        .next_connection(on_accept::close_in_handshake)
        .next_connection(on_accept::reset_in_handshake);
    for (const bool talk : {false, false, true, true}) {
        raw_client c(server);
        if (talk)
            c.send("G");
        BOOST_TEST(c.all().empty());
    }
    server.next_connection(on_accept::stall);
    {
        raw_client c(server);
        c.get(github, server.token());
        BOOST_TEST(server.wait_for_connections(5));
        BOOST_TEST(server.wait_until_open(1));
    }
    BOOST_TEST(server.request_count() == 0u);
    BOOST_TEST(get(server, github).status() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
