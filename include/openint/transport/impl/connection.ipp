// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CONNECTION_IPP
#define OPENINT_TRANSPORT_IMPL_CONNECTION_IPP

// Opening, swapping, stopping and closing a socket, under the mutex that deadlines need.

#include <openint/transport/connection.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/detail/wipe.hpp>
#include <openint/http/keep_alive.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace openint::transport {

OPENINT_DECL connection::~connection()
{
    close();
    openint::detail::wipe(output);
}

OPENINT_DECL void connection::open(socket&& s)
{
    error_code ignored;
    s.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    s.non_blocking(true, ignored);
    socket_ = std::move(s);
    full_ = false;
    kept_for_.reset();
    requests_left_.reset();
    keep_until_ = (time_point::max)();
    const std::lock_guard lock(mutex_);
    descriptor_ = socket_->native_handle();
}

OPENINT_DECL tls_channel& connection::wrap(boost::asio::ssl::context& context)
{
    tls_ = std::make_unique<tls_channel>(context, *socket_);
    return *tls_;
}

OPENINT_DECL void connection::close() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        if (reason_ == stop_reason::none)
            reason_ = stop_reason::closed;
    }
    close_socket();
}

OPENINT_DECL void connection::close_socket() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        descriptor_ = -1;
    }
    tls_.reset();
    socket_.reset();
}

OPENINT_DECL void connection::disown() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        descriptor_ = -1;
        reason_ = stop_reason::forked;
    }
    error_code ignored;
    if (socket_)
        socket_->close(ignored);
}

OPENINT_DECL std::string& connection::begin_output() noexcept
{
    openint::detail::wipe(output);
    written_ = 0;
    return output;
}

OPENINT_DECL boost::system::error_code connection::write_output()
{
    error_code ec;
    while (written_ != output.size() && !ec && stopped() == stop_reason::none)
        written_ += write_some(boost::asio::buffer(output) + written_, ec);
    return ec;
}

inline std::size_t connection::write_some(boost::asio::const_buffer from, error_code& ec)
{
    if (tls_)
        return tls_->write_some(from, ec);
    std::size_t size = 0;
    do
        size = socket_->write_some(from, ec);
    while (ec == boost::asio::error::interrupted);
    full_ = ec == boost::asio::error::would_block;
    return size;
}

OPENINT_DECL void connection::obey(boost::asio::cancellation_slot slot)
{
    if (slot.is_connected())
        // This may stay in the slot: it stops nothing but this use.
        slot.assign([weak = weak_from_this(), use = use_](boost::asio::cancellation_type) {
            if (const auto self = weak.lock())
                self->stop(stop_reason::cancelled, use);
        });
}

// One of two waits; the first that ends cancels the other, the last one completes the waiter.
struct connection::watcher
{
    struct waits
    {
        std::mutex mutex; // held until both have begun
        int left = 0;
    };

    void operator()(const error_code&) const
    {
        {
            const std::lock_guard lock(both->mutex);
            if (--both->left != 0) {
                error_code ignored;
                if (self->socket_)
                    self->socket_->cancel(ignored);
                return;
            }
        }
        who->complete(stop_reason::none);
    }

    std::shared_ptr<connection> self;
    std::shared_ptr<waits> both;
    std::shared_ptr<waiter> who;
};

OPENINT_DECL void connection::watch(const std::shared_ptr<waiter>& w)
{
    const watcher each{shared_from_this(), std::make_shared<watcher::waits>(), w};
    const std::lock_guard lock(each.both->mutex);
    socket_->async_wait(socket::wait_read, each);
    ++each.both->left;
    if (tls_ ? tls_->wants_space() : full_) {
        socket_->async_wait(socket::wait_write, each);
        ++each.both->left;
    }
}

OPENINT_DECL boost::system::error_code connection::received(error_code ec,
                                                            std::size_t size) noexcept
{
    if (!tls_)
        return ec;
    if (!ec)
        tls_->commit(size);
    else if (ec == boost::asio::error::eof)
        tls_->commit_end();
    else
        return ec;
    return {};
}

OPENINT_DECL connection::reception connection::take(error_code ec, std::size_t size)
{
    if (stopped() != stop_reason::none)
        return {.stream = boost::asio::error::operation_aborted};
    if (tls_) {
        ec = received(ec, size);
        return ec ? reception{.stream = ec} : take_buffered();
    }
    if (!ec)
        return {.answer = parser->commit(size)};
    if (ec == boost::asio::error::eof)
        return {.answer = parser->end_of_stream()};
    return {.stream = ec};
}

OPENINT_DECL connection::reception connection::take_buffered()
{
    while (tls_ && !parser->done()) {
        error_code ec;
        const std::size_t size = tls_->read_some(parser->prepare(), ec);
        if (ec == boost::asio::error::would_block)
            break;
        if (ec == boost::asio::error::eof)
            return {.answer = parser->end_of_stream()};
        if (ec)
            return {.stream = ec};
        ec = parser->commit(size);
        if (ec)
            return {.answer = ec};
    }
    return {};
}

OPENINT_DECL connection::reception connection::take_available()
{
    full_ = false;
    for (;;) {
        if (stopped() != stop_reason::none)
            return {.stream = boost::asio::error::operation_aborted};
        reception got = take_buffered();
        if (got.stream || got.answer || parser->done())
            return got;
        error_code ec;
        const std::size_t size = socket_->read_some(tls_ ? tls_->prepare() : parser->prepare(), ec);
        if (ec == boost::asio::error::would_block)
            return {};
        got = take(ec, size);
        if (ec || got.stream || got.answer)
            return got;
    }
}

OPENINT_DECL void connection::renew(std::uint64_t number) noexcept
{
    number_ = number;
    forks_ = fork_count();
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
    if (descriptor_ != -1 && forks_ == fork_count())
        ::shutdown(descriptor_, SHUT_RDWR);
}

OPENINT_DECL bool connection::obey_keep_alive() noexcept
{
    if (requests_left_ && *requests_left_ != 0)
        --*requests_left_;
    for (std::size_t i = 0; i != parser->field_count(); ++i) {
        if (!openint::detail::equal_ignoring_case(parser->field_name(i), "Keep-Alive"))
            continue;
        const http::keep_alive_hint hint = http::parse_keep_alive(parser->field_value(i));
        if (hint.timeout)
            kept_for_ = http::usable_time(*hint.timeout);
        if (hint.max) // counted down by some servers, and always the same from others
            requests_left_ = (std::min)(requests_left_.value_or(*hint.max), *hint.max);
    }
    if (kept_for_)
        keep_until_ = std::chrono::steady_clock::now() + *kept_for_;
    return requests_left_ != 0u;
}

OPENINT_DECL bool connection::looks_alive() noexcept
{
    if (keep_until_ != (time_point::max)() && std::chrono::steady_clock::now() >= keep_until_)
        return false;
    char byte = 0;
    if (tls_ && tls_->buffered()) { // a ticket, perhaps
        SSL* const ssl = tls_->native_handle();
        ERR_clear_error();
        if (SSL_get_error(ssl, SSL_peek(ssl, &byte, 1)) != SSL_ERROR_WANT_READ)
            return false;
        if (tls_->inside_record()) // of something unasked for
            return false;
    }
    const auto size = ::recv(socket_->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

} // namespace openint::transport

#endif
