// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_ATTEMPT_IPP
#define OPENINT_TRANSPORT_IMPL_ATTEMPT_IPP

// One attempt of a call, from waiting for a connection to the last byte of the answer.

#include <openint/transport/attempt.hpp>

#include <openint/error.hpp>
#include <openint/transport/call_error.hpp>
#include <openint/transport/connection_io.hpp>
#include <openint/transport/connection_pool.hpp>
#include <openint/transport/open_connection.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/error_code.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

namespace openint::transport {
namespace detail {

inline void render_request(call_state& c)
{
    const transport_options& transport = c.connections->options();
    const bool absolute_form = transport.proxy && !transport.tls; // RFC 9112, 3.2.2
    append_message(c.connection->begin_output(), c.request,
                   absolute_form ? transport.origin.origin() : std::string(),
                   c.options->fields.empty() ? std::string_view(c.options->public_fields)
                                             : c.options->fields.reveal());
}

// The wait for a connection is over.
inline void note_waited(call_state& c, time_point since)
{
    c.timings.waiting = std::chrono::steady_clock::now() - since;
    log_call(c, {.level = log_level::debug,
                 .kind = log_kind::pool,
                 .message = "waited for a connection",
                 .elapsed = c.timings.waiting});
}

// The connection is open, or cannot be opened.
inline void note_opened(call_state& c, const failure& problem, time_point since)
{
    c.timings.connecting = std::chrono::steady_clock::now() - since;
    log_call(c, {.level = log_level::debug,
                 .kind = log_kind::connect,
                 .message = problem.detail,
                 .elapsed = c.timings.connecting,
                 .error = problem.code});
}

// A whole answer came, whatever it says.
inline void note_answered(call_state& c, time_point since)
{
    connection& link = *c.connection;
    if (link.tls() && !c.reused) // after the first answer, since TLS 1.3 sends tickets late
        c.connections->sessions().store(link.tls()->native_handle());
    if (link.parser->reusable() && link.all_written())
        c.connection.mark_reusable();
    if (logs(c, log_level::info))
        log_call(c, {.level = log_level::info,
                     .kind = log_kind::response,
                     .elapsed = std::chrono::steady_clock::now() - since});
}

// Whether nothing more needs to be sent: the server has said how it ends.
inline bool answered_early(const connection& link) noexcept
{
    return link.parser->done() || (link.parser->has_head() && link.parser->status() / 100 != 2);
}

// Writes the rest of a request that the socket did not take at once. Reads meanwhile, and ends when
// the answer makes the rest superfluous.
inline boost::asio::awaitable<boost::system::error_code> write_rest(call_state& c,
                                                                    connection::reception& got)
{
    connection& link = *c.connection;
    const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
    boost::system::error_code ec = boost::asio::error::would_block;
    while (ec == boost::asio::error::would_block) {
        const auto ready = std::make_shared<waiter>();
        ready->prepare(c.connections->deadlines(), executor, {});
        link.obey(c.caller.slot()); // Asio empties the slot each time
        link.watch(ready);
        auto waiting = ready->async_wait(boost::asio::deferred);
        co_await std::move(waiting);
        got = link.take_available();
        if (got.stream || got.answer || answered_early(link))
            break;
        ec = link.write_output();
    }
    co_return ec;
}

} // namespace detail

// One coroutine for what every request does, since a nested one costs an allocation each time.
OPENINT_DECL boost::asio::awaitable<void> attempt_once(call_state& c, bool fresh)
{
    connection_pool& p = *c.connections;
    const time_point begin =
        c.written == 0 && c.retries == 0 ? c.started : std::chrono::steady_clock::now();
    const time_point deadline =
        (std::min)(begin + c.options->timeout, c.started + c.options->total_timeout);

    {
        pool_request wanted(p);
        if (!p.try_acquire(wanted, fresh, begin))
            co_return note_stopped(c, stopped_failure(stop_reason::closed, ""));
        if (wanted.pending()) {
            wanted.pending()->prepare(p.deadlines(), co_await boost::asio::this_coro::executor,
                                      c.caller.slot());
            p.deadlines()->set(*wanted.pending(), deadline); // removed with `wanted`
            auto waiting = wanted.pending()->async_wait(boost::asio::deferred);
            stop_reason reason = co_await std::move(waiting);
            if (reason == stop_reason::none && c.caller.cancelled())
                reason = stop_reason::cancelled; // it came too late for the waiter
            detail::note_waited(c, begin);
            if (reason != stop_reason::none)
                co_return note_stopped(c, stopped_failure(reason, "waiting for a connection"));
        }
        c.connection = wanted.take();
    }
    connection& link = *c.connection;
    c.number = link.number();
    if (fork_count() != c.forks)
        co_return note_stopped(c, stopped_failure(stop_reason::forked, ""));
    if (c.caller.cancelled())
        co_return note_cancelled(c, "connecting");

    c.reused = link.is_open();
    if (!c.reused) {
        const time_point connecting = std::chrono::steady_clock::now();
        auto opening = open_connection(
            p, c.connection.get(), (std::min)(deadline, connecting + p.options().connect_timeout));
        failure problem = co_await std::move(opening);
        detail::note_opened(c, problem, connecting);
        if (problem)
            co_return note_open_failure(c, std::move(problem));
    }
    if (c.caller.cancelled())
        co_return note_cancelled(c, "sending the request");

    link.obey(c.caller.slot());
    p.deadlines()->set(link, deadline);
    link.parser->start(c.request.method == http::verb::head);
    detail::render_request(c);
    connection::reception got;
    boost::system::error_code ec = link.write_output();
    note_written(c);
    if (ec == boost::asio::error::would_block) {
        auto writing = detail::write_rest(c, got);
        ec = co_await std::move(writing);
        note_written(c);
    }
    const bool broken = ec && ec != boost::asio::error::would_block;
    if (broken) // perhaps an answer came before
        got = link.take_available();
    if (link.parser->started())
        c.progress = attempt_progress::answering;
    if (link.stopped() != stop_reason::none || (broken && !detail::answered_early(link)))
        co_return note_io_failure(c, ec, "sending the request");
    if (got.stream)
        co_return note_io_failure(c, got.stream, "sending the request");
    if (got.answer)
        co_return note_malformed(c, got.answer);
    const time_point sent_at =
        c.options->info ? std::chrono::steady_clock::now() : time_point(); // reading clocks costs
    if (!ec && logs(c, log_level::debug))
        log_call(c, {.level = log_level::debug, .kind = log_kind::request});
    if (c.caller.cancelled())
        co_return note_cancelled(c, "reading the answer");

    std::tuple<boost::system::error_code, std::size_t> received;
    got = link.take_buffered();
    while (!link.parser->done() && !got.stream && !got.answer) {
        auto operation = link.async_receive(deferred_tuple);
        received = co_await std::move(operation);
        got = link.take(std::get<0>(received), std::get<1>(received));
        if (link.stopped() != stop_reason::none)
            break;
        if (link.parser->started() && c.progress != attempt_progress::answering) {
            c.progress = attempt_progress::answering;
            if (c.options->info)
                c.timings.first_byte = std::chrono::steady_clock::now() - sent_at;
        }
    }
    if (got.stream || link.stopped() != stop_reason::none)
        co_return note_io_failure(c, got.stream, "reading the answer");
    if (got.answer)
        co_return note_malformed(c, got.answer);
    detail::note_answered(c, begin);
}

} // namespace openint::transport

#endif
