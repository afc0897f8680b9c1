// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Every executor of Asio's, as the client's and as the caller's.

#include "support/service.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/system_executor.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>
#include <boost/version.hpp>
#if BOOST_VERSION >= 108800
#include <boost/asio/cancel_after.hpp>
#endif

#include <chrono>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::testing::mock_server;

BOOST_AUTO_TEST_SUITE(executors)

namespace {

// All the contexts that there are, running.
struct contexts
{
    asio::io_context io;
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
    std::jthread thread{[this] { io.run(); }};
    asio::thread_pool pool{2};

    ~contexts() { work.reset(); }

    auto all()
    {
        return std::tuple(io.get_executor(), asio::make_strand(io), pool.get_executor(),
                          asio::make_strand(pool), asio::system_executor(),
                          asio::make_strand(asio::system_executor()),
                          asio::any_io_executor(pool.get_executor()));
    }
};

// The coroutine's own executor type is the caller's: co_spawn leads from one to the other.
template <class Executor>
asio::awaitable<std::string, Executor> id_of(Executor executor, openint::client client)
{
    const openint::connection conn = co_await asio::co_spawn(
        executor, client.get_connection("conn_github_1"), asio::use_awaitable_t<Executor>());
    co_return conn.id;
}

} // namespace

BOOST_AUTO_TEST_CASE(of_the_client_and_of_the_caller)
{
    contexts c;
    int calls = 0;
    std::apply(
        [&](auto... clients) {
            const auto with = [&](const asio::any_io_executor& executor) {
                mock_server server;
                const openint::client client(executor, test::config_for(server));
                std::apply(
                    [&](auto... callers) {
                        const auto call = [&](const auto& caller) {
                            BOOST_TEST(asio::co_spawn(caller,
                                                      client.get_connection("conn_github_1"),
                                                      asio::use_future)
                                           .get()
                                           .id == "conn_github_1");
                            BOOST_TEST(
                                asio::co_spawn(caller, id_of(caller, client), asio::use_future)
                                    .get() == "conn_github_1");
                            calls += 2;
                        };
                        (call(callers), ...);
                    },
                    c.all());
            };
            (with(clients), ...);
        },
        c.all());
    BOOST_TEST(calls == 98);
}

BOOST_AUTO_TEST_CASE(a_context_is_as_good_as_its_executor)
{
    mock_server server;
    asio::thread_pool pool(1);
    const openint::client client(pool, test::config_for(server));
    BOOST_TEST((client.get_executor() == asio::any_io_executor(pool.get_executor())));
    BOOST_TEST(
        asio::co_spawn(pool, client.get_connection("conn_github_1"), asio::use_future).get().id ==
        "conn_github_1");
}

#if BOOST_VERSION >= 108800
namespace {

asio::awaitable<void> newer_tokens(mock_server& server, openint::client client)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;

    auto operation = asio::co_spawn(executor, client.get_connection("conn_github_1")); // deferred
    const openint::connection conn = co_await std::move(operation);
    BOOST_TEST(conn.id == "conn_github_1");

    server.next(openint::testing::stall());
    auto limited = asio::co_spawn(executor, client.get_connection("conn_github_1"),
                                  asio::cancel_after(50ms, asio::deferred));
    try {
        co_await std::move(limited);
        BOOST_ERROR("was answered");
    } catch (const openint::error& e) {
        BOOST_TEST(e.code() == asio::error::operation_aborted);
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(tokens_that_came_later)
{
    mock_server server;
    asio::io_context io;
    test::run(io, newer_tokens(server, openint::client(io, test::config_for(server))));
}
#endif

BOOST_AUTO_TEST_SUITE_END()
