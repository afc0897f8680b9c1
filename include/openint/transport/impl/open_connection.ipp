// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_OPEN_IPP
#define OPENINT_IMPL_HTTP_OPEN_IPP

#include <openint/http/open.hpp>

#include <openint/error.hpp>
#include <openint/http/connect.hpp>
#include <openint/http/proxy.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <tuple>
#include <utility>

namespace openint::http {

OPENINT_DECL failure stopped_failure(stop_reason reason, const char* doing)
{
    switch (reason) {
    case stop_reason::timeout:
        return {.code = errc::timeout, .detail = std::string("timed out while ") + doing};
    case stop_reason::cancelled:
        return {.code = boost::asio::error::operation_aborted,
                .detail = std::string("cancelled while ") + doing};
    default:
        return {.code = errc::closed, .detail = "the client's execution context was shut down"};
    }
}

namespace detail {

// Stops the race also where the coroutine is destroyed while it waits.
struct race_guard
{
    std::shared_ptr<connect_race> race;
    ~race_guard()
    {
        if (race)
            race->stop();
    }
};

// Takes the deadline back also where the coroutine is destroyed while it waits.
struct deadline_guard
{
    deadline_queue& deadlines;
    waiter& who;
    ~deadline_guard() { deadlines.remove(who); }
};

inline boost::asio::awaitable<stop_reason> wait(pool& p, std::shared_ptr<waiter> who, time_point at)
{
    p.deadlines().set(*who, at);
    const deadline_guard guard{p.deadlines(), *who};
    const cancellation_watch caller(co_await boost::asio::this_coro::cancellation_state);
    auto operation = who->async_wait(boost::asio::deferred);
    const stop_reason reason = co_await std::move(operation);
    // It may have come too late for the waiter.
    co_return reason == stop_reason::none&& caller.cancelled() ? stop_reason::cancelled : reason;
}

// Looks the host up and connects a socket to it.
inline boost::asio::awaitable<failure> open_socket(pool& p, const std::shared_ptr<connection>& c,
                                                   time_point at)
{
    const url& host = p.options().proxy ? *p.options().proxy : p.options().origin;
    auto looked_up = std::make_shared<waiter>();
    auto addresses = p.resolver().ask(looked_up);
    if (!addresses) {
        auto waiting = wait(p, looked_up, at);
        const stop_reason reason = co_await std::move(waiting);
        if (reason != stop_reason::none)
            co_return stopped_failure(reason, "looking up the host name");
        const resolver::lookup found = p.resolver().answer();
        if (found.error)
            co_return failure{.code = errc::resolve,
                              .cause = found.error,
                              .detail =
                                  "cannot look up " + host.host + ": " + found.error.message()};
        addresses = found.addresses;
    }

    auto connected = std::make_shared<waiter>();
    const race_guard guard{
        std::make_shared<connect_race>(p.executor(), std::move(*addresses), connected)};
    guard.race->start();
    auto waiting = wait(p, connected, at);
    const stop_reason reason = co_await std::move(waiting);
    if (reason != stop_reason::none)
        co_return stopped_failure(reason, "connecting");
    std::optional<connect_race::socket> socket = guard.race->take();
    if (!socket)
        co_return failure{.code = errc::connect,
                          .cause = guard.race->error(),
                          .detail = "cannot connect to " + host.authority() + ": " +
                                    guard.race->error().message()};
    c->open(std::move(*socket));
    co_return failure{};
}

// Asks the proxy for a tunnel to the origin (RFC 9110, 9.3.6).
inline boost::asio::awaitable<failure> open_tunnel(pool& p, const std::shared_ptr<connection>& c)
{
    const url& origin = p.options().origin;
    const std::string target =
        (origin.host.find(':') == std::string::npos ? origin.host : "[" + origin.host + "]") + ":" +
        std::to_string(origin.port);
    c->output = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target +
                "\r\nUser-Agent: " + p.options().user_agent + "\r\n";
    if (p.options().proxy->credentials)
        c->output += "Proxy-Authorization: " + proxy_authorization(*p.options().proxy) + "\r\n";
    c->output += "\r\n";
    const auto lost = [&](const boost::system::error_code& cause) {
        return failure{.code = errc::proxy,
                       .cause = cause,
                       .detail = "the proxy did not answer CONNECT: " + cause.message()};
    };

    for (std::size_t written = 0; written != c->output.size();) {
        boost::system::error_code ec;
        written += c->write_some(boost::asio::buffer(c->output) + written, ec);
        if (ec == boost::asio::error::would_block) {
            auto waiting = unblock(*c);
            ec = co_await std::move(waiting);
        }
        if (c->stopped() != stop_reason::none)
            co_return stopped_failure(c->stopped(), "asking the proxy");
        if (ec)
            co_return lost(ec);
    }

    c->answer->start(true); // an answer to CONNECT has no body
    while (!c->answer->done()) {
        auto operation = c->async_receive(as_outcome);
        const auto outcome = co_await std::move(operation);
        if (c->stopped() != stop_reason::none)
            co_return stopped_failure(c->stopped(), "waiting for the proxy");
        const auto got = c->take(std::get<0>(outcome), std::get<1>(outcome));
        if (got.stream || got.answer)
            co_return lost(got.stream ? got.stream : got.answer);
    }
    const unsigned status = c->answer->status();
    if (status / 100 != 2)
        co_return failure{.code = errc::proxy,
                          .detail =
                              "the proxy refused the tunnel with status " + std::to_string(status),
                          .refused = status < 500};
    if (!c->answer->drained())
        co_return failure{.code = errc::proxy,
                          .detail = "the proxy sent something before the tunnel was used"};
    co_return failure{};
}

inline boost::asio::awaitable<failure> handshake(pool& p, const std::shared_ptr<connection>& c)
{
    tls_channel& channel = c->wrap(*p.options().tls);
    SSL* const ssl = channel.native_handle();
    prepare_tls(ssl, p.options().origin.host, p.options().verify);
    p.sessions().offer(ssl);
    boost::system::error_code ec = channel.handshake();
    while (ec == boost::asio::error::would_block && c->stopped() == stop_reason::none) {
        auto waiting = unblock(*c);
        ec = co_await std::move(waiting);
        if (!ec)
            ec = channel.handshake();
    }
    if (c->stopped() != stop_reason::none)
        co_return stopped_failure(c->stopped(), "doing the TLS handshake");
    if (!ec)
        co_return failure{};
    const std::string problem = certificate_problem(ssl);
    const bool certificate = !problem.empty();
    co_return failure{.code = errc::tls,
                      .cause = ec,
                      .detail = certificate
                                    ? "the certificate of " + p.options().origin.host +
                                          " was refused: " + problem
                                    : "the TLS handshake with " + p.options().origin.authority() +
                                          " failed: " + ec.message(),
                      .certificate = certificate};
}

} // namespace detail

OPENINT_DECL boost::asio::awaitable<boost::system::error_code> unblock(connection& c)
{
    auto operation = c.async_receive(as_outcome);
    const auto outcome = co_await std::move(operation);
    co_return c.received(std::get<0>(outcome), std::get<1>(outcome));
}

OPENINT_DECL boost::asio::awaitable<failure> open(pool& p, const std::shared_ptr<connection>& c,
                                                  time_point at)
{
    auto connecting = detail::open_socket(p, c, at);
    failure f = co_await std::move(connecting);
    if (f)
        co_return f;
    p.deadlines().set(*c, at);
    if (p.options().proxy && p.options().tls) {
        auto tunnel = detail::open_tunnel(p, c);
        f = co_await std::move(tunnel);
    }
    if (!f && p.options().tls) {
        auto shaking_hands = detail::handshake(p, c);
        f = co_await std::move(shaking_hands);
    }
    co_return f;
}

} // namespace openint::http

#endif
