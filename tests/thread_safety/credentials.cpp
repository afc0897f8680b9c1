// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// One credential cache under many threads, tokens and contexts. Races are the thread sanitizer's to
// find; what is compared here is that each call ends once, that no token sees what another one has
// brought, and that forced renewals of one connection never overlap.

#include "support/provider.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::credentials;
using openint::testing::mock_server;

BOOST_AUTO_TEST_SUITE(credential_threads)

namespace {

struct fixture
{
    fixture()
    {
        openint::testing::mock_server_options o;
        o.record = false;
        server.emplace(o);
        server->always(std::ref(provider));
        server->accept_token("key_other");
    }

    openint::client_config config() const
    {
        openint::client_config c;
        c.token = openint::secret(server->token());
        c.base_url = server->url();
        c.retry.max_retries = 0;
        c.timeout = 2s;
        return c;
    }
    openint::credential_cache_options options() const
    {
        openint::credential_cache_options o;
        o.clock = [this] { return clock.read(); };
        return o;
    }

    test::fake_clock clock;
    test::provider provider{clock};
    std::optional<mock_server> server;
};

// What became of the calls.
struct tally
{
    std::atomic<int> begun{0};
    std::atomic<int> good{0};
    std::atomic<int> cancelled{0};
    std::atomic<int> failed{0};
    std::atomic<int> foreign{0};

