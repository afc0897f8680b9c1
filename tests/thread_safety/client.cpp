// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// One client under many threads, strands and contexts. What the tests compare is the outcome of
// each call; races are the thread sanitizer's to find.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;
using openint::testing::mock_server;
using openint::testing::mock_server_options;

BOOST_AUTO_TEST_SUITE(threads)

namespace {

// The server answers with the id that it was asked for. Ids tell what it does: "conn_stall..." gets
// no answer, "conn_slow..." a late one, "conn_lost..." a reset.
openint::testing::response echo(const openint::testing::request& r)
{
    const std::string id(r.path().substr(r.path().rfind('/') + 1));
    if (id.starts_with("conn_stall"))
        return openint::testing::stall();
    if (id.starts_with("conn_lost"))
        return openint::testing::reset_before_answer();
    auto answer =
        openint::testing::respond(200, R"({"id":")" + id + R"(","connector_name":"github"})");
    if (id.starts_with("conn_slow"))
        answer.delay(10ms);
    return answer;
}

struct echo_server : mock_server
{
    explicit echo_server(bool tls = false)
        : mock_server(mock_server_options{.tls = tls})
    {
        always(echo);
    }

    openint::client_config config() const
    {
        openint::client_config c;
        c.token = openint::secret(token());
        c.base_url = url();
        c.tls.ca_file = ca_file();
        c.pool.max_connections = 8;
        c.retry.max_retries = 0;
        return c;
    }
};

// What became of the calls.
struct tally
{
    std::atomic<int> good{0};
    std::atomic<int> timed_out{0};
    std::atomic<int> cancelled{0};
    std::atomic<int> lost{0};
    std::atomic<int> wrong{0};
    std::atomic<int> running{0};

    void count(const openint::result<openint::connection>& r, std::string_view id)
    {
        if (r)
            ++(r->id == id ? good : wrong);
        else if (r.error().code() == openint::errc::timeout)
            ++timed_out;
        else if (r.error().code() == asio::error::operation_aborted)
            ++cancelled;
        else if (r.error().code() == openint::errc::connection_lost)
            ++lost;
        else {
            ++wrong;
            const std::lock_guard lock(mutex_);
            what_ += std::string(r.error().what()) + '\n';
        }
    }

    // The completion handler of coroutines that must not throw.
    auto ended()
    {
        ++running;
        return [this](std::exception_ptr e) {
            --running;
            if (e)
                ++wrong;
        };
    }

