// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_OPEN_CONNECTION_IPP
#define OPENINT_TRANSPORT_IMPL_OPEN_CONNECTION_IPP

// From nothing to a connection that takes requests, a coroutine for each step: socket, tunnel,
// handshake. `open_connection`, at the end, calls them in this order.

#include <openint/transport/open_connection.hpp>

#include <openint/error.hpp>
#include <openint/http/proxy.hpp>
#include <openint/transport/connection_io.hpp>
#include <openint/transport/happy_eyeballs.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <string>
#include <tuple>
#include <utility>

namespace openint::transport {

namespace detail {

// Stops the race also where the coroutine is destroyed while it waits.
struct connect_guard
{
    std::shared_ptr<happy_eyeballs> race;
    ~connect_guard()
    {
        if (race)
            race->stop();
    }
};

// Looks the host up and connects a socket to it.
inline boost::asio::awaitable<failure>
open_socket(connection_pool& p, const std::shared_ptr<connection>& c, time_point at)
{
    const http::url& host = p.options().proxy ? *p.options().proxy : p.options().origin;
    auto looked_up = std::make_shared<waiter>();
    auto addresses = p.resolver().ask(looked_up);
    if (!addresses) {
        auto waiting = wait_until(p, looked_up, at);
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
    const connect_guard guard{
        std::make_shared<happy_eyeballs>(p.executor(), std::move(*addresses), connected)};
    guard.race->start();
    auto waiting = wait_until(p, connected, at);
    const stop_reason reason = co_await std::move(waiting);
    if (reason != stop_reason::none)
        co_return stopped_failure(reason, "connecting");
    if (c->stopped() != stop_reason::none)
        co_return stopped_failure(c->stopped(), "connecting");
    std::optional<happy_eyeballs::socket> socket = guard.race->take();
    if (!socket)
        co_return failure{.code = errc::connect,
                          .cause = guard.race->error(),
                          .detail = "cannot connect to " + host.authority() + ": " +
                                    guard.race->error().message()};
    c->open(std::move(*socket));
    co_return failure{};
}

// Asks the proxy for a tunnel to the origin (RFC 9110, 9.3.6).
inline boost::asio::awaitable<failure> open_tunnel(connection_pool& p,
                                                   const std::shared_ptr<connection>& c)
{
    const http::url& origin = p.options().origin;
    const std::string target =
        (origin.host.find(':') == std::string::npos ? origin.host : "[" + origin.host + "]") + ":" +
        std::to_string(origin.port);
    c->begin_output() = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target +
                        "\r\nUser-Agent: " + p.options().user_agent + "\r\n";
    if (p.options().proxy->credentials)
        c->output +=
            "Proxy-Authorization: " + http::proxy_authorization(*p.options().proxy) + "\r\n";
    c->output += "\r\n";
    const auto lost = [&](const boost::system::error_code& cause) {
        return failure{.code = errc::proxy,
                       .cause = cause,
                       .detail = "the proxy did not answer CONNECT: " + cause.message()};
    };

    boost::system::error_code ec = c->write_output();
    if (ec == boost::asio::error::would_block) {
        auto writing = finish_output(*c);
        ec = co_await std::move(writing);
    }
    if (c->stopped() != stop_reason::none)
        co_return stopped_failure(c->stopped(), "asking the proxy");
    if (ec)
        co_return lost(ec);

    c->parser->start_tunnel();
    while (!c->parser->done()) {
        auto operation = c->async_receive(deferred_tuple);
        const auto outcome = co_await std::move(operation);
        if (c->stopped() != stop_reason::none)
            co_return stopped_failure(c->stopped(), "waiting for the proxy");
        const auto got = c->take(std::get<0>(outcome), std::get<1>(outcome));
        if (got.stream || got.answer)
            co_return lost(got.stream ? got.stream : got.answer);
    }
    const unsigned status = c->parser->status();
    if (status / 100 != 2)
        co_return failure{.code = errc::proxy,
                          .detail =
                              "the proxy refused the tunnel with status " + std::to_string(status),
                          .refused = status < 500};
    if (!c->parser->drained())
        co_return failure{.code = errc::proxy,
                          .detail = "the proxy sent something before the tunnel was used"};
    co_return failure{};
}

// `resume`: with the session of an earlier connection, if there is one.
inline boost::asio::awaitable<failure> handshake(connection_pool& p,
                                                 const std::shared_ptr<connection>& c, bool resume)
{
    tls_channel& channel = c->wrap(*p.options().tls);
    SSL* const ssl = channel.native_handle();
    prepare_tls(ssl, p.options().origin.host, p.options().verify);
    const bool resuming = resume && p.sessions().offer(ssl);
    boost::system::error_code ec = channel.handshake();
    while (ec == boost::asio::error::would_block && c->stopped() == stop_reason::none) {
        auto waiting = wait_ready(*c);
        ec = co_await std::move(waiting);
        if (!ec)
            ec = channel.handshake();
    }
    if (c->stopped() != stop_reason::none)
        co_return stopped_failure(c->stopped(), "doing the TLS handshake");
    if (!ec)
        co_return failure{};
    std::string problem = certificate_problem(ssl);
    if (!problem.empty())
        co_return failure{.code = errc::tls,
                          .cause = ec,
                          .detail = "the certificate of " + p.options().origin.host +
                                    " was refused: " + problem,
                          .certificate = true};
    problem = handshake_problem(ec);
    const bool refused = !problem.empty();
    co_return failure{.code = errc::tls,
                      .cause = ec,
                      .detail = "the TLS handshake with " + p.options().origin.authority() +
                                " failed: " + (refused ? problem : ec.message()),
                      .refused = refused,
                      .stale_session =
                          resuming && ec.category() == boost::asio::error::get_ssl_category()};
}

} // namespace detail

OPENINT_DECL boost::asio::awaitable<failure>
open_connection(connection_pool& p, const std::shared_ptr<connection>& c, time_point at)
{
    failure f;
    try {
        for (bool resume = true;; resume = false) {
            auto connecting = detail::open_socket(p, c, at);
            f = co_await std::move(connecting);
            if (f)
                co_return f;
            if (c->stopped() != stop_reason::none)
                co_return stopped_failure(c->stopped(), "connecting");
            c->obey((co_await boost::asio::this_coro::cancellation_state).slot());
            p.deadlines()->set(*c, at);
            if (p.options().proxy && p.options().tls) {
                auto tunnel = detail::open_tunnel(p, c);
                f = co_await std::move(tunnel);
            }
            if (!f && p.options().tls) {
                auto shaking_hands = detail::handshake(p, c, resume);
                f = co_await std::move(shaking_hands);
            }
            if (!f.stale_session)
                break;
            p.sessions().refused(); // without one, the server may accept the client
            c->close_socket();
        }
    } catch (const boost::system::system_error& e) { // there is no thread to look up in, say
        if (e.code() == boost::asio::error::operation_aborted)
            throw;
        f = {.code = errc::connect,
             .cause = e.code(),
             .detail = std::string("cannot open a connection: ") + e.what()};
    }
    co_return f;
}

} // namespace openint::transport

#endif
