// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_TLS_CHANNEL_HPP
#define OPENINT_TRANSPORT_TLS_CHANNEL_HPP

#include <openint/detail/config.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <cstddef>
#include <memory>

#include <openssl/ssl.h>

namespace openint::transport {

/// The client's side of TLS on a connected socket that does not block. Never waits: what it sends
/// goes to the socket at once, what has been received is put into `prepare()` by its user.
///
/// Asio's stream copies everything once more each way, and moves its handlers through composed
/// operations: a seventh of the CPU time of a small request.
class tls_channel
{
public:
    using socket = boost::asio::ip::tcp::socket;
    using error_code = boost::system::error_code;

    /// The socket stays where it is. Throws `boost::system::system_error`.
    OPENINT_DECL tls_channel(boost::asio::ssl::context& context, socket& s);
    tls_channel(const tls_channel&) = delete;
    tls_channel& operator=(const tls_channel&) = delete;

    /// These do what can be done now. `would_block`: to be repeated when the socket takes more, if
    /// `wants_space()`, or else when more has been received. `eof`: the peer has closed the channel
    /// properly; `stream_truncated`: only its socket.
    OPENINT_DECL error_code handshake();
    OPENINT_DECL std::size_t write_some(boost::asio::const_buffer from, error_code& ec);
    OPENINT_DECL std::size_t read_some(boost::asio::mutable_buffer into, error_code& ec);
    bool wants_space() const noexcept { return wants_space_; }

    /// Where the next bytes are to be received to, valid until `commit`.
    OPENINT_DECL boost::asio::mutable_buffer prepare() noexcept;
    void commit(std::size_t size) noexcept { end_ += size; }
    /// Nothing more will be received.
    void commit_end() noexcept { ended_ = true; }

    /// Whether something has been received that may not have been read yet.
    bool buffered() const noexcept { return begin_ != end_ || SSL_has_pending(ssl_.get()) != 0; }

    /// Whether a record has begun that has not come whole. Precondition: nothing is left to read.
    OPENINT_DECL bool inside_record() const noexcept;

    SSL* native_handle() noexcept { return ssl_.get(); }

private:
    struct free_ssl
    {
        void operator()(SSL* ssl) const noexcept
        {
            // A session counts as broken if it is freed unclosed.
            SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
            SSL_free(ssl);
        }
    };
    class bio; // OpenSSL's way to the bytes

    error_code outcome(int result);
    error_code last_word(error_code lost);

    socket& socket_;
    std::unique_ptr<SSL, free_ssl> ssl_;
    error_code problem_; // of the socket
    bool wants_space_ = false;
    bool ended_ = false;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::array<char, SSL3_RT_MAX_PACKET_SIZE> received_; // one record
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/tls_channel.ipp>
#endif

#endif
