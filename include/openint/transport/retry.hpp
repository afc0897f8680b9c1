// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_RETRY_HPP
#define OPENINT_HTTP_RETRY_HPP

#include <openint/detail/config.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace openint::http {

/// When failed attempts are made again. Negative numbers count as 0.
struct retry_policy
{
    /// Attempts after the first one. 0 turns retrying off; a stale connection is still replaced.
    int max_retries = 2;

    /// The pause before retry n (from 0) is min(initial_delay * 2^n, max_delay), shortened by a
    /// random share of up to a quarter, unless the server says how long to wait.
    std::chrono::milliseconds initial_delay{500};
    /// The longest pause of those that the server says nothing about.
    std::chrono::milliseconds max_delay{8'000};

    /// A server that asks for a longer pause than this gets none: the call fails with its answer.
    std::chrono::milliseconds max_retry_after{60'000};

    /// Also sends POST and PATCH again when it is uncertain whether the server acted on them.
    bool replay_unsafe = false;
};

/// What repeating a method means (RFC 9110 9.2).
enum class repeatable
{
    safe,       ///< changes nothing: GET, HEAD, OPTIONS, TRACE
    idempotent, ///< twice is as good as once: PUT, DELETE
    no          ///< POST, PATCH and whatever is unknown
};

OPENINT_DECL repeatable repeatable_of(std::string_view method);

/// What ended an attempt.
enum class attempt_end
{
    answered,    ///< a whole answer came; its status counts
    connection,  ///< resolving, connecting, TLS or an established connection failed, answers cut
                 ///< short included
    timeout,     ///< of this attempt
    certificate, ///< the server's certificate or host name is not right
    refused,     ///< the proxy does not let the request through
    invalid_argument, ///< the request cannot be sent as it is
    cancelled,        ///< by the caller, or the client was closed
    malformed,        ///< the answer is not HTTP, or not what its fields say
    too_large         ///< the answer exceeds a limit
};

/// How far an attempt got.
enum class attempt_progress
{
    nothing_sent, ///< no byte of the request was accepted for sending
    sent,         ///< at least one was; no byte of an answer came
    answering     ///< at least one byte of an answer came
};

/// All that the decision depends on.
struct attempt
{
    attempt_end end = attempt_end::answered;
    attempt_progress progress = attempt_progress::nothing_sent;
    repeatable method = repeatable::no;
    bool reused = false;   ///< the connection had served another request before
    bool replaced = false; ///< a stale connection was replaced earlier in this call
    int retries = 0;       ///< that this call has made before this attempt

    /// Of the answer; 0 and empty without one. Fields that cannot be understood count as absent.
    unsigned status = 0;
    std::string_view retry_after_ms = {};
    std::string_view retry_after = {};
    std::string_view should_retry = {}; ///< `x-should-retry`
    std::string_view date = {};

    /// The clock, against which a Retry-After date is held where the answer has no Date.
    std::chrono::system_clock::time_point now{};

    /// What is left of the time for the whole call; no value when that is unlimited.
    std::optional<std::chrono::milliseconds> time_left = {};

    double random = 0; ///< uniform in [0, 1)
};

struct retry_decision
{
    bool again = false;

    /// The connection is replaced at once, which does not count as a retry.
    bool replacement = false;

    /// To wait before the next attempt.
    std::chrono::milliseconds delay{0};

    /// For logs: why, or why not. Static text.
    std::string_view reason = {};

    /// The server may have done what this attempt asked for, although no answer says so.
    /// Never for safe methods.
    bool may_have_taken_effect = false;
};

/// Whether and when to try again; a pure function.
///
/// Tried again are failed connections, timeouts and the statuses 408, 409, 429 and 500 and above;
/// `x-should-retry: true` adds any other error status, `false` forbids. What is not repeatable is
/// sent again only where no byte of it went out, after 408, 429 or a 503 with a Retry-After, or
/// when the user allows it. A pause that does not fit into the time left ends the call now.
///
/// A reused connection that failed before any byte of an answer was stale: it is replaced at once,
/// once a call, under the same rule for what is not repeatable.
OPENINT_DECL retry_decision decide_retry(const retry_policy& policy, const attempt& last);

/// How long the server asks to wait: `retry-after-ms`, else `retry-after` in seconds (fractions are
/// understood) or as a date, of which a past one means 0. No value if neither says so.
OPENINT_DECL std::optional<std::chrono::milliseconds> requested_delay(const attempt& last);

/// Reads a date in one of the three forms of RFC 9110 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`,
/// `Sunday, 06-Nov-94 08:49:37 GMT` (years 70 to 99 are of the last century) and
/// `Sun Nov  6 08:49:37 1994`. The name of the day is not held against the date.
OPENINT_DECL std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_retry.ipp>
#endif

#endif
