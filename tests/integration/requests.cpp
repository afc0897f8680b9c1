// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What requests look like, and what must not be in them.

#include "support/service.hpp"

#include <openint/transport/call.hpp>
#include <openint/transport/connection_pool.hpp>
#include <openint/version.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;
namespace http = openint::http;
namespace transport = openint::transport;
using namespace std::chrono_literals;
using namespace std::string_literals;
using openint::errc;
using openint::error;
using openint::testing::on_accept;
using openint::testing::respond;
using test::contains;
using test::failure_of;
using test::once;
using test::run;
using test::service;
using test::text;

BOOST_AUTO_TEST_SUITE(requests)

BOOST_FIXTURE_TEST_CASE(what_a_post_looks_like, service)
{
    server.next(respond(200, "{}"));
    const boost::json::object body{{"name", "caf\xc3\xa9"}};
    run(io, client.post("/v1/x", body));
    BOOST_TEST(sent().raw ==
               "POST /v1/x HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                   "\r\nUser-Agent: openint-cpp/" OPENINT_VERSION_STRING
                   "\r\nAccept: application/json\r\nAccept-Encoding: gzip\r\n"
                   "Authorization: Bearer " +
                   server.token() +
                   "\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n"
                   "{\"name\":\"caf\xc3\xa9\"}");
    // Not without a body.
    get();
    BOOST_TEST(!sent().header("Content-Type"));
    BOOST_TEST(!sent().header("Content-Length"));
    // However large.
    const boost::json::object large{{"x", std::string(5'000'000, 'x')}};
    server.next(respond(200, "{}"));
    run(io, client.post("/v1/x", large));
    BOOST_TEST(sent().body.size() == 5'000'008u);
}

BOOST_FIXTURE_TEST_CASE(a_body_that_is_not_taken, service)
{
    const boost::json::object large{{"x", std::string(30'000'000, 'x')}};
    server.next_connection(on_accept::stall);
    const error e = failure_of(io, client.with_options({.timeout = 200ms}).post("/v1/x", large));
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(
        contains(text(e), "timed out while sending the request; the request may have taken"));
}

