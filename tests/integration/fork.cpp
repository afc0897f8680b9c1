// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// After a fork, parent and child each have connections of their own.

#include "support/service.hpp"

#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::testing::answer;
using openint::testing::mock_server;
using openint::testing::mock_server_options;
using openint::testing::respond;
using test::contains;
using test::run;

BOOST_AUTO_TEST_SUITE(forks)

namespace {

mock_server_options listening(bool tls)
{
    mock_server_options options;
    options.tls = tls;
    return options;
}

// Forks in the way that a program with an `io_context` should, or, not `told`, as many do.
// `work` is what the child does; it must not use Boost.Test, whose state is the parent's.
class forked_child
{
public:
    forked_child(asio::io_context& io, bool told, const std::function<bool()>& work)
    {
        if (told)
            io.notify_fork(asio::execution_context::fork_prepare);
        id_ = ::fork();
        BOOST_REQUIRE(id_ != -1);
        if (id_ == 0) {
            ::alarm(60);
            bool right = false;
            try {
                if (told)
                    io.notify_fork(asio::execution_context::fork_child);
                right = work();
            } catch (...) { // not right
            }
            ::_exit(right ? 0 : 1);
        }
        if (told)
            io.notify_fork(asio::execution_context::fork_parent);
    }
    forked_child(const forked_child&) = delete;
    forked_child& operator=(const forked_child&) = delete;
    ~forked_child()
    {
        if (!ended_)
            succeeded();
    }

    bool succeeded()
    {
        int status = 0;
        ended_ = ::waitpid(id_, &status, 0) == id_;
        return ended_ && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    pid_t id_ = -1;
    bool ended_ = false;
};

struct forking
{
    explicit forking(bool tls)
        : server(listening(tls))
    {}

    mock_server server;
    asio::io_context io;
    openint::client client{io, test::config_for(server)};
    std::size_t ended = 0;
    std::vector<openint::error> failures;

    // Begins a call, to be ended by `finish`. It must bring what was asked for.
    void begin(const std::string& id)
    {
        asio::co_spawn(io, client.get_connection(id),
                       [this, id](std::exception_ptr e, const openint::connection& got) {
                           ++ended;
                           try {
                               if (e)
                                   std::rethrow_exception(e);
                               if (got.id != id)
                                   failures.emplace_back(errc::malformed_response, got.id);
                           } catch (const openint::error& problem) {
                               failures.push_back(problem);
                           }
                       });
    }
    void wait_until_held()
    {
        io.restart();
        while (!server.wait_until_held(1, 0ms))
            io.poll();
    }
    void finish()
    {
        io.restart();
        io.run();
    }

