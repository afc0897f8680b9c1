// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_RETRY_HPP
#define OPENINT_TRANSPORT_RETRY_HPP

#include <openint/detail/config.hpp>
#include <openint/http/retry_after.hpp>
#include <openint/retry_options.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace openint::transport {

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
    refused,     ///< the proxy does not let the request through, or the server's TLS does not
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
    http::retry_after_fields retry_after = {};
    std::string_view should_retry = {}; ///< `x-should-retry`

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
OPENINT_DECL retry_decision decide_retry(const retry_options& policy, const attempt& last);

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/retry.ipp>
#endif

#endif
