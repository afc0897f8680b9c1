// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The wall clock is set by an hour while something goes on: nothing may notice.

#include "support/service.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <string>

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace {

std::atomic<long> seconds_ahead = 0; // of this program's wall clock

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) noexcept
{
    const long result = ::syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && clock == CLOCK_REALTIME)
        now->tv_sec += seconds_ahead;
    return static_cast<int>(result);
}

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::testing::answer;
using openint::testing::respond;
using test::run;
using test::service;

BOOST_AUTO_TEST_SUITE(wall_clock)

namespace {

struct set_by
{
    explicit set_by(std::chrono::seconds hours) { seconds_ahead = hours.count(); }
    ~set_by() { seconds_ahead = 0; }
};

constexpr std::chrono::seconds changes[] = {1h, -1h};

std::chrono::steady_clock::duration elapsed_since(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::steady_clock::now() - begin;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_clock_of_this_test_can_be_set)
{
    const auto before = std::chrono::system_clock::now();
    const set_by hour(1h);
    const auto moved = std::chrono::system_clock::now() - before;
    BOOST_TEST((moved >= 1h && moved < 1h + 1min));
}

BOOST_DATA_TEST_CASE_F(service, during_a_call, boost::unit_test::data::make({0, 1}), which)
{
    server.next(answer().hold());
    std::string id;
    asio::co_spawn(io, client.with_options({.timeout = 30s}).get_connection("conn_github_1"),
                   [&](const std::exception_ptr& e, const openint::connection& c) {
                       id = e ? "failed" : c.id;
                   });
    while (!server.wait_until_held(1, 1ms))
        io.poll();
    const set_by hour(changes[which]);
    io.run_for(20ms);
    BOOST_TEST(id.empty());
    server.release();
    io.restart();
    io.run();
    BOOST_TEST(id == "conn_github_1");
}

BOOST_DATA_TEST_CASE_F(service, during_a_pause, boost::unit_test::data::make({0, 1}), which)
{
    openint::client_config config = test::config_for(server);
    config.retry.initial_delay = config.retry.max_delay = 20ms;
    config.log.level = openint::log_level::warn;
    config.log.sink = [&](const openint::log_event& event) {
        if (event.kind == openint::log_kind::retry)
            seconds_ahead = changes[which].count();
    };
    const set_by none(0s);
    const openint::client patient(io, config);
    server.next(respond(503));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(run(io, patient.get_connection("conn_github_1")).id == "conn_github_1");
    BOOST_TEST(seconds_ahead == changes[which].count());
    BOOST_TEST((elapsed_since(begin) < 10s));
}

BOOST_DATA_TEST_CASE_F(service, while_a_connection_is_idle, boost::unit_test::data::make({0, 1}),
                       which)
{
    BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    const set_by hour(changes[which]);
    BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_DATA_TEST_CASE_F(service, before_a_deadline, boost::unit_test::data::make({0, 1}), which)
{
    server.next(answer().hold());
    const openint::client hasty = client.with_options({.timeout = 50ms, .max_retries = 0});
    const auto begin = std::chrono::steady_clock::now();
    std::exception_ptr ended;
    asio::co_spawn(io, hasty.get_connection("conn_github_1"),
                   [&](std::exception_ptr e, const openint::connection&) { ended = e; });
    io.poll();
    const set_by hour(changes[which]);
    io.restart();
    io.run();
    BOOST_TEST((elapsed_since(begin) >= 50ms && elapsed_since(begin) < 10s));
    BOOST_REQUIRE(ended);
    try {
        std::rethrow_exception(ended);
    } catch (const openint::error& e) {
        BOOST_TEST(e.code() == errc::timeout);
    }
    server.release();
}

// A date is a wish by the server's clock, and its answer says what that is.
BOOST_DATA_TEST_CASE_F(service, where_the_server_names_a_date, boost::unit_test::data::make({0, 1}),
                       which)
{
    const set_by hour(changes[which]);
    server.next(respond(503)
                    .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                    .header("Retry-After", "Sun, 06 Nov 1994 08:49:38 GMT"));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(
        run(io, client.with_options({.max_retries = 1}).get_connection("conn_github_1")).id ==
        "conn_github_1");
    BOOST_TEST((elapsed_since(begin) >= 1s && elapsed_since(begin) < 10s));
}

BOOST_AUTO_TEST_SUITE_END()
