// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What a user's file has in it.

#include <openint/client.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace asio = boost::asio;

asio::awaitable<void> show(openint::client client, std::string id)
{
    const openint::connection conn = co_await client.get_connection(
        id, {.include_secrets = true, .expand = openint::connection_expand::connector});
    std::cout << conn.id << (conn.usable() ? " is usable\n" : " needs attention\n");
}

int main(int argc, char** argv)
{
    asio::io_context io;
    openint::client client(io);
    asio::co_spawn(io, show(client, argc > 1 ? argv[1] : "conn_1"), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
}
