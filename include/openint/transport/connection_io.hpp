// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CONNECTION_IO_HPP
#define OPENINT_TRANSPORT_CONNECTION_IO_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/connection.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/system/error_code.hpp>

#include <memory>

namespace openint::transport {

class connection_pool;

/// The token of operations on connections: the error code is part of the result.
inline constexpr auto deferred_tuple = boost::asio::as_tuple(boost::asio::deferred);

/// Waits until a write or a handshake that would have blocked can go on. An error if the connection
/// has been stopped.
OPENINT_DECL boost::asio::awaitable<boost::system::error_code> wait_ready(connection& c);

/// Writes the rest of `c.output` after `c.write_output()` would have blocked.
OPENINT_DECL boost::asio::awaitable<boost::system::error_code> finish_output(connection& c);

/// Waits for `w`, until `at` at the latest. A cancellation counts, even if it came too late for
/// the waiter.
OPENINT_DECL boost::asio::awaitable<stop_reason>
wait_until(connection_pool& p, std::shared_ptr<waiter> w, time_point at);

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/connection_io.ipp>
#endif

#endif
