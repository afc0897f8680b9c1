// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Calls that are cancelled in each phase, in each way.

#include "support/run.hpp"
#include "support/stuck.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <ostream>
#include <string>
#include <string_view>

namespace asio = boost::asio;
namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using asio::cancellation_type;
using openint::log_kind;
using test::outcome;
using test::phase;
using test::possible;
using test::socket_count;
using test::stuck;

BOOST_AUTO_TEST_SUITE(cancellation)

namespace {

using call = asio::awaitable<openint::connection>;

// Who cancels, and what the caller thinks of it.
enum class way
{
    terminal,
    total,       // which the caller has enabled
    partial,     // likewise
    not_thrown,  // the caller has turned throw_if_cancelled off
    not_allowed, // total, then partial, which pass no filter: nothing happens until terminal
    a_timer      // `||` on a strand
};
constexpr way all_ways[] = {way::terminal,   way::total,       way::partial,
                            way::not_thrown, way::not_allowed, way::a_timer};

std::ostream& operator<<(std::ostream& out, way w)
{
    constexpr const char* names[] = {"terminal",   "total",       "partial",
                                     "not thrown", "not allowed", "a timer"};
    return out << names[static_cast<int>(w)];
}

asio::awaitable<void> caller(call c, outcome& o, way w)
{
    if (w == way::total)
        co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    if (w == way::partial)
        co_await asio::this_coro::reset_cancellation_state(asio::enable_partial_cancellation());
    if (w == way::not_thrown)
        co_await asio::this_coro::throw_if_cancelled(false);
    co_await noted(std::move(c), o);
}

asio::awaitable<void> ends_with(asio::steady_timer& fuse)
{
    boost::system::error_code ignored;
    co_await fuse.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> caller_with_timer(call c, outcome& o, asio::steady_timer& fuse)
{
    co_await (noted(std::move(c), o) || ends_with(fuse));
}

template <class Done>
bool poll_until(Done done, asio::io_context& a, asio::io_context& b)
{
    const auto end = std::chrono::steady_clock::now() + 5s;
    while (!done()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        a.restart();
        b.restart();
        if (a.poll() + b.poll() == 0)
            a.run_one_for(1ms);
    }
    return true;
}

} // namespace

BOOST_DATA_TEST_CASE(in_each_phase,
                     data::make(test::all_phases) * data::make({false, true}) *
                         data::make(all_ways) * data::make({false, true}),
                     p, tls, w, from_another_context)
{
    if (!possible(p, tls))
        return;
    const socket_count sockets;
    stuck s(p, tls);
    asio::io_context theirs;
    asio::io_context other;
    asio::io_context& io = from_another_context ? other : theirs;
    const openint::client client(theirs, s.config);
    outcome neighbour;
    asio::co_spawn(theirs, noted(s.neighbour(client), neighbour), asio::detached);
    s.wait_until_held(theirs);
    s.set_trap();

    outcome o;
    bool returned = false;
    asio::cancellation_signal signal;
    asio::steady_timer fuse(io, asio::steady_timer::time_point::max());
    const auto done = [&](std::exception_ptr) { returned = true; };
    if (w == way::a_timer)
        asio::co_spawn(asio::make_strand(io), caller_with_timer(s.call(client), o, fuse), done);
    else
        asio::co_spawn(io, caller(s.call(client), o, w),
                       asio::bind_cancellation_slot(signal.slot(), done));
    s.wait_until_reached(theirs, io);
    BOOST_TEST(!o.ended);

    switch (w) {
    case way::not_allowed:
        signal.emit(cancellation_type::total);
        signal.emit(cancellation_type::partial);
        for (int i = 0; i != 10; ++i) {
            theirs.poll();
            io.poll();
        }
        BOOST_TEST(!o.ended);
        [[fallthrough]];
    case way::terminal:
    case way::not_thrown:
        signal.emit(cancellation_type::terminal);
        break;
    case way::total:
        signal.emit(cancellation_type::total);
        break;
    case way::partial:
        signal.emit(cancellation_type::partial);
        break;
    case way::a_timer:
        fuse.cancel();
        break;
    }
    BOOST_REQUIRE(poll_until([&] { return returned; }, theirs, io));
    BOOST_TEST((o.error().code() == asio::error::operation_aborted));
    BOOST_TEST(s.says_so(o.error()), o.error().what());

    // Its connection is closed, except that a 503 was a whole answer; others are not disturbed.
    BOOST_TEST(s.wait_until_open(p == phase::back_off ? 2 : 1));
    BOOST_TEST(!neighbour.ended);
    test::lookups::release();
    s.server.clear_scripts().release();
    if (p == phase::connecting)
        test::lookups::set("host.test", {"127.0.0.1"});
    outcome next;
    asio::co_spawn(io, noted(client.get_connection("conn_github_1"), next), asio::detached);
    BOOST_TEST(poll_until([&] { return next.ended && neighbour.ended; }, theirs, io));
    BOOST_TEST(neighbour.id == "conn_apikey_1");
    BOOST_TEST(next.id == "conn_github_1");
    // Nothing keeps the contexts going.
    BOOST_TEST(poll_until(
        [&] {
            io.restart();
            theirs.restart();
            return io.poll() + theirs.poll() == 0 && io.stopped() && theirs.stopped();
        },
        theirs, io));
}

// Between two operations: where the log is written, which happens nowhere else than there.

namespace {

struct place
{
    const char* name;
    log_kind kind;
    std::string_view message; // where the kind does not say it
    const char* says;
};
std::ostream& operator<<(std::ostream& out, const place& p) { return out << p.name; }

const place places[] = {
    {"granted a connection", log_kind::pool, "waited for a connection", "connecting"},
    {"connected", log_kind::connect, "", "sending the request"},
    {"sent", log_kind::request, "", "reading the answer"},
    {"answered", log_kind::response, "", "waiting to try again"},
    {"about to pause", log_kind::retry, "", "waiting to try again"},
};

} // namespace

BOOST_DATA_TEST_CASE(between_two_operations, data::make(places) * data::make({false, true}), at,
                     thrown)
{
    const socket_count sockets;
    openint::testing::mock_server server;
    asio::io_context io;
    asio::cancellation_signal signal;
    bool armed = true;
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.pool.max_connections = 1;
    config.retry.initial_delay = config.retry.max_delay = 1min;
    config.log = test::said().hearing(
        {.level = openint::log_level::debug, .sink = [&](const openint::log_event& e) {
             if (armed && e.kind == at.kind && e.target.ends_with("conn_github_1") &&
                 (at.message.empty() || e.message == at.message)) {
                 armed = false;
                 signal.emit(cancellation_type::terminal);
             }
         }});
    const openint::client client(io, config);
    outcome first;
    outcome o;
    if (at.kind == log_kind::pool)
        asio::co_spawn(io, noted(client.get_connection("conn_apikey_1"), first), asio::detached);
    server.next([](const openint::testing::request& r) { return r.target.ends_with("github_1"); },
                openint::testing::respond(503));
    asio::co_spawn(
        io,
        caller(client.get_connection("conn_github_1"), o, thrown ? way::terminal : way::not_thrown),
        asio::bind_cancellation_slot(signal.slot(), asio::detached));
    const auto begin = std::chrono::steady_clock::now();
    io.run();
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 30s)); // not after the pause
    BOOST_TEST(!armed);
    BOOST_TEST((o.error().code() == asio::error::operation_aborted));
    BOOST_TEST((std::string(o.error().what()).find(at.says) != std::string::npos),
               o.error().what());
    server.clear_scripts(); // if the call did not come to the 503
    BOOST_TEST(test::run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
}

