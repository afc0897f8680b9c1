// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// Fetches one connection and prints a summary of it.
//
//     get_connection [--json] [--expand] [ID]
//
// With OPENINT_API_KEY set it asks the service; without, a server that it starts itself.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace asio = boost::asio;

namespace {

struct options
{
    std::string id;
    bool json = false;
    bool expand = false;
};

void print_summary(const openint::connection& conn)
{
    const auto line = [](std::string_view name, const auto& value) {
        std::cout << name << std::string(16 - name.size(), ' ') << value << '\n';
    };
    line("connection", conn.id);
    line("connector", conn.connector_name);
    if (conn.customer_id)
        line("customer", *conn.customer_id);
    if (conn.status)
        line("status", *conn.status);
    line("usable", conn.usable() ? "yes" : "no");
    try {
        line("access token", conn.access_token()); // prints [redacted]
    } catch (const openint::error&) { // API keys and the like: --json shows them, redacted
        line("access token", "none");
    }
    if (!conn.updated_at.empty())
        line("updated", conn.updated_at);
}

asio::awaitable<void> show(openint::client client, options o)
{
    openint::get_connection_params params{.include_secrets = true};
    if (o.expand)
        params.expand = openint::connection_expand::connector;

    const openint::connection conn = co_await client.get_connection(o.id, params);
    if (o.json)
        std::cout << openint::json::write(conn, {.pretty = true}) << '\n';
    else
        print_summary(conn);
}

} // namespace

int main(int argc, char** argv)
try {
    options o;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument == "--json")
            o.json = true;
        else if (argument == "--expand")
            o.expand = true;
        else if (argument.starts_with("-") || !o.id.empty()) {
            std::cerr << "usage: " << argv[0] << " [--json] [--expand] [ID]\n";
            return 2;
        } else
            o.id = argument;
    }

    openint::client_config config = openint::client_config::from_env();
    std::unique_ptr<openint::testing::mock_server> server;
    if (config.token.empty()) {
        server = std::make_unique<openint::testing::mock_server>();
        config.token = openint::secret(server->token());
        config.base_url = server->url();
        std::cerr << "OPENINT_API_KEY is not set: asking an embedded server at " << server->url()
                  << '\n';
        if (o.id.empty())
            o.id = "conn_github_1";
    } else if (o.id.empty()) {
        std::cerr << "say which connection: " << argv[0] << " conn_...\n";
        return 2;
    }

    asio::io_context io;
    openint::client client(io, config);
    asio::co_spawn(io, show(client, o), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    return EXIT_SUCCESS;
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
