// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_CONNECTION_HPP
#define OPENINT_HTTP_CONNECTION_HPP

#include <openint/detail/config.hpp>
#include <openint/http/deadline.hpp>
#include <openint/http/exchange.hpp>
#include <openint/http/tls_channel.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace openint::http {

/// One connection to the server, plain or TLS, with the buffers that live with it.
///
/// Used by one coroutine at a time. Only `stop` and the deadline come from other threads: they
/// never touch the stream's objects, but shut the descriptor down under the mutex, so that the
/// operation in progress ends; `stopped()` then says why, whatever error the operation reports.
class connection final : public deadline,
                         public boost::intrusive::list_base_hook<>,
                         public std::enable_shared_from_this<connection>
{
public:
    using socket = boost::asio::ip::tcp::socket;
    using error_code = boost::system::error_code;

    connection(std::uint64_t number, const exchange::limits& limits)
        : answer(std::make_unique<exchange>(limits))
        , limits_(limits)
        , number_(number)
    {}
    OPENINT_DECL ~connection();

    /// Takes over a connected socket.
    OPENINT_DECL void open(socket&& s);
    /// Puts TLS on top of the open socket; the handshake is the caller's.
    OPENINT_DECL tls_channel& wrap(boost::asio::ssl::context& context);
    /// Closes the descriptor at once, without a TLS shutdown, which could hang.
    OPENINT_DECL void close() noexcept;

    /// Makes a closed connection a new one, with another number.
    OPENINT_DECL void renew(std::uint64_t number) noexcept;
    /// Begins another use of it, from being leased to being given back.
    OPENINT_DECL void begin_use() noexcept;

    bool is_open() const noexcept { return socket_.has_value(); }
    /// Null on a plain connection.
    tls_channel* tls() noexcept { return tls_.get(); }

    /// Writes what can be written now, through TLS if there is TLS. `would_block`: to be repeated
    /// when `unblock` has been awaited. Precondition: `is_open()`.
    OPENINT_DECL std::size_t write_some(boost::asio::const_buffer from, error_code& ec);

    /// Waits for bytes from the socket, or, where something has to be sent first, until it takes
    /// more. What it completes with is for `received` or `take`. The caller's cancellation, of
    /// whatever type, stops the connection: Asio's operations do not obey every type themselves.
    template <class CompletionToken>
    auto async_receive(CompletionToken&& token)
    {
        return boost::asio::async_initiate<CompletionToken, void(error_code, std::size_t)>(
            [](auto handler, connection* self) {
                if (self->tls_ ? self->tls_->wants_space() : self->full_)
                    return self->socket_->async_wait(
                        socket::wait_write,
                        boost::asio::append(self->stopping(std::move(handler)), std::size_t{0}));
                self->socket_->async_read_some(self->tls_ ? self->tls_->prepare()
                                                          : self->answer->prepare(),
                                               self->stopping(std::move(handler)));
            },
            token, this);
    }

    /// Gives what `async_receive` completed with to TLS, if any, but reads nothing of it.
    OPENINT_DECL error_code received(error_code ec, std::size_t size) noexcept;

    /// What became of bytes that were to be part of the answer.
    struct reception
    {
        error_code stream = {}; ///< It is broken.
        error_code answer = {}; ///< What came is not one.
    };
    /// Reads what `async_receive` completed with into the answer.
    OPENINT_DECL reception take(error_code ec, std::size_t size);
    /// The same for what has been received already.
    OPENINT_DECL reception take_buffered();

    /// Ends what the connection is doing in this use of it, from any thread. The first reason
    /// stays.
    OPENINT_DECL void stop(stop_reason reason, std::uint64_t use) noexcept;
    stop_reason stopped() const noexcept { return reason_.load(std::memory_order_acquire); }

    /// Whether an idle connection still is what it was: not closed, nothing unasked for received.
    OPENINT_DECL bool looks_alive() noexcept;

    std::uint64_t number() const noexcept { return number_; }

    /// The answer, to be read when the connection is another's already.
    std::unique_ptr<exchange> take_answer()
    {
        auto fresh = std::make_unique<exchange>(limits_);
        answer.swap(fresh);
        return fresh;
    }

    std::unique_ptr<exchange> answer; ///< Never null.
    std::string output;               ///< The request being written.
    time_point idle_since{};          ///< While it is in the pool.

private:
    // The handler, with cancellation by its slot made a stop of the connection.
    template <class Handler>
    auto stopping(Handler handler)
    {
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            // This may stay in the slot: it stops nothing but this use.
            slot.assign([weak = weak_from_this(), use = use_](boost::asio::cancellation_type) {
                if (const auto self = weak.lock())
                    self->stop(stop_reason::cancelled, use);
            });
        return boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(),
                                                   std::move(handler));
    }

    void expire() noexcept override { stop(stop_reason::timeout, use_); }

    const exchange::limits limits_;
    std::uint64_t number_;
    std::optional<socket> socket_;
    std::unique_ptr<tls_channel> tls_; // on the socket
    bool full_ = false;                // a plain socket takes no more

    mutable std::mutex mutex_;
    int descriptor_ = -1; // guarded, with reason_: open exactly while it is not -1
    std::atomic<stop_reason> reason_ = stop_reason::none; // changed with the mutex held
    std::uint64_t use_ = 0; // changed only while no use is in progress
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_connection.ipp>
#endif

#endif
