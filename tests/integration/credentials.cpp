// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The credential cache over real sockets. What each situation asks for is tested without them, in
// tests/unit/impl/credential_entry.cpp; here are the callers, the requests and the ends.

#include "support/provider.hpp"
#include "support/run.hpp"
#include "support/service.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::credentials;
using openint::errc;
using openint::testing::respond;
using test::failure_of;
using test::run;

namespace {

struct fixture
{
    fixture() { server.always(std::ref(provider)); }

    static openint::client_config config_of(const openint::testing::mock_server& server)
    {
        openint::client_config config = test::config_for(server);
        config.retry.max_retries = 0;
        return config;
    }
    openint::credential_cache_options options() const
    {
        openint::credential_cache_options o;
        o.clock = [this] { return clock.read(); };
        o.spread = 0s;
        return o;
    }

    std::string get(const std::string& id = "conn_1") { return token_of(run(io, cache.get(id))); }
    std::string renew(const credentials& c) { return token_of(run(io, cache.renew(c))); }
    openint::error fail(const std::string& id = "conn_1") { return failure_of(io, cache.get(id)); }
    credentials hold(const std::string& id = "conn_1") { return run(io, cache.get(id)); }

    // Without whose it is.
    static std::string token_of(const credentials& c)
    {
        const std::string text(c->access_token().reveal());
        return text.substr(text.find('/') + 1);
    }
    openint::testing::handler held()
    {
        return [this](const openint::testing::request& r) {
            openint::testing::response answer = provider(r);
            return answer.hold();
        };
    }
    void let_run()
    {
        io.restart();
        io.run();
    }
    std::size_t requests() const { return server.request_count(); }

    test::fake_clock clock;
    test::provider provider{clock};
    openint::testing::mock_server server;
    asio::io_context io;
    openint::client client{io, config_of(server)};
    openint::credential_cache cache{client, options()};
};

// What became of callers that run at once.
struct callers
{
    int good = 0;
    int failed = 0;
    std::string what;
    std::string token;

