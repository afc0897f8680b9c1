// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_REQUEST_HPP
#define OPENINT_TESTING_REQUEST_HPP

#include <openint/detail/config.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openint::testing {

/// One header line of a request or of an answer.
struct header_line
{
    std::string name;  ///< as sent
    std::string value; ///< without white space at either end
};

/// A request as the mock server received it. A value: it stays valid when the server is gone.
struct request
{
    std::string method;               ///< as sent, such as `GET`
    std::string target;               ///< as sent: path and query, never decoded
    std::vector<header_line> headers; ///< in the order received, names as sent
    std::string body;                 ///< chunked framing removed
    std::string raw;                  ///< every byte of head and body as received

    std::size_t number = 0;     ///< 1 for the first request that the server read
    std::size_t connection = 0; ///< 1 for the first connection that the server accepted
    std::size_t ordinal = 0;    ///< 1 for the first request on its connection

    /// When its last byte was read.
    std::chrono::steady_clock::time_point time;

    bool pipelined = false;   ///< bytes of a further request followed at once
    bool tls = false;         ///< came over TLS
    bool tls_resumed = false; ///< in a session resumed from an earlier connection
    std::string tls_version;  ///< "TLSv1.3"; empty without TLS
    std::string server_name;  ///< the name that the client indicated (SNI); empty when none
    std::string client_name;  ///< common name of the client's certificate; empty when none

    /// The target up to the question mark.
    OPENINT_DECL std::string_view path() const;

    /// The target after the question mark, not decoded; empty when there is none.
    OPENINT_DECL std::string_view query() const;

    /// The value of the first header of this name, in any case; nothing when there is none.
    OPENINT_DECL std::optional<std::string_view> header(std::string_view name) const;

    /// How many headers have this name.
    OPENINT_DECL std::size_t count(std::string_view name) const;

    /// The decoded values of the query parameters of this name, in order.
    OPENINT_DECL std::vector<std::string> parameters(std::string_view name) const;
};

} // namespace openint::testing

#ifdef OPENINT_HEADER_ONLY
#include <openint/testing/impl/request.ipp>
#endif

#endif
