// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CALL_OPTIONS_HPP
#define OPENINT_TRANSPORT_CALL_OPTIONS_HPP

#include <openint/headers.hpp>
#include <openint/response_info.hpp>
#include <openint/retry_options.hpp>
#include <openint/secret.hpp>

#include <chrono>
#include <string>

namespace openint::transport {

/// What the requests of one client handle have in common. Immutable once it is shared.
struct call_options
{
    std::string base_path;  ///< Of the base URL: "" or "/v1".
    headers common_headers; ///< What the library itself sends.
    headers user_headers;   ///< Instead of those of the same name.
    secret token;
    std::string public_fields; ///< Rendered header lines, without Authorization,
    secret fields;             ///< and with it; empty without a token.
    std::string query;         ///< For every target: "" or "?a=b&c=d".
    std::string problem;       ///< Not empty: why no request may be sent.
    std::chrono::nanoseconds timeout{};
    std::chrono::nanoseconds total_timeout{};
    retry_options retry;
    response_info* info = nullptr;
};

} // namespace openint::transport

#endif