    // Ten times ten at once.
    bool many(const std::string& id)
    {
        const std::size_t before = ended;
        for (int round = 0; round != 10; ++round) {
            for (int i = 0; i != 10; ++i)
                begin(id);
            finish();
        }
        return ended == before + 100 && failures.empty();
    }
};

void own_answers(bool tls, bool told)
{
    forking f(tls);
    BOOST_TEST(f.many("conn_github_1")); // ten idle connections
    const std::size_t before = f.server.connections_accepted();
    forked_child child(f.io, told, [&] { return f.many("conn_apikey_1"); });
    BOOST_TEST(f.many("conn_github_1"));
    BOOST_TEST(child.succeeded());
    // The child opened its own; the parent went on with what it had.
    const std::size_t opened = f.server.connections_accepted() - before;
    BOOST_TEST(opened >= 1u);
    BOOST_TEST(opened <= 10u);
    for (const openint::error& e : f.failures)
        BOOST_ERROR(e.what());
}

void call_in_flight(bool tls, bool told)
{
    forking f(tls);
    f.server.next(answer().hold());
    f.begin("conn_github_1");
    f.wait_until_held();

    forked_child child(f.io, told, [&] {
        f.begin("conn_apikey_1");
        f.finish();
        return f.ended == 2 && f.failures.size() == 1 && f.failures[0].code() == errc::closed &&
               contains(f.failures[0].what(), "forked") && f.failures[0].attempts() == 1;
    });
    BOOST_TEST(child.succeeded());
    f.server.release();
    f.finish();
    BOOST_TEST(f.ended == 1u);
    BOOST_TEST(f.failures.empty());
    BOOST_TEST(f.server.connections_accepted() == 2u);
}

void only_exits(bool tls)
{
    forking f(tls);
    BOOST_TEST(f.many("conn_github_1"));
    const std::size_t before = f.server.connections_accepted();
    f.server.next(answer().hold());
    f.begin("conn_github_1");
    f.wait_until_held();
    {
        std::optional<asio::io_context> inner;
        forked_child child(f.io, false, [&] { // as when static objects are destroyed
            f.client = openint::client(inner.emplace(), openint::client_config());
            return true;
        });
        BOOST_TEST(child.succeeded());
    }
    f.server.release();
    f.finish();
    BOOST_TEST(f.many("conn_github_1"));
    BOOST_TEST(f.server.connections_accepted() == before);
}

} // namespace

BOOST_AUTO_TEST_CASE(each_gets_its_own_answers)
{
    for (const bool tls : {false, true})
        for (const bool told : {false, true})
            own_answers(tls, told);
}

BOOST_AUTO_TEST_CASE(calls_in_flight_are_the_parents)
{
    for (const bool tls : {false, true})
        for (const bool told : {false, true})
            call_in_flight(tls, told);
}

BOOST_AUTO_TEST_CASE(a_child_that_only_exits_harms_nobody)
{
    only_exits(false);
    only_exits(true);
}

BOOST_AUTO_TEST_CASE(so_are_calls_that_wait)
{
    mock_server server;
    openint::client_config config = test::config_for(server);
    config.pool.max_connections = 1;
    config.retry.initial_delay = config.retry.max_delay = 300ms;
    forking f(false);
    f.client = openint::client(f.io, config);
    server.next(respond(503)); // one pauses, one waits for the answer, one for the connection
    f.begin("conn_github_1");
    f.io.run_for(50ms);
    BOOST_REQUIRE(server.request_count() == 1u);
    server.next(answer().hold());
    f.begin("conn_github_1");
    f.begin("conn_github_1");
    while (!server.wait_until_held(1, 0ms))
        f.io.poll();

    forked_child child(f.io, true, [&] {
        f.finish();
        bool right = f.ended == 3 && f.failures.size() == 3;
        for (const openint::error& e : f.failures)
            right = right && e.code() == errc::closed;
        return right;
    });
    BOOST_TEST(child.succeeded());
    BOOST_TEST(server.request_count() == 2u);
    server.release();
    f.finish();
    BOOST_TEST(f.ended == 3u);
    BOOST_TEST(f.failures.empty());
}

BOOST_AUTO_TEST_CASE(a_call_from_another_context)
{
    forking f(false);
    asio::io_context other;
    BOOST_TEST(f.many("conn_github_1"));
    f.server.next(answer().hold());
    std::exception_ptr problem;
    bool ended = false;
    asio::co_spawn(other, f.client.get_connection("conn_github_1"),
                   [&](std::exception_ptr e, const openint::connection&) {
                       problem = e;
                       ended = true;
                   });
    const auto poll = [&] {
        for (asio::io_context* io : {&f.io, &other}) {
            io->restart();
            io->poll();
        }
    };
    while (!f.server.wait_until_held(1, 0ms))
        poll();
    other.notify_fork(asio::execution_context::fork_prepare);
    forked_child child(f.io, true, [&] {
        other.notify_fork(asio::execution_context::fork_child);
        while (!ended)
            poll();
        try {
            std::rethrow_exception(problem);
        } catch (const openint::error& e) {
            return e.code() == errc::closed && f.many("conn_apikey_1");
        }
    });
    other.notify_fork(asio::execution_context::fork_parent);
    BOOST_TEST(child.succeeded());
    f.server.release();
    while (!ended)
        poll();
    BOOST_TEST(!problem);
}

// Children that pause in step come back in step.
BOOST_AUTO_TEST_CASE(pauses_differ)
{
    forking f(false);
    openint::client_config config = test::config_for(f.server);
    config.retry.initial_delay = config.retry.max_delay = 1000s;
    config.retry.max_retries = 1;
    config.total_timeout = 5000s;
    config.log.level = openint::log_level::warn;
    std::chrono::nanoseconds pause{0};
    config.log.sink = [&](const openint::log_event& e) {
        if (e.kind == openint::log_kind::retry)
            pause = e.elapsed;
    };
    f.client = openint::client(f.io, config);
    const auto pause_now = [&] {
        f.begin("conn_github_1");
        pause = {};
        f.io.restart();
        while (pause.count() == 0)
            f.io.run_one();
        return pause;
    };
    f.server.next(respond(500), 4);
    pause_now(); // so that the engine has been seeded
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    const auto report = [&] {
        const auto p = pause_now().count();
        return ::write(ends[1], &p, sizeof p) == sizeof p;
    };
    std::int64_t in_child[2] = {};
    for (std::int64_t& p : in_child) {
        forked_child child(f.io, true, report);
        BOOST_TEST(child.succeeded());
        BOOST_REQUIRE(::read(ends[0], &p, sizeof p) == sizeof p);
    }
    ::close(ends[0]);
    ::close(ends[1]);
    BOOST_TEST(in_child[0] != in_child[1]);
    BOOST_TEST(in_child[0] != pause_now().count());
}

BOOST_AUTO_TEST_SUITE_END()
