// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// Structs of your own for what is free-form: the metadata of customers and connections, and the
// settings of a connector. Boost.Describe names their members; the library does the rest.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace asio = boost::asio;

enum class plan
{
    free,
    team,
};
BOOST_DESCRIBE_ENUM(plan, free, team)

// What we store with a customer.
struct account
{
    std::string company;
    openint::open_enum<::plan> plan; // or any other text, from a version of us that knows more
    std::optional<int> seats;        // left out when there is none
    std::vector<std::string> labels;
};
BOOST_DESCRIBE_STRUCT(account, (), (company, plan, seats, labels))

// The settings of a connector. A secret is never printed, and is sent as it is.
struct acme_settings
{
    openint::secret api_key;
};
BOOST_DESCRIBE_STRUCT(acme_settings, (), (api_key))

namespace {

asio::awaitable<void> store_and_read(openint::client client)
{
    const account mine{"Analytical Engines", plan::team, 12, {"beta", "london"}};
    const openint::customer customer =
        co_await client.upsert_customer({.id = "cus_engines", .metadata = mine});

    const account stored = openint::json::read<account>(boost::json::serialize(customer.metadata));
    std::cout << stored.company << ": " << stored.plan << ", " << *stored.seats << " seats\n";

    const acme_settings settings{openint::secret("acme_12345")};
    const openint::connection created = co_await client.create_connection(
        {.connector_config_id = "ccfg_acme-apikey_1",
         .customer_id = "cus_engines",
         .data = {.connector_name = "acme-apikey", .settings = settings}});

    const openint::connection conn =
        co_await client.get_connection(created.id, {.include_secrets = true});
    const auto read =
        openint::json::read<acme_settings>(boost::json::serialize(conn.settings->extra.reveal()));
    std::cout << read.api_key << ' '
              << (read.api_key == settings.api_key ? "is the key" : "is another") << '\n';

    // What is printed or logged by mistake has no secret in it.
    std::cout << openint::json::write(read) << '\n';
}

} // namespace

int main()
try {
    openint::testing::mock_server server;
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();

    asio::io_context io;
    asio::co_spawn(io, store_and_read(openint::client(io, config)), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
