// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// What can go wrong, and how to tell: exceptions, results, conditions, and retries in the log.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string>

namespace asio = boost::asio;
namespace testing = openint::testing;

namespace {

// With exceptions: catch what you can do something about, let the rest pass.
asio::awaitable<std::optional<openint::connection>> find(openint::client client, std::string id)
{
    try {
        co_return co_await client.get_connection(id);
    } catch (const openint::error& e) {
        if (e.code() != openint::condition::not_found)
            throw;
    }
    co_return std::nullopt;
}

// Without: the same errors as values.
asio::awaitable<std::string> advice(openint::client client, std::string id)
{
    const openint::result<openint::connection> conn =
        co_await openint::as_result(client.get_connection(id, {.include_secrets = true}));

    if (conn && conn->usable())
        co_return "go on";
    if (conn) // an account that cannot be used is an answer, not an error
        co_return "ask the customer to connect again";

    const openint::error& e = conn.error();
    if (e.code() == openint::condition::unauthorized)
        co_return "check the API key: " + e.message(); // the server's words
    if (e.code() == openint::condition::rate_limited ||
        e.code() == openint::condition::server_error)
        co_return "try later, status " + std::to_string(e.status());
    if (e.code() == openint::errc::timeout || e.code() == openint::errc::connect)
        co_return "look at the network";
    if (e.code() == openint::errc::invalid_argument)
        co_return "correct the program";
    co_return e.what(); // readable, and never with a secret
}

asio::awaitable<void> all(openint::client client, testing::mock_server& server)
{
    const std::optional<openint::connection> nobody = co_await find(client, "conn_nobody");
    std::cout << "conn_nobody: " << (nobody ? "found" : "not found") << '\n';

    for (const std::string id : {"conn_github_1", "conn_expired_1", ""}) {
        const std::string text = co_await advice(client, id);
        std::cout << '"' << id << "\": " << text << '\n';
    }

    // A failed attempt is made again by itself. The log shows it.
    server.next(testing::respond(503).header("Retry-After", "0"));
    std::cout << "after one failure: " << co_await advice(client, "conn_github_1") << '\n';

    // Twice at most, unless told otherwise; then the last answer is the error.
    server.next(testing::respond(429).header("Retry-After", "0"), 3);
    std::cout << "after three: " << co_await advice(client, "conn_github_1") << '\n';

    const openint::client stranger = client.with_token(openint::secret("key_of_nobody"));
    std::cout << "with another key: " << co_await advice(stranger, "conn_github_1") << '\n';
}

void print(const openint::log_event& event)
{
    if (event.kind == openint::log_kind::retry)
        std::cout << "  log: attempt " << event.attempt << " failed with status " << event.status
                  << ", again in " << std::chrono::duration<double>(event.elapsed).count()
                  << " s\n";
}

} // namespace

int main()
try {
    testing::mock_server server;
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.log = {.level = openint::log_level::warn, .sink = print};

    asio::io_context io;
    asio::co_spawn(io, all(openint::client(io, config), server), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