    void check(int good_ones)
    {
        BOOST_TEST(good == good_ones);
        BOOST_TEST(wrong == 0);
        BOOST_TEST(running == 0);
        BOOST_TEST(what_ == "");
    }

private:
    std::mutex mutex_;
    std::string what_;
};

void run_by(int threads, asio::io_context& io)
{
    std::vector<std::jthread> others;
    for (int i = 1; i != threads; ++i)
        others.emplace_back([&] { io.run(); });
    io.run();
}

asio::awaitable<void> ask(openint::client client, std::string prefix, int times, tally& t)
{
    for (int i = 0; i != times; ++i) {
        const std::string id = prefix + "_" + std::to_string(i);
        const auto r = co_await openint::as_result(client.get_connection(id));
        t.count(r, id);
    }
}

// Every call through a handle of its own.
asio::awaitable<void> ask_by_handles(openint::client client, std::string prefix, int times,
                                     tally& t)
{
    openint::response_info info;
    for (int i = 0; i != times; ++i) {
        const std::string id = prefix + "_" + std::to_string(i);
        const auto r = co_await openint::as_result(
            client.with_options({.timeout = 30s, .info = &info}).get_connection(id));
        t.count(r, id);
        if (info.status != 200 || info.attempts != 1)
            ++t.wrong;
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(four_threads_a_thousand_requests)
{
    echo_server server;
    asio::io_context io(4);
    const openint::client client(io, server.config());
    tally t;
    for (int i = 0; i != 40; ++i)
        asio::co_spawn(io,
                       (i % 2 ? ask : ask_by_handles)(client, "conn_" + std::to_string(i), 25, t),
                       t.ended());
    run_by(4, io);
    t.check(1000);
    BOOST_TEST(server.connections_accepted() <= 8u);
}

BOOST_AUTO_TEST_CASE(four_threads_over_tls)
{
    echo_server server(true);
    asio::io_context io(4);
    const openint::client client(io, server.config());
    tally t;
    for (int i = 0; i != 20; ++i)
        asio::co_spawn(io, ask(client, "conn_" + std::to_string(i), 15, t), t.ended());
    run_by(4, io);
    t.check(300);
    BOOST_TEST(server.connections_accepted() <= 8u);
}

BOOST_AUTO_TEST_CASE(connections_that_break_on_all_threads)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        asio::io_context io(4);
        const openint::client client(io, server.config());
        tally t;
        for (int i = 0; i != 8; ++i) {
            asio::co_spawn(io, ask(client, "conn_" + std::to_string(i), 20, t), t.ended());
            asio::co_spawn(io, ask(client, "conn_lost_" + std::to_string(i), 10, t), t.ended());
        }
        run_by(4, io);
        t.check(160);
        BOOST_TEST(t.lost == 80);
    }
}

BOOST_AUTO_TEST_CASE(strands)
{
    echo_server server;
    asio::io_context io(4);
    const openint::client client(io, server.config());
    tally t;
    for (int i = 0; i != 20; ++i)
        asio::co_spawn(asio::make_strand(io), ask(client, "conn_" + std::to_string(i), 10, t),
                       t.ended());
    run_by(4, io);
    t.check(200);
}

BOOST_AUTO_TEST_CASE(thread_pool)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        tally t;
        {
            asio::thread_pool pool(4);
            const openint::client client(pool, server.config());
            for (int i = 0; i != 10; ++i)
                asio::co_spawn(pool, ask(client, "conn_" + std::to_string(i), 10, t), t.ended());
            pool.join();
        }
        t.check(100);
    }
}

// The client's I/O runs on one context, the coroutines on another.
BOOST_AUTO_TEST_CASE(two_contexts)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        asio::io_context io(2);
        asio::io_context ours(2);
        const openint::client client(io, server.config());
        tally t;
        for (int i = 0; i != 10; ++i)
            asio::co_spawn(ours, ask(client, "conn_" + std::to_string(i), 10, t), t.ended());
        auto work = asio::make_work_guard(io);
        std::jthread second([&] { run_by(2, io); });
        run_by(2, ours);
        work.reset();
        second.join();
        t.check(100);
    }
}

// Deadlines fire on whichever thread runs the timer, also while an answer comes.
BOOST_AUTO_TEST_CASE(deadlines)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        asio::io_context io(4);
        const openint::client client(io, server.config());
        tally t;
        std::atomic<int> early{0};
        const auto stalled = [](openint::client c, std::chrono::milliseconds timeout, tally& count,
                                std::atomic<int>& too_early) -> asio::awaitable<void> {
            for (int i = 0; i != 5; ++i) {
                const auto begin = std::chrono::steady_clock::now();
                const auto r = co_await openint::as_result(
                    c.with_options({.timeout = timeout + 1ms * i}).get_connection("conn_stall"));
                count.count(r, "conn_stall");
                if (std::chrono::steady_clock::now() - begin < timeout + 1ms * i)
                    ++too_early;
            }
        };
        for (int i = 0; i != 16; ++i) {
            asio::co_spawn(io, stalled(client, 1ms + 3ms * i, t, early), t.ended());
            asio::co_spawn(
                io,
                ask(client.with_options({.timeout = 10ms}), "conn_slow_" + std::to_string(i), 5, t),
                t.ended());
            asio::co_spawn(io, ask(client, "conn_" + std::to_string(i), 5, t), t.ended());
        }
        run_by(4, io);
        BOOST_TEST(t.good >= 80);
        BOOST_TEST(t.timed_out >= 80);
        BOOST_TEST(t.good + t.timed_out == 240);
        BOOST_TEST(t.wrong == 0);
        BOOST_TEST(early == 0);
    }
}

