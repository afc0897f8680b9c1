// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_PEER_HPP
#define OPENINT_TESTING_DETAIL_HTTP_PEER_HPP

// The client at the other end of a connection, with or without TLS: reads, writes, and waits for a
// while without missing that it goes.

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <poll.h>

#ifndef POLLRDHUP // other systems than Linux: a reset is noticed, a mere end is not
#define POLLRDHUP 0
#endif

namespace openint::testing::detail {

namespace asio = boost::asio;
using boost::system::error_code;

class peer : public std::enable_shared_from_this<peer>
{
protected:
    explicit peer(asio::ip::tcp::socket socket)
        : socket_(std::move(socket))
        , timer_(socket_.get_executor())
    {}
    ~peer() = default;

    // Reads what there is; false when the connection has ended.
    asio::awaitable<bool> fill()
    {
        const auto room = asio::buffer(chunk_);
        std::tuple<error_code, std::size_t> done;
        if (tls_) {
            auto read = tls_->async_read_some(room, asio::as_tuple(asio::deferred));
            done = co_await std::move(read);
        } else {
            auto read = socket_.async_read_some(room, asio::as_tuple(asio::deferred));
            done = co_await std::move(read);
        }
        in_.append(chunk_.data(), std::get<1>(done));
        co_return !std::get<0>(done);
    }

    asio::awaitable<bool> write(std::string_view bytes)
    {
        std::tuple<error_code, std::size_t> done;
        const auto all = asio::buffer(bytes.data(), bytes.size());
        if (tls_) {
            auto op = asio::async_write(*tls_, all, asio::as_tuple(asio::deferred));
            done = co_await std::move(op);
        } else {
            auto op = asio::async_write(socket_, all, asio::as_tuple(asio::deferred));
            done = co_await std::move(op);
        }
        co_return !std::get<0>(done);
    }

    // Reads nothing, so that a client that sends much gets stuck, until the client has gone. That
    // has to be asked for: what was not read hides the end of the stream from readiness.
    asio::awaitable<void> ignore()
    {
        for (;;) {
            timer_.expires_after(std::chrono::milliseconds(5));
            auto wait = timer_.async_wait(asio::as_tuple(asio::deferred));
            co_await std::move(wait);
            if (!socket_.is_open())
                co_return;
            pollfd end{socket_.native_handle(), POLLRDHUP, 0};
            if (::poll(&end, 1, 0) != 0)
                co_return;
        }
    }

    // Waits; false when the client has gone meanwhile.
    asio::awaitable<bool> pause(std::chrono::milliseconds d)
    {
        timer_.expires_after(d);
        const bool alive = co_await wait_for_timer();
        co_return alive;
    }

    // Waits for other servers, whether the client is there or not: the work goes on without it.
    asio::awaitable<void> wait_for_others(std::chrono::milliseconds latency)
    {
        const auto end = std::chrono::steady_clock::now() + latency;
        bool alive = co_await pause(latency);
        while (!alive && std::chrono::steady_clock::now() < end) {
            timer_.expires_at(end);
            auto wait = timer_.async_wait(asio::as_tuple(asio::deferred));
            co_await std::move(wait);
        }
    }

    // Waits for the timer; reads meanwhile, to see the client go. What comes stays in `in_`.
    asio::awaitable<bool> wait_for_timer()
    {
        gone_ = false;
        pausing_ = true;
        reading_ = true;
        read_while_pausing();
        auto wait = timer_.async_wait(asio::as_tuple(asio::deferred));
        co_await std::move(wait);

        pausing_ = false;
        while (reading_) { // until the reader is back
            error_code ignored;
            socket_.cancel(ignored);
            timer_.expires_at((asio::steady_timer::time_point::max)());
            auto back = timer_.async_wait(asio::as_tuple(asio::deferred));
            co_await std::move(back);
        }
        co_return !gone_ && socket_.is_open();
    }

    void read_while_pausing()
    {
        auto handler = [self = shared_from_this()](error_code ec, std::size_t n) {
            self->in_.append(self->chunk_.data(), n);
            if (!ec && self->pausing_) {
                self->read_while_pausing();
                return;
            }
            self->gone_ = ec && ec != asio::error::operation_aborted;
            self->reading_ = false;
            self->timer_.cancel();
        };
        if (tls_)
            tls_->async_read_some(asio::buffer(chunk_), std::move(handler));
        else
            socket_.async_read_some(asio::buffer(chunk_), std::move(handler));
    }

    asio::ip::tcp::socket socket_;
    asio::steady_timer timer_;
    std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
    std::array<char, 16 * 1024> chunk_;
    std::string in_; // received, and not yet part of a request

private:
    bool pausing_ = false;
    bool reading_ = false; // while pausing
    bool gone_ = false;    // the client, while pausing
};

} // namespace openint::testing::detail

#endif
