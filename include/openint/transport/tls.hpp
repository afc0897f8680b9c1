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
/// naming the option and the file that cannot be used.
OPENINT_DECL std::shared_ptr<boost::asio::ssl::context>
make_tls_context(const tls_options& options);

/// Sets server name indication and verification of chain and host name (RFC 9525), for a name or an
/// IP address.
OPENINT_DECL void prepare_tls(SSL* ssl, std::string host, tls_verification verify);

/// Why the peer's certificate was refused, for people; empty if it was not.
OPENINT_DECL std::string certificate_problem(SSL* ssl);

/// What the server means by a fatal alert that would come again, with its name and what to do about
/// it, for people. Empty where another try may help: not an alert, an alert about bytes that were
/// damaged on their way, or `internal_error`.
OPENINT_DECL std::string alert_problem(const boost::system::error_code& ec);

/// The same of a handshake, which can also fail for good without an alert.
OPENINT_DECL std::string handshake_problem(const boost::system::error_code& ec);

/// The latest session with the server, so that new connections need only a short handshake.
/// Thread safe.
class tls_session_cache
{
public:
    /// Whether there is one to be resumed.
    OPENINT_DECL bool offer(SSL* to) noexcept;
    OPENINT_DECL void store(SSL* from) noexcept;
    OPENINT_DECL void forget() noexcept;
    /// The server broke the handshake off that was to resume one. Forgets it; after the second time
    /// in a row, no other is offered.
    OPENINT_DECL void refused() noexcept;

private:
    struct free_session
    {
        void operator()(SSL_SESSION* session) const noexcept { SSL_SESSION_free(session); }
    };

    std::mutex mutex_;
    std::unique_ptr<SSL_SESSION, free_session> session_;
    int refusals_ = 0; // since one was resumed
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/tls.ipp>
#endif

#endif