namespace {

// Calls that have no answer, each given up by a timer.
asio::awaitable<void> give_up(openint::client client, int times, tally& t)
{
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (int i = 0; i != times; ++i) {
        timer.expires_after(1ms * (i % 7));
        const auto r = co_await (openint::as_result(client.get_connection("conn_stall")) ||
                                 timer.async_wait(asio::use_awaitable));
        if (r.index() == 1)
            ++t.cancelled;
        else
            t.count(std::get<0>(r), "conn_stall");
    }
}

// Calls that are given up at about the time when they are answered.
asio::awaitable<void> give_up_late(openint::client client, int times, std::atomic<int>& ended)
{
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (int i = 0; i != times; ++i) {
        timer.expires_after(10ms);
        co_await (openint::as_result(client.get_connection("conn_slow")) ||
                  timer.async_wait(asio::use_awaitable));
        ++ended;
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(cancellation_on_strands)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        asio::io_context io(4);
        asio::io_context ours(2);
        const openint::client client(io, server.config());
        tally t;
        std::atomic<int> ended{0};
        for (int i = 0; i != 12; ++i) {
            asio::io_context& context = i % 3 == 0 ? ours : io;
            asio::co_spawn(asio::make_strand(context), give_up(client, 10, t), t.ended());
            asio::co_spawn(asio::make_strand(context), give_up_late(client, 5, ended), t.ended());
            asio::co_spawn(context, ask(client, "conn_" + std::to_string(i), 10, t), t.ended());
        }
        auto work = asio::make_work_guard(io);
        std::jthread second([&] { run_by(3, io); });
        run_by(2, ours);
        work.reset();
        second.join();
        t.check(120);
        BOOST_TEST(t.cancelled == 120);
        BOOST_TEST(ended == 60);
    }
}

// Signals from a thread that has nothing to do with the contexts, sent through the strand.
BOOST_AUTO_TEST_CASE(signals_from_outside)
{
    echo_server server;
    asio::io_context io(4);
    openint::client_config config = server.config();
    config.pool.max_connections = 4; // most of them are cancelled while they wait
    const openint::client client(io, config);
    tally t;
    struct call
    {
        explicit call(asio::io_context& context)
            : strand(asio::make_strand(context))
        {}
        asio::strand<asio::io_context::executor_type> strand;
        asio::cancellation_signal signal;
    };
    std::list<call> calls;
    for (int i = 0; i != 40; ++i) {
        call& c = calls.emplace_back(io);
        asio::co_spawn(c.strand, ask(client, "conn_stall_" + std::to_string(i), 1, t),
                       asio::bind_cancellation_slot(c.signal.slot(), t.ended()));
    }
    std::jthread outside([&] {
        for (call& c : calls)
            asio::dispatch(c.strand, [&c] { c.signal.emit(asio::cancellation_type::terminal); });
    });
    run_by(4, io);
    outside.join();
    // A coroutine that was not begun yet ends with an exception of Asio's, before any call.
    BOOST_TEST(t.cancelled + t.wrong == 40);
    BOOST_TEST(t.good == 0);

    io.restart();
    asio::co_spawn(io, ask(client, "conn_after", 1, t), t.ended());
    io.run();
    BOOST_TEST(t.good == 1);
}

// The last handle goes while calls are in progress on other threads.
BOOST_AUTO_TEST_CASE(handles_that_go_early)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        asio::io_context io(4);
        tally t;
        {
            const openint::client client(io, server.config());
            for (int i = 0; i != 16; ++i)
                asio::co_spawn(io, client.get_connection("conn_slow"),
                               [&t](std::exception_ptr e, const openint::connection&) {
                                   ++(e ? t.wrong : t.good);
                               });
        }
        run_by(4, io);
        t.check(16);

