// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Which look-up serves whom.

#include <openint/transport/resolver.hpp>

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>

namespace asio = boost::asio;
namespace transport = openint::transport;
using transport::stop_reason;

namespace {

struct resolver_fixture
{
    std::shared_ptr<transport::resolver> make(const std::string& host)
    {
        return std::make_shared<transport::resolver>(io.get_executor(), host, std::uint16_t{80});
    }

    std::shared_ptr<transport::waiter> waiting()
    {
        auto who = std::make_shared<transport::waiter>();
        who->async_wait(asio::bind_executor(
            io, [this](stop_reason r) { told += r == stop_reason::none ? '+' : '!'; }));
        return who;
    }

    asio::io_context io;
    std::string told;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(transport_resolver, resolver_fixture)

BOOST_AUTO_TEST_CASE(numeric_hosts_need_no_look_up)
{
    const auto found = make("::1")->ask(std::make_shared<transport::waiter>());
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->size() == 1u);
    BOOST_TEST(found->front().address().to_string() == "::1");
    BOOST_TEST(found->front().port() == 80);
    BOOST_TEST(io.poll() == 0u);
}

BOOST_AUTO_TEST_CASE(one_look_up_serves_all_who_ask_meanwhile)
{
    const auto names = make("localhost");
    const auto a = waiting(), b = waiting();
    BOOST_TEST(!names->ask(a).has_value());
    BOOST_TEST(!names->ask(b).has_value());
    io.run();
    BOOST_TEST(told == "++");
    BOOST_TEST(!names->answer().error);
    BOOST_TEST(!names->answer().addresses.empty());
}

BOOST_AUTO_TEST_CASE(while_another_look_up_runs_the_last_good_answer_serves)
{
    const auto names = make("localhost");
    const auto a = waiting();
    BOOST_TEST(!names->ask(a).has_value());
    io.run();
    io.restart();
    const auto b = waiting();
    BOOST_TEST(!names->ask(b).has_value()); // it is asked for anew
    const auto c = waiting();
    const auto found = names->ask(c);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(!found->empty());
    c->complete(stop_reason::none);
    io.run();
    BOOST_TEST(told == "+++");
}

BOOST_AUTO_TEST_CASE(whoever_waits_when_it_is_shut_down_is_told_so)
{
    const auto names = make("localhost");
    const auto a = waiting();
    BOOST_TEST(!names->ask(a).has_value());
    names->shut_down();
    const auto b = waiting();
    BOOST_TEST(!names->ask(b).has_value());
    io.run();
    BOOST_TEST(told == "!!");
}

BOOST_AUTO_TEST_CASE(an_answer_that_was_forgotten_is_not_taken)
{
    const auto names = make("localhost");
    const auto a = waiting();
    BOOST_TEST(!names->ask(a).has_value());
    names->forget();
    io.poll();
    a->complete(stop_reason::forked); // as its context does
    io.run();
    BOOST_TEST(told == "!");
    BOOST_TEST(names->answer().addresses.empty());
}

BOOST_AUTO_TEST_SUITE_END()
