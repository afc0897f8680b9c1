// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TLS_OPTIONS_HPP
#define OPENINT_TLS_OPTIONS_HPP

#include <openint/secret.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace openint {

/// How much of the server's certificate is checked.
enum class tls_verification : std::uint8_t
{
    peer_and_host,                  ///< Chain and host name.
    insecure_accept_any_certificate ///< Nothing: anybody in between can read the credentials.
};

/// TLS 1.2 or newer, always with SNI.
struct tls_options
{
    /// PEM file of trusted authorities, roots or intermediate ones; empty: those of the system.
    std::string ca_file = {};
    /// PEM chain that the client shows, if the server asks for it; empty: none.
    std::string certificate_file = {};
    /// PEM key of `certificate_file`; empty: it is in that file, too.
    std::string private_key_file = {};
    /// Of the key, if it is encrypted. Nobody is asked for one.
    secret private_key_password = {};
    /// A context of your own, used as it is instead of the files above.
    std::shared_ptr<boost::asio::ssl::context> context = {};
    /// What is checked, also with a `context` of your own.
    tls_verification verify = tls_verification::peer_and_host;
};

} // namespace openint

#endif
