// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_MOCK_SERVER_OPTIONS_HPP
#define OPENINT_TESTING_MOCK_SERVER_OPTIONS_HPP

#include <openint/testing/certificate.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace openint::testing {

/// A version of TLS.
enum class tls_version : std::uint8_t
{
    v1_1,
    v1_2,
    v1_3
};

/// What the real server does wrong, and a client has to survive. Off, the mock server does what the
/// API description says.
struct service_quirks
{
    /// Creating a connection without `data.settings` answers 500 "Output validation failed", yet the
    /// connection is there. From then on, reading it with its secrets answers 500 as well, and so
    /// does every page of a list, read with secrets, that it is on. Off: a 400, and nothing is
    /// stored.
    bool creates_without_settings = false;
};

/// How a mock server listens.
struct mock_server_options
{
    /// Numeric address to listen on: a loopback address, unless the network is meant to see it.
    std::string address = "127.0.0.1";

    /// 0 takes any free port.
    std::uint16_t port = 0;

    /// What `url()` has after the origin, and every path of the API before it.
    std::string base_path = "/v1";

    /// The key that requests must carry; made up when empty.
    std::string token = {};

    /// Speaks TLS, with a certificate for 127.0.0.1, ::1 and localhost from an authority of its
    /// own: trust `ca_file()` or `ca_pem()`.
    bool tls = false;

    /// The newest version of TLS that it speaks (1.1 is what good clients refuse).
    tls_version max_tls = tls_version::v1_3;

    /// Another certificate and key, for tests of certificate checks.
    std::optional<identity> certificate = {};

    /// Demands a client certificate that one of these authorities issued (PEM).
    std::string client_ca_pem = {};

    /// Closes a connection that has been idle for this long; 0 never does.
    std::chrono::milliseconds idle_timeout{0};

    /// Sends close_notify before it closes a TLS connection.
    bool close_notify = true;

    /// Compresses answers for clients that accept gzip, as a proxy in front would.
    bool compress = false;

    /// What it does as wrong as the real server.
    service_quirks quirks = {};

    /// Keeps what `requests()` returns; a benchmark turns it off.
    bool record = true;
};

/// What happens to a new connection instead of a request being read from it.
enum class on_accept : std::uint8_t
{
    serve,              ///< nothing special
    close,              ///< closed at once
    reset,              ///< reset at once
    stall,              ///< nothing is read or sent: handshakes and long writes get stuck
    close_in_handshake, ///< closed as soon as the first bytes have come
    reset_in_handshake, ///< reset as soon as the first bytes have come
    plain_text,         ///< answered with "HTTP/1.1 400 Bad Request", whatever came; never TLS
};

} // namespace openint::testing

#endif