    auto handler(std::string bearer)
    {
        ++begun;
        return [this, bearer = std::move(bearer)](std::exception_ptr e, const credentials& c) {
            try {
                if (e)
                    std::rethrow_exception(e);
                ++good;
                if (!c->access_token().reveal().starts_with(bearer + "/"))
                    ++foreign;
            } catch (const openint::error& problem) {
                ++(problem.code() == asio::error::operation_aborted ? cancelled : failed);
            }
        };
    }
    int ended() const { return good + cancelled + failed; }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_thousand_rejections_from_four_threads, fixture)
{
    asio::thread_pool threads(4);
    const openint::credential_cache cache(openint::client(threads, config()), options());
    provider.latency = 5;
    std::optional<credentials> old;
    tally t;
    asio::co_spawn(threads, cache.get("conn_1"), [&](std::exception_ptr, const credentials& c) {
        old = c;
        for (int i = 0; i != 1000; ++i)
            asio::post(threads, [&] {
                asio::co_spawn(threads, cache.renew(*old), t.handler(server->token()));
            });
    });
    threads.join();
    BOOST_TEST(t.good == 1000);
    BOOST_TEST(t.foreign == 0);
    BOOST_TEST(provider.of("conn_1").forced == 1);
}

BOOST_FIXTURE_TEST_CASE(callers_that_are_cancelled, fixture)
{
    asio::thread_pool threads(4);
    const openint::credential_cache cache(openint::client(threads, config()), options());
    tally stays, goes;
    for (int round = 0; round != 50; ++round) {
        const std::string id = "conn_" + std::to_string(round);
        for (int i = 0; i != 8; ++i) {
            const auto strand = asio::make_strand(threads);
            const auto stop = std::make_shared<asio::cancellation_signal>();
            // Every second one is cancelled, the leader included.
            asio::dispatch(strand, [&, id, strand, stop, i] {
                auto& t = i % 2 == 0 ? goes : stays;
                asio::co_spawn(strand, cache.get(id),
                               asio::bind_cancellation_slot(
                                   stop->slot(),
                                   [stop, h = t.handler(server->token())](
                                       std::exception_ptr e, const credentials& c) { h(e, c); }));
            });
            if (i % 2 == 0)
                asio::post(strand, [stop] { stop->emit(asio::cancellation_type::terminal); });
        }
    }
    threads.join();
    BOOST_TEST(stays.good == 200);
    BOOST_TEST(goes.ended() == 200);
    BOOST_TEST(goes.failed == 0);
}

BOOST_FIXTURE_TEST_CASE(shut_down_with_a_flight_and_waiters_elsewhere, fixture)
{
    for (int round = 0; round != 20; ++round) {
        asio::io_context elsewhere;
        tally t;
        std::optional<openint::credential_cache> cache;
        std::vector<std::jthread> run;
        {
            asio::thread_pool service(2);
            cache.emplace(openint::client(service, config()), options());
            for (int i = 0; i != 20; ++i)
                asio::co_spawn(elsewhere, cache->get("conn_" + std::to_string(i % 5)),
                               t.handler(server->token()));
            for (int i = 0; i != 2; ++i)
                run.emplace_back([&] { elsewhere.run(); });
            std::this_thread::sleep_for(std::chrono::microseconds(200 * round));
            service.stop();
            service.join();
        }
        run.clear(); // those who got nothing until now get an error
        BOOST_TEST(t.ended() == 20);
    }
}

// A service that fails, stalls and rotates; callers of two tokens on three contexts that read,
// reject, forget and are cancelled; more connections than are kept. OPENINT_SOAK_SECONDS: how long.
BOOST_FIXTURE_TEST_CASE(soak, fixture)
{
    const char* given = std::getenv("OPENINT_SOAK_SECONDS");
    const auto until =
        std::chrono::steady_clock::now() + std::chrono::seconds(given ? std::atoi(given) : 2);
    provider.latency = 3;
    std::atomic<unsigned> sent{0};
    server->always([&](const openint::testing::request& r) {
        const unsigned n = ++sent;
        if (n % 17 == 0)
            return openint::testing::respond(503);
        if (n % 41 == 0)
            return openint::testing::reset_before_answer();
        auto answer = provider(r);
        if (n % 23 == 0 && r.query().find("force") == std::string_view::npos)
            answer.delay(20ms);
        return answer;
    });

    asio::thread_pool service(4), others(2);
    asio::io_context single;
    auto work = asio::make_work_guard(single);
    std::jthread runs([&] { single.run(); });
    auto o = options();
    o.max_entries = 30;
    o.renew_pause = 1s;
    const openint::credential_cache mine(openint::client(service, config()), o);
    const openint::credential_cache theirs = mine.with_token(openint::secret("key_other"));
    tally t;
    std::atomic<int> running{0};

    const auto visit = [&](openint::credential_cache cache, std::string bearer,
                           unsigned seed) -> asio::awaitable<void> {
        std::minstd_rand random(seed);
        while (std::chrono::steady_clock::now() < until) {
            const std::string id = "conn_" + std::to_string(random() % 40);
            ++t.begun;
            const auto r = co_await openint::as_result(cache.get(id));
            ++(r ? t.good : t.failed);
            if (r && !(*r)->access_token().reveal().starts_with(bearer + "/"))
                ++t.foreign;
            if (r && random() % 4 == 0) {
                ++t.begun;
                const auto again = co_await openint::as_result(cache.renew(*r));
                ++(again ? t.good : t.failed);
                if (again && !(*again)->access_token().reveal().starts_with(bearer + "/"))
                    ++t.foreign;
            }
            if (random() % 50 == 0)
                cache.forget(id);
            if (random() % 500 == 0)
                cache.clear();
            if (random() % 20 == 0)
                clock.advance(200s);
            static_cast<void>(cache.statistics());
        }
        --running;
    };
    const auto begin = [&](auto executor, unsigned seed) {
        ++running;
        const bool own = seed % 2 == 0;
        asio::co_spawn(executor,
                       visit(own ? mine : theirs, own ? server->token() : "key_other", seed),
                       [](std::exception_ptr e) {
                           if (e)
                               std::terminate();
                       });
    };
    for (unsigned i = 0; i != 16; ++i)
        begin(service.get_executor(), i);
    for (unsigned i = 16; i != 20; ++i) {
        begin(others.get_executor(), i);
        begin(single.get_executor(), i + 4);
    }
    // Callers that are cancelled at some time.
    std::minstd_rand random(1);
    while (std::chrono::steady_clock::now() < until) {
        const auto strand = asio::make_strand(others);
        const auto stop = std::make_shared<asio::cancellation_signal>();
        asio::co_spawn(
            strand, mine.get("conn_" + std::to_string(random() % 40)),
            asio::bind_cancellation_slot(
                stop->slot(), [stop, h = t.handler(server->token())](
                                  std::exception_ptr e, const credentials& c) { h(e, c); }));
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 1000));
        asio::post(strand, [stop] { stop->emit(asio::cancellation_type::terminal); });
    }
    work.reset();
    runs.join();
    others.join();
    service.join();
    BOOST_TEST(running == 0);
    BOOST_TEST(t.ended() == t.begun);
    BOOST_TEST(t.foreign == 0);
    BOOST_TEST(provider.overlapping() == 0);
    const auto s = mine.statistics();
    BOOST_TEST(s.entries <= 30u);
    BOOST_TEST_MESSAGE("soak: " << t.begun << " calls, " << s.requests << " requests, " << s.forced
                                << " forced, " << s.failures << " failures, " << s.evicted
                                << " evicted");
}

BOOST_AUTO_TEST_SUITE_END()
