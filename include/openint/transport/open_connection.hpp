// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_OPEN_CONNECTION_HPP
#define OPENINT_TRANSPORT_OPEN_CONNECTION_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/connection_pool.hpp>
#include <openint/transport/failure.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace openint::transport {

/// Opens a connection: look-up, connect, proxy, TLS handshake, until `at` at the latest.
OPENINT_DECL boost::asio::awaitable<failure>
open_connection(connection_pool& p, const std::shared_ptr<connection>& c, time_point at);

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/open_connection.ipp>
#endif

#endif
