// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What lets a coroutine go on: once, and by whoever is first.

#include <openint/transport/waiter.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace asio = boost::asio;
namespace transport = openint::transport;
using transport::stop_reason;
using namespace std::chrono_literals;

namespace {

struct waiter_fixture
{
    void wait()
    {
        who->async_wait(asio::bind_executor(io, [this](stop_reason r) {
            BOOST_TEST(!ended.has_value());
            ended = r;
        }));
    }

    asio::io_context io;
    std::shared_ptr<transport::waiter> who = std::make_shared<transport::waiter>();
    std::optional<stop_reason> ended;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(transport_waiter, waiter_fixture)

BOOST_AUTO_TEST_CASE(what_is_completed_goes_on_but_never_at_once)
{
    wait();
    BOOST_TEST(io.poll() == 0u);
    BOOST_TEST(who->complete(stop_reason::none));
    BOOST_TEST(!ended.has_value());
    io.run();
    BOOST_TEST((ended == stop_reason::none));
}

BOOST_AUTO_TEST_CASE(completed_before_it_waits_it_does_not_wait)
{
    BOOST_TEST(who->complete(stop_reason::none));
    wait();
    BOOST_TEST(!ended.has_value());
    io.run();
    BOOST_TEST((ended == stop_reason::none));
}

BOOST_AUTO_TEST_CASE(the_first_reason_counts)
{
    wait();
    BOOST_TEST(who->complete(stop_reason::closed));
    BOOST_TEST(!who->complete(stop_reason::none));
    io.run();
    BOOST_TEST((ended == stop_reason::closed));
}

BOOST_AUTO_TEST_CASE(a_postponed_one_goes_on_when_the_lock_is_released)
{
    wait();
    {
        transport::waiter::postponed later;
        BOOST_TEST(who->complete(stop_reason::none, later));
        BOOST_TEST(!who->complete(stop_reason::closed));
        BOOST_TEST(io.poll() == 0u);
    }
    io.run();
    BOOST_TEST((ended == stop_reason::none));
}

BOOST_AUTO_TEST_CASE(its_deadline_ends_it)
{
    const auto queue = std::make_shared<transport::deadline_queue>(io.get_executor());
    who->prepare(queue, io.get_executor(), {});
    wait();
    queue->set(*who, std::chrono::steady_clock::now() + 1ms);
    io.run();
    BOOST_TEST((ended == stop_reason::timeout));
    BOOST_TEST(!who->complete(stop_reason::none));
}

BOOST_AUTO_TEST_CASE(the_callers_cancellation_ends_it)
{
    asio::cancellation_signal signal;
    who->prepare({}, io.get_executor(), signal.slot());
    wait();
    signal.emit(asio::cancellation_type::total);
    io.run();
    BOOST_TEST((ended == stop_reason::cancelled));
}

BOOST_AUTO_TEST_CASE(it_keeps_its_context_running)
{
    wait();
    std::thread other([&] { who->complete(stop_reason::none); });
    io.run();
    other.join();
    BOOST_TEST((ended == stop_reason::none));
}

BOOST_AUTO_TEST_CASE(what_still_waits_is_destroyed_with_its_context)
{
    const auto held = std::make_shared<int>();
    {
        asio::io_context gone;
        who->async_wait(
            asio::bind_executor(gone, [keep = held](stop_reason) { BOOST_ERROR("was called"); }));
        BOOST_TEST(held.use_count() == 2);
    }
    BOOST_TEST(held.use_count() == 1);
    BOOST_TEST(!who->complete(stop_reason::none));
}

BOOST_AUTO_TEST_SUITE_END()
