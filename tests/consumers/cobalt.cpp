// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// A call awaited by Boost.Cobalt's coroutines. Compiled, not linked: Debian has no library of it.

#include <openint.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/cobalt/main.hpp>
#include <boost/cobalt/op.hpp>
#include <boost/cobalt/promise.hpp>
#include <boost/cobalt/race.hpp>
#include <boost/cobalt/this_coro.hpp>

#include <string>

namespace asio = boost::asio;
namespace cobalt = boost::cobalt;

cobalt::promise<openint::connection> fetch(openint::client client, std::string id)
{
    const auto executor = co_await cobalt::this_coro::executor;
    co_return co_await asio::co_spawn(executor, client.get_connection(id), cobalt::use_op);
}

cobalt::main co_main(int, char**)
{
    const openint::client client(co_await cobalt::this_coro::executor);
    const auto first =
        co_await cobalt::race(fetch(client, "conn_github_1"), fetch(client, "conn_slack_1"));
    co_return static_cast<int>(first.index());
}
