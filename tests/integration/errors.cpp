// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What errors say, and what the caller learns about an answer.

#include "support/service.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
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
using test::run;
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

// Each member counts for itself, in whichever shape a server or a gateway has it.
BOOST_FIXTURE_TEST_CASE(bodies_of_other_shapes, once)
{
    struct shape
    {
        const char* body;
        const char* message;
        const char* code;
        std::size_t issues;
    };
    const shape shapes[] = {
        {R"({"message":"boom","code":42})", "boom", "42", 0},
        {R"({"message":"boom","code":1e400})", "boom", "1e400", 0},
        {R"({"message":"boom","code":{"a":1},"issues":7})", "boom", "", 0},
        {R"({"message":["a","b"],"statusCode":400,"error":"Bad Request"})", "a; b", "", 0},
        {R"({"message":null,"code":null,"issues":null})", "", "", 0},
        {R"({"code":"X","message":"first","message":"second"})", "second", "X", 0},
        // issues
        {R"({"message":"m","issues":"i"})", "m", "", 1},
        {R"({"issues":["i","j"],"code":"C"})", "i", "C", 2},
        {R"({"message":"m","issues":{"message":"i","code":9}})", "m", "", 1},
        {R"({"message":"m","issues":{"id":"i","name":["j","k"]}})", "m", "", 3},
        {R"({"message":"m","issues":[{"message":"i","code":5,"path":["a"]},7,"j"]})", "m", "", 2},
        {R"({"message":"m","issues":[{"message":7,"code":["x"],"path":1e400}]})", "m", "", 1},
        {R"({"errors":[{"title":"t","detail":"d","status":422}]})", "d", "", 1},
        {R"([{"message":"i"},{"message":"j"}])", "i", "", 2},
        // OAuth, and what others have in `error`
        {R"({"error":"invalid_token","error_description":"it expired"})", "it expired",
         "invalid_token", 0},
        {R"({"error":"invalid_token"})", "invalid_token", "invalid_token", 0},
        {R"({"error":"Not found here"})", "Not found here", "", 0},
        {R"({"error":{"message":"inner","code":404,"status":"NOT_FOUND"}})", "inner", "404", 0},
        {R"({"error":{"message":"inner","issues":["i"]},"message":"outer"})", "outer", "", 1},
        {R"({"error":["a","b"]})", "a; b", "", 0},
        // RFC 9457
        {R"({"type":"about:blank","title":"No credit","detail":"You have 30","status":403})",
         "No credit: You have 30", "", 0},
        {R"({"title":"No credit"})", "No credit", "", 0},
        {R"({"detail":"You have 30"})", "You have 30", "", 0},
        // What no reader takes somewhere else, or in the text itself.
        {R"({"data":1e400,"message":"boom","code":"C"})", "boom", "C", 0},
        {R"({"\ud800":"\udc00","message":"boom","code":"C"})", "boom", "C", 0},
        {R"({"message":"b\ud83dm \ud83d\ude00","code":"C"})", "b\xEF\xBF\xBDm \xF0\x9F\x98\x80",
         "C", 0},
        {"{\"x\":\"\xFF\",\"message\":\"b\xC3m\xE2\x80\xAE\"}", "b\xEF\xBF\xBDm ", "", 0},
        {"{\"message\":\"two\nlines\",\"code\":\"C\"}", "two lines", "C", 0},
        {R"({"message":"boom","code":"C","issues":["i",{"message":"j)", "boom", "C", 2},
        {R"({"message":"boom","code":"C",oops)", "boom", "C", 0},
        {R"({"message":"boom \q"})", R"({"message":"boom \q"})", "", 0},
        {R"("just a text")", "just a text", "", 0},
        {"\xEF\xBB\xBF {\"message\":\"boom\"}", "boom", "", 0},
        // What is JSON of an unknown kind is not shown: it may repeat what was sent.
        {R"({"input":{"client_secret":"x"}})", "", "", 0},
        {"7", "7", "", 0},
    };
    for (const shape& s : shapes)
        BOOST_TEST_CONTEXT(s.body)
        {
            const error e = fail_with(respond(400, s.body));
            BOOST_TEST(e.code() == openint::condition::bad_request);
            BOOST_TEST(e.message() == s.message);
            BOOST_TEST(e.server_code() == s.code);
            BOOST_TEST(e.issues().size() == s.issues);
            BOOST_TEST(e.body() == s.body);
            BOOST_TEST(contains(text(e), ": 400 Bad Request"));
            BOOST_TEST(contains(text(e), s.message));
        }

    error e = fail_with(respond(422, R"({"issues":{"name":["too long"]}})"));
    BOOST_TEST(e.issues().at(0).message == "too long");
    BOOST_TEST(e.issues().at(0).path == boost::json::parse(R"(["name"])"));
    e = fail_with(respond(422, R"({"issues":[{"message":"i","code":5,"path":["a",0],"x":1}]})"));
    BOOST_TEST(e.issues().at(0).code.value_or("") == "5");
    BOOST_TEST(e.issues().at(0).path == boost::json::parse(R"(["a", 0])"));
    BOOST_TEST(e.issues().at(0).extra == boost::json::object({{"x", 1}}));
    e = fail_with(respond(422, R"({"message":"m","issues":["i",{"message":"j"}]})"));
    BOOST_TEST(contains(text(e), "422 Unprocessable Entity: m; i; j"));
}

