// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_TRANSPORT_OPTIONS_HPP
#define OPENINT_TRANSPORT_TRANSPORT_OPTIONS_HPP

#include <openint/http/response_parser.hpp>
#include <openint/http/url.hpp>
#include <openint/log.hpp>
#include <openint/tls_options.hpp>

#include <boost/asio/ssl/context.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace openint::transport {

/// What the connections of one client have in common. Immutable.
struct transport_options
{
    http::url origin;
    std::optional<http::url> proxy;
    std::shared_ptr<boost::asio::ssl::context> tls; ///< Null for plain HTTP.
    tls_verification verify = tls_verification::peer_and_host;
    std::chrono::nanoseconds connect_timeout{};
    std::size_t max_connections = 1;
    std::chrono::nanoseconds idle_timeout{};
    http::response_parser::limits limits;
    std::string user_agent; ///< For CONNECT requests.
    log_options log;
};

} // namespace openint::transport

#endif