        auto work = asio::make_work_guard(io);
        io.restart();
        std::jthread running([&] { run_by(3, io); });
        for (int i = 0; i != 10; ++i) {
            const openint::client client(io, server.config());
            asio::co_spawn(io, ask(client, "conn_" + std::to_string(i), 3, t), t.ended());
        }
        work.reset();
        running.join();
        t.check(46);
    }
}

// The pool

BOOST_AUTO_TEST_CASE(first_come_first_served)
{
    echo_server server;
    server.always([](const openint::testing::request& r) { return echo(r).hold(); });
    asio::io_context io;
    openint::client_config config = server.config();
    config.pool.max_connections = 1;
    const openint::client client(io, config);
    tally t;
    const std::string letters = "abcdefghijkl";
    for (const char letter : letters)
        asio::co_spawn(io, ask(client, std::string("conn_") + letter, 1, t), t.ended());
    std::jthread releasing([&] {
        for (std::size_t i = 0; i != letters.size(); ++i)
            if (server.wait_until_held(1) && server.wait_for_requests(i + 1))
                server.release();
    });
    io.run();
    t.check(12);
    std::string order;
    for (const auto& r : server.requests())
        order += r.target.at(std::string_view("/v1/connection/conn_").size());
    BOOST_TEST(order == letters);
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_AUTO_TEST_CASE(more_callers_than_connections)
{
    for (const bool tls : {false, true}) {
        echo_server server(tls);
        asio::io_context io(4);
        openint::client_config config = server.config();
        config.pool.max_connections = 3;
        const openint::client client(io, config);
        tally t;
        for (int i = 0; i != 150; ++i)
            asio::co_spawn(io, ask(client, "conn_" + std::to_string(i), 2, t), t.ended());
        run_by(4, io);
        t.check(300);
        BOOST_TEST(server.connections_accepted() <= 3u);
    }
}

BOOST_AUTO_TEST_CASE(waiters_end_one_by_one)
{
    echo_server server;
    server.when("/connection/conn_first", [](const auto& r) { return echo(r).hold(); });
    asio::io_context io;
    openint::client_config config = server.config();
    config.pool.max_connections = 1;
    const openint::client client(io, config);
    const auto one = [](openint::client c, std::string id, std::string& log, std::string& where,
                        std::function<void()> then) -> asio::awaitable<void> {
        const auto begin = std::chrono::steady_clock::now();
        const auto r = co_await openint::as_result(c.get_connection(id));
        if (r)
            log += r->id + " ";
        else {
            const bool timeout = r.error().code() == openint::errc::timeout;
            log += timeout ? "timeout " : "cancelled ";
            where += r.error().what();
            where += '\n';
            if (timeout && std::chrono::steady_clock::now() - begin < 30ms)
                log += "early ";
        }
        then();
    };
    std::string log;
    std::string where;
    asio::cancellation_signal signal;
    const std::function<void()> nothing = [] {};
    asio::co_spawn(io, one(client, "conn_first", log, where, nothing), asio::detached);
    asio::co_spawn(io, one(client, "conn_cancelled", log, where, [&] { server.release(); }),
                   asio::bind_cancellation_slot(signal.slot(), asio::detached));
    asio::co_spawn(io, one(client, "conn_patient", log, where, nothing), asio::detached);
    asio::co_spawn(io,
                   one(client.with_options({.timeout = 30ms}), "conn_hasty", log, where,
                       [&] { signal.emit(asio::cancellation_type::terminal); }),
                   asio::detached);
    asio::co_spawn(io, one(client, "conn_last", log, where, nothing), asio::detached);
    io.run();
    BOOST_TEST(log == "timeout cancelled conn_first conn_patient conn_last ");
    BOOST_TEST(where.find("conn_hasty: timed out while waiting for a connection") !=
               std::string::npos);
    BOOST_TEST(where.find("conn_cancelled: cancelled while waiting for a connection") !=
               std::string::npos);
    BOOST_TEST(server.request_count() == 3u);
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
