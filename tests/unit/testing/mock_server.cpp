// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server, seen through blocking sockets: the service that it plays, and what it remembers.

#include "support/raw_client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace asio = boost::asio;
namespace json = boost::json;
using namespace openint::testing;
using namespace std::chrono_literals;
using namespace test;

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(get_connection)

BOOST_AUTO_TEST_CASE(an_answer_looks_like_the_real_servers)
{
    mock_server server;
    BOOST_TEST(server.url() == "http://127.0.0.1:" + std::to_string(server.port()) + "/v1");
    const answer_text a = get(server, github);
    BOOST_TEST(a.head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    BOOST_TEST(a.header("Vary") == "*");
    BOOST_TEST(a.header("Access-Control-Allow-Methods") == "GET");
    BOOST_TEST(a.header("Access-Control-Allow-Headers") == "host, authorization");
    BOOST_TEST(a.header("Date").ends_with(" GMT"));
    BOOST_TEST(a.header("Connection") == "(none)");

    const json::object o = a.object();
    BOOST_TEST(o.at("id") == "conn_github_1");
    BOOST_TEST(o.at("status") == "healthy");
    BOOST_TEST(o.at("status_message").is_null());
    for (const char* absent : {"settings", "connector", "integration"})
        BOOST_TEST(!o.contains(absent), absent);
}

BOOST_AUTO_TEST_CASE(the_document_is_whole_with_everything_asked_for)
{
    mock_server server;
    const answer_text a =
        get(server, github + "?include_secrets=true&refresh_policy=none&expand=connector");
    BOOST_TEST(a.body.size() > 3500u);
    BOOST_TEST(a.body.size() < 4700u);
    BOOST_TEST((json::parse(a.body) == json::parse(server.connection("conn_github_1"))));
    BOOST_CHECK_THROW(server.connection("conn_nobody"), std::out_of_range);
}

BOOST_AUTO_TEST_CASE(include_secrets_is_any_text)
{
    mock_server server;
    const auto has_settings = [&](const char* query) {
        return get(server, github + query).object().contains("settings");
    };
    BOOST_TEST(has_settings("?include_secrets=true"));
    BOOST_TEST(has_settings("?include_secrets=false"));
    BOOST_TEST(has_settings("?include_secrets=0"));
    BOOST_TEST(has_settings("?include_secrets=&include_secrets="));
    BOOST_TEST(!has_settings("?include_secrets="));
    BOOST_TEST(!has_settings("?include_secrets"));
    BOOST_TEST(!has_settings(""));
}

BOOST_AUTO_TEST_CASE(expand_is_a_list)
{
    mock_server server;
    const auto has_connector = [&](const char* query) {
        return get(server, github + query).object().contains("connector");
    };
    BOOST_TEST(has_connector("?expand=connector"));
    BOOST_TEST(has_connector("?expand=connector,connector"));
    BOOST_TEST(has_connector("?expand=connector%2Cconnector"));
    BOOST_TEST(has_connector("?expand=connector&expand=connector"));
    BOOST_TEST(!has_connector("?expand[]=connector"));
    BOOST_TEST(!has_connector("?expand[0]=connector"));
    BOOST_TEST(!has_connector("?expand="));

    const answer_text a = get(server, github + "?expand=connector,bogus");
    BOOST_TEST(a.status() == 400);
    BOOST_TEST(a.body ==
               R"({"message":"Input validation failed","code":"BAD_REQUEST","data":{"code":)"
               R"("BAD_REQUEST","httpStatus":400,"path":"getConnection"},"issues":[{"received":)"
               R"("bogus","code":"invalid_enum_value","options":["connector"],"path":["expand",1],)"
               R"("message":"Invalid enum value. Expected 'connector', received 'bogus'"}]})");
}

BOOST_AUTO_TEST_CASE(refresh_policy_is_checked)
{
    mock_server server;
    for (const char* good : {"none", "force", "auto"})
        BOOST_TEST(get(server, github + "?refresh_policy=" + good).status() == 200, good);
    for (const char* bad : {"", "always", "None", "none,auto"}) {
        const answer_text a = get(server, github + "?refresh_policy=" + bad);
        BOOST_TEST(a.status() == 400, bad);
        const json::value issue = a.object().at("issues").at(0);
        BOOST_TEST(issue.at("received") == bad);
        BOOST_TEST(issue.at("code") == "invalid_enum_value");
    }
    const answer_text twice = get(server, github + "?refresh_policy=none&refresh_policy=none");
    BOOST_TEST(twice.status() == 400);
    BOOST_TEST(twice.object().at("issues").at(0).at("received") == "array");
}

BOOST_AUTO_TEST_CASE(ids_are_never_decoded)
{
    mock_server server;
    const auto status = [&](std::string_view id) {
        return get(server, "/v1/connection/" + std::string(id)).status();
    };
    BOOST_TEST(status("conn_github_1") == 200);
    BOOST_TEST(status("conn_github_1/") == 200);
    BOOST_TEST(status("../connection/./conn_github_1") == 200);
    BOOST_TEST(status("foo") == 400);
    BOOST_TEST(status("conn%5Fgithub_1") == 400);
    BOOST_TEST(status("conn_github%5F1") == 404);
    BOOST_TEST(status("conn_github_1%3Fexpand=connector") == 404);
    BOOST_TEST(status("conn_nobody") == 404);
    BOOST_TEST(status("conn_%00") == 404);
    BOOST_TEST(status("conn_a/b") == 404);
    BOOST_TEST(status("conn_github_1%zz") == 500);
    BOOST_TEST(status("conn_github_1%4") == 500);
    BOOST_TEST(status("conn_%ff") == 500);
    BOOST_TEST(status("conn_removed_1") == 404);

    BOOST_TEST(get(server, "/v1/connection/foo").body ==
               R"({"message":"Input validation failed","code":"BAD_REQUEST","data":{"code":)"
               R"("BAD_REQUEST","httpStatus":400,"path":"getConnection"},"issues":[{"code":)"
               R"("invalid_string","validation":{"startsWith":"conn_"},"message":)"
               R"("Invalid input: must start with \"conn_\"","path":["id"]}]})");
    BOOST_TEST(get(server, "/v1/connection/conn_nobody").body ==
               R"({"message":"Connection not found","code":"NOT_FOUND","data":{"code":)"
               R"("NOT_FOUND","httpStatus":404,"path":"getConnection"}})");
    BOOST_TEST(get(server, "/v1/connection/conn_removed_1").object().at("message") ==
               "Connector not found for connection conn_removed_1");
}

