// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What goes wrong between a client and its server, over real sockets.

#include "support/service.hpp"

#include <openint/http/pool.hpp>
#include <openint/http/send.hpp>
#include <openint/json.hpp>
#include <openint/version.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/resource.h>

namespace asio = boost::asio;
namespace http = openint::http;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::answer;
using openint::testing::in_body;
using openint::testing::mock_server;
using openint::testing::on_accept;
using openint::testing::raw;
using openint::testing::respond;
using openint::testing::response;
using openint::testing::whole_answer;
using test::contains;
using test::failure_of;
using test::run;
using test::service;

using namespace std::string_literals;

using json_value = boost::json::value;

BOOST_AUTO_TEST_SUITE(transport)

namespace {

std::string text(const error& e) { return e.what(); }

// A service whose client tries once.
struct once : service
{
    once() { client = client.with_options({.max_retries = 0}); }

    error fail() { return service::fail(client); }
    error fail_with(const response& r)
    {
        server.next(r);
        return fail();
    }
    // What must be told apart from an answer.
    void lost(const response& r)
    {
        const error e = fail_with(r);
        BOOST_TEST(e.code() == errc::connection_lost);
        BOOST_TEST(e.status() == 0u);
        BOOST_TEST(e.attempts() == 1);
        BOOST_TEST(e.cause().failed());
    }
};

std::string ok(std::string_view fields, std::string_view body = {})
{
    return "HTTP/1.1 200 OK\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

constexpr std::string_view document = R"({"id":"conn_github_1"})";

// POST and PATCH, which are not repeated, and those that are.
using operation = std::function<asio::awaitable<json_value>(const openint::client&)>;
const std::pair<const char*, operation> unsafe_methods[] = {
    {"POST", [](const openint::client& c) { return c.post("/v1/x"); }},
    {"PATCH", [](const openint::client& c) { return c.patch("/v1/x"); }},
};
const std::pair<const char*, operation> idempotent_methods[] = {
    {"GET", [](const openint::client& c) { return c.get("/v1/x"); }},
    {"PUT", [](const openint::client& c) { return c.put("/v1/x"); }},
    {"DELETE", [](const openint::client& c) { return c.del("/v1/x"); }},
};

std::size_t resident()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) << 10;
}

} // namespace

// Bodies

BOOST_FIXTURE_TEST_CASE(every_framing_and_coding, service)
{
    const std::vector<std::pair<const char*, response>> forms{
        {"length", answer()},
        {"chunked", answer().chunked()},
        {"small chunks", answer().chunked({1, 2, 3, 500}, ";a=b")},
        {"trailer", answer().chunked({7}).trailer("X-Late", "1")},
        {"to the end", answer().to_end_of_stream()},
        {"connection: close", answer().connection_close()},
        {"gzip", answer().gzip()},
        {"gzip, chunked", answer().gzip().chunked({1, 10})},
        {"gzip to the end", answer().gzip().to_end_of_stream()},
        {"deflate", answer().deflate()},
        {"raw deflate", answer().raw_deflate()},
        {"interim", answer().informational(100).informational(103, {{"Link", "</a>"}})},
        {"drip", answer().drip(97, 0ms)},
        {"paused", answer().pause_after(in_body(3), 5ms)},
        {"text", answer().header("Content-Type", "text/plain")},
        {"html", answer().header("Content-Type", "text/html; charset=utf-8")},
        {"no type", answer().without("Content-Type")},
        {"strange type", answer().header("Content-Type", ";;")},
    };
    for (const auto& [name, form] : forms) {
        BOOST_TEST_CONTEXT(name)
        {
            server.next(form);
            const auto conn =
                run(io, client.get_connection("conn_github_1", {.include_secrets = true}));
            BOOST_TEST(conn.id == "conn_github_1");
            BOOST_TEST(!conn.access_token().empty());
        }
    }
    BOOST_TEST(server.request_count() == forms.size()); // nothing was repeated
    BOOST_TEST(server.connections_accepted() == 4u);    // three of them had to be closed
}

BOOST_AUTO_TEST_CASE(compression_can_be_turned_off)
{
    mock_server server({.compress = true});
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    openint::response_info info;
    const auto get = [&] {
        const openint::client client(io, config);
        run(io, client.with_options({.info = &info}).get_connection("conn_github_1"));
        const auto requests = server.requests();
        return std::string(requests.back().header("Accept-Encoding").value_or("none"));
    };
    BOOST_TEST(get() == "gzip");
    BOOST_TEST(info.headers.find("Content-Encoding").value_or("") == "gzip");
    config.compression = false;
    BOOST_TEST(get() == "none");
    BOOST_TEST(!info.headers.contains("Content-Encoding"));
}

