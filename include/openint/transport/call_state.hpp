// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CALL_STATE_HPP
#define OPENINT_TRANSPORT_CALL_STATE_HPP

#include <openint/http/request.hpp>
#include <openint/http/response_parser.hpp>
#include <openint/log.hpp>
#include <openint/response_info.hpp>
#include <openint/transport/call_options.hpp>
#include <openint/transport/cancellation_watch.hpp>
#include <openint/transport/connection_pool.hpp>
#include <openint/transport/failure.hpp>
#include <openint/transport/retry.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace openint::transport {

/// Everything that one call knows, from the first attempt to the last.
struct call_state
{
    call_state(std::shared_ptr<connection_pool> p, std::shared_ptr<const call_options> o,
               http::request r) noexcept
        : connections(std::move(p))
        , options(std::move(o))
        , request(std::move(r))
    {}

    const std::shared_ptr<connection_pool> connections;
    const std::shared_ptr<const call_options> options;
    http::request request;

    time_point started; // when it was awaited
    unsigned forks = 0; // by which the process is known that it belongs to
    int written = 0;    // requests
    int retries = 0;
    int redirects = 0;
    bool replaced = false;  // a stale connection
    bool uncertain = false; // an attempt may have taken effect

    // Of the attempt in progress, or the last one.
    pooled_connection connection;
    std::uint64_t number = 0; // of the connection
    failure failed;
    failure unread; // why the body of an error answer could not be read
    attempt_end end = attempt_end::answered;
    attempt_progress progress = attempt_progress::nothing_sent;
    bool reused = false;
    call_timings timings;

    // On the client's context, in another coroutine than the caller's. The connection stays there;
    // the answer is taken along.
    bool on_client_context = false;
    std::unique_ptr<http::response_parser> detached;

    cancellation_watch caller;

    const http::response_parser& received() const noexcept
    {
        return detached ? *detached : *connection->parser;
    }
    unsigned status() const noexcept
    {
        return (detached || connection) && received().has_head() ? received().status() : 0;
    }
    std::string_view name() const noexcept { return to_string(request.method); }
};

/// Whether anybody listens.
inline bool logs(const call_state& c, log_level level) noexcept
{
    return openint::detail::logs(c.connections->options().log, level);
}

/// Tells the log about the call.
inline void log_call(const call_state& c, log_event event)
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

} // namespace openint::transport

#endif
