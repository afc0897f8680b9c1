// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_SESSION_HPP
#define OPENINT_TESTING_DETAIL_HTTP_SESSION_HPP

// One connection of the mock server, served by one coroutine on the server's thread.

#include <openint/testing/detail/http/request_parser.hpp>
#include <openint/testing/detail/http/state.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <memory>

#include <poll.h>

#ifndef POLLRDHUP // other systems than Linux: a reset is noticed, a mere end is not
#define POLLRDHUP 0
#endif

namespace openint::testing::detail {

namespace asio = boost::asio;
using boost::system::error_code;

class session : public std::enable_shared_from_this<session>
{
public:
    session(asio::ip::tcp::socket socket, mock_server_state& state,
            const mock_server_options& options, asio::ssl::context* tls)
        : socket_(std::move(socket))
        , timer_(socket_.get_executor())
        , state_(state)
        , options_(options)
        , tls_context_(tls)
        , accepted_(state.connection_opened())
    {}

    session(const session&) = delete;
    session& operator=(const session&) = delete;
    ~session() { drop(false); }

    static asio::awaitable<void> run(std::shared_ptr<session> self)
    {
        error_code ignored;
        self->socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
        co_await self->serve();
        self->drop(false);
    }

    std::size_t number() const { return accepted_.number; }

    // Ends the connection at once; the coroutine notices.
    void drop(bool reset)
    {
        if (!socket_.is_open())
            return;
        error_code ignored;
        if (reset)
            socket_.set_option(asio::socket_base::linger(true, 0), ignored);
        socket_.close(ignored);
        timer_.cancel();
        set_busy(false);
        state_.count_open(-1);
    }

    // Lets a held answer go.
    void release()
    {
        if (holding_) {
            holding_ = false;
            timer_.cancel();
        }
    }

private:
    asio::awaitable<void> serve()
    {
        if (accepted_.script != on_accept::serve) {
            co_await misbehave();
            co_return;
        }
        if (tls_context_) {
            tls_.emplace(socket_, *tls_context_);
            auto handshake = tls_->async_handshake(asio::ssl::stream_base::server,
                                                   asio::as_tuple(asio::deferred));
            const std::tuple<error_code> done = co_await std::move(handshake);
            if (std::get<0>(done))
                co_return;
        }
        for (;;) {
            request r;
            const bool whole = co_await read_request(r);
            if (!whole)
                co_return;
            response_script script = state_.arrived(r);
            if (script.finish) {
                co_await wait_for_others(script.latency);
                script = state_.finished(std::move(script), r);
            }
            const bool usable = co_await deliver(script, r);
            if (!usable)
                co_return;
            set_busy(false);
        }
    }

    asio::awaitable<void> misbehave()
    {
        const on_accept what = accepted_.script;
        bool alive = true;
        if (what == on_accept::stall)
            co_await ignore();
        else if (what != on_accept::close && what != on_accept::reset)
            alive = co_await fill();
        if (alive && what == on_accept::plain_text)
            co_await write(bad_request);
        drop(what == on_accept::reset || what == on_accept::reset_in_handshake);
    }

    // False when the connection has ended, or has to.
    asio::awaitable<bool> read_request(request& r)
    {
        for (;;) {
            const parsed p = parse_request(in_, r);
            if (p == parsed::bad) {
                co_await write(bad_request);
                co_return false;
            }
            const bool complete = p == parsed::complete;
            if (complete || !in_.empty()) {
                set_busy(true);
                const auto cut = state_.cut_request(complete ? r.raw.size() : in_.size(), complete);
                if (cut && cut->early)
                    co_await answer_early(*cut, r);
                else if (cut)
                    co_await end(*cut);
                if (cut)
                    co_return false;
            }
            if (complete) {
                describe(r);
                co_return true;
            }
            start_idle_timer();
            const bool more = co_await fill();
            stop_idle_timer();
            if (!more) {
                if (idle_)
                    co_await close(options_.close_notify);
                co_return false;
            }
        }
    }

