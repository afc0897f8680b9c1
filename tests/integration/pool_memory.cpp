// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <utility>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace asio = boost::asio;

BOOST_AUTO_TEST_SUITE(pool_memory)

// Frames of coroutines are what the compiler makes of them: the limits hold for optimized code of
// g++.
#if defined(__GLIBC__) && defined(__OPTIMIZE__) && !defined(__clang__) &&                          \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
namespace {

constexpr std::size_t waiters = 10'000;

std::size_t memory_in_use()
{
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

// Bytes for each of many calls that wait for the only connection, which hangs.
template <class Call>
std::size_t bytes_per_waiter(Call call)
{
    openint::testing::mock_server server;
    server.next_connection(openint::testing::on_accept::stall);
    asio::io_context io;
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.pool.max_connections = 1;
    const openint::client client{io, config};
    asio::co_spawn(io, call(client), asio::detached);
    while (server.connections_accepted() == 0)
        io.poll();

    const std::size_t before = memory_in_use();
    for (std::size_t i = 0; i != waiters; ++i)
        asio::co_spawn(io, call(client), asio::detached);
    io.poll();
    return (memory_in_use() - before) / waiters;
}

template <class T>
asio::awaitable<T> idle(asio::steady_timer& timer)
{
    auto waiting = timer.async_wait(asio::deferred);
    co_await std::move(waiting);
    co_return T{};
}

// Bytes for each of many coroutines that wait for a timer to return a T.
template <class T>
std::size_t bytes_per_coroutine()
{
    asio::io_context io;
    asio::steady_timer timer(io, asio::steady_timer::time_point::max());
    const std::size_t before = memory_in_use();
    for (std::size_t i = 0; i != waiters; ++i)
        asio::co_spawn(io, idle<T>(timer), asio::detached);
    io.poll();
    return (memory_in_use() - before) / waiters;
}

} // namespace

// Asio keeps room for the answer in each coroutine that returns it, from the beginning: in the
// call's and in co_spawn's. Any coroutine has that; what counts is what a call takes beyond it. Of
// that, some 150 bytes are the memory in which a waiter is resumed, reserved before it waits.
BOOST_AUTO_TEST_CASE(waiting_is_cheap)
{
    const std::size_t small =
        bytes_per_waiter([](const openint::client& c) { return c.delete_connection("conn_x"); });
    const std::size_t large =
        bytes_per_waiter([](const openint::client& c) { return c.get_connection("conn_x"); });
    const std::size_t alone = bytes_per_coroutine<openint::deleted>();
    const std::size_t alone_large = bytes_per_coroutine<openint::connection>();
    BOOST_TEST_MESSAGE("bytes per waiter: " << small << " instead of " << alone
                                            << ", for a connection " << large << " instead of "
                                            << alone_large);
    BOOST_TEST(small <= 2944u);
    BOOST_TEST(small - alone <= 1920u);
    BOOST_TEST(large - alone_large <= 1920u);
}
#endif

BOOST_AUTO_TEST_SUITE_END()
