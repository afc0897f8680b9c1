// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server: from its construction to its end.

#include "support/raw_client.hpp"

#include <boost/asio/ssl.hpp>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace json = boost::json;
using namespace openint::testing;
using namespace std::chrono_literals;
using namespace test;

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(life)

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_when_asked_for)
{
    for (const bool tls : {false, true}) {
        mock_server server{{.tls = tls, .idle_timeout = 20ms}};
        asio::ssl::context context =
            trusting(tls ? server.ca_pem() : certificate_authority().pem());
        raw_client c(server, tls ? &context : nullptr);
        if (tls)
            BOOST_REQUIRE(!c.handshake());
        const auto start = std::chrono::steady_clock::now();
        c.get(github, server.token());
        BOOST_TEST(c.answer().status() == 200);
        BOOST_TEST(c.all().empty());
        BOOST_TEST(c.error == asio::error::eof); // not stream_truncated, over TLS
        BOOST_TEST((std::chrono::steady_clock::now() - start >= 20ms));
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_CASE(a_slow_answer_is_not_idle)
{
    mock_server server{{.idle_timeout = 5ms}};
    server.next(answer().delay(30ms));
    BOOST_TEST(get(server, github).status() == 200);
}

BOOST_AUTO_TEST_CASE(all_connections_closed_at_once)
{
    mock_server server;
    for (const bool reset : {false, true}) {
        raw_client a(server), b(server);
        a.get(github, server.token());
        a.answer();
        server.next(stall());
        b.get(github, server.token());
        BOOST_TEST(server.wait_until_open(2));
        BOOST_TEST(server.wait_for_requests(2));
        server.clear_requests().close_connections(reset);
        for (raw_client* c : {&a, &b}) {
            BOOST_TEST(c->all().empty());
            BOOST_TEST(c->error == (reset ? error_code(asio::error::connection_reset)
                                          : error_code(asio::error::eof)));
        }
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_CASE(a_stopped_server_refuses_but_remembers)
{
    mock_server server;
    raw_client c(server);
    c.get(github, server.token());
    c.answer();
    server.stop();
    server.stop();
    BOOST_TEST(c.all().empty());
    BOOST_TEST(server.open_connections() == 0u);
    BOOST_TEST(server.request_count() == 1u);
    BOOST_CHECK_EXCEPTION(raw_client{server}, boost::system::system_error, [](const auto& e) {
        return e.code() == asio::error::connection_refused;
    });
}

BOOST_AUTO_TEST_CASE(destruction_ends_whatever_is_outstanding)
{
    for (const bool tls : {false, true}) {
        std::optional<mock_server> server;
        server.emplace(mock_server_options{.tls = tls});
        asio::ssl::context context =
            trusting(tls ? server->ca_pem() : certificate_authority().pem());
        server->next(stall_after(10))
            .next(answer().delay(1h))
            .next(answer().hold())
            .next(answer().drip(1, 1h))
            .next(raw("x").endless("endless"));
        std::vector<std::unique_ptr<raw_client>> clients;
        for (std::size_t i = 0; i < 7; ++i) {
            if (i == 6)
                server->next_connection(on_accept::stall);
            clients.push_back(std::make_unique<raw_client>(*server, tls ? &context : nullptr));
            if (tls && i < 5)
                BOOST_REQUIRE(!clients.back()->handshake());
            if (i < 5) {
                clients.back()->get(github, server->token());
                BOOST_TEST(server->wait_for_requests(i + 1));
            }
        }
        BOOST_TEST(server->wait_until_open(7));
        const auto start = std::chrono::steady_clock::now();
        server.reset();
        BOOST_TEST((std::chrono::steady_clock::now() - start < 1s));
        clients.back()->all();
        BOOST_TEST(clients.back()->error);
    }
}

BOOST_AUTO_TEST_CASE(used_from_many_threads)
{
    mock_server server;
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            raw_client c(server);
            for (int i = 0; i < 50; ++i) {
                server.next([t](const request& r) { return r.target.back() == 'a' + t; },
                            respond(200, std::to_string(t)));
                c.get(std::string("/v1/") + static_cast<char>('a' + t), server.token());
                good += c.answer().body == std::to_string(t);
                server.requests();
                server.add(json::object{{"id", "conn_" + std::to_string(t)}});
            }
        });
    for (std::thread& t : threads)
        t.join();
    BOOST_TEST(good == 200);
    BOOST_TEST(server.request_count() == 200u);
}

BOOST_AUTO_TEST_CASE(addresses_ports_and_paths)
{
    mock_server first;
    BOOST_CHECK_THROW((mock_server{{.address = "not an address"}}), boost::system::system_error);
    BOOST_CHECK_THROW((mock_server{{.port = first.port()}}), boost::system::system_error);

    mock_server other{{.base_path = "/api/v7", .record = false}};
    BOOST_TEST(other.url() == other.origin() + "/api/v7");
    BOOST_TEST(get(other, "/api/v7/health").status() == 200);
    BOOST_TEST(get(other, "/v1/health").body == "NOT_FOUND");
    BOOST_TEST(other.requests().empty());
    BOOST_TEST(other.request_count() == 2u);
    BOOST_TEST(other.token() != first.token());
}

BOOST_AUTO_TEST_CASE(ipv6)
{
    std::optional<mock_server> server;
    try {
        server.emplace(mock_server_options{.address = "::1", .tls = true});
    } catch (const boost::system::system_error& e) {
        std::printf("skipped: no IPv6 here (%s)\n", e.what());
        return;
    }
    BOOST_TEST(server->url() == "https://[::1]:" + std::to_string(server->port()) + "/v1");
    asio::ssl::context tls = trusting(server->ca_pem());
    raw_client c(*server, &tls, "::1");
    BOOST_REQUIRE(!c.handshake());
    c.get(github, server->token());
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
