// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Calls from another execution context than the client's, and contexts that end in either order.

#include "support/service.hpp"
#include "support/stuck.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <thread>

namespace asio = boost::asio;
namespace data = boost::unit_test::data;
using namespace std::chrono_literals;
using openint::testing::mock_server;
using openint::testing::respond;
using test::outcome;
using test::phase;
using test::possible;
using test::release_soon;
using test::socket_count;
using test::stuck;

BOOST_AUTO_TEST_SUITE(two_contexts)

namespace {

const auto phases = data::make(test::all_phases);
const auto plain_and_tls = data::make({false, true});
const auto strands = data::make({false, true});

// The client's context, run by a thread of its own.
struct running_context
{
    asio::io_context io;
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
    std::jthread thread{[this] { io.run(); }};

    ~running_context() { work.reset(); }
};

// Runs both until `done`.
template <class Done>
void run_until(Done done, asio::io_context& a, asio::io_context& b)
{
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!done()) {
        BOOST_REQUIRE((std::chrono::steady_clock::now() < end));
        a.restart();
        b.restart();
        if (a.poll() + b.poll() == 0)
            a.run_one_for(1ms);
    }
}

} // namespace

// What a call is, wherever it comes from

BOOST_DATA_TEST_CASE(answers_and_errors, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    running_context theirs;
    asio::io_context io;
    const openint::client client(theirs.io, test::config_for(server));
    openint::response_info info;
    const openint::client watched = client.with_options({.max_retries = 1, .info = &info});

    const auto conn = test::run(io, watched.get_connection("conn_github_1"));
    BOOST_TEST(conn.id == "conn_github_1");
    BOOST_TEST(info.status == 200u);
    BOOST_TEST(info.attempts == 1);
    BOOST_TEST(info.headers.contains("Content-Type"));

    server.next(respond(404, R"({"message":"not here"})").header("X-Request-Id", "r1"));
    openint::error e = test::failure_of(io, watched.get_connection("conn_x"));
    BOOST_TEST(e.status() == 404u);
    BOOST_TEST(e.message() == "not here");
    BOOST_TEST(e.body() == R"({"message":"not here"})");
    BOOST_TEST(e.headers().find("X-Request-Id").value_or("") == "r1");
    BOOST_TEST(info.status == 404u);

    server.next(respond(503), 2);
    e = test::failure_of(io, watched.get_connection("conn_github_1"));
    BOOST_TEST(e.status() == 503u);
    BOOST_TEST(e.attempts() == 2);
    server.next(respond(200, "[]"));
    e = test::failure_of(io, client.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::errc::malformed_response);
    BOOST_TEST(e.status() == 200u);
    e = test::failure_of(io, client.get_connection(""));
    BOOST_TEST(e.code() == openint::errc::invalid_argument);

    auto pages = client.list_connections_pages({.limit = 3});
    pages.prefetch();
    BOOST_TEST(test::run(io, pages.collect()).items.size() > 3u);
    BOOST_TEST(server.connections_accepted() == 1u); // kept alive all the time
}

BOOST_AUTO_TEST_CASE(a_large_answer)
{
    mock_server server;
    const std::string text(3'000'000, 'x');
    server.always(respond(200, R"({"id":"conn_1","connector_name":")" + text + R"("})").gzip());
    running_context theirs;
    asio::io_context io;
    const openint::client client(theirs.io, test::config_for(server));
    for (int i = 0; i != 3; ++i)
        BOOST_TEST(test::run(io, client.get_connection("conn_1")).connector_name.size() ==
                   text.size());
    BOOST_TEST(server.connections_accepted() == 1u);
}

