// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The end of a client on one thread, that of its context on another.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/test/unit_test.hpp>

#include <barrier>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

namespace asio = boost::asio;

BOOST_AUTO_TEST_SUITE(end_of_life)

BOOST_AUTO_TEST_CASE(the_last_handle_and_the_context)
{
    for (const bool tls : {false, true}) {
        openint::testing::mock_server server({.tls = tls});
        openint::client_config config;
        config.token = openint::secret(server.token());
        config.base_url = server.url();
        config.tls.ca_file = server.ca_file();
        constexpr int rounds = 100;
        std::optional<openint::client> client;
        std::barrier together(2);
        std::thread other([&] {
            for (int i = 0; i != rounds; ++i) {
                together.arrive_and_wait();
                client.reset();
                together.arrive_and_wait();
            }
        });
        int answers = 0;
        for (int i = 0; i != rounds; ++i) {
            auto io = std::make_unique<asio::io_context>();
            asio::any_io_executor executor = io->get_executor();
            if (i % 2 == 0)
                executor = asio::make_strand(*io);
            client.emplace(executor, config);
            executor = {};
            asio::co_spawn(
                *io, client->get_connection("conn_github_1"),
                [&](const std::exception_ptr& e, const openint::connection&) { answers += !e; });
            io->run(); // now there is an idle connection
            together.arrive_and_wait();
            io.reset();
            together.arrive_and_wait();
        }
        other.join();
        BOOST_TEST(answers == rounds);
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_SUITE_END()
