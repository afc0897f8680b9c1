// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Host names: look-ups, and which of their addresses are tried, in which order.

#include "support/lookups.hpp"
#include "support/service.hpp"

#include <openint/transport/happy_eyeballs.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <string>
#include <system_error>
#include <vector>

#include <pthread.h>

namespace asio = boost::asio;
namespace lookups = test::lookups;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using test::contains;
using test::failure_of;
using test::run;
using test::text;

BOOST_AUTO_TEST_SUITE(addresses)

namespace {

// A server on 127.0.0.1, and a client that knows it by name and tries once.
struct named
{
    named()
        : client(io, config())
    {}
    ~named() { lookups::release(); }

    openint::client_config config() const
    {
        openint::client_config c = test::config_for(server);
        c.base_url.replace(c.base_url.find("127.0.0.1"), 9, "host.test");
        c.retry.max_retries = 0;
        return c;
    }
    std::string get() { return run(io, client.get_connection("conn_github_1")).id; }

    // Starts a call that notes its id when it has been answered.
    void start(std::vector<std::string>& answered)
    {
        asio::co_spawn(io, client.get_connection("conn_github_1"),
                       [&](const std::exception_ptr& e, const openint::connection& c) {
                           answered.push_back(e ? "failed" : c.id);
                       });
    }

