// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Which redirects are followed.

#include "support/methods.hpp"
#include "support/service.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using openint::error;
using openint::testing::mock_server;
using openint::testing::respond;
using test::contains;
using test::failure_of;
using test::service;
using test::text;
using test::unsafe_methods;

BOOST_AUTO_TEST_SUITE(redirects)

BOOST_FIXTURE_TEST_CASE(redirects_within_the_origin, service)
{
    openint::response_info info;
    const openint::client watched = client.with_options({.info = &info});
    const std::string target = "/v1/connection/conn_github_1?include_secrets=true";
    for (const int status : {301, 302, 303, 307, 308}) {
        for (const std::string& where :
             {target, server.origin() + target,
              "//127.0.0.1:" + std::to_string(server.port()) + target,
              std::string("../connection/conn_github_1?include_secrets=true"),
              std::string("conn_github_1?include_secrets=true#part")}) {
            server.clear_requests().next(respond(status).header("Location", where));
            get(watched);
            BOOST_TEST(sent().target == target);
            BOOST_TEST(sent().header("Authorization").value_or("") == "Bearer " + server.token());
            BOOST_TEST(info.attempts == 2);
            BOOST_TEST(info.status == 200u);
        }
    }
    BOOST_TEST(server.connections_accepted() == 1u);

    // Five, not six; they are not retries.
    server.next(respond(302).header("Location", target), 5);
    get(client.with_options({.max_retries = 0}));
    server.clear_requests().next(respond(302).header("Location", target), 6);
    const error e = fail(client);
    BOOST_TEST(e.status() == 302u);
    BOOST_TEST(server.request_count() == 6u);
    BOOST_TEST(contains(text(e), "not followed to \"" + target + "\""));
    BOOST_TEST(e.headers().find("Location").value_or("") == target);
}

BOOST_FIXTURE_TEST_CASE(redirects_that_are_not_followed, service)
{
    mock_server other;
    const std::string port = std::to_string(server.port());
    for (const std::string& where :
         {other.origin() + "/v1/connection/conn_github_1", std::string("//127.0.0.1:1/"),
          "https://127.0.0.1:" + port + "/", "http://localhost:" + port + "/",
          "http://user:pw@127.0.0.1:" + port + "/", std::string("ftp://127.0.0.1/"),
          std::string("javascript:alert(1)"), std::string("http://["), std::string("\\\\evil\\x"),
          std::string("http:"), std::string("/\t/evil"), std::string("https://evil.example"),
          "http://127.0.0.1:" + port + "@evil.example/", std::string("///evil.example")}) {
        BOOST_TEST_CONTEXT(where)
        {
            server.clear_requests().next(respond(302).header("Location", where));
            const error e = fail(client);
            BOOST_TEST(e.status() == 302u);
            BOOST_TEST(server.request_count() == 1u);
            BOOST_TEST(contains(text(e), "302 Found"));
            BOOST_TEST(contains(text(e), "not followed to \""));
            BOOST_TEST(e.headers().find("Location").value_or("") == where);
        }
    }
    BOOST_TEST(other.connections_accepted() == 0u);

    for (const int status : {300, 304, 305, 306, 399}) {
        server.next(respond(status).header("Location", "/v1/connection/conn_github_1"));
        BOOST_TEST(fail(client).status() == static_cast<unsigned>(status));
    }
    server.next(respond(302));
    BOOST_TEST(contains(text(fail(client)), "it does not say where to"));

    for (const auto& [name, send] : unsafe_methods) {
        for (const int status : {301, 307}) {
            server.clear_requests().next(respond(status).header("Location", "/v1/y"));
            BOOST_TEST(failure_of(io, send(client)).status() == static_cast<unsigned>(status));
            BOOST_TEST(server.request_count() == 1u);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
