// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// How to test code that uses the library: the server is in the test's process, behaves like the
// service, and misbehaves on request. This file is a suite of Boost.Test, whose main() is in
// another: one that defines BOOST_TEST_MODULE and includes <boost/test/included/unit_test.hpp>.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <string>
#include <utility>

namespace asio = boost::asio;
namespace testing = openint::testing;
using namespace std::chrono_literals;

// The code under test: what a page shows about a customer's account.

namespace {

asio::awaitable<std::string> account_line(openint::client client, std::string id)
{
    const openint::result<openint::connection> conn = co_await openint::as_result(
        client.with_options({.total_timeout = 2s}).get_connection(id, {.include_secrets = true}));
    if (!conn)
        co_return conn.error().code() == openint::condition::not_found ? "no such account"
                                                                       : "please try again later";
    co_return conn->connector_name + (conn->usable() ? ": connected" : ": please connect again");
}

// A server, a client for it, and a loop to run both in.
struct service
{
    testing::mock_server server;
    asio::io_context io;
    openint::client client{io, config()};

    openint::client_config config() const
    {
        openint::client_config c;
        c.token = openint::secret(server.token());
        c.base_url = server.url();
        return c;
    }

    std::string line(std::string id)
    {
        std::future<std::string> text =
            asio::co_spawn(io, account_line(client, std::move(id)), asio::use_future);
        io.restart();
        io.run();
        return text.get();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(accounts, service)

BOOST_AUTO_TEST_CASE(an_account_that_works)
{
    BOOST_TEST(line("conn_github_1") == "github: connected");

    BOOST_TEST_REQUIRE(server.requests().size() == 1u);
    const testing::request asked = server.requests().front();
    BOOST_TEST(asked.path() == "/v1/connection/conn_github_1");
    BOOST_TEST(asked.query() == "include_secrets=true");
}

BOOST_AUTO_TEST_CASE(an_account_that_does_not)
{
    server.add(R"({"id": "conn_ours", "connector_name": "slack", "status": "disconnected"})");
    BOOST_TEST(line("conn_ours") == "slack: please connect again");
    BOOST_TEST(line("conn_nobody") == "no such account");
}

BOOST_AUTO_TEST_CASE(a_fault_that_passes_is_not_seen)
{
    server.next(testing::respond(503).header("Retry-After", "0"));
    server.next(testing::reset_before_answer());
    BOOST_TEST(line("conn_github_1") == "github: connected");
    BOOST_TEST(server.request_count() == 3u);
}

BOOST_AUTO_TEST_CASE(a_fault_that_stays_is)
{
    server.always(testing::respond(500).header("Retry-After", "0"));
    BOOST_TEST(line("conn_github_1") == "please try again later");
}

BOOST_AUTO_TEST_CASE(an_answer_that_never_comes)
{
    server.next(testing::stall_after(testing::in_body(10)));
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(line("conn_github_1") == "please try again later");
    BOOST_TEST((std::chrono::steady_clock::now() - start < 10s));
}

BOOST_AUTO_TEST_SUITE_END()