BOOST_FIXTURE_TEST_CASE(what_a_terminal_would_obey, once)
{
    const std::string bad[] = {"\xFF",         "\xC2\x9B",     "\x1B",         "\x7F",
                               "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAA", "\xE2\x80\xAE",
                               "\xE2\x81\xA6", "\xE2\x81\xA9"};
    for (const std::string& one : bad)
        for (const std::string& body : {"a" + one + "b", R"({"message":"a)" + one + R"(b"})",
                                        R"({"message":"m","code":"a)" + one + R"(b"})",
                                        R"({"message":"m","issues":["a)" + one + R"(b"]})"}) {
            const error e = fail_with(respond(500, body));
            for (const std::string& shown : {text(e), e.message(), e.server_code()})
                BOOST_TEST(!contains(shown, one));
            BOOST_TEST((contains(text(e), "a b") || contains(text(e), "a\xEF\xBF\xBD"
                                                                      "b")));
            BOOST_TEST(e.body() == body);
        }
    // Nor is it in the reason why an answer cannot be read.
    const error e = fail_with(respond(200, "{\"id\":{\"\xC2\x9B\":1}}"));
    BOOST_TEST(!contains(text(e), "\xC2\x9B"));
}

// A body of any size costs as much as its first 64 KiB.
BOOST_FIXTURE_TEST_CASE(only_the_beginning_of_a_body_is_looked_at, once)
{
    const std::string large(1u << 20, 'x');
    error e = fail_with(
        respond(500, R"({"message":"boom","code":"C","data":")" + large + R"(","issues":["i"]})"));
    BOOST_TEST(e.message() == "boom");
    BOOST_TEST(e.server_code() == "C");
    BOOST_TEST(e.issues().empty());
    BOOST_TEST(e.body().size() > large.size());
    e = fail_with(respond(500, R"({"data":")" + large + R"(","message":"boom"})"));
    BOOST_TEST(e.message() == "");
    e = fail_with(respond(500, R"({"message":")" + large + R"("})"));
    BOOST_TEST(e.message().size() < 64u << 10);
    BOOST_TEST(e.message().size() > 63u << 10);

    // No part of a token is left where the beginning ends, not even of one that is escaped.
    const std::string token = "half/of/this/token/is/no/token/either";
    std::string escaped;
    for (const char c : token)
        escaped += c == '/' ? std::string("\\/") : std::string(1, c);
    const openint::client other = client.with_token(openint::secret(token));
    for (const std::string& written : {token, escaped})
        for (std::size_t part = 1; part < written.size(); ++part) {
            const std::string begin = R"({"code":"C","message":")";
            server.next(respond(500, begin + std::string((64u << 10) - begin.size() - part, '.') +
                                         written + large));
            e = failure_of(io, other.get_connection("conn_1"));
            BOOST_TEST(e.message().find_first_not_of('.') == std::string::npos);
            BOOST_TEST(e.message().size() > 60'000u);
        }
}

BOOST_FIXTURE_TEST_CASE(a_redirect_without_a_place, once)
{
    BOOST_TEST(text(fail_with(respond(302, ""))) ==
               "GET /v1/connection/conn_github_1: 302 Found; it does not say where to "
               "(no Location)");
    BOOST_TEST(text(fail_with(respond(304))) ==
               "GET /v1/connection/conn_github_1: 304 Not Modified");
    BOOST_TEST(contains(text(fail_with(respond(302, "").header("Location", "http://a.example/"))),
                        R"(; not followed to "http://a.example/")"));
}

// The body is there whenever it came, so that one can see what could not be read.
BOOST_FIXTURE_TEST_CASE(the_body_of_a_success_that_cannot_be_read, once)
{
    for (const char* body : {"<html>", "{\"id\":7}", "{\"id\":\"another\"}", "{"}) {
        const error e = fail_with(respond(200, body));
        BOOST_TEST(e.code() == errc::malformed_response);
        BOOST_TEST(e.status() == 200u);
        BOOST_TEST(e.body() == body);
    }
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

// A server that cannot read what it has stored says where, in a member of another name.
BOOST_AUTO_TEST_CASE(what_the_service_cannot_make_of_its_own_data)
{
    const openint::testing::mock_server server{{.quirks = {.creates_without_settings = true}}};
    boost::asio::io_context io;
    const openint::client client =
        openint::client(io, test::config_for(server)).with_options({.max_retries = 0});
    const auto failed_at = [](const error& e) {
        BOOST_TEST(e.status() == 500u);
        BOOST_TEST(e.message() == "Output validation failed");
        BOOST_TEST_REQUIRE(e.issues().size() == 1u);
        BOOST_TEST(!e.issues().front().message.empty());
        BOOST_TEST(contains(text(e), e.issues().front().message));
        return boost::json::serialize(e.issues().front().path);
    };
    error e = failure_of(io, client.create_connection({.connector_config_id = "ccfg_github_1",
                                                       .customer_id = "cus_ada",
                                                       .data = {.connector_name = "github"}}));
    BOOST_TEST(failed_at(e) == R"(["settings","oauth"])");
    // It is there all the same, and in the way.
    e = failure_of(io, client.list_connections({.include_secrets = true}));
    const std::string where = failed_at(e);
    BOOST_TEST(where.starts_with(R"(["items",)"), where);
    BOOST_TEST(where.ends_with(R"(,"settings","oauth"])"), where);
    BOOST_TEST(!run(io, client.list_connections()).items.empty());
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
