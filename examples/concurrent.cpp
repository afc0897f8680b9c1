// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// Several calls at once: both of two, the first of two, a hundred with a limit, and a deadline
// for all.
//
// One thread runs the context here. Where several do, `&&` and `||` need their coroutine on a
// strand: co_spawn(asio::make_strand(context), ...).

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

namespace {

// `&&` waits for both. If one throws, the other is cancelled and the exception comes out here.
asio::awaitable<void> both(openint::client client)
{
    const std::tuple<openint::connection, openint::viewer_info> answers =
        co_await (client.get_connection("conn_github_1") && client.viewer());

    std::cout << "both: " << std::get<0>(answers).connector_name << ", asked as "
              << std::get<1>(answers).role << '\n';
}

// `||` waits for the first that does not throw, and cancels the other. With as_result none throws,
// so that the first to end is the one that counts, whatever came of it.
asio::awaitable<void> either(openint::client client)
{
    const auto first = co_await (openint::as_result(client.get_connection("conn_manual_1")) ||
                                 openint::as_result(client.get_connection("conn_apikey_1")));

    const openint::result<openint::connection>& answer =
        first.index() == 0 ? std::get<0>(first) : std::get<1>(first);
    std::cout << "either: " << (answer ? answer->id : answer.error().message()) << '\n';
}

struct check_up
{
    std::vector<std::string> ids;
    std::size_t next = 0;
    int usable = 0;
    int failed = 0;
};

// Takes one id after the other, until none is left.
asio::awaitable<void> work_on(openint::client client, check_up& list)
{
    while (list.next != list.ids.size()) {
        const std::string& id = list.ids[list.next++];
        const openint::result<openint::connection> conn =
            co_await openint::as_result(client.get_connection(id));
        if (!conn)
            ++list.failed;
        else if (conn->usable())
            ++list.usable;
    }
}

// As many workers as there may be calls at a time.
asio::awaitable<void> check(openint::client client, check_up& list, std::size_t limit)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    using worker = decltype(asio::co_spawn(executor, work_on(client, list), asio::deferred));
    std::vector<worker> workers;
    for (std::size_t i = 0; i != limit; ++i)
        workers.push_back(asio::co_spawn(executor, work_on(client, list), asio::deferred));

    auto group = asio::experimental::make_parallel_group(std::move(workers));
    co_await group.async_wait(asio::experimental::wait_for_one_error(), asio::use_awaitable);
}

asio::awaitable<void> hundred(openint::client client)
{
    check_up list;
    for (int i = 0; i != 100; ++i)
        list.ids.push_back(i % 10 == 9 ? "conn_nobody" : "conn_github_1");
    co_await check(client, list, 8);
    std::cout << "hundred: " << list.usable << " usable, " << list.failed << " failed\n";
}

// A deadline for all of it: what is still in progress then is cancelled, and has ended when `||`
// returns. (For a single call, `total_timeout` does it.)
asio::awaitable<void> in_time(openint::client client)
{
    check_up list;
    list.ids = {"conn_github_1", "conn_manual_1"}; // the second is never answered
    asio::steady_timer deadline(co_await asio::this_coro::executor, 100ms);
    const auto first =
        co_await (check(client, list, 8) || deadline.async_wait(asio::use_awaitable));
    std::cout << "in time: " << (first.index() == 0 ? "yes" : "no") << '\n';
}

asio::awaitable<void> all(openint::client client)
{
    co_await both(client);
    co_await either(client);
    co_await hundred(client);
    co_await in_time(client);
}

} // namespace

int main()
try {
    openint::testing::mock_server server;
    server.when("/connection/conn_manual_1", openint::testing::stall()); // never answers

    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();

    asio::io_context io;
    asio::co_spawn(io, all(openint::client(io, config)), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
