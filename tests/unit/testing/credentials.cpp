// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server: credentials that end, the provider that renews them, and the clock.

#include "support/raw_client.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace json = boost::json;
using namespace openint::testing;
using namespace std::chrono_literals;
using namespace test;

namespace {

const std::string mine = "/v1/connection/conn_github_mine";
const std::string looked = mine + "?include_secrets=true";
const std::string forced = looked + "&refresh_policy=force";

constexpr std::chrono::sys_time<std::chrono::milliseconds> noon{1'900'000'000'000ms};

// A server at a time that stands still, with a connection whose token lives for an hour more.
struct service
{
    mock_server server;

    service()
    {
        server.set_time(noon).add(R"({
            "id": "conn_github_mine", "connector_name": "github", "customer_id": "cus_ada",
            "connector_config_id": "ccfg_github_1", "status": "healthy",
            "updated_at": "2030-03-17 00:00:00+00",
            "settings": {"oauth": {"created_at": "2030-01-01T00:00:00.000Z", "credentials": {
                "access_token": "made-up-first-token", "token_type": "bearer",
                "refresh_token": "made-up-first-refresh-token",
                "expires_in": 3600, "expires_at": "2030-03-17T18:46:40.000Z"}}}})");
    }

    json::value read(const std::string& target) const { return get(server, target).object(); }
    provider_calls calls() const { return server.refreshes("conn_github_mine"); }
};

std::string text(const json::value& v, std::string_view pointer)
{
    return std::string(v.at_pointer(pointer).as_string());
}

std::string token(const json::value& v)
{
    BOOST_TEST(v.at_pointer("/settings/access_token") ==
               v.at_pointer("/settings/oauth/credentials/access_token"));
    return text(v, "/settings/access_token");
}

std::string end(const json::value& v) { return text(v, "/settings/oauth/credentials/expires_at"); }

} // namespace

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(credentials)

BOOST_AUTO_TEST_CASE(the_clock_is_the_tests)
{
    service s;
    BOOST_TEST((s.server.time() == noon));
    BOOST_TEST(get(s.server, mine).header("Date") == "Sun, 17 Mar 2030 17:46:40 GMT");
    s.server.advance_time(90s);
    BOOST_TEST((s.server.time() == noon + 90s));
    BOOST_TEST(get(s.server, mine).header("Date") == "Sun, 17 Mar 2030 17:48:10 GMT");
    BOOST_TEST(text(s.read(forced), "/updated_at") == "2030-03-17 00:00:00+00");
    BOOST_TEST(text(s.read(mine), "/updated_at") == "2030-03-17 17:48:10+00");

    mock_server running;
    const auto before = std::chrono::system_clock::now();
    BOOST_TEST((running.time() >= before));
    running.advance_time(-24h);
    BOOST_TEST((running.time() < before));
}

BOOST_AUTO_TEST_CASE(a_look_renews_what_has_ended_and_force_renews_always)
{
    service s;
    BOOST_TEST(token(s.read(looked)) == "made-up-first-token");
    const json::value first = s.read(forced);
    BOOST_TEST(token(first) != "made-up-first-token");
    BOOST_TEST(end(first) == "2030-03-17T18:46:40.000Z");

    s.server.advance_time(1h);
    BOOST_TEST(token(s.read(looked)) == token(first)); // ends now: not before now
    s.server.advance_time(1ms);
    BOOST_TEST(token(s.read(mine + "?include_secrets=true&refresh_policy=none")) == token(first));
    BOOST_TEST(text(s.read(mine), "/status") == "healthy"); // without secrets nothing is tried
    const json::value second = s.read(looked);
    BOOST_TEST(token(second) != token(first));
    BOOST_TEST(end(second) == "2030-03-17T19:46:40.001Z");
    BOOST_TEST(s.calls().granted == 2u);
    BOOST_TEST(s.calls().refused == 0u);
}

