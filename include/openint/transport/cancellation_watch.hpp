// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CANCELLATION_WATCH_HPP
#define OPENINT_TRANSPORT_CANCELLATION_WATCH_HPP

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/cancellation_type.hpp>

namespace openint::transport {

/// Whether a coroutine has been cancelled since this was made.
///
/// Asio reports a cancellation by an exception at the next `co_await`, but only if the coroutine
/// has not turned that off. A coroutine that was cancelled before, and goes on, means to go on.
class cancellation_watch
{
public:
    cancellation_watch() = default;
    explicit cancellation_watch(const boost::asio::cancellation_state& state) noexcept
        : state_(state)
        , before_(state.cancelled())
    {}

    /// The caller's cancellation.
    boost::asio::cancellation_slot slot() const noexcept { return state_.slot(); }

    bool cancelled() const noexcept
    {
        const auto now = state_.cancelled();
        return now != boost::asio::cancellation_type::none && now != before_;
    }

private:
    boost::asio::cancellation_state state_;
    boost::asio::cancellation_type before_ = boost::asio::cancellation_type::none;
};

} // namespace openint::transport

#endif
