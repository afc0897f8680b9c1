// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CONNECTION_IO_IPP
#define OPENINT_TRANSPORT_IMPL_CONNECTION_IO_IPP

// The waits that several steps of a call have in common.

#include <openint/transport/connection_io.hpp>

#include <openint/transport/cancellation_watch.hpp>
#include <openint/transport/connection_pool.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <tuple>
#include <utility>

namespace openint::transport {
namespace detail {

// Takes the deadline back also where the coroutine is destroyed while it waits.
struct deadline_guard
{
    deadline_queue& deadlines;
    waiter& who;
    ~deadline_guard() { deadlines.remove(who); }
};

} // namespace detail

OPENINT_DECL boost::asio::awaitable<boost::system::error_code> wait_ready(connection& c)
{
    auto operation = c.async_receive(deferred_tuple);
    const auto outcome = co_await std::move(operation);
    if (c.stopped() != stop_reason::none)
        co_return boost::asio::error::operation_aborted;
    co_return c.received(std::get<0>(outcome), std::get<1>(outcome));
}

OPENINT_DECL boost::asio::awaitable<boost::system::error_code> finish_output(connection& c)
{
    boost::system::error_code ec = boost::asio::error::would_block;
    while (ec == boost::asio::error::would_block && c.stopped() == stop_reason::none) {
        auto waiting = wait_ready(c);
        ec = co_await std::move(waiting);
        if (!ec)
            ec = c.write_output();
    }
    co_return ec;
}

OPENINT_DECL boost::asio::awaitable<stop_reason>
wait_until(connection_pool& p, std::shared_ptr<waiter> w, time_point at)
{
    const cancellation_watch caller(co_await boost::asio::this_coro::cancellation_state);
    w->prepare(p.deadlines(), co_await boost::asio::this_coro::executor, caller.slot());
    p.deadlines()->set(*w, at);
    const detail::deadline_guard guard{*p.deadlines(), *w};
    auto operation = w->async_wait(boost::asio::deferred);
    const stop_reason reason = co_await std::move(operation);
    co_return reason == stop_reason::none&& caller.cancelled() ? stop_reason::cancelled : reason;
}

} // namespace openint::transport

#endif
