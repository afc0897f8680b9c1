// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// Every way of Asio to wait for a call. Operations are coroutines; co_spawn takes one and any
// completion token.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/error_code.hpp>
#ifdef OPENINT_EXAMPLE_SPAWN // where Boost.Context can be linked
#include <boost/asio/spawn.hpp>
#endif

#include <chrono>
#include <cstdlib>
#include <exception>
#include <future>
#include <iostream>
#include <string>
#include <tuple>
#include <utility>

namespace asio = boost::asio;

namespace {

const std::string id = "conn_github_1";

void callback(asio::io_context& io, openint::client client)
{
    asio::co_spawn(io, client.get_connection(id),
                   [](std::exception_ptr e, const openint::connection& conn) {
                       std::cout << "callback: " << (e ? "failed" : conn.connector_name) << '\n';
                   });
    io.run();
    io.restart();
}

// For programs that have threads to wait in. Another thread runs the context, as a rule.
void future(asio::io_context& io, openint::client client)
{
    std::future<openint::connection> conn =
        asio::co_spawn(io, client.get_connection(id), asio::use_future);
    io.run();
    io.restart();
    std::cout << "future: " << conn.get().connector_name << '\n'; // or throws
}

// Does nothing until it is awaited, and so can be handed on: to a parallel_group, for example.
asio::awaitable<void> deferred(openint::client client)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    auto operation = asio::co_spawn(executor, client.get_connection(id), asio::deferred);
    const openint::connection conn = co_await std::move(operation)(asio::use_awaitable);
    std::cout << "deferred: " << conn.connector_name << '\n';
}

// The exception as a value. openint::as_result does the same for openint::error alone, with less.
asio::awaitable<void> tuple(openint::client client)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const std::tuple<std::exception_ptr, openint::connection> answer = co_await asio::co_spawn(
        executor, client.get_connection(id), asio::as_tuple(asio::use_awaitable));
    std::cout << "as_tuple: "
              << (std::get<0>(answer) ? "failed" : std::get<1>(answer).connector_name) << '\n';
}

#ifdef OPENINT_EXAMPLE_SPAWN
// A stack of its own instead of C++20's coroutines.
void stackful(asio::io_context& io, openint::client client)
{
    asio::spawn(
        io,
        [client](asio::yield_context yield) {
            // As a tuple: in Boost 1.81, the exception of a co_spawn does not compile without.
            const std::tuple<std::exception_ptr, openint::connection> answer = asio::co_spawn(
                yield.get_executor(), client.get_connection(id), asio::as_tuple(yield));
            std::cout << "spawn: "
                      << (std::get<0>(answer) ? "failed" : std::get<1>(answer).connector_name)
                      << '\n';
        },
        [](std::exception_ptr e) {
            if (e)
                std::rethrow_exception(e);
        });
    io.run();
    io.restart();
}
#endif

// A signal ends one call, wherever it is, and disturbs no other.
void cancellation(asio::io_context& io, openint::client client)
{
    asio::cancellation_signal stop;
    asio::co_spawn(io, client.get_connection("conn_manual_1"), // which is never answered
                   asio::bind_cancellation_slot(
                       stop.slot(), [](std::exception_ptr e, const openint::connection&) {
                           try {
                               if (e)
                                   std::rethrow_exception(e);
                           } catch (const openint::error& error) {
                               if (error.code() == asio::error::operation_aborted)
                                   std::cout << "cancelled\n";
                           }
                       }));

    asio::steady_timer later(io, std::chrono::milliseconds(50));
    later.async_wait(
        [&stop](boost::system::error_code) { stop.emit(asio::cancellation_type::terminal); });
    io.run();
    io.restart();
}

asio::awaitable<void> in_a_coroutine(openint::client client)
{
    co_await deferred(client);
    co_await tuple(client);
}

} // namespace

int main()
try {
    openint::testing::mock_server server;
    server.when("/connection/conn_manual_1", openint::testing::stall());
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();

    asio::io_context io;
    const openint::client client(io, config);
    callback(io, client);
    future(io, client);
    asio::co_spawn(io, in_a_coroutine(client), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    io.restart();
#ifdef OPENINT_EXAMPLE_SPAWN
    stackful(io, client);
#endif
    cancellation(io, client);
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