// After the operation has ended, and before the coroutine goes on.
BOOST_DATA_TEST_CASE(behind_an_operation, data::make({false, true}), thrown)
{
    const socket_count sockets;
    openint::testing::mock_server server;
    asio::io_context io;
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.pool.max_connections = 1;
    config.log = test::said().hearing();
    const openint::client client(io, config);
    asio::cancellation_signal signal;
    outcome first;
    outcome o;
    // When the first call has returned, its connection has been granted to the second one.
    const auto first_caller = [](call c, outcome& done,
                                 asio::cancellation_signal& stop) -> asio::awaitable<void> {
        co_await noted(std::move(c), done);
        stop.emit(cancellation_type::terminal);
    };
    asio::co_spawn(io, first_caller(client.get_connection("conn_apikey_1"), first, signal),
                   asio::detached);
    asio::co_spawn(
        io,
        caller(client.get_connection("conn_github_1"), o, thrown ? way::terminal : way::not_thrown),
        asio::bind_cancellation_slot(signal.slot(), asio::detached));
    io.run();
    BOOST_TEST(first.id == "conn_apikey_1");
    BOOST_TEST((o.error().code() == asio::error::operation_aborted));
    BOOST_TEST(server.request_count() == 1u);
    BOOST_TEST(test::run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
}

// A coroutine that has been cancelled may still want to tidy up.
BOOST_DATA_TEST_CASE(a_call_after_the_cancellation, data::make({false, true}), from_another_context)
{
    openint::testing::mock_server server;
    asio::io_context theirs;
    asio::io_context other;
    asio::io_context& io = from_another_context ? other : theirs;
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    const openint::client client(theirs, config);
    asio::cancellation_signal signal;
    outcome o;
    const auto tidy_up = [](openint::client c, outcome& done) -> asio::awaitable<void> {
        co_await asio::this_coro::throw_if_cancelled(false);
        asio::steady_timer timer(co_await asio::this_coro::executor,
                                 asio::steady_timer::time_point::max());
        co_await ends_with(timer);
        co_await noted(c.get_connection("conn_github_1"), done);
    };
    asio::co_spawn(io, tidy_up(client, o),
                   asio::bind_cancellation_slot(signal.slot(), asio::detached));
    io.poll();
    signal.emit(cancellation_type::terminal);
    BOOST_TEST(poll_until([&] { return o.ended; }, theirs, io));
    BOOST_TEST(o.id == "conn_github_1");
}

BOOST_AUTO_TEST_SUITE_END()