// One thread for both.
BOOST_DATA_TEST_CASE(a_context_within_a_context, strands, on_a_strand)
{
    mock_server server;
    asio::io_context theirs;
    asio::any_io_executor executor = theirs.get_executor();
    if (on_a_strand)
        executor = asio::make_strand(theirs);
    const openint::client client(executor, test::config_for(server));
    outcome o;
    // Begun where a handler of the client's context runs.
    asio::io_context io;
    asio::post(executor, [&] {
        asio::co_spawn(io, test::noted(client.get_connection("conn_github_1"), o), asio::detached);
        io.poll();
    });
    run_until([&] { return o.ended; }, theirs, io);
    BOOST_TEST(o.id == "conn_github_1");
}

// The caller's context goes first

BOOST_DATA_TEST_CASE(the_callers_context_is_destroyed, phases* plain_and_tls* strands, p, tls,
                     on_a_strand)
{
    if (!possible(p, tls))
        return;
    const socket_count sockets;
    stuck s(p, tls);
    asio::io_context theirs;
    const openint::client client(theirs, s.config);
    outcome neighbour;
    outcome o;
    std::optional<asio::io_context> io(std::in_place);
    asio::any_io_executor executor = io->get_executor();
    if (on_a_strand)
        executor = asio::make_strand(*io);
    asio::co_spawn(theirs, noted(s.neighbour(client), neighbour), asio::detached);
    s.wait_until_held(theirs);
    s.set_trap();
    asio::co_spawn(executor, noted(s.call(client), o), asio::detached);
    s.wait_until_reached(theirs, *io);

    executor = {};
    io.reset();
    BOOST_TEST(o.destroyed);
    BOOST_TEST(!o.ended);
    // The work is cancelled: what it used is closed, except that 503 has been an answer.
    theirs.restart();
    theirs.poll();
    BOOST_TEST(s.wait_until_open(p == phase::back_off ? 2 : 1));
    BOOST_TEST(!neighbour.ended);
    test::lookups::release();
    s.server.release();
    theirs.restart();
    theirs.run();
    BOOST_TEST(neighbour.id == "conn_apikey_1");
}

// The client's context goes first

BOOST_DATA_TEST_CASE(the_clients_context_is_destroyed, phases* plain_and_tls* strands, p, tls,
                     on_a_strand)
{
    if (!possible(p, tls))
        return;
    const socket_count sockets;
    stuck s(p, tls);
    asio::io_context io;
    std::optional<asio::io_context> theirs(std::in_place);
    asio::any_io_executor executor = theirs->get_executor();
    if (on_a_strand)
        executor = asio::make_strand(*theirs);
    const openint::client client(executor, s.config);
    executor = {};
    openint::response_info info;
    info.status = 1;
    outcome neighbour;
    outcome o;
    asio::co_spawn(io, noted(s.neighbour(client), neighbour), asio::detached);
    s.wait_until_held(*theirs, io);
    s.set_trap();
    asio::co_spawn(io, noted(s.call(client.with_options({.info = &info})), o), asio::detached);
    s.wait_until_reached(*theirs, io);

    {
        const release_soon soon;
        theirs.reset();
    }
    BOOST_TEST(!o.ended);
    io.restart();
    io.run();
    BOOST_TEST(o.error().code() == openint::errc::closed);
    BOOST_TEST(neighbour.error().code() == openint::errc::closed);
    BOOST_TEST(info.status == 0u);
    BOOST_TEST(s.wait_until_open(0));
    BOOST_TEST(test::failure_of(io, client.get_connection("conn_github_1")).code() ==
               openint::errc::closed);
}

// The answer is there, but its caller has not seen it.

BOOST_DATA_TEST_CASE(a_context_is_destroyed_between_answer_and_caller,
                     plain_and_tls* data::make({false, true}), tls, callers_first)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    std::optional<asio::io_context> io(std::in_place);
    outcome o;
    {
        std::optional<asio::io_context> client_context(std::in_place);
        const openint::client client(*client_context, test::config_for(server));
        asio::co_spawn(*io, noted(client.get_connection("conn_github_1"), o), asio::detached);
        io->poll();
        client_context->run(); // until the call has ended
        BOOST_TEST(server.request_count() == 1u);
        if (callers_first)
            io.reset();
        client_context.reset();
    }
    if (io)
        io->run();
    BOOST_TEST(o.destroyed);
    BOOST_TEST(o.ended == !callers_first);
    BOOST_TEST(o.id == (callers_first ? "" : "conn_github_1"));
}