BOOST_AUTO_TEST_CASE(a_refresh_replaces_the_settings)
{
    service s;
    const json::value o = s.read(forced);
    BOOST_TEST(text(o, "/updated_at") == "2030-03-17 00:00:00+00");
    const json::object& credentials = o.at_pointer("/settings/oauth/credentials").as_object();
    for (const char* there :
         {"client_id", "access_token", "refresh_token", "expires_in", "expires_at", "raw", "scope"})
        BOOST_TEST(credentials.contains(there), there);
    BOOST_TEST(!credentials.contains("token_type"));
    BOOST_TEST(!o.at_pointer("/settings/oauth").as_object().contains("created_at"));
    BOOST_TEST(text(o, "/settings/oauth/credentials/refresh_token") ==
               "made-up-first-refresh-token");
    BOOST_TEST(text(s.read(mine), "/updated_at") == "2030-03-17 17:46:40+00");

    const json::value event = s.read("/v1/event?limit=1").at_pointer("/items/0");
    BOOST_TEST(text(event, "/name") == "connect.connection-checked");
    BOOST_TEST(text(event, "/data/connection_id") == "conn_github_mine");
    BOOST_TEST(text(event, "/data/status") == "healthy");
}

BOOST_AUTO_TEST_CASE(without_an_end_only_force_renews)
{
    service s;
    s.server.set_provider({.token_life = 0s});
    const json::value first = s.read(forced);
    BOOST_TEST(!first.at_pointer("/settings/oauth/credentials").as_object().contains("expires_at"));
    BOOST_TEST(!first.at_pointer("/settings/oauth/credentials").as_object().contains("expires_in"));
    s.server.advance_time(24h * 365);
    BOOST_TEST(token(s.read(looked)) == token(first));
    BOOST_TEST(token(s.read(forced)) != token(first));
}

BOOST_AUTO_TEST_CASE(a_provider_that_refuses_leaves_the_token)
{
    service s;
    s.server.set_provider("conn_github_mine", {.refuses = true});
    const json::value failed = s.read(forced);
    BOOST_TEST(text(failed, "/status") == "error");
    BOOST_TEST(text(failed, "/status_message").find("made-up-first-refresh-token") !=
               std::string::npos);
    BOOST_TEST(token(failed) == "made-up-first-token");
    BOOST_TEST(s.calls().refused == 1u);
    s.server.set_provider("conn_github_mine", {});
    const json::value good = s.read(forced);
    BOOST_TEST(text(good, "/status") == "healthy");
    BOOST_TEST(good.at_pointer("/status_message").is_null());
}

BOOST_AUTO_TEST_CASE(a_provider_can_grant_the_same_token_again)
{
    service s;
    s.server.set_provider({.token_life = 2h, .keeps_access_token = true});
    const json::value o = s.read(forced);
    BOOST_TEST(token(o) == "made-up-first-token");
    BOOST_TEST(end(o) == "2030-03-17T19:46:40.000Z");
}

BOOST_AUTO_TEST_CASE(nothing_is_tried_for_a_disconnected_connection)
{
    service s;
    for (const char* policy : {"auto", "force"}) {
        const json::value o =
            s.read("/v1/connection/conn_disconnected_1?include_secrets=true&refresh_policy=" +
                   std::string(policy));
        BOOST_TEST(text(o, "/status") == "disconnected");
        BOOST_TEST(token(o) == "made-up-stale-token");
    }
    BOOST_TEST(s.server.refreshes("conn_disconnected_1").granted == 0u);
}

BOOST_AUTO_TEST_CASE(without_a_refresh_token_what_has_ended_is_disconnected)
{
    service s;
    s.server.add(R"({"id": "conn_github_mine", "connector_name": "github", "status": "unknown",
        "settings": {"oauth": {"credentials": {
            "access_token": "t", "expires_at": "2030-03-17T17:46:40.001Z"}}}})");
    BOOST_TEST(text(s.read(looked), "/status") == "unknown");
    BOOST_TEST(text(s.read(forced), "/status") == "healthy");
    s.server.advance_time(2ms);
    const json::value o = s.read(looked);
    BOOST_TEST(text(o, "/status") == "disconnected");
    BOOST_TEST(text(o, "/status_message") == "Token expired at 2030-03-17T17:46:40.001Z");
    BOOST_TEST(token(o) == "t");
    BOOST_TEST(text(s.read(mine), "/status") == "disconnected"); // stored
    BOOST_TEST(s.calls().granted + s.calls().refused == 0u);
}

