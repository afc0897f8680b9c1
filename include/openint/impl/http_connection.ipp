// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_CONNECTION_IPP
#define OPENINT_IMPL_HTTP_CONNECTION_IPP

#include <openint/http/connection.hpp>

#include <openint/detail/wipe.hpp>

#include <boost/asio/error.hpp>

#include <cerrno>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace openint::http {

OPENINT_DECL connection::~connection()
{
    close();
    openint::detail::wipe(output);
}

OPENINT_DECL void connection::open(socket&& s)
{
    boost::system::error_code ignored;
    s.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    const int descriptor = s.native_handle();
    stream_.emplace<socket>(std::move(s));
    const std::lock_guard lock(mutex_);
    descriptor_ = descriptor;
}

OPENINT_DECL connection::tls_stream& connection::wrap(boost::asio::ssl::context& context)
{
    auto stream = std::make_unique<tls_stream>(std::move(tcp()), context);
    // Otherwise OpenSSL frees and allocates its buffers for every record.
    SSL_clear_mode(stream->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    return *stream_.emplace<std::unique_ptr<tls_stream>>(std::move(stream));
}

OPENINT_DECL void connection::close() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        descriptor_ = -1;
        if (reason_ == stop_reason::none)
            reason_ = stop_reason::closed;
    }
    if (tls_stream* const t = tls()) // a session counts as broken if it is freed unclosed
        SSL_set_shutdown(t->native_handle(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    stream_.emplace<std::monostate>();
}

OPENINT_DECL void connection::renew(std::uint64_t number) noexcept
{
    number_ = number;
    const std::lock_guard lock(mutex_);
    reason_ = stop_reason::none;
}

OPENINT_DECL void connection::begin_use() noexcept
{
    const std::lock_guard lock(mutex_);
    ++use_;
}

OPENINT_DECL void connection::stop(stop_reason reason, std::uint64_t use) noexcept
{
    const std::lock_guard lock(mutex_);
    if (use != use_ || reason_ != stop_reason::none)
        return;
    reason_ = reason;
    if (descriptor_ != -1)
        ::shutdown(descriptor_, SHUT_RDWR);
}

OPENINT_DECL bool connection::looks_alive() noexcept
{
    char byte = 0;
    if (tls_stream* const t = tls()) { // may have read ahead
        SSL* const ssl = t->native_handle();
        ERR_clear_error();
        if (SSL_get_error(ssl, SSL_peek(ssl, &byte, 1)) != SSL_ERROR_WANT_READ)
            return false;
    }
    const auto received = ::recv(tcp().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

} // namespace openint::http

#endif