    void describe(request& r)
    {
        r.time = std::chrono::steady_clock::now();
        r.connection = accepted_.number;
        r.ordinal = ++ordinal_;
        r.pipelined = !in_.empty();
        if (!tls_)
            return;
        SSL* ssl = tls_->native_handle();
        r.tls = true;
        r.tls_resumed = SSL_session_reused(ssl) == 1;
        r.tls_version = SSL_get_version(ssl);
        if (const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name))
            r.server_name = name;
        if (X509* certificate = SSL_get0_peer_certificate(ssl)) {
            char name[256];
            if (X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
                                          sizeof name) > 0)
                r.client_name = name;
        }
    }

    // True when the connection can be used for another request.
    asio::awaitable<bool> deliver(const response_script& s, const request& r)
    {
        bool alive = true;
        if (s.delay.count() > 0)
            alive = co_await pause(s.delay);
        if (alive && s.held)
            alive = co_await hold();
        if (!alive)
            co_return false;

        const wire_answer answer = render(s, r, state_.now());
        std::string_view bytes = answer.bytes;
        if (s.ending != ending::keep)
            bytes = bytes.substr(0, answer.offset(s.end_place));
        if (s.pause_place) {
            const std::size_t first = (std::min)(answer.offset(*s.pause_place), bytes.size());
            alive = co_await send(bytes.substr(0, first), s);
            if (alive)
                alive = co_await pause(s.pause);
            bytes.remove_prefix(first);
        }
        if (alive)
            alive = co_await send(bytes, s);
        if (!alive || s.ending == ending::keep)
            co_return alive;
        co_await end(s);
        co_return false;
    }

    // Answers a request of which only the beginning has been read.
    asio::awaitable<void> answer_early(const response_script& s, const request& r)
    {
        const bool open = co_await deliver(s, r);
        if (open)
            co_await ignore();
    }

    asio::awaitable<bool> send(std::string_view bytes, const response_script& s)
    {
        bool alive = true;
        while (alive && !bytes.empty()) {
            const std::string_view drop = s.drip_bytes == 0 ? bytes : bytes.substr(0, s.drip_bytes);
            alive = co_await write(drop);
            bytes.remove_prefix(drop.size());
            if (alive && !bytes.empty())
                alive = co_await pause(s.drip_interval);
        }
        co_return alive;
    }

    asio::awaitable<void> end(const response_script& s)
    {
        if (s.ending == ending::reset) {
            drop(true);
            co_return;
        }
        if (s.ending == ending::stall && s.end_place.of == place::part::request) {
            co_await ignore();
            co_return;
        }
        // The result is named: g++ 12 miscompiles `while (co_await ...)`.
        bool connected = s.ending == ending::stall || s.ending == ending::endless;
        while (connected) {
            in_.clear();
            if (s.ending == ending::stall)
                connected = co_await fill();
            else
                connected = co_await write(s.endless_piece);
        }
        if (s.ending == ending::close)
            co_await close(s.close_notify && options_.close_notify);
    }

    asio::awaitable<void> close(bool notify)
    {
        if (tls_ && notify) {
            // As if the client's close_notify had come: ours is sent, and not waited for.
            SSL_set_shutdown(tls_->native_handle(), SSL_RECEIVED_SHUTDOWN);
            auto shutdown = tls_->async_shutdown(asio::as_tuple(asio::deferred));
            co_await std::move(shutdown);
        }
        drop(false);
    }

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

    asio::awaitable<bool> hold()
    {
        holding_ = true;
        timer_.expires_at((asio::steady_timer::time_point::max)());
        state_.count_held(1);
        const bool alive = co_await wait_for_timer();
        state_.count_held(-1);
        holding_ = false;
        co_return alive;
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

    void start_idle_timer()
    {
        if (options_.idle_timeout.count() == 0 || !in_.empty())
            return;
        timer_.expires_after(options_.idle_timeout);
        timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (!ec && self->waiting_) {
                self->idle_ = true;
                error_code ignored;
                self->socket_.cancel(ignored);
            }
        });
        waiting_ = true;
    }

    void stop_idle_timer()
    {
        if (std::exchange(waiting_, false))
            timer_.cancel();
    }

    void set_busy(bool busy)
    {
        if (busy_ != busy)
            state_.count_busy(busy ? 1 : -1);
        busy_ = busy;
    }

    static constexpr std::string_view bad_request = "HTTP/1.1 400 Bad Request\r\n"
                                                    "Content-Type: text/plain; charset=utf-8\r\n"
                                                    "Connection: close\r\n\r\n400 Bad Request";

    asio::ip::tcp::socket socket_;
    asio::steady_timer timer_;
    std::optional<asio::ssl::stream<asio::ip::tcp::socket&>> tls_;
    mock_server_state& state_;
    const mock_server_options& options_;
    asio::ssl::context* tls_context_;
    const mock_server_state::accepted accepted_;
    std::array<char, 16 * 1024> chunk_;
    std::string in_; // received, and not yet part of a request
    std::size_t ordinal_ = 0;
    bool busy_ = false;
    bool holding_ = false;
    bool pausing_ = false;
    bool reading_ = false; // while pausing
    bool gone_ = false;    // the client, while pausing
    bool waiting_ = false; // for the first byte of a request, within the idle timeout
    bool idle_ = false;    // ... which is over
};

} // namespace openint::testing::detail

#endif