BOOST_FIXTURE_TEST_CASE(no_body_is_expected_after_head, service)
{
    // No operation of the API uses HEAD.
    transport::transport_options shared;
    shared.origin = *http::parse_url(server.url());
    shared.connect_timeout = 5s;
    shared.idle_timeout = 5s;
    const auto pool = transport::connection_pool::make(io.get_executor(), shared);
    auto options = std::make_shared<transport::call_options>();
    options->public_fields = "Host: x\r\n";
    options->timeout = options->total_timeout = 5s;
    for (const auto& form :
         {respond(200, "hello"), respond(200, "hello").chunked(), respond(200, "hello").gzip()}) {
        server.next(form);
        run(io, [](auto p, auto o) -> asio::awaitable<void> {
            transport::call a(
                p, o, {.method = http::verb::head, .target = "/v1/x", .needs_token = false});
            auto receiving = a.receive();
            co_await std::move(receiving);
            BOOST_TEST(a.body() == "");
        }(pool, options));
        BOOST_TEST(sent().method == "HEAD");
    }
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_FIXTURE_TEST_CASE(headers_of_ones_own, service)
{
    openint::client_config config = test::config_for(server);
    config.user_agent = "app/1.0 (x)";
    config.headers = {{"X-App", "a"}, {"Accept", "application/vnd.x+json"}};
    const openint::client client2(io, config);
    get(client2);
    BOOST_TEST(sent().header("User-Agent").value_or("") ==
               "app/1.0 (x) openint-cpp/" OPENINT_VERSION_STRING);
    BOOST_TEST(sent().header("X-App").value_or("") == "a");
    BOOST_TEST(sent().header("Accept").value_or("") == "application/vnd.x+json");
    BOOST_TEST(sent().count("Accept") == 1u);

    get(client2.with_options(
        {.headers = {openint::header{"x-app", "b"}, openint::header{"user-agent", "own"},
                     openint::header{"X-Empty", ""}}}));
    BOOST_TEST(sent().count("X-App") == 1u);
    BOOST_TEST(sent().header("X-App").value_or("") == "b");
    BOOST_TEST(sent().count("User-Agent") == 1u);
    BOOST_TEST(sent().header("User-Agent").value_or("") == "own");
    BOOST_TEST(sent().header("X-Empty").value_or("-") == "");
    get(client2);
    BOOST_TEST(sent().header("X-App").value_or("") == "a");

    // Without a value, none is sent: neither the client's nor the library's own.
    const openint::client bare =
        client2.with_options({.headers = {openint::header{"x-app", std::nullopt},
                                          openint::header{"USER-AGENT", std::nullopt},
                                          openint::header{"Accept", std::nullopt},
                                          openint::header{"accept-encoding", std::nullopt},
                                          openint::header{"X-Unknown", std::nullopt}}});
    get(bare);
    BOOST_TEST(sent().raw == "GET /v1/connection/conn_github_1 HTTP/1.1\r\nHost: 127.0.0.1:" +
                                 std::to_string(server.port()) + "\r\nAuthorization: Bearer " +
                                 server.token() + "\r\n\r\n");
    get(bare.with_options({.headers = {openint::header{"User-Agent", "back"}}}));
    BOOST_TEST(sent().header("User-Agent").value_or("") == "back");
    get(client2);
    BOOST_TEST(sent().header("X-App").value_or("") == "a");
    // What is not the user's to send is not the user's to remove.
    for (const char* name : {"Host", "Authorization", "Content-Length"}) {
        const error e =
            fail(client.with_options({.headers = {openint::header{name, std::nullopt}}}));
        BOOST_TEST(e.code() == errc::invalid_argument);
        BOOST_TEST(contains(text(e), name));
    }
    // The name may be a whole line with its value: it is not repeated.
    const error e = fail(client.with_options({.headers = {openint::header{"a b", std::nullopt}}}));
    BOOST_TEST(e.code() == errc::invalid_argument);
    BOOST_TEST(contains(text(e), "a header name is not valid"));
}

BOOST_FIXTURE_TEST_CASE(query_parameters_of_ones_own, service)
{
    using openint::query_parameter;
    const auto target_of = [&](auto operation) {
        run(io, std::move(operation));
        const std::string raw = sent().raw;
        return raw.substr(raw.find(' ') + 1, raw.find(" HTTP/") - raw.find(' ') - 1);
    };
    const openint::client debug = client.with_options(
        {.query = {query_parameter{"debug", "a b"}, query_parameter{"x", "1"}}});
    BOOST_TEST(target_of(debug.get_connection("conn_github_1")) ==
               "/v1/connection/conn_github_1?debug=a%20b&x=1");

    // A later one of a name replaces those that are there: of the handle,
    BOOST_TEST(target_of(debug.with_options({.query = {query_parameter{"debug", "c"}}})
                             .get_connection("conn_github_1")) ==
               "/v1/connection/conn_github_1?x=1&debug=c");
    BOOST_TEST(target_of(debug.with_options({.query = {query_parameter{"x", ""}}})
                             .get_connection("conn_github_1")) ==
               "/v1/connection/conn_github_1?debug=a%20b&x=");
    // of the operation,
    const openint::client five = client.with_options({.query = {query_parameter{"limit", "5"}}});
    BOOST_TEST(target_of(five.list_connections({.limit = 7, .offset = 2})) ==
               "/v1/connection?offset=2&limit=5");
    BOOST_TEST(target_of(five.list_events({.since = "2026-01-01"})).find("limit=50") ==
               std::string::npos);
    // and of a target.
    server.next(respond(200, "{}"), 3);
    BOOST_TEST(target_of(five.get("/v2/x?limit=1&y=2&limit=3", {query_parameter{"limit", "4"}})) ==
               "/v2/x?y=2&limit=5");
    BOOST_TEST(target_of(five.get("/v2/x?limit=1")) == "/v2/x?limit=5");
    BOOST_TEST(target_of(five.get("/v2/x?limits=1&alimit=2&=3&&limit")) ==
               "/v2/x?limits=1&alimit=2&=3&&limit=5");

    // Together, two of a name are a list.
    BOOST_TEST(target_of(five.with_options({.query = {query_parameter{"limit", "a"},
                                                      query_parameter{"limit", "b"}}})
                             .get_connection("conn_github_1")) ==
               "/v1/connection/conn_github_1?limit=a&limit=b");

    // Where a pager is depends on the pager alone.
    const openint::client lost = client.with_options(
        {.query = {query_parameter{"offset", "1"}, query_parameter{"limit", "1"}}});
    server.clear_requests();
    const auto all = run(io, [](openint::client c) -> asio::awaitable<std::size_t> {
        auto pages = c.list_connections_pages();
        std::size_t n = 0;
        for (;;) {
            auto next = pages.next();
            const auto page = co_await std::move(next);
            if (!page)
                co_return n;
            n += page->items.size();
        }
    }(lost));
    BOOST_TEST(all > 1u);
    BOOST_TEST(sent().parameters("limit").size() == 1u);
    BOOST_TEST(sent().parameters("offset").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(what_must_not_reach_the_wire, service)
{
    const auto refused = [&](const error& e, std::string_view word) {
        BOOST_TEST(e.code() == errc::invalid_argument);
        BOOST_TEST(e.attempts() == 0);
        BOOST_TEST(contains(text(e), word));
    };
    // In a configuration, at once.
    const auto config_refused = [&](const auto& change, std::string_view word) {
        openint::client_config config = test::config_for(server);
        change(config);
        try {
            const openint::client c(io, config);
            BOOST_ERROR("accepted: " << word);
        } catch (const error& e) {
            refused(e, word);
        }
    };
    using config = openint::client_config;
    for (const std::string& value :
         {"a\r\nX: y"s, "a\nb"s, "a\rb"s, "a\0b"s, "\x01"s, "\x7f"s, " a"s, "a "s, "a\t"s}) {
        config_refused([&](config& c) { c.headers = {{"X-A", value}}; }, "X-A");
        config_refused([&](config& c) { c.user_agent = value; }, "user_agent");
        config_refused([&](config& c) { c.token = openint::secret(value); }, "token");
        config_refused([&](config& c) { c.base_url = "http://127.0.0.1/" + value; }, "base_url");
        config_refused([&](config& c) { c.proxy = "http://" + value; }, "proxy");
    }
    for (const std::string& name : {""s, "a b"s, "a:"s, "a\r\nb"s, "a\0"s, "\xc3\xa9"s, "(a)"s})
        config_refused([&](config& c) { c.headers = {{name, "x"}}; }, "header name");
    constexpr std::string_view ours[] = {
        "Host", "Authorization",       "Content-Length", "Transfer-Encoding", "Connection",
        "TE",   "Proxy-Authorization", "Content-Type",   "Upgrade",           "Expect",
        "host", "Keep-Alive",          "Trailer",        "Proxy-Connection",  "CONTENT-LENGTH"};
    for (const std::string_view name : ours) {
        config_refused([&](config& c) { c.headers = {{std::string(name), "x"}}; }, name);
        const openint::client c = client.with_options({.headers = {openint::header{name, "x"}}});
        refused(fail(c), name);
    }
    config_refused([](config& c) { c.token = openint::secret("a b"); }, "token");
    for (const char* url :
         {"", "api.openint.dev", "ftp://x", "http://", "http://a b", "http://a/?q", "http://a/#f",
          "http://user:pw@a/", "http://a:0", "http://a:65536", "http://a/../b", "http://a\\b",
          "http://[::1", "http://a/%2e%2e/b"})
        config_refused([&](config& c) { c.base_url = url; }, "base_url");
    config_refused([](config& c) { c.timeout = -1ns; }, "timeout");
    config_refused([](config& c) { c.total_timeout = -1ns; }, "timeout");

    // With a call, when it is awaited.
    for (const std::string_view value : {"a\r\nX: y", "a\n", " a", "\x7f"}) {
        refused(fail(client.with_options({.headers = {openint::header{"X-A", value}}})), "X-A");
        refused(fail(client.with_options({.token = value})), "token");
        refused(fail(client.with_token(openint::secret(value))), "token");
    }
    refused(fail(client.with_token(openint::secret())), "token");
    refused(fail(client.with_options({.timeout = -1ms})), "timeout");
    refused(fail(client.with_options({.total_timeout = -1ms})), "timeout");
    for (const std::string_view target :
         {"//evil.example/x", "http://evil.example/", "https:evil", "/a\\b", "/a#b", "/../x",
          "/a/..", "/%2e%2e/x", "/a/%2E/b", "/a b", "/a\r\nHost: x", "/\x7f", "/caf\xc3\xa9",
          "/%zz", "/%2"})
        refused(failure_of(io, client.get(target)), "target");
    BOOST_TEST(server.connections_accepted() == 0u);
}

BOOST_FIXTURE_TEST_CASE(without_a_token, service)
{
    openint::client_config config = test::config_for(server);
    config.token = {};
    const openint::client anonymous(io, config);
    const error e = fail(anonymous);
    BOOST_TEST(e.code() == errc::invalid_argument);
    BOOST_TEST(contains(text(e), "OPENINT_API_KEY"));
    BOOST_TEST(server.connections_accepted() == 0u);
    run(io, anonymous.health());
    BOOST_TEST(!sent().header("Authorization"));
    BOOST_TEST(get(anonymous.with_token(openint::secret(server.token()))) == "conn_github_1");
}

BOOST_AUTO_TEST_SUITE_END()
