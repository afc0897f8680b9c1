// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What is tried again, when, and for how long.

#include "support/methods.hpp"
#include "support/service.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::answer;
using openint::testing::in_body;
using openint::testing::mock_server;
using openint::testing::on_accept;
using openint::testing::raw;
using openint::testing::respond;
using openint::testing::response;
using test::contains;
using test::failure_of;
using test::idempotent_methods;
using test::ok;
using test::once;
using test::run;
using test::service;
using test::text;
using test::unsafe_methods;

BOOST_AUTO_TEST_SUITE(attempts)

BOOST_FIXTURE_TEST_CASE(statuses_that_are_retried, service)
{
    for (const int status : {408, 409, 429, 500, 501, 502, 503, 504, 520, 599}) {
        server.next(respond(status), 2);
        BOOST_TEST(get() == "conn_github_1");
        server.next(respond(status), 3);
        const error e = fail(client);
        BOOST_TEST(e.status() == static_cast<unsigned>(status));
        BOOST_TEST(e.attempts() == 3);
        BOOST_TEST(contains(text(e), "(after 3 attempts)"));
        BOOST_TEST(server.scripts_left() == 0u);
    }
    for (const int status : {300, 301, 304, 305, 400, 401, 402, 403, 404, 405, 406,
                             410, 412, 413, 415, 418, 422, 425, 426, 431, 451}) {
        server.next(respond(status));
        const error e = fail(client);
        BOOST_TEST(e.status() == static_cast<unsigned>(status));
        BOOST_TEST(e.attempts() == 1);
    }
    for (const int times : {0, 1, 5}) {
        server.clear_scripts().next(respond(500), static_cast<std::size_t>(times) + 1);
        BOOST_TEST(fail(client.with_options({.max_retries = times})).attempts() == times + 1);
    }
}

BOOST_FIXTURE_TEST_CASE(the_server_says_whether_to_retry, service)
{
    server.next(respond(500).header("x-should-retry", "false"));
    BOOST_TEST(fail(client).attempts() == 1);
    server.next(respond(429).header("X-Should-Retry", "false").header("Retry-After", "0"));
    BOOST_TEST(fail(client).attempts() == 1);
    server.next(respond(400).header("x-should-retry", "true"), 2);
    get();
    server.next(respond(400).header("x-should-retry", "perhaps"));
    BOOST_TEST(fail(client).attempts() == 1);
}

BOOST_FIXTURE_TEST_CASE(faults_that_are_retried, service)
{
    const response faults[] = {
        openint::testing::close_before_request(), openint::testing::reset_before_request(),
        openint::testing::close_before_answer(),  openint::testing::reset_before_answer(),
        openint::testing::close_after(10),        openint::testing::reset_after(10),
        answer().close_after(in_body(10)),        answer().chunked({4}).reset_after(in_body(30)),
        answer().gzip().close_after(in_body(9)),
    };
    openint::response_info info;
    for (const response& first : faults)
        for (const response& second : faults) {
            openint::client_config config = test::config_for(server);
            const openint::client fresh(io, config);
            server.next(first).next(second);
            BOOST_TEST(get(fresh.with_options({.info = &info})) == "conn_github_1");
            BOOST_TEST(info.attempts == 3);
        }
    // Some before any request is read.
    for (const on_accept fault : {on_accept::close, on_accept::reset}) {
        server.next_connection(fault, 2);
        const openint::client fresh(io, test::config_for(server));
        BOOST_TEST(get(fresh) == "conn_github_1");
    }
    // Not what will be the same again.
    for (const response& same :
         {raw("SSH-2.0-x\r\n\r\n"), raw(ok("Content-Encoding: br\r\nContent-Length: 1\r\n", "x")),
          respond(200, "<html>")}) {
        server.next(same);
        BOOST_TEST(fail(client).attempts() == 1);
    }
}

BOOST_FIXTURE_TEST_CASE(timeouts_are_retried, service)
{
    const openint::client hasty = client.with_options({.timeout = 150ms});
    server.next(openint::testing::stall()).next(openint::testing::stall_after(in_body(20)));
    BOOST_TEST(get(hasty) == "conn_github_1");
    BOOST_TEST(server.wait_until_open(1)); // the two that were late are closed

    server.next(openint::testing::stall(), 3);
    const error e = fail(hasty);
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(e.attempts() == 3);
    BOOST_TEST(contains(text(e), "timed out while reading the answer (after 3 attempts)"));
}

BOOST_FIXTURE_TEST_CASE(the_whole_call_has_a_deadline, service)
{
    // In the middle of an attempt,
    server.always(openint::testing::stall());
    auto begin = std::chrono::steady_clock::now();
    error e = fail(client.with_options({.timeout = 200ms, .total_timeout = 300ms}));
    auto took = std::chrono::steady_clock::now() - begin;
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(e.attempts() == 2);
    BOOST_TEST((took >= 300ms));
    BOOST_TEST((took < 3s));

    // and before a pause that would outlast it: then the answer is the better message.
    openint::client_config config = test::config_for(server);
    config.retry.initial_delay = config.retry.max_delay = 60s;
    config.total_timeout = 20s;
    server.clear_scripts().next(respond(503));
    begin = std::chrono::steady_clock::now();
    e = fail(openint::client(io, config));
    BOOST_TEST(e.status() == 503u);
    BOOST_TEST(e.attempts() == 1);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 10s));
}