BOOST_FIXTURE_TEST_CASE(a_truncated_body_is_no_answer, once)
{
    for (const std::size_t bytes : {0u, 1u, 50u, 120u}) {
        const auto place = in_body(bytes);
        lost(answer().close_after(place));
        lost(answer().reset_after(place));
        lost(answer().chunked({10}).close_after(place));
        lost(answer().gzip().chunked({10}).close_after(place));
        lost(answer().gzip().close_after(place));
    }
    lost(answer().gzip().to_end_of_stream().close_after(in_body(50)));
    for (const std::size_t bytes : {0u, 1u, 14u, 60u}) {
        lost(openint::testing::close_after(bytes));
        lost(openint::testing::reset_after(bytes));
    }
    lost(openint::testing::close_before_answer());
    // All but the last byte of something that would be good JSON without it.
    lost(raw(ok("Content-Length: 23\r\n", document)).close_after(whole_answer));
    lost(raw(ok("Transfer-Encoding: chunked\r\n", "16\r\n" + std::string(document)))
             .close_after(whole_answer));
    BOOST_TEST(contains(text(fail_with(openint::testing::close_before_answer())),
                        "closed the connection without an answer"));
    BOOST_TEST(contains(text(fail_with(openint::testing::close_after(in_body(3)))),
                        "closed the connection inside the answer"));
    get(client);
}

