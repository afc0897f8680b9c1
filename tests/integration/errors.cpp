// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What errors say, and what the caller learns about an answer.

#include "support/service.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <string>

using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::answer;
using openint::testing::respond;
using openint::testing::response;
using test::contains;
using test::failure_of;
using test::once;
using test::service;
using test::text;

BOOST_AUTO_TEST_SUITE(errors)

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

    std::string umlauts = "x"; // two bytes each, cut between them
    for (int i = 0; i != 99; ++i)
        umlauts += "\xC3\xA4";
    e = fail_with(respond(502, umlauts + "\xC3\xA4 and more").header("Content-Type", "text/plain"));
    BOOST_TEST(e.message() == umlauts + "...");

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

// A token that is a part of what stands in its place must not be looked for there again.
BOOST_FIXTURE_TEST_CASE(short_tokens_are_struck_out_as_words, once)
{
    for (const std::string token : {"t", "e", "red", "redacte", "[redacted]"}) {
        server.next(respond(401, "wrong token " + token + ", tet redrede"));
        const error e =
            failure_of(io, client.with_token(openint::secret(token)).get_connection("conn_1"));
        BOOST_TEST(e.message() == "wrong token [redacted], tet redrede");
    }
}

BOOST_FIXTURE_TEST_CASE(a_body_full_of_tokens, once)
{
    std::string body;
    while (body.size() < 4u << 20)
        body += server.token();
    const error plain = fail_with(respond(500, body));
    BOOST_TEST(plain.message().starts_with("[redacted][redacted]"));
    BOOST_TEST(!contains(text(plain), server.token()));
    BOOST_TEST(plain.body().size() == body.size());
    const error json = fail_with(respond(500, R"({"message":")" + body + R"("})"));
    BOOST_TEST(json.message().starts_with("[redacted][redacted]"));
    BOOST_TEST(!contains(json.message(), server.token()));
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

BOOST_AUTO_TEST_SUITE_END()
