// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_TLS_CHANNEL_IPP
#define OPENINT_TRANSPORT_IMPL_TLS_CHANNEL_IPP

// OpenSSL on the socket itself: reads and writes that wait for the socket, not for OpenSSL.

#include <openint/transport/tls_channel.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <climits>
#include <cstring>
#include <new>

#include <openssl/bio.h>
#include <openssl/err.h>

namespace openint::transport {

class tls_channel::bio
{
public:
    static BIO* make(tls_channel& owner)
    {
        BIO* const b = BIO_new(method());
        if (!b)
            throw std::bad_alloc();
        BIO_set_data(b, &owner);
        BIO_set_init(b, 1);
        return b;
    }

private:
    // Never freed: clients may live as long as the program.
    static const BIO_METHOD* method()
    {
        static const BIO_METHOD* const made = [] {
            BIO_METHOD* const m =
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "openint");
            if (!m)
                throw std::bad_alloc();
            BIO_meth_set_read(m, read);
            BIO_meth_set_write(m, write);
            BIO_meth_set_ctrl(m, control);
            return m;
        }();
        return made;
    }

    static tls_channel& owner_of(BIO* b) { return *static_cast<tls_channel*>(BIO_get_data(b)); }

    static int read(BIO* b, char* into, int size)
    {
        tls_channel& c = owner_of(b);
        BIO_clear_retry_flags(b);
        const std::size_t taken = (std::min)(static_cast<std::size_t>(size), c.end_ - c.begin_);
        if (taken == 0) {
            if (!c.ended_)
                BIO_set_retry_read(b);
            return c.ended_ ? 0 : -1;
        }
        std::memcpy(into, c.received_.data() + c.begin_, taken);
        c.begin_ += taken;
        return static_cast<int>(taken);
    }

    static int write(BIO* b, const char* from, int size)
    {
        tls_channel& c = owner_of(b);
        BIO_clear_retry_flags(b);
        error_code ec;
        std::size_t written = 0;
        do
            written =
                c.socket_.write_some(boost::asio::buffer(from, static_cast<std::size_t>(size)), ec);
        while (ec == boost::asio::error::interrupted);
        if (!ec)
            return static_cast<int>(written);
        if (ec == boost::asio::error::would_block)
            BIO_set_retry_write(b);
        else
            c.problem_ = ec;
        return -1;
    }

    static long control(BIO* b, int command, long, void*)
    {
        if (command == BIO_CTRL_EOF)
            return owner_of(b).ended_;
        return command == BIO_CTRL_FLUSH;
    }
};

OPENINT_DECL tls_channel::tls_channel(boost::asio::ssl::context& context, socket& s)
    : socket_(s)
    , ssl_(SSL_new(context.native_handle()))
{
    if (!ssl_)
        throw boost::system::system_error(static_cast<int>(ERR_get_error()),
                                          boost::asio::error::get_ssl_category());
    // Retries are OpenSSL's, also where the context says otherwise: what has been received is to be
    // used up before more is waited for.
    SSL_set_mode(ssl_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_AUTO_RETRY);
    // Otherwise OpenSSL frees and allocates its buffers for every record.
    SSL_clear_mode(ssl_.get(), SSL_MODE_RELEASE_BUFFERS);
    BIO* const b = bio::make(*this);
    SSL_set_bio(ssl_.get(), b, b);
    SSL_set_connect_state(ssl_.get());
}

OPENINT_DECL boost::system::error_code tls_channel::handshake()
{
    ERR_clear_error();
    return outcome(SSL_do_handshake(ssl_.get()));
}

OPENINT_DECL std::size_t tls_channel::write_some(boost::asio::const_buffer from, error_code& ec)
{
    ERR_clear_error();
    const std::size_t most = (std::min<std::size_t>)(from.size(), INT_MAX);
    const int result = SSL_write(ssl_.get(), from.data(), static_cast<int>(most));
    ec = outcome(result);
    if (problem_)
        ec = last_word(ec);
    return ec ? 0 : static_cast<std::size_t>(result);
}

// A peer that sends an alert and closes its socket makes writing fail, but what it had sent can be
// read. An answer stays where it is.
inline boost::system::error_code tls_channel::last_word(error_code lost)
{
    for (;;) {
        char byte = 0;
        ERR_clear_error();
        const int result = SSL_peek(ssl_.get(), &byte, 1);
        if (result > 0)
            return lost;
        switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_SSL:
            return {static_cast<int>(ERR_get_error()), boost::asio::error::get_ssl_category()};
        case SSL_ERROR_WANT_READ:
            break;
        default:
            return lost;
        }
        error_code ec;
        const std::size_t size = socket_.read_some(prepare(), ec);
        if (ec)
            return lost;
        commit(size);
    }
}

OPENINT_DECL std::size_t tls_channel::read_some(boost::asio::mutable_buffer into, error_code& ec)
{
    ERR_clear_error();
    const std::size_t most = (std::min<std::size_t>)(into.size(), INT_MAX);
    const int result = SSL_read(ssl_.get(), into.data(), static_cast<int>(most));
    ec = outcome(result);
    return ec ? 0 : static_cast<std::size_t>(result);
}

OPENINT_DECL boost::asio::mutable_buffer tls_channel::prepare() noexcept
{
    if (begin_ != 0) {
        std::memmove(received_.data(), received_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    return {received_.data() + end_, received_.size() - end_};
}

OPENINT_DECL bool tls_channel::inside_record() const noexcept
{
    // OpenSSL counts what it has of a header or of a body, but not a header that is whole.
    return SSL_has_pending(ssl_.get()) != 0 ||
           std::strcmp(SSL_rstate_string(ssl_.get()), "RB") == 0;
}

inline boost::system::error_code tls_channel::outcome(int result)
{
    wants_space_ = false;
    if (result > 0)
        return {};
    switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_WRITE:
        wants_space_ = true;
        return boost::asio::error::would_block;
    case SSL_ERROR_WANT_READ:
        return boost::asio::error::would_block;
    case SSL_ERROR_ZERO_RETURN:
        return boost::asio::error::eof;
    case SSL_ERROR_SSL: // so is an end that comes too early
        if (!ended_)
            return {static_cast<int>(ERR_get_error()), boost::asio::error::get_ssl_category()};
        break;
    default:
        break;
    }
    if (problem_)
        return problem_;
    if (ended_)
        return boost::asio::ssl::error::stream_truncated;
    return boost::asio::ssl::error::unspecified_system_error;
}

} // namespace openint::transport

#endif