// The client goes first

BOOST_DATA_TEST_CASE(the_client_is_destroyed, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    server.always(openint::testing::answer().hold());
    asio::io_context theirs;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    config.pool.max_connections = 2;
    std::optional<openint::client> client(std::in_place, theirs, config);
    std::vector<outcome> outcomes(5);
    for (outcome& o : outcomes)
        asio::co_spawn(io, noted(client->get_connection("conn_github_1"), o), asio::detached);
    while (!server.wait_until_held(2, 1ms)) {
        io.poll();
        theirs.restart();
        theirs.poll();
    }
    client.reset();
    server.clear_scripts();
    server.release();
    const auto all_ended = [&] {
        return std::all_of(outcomes.begin(), outcomes.end(),
                           [](const outcome& o) { return o.ended; });
    };
    run_until(all_ended, theirs, io);
    for (const outcome& o : outcomes)
        BOOST_TEST(o.id == "conn_github_1");
    BOOST_TEST(server.wait_until_open(0)); // the pool has gone with the last call
}

// Both run, each on threads of its own

namespace {

// Calls until the client's context has gone; then `closed` is set.
asio::awaitable<void> ask_until_closed(openint::client client, std::atomic<int>& answers,
                                       std::atomic<int>& wrong, std::atomic<int>& closed)
{
    for (;;) {
        const auto r = co_await openint::as_result(client.get_connection("conn_github_1"));
        if (r && r->id == "conn_github_1")
            ++answers;
        else if (!r && r.error().code() == openint::errc::closed)
            break;
        else
            ++wrong;
    }
    ++closed;
}

} // namespace

BOOST_DATA_TEST_CASE(the_clients_context_is_destroyed_while_the_callers_runs, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    std::atomic<int> answers{0};
    std::atomic<int> wrong{0};
    std::atomic<int> closed{0};
    asio::thread_pool callers(2);
    {
        asio::thread_pool theirs(2);
        openint::client_config config = test::config_for(server);
        config.pool.max_connections = 3;
        const openint::client client(theirs, config);
        for (int i = 0; i != 6; ++i)
            asio::co_spawn(callers, ask_until_closed(client, answers, wrong, closed),
                           asio::detached);
        BOOST_TEST(server.wait_for_requests(30));
        theirs.stop();
    }
    callers.join();
    BOOST_TEST(closed == 6);
    BOOST_TEST(wrong == 0);
    BOOST_TEST(answers > 0);
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_DATA_TEST_CASE(the_callers_context_is_destroyed_while_the_clients_runs, plain_and_tls, tls)
{
    const socket_count sockets;
    mock_server server({.tls = tls});
    asio::thread_pool theirs(2);
    {
        openint::client_config config = test::config_for(server);
        config.pool.max_connections = 3;
        const openint::client client(theirs, config);
        std::atomic<int> answers{0};
        std::atomic<int> wrong{0};
        std::atomic<int> closed{0};
        for (std::size_t round = 1; round != 16; ++round) {
            asio::thread_pool callers(2);
            for (int i = 0; i != 6; ++i)
                asio::co_spawn(callers, ask_until_closed(client, answers, wrong, closed),
                               asio::detached);
            BOOST_TEST(server.wait_for_requests(12 * round));
            callers.stop();
        }
        BOOST_TEST(wrong == 0);
        BOOST_TEST(closed == 0);
        // The pool has got over it.
        asio::io_context io;
        for (int i = 0; i != 5; ++i)
            BOOST_TEST(test::run(io, client.get_connection("conn_apikey_1")).id == "conn_apikey_1");
    }
    theirs.join();
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_SUITE_END()