BOOST_AUTO_TEST_CASE(refresh_tokens_that_rotate_are_good_once)
{
    service s;
    s.server.set_provider({.rotates_refresh_tokens = true});
    const std::string refresh_token = "/settings/oauth/credentials/refresh_token";
    const std::string first = text(s.read(forced), refresh_token);
    BOOST_TEST(first != "made-up-first-refresh-token");
    BOOST_TEST(text(s.read(forced), refresh_token) != first);
    BOOST_TEST(s.calls().granted == 2u);

    // Two at once: the later one is refused, and writes the used refresh token back.
    s.server.set_provider({.rotates_refresh_tokens = true, .latency = 30ms});
    raw_client a(s.server), b(s.server);
    a.get(forced, s.server.token());
    BOOST_TEST(s.server.wait_for_requests(3));
    b.get(forced, s.server.token());
    BOOST_TEST(text(a.answer().object(), "/status") == "healthy");
    BOOST_TEST(text(b.answer().object(), "/status") == "error");
    BOOST_TEST(s.calls().most_at_once == 2u);
    BOOST_TEST(text(s.read(forced), "/status") == "error");
    BOOST_TEST(s.calls().granted == 3u);
    BOOST_TEST(s.calls().refused == 2u);
}

BOOST_AUTO_TEST_CASE(what_a_slow_provider_grants_is_stored_when_it_answers)
{
    service s;
    s.server.set_provider({.latency = 50ms});
    const auto start = std::chrono::steady_clock::now();
    raw_client slow(s.server);
    slow.get(forced, s.server.token());
    BOOST_TEST(s.server.wait_for_requests(1));
    BOOST_TEST(token(s.read(looked)) == "made-up-first-token");
    BOOST_TEST(token(slow.answer().object()) != "made-up-first-token");
    BOOST_TEST((std::chrono::steady_clock::now() - start >= 50ms));
    BOOST_TEST(token(s.read(looked)) != "made-up-first-token");
    BOOST_TEST(s.calls().most_at_once == 1u);
}

BOOST_AUTO_TEST_CASE(a_refresh_goes_on_when_the_caller_has_gone)
{
    service s;
    s.server.set_provider({.latency = 20ms});
    {
        raw_client gone(s.server);
        gone.get(forced, s.server.token());
        BOOST_TEST(s.server.wait_for_requests(1));
    }
    const auto renewed = [&] { return token(s.read(looked)) != "made-up-first-token"; };
    const auto give_up = std::chrono::steady_clock::now() + 5s;
    while (!renewed() && std::chrono::steady_clock::now() < give_up)
        ;
    BOOST_TEST(renewed());
}

BOOST_AUTO_TEST_CASE(scripts_and_slow_providers_go_together)
{
    mock_server server{{.compress = true}};
    server.set_provider({.latency = 5ms});
    server.next(answer().header("X-Scripted", "yes"));
    raw_client c(server);
    c.get(github + "?include_secrets=true&refresh_policy=force", server.token(),
          "Accept-Encoding: gzip\r\n");
    const answer_text a = c.answer();
    BOOST_TEST(a.status() == 200);
    BOOST_TEST(a.header("X-Scripted") == "yes");
    BOOST_TEST(a.header("Content-Encoding") == "gzip");
}

BOOST_AUTO_TEST_CASE(lists_and_checks_renew_as_well)
{
    service s;
    s.server.set_provider({.latency = 5ms});
    const json::value list = s.read("/v1/connection?include_secrets=true&refresh_policy=force"
                                    "&connector_config_id=ccfg_github_1");
    BOOST_TEST(s.calls().granted == 1u);
    BOOST_TEST(s.server.refreshes("conn_github_1").granted == 1u);
    BOOST_TEST(list.at("total") == 6);

    raw_client c(s.server);
    c.send("POST " + mine +
           "/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
           "Authorization: Bearer " +
           s.server.token() + "\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_TEST(c.answer().body ==
               R"({"id":"conn_github_mine","status":"healthy","status_message":null})");
    BOOST_TEST(s.calls().granted == 2u);
}

BOOST_AUTO_TEST_CASE(customer_tokens_end_by_the_servers_clock)
{
    service s;
    raw_client c(s.server);
    c.send("POST /v1/customer/cus_ada/token HTTP/1.1\r\nHost: x\r\n"
           "Content-Type: application/json\r\nAuthorization: Bearer " +
           s.server.token() + "\r\nContent-Length: 27\r\n\r\n{\"validity_in_seconds\": 60}");
    const std::string customers = text(c.answer().object(), "/token");
    const auto status = [&] {
        raw_client one(s.server);
        one.get(mine, customers);
        return one.answer().status();
    };
    BOOST_TEST(status() == 200);
    s.server.advance_time(61s);
    BOOST_TEST(status() == 401);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
