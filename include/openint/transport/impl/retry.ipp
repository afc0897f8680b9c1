// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_RETRY_IPP
#define OPENINT_TRANSPORT_IMPL_RETRY_IPP

// Whether a failed attempt is made again, and after what pause.

#include <openint/transport/retry.hpp>

#include <algorithm>
#include <cmath>

namespace openint::transport {

OPENINT_DECL repeatable repeatable_of(std::string_view method)
{
    if (method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE")
        return repeatable::safe;
    if (method == "PUT" || method == "DELETE")
        return repeatable::idempotent;
    return repeatable::no;
}

OPENINT_DECL retry_decision decide_retry(const retry_options& policy, const attempt& last)
{
    using std::chrono::milliseconds;

    const bool answered = last.end == attempt_end::answered;
    const auto requested = answered ? http::retry_after(last.retry_after, last.now) : std::nullopt;
    const bool turned_away =
        answered && (last.status == 408 || last.status == 429 || (last.status == 503 && requested));
    const bool failed = answered ? last.status >= 500 : true;

    retry_decision out;
    out.may_have_taken_effect = last.method != repeatable::safe && failed && !turned_away &&
                                last.progress != attempt_progress::nothing_sent;
    const auto no = [&](std::string_view reason) {
        out.reason = reason;
        return out;
    };

    switch (last.end) {
    case attempt_end::answered: {
        const bool listed =
            last.status == 408 || last.status == 409 || last.status == 429 || last.status >= 500;
        if (last.status < 400)
            return no("the answer is not an error");
        if (last.should_retry == "false")
            return no("the server says not to try again");
        if (!listed && last.should_retry != "true")
            return no("the status does not pass by waiting");
        break;
    }
    case attempt_end::connection:
    case attempt_end::timeout:
        break;
    case attempt_end::certificate:
        return no("the certificate will be the same");
    case attempt_end::refused:
        return no("it would be refused again");
    case attempt_end::invalid_argument:
        return no("the request cannot be sent");
    case attempt_end::cancelled:
        return no("the call was cancelled");
    case attempt_end::malformed:
        return no("the answer cannot be understood");
    case attempt_end::too_large:
        return no("the answer is too large");
    }

    if (last.method == repeatable::no && !policy.replay_unsafe && !turned_away &&
        last.progress != attempt_progress::nothing_sent)
        return no("the request is not repeatable and may have taken effect");
    if (last.time_left && *last.time_left <= milliseconds(0))
        return no("no time is left");

    if (last.end == attempt_end::connection && last.reused && !last.replaced &&
        last.progress != attempt_progress::answering) {
        out.again = true;
        out.replacement = true;
        out.reason = "the server had closed the idle connection";
        return out;
    }

    if (last.retries >= policy.max_retries)
        return no(policy.max_retries > 0 ? "no retries are left" : "retries are turned off");
    if (requested) {
        if (*requested > policy.max_retry_after)
            return no("the server asks for a longer pause than max_retry_after");
        out.delay = *requested;
        out.reason = "the server says when to try again";
    } else {
        const double initial =
            static_cast<double>((std::max)(policy.initial_delay, milliseconds(0)).count());
        const double most =
            static_cast<double>((std::max)(policy.max_delay, milliseconds(0)).count());
        const double pause = (std::min)(std::ldexp(initial, (std::max)(last.retries, 0)), most);
        out.delay = milliseconds(static_cast<milliseconds::rep>(
            std::ceil((std::min)(pause * (1 - 0.25 * last.random), 1e15))));
        out.reason = answered                              ? "the status may pass"
                     : last.end == attempt_end::connection ? "the connection failed"
                                                           : "the attempt timed out";
    }
    if (last.time_left && out.delay >= *last.time_left) {
        out.delay = milliseconds(0);
        return no("the pause would outlast the time left");
    }
    out.again = true;
    return out;
}

} // namespace openint::transport

#endif
