// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// What every consumer builds and runs: a struct of the user's through JSON, a call (that is refused
// before any I/O), and the same from a second unit where there is one.

#include "shop.hpp"

#include <openint.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <iostream>
#include <string>

#ifdef CONSUMER_TWO_UNITS
std::string second_unit(const shop& value);
#endif

boost::asio::awaitable<void> call(openint::client client, bool& refused)
{
    const auto answer = co_await openint::as_result(client.get_connection(""));
    refused = !answer && answer.error().code() == openint::errc::invalid_argument;
}

int main()
{
    const auto value = openint::json::read<shop>(R"({"name": "corner", "orders": 7})");
    const std::string text = openint::json::write(value);
#ifdef CONSUMER_TWO_UNITS
    if (second_unit(value) != text)
        return 1;
#endif

    boost::asio::io_context io;
    bool refused = false;
    boost::asio::co_spawn(io, call(openint::client(io, {}), refused), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();

    std::cout << "openint " << openint::version << ' ' << text << '\n';
    return refused && text == R"({"name":"corner","orders":7})" ? 0 : 1;
}