BOOST_AUTO_TEST_CASE(limits)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    config.limits = {.max_body = 20'000, .max_header = 4'000};
    const openint::client client(io, config);
    const auto refused = [&](const response& r, const char* limit) {
        server.next(r);
        const error e = failure_of(io, client.get_connection("conn_github_1"));
        BOOST_TEST(e.code() == errc::response_too_large);
        BOOST_TEST(e.attempts() == 1);
        BOOST_TEST(contains(text(e), limit));
    };
    const auto padded = [](std::size_t size) { return "{}" + std::string(size - 2, ' '); };
    const auto accepted = [&](const response& r) {
        server.next(r);
        run(io, client.get_connection("conn_github_1"));
    };
    for (const auto& form :
         {respond(200), respond(200).chunked({999}), respond(200).to_end_of_stream(),
          respond(200).gzip(), respond(200).deflate(), respond(200).gzip().chunked({5})}) {
        accepted(response(form).body(padded(20'000)));
        refused(response(form).body(padded(20'001)), "limits.max_body");
        refused(response(form).body(padded(200'000)), "limits.max_body");
    }
    refused(raw(ok("Content-Length: 18446744073709551615\r\n", "{")), "limits.max_body");
    refused(respond(200, "{}").to_end_of_stream().endless("spam "), "limits.max_body");
    refused(raw(ok("Transfer-Encoding: chunked\r\n")).endless("1\r\nx\r\n"), "limits.max_body");
    // For error answers as well.
    refused(respond(500, padded(20'001)), "limits.max_body");

    accepted(answer().header("X-Large", std::string(3'000, 'x')));
    refused(answer().header("X-Large", std::string(4'000, 'x')), "limits.max_header");
    refused(raw("").endless("HTTP/1.1 100 Continue\r\n\r\n"), "limits.max_header");
    refused(raw("HTTP/1.1 200 OK\r\n").endless("A: b\r\n"), "limits.max_header");
    refused(raw("HTTP/1.1 200 OK\r\n").endless("aaaaaaaa"), "limits.max_header");
    refused(raw("HTTP/1.1 200 ").endless("aaaaaaaa"), "limits.max_header");
    refused(raw(ok("Transfer-Encoding: chunked\r\n", "0\r\n")).endless("A: b\r\n"),
            "limits.max_header");
    refused(raw(ok("Transfer-Encoding: chunked\r\n", "5;")).endless("aaaa"), "limits.max_header");
}

BOOST_FIXTURE_TEST_CASE(what_unfolds_to_a_gigabyte, once)
{
    // 1 MiB of spaces becomes a kilobyte; a thousand such members are a gigabyte.
    const std::string member = openint::testing::gzip(std::string(1 << 20, ' '));
    std::string bomb;
    for (int i = 0; i != 1024; ++i)
        bomb += member;
    const std::string ten_kilobytes = bomb.substr(0, 10'000); // ten megabytes and a bit

    openint::client_config config = test::config_for(server);
    config.limits.max_body = 4u << 20;
    const openint::client limited = openint::client(io, config).with_options({.max_retries = 0});
    for (const std::string& body : {bomb, ten_kilobytes}) {
        server.next(respond(200).header("Content-Encoding", "gzip").body(body));
        const std::size_t before = resident();
        const auto begin = std::chrono::steady_clock::now();
        const error e = service::fail(limited);
        BOOST_TEST(e.code() == errc::response_too_large);
        BOOST_TEST((std::chrono::steady_clock::now() - begin < 10s)); // not for a whole gigabyte
        BOOST_TEST(resident() - before < 200u << 20);
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_not_http_or_not_json, once)
{
    const auto malformed = [&](const response& r) {
        const error e = fail_with(r);
        BOOST_TEST(e.code() == errc::malformed_response);
        BOOST_TEST(e.attempts() == 1);
        BOOST_TEST(contains(text(e), "GET /v1/connection/conn_github_1: "));
        return e;
    };
    malformed(raw("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"));
    malformed(raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n"));
    malformed(raw(ok("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "{}")));
    malformed(raw(ok("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")));
    malformed(raw(ok("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")));
    malformed(raw(ok("Content-Encoding: br\r\nContent-Length: 2\r\n", "{}")));
    malformed(raw(ok("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}")));
    malformed(raw(ok("Transfer-Encoding: chunked\r\n", "zz\r\n")));
    BOOST_TEST(malformed(raw("HTTP/1.1 101 x\r\n\r\n")).status() == 0u);

    for (const char* body :
         {"", " ", "{", "{]", "[]", "7", "nul", "{} x", "\xff\xfe{}", "<html>"}) {
        const error e = malformed(respond(200, body));
        BOOST_TEST(e.status() == 200u);
        BOOST_TEST(e.headers().contains("Content-Length"));
    }
    const auto nested = [](std::size_t depth) {
        return R"({"x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    server.next(respond(200, nested(512)));
    run(io, client.get_connection("conn_github_1"));
    malformed(respond(200, nested(513)));
    malformed(respond(200, nested(1'000'000)));

    // Any status of success will do; an empty body does not, since nothing can be read from it.
    server.next(respond(203, document));
    get(client);
    malformed(respond(204));
}

// Errors

BOOST_FIXTURE_TEST_CASE(what_errors_say, once)
{
    error e = fail_with(respond(
        400,
        R"({"message":"Input validation failed","code":"BAD_REQUEST","data":{},)"
        R"("issues":[{"message":"Expected string","path":["id"],"code":"x"},{"message":"2nd"}]})"));
    BOOST_TEST(e.code() == openint::condition::bad_request);
    BOOST_TEST(text(e) == "GET /v1/connection/conn_github_1: 400 Bad Request: Input validation "
                          "failed [BAD_REQUEST]; Expected string; 2nd");
    BOOST_TEST(e.message() == "Input validation failed");
    BOOST_TEST(e.server_code() == "BAD_REQUEST");
    BOOST_TEST(e.issues().size() == 2u);
    BOOST_TEST(e.headers().find("content-type").value_or("") == "application/json");

    e = fail_with(respond(502, "upstream\r\n  is   away\n").header("Content-Type", "text/plain"));
    BOOST_TEST(e.message() == "upstream is away ");
    BOOST_TEST(e.body() == "upstream\r\n  is   away\n");

    const std::string page =
        "<html>\n<head><title>502</title></head>\n" + std::string(5'000, 'x') + "</html>\n";
    e = fail_with(respond(502, page).header("Content-Type", "text/html"));
    BOOST_TEST(e.status() == 502u);
    BOOST_TEST(contains(text(e), "502 Bad Gateway: <html> <head><title>502</title></head> xxx"));
    BOOST_TEST(text(e).size() < 400u);
    BOOST_TEST(!contains(text(e), "\n"));
    BOOST_TEST(e.body() == page);

    e = fail_with(respond(500, "").header("Content-Length", "0"));
    BOOST_TEST(text(e) == "GET /v1/connection/conn_github_1: 500 Internal Server Error");
    BOOST_TEST(e.message() == "");

    // What a server writes does not fill a log, nor begin a line of it.
    e = fail_with(respond(500, R"({"message":"a\r\nb\u001b[31m)" + std::string(10'000, 'm') +
                                   R"(","code":"c\nd"})"));
    BOOST_TEST(contains(text(e), "a b [31mmm"));
    BOOST_TEST(contains(text(e), "[c d]"));
    BOOST_TEST(text(e).size() < 1'500u);
    BOOST_TEST(e.message().size() > 10'000u);

    // Whatever JSON it is, the status counts.
    for (const char* body : {"[]", "7", "null", "{}", R"({"message":7})", R"({"message":null})",
                             R"({"issues":"x"})", R"({"message":"m","issues":[7]})", "{\"a\":"}) {
        e = fail_with(respond(404, body));
        BOOST_TEST(e.code() == openint::condition::not_found);
        BOOST_TEST(e.body() == body);
    }
    // As what it is thrown.
    server.next(respond(404));
    BOOST_CHECK_THROW(get(client), openint::api_error);
}

BOOST_FIXTURE_TEST_CASE(no_error_repeats_the_token, once)
{
    const std::string token = server.token();
    const auto hidden = [&](const response& r) {
        const error e = fail_with(r);
        BOOST_TEST(!contains(text(e), token));
        BOOST_TEST(!contains(e.message(), token));
        BOOST_TEST(!contains(e.server_code(), token));
        for (const openint::issue& i : e.issues())
            BOOST_TEST(!contains(i.message, token));
        return e;
    };
    BOOST_TEST(contains(text(hidden(respond(401, "wrong token " + token + "!"))),
                        "wrong token [redacted]!"));
    hidden(respond(401, R"({"message":"Bearer )" + token + R"(","code":")" + token +
                            R"(","issues":[{"message":"not )" + token + R"("}]})"));
    hidden(respond(302).header("Location", "https://elsewhere.example/?token=" + token));
    // Not even in part, where it is cut.
    const std::string half = token.substr(0, token.size() / 2);
    for (std::size_t before = 200 - token.size(); before != 200; ++before)
        BOOST_TEST(
            !contains(text(fail_with(respond(500, std::string(before, '-') + token))), half));
    BOOST_TEST(!contains(
        text(fail_with(respond(500, R"({"message":")" + std::string(990, '-') + token + R"("})"))),
        half));
    // A token of one call, too.
    server.next(respond(401, "wrong token other-token"));
    const error e =
        failure_of(io, client.with_token(openint::secret("other-token")).get_connection("conn_1"));
    BOOST_TEST(contains(text(e), "wrong token [redacted]"));
    // Not in the reason why an answer cannot be read.
    server.next(respond(200, R"({"id":{")" + token + R"(":1}})"));
    BOOST_TEST(!contains(text(fail()), token));
}

BOOST_FIXTURE_TEST_CASE(information_about_the_answer, once)
{
    openint::response_info info;
    const openint::client watched = client.with_options({.max_retries = 2, .info = &info});
    server.next(respond(503)).next(answer().header("X-Request-Id", "r1").delay(20ms));
    get(watched);
    BOOST_TEST(info.status == 200u);
    BOOST_TEST(info.attempts == 2);
    BOOST_TEST(info.headers.find("x-request-id").value_or("") == "r1");
    BOOST_TEST((info.timings.first_byte >= 20ms));
    BOOST_TEST((info.timings.total >= info.timings.first_byte));
    BOOST_TEST(info.timings.connecting.count() == 0); // it was there

    server.next(respond(404).header("X-Request-Id", "r2"));
    service::fail(watched);
    BOOST_TEST(info.status == 404u);
    BOOST_TEST(info.attempts == 1);
    BOOST_TEST(info.headers.find("x-request-id").value_or("") == "r2");

    server.next(openint::testing::close_after(40), 10);
    service::fail(watched);
    BOOST_TEST(info.status == 0u);
    BOOST_TEST(info.attempts == 3);
    BOOST_TEST(info.headers.empty());

    server.stop();
    const error e = service::fail(watched);
    BOOST_TEST(e.code() == errc::connect);
    BOOST_TEST(e.attempts() == 0);
    BOOST_TEST(info.attempts == 0);
    BOOST_TEST((info.timings.total > 0ns));
    BOOST_TEST(contains(text(e), "cannot connect to 127.0.0.1:"));
}

// Attempts

BOOST_FIXTURE_TEST_CASE(statuses_that_are_retried, service)
{
    for (const int status : {408, 409, 429, 500, 501, 502, 503, 504, 520, 599}) {
        server.next(respond(status), 2);
        BOOST_TEST(get() == "conn_github_1");
        server.next(respond(status), 3);
        const error e = fail(client);
        BOOST_TEST(e.status() == static_cast<unsigned>(status));
        BOOST_TEST(e.attempts() == 3);
        BOOST_TEST(contains(text(e), "(after 3 attempts)"));
        BOOST_TEST(server.scripts_left() == 0u);
    }
    for (const int status : {300, 301, 304, 305, 400, 401, 402, 403, 404, 405, 406,
                             410, 412, 413, 415, 418, 422, 425, 426, 431, 451}) {
        server.next(respond(status));
        const error e = fail(client);
        BOOST_TEST(e.status() == static_cast<unsigned>(status));
        BOOST_TEST(e.attempts() == 1);
    }
    for (const int times : {0, 1, 5}) {
        server.clear_scripts().next(respond(500), static_cast<std::size_t>(times) + 1);
        BOOST_TEST(fail(client.with_options({.max_retries = times})).attempts() == times + 1);
    }
}

BOOST_FIXTURE_TEST_CASE(the_server_says_whether_to_retry, service)
{
    server.next(respond(500).header("x-should-retry", "false"));
    BOOST_TEST(fail(client).attempts() == 1);
    server.next(respond(429).header("X-Should-Retry", "false").header("Retry-After", "0"));
    BOOST_TEST(fail(client).attempts() == 1);
    server.next(respond(400).header("x-should-retry", "true"), 2);
    get();
    server.next(respond(400).header("x-should-retry", "perhaps"));
    BOOST_TEST(fail(client).attempts() == 1);
}

BOOST_FIXTURE_TEST_CASE(faults_that_are_retried, service)
{
    const response faults[] = {
        openint::testing::close_before_request(), openint::testing::reset_before_request(),
        openint::testing::close_before_answer(),  openint::testing::reset_before_answer(),
        openint::testing::close_after(10),        openint::testing::reset_after(10),
        answer().close_after(in_body(10)),        answer().chunked({4}).reset_after(in_body(30)),
        answer().gzip().close_after(in_body(9)),
    };
    openint::response_info info;
    for (const response& first : faults)
        for (const response& second : faults) {
            openint::client_config config = test::config_for(server);
            const openint::client fresh(io, config);
            server.next(first).next(second);
            BOOST_TEST(get(fresh.with_options({.info = &info})) == "conn_github_1");
            BOOST_TEST(info.attempts == 3);
        }
    // Some before any request is read.
    for (const on_accept fault : {on_accept::close, on_accept::reset}) {
        server.next_connection(fault, 2);
        const openint::client fresh(io, test::config_for(server));
        BOOST_TEST(get(fresh) == "conn_github_1");
    }
    // Not what will be the same again.
    for (const response& same :
         {raw("SSH-2.0-x\r\n\r\n"), raw(ok("Content-Encoding: br\r\nContent-Length: 1\r\n", "x")),
          respond(200, "<html>")}) {
        server.next(same);
        BOOST_TEST(fail(client).attempts() == 1);
    }
}

BOOST_FIXTURE_TEST_CASE(timeouts_are_retried, service)
{
    const openint::client hasty = client.with_options({.timeout = 150ms});
    server.next(openint::testing::stall()).next(openint::testing::stall_after(in_body(20)));
    BOOST_TEST(get(hasty) == "conn_github_1");
    BOOST_TEST(server.wait_until_open(1)); // the two that were late are closed

    server.next(openint::testing::stall(), 3);
    const error e = fail(hasty);
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(e.attempts() == 3);
    BOOST_TEST(contains(text(e), "timed out while reading the answer (after 3 attempts)"));
}

BOOST_FIXTURE_TEST_CASE(the_whole_call_has_a_deadline, service)
{
    // In the middle of an attempt,
    server.always(openint::testing::stall());
    auto begin = std::chrono::steady_clock::now();
    error e = fail(client.with_options({.timeout = 200ms, .total_timeout = 300ms}));
    auto took = std::chrono::steady_clock::now() - begin;
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(e.attempts() == 2);
    BOOST_TEST((took >= 300ms));
    BOOST_TEST((took < 3s));

    // and before a pause that would outlast it: then the answer is the better message.
    openint::client_config config = test::config_for(server);
    config.retry.initial_delay = config.retry.max_delay = 60s;
    config.total_timeout = 20s;
    server.clear_scripts().next(respond(503));
    begin = std::chrono::steady_clock::now();
    e = fail(openint::client(io, config));
    BOOST_TEST(e.status() == 503u);
    BOOST_TEST(e.attempts() == 1);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 10s));
}

// What is stored has no deadline yet.
BOOST_FIXTURE_TEST_CASE(deadlines_begin_when_a_call_is_awaited, service)
{
    const openint::client hasty = client.with_options({.timeout = 2s, .total_timeout = 2s});
    auto stored = hasty.get_connection("conn_github_1");
    const auto called = std::chrono::steady_clock::now();
    server.next(answer().delay(1200ms)).next(answer().delay(1200ms));
    run(io, hasty.get_connection("conn_github_1"));
    BOOST_TEST(run(io, std::move(stored)).id == "conn_github_1");
    BOOST_TEST((std::chrono::steady_clock::now() - called >= 2s)); // of the stored one's making
}

BOOST_AUTO_TEST_CASE(pauses)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    const auto between = [&](const response& first, const response& second) {
        server.clear_requests().next(first).next(second);
        run(io, openint::client(io, config).get_connection("conn_github_1"));
        const auto seen = server.requests();
        BOOST_REQUIRE(seen.size() == 3u);
        return std::pair(seen[1].time - seen[0].time, seen[2].time - seen[1].time);
    };
    config.retry.initial_delay = 80ms;
    config.retry.max_delay = 100ms;
    auto [first, second] = between(respond(500), respond(500));
    BOOST_TEST((first >= 60ms)); // a random share of up to a quarter is taken off
    BOOST_TEST((second >= 75ms));

    // What the server says goes before, longer or shorter.
    config.retry.initial_delay = config.retry.max_delay = 30s;
    std::tie(first, second) = between(respond(503).header("Retry-After", "0.07"),
                                      respond(429).header("retry-after-ms", "40"));
    BOOST_TEST((first >= 70ms));
    BOOST_TEST((second >= 40ms));
    BOOST_TEST((first + second < 20s));
    std::tie(first, second) = between(respond(429).header("retry-after-ms", "0"),
                                      respond(429).header("Retry-After", "0"));
    BOOST_TEST((first + second < 20s));

    // A date counts from the server's own.
    config.retry.initial_delay = config.retry.max_delay = 1ms;
    std::tie(first, second) = between(respond(503)
                                          .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                                          .header("Retry-After", "Sun, 06 Nov 1994 08:49:38 GMT"),
                                      respond(503)
                                          .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                                          .header("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT"));
    BOOST_TEST((first >= 1s));
    BOOST_TEST((second < 900ms));
    // What cannot be understood counts as nothing.
    std::tie(first, second) = between(respond(503).header("Retry-After", "soon"),
                                      respond(503).header("Retry-After", "-5"));
    BOOST_TEST((first + second < 20s));
}

BOOST_AUTO_TEST_CASE(pauses_that_are_too_long)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    const auto fails_now = [&](const response& r) {
        server.clear_requests().next(r);
        const auto begin = std::chrono::steady_clock::now();
        const error e = failure_of(io, openint::client(io, config).get_connection("conn_github_1"));
        BOOST_TEST(e.status() == 429u);
        BOOST_TEST(e.attempts() == 1);
        BOOST_TEST((std::chrono::steady_clock::now() - begin < 20s));
        BOOST_TEST(e.headers().contains("Date"));
        return e;
    };
    BOOST_TEST(contains(text(fails_now(respond(429).header("Retry-After", "61"))), "slow down"));
    fails_now(respond(429).header("Retry-After", "99999999999999999999"));
    fails_now(respond(429).header("retry-after-ms", "60001"));
    fails_now(respond(429)
                  .header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
                  .header("Retry-After", "Mon, 07 Nov 1994 08:49:37 GMT"));
    config.retry.max_retry_after = 10ms;
    fails_now(respond(429).header("retry-after-ms", "11"));
    config.retry.max_retry_after = 3600s;
    config.total_timeout = 30s;
    fails_now(respond(429).header("Retry-After", "31"));
}

BOOST_FIXTURE_TEST_CASE(post_and_patch_are_not_repeated, service)
{
    for (const auto& [name, send] : unsafe_methods) {
        BOOST_TEST_CONTEXT(name)
        {
            const auto uncertain = [&](const response& r, const openint::client& c) {
                const openint::client fresh = c;
                server.clear_requests().next(r);
                const error e = failure_of(io, send(fresh));
                BOOST_TEST(e.attempts() == 1);
                BOOST_TEST(server.request_count() <= 1u);
                BOOST_TEST(contains(text(e), "the request may have taken effect"));
                return e;
            };
            for (const int status : {500, 502, 503, 504, 599})
                BOOST_TEST(uncertain(respond(status), client).status() ==
                           static_cast<unsigned>(status));
            uncertain(respond(500).header("x-should-retry", "true"), client);
            uncertain(openint::testing::close_before_answer(), client);
            uncertain(openint::testing::reset_before_answer(), client);
            uncertain(openint::testing::close_after(20), client);
            uncertain(respond(200, "{}").close_after(in_body(1)), client);
            uncertain(openint::testing::close_before_request(), client);
            uncertain(raw("rubbish\r\n\r\n"), client);
            const openint::client hasty = client.with_options({.timeout = 100ms});
            BOOST_TEST(uncertain(openint::testing::stall(), hasty).code() == errc::timeout);

            // Nor is a reused connection replaced for free once something was written,
            server.next(respond(200, "{}"));
            run(io, send(client));
            BOOST_TEST(uncertain(openint::testing::close_before_answer(), client).code() ==
                       errc::connection_lost);

            // unless the server has closed it before.
            server.next(respond(200, "{}"), 2);
            run(io, send(client));
            server.close_connections();
            BOOST_REQUIRE(server.wait_until_open(0));
            run(io, send(client));

            // An error that says that nothing was done.
            for (const int status : {400, 404, 409, 422}) {
                server.next(respond(status));
                const error e = failure_of(io, send(client));
                BOOST_TEST(e.attempts() == 1);
                BOOST_TEST(!contains(text(e), "may have taken effect"));
            }
        }
    }
}

BOOST_FIXTURE_TEST_CASE(when_post_and_patch_are_repeated, service)
{
    for (const auto& [name, send] : unsafe_methods) {
        BOOST_TEST_CONTEXT(name)
        {
            // Turned away,
            for (const response& r :
                 {respond(408), respond(429), respond(503).header("Retry-After", "0"),
                  respond(503).header("retry-after-ms", "1")}) {
                server.clear_requests().next(r, 2).next(respond(200, "{}"));
                run(io, send(client));
                BOOST_TEST(server.request_count() == 3u);
                for (const auto& request : server.requests()) {
                    BOOST_TEST(request.method == name);
                    BOOST_TEST(request.body == "{}");
                }
            }
            // never sent,
            mock_server later;
            openint::client_config config = test::config_for(later);
            later.stop();
            const error e = failure_of(io, send(openint::client(io, config)));
            BOOST_TEST(e.code() == errc::connect);
            BOOST_TEST(!contains(text(e), "may have taken effect"));
            // or by choice: then no more is said than that.
            config = test::config_for(server);
            config.retry.replay_unsafe = true;
            const openint::client bold(io, config);
            server.clear_requests()
                .next(respond(500))
                .next(openint::testing::reset_before_answer())
                .next(respond(200, "{}"));
            run(io, send(bold));
            BOOST_TEST(server.request_count() == 3u);
            server.next(respond(500)).next(respond(400));
            BOOST_TEST(contains(text(failure_of(io, send(bold))),
                                "(after 2 attempts); the request may have taken effect"));
        }
    }
    for (const auto& [name, send] : idempotent_methods) {
        BOOST_TEST_CONTEXT(name)
        {
            for (const response& r : {respond(500), openint::testing::reset_before_answer()}) {
                server.clear_requests().next(r, 2).next(respond(200, "{}"));
                run(io, send(client));
                BOOST_TEST(server.request_count() == 3u);
                BOOST_TEST(server.requests().back().method == name);
            }
            server.next(respond(500), 3);
            BOOST_TEST(contains(text(failure_of(io, send(client))), "may have taken effect") ==
                       (std::string_view(name) != "GET"));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_stale_connection_is_replaced_once, once)
{
    openint::response_info info;
    const openint::client watched = client.with_options({.info = &info});
    get(watched);
    // The server closes when the request has come: replaced for free, but written twice.
    server.next(openint::testing::close_before_answer());
    get(watched);
    BOOST_TEST(info.attempts == 2);
    server.next(openint::testing::reset_before_answer());
    get(watched);
    BOOST_TEST(info.attempts == 2);

    // The replacement is a fresh connection: its failure is a failure.
    server.next(openint::testing::close_before_answer(), 2);
    error e = service::fail(watched);
    BOOST_TEST(e.code() == errc::connection_lost);
    BOOST_TEST(e.attempts() == 2);

    // Part of an answer is no sign of a stale connection.
    get(watched);
    server.next(openint::testing::close_after(1));
    e = service::fail(watched);
    BOOST_TEST(e.attempts() == 1);

    // All the others are stale as well: they are not tried one by one.
    openint::client_config config = test::config_for(server);
    const openint::client other = openint::client(io, config).with_options({.max_retries = 0});
    server.next(answer().hold(), 3);
    for (int i = 0; i != 3; ++i)
        asio::co_spawn(io, other.get_connection("conn_github_1"),
                       [](std::exception_ptr p, const openint::connection&) { BOOST_TEST(!p); });
    io.restart();
    while (!server.wait_until_held(3, 1ms))
        io.poll();
    server.release();
    io.run();
    server.clear_requests().next(openint::testing::close_before_answer());
    get(other);
    BOOST_TEST(server.request_count() == 2u);
    BOOST_TEST(server.requests()[1].ordinal == 1u);
}

// Redirects

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
    BOOST_TEST(contains(text(fail(client)), "not followed to \"\""));

    for (const auto& [name, send] : unsafe_methods) {
        for (const int status : {301, 307}) {
            server.clear_requests().next(respond(status).header("Location", "/v1/y"));
            BOOST_TEST(failure_of(io, send(client)).status() == static_cast<unsigned>(status));
            BOOST_TEST(server.request_count() == 1u);
        }
    }
}

// Requests

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
    http::transport_options transport;
    transport.origin = *http::parse_url(server.url());
    transport.connect_timeout = 5s;
    transport.idle_timeout = 5s;
    const auto pool = http::pool::make(io.get_executor(), transport);
    auto options = std::make_shared<http::send_options>();
    options->public_fields = "Host: x\r\n";
    options->timeout = options->total_timeout = 5s;
    for (const auto& form :
         {respond(200, "hello"), respond(200, "hello").chunked(), respond(200, "hello").gzip()}) {
        server.next(form);
        run(io, [](auto p, auto o) -> asio::awaitable<void> {
            http::answer a(p, o,
                           {.method = http::verb::head, .target = "/v1/x", .needs_token = false});
            auto receiving = a.receive();
            co_await std::move(receiving);
            BOOST_TEST(a.body() == "");
        }(pool, options));
        BOOST_TEST(sent().method == "HEAD");
    }
    BOOST_TEST(server.connections_accepted() == 1u);
    const auto counts = pool->count();
    BOOST_TEST(counts.idle == 1u);
    BOOST_TEST(counts.leased == 0u);
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

// Connections

BOOST_FIXTURE_TEST_CASE(which_connections_are_used_again, once)
{
    const auto reused = [&](const response& r) {
        get(client); // so that there is one
        const std::size_t before = server.connections_accepted();
        server.next(r);
        try {
            get(client);
        } catch (const error&) { // a fault may well be one
        }
        const openint::connection second = run(io, client.get_connection("conn_apikey_1"));
        BOOST_TEST(second.id == "conn_apikey_1"); // the right answer for the right request
        return server.connections_accepted() == before;
    };
    BOOST_TEST(reused(answer()));
    BOOST_TEST(reused(answer().chunked({3})));
    BOOST_TEST(reused(answer().gzip()));
    BOOST_TEST(reused(answer().informational(103)));
    BOOST_TEST(reused(answer().header("Connection", "keep-alive")));
    for (const int status : {400, 401, 404, 429, 500, 503})
        BOOST_TEST(reused(respond(status)));
    BOOST_TEST(reused(respond(302).header("Location", "http://elsewhere.example/")));
    BOOST_TEST(reused(respond(200, "<html>"))); // HTTP was all right

    BOOST_TEST(!reused(answer().connection_close()));
    BOOST_TEST(!reused(answer().header("Connection", "x, Close"))); // though it stays open
    BOOST_TEST(!reused(answer().to_end_of_stream()));
    BOOST_TEST(!reused(respond(503).connection_close()));
    BOOST_TEST(!reused(openint::testing::close_after_answer()));
    BOOST_TEST(!reused(openint::testing::reset_after_answer()));
    BOOST_TEST(!reused(answer().copies(2)));
    BOOST_TEST(!reused(answer().chunked().copies(3)));
    BOOST_TEST(!reused(answer().followed_by("x")));
    BOOST_TEST(!reused(answer().followed_by("\r\n")));
    BOOST_TEST(!reused(answer().followed_by("HTTP/1.1 408 Request Timeout\r\n\r\n")));
    BOOST_TEST(
        !reused(raw("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 22\r\n\r\n" +
                    std::string(document))));
    BOOST_TEST(!reused(raw("rubbish\r\n\r\n")));
    BOOST_TEST(!reused(raw(ok("Content-Encoding: br\r\nContent-Length: 1\r\n", "x"))));
}

BOOST_FIXTURE_TEST_CASE(bytes_that_come_while_it_is_idle, service)
{
    // A second answer, right behind the first one but not in time to be seen with it.
    const std::string forged = ok("Content-Length: 15\r\n", R"({"id":"forged"})");
    const std::string body(document);
    server.next(respond(200, body).pause_after(in_body(body.size()), 50ms).followed_by(forged));
    get();
    BOOST_REQUIRE(server.wait_until_idle());
    BOOST_TEST(run(io, client.get_connection("conn_apikey_1")).id == "conn_apikey_1");
    BOOST_TEST(server.connections_accepted() == 2u);
}

BOOST_AUTO_TEST_CASE(idle_connections_grow_too_old)
{
    mock_server server;
    asio::io_context io;
    openint::client_config config = test::config_for(server);
    config.pool.idle_timeout = 0ms;
    const openint::client client(io, config);
    for (int i = 0; i != 3; ++i)
        run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(server.connections_accepted() == 3u);
    BOOST_TEST(server.wait_until_open(1)); // the older ones have been closed
}

BOOST_AUTO_TEST_SUITE_END()
