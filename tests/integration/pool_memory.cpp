// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <cstddef>

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

} // namespace

// What co_spawn needs is counted, too. Asio keeps room for the answer in each coroutine that
// returns it, from the beginning: in the call's and in co_spawn's.
BOOST_AUTO_TEST_CASE(waiting_is_cheap)
{
    const std::size_t small =
        bytes_per_waiter([](const openint::client& c) { return c.delete_connection("conn_x"); });
    const std::size_t large =
        bytes_per_waiter([](const openint::client& c) { return c.get_connection("conn_x"); });
    BOOST_TEST_MESSAGE("bytes per waiter: " << small << ", for a connection " << large);
    BOOST_TEST(small <= 3072u);
    BOOST_TEST(large <= 3072u + 2 * sizeof(openint::connection));
}
#endif

BOOST_AUTO_TEST_SUITE_END()
