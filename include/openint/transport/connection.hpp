// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CONNECTION_HPP
#define OPENINT_TRANSPORT_CONNECTION_HPP

#include <openint/detail/config.hpp>
#include <openint/http/response_parser.hpp>
#include <openint/transport/context_service.hpp>
#include <openint/transport/deadline.hpp>
#include <openint/transport/operation_memory.hpp>
#include <openint/transport/tls_channel.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace openint::transport {

class waiter;

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

    connection(std::uint64_t number, const http::response_parser::limits& limits)
        : parser(std::make_unique<http::response_parser>(limits))
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
    /// The same within a use of it, in which `open` comes again. A `stop` still counts.
    OPENINT_DECL void close_socket() noexcept;
    /// In a forked child, of a connection in use: closes this process's descriptor, since the
    /// connection is the parent's, and tells the coroutine.
    OPENINT_DECL void disown() noexcept;

    /// Makes a closed connection a new one, with another number.
    OPENINT_DECL void renew(std::uint64_t number) noexcept;
    /// Begins another use: from being taken out of the pool to being given back.
    OPENINT_DECL void begin_use() noexcept;

    bool is_open() const noexcept { return socket_.has_value(); }
    /// Null on a plain connection.
    tls_channel* tls() noexcept { return tls_.get(); }

    /// Begins a new `output`, empty and without traces of the last one.
    OPENINT_DECL std::string& begin_output() noexcept;
    /// Writes what can be written of `output` now, through TLS if there is TLS. `would_block`: call
    /// it again after `wait_ready`. Precondition: `is_open()`.
    OPENINT_DECL error_code write_output();
    /// Bytes of `output` that have been written.
    std::size_t written() const noexcept { return written_; }
    bool all_written() const noexcept { return written_ == output.size(); }

    /// Lets the caller's cancellation, of whatever type, stop this use of the connection: Asio's
    /// operations do not obey every type themselves.
    OPENINT_DECL void obey(boost::asio::cancellation_slot slot);

    /// Waits for bytes from the socket, or, where something has to be sent first, until it takes
    /// more. What it completes with is for `received` or `take`.
    template <class CompletionToken>
    auto async_receive(CompletionToken&& token)
    {
        return boost::asio::async_initiate<CompletionToken, void(error_code, std::size_t)>(
            [](auto handler, connection* self) {
                if (self->tls_ ? self->tls_->wants_space() : self->full_)
                    return self->socket_->async_wait(
                        socket::wait_write,
                        boost::asio::append(self->reserved(std::move(handler)), std::size_t{0}));
                self->socket_->async_read_some(self->tls_ ? self->tls_->prepare()
                                                          : self->parser->prepare(),
                                               self->reserved(std::move(handler)));
            },
            token, this);
    }

    /// Completes `w` when bytes have come, or when the socket takes more where it did not,
    /// whichever is first. No operation is in progress then.
    OPENINT_DECL void watch(const std::shared_ptr<waiter>& w);

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
    /// The same for all that has come, without waiting: up to the end of the answer.
    OPENINT_DECL reception take_available();

    /// Ends what the connection is doing in this use of it, from any thread. The first reason
    /// stays.
    OPENINT_DECL void stop(stop_reason reason, std::uint64_t use) noexcept;
    stop_reason stopped() const noexcept
    {
        const stop_reason reason = reason_.load(std::memory_order_acquire);
        return reason == stop_reason::none && forks_ != fork_count() ? stop_reason::forked : reason;
    }

    /// Takes note of how long the server means to keep the connection, as the answer says. False if
    /// it takes no more requests.
    OPENINT_DECL bool obey_keep_alive() noexcept;

    /// Whether an idle connection still is what it was: not closed or about to be, and nothing
    /// unasked for received.
    OPENINT_DECL bool looks_alive() noexcept;

    std::uint64_t number() const noexcept { return number_; }

    /// The answer, to be read when the connection is another's already.
    std::unique_ptr<http::response_parser> take_parser()
    {
        auto fresh = std::make_unique<http::response_parser>(limits_);
        parser.swap(fresh);
        return fresh;
    }

    std::unique_ptr<http::response_parser> parser; ///< Never null.
    std::string output;                            ///< The request being written.
    time_point idle_since{};                       ///< While it is in the pool.

private:
    // With the connection's memory, and without a slot: Asio would replace what `obey` put there.
    template <class Handler>
    auto reserved(Handler handler)
    {
        obey(boost::asio::get_associated_cancellation_slot(handler)); // again, in the same memory
        return boost::asio::bind_allocator(
            operation_allocator<void>(memory_),
            boost::asio::bind_cancellation_slot(boost::asio::cancellation_slot(),
                                                std::move(handler)));
    }

    bool expire() noexcept override
    {
        stop(stop_reason::timeout, use_);
        return true;
    }

    struct watcher;

    std::size_t write_some(boost::asio::const_buffer from, error_code& ec);

    const http::response_parser::limits limits_;
    operation_memory memory_; // of the operation in progress
    std::uint64_t number_;
    unsigned forks_ = fork_count(); // by which the process is known that it belongs to
    std::optional<socket> socket_;
    std::unique_ptr<tls_channel> tls_; // on the socket
    bool full_ = false;                // a plain socket takes no more
    std::size_t written_ = 0;          // of output

    // What the server said about keeping the connection.
    std::optional<std::chrono::milliseconds> kept_for_; // after an answer
    std::optional<std::uint32_t> requests_left_;
    time_point keep_until_ = (time_point::max)();

    mutable std::mutex mutex_;
    int descriptor_ = -1; // guarded, with reason_: open exactly while it is not -1
    std::atomic<stop_reason> reason_ = stop_reason::none; // changed with the mutex held
    std::uint64_t use_ = 0; // changed only while no use is in progress
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/connection.ipp>
#endif

#endif