// What is stored has no deadline yet.
BOOST_FIXTURE_TEST_CASE(deadlines_begin_when_a_call_is_awaited, service)
{
    const openint::client hasty = client.with_options({.timeout = 2s, .total_timeout = 2s});
    auto stored = hasty.get_connection("conn_github_1");
    const auto called = std::chrono::steady_clock::now();
    server.next(answer().delay(1200ms)).next(answer().delay(1200ms));
    run(io, hasty.get_connection("conn_github_1"));
    BOOST_TEST(run(io, std::move(stored)).id == "conn_github_1");
    BOOST_TEST((std::chrono::steady_clock::now() - called >= 2s)); // of the stored one's making
}

BOOST_AUTO_TEST_CASE(pauses)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    const auto between = [&](const response& first, const response& second) {
        server.clear_requests().next(first).next(second);
        run(io, openint::client(io, config).get_connection("conn_github_1"));
        const auto seen = server.requests();
        BOOST_REQUIRE(seen.size() == 3u);
        return std::pair(seen[1].time - seen[0].time, seen[2].time - seen[1].time);
    };
    config.retry.initial_delay = 80ms;
    config.retry.max_delay = 100ms;
    auto [first, second] = between(respond(500), respond(500));
    BOOST_TEST((first >= 60ms)); // a random share of up to a quarter is taken off
    BOOST_TEST((second >= 75ms));

    // What the server says goes before, longer or shorter.
    config.retry.initial_delay = config.retry.max_delay = 30s;
    std::tie(first, second) = between(respond(503).header("Retry-After", "0.07"),
                                      respond(429).header("retry-after-ms", "40"));
    BOOST_TEST((first >= 70ms));
    BOOST_TEST((second >= 40ms));
    BOOST_TEST((first + second < 20s));
    std::tie(first, second) = between(respond(429).header("retry-after-ms", "0"),
                                      respond(429).header("Retry-After", "0"));
    BOOST_TEST((first + second < 20s));

    // A date counts from the server's own.
    config.retry.initial_delay = config.retry.max_delay = 1ms;
    std::tie(first, second) = between(respond(503)
                                          .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                                          .header("Retry-After", "Sun, 06 Nov 1994 08:49:38 GMT"),
                                      respond(503)
                                          .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                                          .header("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT"));
    BOOST_TEST((first >= 1s));
    BOOST_TEST((second < 900ms));
    // What cannot be understood counts as nothing.
    std::tie(first, second) = between(respond(503).header("Retry-After", "soon"),
                                      respond(503).header("Retry-After", "-5"));
    BOOST_TEST((first + second < 20s));
}

BOOST_AUTO_TEST_CASE(pauses_that_are_too_long)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    const auto fails_now = [&](const response& r) {
        server.clear_requests().next(r);
        const auto begin = std::chrono::steady_clock::now();
        const error e = failure_of(io, openint::client(io, config).get_connection("conn_github_1"));
        BOOST_TEST(e.status() == 429u);
        BOOST_TEST(e.attempts() == 1);
        BOOST_TEST((std::chrono::steady_clock::now() - begin < 20s));
        BOOST_TEST(e.headers().contains("Date"));
        return e;
    };
    BOOST_TEST(contains(text(fails_now(respond(429).header("Retry-After", "61"))), "slow down"));
    fails_now(respond(429).header("Retry-After", "99999999999999999999"));
    fails_now(respond(429).header("retry-after-ms", "60001"));
    fails_now(respond(429)
                  .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                  .header("Retry-After", "Mon, 07 Nov 1994 08:49:37 GMT"));
    config.retry.max_retry_after = 10ms;
    fails_now(respond(429).header("retry-after-ms", "11"));
    config.retry.max_retry_after = 3600s;
    config.total_timeout = 30s;
    fails_now(respond(429).header("Retry-After", "31"));
}

