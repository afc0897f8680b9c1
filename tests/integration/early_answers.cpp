// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Answers that come before the request has been read.

#include "support/service.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::in_body;
using openint::testing::mock_server;
using openint::testing::respond;
using openint::testing::response;
using openint::testing::whole_answer;
using test::contains;
using test::failure_of;
using test::run;
using test::text;

BOOST_AUTO_TEST_SUITE(early_answers)

namespace {

// More than the system's buffers take, so that the client has to wait while it sends.
const boost::json::object large{{"x", std::string(30'000'000, 'x')}};

struct large_requests
{
    explicit large_requests(bool tls)
        : server({.tls = tls})
    {}

    error fail_with(const response& r)
    {
        server.next(r);
        return failure_of(io, client.post("/v1/x", large));
    }

    mock_server server;
    asio::io_context io;
    openint::client client = openint::client(io, test::config_for(server))
                                 .with_options({.timeout = 20s, .max_retries = 0});
};

} // namespace

BOOST_AUTO_TEST_CASE(count)
{
    for (const bool tls : {false, true}) {
        large_requests s(tls);
        for (const int status : {401, 413, 429, 503})
            for (const std::size_t after : {1u, 1'000u, 5'000'000u}) {
                const response early =
                    respond(status, R"({"message":"early","code":"E"})").early(after);
                for (const response& r : {
                         response(early), // reads no more
                         response(early).header("Connection", "close").stall_after(whole_answer),
                         response(early).close_after(whole_answer), // resets, as much is unread
                         response(early).reset_after(whole_answer),
                         response(early).chunked({3}).close_after(whole_answer),
                     }) {
                    const auto begin = std::chrono::steady_clock::now();
                    const error e = s.fail_with(r);
                    BOOST_TEST(e.status() == static_cast<unsigned>(status));
                    BOOST_TEST(e.message() == "early");
                    BOOST_TEST(e.server_code() == "E");
                    BOOST_TEST(e.attempts() == 1);
                    BOOST_TEST((std::chrono::steady_clock::now() - begin < 10s));
                }
            }
        // No such connection is used again.
        s.server.clear_requests();
        const std::size_t before = s.server.connections_accepted();
        s.fail_with(respond(413).early(1));
        s.server.next(respond(200, "{}"));
        run(s.io, s.client.post("/v1/x"));
        BOOST_TEST(s.server.connections_accepted() == before + 2);
        BOOST_TEST(s.server.request_count() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(are_reasons_to_try_again)
{
    large_requests s(false);
    const openint::client patient = s.client.with_options({.max_retries = 2});
    s.server.next(respond(429).header("Retry-After", "0").early(1).close_after(whole_answer), 2)
        .next(respond(200, "[1]"));
    BOOST_TEST(run(s.io, patient.post("/v1/x", large)) == boost::json::parse("[1]"));
    BOOST_TEST(s.server.requests().at(0).body.size() > 30'000'000u);
}

// A success does not stop the request, unless it is whole.
BOOST_AUTO_TEST_CASE(of_success)
{
    for (const bool tls : {false, true}) {
        large_requests s(tls);
        s.server.next(respond(200, "[1]").early(1'000));
        BOOST_TEST(run(s.io, s.client.post("/v1/x", large)) == boost::json::parse("[1]"));
        s.server.next(respond(200, "[1]").early(1'000).reset_after(whole_answer));
        BOOST_TEST(run(s.io, s.client.post("/v1/x", large)) == boost::json::parse("[1]"));
        const error e = s.fail_with(respond(200, "[1]").early(1'000).reset_after(in_body(1)));
        BOOST_TEST(e.code() == errc::connection_lost);
        BOOST_TEST(e.status() == 200u);
        BOOST_TEST(contains(text(e), "may have taken effect"));
        // Interim answers do not end it, either.
        s.server.next(respond(200, "[1]").informational(100).informational(103).early(1'000));
        BOOST_TEST(run(s.io, s.client.post("/v1/x", large)) == boost::json::parse("[1]"));
    }
}

BOOST_AUTO_TEST_CASE(that_are_not_whole)
{
    for (const bool tls : {false, true}) {
        large_requests s(tls);
        const response early = respond(413, R"({"message":"early"})").early(1'000);
        for (const response& r :
             {response(early).close_after(in_body(5)), response(early).reset_after(in_body(5)),
              response(early).gzip().reset_after(in_body(5))}) {
            const error e = s.fail_with(r);
            BOOST_TEST(e.status() == 413u);
            BOOST_TEST(e.message().starts_with("the answer's body could not be read"));
        }
        for (const response& r :
             {response(early).close_after(0), response(early).reset_after(0),
              response(early).close_after(10), response(early).reset_after(10)}) {
            const error e = s.fail_with(r);
            BOOST_TEST(e.code() == errc::connection_lost);
            BOOST_TEST(e.status() == 0u);
        }
        // Nor any, until it is too late.
        s.server.next(response(early).stall_after(0));
        BOOST_TEST(
            failure_of(s.io, s.client.with_options({.timeout = 3s}).post("/v1/x", large)).code() ==
            errc::timeout);
    }
}

BOOST_AUTO_TEST_SUITE_END()
