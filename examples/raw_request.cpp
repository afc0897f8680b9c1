// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// An operation that has no function of its own: any path, any body, any type for the answer.
// Retries, deadlines, tokens and errors are those of every call.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace asio = boost::asio;
namespace testing = openint::testing;

// As much of the answer as the program needs; what else comes is skipped.
struct usage_report
{
    struct row
    {
        std::string connector_name;
        int calls = 0;
    };
    std::string month;
    std::vector<row> rows;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(usage_report::row, (), (connector_name, calls))
BOOST_DESCRIBE_STRUCT(usage_report, (), (month, rows, note))

namespace {

asio::awaitable<void> report(openint::client client)
{
    // Behind the base URL's path, with a query that is encoded for you, as JSON.
    const boost::json::value page = co_await client.get("connection", {{"limit", "2"}});
    std::cout << page.at("items").as_array().size() << " connections\n";

    // With a slash in front: instead of the base URL's path. The answer as a type of your own.
    const usage_report usage =
        co_await client.get<usage_report>("/v2/usage", {{"month", "2026-05"}});
    for (const usage_report::row& row : usage.rows)
        std::cout << usage.month << ' ' << row.connector_name << ' ' << row.calls << '\n';

    // A body is a JSON object or a described struct; it has a name, and not longer than the call
    // of the function.
    const boost::json::object body{{"id", "cus_raw"}, {"metadata", {{"plan", "free"}}}};
    const boost::json::value customer = co_await client.put("customer", body);
    std::cout << boost::json::serialize(customer.at("metadata")) << '\n';
}

} // namespace

int main()
try {
    testing::mock_server server;
    server.when("/v2/usage", testing::respond(200, R"({
        "month": "2026-05", "rows": [{"connector_name": "github", "calls": 42, "errors": 1}]})"));

    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();

    asio::io_context io;
    asio::co_spawn(io, report(openint::client(io, config)), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
