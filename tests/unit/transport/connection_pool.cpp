// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Who is granted a connection, and when. Nothing is connected here.

#include <openint/transport/connection_pool.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace asio = boost::asio;
namespace transport = openint::transport;
using transport::stop_reason;
using namespace std::chrono_literals;

namespace {

struct pool_fixture
{
    explicit pool_fixture(std::size_t connections = 2)
    {
        transport::transport_options options;
        options.max_connections = connections;
        options.idle_timeout = 1min;
        pool = transport::connection_pool::make(io.get_executor(), std::move(options));
    }

    // Asks, and waits where it must: its name is written down when it was granted one.
    struct asked
    {
        asked(pool_fixture& f, char name)
            : request(*f.pool)
        {
            good = f.pool->try_acquire(request, false, std::chrono::steady_clock::now());
            if (good && request.pending())
                request.pending()->async_wait(asio::bind_executor(f.io, [&f, name](stop_reason r) {
                    f.granted += r == stop_reason::none ? name : '!';
                }));
        }

        transport::pool_request request;
        bool good = false;
    };

    asio::io_context io;
    std::shared_ptr<transport::connection_pool> pool;
    std::string granted;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(transport_connection_pool, pool_fixture)

BOOST_AUTO_TEST_CASE(as_many_as_there_may_be_are_granted_at_once)
{
    asked a(*this, 'a'), b(*this, 'b'), c(*this, 'c');
    BOOST_TEST(!a.request.pending());
    BOOST_TEST(!b.request.pending());
    BOOST_TEST(!!c.request.pending());
    const auto first = a.request.take();
    const auto second = b.request.take();
    BOOST_TEST(!!first);
    BOOST_TEST(!!second);
    BOOST_TEST(first->number() != second->number());
    BOOST_TEST(!c.request.take());
}

BOOST_AUTO_TEST_CASE(those_who_wait_come_in_the_order_in_which_they_asked)
{
    asked a(*this, 'a'), b(*this, 'b'), c(*this, 'c'), d(*this, 'd'), e(*this, 'e');
    auto first = a.request.take();
    auto second = b.request.take();
    second.reset();
    first.reset();
    io.poll();
    BOOST_TEST(granted == "cd");
    c.request.take().reset();
    io.poll();
    BOOST_TEST(granted == "cde");
}

BOOST_AUTO_TEST_CASE(who_stops_waiting_is_passed_over)
{
    asked a(*this, 'a'), b(*this, 'b'), c(*this, 'c'), d(*this, 'd');
    BOOST_TEST(c.request.pending()->complete(stop_reason::cancelled));
    a.request.take().reset();
    io.poll();
    BOOST_TEST(granted == "!d");
    BOOST_TEST(!c.request.take());
}

BOOST_AUTO_TEST_CASE(a_grant_that_nobody_takes_goes_to_the_next)
{
    asked a(*this, 'a'), b(*this, 'b');
    auto c = std::make_unique<asked>(*this, 'c');
    asked d(*this, 'd');
    a.request.take().reset(); // to c
    c.reset();                // which is gone before it has seen it
    io.poll();
    BOOST_TEST(granted == "cd");
    BOOST_TEST(!!d.request.take());
}

BOOST_AUTO_TEST_CASE(one_that_was_not_opened_is_not_kept)
{
    asked a(*this, 'a');
    auto first = a.request.take();
    const auto number = first->number();
    first.mark_reusable();
    first.reset();
    asked b(*this, 'b');
    BOOST_TEST(b.request.take()->number() != number);
}

BOOST_AUTO_TEST_CASE(nobody_comes_before_those_who_wait)
{
    asked a(*this, 'a'), b(*this, 'b'), c(*this, 'c');
    a.request.take().reset(); // to c
    asked d(*this, 'd');
    BOOST_TEST(!!d.request.pending());
}

BOOST_AUTO_TEST_CASE(a_pool_whose_context_is_gone_grants_nothing)
{
    const auto kept = [] {
        const pool_fixture f;
        return f.pool;
    }();
    transport::pool_request r(*kept);
    BOOST_TEST(!kept->try_acquire(r, false, std::chrono::steady_clock::now()));
    BOOST_TEST(!kept->executor());
    BOOST_TEST(!kept->while_open([](const auto&) { BOOST_ERROR("was called"); }));
}

BOOST_AUTO_TEST_SUITE_END()
