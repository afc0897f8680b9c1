// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_CALL_HPP
#define OPENINT_HTTP_CALL_HPP

#include <openint/http/open.hpp>
#include <openint/http/pool.hpp>
#include <openint/http/request.hpp>
#include <openint/http/retry.hpp>
#include <openint/http/send_options.hpp>
#include <openint/log.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace openint::http {

/// One call, from the first attempt to the last.
struct call
{
    call(std::shared_ptr<pool> p, std::shared_ptr<const send_options> o, http::request r) noexcept
        : connections(std::move(p))
        , options(std::move(o))
        , request(std::move(r))
    {}

    const std::shared_ptr<pool> connections;
    const std::shared_ptr<const send_options> options;
    http::request request;

    time_point started; // when it was awaited
    int written = 0;    // requests
    int retries = 0;
    int redirects = 0;
    bool replaced = false;  // a stale connection
    bool uncertain = false; // an attempt may have taken effect

    // Of the attempt in progress, or the last one.
    lease connection;
    std::uint64_t number = 0; // of the connection
    failure failed;
    attempt_end end = attempt_end::answered;
    attempt_progress progress = attempt_progress::nothing_sent;
    bool reused = false;
    call_timings timings;

    // The connection is left behind when the call goes on elsewhere; then its answer is here.
    std::unique_ptr<exchange> detached;
    bool relayed = false; // this is another coroutine than the caller's

    cancellation_watch caller;

    const exchange& received() const noexcept { return detached ? *detached : *connection->answer; }
    unsigned status() const noexcept
    {
        return (detached || connection) && received().done() ? received().status() : 0;
    }
    std::string_view name() const noexcept { return to_string(request.method); }
};

/// Whether anybody listens.
inline bool logs(const call& c, log_level level) noexcept
{
    return openint::detail::logs(c.connections->options().log, level);
}

/// Tells the log about the call.
inline void log_call(const call& c, log_event event)
{
    const log_options& log = c.connections->options().log;
    if (!openint::detail::logs(log, event.level))
        return;
    event.method = c.name();
    event.target = c.request.target;
    event.attempt = c.retries + 1;
    event.status = c.status();
    event.connection = c.number;
    openint::detail::write_log(log, event);
}

} // namespace openint::http

#endif