BOOST_AUTO_TEST_CASE(tokens_are_checked_before_anything_else)
{
    mock_server server{{.token = "key_mine"}};
    BOOST_TEST(server.token() == "key_mine");
    server.accept_token("key_other");
    const auto message = [&](std::string_view authorization, int status) {
        raw_client c(server);
        c.send("GET /v1/connection/foo HTTP/1.1\r\nHost: x\r\n" + std::string(authorization) +
               "\r\n");
        const answer_text a = c.answer();
        BOOST_TEST(a.status() == status);
        return std::string(a.object().at("message").as_string());
    };
    BOOST_TEST(message("", 403) == "Authentication required");
    BOOST_TEST(message("Authorization: \r\n", 403) == "Authentication required");
    BOOST_TEST(message("Authorization: Bearer wrong\r\n", 401) == "Invalid API key");
    BOOST_TEST(message("Authorization: Bearer  key_mine\r\n", 401) == "Invalid API key");
    for (const char* odd : {"bearer key_mine", "key_mine", "Bearer "})
        BOOST_TEST(message("Authorization: " + std::string(odd) + "\r\n", 401) ==
                   "Invalid Authorization header, expecting Bearer with token");
    BOOST_TEST(message("Authorization: Bearer a.b.c\r\n", 401).starts_with("TRPCError"));
    for (const char* good : {"key_mine", "key_other"})
        BOOST_TEST(message("Authorization: Bearer " + std::string(good) + "\r\n", 400) ==
                   "Input validation failed");
}

