// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What is tried again, and when.

#include "support/text.hpp"

#include <openint/http/retry_after.hpp>
#include <openint/transport/retry.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace http = openint::http;
namespace transport = openint::transport;
using namespace std::chrono_literals;
using test::contains;

BOOST_AUTO_TEST_SUITE(transport_retry)

namespace {

using transport::attempt;
using transport::attempt_end;
using transport::attempt_progress;
using transport::repeatable;

transport::attempt answer(unsigned status, repeatable method = repeatable::safe)
{
    attempt a;
    a.progress = attempt_progress::answering;
    a.status = status;
    a.method = method;
    return a;
}

transport::attempt broken(attempt_end end, attempt_progress progress,
                          repeatable method = repeatable::safe)
{
    attempt a;
    a.end = end;
    a.progress = progress;
    a.method = method;
    return a;
}

const openint::retry_options replaying{.replay_unsafe = true};

transport::retry_decision decide(const attempt& a, const openint::retry_options& policy = {})
{
    return transport::decide_retry(policy, a);
}

} // namespace

BOOST_AUTO_TEST_CASE(methods)
{
    for (const std::string_view m : {"GET", "HEAD", "OPTIONS", "TRACE"})
        BOOST_CHECK(transport::repeatable_of(m) == repeatable::safe);
    for (const std::string_view m : {"PUT", "DELETE"})
        BOOST_CHECK(transport::repeatable_of(m) == repeatable::idempotent);
    for (const std::string_view m : {"POST", "PATCH", "get", "", "CONNECT", "X"})
        BOOST_CHECK(transport::repeatable_of(m) == repeatable::no);
}

BOOST_AUTO_TEST_CASE(statuses)
{
    for (unsigned status = 100; status != 1000; ++status) {
        const bool listed = status == 408 || status == 409 || status == 429 || status >= 500;
        for (const auto method : {repeatable::safe, repeatable::idempotent}) {
            attempt a = answer(status, method);
            BOOST_TEST(decide(a).again == listed, status);
            BOOST_TEST(!decide(a).reason.empty());
            a.should_retry = "false";
            BOOST_TEST(!decide(a).again, status);
            a.should_retry = "true";
            BOOST_TEST(decide(a).again == (status >= 400), status);
            a.should_retry = "maybe";
            BOOST_TEST(decide(a).again == listed, status);
        }
        attempt post = answer(status, repeatable::no);
        BOOST_TEST(decide(post).again == (status == 408 || status == 429), status);
        post.retry_after.retry_after = "1";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429 || status == 503), status);
        post.should_retry = "true";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429 || status == 503), status);
        post.should_retry = "false";
        BOOST_TEST(!decide(post).again, status);
        post.retry_after.retry_after = "soon";
        post.should_retry = "";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429), status);
        post.retry_after.retry_after = "";
        post.retry_after.retry_after_ms = "0";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429 || status == 503), status);
        post.retry_after.retry_after_ms = "";
        BOOST_TEST(decide(post, replaying).again == listed, status);
    }
}

