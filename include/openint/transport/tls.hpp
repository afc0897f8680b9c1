// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_TLS_HPP
#define OPENINT_TRANSPORT_TLS_HPP

#include <openint/detail/config.hpp>
#include <openint/tls_options.hpp>

#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <mutex>
#include <string>

#include <openssl/ssl.h>

namespace openint::transport {

/// The context that the options describe, or their own. Throws `error` (`errc::invalid_argument`)
/// naming the file that cannot be used.
OPENINT_DECL std::shared_ptr<boost::asio::ssl::context>
make_tls_context(const tls_options& options);

/// Sets server name indication and verification of chain and host name (RFC 9525), for a name or an
/// IP address.
OPENINT_DECL void prepare_tls(SSL* ssl, const std::string& host, tls_verification verify);

/// Why the peer's certificate was refused, for people; empty if it was not.
OPENINT_DECL std::string certificate_problem(SSL* ssl);

/// The latest session with the server, so that new connections need only a short handshake.
/// Thread safe.
class tls_session_cache
{
public:
    OPENINT_DECL void offer(SSL* to) noexcept;
    OPENINT_DECL void store(SSL* from) noexcept;
    OPENINT_DECL void forget() noexcept;

private:
    struct free_session
    {
        void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
    };

    std::mutex mutex_;
    std::unique_ptr<SSL_SESSION, free_session> session_;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/tls.ipp>
#endif

#endif
