// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Which deadline is first, on one timer for all.

#include <openint/transport/deadline.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace asio = boost::asio;
namespace transport = openint::transport;
using namespace std::chrono_literals;

namespace {

struct queue_fixture
{
    asio::io_context io;
    std::shared_ptr<transport::deadline_queue> queue =
        std::make_shared<transport::deadline_queue>(io.get_executor());
    transport::time_point now = std::chrono::steady_clock::now();
    std::string late; // the names of those that were late, in order
};

struct named final : transport::deadline
{
    named(queue_fixture& of, char n)
        : f(of)
        , name(n)
    {}
    ~named() { f.queue->remove(*this); }

    bool expire() noexcept override
    {
        f.late += name;
        return failures-- <= 0;
    }

    queue_fixture& f;
    char name;
    int failures = 0;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(transport_deadline, queue_fixture)

BOOST_AUTO_TEST_CASE(the_earliest_is_first_whatever_the_order_of_setting)
{
    named a(*this, 'a'), b(*this, 'b'), c(*this, 'c');
    queue->set(a, now + 30ms);
    queue->set(b, now + 10ms);
    queue->set(c, now + 20ms);
    io.run();
    BOOST_TEST(late == "bca");
}

BOOST_AUTO_TEST_CASE(one_that_was_moved_counts_once_and_at_its_new_time)
{
    named a(*this, 'a'), b(*this, 'b');
    queue->set(a, now + 1ms);
    queue->set(b, now + 10ms);
    queue->set(a, now + 20ms);
    io.run();
    BOOST_TEST(late == "ba");
}

BOOST_AUTO_TEST_CASE(one_that_was_removed_is_not_late)
{
    named a(*this, 'a'), b(*this, 'b');
    queue->set(a, now + 1ms);
    queue->set(b, now + 5ms);
    queue->remove(a);
    queue->remove(a);
    io.run();
    BOOST_TEST(late == "b");
}

BOOST_AUTO_TEST_CASE(the_past_is_late_at_once)
{
    named a(*this, 'a');
    queue->set(a, now - 1h);
    io.run();
    BOOST_TEST(late == "a");
    BOOST_TEST((std::chrono::steady_clock::now() - now < 1min));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_told_is_told_again)
{
    named a(*this, 'a');
    a.failures = 2;
    queue->set(a, now);
    io.run();
    BOOST_TEST(late == "aaa");
}

BOOST_AUTO_TEST_CASE(after_a_shutdown_nothing_is_late)
{
    named a(*this, 'a'), b(*this, 'b');
    queue->set(a, now);
    queue->shut_down();
    queue->set(b, now);
    io.run();
    BOOST_TEST(late == "");
}

BOOST_AUTO_TEST_SUITE_END()