    auto handler()
    {
        return [this](std::exception_ptr e, const credentials& c) {
            if (!e) {
                ++good;
                token = fixture::token_of(c);
                return;
            }
            ++failed;
            try {
                std::rethrow_exception(e);
            } catch (const openint::error& problem) {
                what = problem.what();
            }
        };
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(credential_cache, fixture)

BOOST_AUTO_TEST_CASE(a_thousand_callers_and_one_request)
{
    callers all;
    for (int i = 0; i != 1000; ++i)
        asio::co_spawn(io, cache.get("conn_1"), all.handler());
    io.run();
    BOOST_TEST(all.good == 1000);
    BOOST_TEST(requests() == 1u);
    BOOST_TEST(server.requests().front().query() == "include_secrets=true");
    BOOST_TEST(get() == "conn_1/1");
    BOOST_TEST(token_of(cache.try_get("conn_1")) == "conn_1/1");
    BOOST_TEST(requests() == 1u);

    const auto s = cache.statistics();
    BOOST_TEST(s.entries == 1u);
    BOOST_TEST(s.hits == 2u);
    BOOST_TEST(s.waits == 1000u);
    BOOST_TEST(s.requests == 1u);
    BOOST_TEST(s.forced == 0u);
    BOOST_TEST(s.failures == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_due_is_renewed_in_the_background)
{
    hold();
    clock.advance(3481s);
    BOOST_TEST(token_of(cache.try_get("conn_1")) == "conn_1/1"); // without waiting
    BOOST_TEST(token_of(cache.try_get("conn_1")) == "conn_1/1");
    let_run(); // ends, since nobody asks any more
    BOOST_TEST(requests() == 3u);
    BOOST_TEST(provider.of("conn_1").looks == 2);
    BOOST_TEST(provider.of("conn_1").forced == 1);
    BOOST_TEST(token_of(cache.try_get("conn_1")) == "conn_1/2");
    BOOST_TEST(cache.statistics().forced == 1u);

    clock.advance(3481s); // again, by a coroutine; another process is first
    provider.renew_elsewhere("conn_1");
    BOOST_TEST(get() == "conn_1/2");
    BOOST_TEST(get() == "conn_1/3");
    BOOST_TEST(provider.of("conn_1").forced == 1);
}

BOOST_AUTO_TEST_CASE(callers_wait_within_the_margin_and_after_the_end)
{
    hold();
    clock.advance(3571s);
    BOOST_TEST(!cache.try_get("conn_1")); // but begins
    BOOST_TEST(get() == "conn_1/2");
    BOOST_TEST(provider.of("conn_1").forced == 1);
    clock.advance(3601s);
    BOOST_TEST(get() == "conn_1/3"); // the look is enough
    BOOST_TEST(provider.of("conn_1").forced == 1);
    BOOST_TEST(!cache.try_get("conn_unknown"));
    BOOST_TEST(requests() == 4u);
}

BOOST_AUTO_TEST_CASE(while_the_service_fails)
{
    hold();
    server.always(respond(503));
    clock.advance(3481s);
    for (int i = 0; i != 3; ++i)
        BOOST_TEST(get() == "conn_1/1");
    BOOST_TEST(requests() == 2u); // a pause
    BOOST_TEST(cache.statistics().failures == 1u);
    BOOST_TEST(cache.statistics().stale == 2u);
    clock.advance(2s);
    BOOST_TEST(get() == "conn_1/1");
    clock.advance(99s);
    BOOST_TEST(get() == "conn_1/1"); // has waited, and it has not expired
    BOOST_TEST(requests() == 4u);

    clock.advance(18s); // expired; after a pause of 2 to 5 s
    const openint::error e = fail();
    BOOST_TEST(e.status() == 503u);
    BOOST_TEST(requests() == 5u);
    BOOST_TEST(fail().what() == e.what()); // at once
    BOOST_TEST(!cache.try_get("conn_1"));
    BOOST_TEST(requests() == 5u);

    server.clear_scripts().always(respond(503).header("Retry-After", "600"));
    clock.advance(100s);
    fail();
    clock.advance(599s);
    fail();
    BOOST_TEST(requests() == 6u);
    server.clear_scripts().always(std::ref(provider));
    clock.advance(1s);
    BOOST_TEST(get() == "conn_1/2");
}

BOOST_AUTO_TEST_CASE(answers_that_end_an_entry)
{
    for (const int status : {401, 403, 404}) {
        const std::string id = "conn_" + std::to_string(status);
        hold(id);
        clock.advance(3481s);
        server.clear_requests().next(respond(status));
        BOOST_TEST(get(id) == id + "/1"); // the last time
        BOOST_TEST(fail(id).status() == static_cast<unsigned>(status));
        BOOST_TEST(requests() == 1u);
        BOOST_TEST(!cache.try_get(id));
        clock.advance(5s);
        BOOST_TEST(get(id) == id + "/1");
    }
}

BOOST_AUTO_TEST_CASE(connections_that_cannot_be_used)
{
    provider.status = "disconnected";
    BOOST_TEST((fail("conn_1").code() == errc::no_credentials));
    BOOST_TEST(test::contains(fail("conn_1").what(), "disconnected"));
    provider.status = "healthy";
    provider.disabled = true;
    BOOST_TEST(test::contains(fail("conn_2").what(), "disabled"));
    server.next(respond(200, R"({"id":"conn_3","connector_name":"github"})"));
    BOOST_TEST(test::contains(fail("conn_3").what(), "settings"));
    BOOST_TEST(requests() == 3u);
    BOOST_TEST((fail("").code() == errc::invalid_argument));
    BOOST_TEST((fail("conn_\n").code() == errc::invalid_argument));
    BOOST_TEST(requests() == 3u);
}

BOOST_AUTO_TEST_CASE(keys_without_a_token)
{
    server.always(respond(200, R"({"id":"conn_1","connector_name":"greenhouse","settings":)"
                               R"({"apiKey":"secret"}})"));
    const credentials key = hold();
    BOOST_TEST(bool(key));
    BOOST_TEST(!key.expires_at());
    BOOST_TEST(key->settings->extra.empty() == false);
    const openint::error e = failure_of(io, cache.renew(key));
    BOOST_TEST((e.code() == errc::no_credentials));
    BOOST_TEST(requests() == 2u); // and nothing was forced
    BOOST_TEST(bool(cache.try_get("conn_1")));
}

BOOST_AUTO_TEST_CASE(a_thousand_rejections_and_one_forced_renewal)
{
    const credentials old = hold();
    callers all;
    for (int i = 0; i != 1000; ++i)
        asio::co_spawn(io, cache.renew(old), all.handler());
    io.restart();
    while (requests() == 1)
        io.run_one();
    callers others; // who must not get the suspect one
    asio::co_spawn(io, cache.get("conn_1"), others.handler());
    io.run();
    BOOST_TEST(all.good == 1000);
    BOOST_TEST(all.token == "conn_1/2");
    BOOST_TEST(others.token == "conn_1/2");
    BOOST_TEST(provider.of("conn_1").looks == 2);
    BOOST_TEST(provider.of("conn_1").forced == 1);
    BOOST_TEST(renew(old) == "conn_1/2"); // late, and without a request
    BOOST_TEST(requests() == 3u);
    BOOST_TEST((failure_of(io, cache.renew(credentials())).code() == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(rejected_but_renewed_elsewhere)
{
    const credentials old = hold();
    provider.renew_elsewhere("conn_1");
    BOOST_TEST(renew(old) == "conn_1/2");
    BOOST_TEST(provider.of("conn_1").forced == 0);
}

BOOST_AUTO_TEST_CASE(rejected_and_the_same_token_again)
{
    const credentials old = hold();
    provider.renews = false;
    BOOST_TEST((failure_of(io, cache.renew(old)).code() == errc::no_credentials));
    BOOST_TEST((failure_of(io, cache.renew(old)).code() == errc::no_credentials));
    BOOST_TEST(requests() == 3u);
    BOOST_TEST(get() == "conn_1/1"); // others go on with it
    BOOST_TEST(requests() == 3u);
}

BOOST_AUTO_TEST_CASE(rejected_every_minute_of_a_day)
{
    provider.life = 1'000'000;
    credentials c = hold();
    for (int minute = 0; minute != 1440; ++minute, clock.advance(60s)) {
        const auto r = run(io, openint::as_result(cache.renew(c)));
        if (r)
            c = *r;
    }
    BOOST_TEST(provider.of("conn_1").forced == 30);
}

BOOST_AUTO_TEST_CASE(forced_renewals_of_several_tokens_take_turns)
{
    server.accept_token("key_other");
    provider.latency = 20;
    const auto other = cache.with_token(openint::secret("key_other"));
    const credentials mine = hold();
    const credentials theirs = run(io, other.get("conn_1"));
    BOOST_TEST(mine->access_token() != theirs->access_token());
    callers both;
    asio::co_spawn(io, cache.renew(mine), both.handler());
    asio::co_spawn(io, other.renew(theirs), both.handler());
    let_run();
    BOOST_TEST(both.good == 2);
    BOOST_TEST(both.token == "conn_1/2");
    BOOST_TEST(provider.of("conn_1").forced == 1); // the other one found it renewed
}

BOOST_AUTO_TEST_CASE(no_token_sees_what_another_one_has_brought)
{
    server.accept_token("key_other");
    hold();
    const auto other = cache.with_token(openint::secret("key_other"));
    BOOST_TEST(!other.try_get("conn_1"));
    const credentials theirs = run(io, other.get("conn_1"));
    BOOST_TEST(theirs->access_token().reveal() == "key_other/conn_1/1");
    const auto same = cache.with_token(openint::secret("key_other"));
    BOOST_TEST(bool(same.try_get("conn_1")));
    for (const char* bad : {"", "two words"}) { // is not the client's own
        const auto none = cache.with_token(openint::secret(bad));
        BOOST_TEST(!none.try_get("conn_1"));
        BOOST_TEST((failure_of(io, none.get("conn_1")).code() == errc::invalid_argument));
    }
}

// Callers that end

BOOST_AUTO_TEST_CASE(a_caller_is_cancelled_and_only_it)
{
    for (const bool first : {true, false}) {
        cache.clear();
        server.clear_requests().next(held());
        callers cancelled, stays;
        asio::cancellation_signal stop;
        const auto spawn_cancelled = [&] {
            asio::co_spawn(io, cache.get("conn_1"),
                           asio::bind_cancellation_slot(stop.slot(), cancelled.handler()));
        };
        if (first)
            spawn_cancelled();
        for (int i = 0; i != 10; ++i)
            asio::co_spawn(io, cache.get("conn_1"), stays.handler());
        if (!first)
            spawn_cancelled();
        io.restart();
        while (requests() == 0)
            io.run_one_for(10ms);
        stop.emit(asio::cancellation_type::terminal);
        while (cancelled.failed == 0)
            io.run_one();
        BOOST_TEST(cancelled.what ==
                   "cancelled while waiting for the credentials of connection conn_1");
        BOOST_TEST(stays.good == 0);
        BOOST_TEST_REQUIRE(server.wait_until_held(1));
        server.release();
        io.run();
        BOOST_TEST(stays.good == 10);
        BOOST_TEST(cancelled.good == 0);
        BOOST_TEST(requests() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(forgotten_while_a_request_is_out)
{
    for (const bool all : {false, true}) {
        server.clear_requests().next(held());
        callers before, after;
        asio::co_spawn(io, cache.get("conn_1"), before.handler());
        io.restart();
        while (requests() == 0)
            io.run_one_for(10ms);
        if (all)
            cache.clear();
        else
            cache.forget("conn_1");
        asio::co_spawn(io, cache.get("conn_1"), after.handler());
        io.run_for(10ms);
        BOOST_TEST(requests() == 1u); // no second flight beside the first
        BOOST_TEST(!cache.try_get("conn_1"));
        server.release();
        io.run();
        BOOST_TEST(before.good == 1);
        BOOST_TEST(after.good == 1);
        BOOST_TEST(requests() == 2u);
        BOOST_TEST(bool(cache.try_get("conn_1")));
        cache.forget("conn_1");
        BOOST_TEST(!cache.try_get("conn_1"));
        BOOST_TEST(cache.statistics().entries == 0u);
    }
}

BOOST_AUTO_TEST_CASE(put_what_another_call_has_brought)
{
    openint::get_connection_params params;
    params.include_secrets = true;
    cache.put(run(io, client.get_connection("conn_1", params)));
    BOOST_TEST(token_of(cache.try_get("conn_1")) == "conn_1/1");
    openint::connection bare;
    bare.id = "conn_2";
    cache.put(bare);
    BOOST_TEST(cache.statistics().entries == 1u);
}

// Memory

BOOST_AUTO_TEST_CASE(unknown_ids_do_not_drive_out_good_entries)
{
    openint::credential_cache_options o = options();
    o.max_entries = 200;
    openint::credential_cache small(client, o);
    for (int i = 0; i != 150; ++i)
        run(io, small.get("conn_" + std::to_string(i)));
    server.when([](const auto& r) { return r.path().find("unknown") != std::string::npos; },
                respond(404));
    run(io, [](openint::credential_cache c) -> asio::awaitable<void> {
        for (int i = 0; i != 2000; ++i) {
            auto asked = openint::as_result(c.get("conn_unknown_" + std::to_string(i)));
            const auto got = co_await std::move(asked);
            BOOST_TEST(!got.has_value());
        }
    }(small));
    for (int i = 0; i != 150; ++i)
        BOOST_TEST(bool(small.try_get("conn_" + std::to_string(i))));
    BOOST_TEST(small.statistics().entries == 200u);
    BOOST_TEST(small.statistics().evicted == 1950u);
}

// Ends of life

BOOST_AUTO_TEST_CASE(the_context_of_the_service_is_destroyed_with_waiters)
{
    std::optional<asio::io_context> service(std::in_place);
    openint::client far(*service, config_of(server));
    openint::credential_cache there(far, options());
    auto guard = std::make_optional(asio::make_work_guard(*service));
    std::thread runs([&] { service->run(); });
    BOOST_TEST(token_of(run(io, there.get("conn_good"))) == "conn_good/1");

    server.next(openint::testing::stall());
    callers waiting;
    for (int i = 0; i != 3; ++i)
        asio::co_spawn(io, there.get("conn_1"), waiting.handler());
    io.restart();
    io.run_for(10ms);
    BOOST_TEST_REQUIRE(server.wait_for_requests(2));
    service->stop();
    runs.join();
    guard.reset();
    service.reset();
    io.run();
    BOOST_TEST(waiting.failed == 3);
    BOOST_TEST(waiting.what == "the client's execution context has been shut down");
    BOOST_TEST((failure_of(io, there.get("conn_2")).code() == errc::closed));
    BOOST_TEST(token_of(run(io, there.get("conn_good"))) == "conn_good/1");
    clock.advance(3500s); // due: cannot be renewed, has not expired
    BOOST_TEST(token_of(run(io, there.get("conn_good"))) == "conn_good/1");
    BOOST_TEST(token_of(there.try_get("conn_good")) == "conn_good/1");
}

BOOST_AUTO_TEST_CASE(the_context_of_a_caller_is_destroyed)
{
    server.next(held());
    callers gone, stays;
    {
        asio::io_context other;
        asio::co_spawn(other, cache.get("conn_1"), gone.handler());
        other.run_for(10ms);
        asio::co_spawn(io, cache.get("conn_1"), stays.handler());
        io.restart();
        while (requests() == 0)
            io.run_one_for(10ms);
    }
    server.release();
    io.run();
    BOOST_TEST(gone.good + gone.failed == 0);
    BOOST_TEST(stays.good + stays.failed == 1);
}

BOOST_AUTO_TEST_CASE(the_context_of_all_is_destroyed_with_waiters)
{
    server.next(openint::testing::stall());
    callers gone;
    {
        asio::io_context all;
        openint::credential_cache there(openint::client(all, config_of(server)), options());
        for (int i = 0; i != 3; ++i)
            asio::co_spawn(all, there.get("conn_1"), gone.handler());
        while (requests() == 0)
            all.run_one_for(10ms);
    }
    BOOST_TEST(gone.good + gone.failed == 0);
}

BOOST_AUTO_TEST_CASE(after_a_fork)
{
    hold();
    server.next(openint::testing::stall());
    callers parents;
    asio::co_spawn(io, cache.get("conn_2"), parents.handler());
    io.restart();
    while (requests() == 1)
        io.run_one_for(10ms);
    io.notify_fork(asio::execution_context::fork_prepare);
    const ::pid_t child = ::fork();
    if (child == 0) {
        // What it has is good; what its parent has asked for, it asks for itself.
        io.notify_fork(asio::execution_context::fork_child);
        int status = 1;
        try {
            asio::io_context fresh;
            openint::credential_cache own = cache;
            if (own.try_get("conn_1"))
                status = 2;
            callers mine;
            asio::co_spawn(fresh, own.get("conn_2"), mine.handler());
            for (int i = 0; i != 500 && mine.good == 0; ++i) {
                fresh.restart();
                fresh.run_for(5ms);
                io.restart();
                io.run_for(5ms);
            }
            if (status == 2 && mine.good == 1)
                status = 0;
        } catch (...) {
            status = 3;
        }
        ::_exit(status);
    }
    io.notify_fork(asio::execution_context::fork_parent);
    int status = -1;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
    server.close_connections();
    io.restart();
    io.run();
    BOOST_TEST(parents.good + parents.failed == 1);
}

// Clocks

BOOST_AUTO_TEST_CASE(clocks_that_are_set)
{
    hold();
    clock.set_wall(24h);             // forward: or it has slept
    BOOST_TEST(get() == "conn_1/1"); // after a look: the service's Date shows the skew
    BOOST_TEST(requests() == 2u);
    BOOST_TEST(get() == "conn_1/1");
    BOOST_TEST(requests() == 2u);
    BOOST_TEST((*cache.try_get("conn_1").expires_at() ==
                std::chrono::sys_days(std::chrono::year(2026) / 6 / 2) + 1h));
    clock.set_wall(-48h); // back
    clock.advance(3481s);
    BOOST_TEST(get() == "conn_1/1"); // the steady clock knows that it is due
    let_run();
    BOOST_TEST(get() == "conn_1/2");
    BOOST_TEST(requests() == 4u);
    clock.advance(2600s);
    BOOST_TEST(get() == "conn_1/2");
    BOOST_TEST(requests() == 4u);

    openint::credential_cache_options o = options();
    o.trust_date = false;
    openint::credential_cache trusting(client, o);
    clock.set_wall(48h);
    BOOST_TEST((failure_of(io, trusting.get("conn_1")).code() == errc::no_credentials));
}

BOOST_AUTO_TEST_CASE(nothing_runs_by_itself)
{
    hold();
    clock.advance(100'000s);
    const auto begin = std::chrono::steady_clock::now();
    let_run();
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 1s));
    BOOST_TEST(requests() == 1u);
}

// Options, log

BOOST_AUTO_TEST_CASE(options_that_cannot_be)
{
    openint::credential_cache_options o;
    o.margin = -1ms;
    BOOST_CHECK_THROW(openint::credential_cache(client, o), openint::error);
    o = {};
    o.max_entries = 0;
    BOOST_CHECK_THROW(openint::credential_cache(client, o), openint::error);
    o = {};
    o.max_age = std::chrono::milliseconds::max();
    o.refresh_ahead = std::chrono::milliseconds::max();
    const openint::credential_cache for_ever(client, o); // with the machine's clocks
    const credentials c = run(io, for_ever.get("conn_1"));
    BOOST_TEST(bool(c));
}

BOOST_AUTO_TEST_CASE(a_cache_that_was_moved_from)
{
    const openint::credential_cache next = std::move(cache);
    // NOLINTBEGIN(bugprone-use-after-move)
    BOOST_TEST(get() == "conn_1/1");
    cache = openint::credential_cache(std::move(cache));
    BOOST_TEST(bool(cache.try_get("conn_1")));
    credentials c = hold();
    BOOST_TEST(token_of(run(io, next.renew(c))) == "conn_1/2");
    const credentials other = std::move(c);
    BOOST_TEST(bool(other));
    BOOST_TEST(!c); // these have a state without any
    BOOST_TEST(failure_of(io, cache.renew(c)).code() == errc::invalid_argument);
    cache.forget("conn_1");
    cache.clear();
    BOOST_TEST(cache.statistics().entries == next.statistics().entries);
    // NOLINTEND(bugprone-use-after-move)
}

BOOST_AUTO_TEST_CASE(the_log_tells_what_it_does)
{
    std::vector<std::string> lines;
    openint::client_config config = config_of(server);
    config.log.level = openint::log_level::debug;
    config.log.sink = [&](const openint::log_event& e) {
        if (e.kind == openint::log_kind::credentials)
            lines.push_back(std::string(to_string(e.level)) + " " + std::string(e.target) + " " +
                            std::string(e.message));
        test::said().hearing().sink(e);
    };
    const openint::credential_cache logged(openint::client(io, config), options());
    const credentials c = run(io, logged.get("conn_1"));
    run(io, logged.renew(c));
    server.next(respond(503));
    clock.advance(3500s);
    run(io, logged.get("conn_1"));
    server.next(respond(404));
    failure_of(io, logged.get("conn_2"));
    const std::vector<std::string> expected{
        "debug /connection/conn_1 looks for credentials",
        "debug /connection/conn_1 looks for credentials",
        "info /connection/conn_1 renews the credentials by force",
        "debug /connection/conn_1 looks for credentials",
        "warn /connection/conn_1 no new credentials; those that have not expired are handed out",
        "debug /connection/conn_2 looks for credentials",
        "warn /connection/conn_2 no credentials"};
    BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