BOOST_FIXTURE_TEST_CASE(post_and_patch_are_not_repeated, service)
{
    for (const auto& [name, send] : unsafe_methods) {
        BOOST_TEST_CONTEXT(name)
        {
            const auto uncertain = [&](const response& r, const openint::client& c) {
                const openint::client fresh = c;
                server.clear_requests().next(r);
                const error e = failure_of(io, send(fresh));
                BOOST_TEST(e.attempts() == 1);
                BOOST_TEST(server.request_count() <= 1u);
                BOOST_TEST(contains(text(e), "the request may have taken effect"));
                return e;
            };
            for (const int status : {500, 502, 503, 504, 599})
                BOOST_TEST(uncertain(respond(status), client).status() ==
                           static_cast<unsigned>(status));
            uncertain(respond(500).header("x-should-retry", "true"), client);
            uncertain(openint::testing::close_before_answer(), client);
            uncertain(openint::testing::reset_before_answer(), client);
            uncertain(openint::testing::close_after(20), client);
            uncertain(respond(200, "{}").close_after(in_body(1)), client);
            uncertain(openint::testing::close_before_request(), client);
            uncertain(raw("rubbish\r\n\r\n"), client);
            const openint::client hasty = client.with_options({.timeout = 100ms});
            BOOST_TEST(uncertain(openint::testing::stall(), hasty).code() == errc::timeout);

            // Nor is a reused connection replaced for free once something was written,
            server.next(respond(200, "{}"));
            run(io, send(client));
            BOOST_TEST(uncertain(openint::testing::close_before_answer(), client).code() ==
                       errc::connection_lost);

            // unless the server has closed it before.
            server.next(respond(200, "{}"), 2);
            run(io, send(client));
            server.close_connections();
            BOOST_REQUIRE(server.wait_until_open(0));
            run(io, send(client));

            // An error that says that nothing was done.
            for (const int status : {400, 404, 409, 422}) {
                server.next(respond(status));
                const error e = failure_of(io, send(client));
                BOOST_TEST(e.attempts() == 1);
                BOOST_TEST(!contains(text(e), "may have taken effect"));
            }
        }
    }
}

BOOST_FIXTURE_TEST_CASE(when_post_and_patch_are_repeated, service)
{
    for (const auto& [name, send] : unsafe_methods) {
        BOOST_TEST_CONTEXT(name)
        {
            // Turned away,
            for (const response& r :
                 {respond(408), respond(429), respond(503).header("Retry-After", "0"),
                  respond(503).header("retry-after-ms", "1")}) {
                server.clear_requests().next(r, 2).next(respond(200, "{}"));
                run(io, send(client));
                BOOST_TEST(server.request_count() == 3u);
                for (const auto& request : server.requests()) {
                    BOOST_TEST(request.method == name);
                    BOOST_TEST(request.body == "{}");
                }
            }
            // never sent,
            mock_server later;
            openint::client_config config = test::config_for(later);
            later.stop();
            const error e = failure_of(io, send(openint::client(io, config)));
            BOOST_TEST(e.code() == errc::connect);
            BOOST_TEST(!contains(text(e), "may have taken effect"));
            // or by choice: then no more is said than that.
            config = test::config_for(server);
            config.retry.replay_unsafe = true;
            const openint::client bold(io, config);
            server.clear_requests()
                .next(respond(500))
                .next(openint::testing::reset_before_answer())
                .next(respond(200, "{}"));
            run(io, send(bold));
            BOOST_TEST(server.request_count() == 3u);
            server.next(respond(500)).next(respond(400));
            BOOST_TEST(contains(text(failure_of(io, send(bold))),
                                "(after 2 attempts); the request may have taken effect"));
        }
    }
    for (const auto& [name, send] : idempotent_methods) {
        BOOST_TEST_CONTEXT(name)
        {
            for (const response& r : {respond(500), openint::testing::reset_before_answer()}) {
                server.clear_requests().next(r, 2).next(respond(200, "{}"));
                run(io, send(client));
                BOOST_TEST(server.request_count() == 3u);
                BOOST_TEST(server.requests().back().method == name);
            }
            server.next(respond(500), 3);
            BOOST_TEST(contains(text(failure_of(io, send(client))), "may have taken effect") ==
                       (std::string_view(name) != "GET"));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_stale_connection_is_replaced_once, once)
{
    openint::response_info info;
    const openint::client watched = client.with_options({.info = &info});
    get(watched);
    // The server closes when the request has come: replaced for free, but written twice.
    server.next(openint::testing::close_before_answer());
    get(watched);
    BOOST_TEST(info.attempts == 2);
    server.next(openint::testing::reset_before_answer());
    get(watched);
    BOOST_TEST(info.attempts == 2);

    // The replacement is a fresh connection: its failure is a failure.
    server.next(openint::testing::close_before_answer(), 2);
    error e = service::fail(watched);
    BOOST_TEST(e.code() == errc::connection_lost);
    BOOST_TEST(e.attempts() == 2);

    // Part of an answer is no sign of a stale connection.
    get(watched);
    server.next(openint::testing::close_after(1));
    e = service::fail(watched);
    BOOST_TEST(e.attempts() == 1);

    // All the others are stale as well: they are not tried one by one.
    openint::client_config config = test::config_for(server);
    const openint::client other = openint::client(io, config).with_options({.max_retries = 0});
    server.next(answer().hold(), 3);
    for (int i = 0; i != 3; ++i)
        asio::co_spawn(io, other.get_connection("conn_github_1"),
                       [](std::exception_ptr p, const openint::connection&) { BOOST_TEST(!p); });
    io.restart();
    while (!server.wait_until_held(3, 1ms))
        io.poll();
    server.release();
    io.run();
    server.clear_requests().next(openint::testing::close_before_answer());
    get(other);
    BOOST_TEST(server.request_count() == 2u);
    BOOST_TEST(server.requests()[1].ordinal == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