    openint::testing::mock_server server;
    asio::io_context io;
    openint::client client;
};

// Takes no connection and refuses none: its queue is full.
class deaf
{
public:
    deaf(asio::io_context& io, const char* address, unsigned short port)
        : listener_(io)
        , fill_{asio::ip::tcp::socket(io), asio::ip::tcp::socket(io), asio::ip::tcp::socket(io)}
    {
        const asio::ip::tcp::endpoint here(asio::ip::make_address(address), port);
        listener_.open(here.protocol());
        listener_.bind(here);
        listener_.listen(0);
        for (auto& filling : fill_)
            filling.async_connect(here, [](const boost::system::error_code&) {});
    }

private:
    asio::ip::tcp::acceptor listener_;
    asio::ip::tcp::socket fill_[3];
};

std::vector<asio::ip::tcp::endpoint> endpoints(const std::vector<const char*>& texts)
{
    std::vector<asio::ip::tcp::endpoint> all;
    for (const char* const address : texts)
        all.emplace_back(asio::ip::make_address(address), 80);
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(families_take_turns)
{
    const auto check = [](const std::vector<const char*>& given,
                          const std::vector<const char*>& expected) {
        BOOST_TEST(
            (openint::transport::interleave_families(endpoints(given)) == endpoints(expected)));
    };
    check({}, {});
    check({"127.0.0.1", "127.0.0.2"}, {"127.0.0.1", "127.0.0.2"});
    check({"::1", "::2", "::3", "127.0.0.1"}, {"::1", "127.0.0.1", "::2", "::3"});
    check({"127.0.0.1", "::1", "127.0.0.2", "::2"}, {"127.0.0.1", "::1", "127.0.0.2", "::2"});
}

BOOST_FIXTURE_TEST_CASE(one_that_refuses_gives_way_to_the_next, named)
{
    for (const char* const refusing : {"127.0.0.9", "::1"}) {
        lookups::set("host.test", {refusing, "127.0.0.1"});
        const auto begin = std::chrono::steady_clock::now();
        BOOST_TEST(get() == "conn_github_1");
        BOOST_TEST((std::chrono::steady_clock::now() - begin < 200ms)); // at once
        server.close_connections();
        BOOST_REQUIRE(server.wait_until_open(0));
    }
    lookups::set("host.test", {"127.0.0.9", "127.0.0.8"});
    const error e = failure_of(io, client.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == errc::connect);
    BOOST_TEST((e.cause() == asio::error::connection_refused));
    BOOST_TEST(contains(text(e), "cannot connect to host.test:" + std::to_string(server.port())));
    lookups::set("host.test", {});
    const error unknown = failure_of(io, client.get_connection("conn_github_1"));
    BOOST_TEST(unknown.code() == errc::resolve);
    BOOST_TEST(contains(text(unknown), "cannot look up host.test"));
}

// A connection stays where it is; a new one goes to where the name is now.
BOOST_FIXTURE_TEST_CASE(a_name_that_moves_is_followed, named)
{
    const openint::testing::mock_server next(
        {.address = "127.0.0.2", .port = server.port(), .token = server.token()});
    lookups::set("host.test", {"127.0.0.1"});
    BOOST_TEST(get() == "conn_github_1");
    lookups::set("host.test", {"127.0.0.2"});
    BOOST_TEST(get() == "conn_github_1");
    BOOST_TEST(server.request_count() == 2u);
    server.close_connections();
    BOOST_REQUIRE(server.wait_until_open(0));
    BOOST_TEST(get() == "conn_github_1");
    BOOST_TEST(server.request_count() == 2u);
    BOOST_TEST(next.request_count() == 1u);
}

BOOST_FIXTURE_TEST_CASE(one_that_does_not_answer_has_a_quarter_of_a_second, named)
{
    const deaf first(io, "127.0.0.2", server.port());
    io.poll();
    lookups::set("host.test", {"127.0.0.2", "127.0.0.1"});
    std::vector<std::string> answered;
    openint::response_info info;
    client = client.with_options({.info = &info});
    start(answered);
    while (answered.empty()) // the connections that fill the queue go on
        io.run_one();
    BOOST_TEST(answered.front() == "conn_github_1");
    BOOST_TEST((info.timings.connecting >= 250ms));
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_FIXTURE_TEST_CASE(look_ups_are_shared, named)
{
    lookups::set("host.test", {"127.0.0.1"});
    lookups::hang();
    const std::size_t before = lookups::made();
    std::vector<std::string> answered;
    for (int i = 0; i != 5; ++i)
        start(answered);
    while (lookups::hanging() == 0)
        io.poll();
    lookups::release();
    io.run();
    BOOST_TEST(answered == std::vector<std::string>(5, "conn_github_1"));
    BOOST_TEST(lookups::made() - before == 1u);
}

BOOST_FIXTURE_TEST_CASE(the_last_good_answer_serves_while_a_look_up_hangs, named)
{
    lookups::set("host.test", {"127.0.0.1"});
    BOOST_TEST(get() == "conn_github_1");
    server.close_connections();
    BOOST_REQUIRE(server.wait_until_open(0));
    lookups::hang();
    std::vector<std::string> first;
    std::vector<std::string> second;
    io.restart();
    start(first);
    while (lookups::hanging() == 0)
        io.poll();
    start(second);
    while (second.empty())
        io.run_one();
    BOOST_TEST(second.front() == "conn_github_1");
    BOOST_TEST(first.empty());
    lookups::release();
    io.run();
    BOOST_TEST(first.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_look_up_that_hangs_does_not_hold_up_the_call, named)
{
    lookups::hang();
    std::string what;
    asio::co_spawn(io, client.with_options({.timeout = 30ms}).get_connection("conn_github_1"),
                   [&](const std::exception_ptr& e, const openint::connection&) {
                       try {
                           std::rethrow_exception(e);
                       } catch (const error& problem) {
                           BOOST_TEST(problem.code() == errc::timeout);
                           what = problem.what();
                       }
                   });
    while (what.empty())
        io.run_one();
    BOOST_TEST(contains(what, "timed out while looking up the host name"));
    BOOST_TEST(lookups::hanging() == 1u);
}

BOOST_FIXTURE_TEST_CASE(numeric_hosts_are_not_looked_up, named)
{
    const std::size_t before = lookups::made();
    asio::io_context own;
    const openint::client numeric(own, test::config_for(server));
    BOOST_TEST(run(own, numeric.get_connection("conn_github_1")).id == "conn_github_1");
    BOOST_TEST(lookups::made() == before);
}

// A look-up needs a thread, which the system can refuse.
BOOST_FIXTURE_TEST_CASE(a_look_up_that_cannot_begin, named)
{
    lookups::set("host.test", {"127.0.0.1"});
    pthread_attr_t usual;
    pthread_attr_t impossible;
    BOOST_REQUIRE(::pthread_getattr_default_np(&usual) == 0);
    BOOST_REQUIRE(::pthread_getattr_default_np(&impossible) == 0);
    BOOST_REQUIRE(::pthread_attr_setstacksize(&impossible, std::size_t(1) << 46) == 0);
    BOOST_REQUIRE(::pthread_setattr_default_np(&impossible) == 0);
    std::exception_ptr problem;
    try {
        get();
    } catch (...) {
        problem = std::current_exception();
    }
    BOOST_REQUIRE(::pthread_setattr_default_np(&usual) == 0);
    BOOST_REQUIRE(problem);
    BOOST_CHECK_EXCEPTION(std::rethrow_exception(problem), error, [](const error& e) {
        return e.code() == errc::connect && e.cause() == std::errc::resource_unavailable_try_again;
    });
    BOOST_TEST(get() == "conn_github_1"); // it is not for ever
}

BOOST_AUTO_TEST_SUITE_END()