BOOST_AUTO_TEST_CASE(other_routes)
{
    mock_server server;
    BOOST_TEST(get(server, "/v1/nope").body ==
               R"({"message":"Not found","code":"NOT_FOUND","data":{"code":"NOT_FOUND",)"
               R"("httpStatus":404}})");
    const answer_text outside = get(server, "/nope");
    BOOST_TEST(outside.status() == 404);
    BOOST_TEST(outside.body == "NOT_FOUND");
    BOOST_TEST(outside.header("Content-Type") == "text/plain;charset=utf-8");
    BOOST_TEST(get(server, "/v1/health").body == R"({"ok":true})");
    BOOST_TEST(get(server, "/v1/viewer").object().at("role") == "org");

    raw_client c(server);
    c.send("PUT /v1/connection/conn_github_1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_TEST(c.answer().status() == 404);
    c.send("POST /v1/health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
           "5\r\n{\"a\":\r\n2;x=y\r\n1}\r\n0\r\nTrailer: t\r\n\r\n");
    BOOST_TEST(c.answer().body == R"({"input":{"a":1}})");
    BOOST_TEST(server.requests().back().body == R"({"a":1})");
    c.get("http://somewhere:1/v1/health", server.token());
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_CASE(every_connection_can_be_fetched_and_has_all_keys)
{
    mock_server server;
    for (const char* id : {"github", "disconnected", "expired", "apikey", "disabled", "manual",
                           "null", "unicode", "future"}) {
        const answer_text a =
            get(server, "/v1/connection/conn_" + std::string(id) + "_1?expand=connector");
        BOOST_TEST(a.status() == 200, id);
        const json::object o = a.object();
        for (const char* key : {"customer_id", "integration_id", "status_message", "display_name",
                                "disabled", "status", "metadata", "connector_name", "connector"})
            BOOST_TEST(o.contains(key), id << " has no " << key);
    }
}

BOOST_AUTO_TEST_CASE(refreshing)
{
    mock_server server;
    const auto fetch = [&](const char* id, const char* query) {
        return get(server, "/v1/connection/" + std::string(id) + query).object();
    };
    // Without secrets nothing is refreshed, by policy none neither.
    BOOST_TEST(fetch("conn_expired_1", "").at("status") == "healthy");
    BOOST_TEST(fetch("conn_expired_1", "?refresh_policy=force").at("status") == "healthy");
    BOOST_TEST(fetch("conn_expired_1", "?include_secrets=true&refresh_policy=none").at("status") ==
               "healthy");
    const json::object failed = fetch("conn_expired_1", "?include_secrets=true");
    BOOST_TEST(failed.at("status") == "error");
    BOOST_TEST(failed.at("status_message").as_string().find("client_secret=") !=
               json::string::npos);

    const char* token = "/settings/oauth/credentials/access_token";
    const json::value before = fetch("conn_github_1", "?include_secrets=true");
    const json::value after = fetch("conn_github_1", "?include_secrets=true&refresh_policy=force");
    BOOST_TEST((before.at_pointer(token) != after.at_pointer(token)));
    BOOST_TEST((after.at_pointer(token) == after.at_pointer("/settings/access_token")));
    const json::value stored = fetch("conn_github_1", "?include_secrets=true");
    BOOST_TEST((after.at("settings") == stored.at("settings")));
    BOOST_TEST((after.at("updated_at") == before.at("updated_at"))); // as the real server
    BOOST_TEST((after.at("updated_at") != stored.at("updated_at")));
}

BOOST_AUTO_TEST_CASE(connections_can_be_added)
{
    mock_server server;
    server.add(json::object{{"id", "conn_mine"}, {"connector_name", "plaid"}, {"answer", 42}})
        .add(R"({"id":"conn_text","settings":{"oauth":{}}})");
    const json::object mine = get(server, "/v1/connection/conn_mine?expand=connector").object();
    BOOST_TEST(mine.at("answer") == 42);
    BOOST_TEST(mine.at("customer_id").is_null());
    BOOST_TEST(mine.at("connector").at("name") == "plaid");
    BOOST_TEST(get(server, "/v1/connection/conn_text").status() == 200);
    server.add(json::object{{"id", "conn_mine"}, {"answer", 43}});
    BOOST_TEST(get(server, "/v1/connection/conn_mine").object().at("answer") == 43);
    BOOST_CHECK_THROW(server.add(json::object{{"id", 1}}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(records)

BOOST_AUTO_TEST_CASE(requests_are_recorded_byte_for_byte)
{
    mock_server server;
    raw_client c(server);
    const std::string first = "GET /v1/health?a=1&b=%20x+y&a HTTP/1.1\r\nHost: x\r\nx-A:  b \r\n"
                              "X-a: c\r\n\r\n";
    const std::string second = "POST /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
                               "null";
    c.send(first);
    c.answer();
    c.send(second);
    c.answer();
    get(server, "/v1/health");

    const std::vector<request> all = server.requests();
    BOOST_REQUIRE(all.size() == 3u);
    const request& r = all[0];
    BOOST_TEST(r.raw == first);
    BOOST_TEST(r.method == "GET");
    BOOST_TEST(r.target == "/v1/health?a=1&b=%20x+y&a");
    BOOST_TEST(r.path() == "/v1/health");
    BOOST_TEST(r.query() == "a=1&b=%20x+y&a");
    BOOST_TEST((r.parameters("a") == std::vector<std::string>{"1", ""}));
    BOOST_TEST((r.parameters("b") == std::vector<std::string>{" x y"}));
    BOOST_TEST(r.header("X-A").value() == "b");
    BOOST_TEST(r.count("x-a") == 2u);
    BOOST_TEST(!r.header("Nope"));
    BOOST_TEST(!r.tls);
    BOOST_TEST(all[1].raw == second);
    BOOST_TEST(all[1].body == "null");
    BOOST_TEST((all[1].time >= all[0].time));
    for (std::size_t i = 0; i < 3; ++i)
        BOOST_TEST(all[i].number == i + 1);
    BOOST_TEST(all[0].connection == all[1].connection);
    BOOST_TEST(all[1].ordinal == 2u);
    BOOST_TEST(all[2].connection == all[0].connection + 1);
    BOOST_TEST(all[2].ordinal == 1u);
    server.clear_requests();
    BOOST_TEST(server.request_count() == 0u);
}

BOOST_AUTO_TEST_CASE(connections_are_counted)
{
    mock_server server;
    BOOST_TEST(server.connections_accepted() == 0u);
    {
        raw_client a(server), b(server);
        BOOST_TEST(server.wait_for_connections(2));
        BOOST_TEST(server.wait_until_open(2));
    }
    BOOST_TEST(server.wait_until_open(0));
    BOOST_TEST(server.connections_accepted() == 2u);
    BOOST_TEST(!server.wait_for_requests(1, 1ms));
    get(server, github);
    BOOST_TEST(server.wait_for_requests(1));
    BOOST_TEST(server.wait_until_idle());
}

BOOST_AUTO_TEST_CASE(a_hook_sees_the_request_before_the_answer_is_made)
{
    mock_server server;
    server.on_request([&](const request& r) {
        if (r.path() == github)
            server.next(respond(418));
    });
    BOOST_TEST(get(server, github).status() == 418);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_get_no_answer)
{
    mock_server server;
    raw_client c(server);
    c.send("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    BOOST_TEST(server.wait_for_requests(1));
    BOOST_TEST(server.requests()[0].pipelined);
    c.socket().shutdown(asio::ip::tcp::socket::shutdown_send);
    BOOST_TEST(c.all().empty());
}

BOOST_AUTO_TEST_CASE(rubbish_is_refused)
{
    mock_server server;
    for (const char* rubbish : {"\x16\x03\x01", "get / HTTP/1.1\r\n", "GET\r\n\r\n",
                                "GET / HTTP/2\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
        raw_client c(server);
        c.send(rubbish);
        BOOST_TEST(c.all().starts_with("HTTP/1.1 400 Bad Request\r\n"));
    }
    BOOST_TEST(server.request_count() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