BOOST_AUTO_TEST_CASE(failures)
{
    struct
    {
        attempt_end end;
        bool retried;
    } const ends[] = {
        {attempt_end::connection, true},   {attempt_end::timeout, true},
        {attempt_end::certificate, false}, {attempt_end::invalid_argument, false},
        {attempt_end::cancelled, false},   {attempt_end::malformed, false},
        {attempt_end::too_large, false},   {attempt_end::refused, false},
    };
    for (const auto& row : ends) {
        for (const auto progress : {attempt_progress::nothing_sent, attempt_progress::sent,
                                    attempt_progress::answering}) {
            const bool unsent = progress == attempt_progress::nothing_sent;
            for (const auto method : {repeatable::safe, repeatable::idempotent, repeatable::no}) {
                attempt a = broken(row.end, progress, method);
                const auto d = decide(a);
                BOOST_TEST(d.again == (row.retried && (unsent || method != repeatable::no)));
                BOOST_TEST(!d.replacement);
                BOOST_TEST(!d.reason.empty());
                BOOST_TEST(d.may_have_taken_effect == (!unsent && method != repeatable::safe));
                BOOST_TEST(decide(a, replaying).again == row.retried);
                // What comes with an answer does not count where none came.
                a.should_retry = "true";
                a.retry_after.retry_after = "7";
                BOOST_TEST(decide(a, replaying).again == row.retried);
                if (row.retried)
                    BOOST_CHECK(decide(a, replaying).delay == 500ms);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(taken_effect)
{
    for (const auto method : {repeatable::idempotent, repeatable::no}) {
        BOOST_TEST(decide(answer(500, method)).may_have_taken_effect);
        BOOST_TEST(decide(answer(502, method)).may_have_taken_effect);
        BOOST_TEST(decide(answer(503, method)).may_have_taken_effect);
        attempt busy = answer(503, method);
        busy.retry_after.retry_after = "1";
        BOOST_TEST(!decide(busy).may_have_taken_effect);
        for (const unsigned status : {200u, 302u, 400u, 404u, 408u, 409u, 429u})
            BOOST_TEST(!decide(answer(status, method)).may_have_taken_effect, status);
    }
    BOOST_TEST(!decide(answer(500)).may_have_taken_effect);
}

BOOST_AUTO_TEST_CASE(number_of_retries)
{
    for (const int most : {-1, 0, 1, 2, 5}) {
        for (int done = 0; done != 8; ++done) {
            attempt a = answer(500);
            a.retries = done;
            BOOST_TEST(transport::decide_retry({.max_retries = most}, a).again == (done < most));
        }
    }
}

BOOST_AUTO_TEST_CASE(stale_connections)
{
    for (const auto method : {repeatable::safe, repeatable::idempotent, repeatable::no}) {
        attempt a = broken(attempt_end::connection, attempt_progress::sent, method);
        a.reused = true;
        a.retries = 2; // does not count
        a.time_left = 1ms;
        auto d = transport::decide_retry({.max_retries = 0}, a);
        BOOST_TEST(d.again == (method != repeatable::no));
        BOOST_TEST(d.replacement == d.again);
        BOOST_CHECK(d.delay == 0ms);
        BOOST_TEST(d.may_have_taken_effect == (method != repeatable::safe));

        a.progress = attempt_progress::nothing_sent;
        d = decide(a);
        BOOST_TEST(d.again);
        BOOST_TEST(d.replacement);
        BOOST_TEST(!d.may_have_taken_effect);

        a.replaced = true; // once a call
        BOOST_TEST(!decide(a).again);
        a.retries = 0;
        a.time_left.reset();
        BOOST_TEST(decide(a).again);
        BOOST_TEST(!decide(a).replacement);
        BOOST_CHECK(decide(a).delay == 500ms);

        a.replaced = false;
        a.progress = attempt_progress::answering;
        BOOST_TEST(!decide(a).replacement);
        BOOST_TEST(decide(a).again == (method != repeatable::no));

        a.progress = attempt_progress::nothing_sent;
        a.time_left = 0ms;
        BOOST_TEST(!decide(a).again);
        a.time_left.reset();
        a.end = attempt_end::timeout; // a slow server is not a stale connection
        BOOST_TEST(!decide(a).replacement);
        a.end = attempt_end::connection;
        a.reused = false;
        BOOST_TEST(!decide(a).replacement);
    }
    attempt opted = broken(attempt_end::connection, attempt_progress::sent, repeatable::no);
    opted.reused = true;
    BOOST_TEST(!decide(opted).replacement);
    BOOST_TEST(decide(opted, replaying).replacement);
}

BOOST_AUTO_TEST_CASE(backoff)
{
    struct
    {
        int retries;
        double random;
        std::chrono::milliseconds delay;
    } const table[] = {
        {0, 0, 500ms},   {1, 0, 1000ms}, {2, 0, 2000ms},        {3, 0, 4000ms},
        {4, 0, 8000ms},  {5, 0, 8000ms}, {1000, 0, 8000ms},     {2'000'000'000, 0, 8000ms},
        {0, 0.5, 438ms}, {0, 1, 375ms},  {4, 0.999999, 6001ms}, {-3, 0, 500ms},
    };
    for (const auto& row : table) {
        attempt a = broken(attempt_end::connection, attempt_progress::sent);
        a.retries = row.retries;
        a.random = row.random;
        const auto d = transport::decide_retry({.max_retries = 2'100'000'000}, a);
        BOOST_TEST(d.again);
        BOOST_CHECK_MESSAGE(d.delay == row.delay, row.retries << " " << d.delay.count());
    }
    const attempt first = broken(attempt_end::timeout, attempt_progress::sent);
    BOOST_CHECK(transport::decide_retry({.initial_delay = 0ms}, first).delay == 0ms);
    BOOST_CHECK(transport::decide_retry({.initial_delay = -5ms}, first).delay == 0ms);
    BOOST_CHECK(transport::decide_retry({.initial_delay = 9s, .max_delay = 1s}, first).delay == 1s);
    BOOST_CHECK(transport::decide_retry({.max_delay = -1s}, first).delay == 0ms);
    const auto forever = std::chrono::milliseconds::max();
    BOOST_TEST(
        transport::decide_retry({.initial_delay = forever, .max_delay = forever}, first).again);
}

BOOST_AUTO_TEST_CASE(time_left)
{
    attempt a = answer(500);
    a.time_left = 501ms;
    BOOST_TEST(decide(a).again);
    a.time_left = 500ms; // the pause alone would use it up
    BOOST_TEST(!decide(a).again);
    BOOST_CHECK(decide(a).delay == 0ms);
    for (const auto left : {0ms, -1ms, std::chrono::milliseconds::min()}) {
        a.time_left = left;
        BOOST_TEST(!decide(a).again);
    }
    a = answer(429);
    a.retry_after.retry_after = "3";
    a.time_left = 3001ms;
    BOOST_TEST(decide(a).again);
    a.time_left = 3000ms;
    BOOST_TEST(!decide(a).again);
}

BOOST_AUTO_TEST_CASE(requested_delays)
{
    const auto now =
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h + 0min + 0s + 250ms;
    struct
    {
        std::string_view ms;
        std::string_view after;
        std::string_view date;
        std::optional<std::chrono::milliseconds> delay;
    } const table[] = {
        {"", "", "", std::nullopt},
        {"", "0", "", 0ms},
        {"", "7", "", 7s},
        {"", "007", "", 7s},
        {"", "1.5", "", 1500ms},
        {"", "0.0001", "", 1ms},
        {"", "60", "", 60s},
        {"", "99999999999999999999999999", "", 1'000'000'000'000'000ms},
        {"", "-1", "", std::nullopt},
        {"", "+1", "", std::nullopt},
        {"", "1e3", "", std::nullopt},
        {"", "0x10", "", std::nullopt},
        {"", "nan", "", std::nullopt},
        {"", "inf", "", std::nullopt},
        {"", "1.", "", std::nullopt},
        {"", ".5", "", std::nullopt},
        {"", ".", "", std::nullopt},
        {"", "1.2.3", "", std::nullopt},
        {"", "1 ", "", std::nullopt},
        {"", "1s", "", std::nullopt},
        {"", "soon", "", std::nullopt},
        {"250", "", "", 250ms},
        {"250", "7", "", 250ms},
        {"0.5", "7", "", 1ms},
        {"x", "7", "", 7s},
        {"-1", "x", "", std::nullopt},
        {"", "Mon, 23 Nov 2026 12:00:10 GMT", "", 9750ms},
        // What has passed is no wish.
        {"", "Mon, 23 Nov 2026 12:00:00 GMT", "", std::nullopt},
        {"", "Mon, 23 Nov 2026 11:00:00 GMT", "", std::nullopt},
        {"", "Sun, 06 Nov 1994 08:49:37 GMT", "", std::nullopt},
        {"", "Mon, 23 Nov 2026 13:00:00 GMT", "Mon, 23 Nov 2026 13:00:00 GMT", std::nullopt},
        {"", "Monday, 23-Nov-26 12:00:10 GMT", "", 9750ms},
        {"", "Mon Nov 23 12:00:10 2026", "", 9750ms},
        // The server's clock is off by an hour.
        {"", "Mon, 23 Nov 2026 13:00:10 GMT", "Mon, 23 Nov 2026 13:00:00 GMT", 10s},
        {"", "Mon, 23 Nov 2026 12:00:10 GMT", "not a date", 9750ms},
        {"", "Mon, 23 Nov 2026 12:00:10", "", std::nullopt},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.ms << "|" << row.after << "|" << row.date)
        {
            attempt a = answer(503);
            a.now = now;
            a.retry_after.retry_after_ms = row.ms;
            a.retry_after.retry_after = row.after;
            a.retry_after.date = row.date;
            BOOST_CHECK(http::retry_after(a.retry_after, a.now) == row.delay);
            const auto d = decide(a);
            BOOST_TEST(d.again == (!row.delay || *row.delay <= 60s));
            if (d.again)
                BOOST_CHECK(d.delay == row.delay.value_or(500ms));
        }
    }
    attempt far = answer(503);
    far.now = now;
    far.retry_after.retry_after = "Fri, 31 Dec 9999 23:59:59 GMT";
    BOOST_CHECK(http::retry_after(far.retry_after, far.now).value() > 24h * 365 * 7000);
    BOOST_TEST(!decide(far).again);

    attempt a = answer(429);
    a.retry_after.retry_after = "61";
    BOOST_TEST(!decide(a).again);
    BOOST_TEST(contains(decide(a).reason, "max_retry_after"));
    BOOST_TEST(transport::decide_retry({.max_retry_after = 61s}, a).again);
    a.retry_after.retry_after = "0";
    BOOST_TEST(transport::decide_retry({.max_retry_after = 0s}, a).again);
    // Above max_delay, which is for pauses of our own choice.
    a.retry_after.retry_after = "20";
    BOOST_CHECK(decide(a).delay == 20s);
}

BOOST_AUTO_TEST_SUITE_END()
