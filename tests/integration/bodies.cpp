// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// How an answer is delimited, encoded and limited.

#include "support/methods.hpp"
#include "support/service.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <sys/resource.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::answer;
using openint::testing::in_body;
using openint::testing::mock_server;
using openint::testing::raw;
using openint::testing::respond;
using openint::testing::response;
using openint::testing::whole_answer;
using test::contains;
using test::failure_of;
using test::ok;
using test::once;
using test::run;
using test::service;
using test::text;

BOOST_AUTO_TEST_SUITE(bodies)

namespace {

// What must be told apart from an answer. It has a status if its head is whole.
void is_lost(once& s, const response& r, unsigned status = 200)
{
    const error e = s.fail_with(r);
    BOOST_TEST(e.code() == errc::connection_lost);
    BOOST_TEST(e.status() == status);
    BOOST_TEST(e.headers().empty() == (status == 0));
    BOOST_TEST(e.attempts() == 1);
    BOOST_TEST(e.cause().failed());
}

constexpr std::string_view document = R"({"id":"conn_github_1","connector_name":"github"})";

std::size_t resident()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::size_t>(usage.ru_maxrss) << 10;
}

} // namespace

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
        is_lost(*this, answer().close_after(place));
        is_lost(*this, answer().reset_after(place));
        is_lost(*this, answer().chunked({10}).close_after(place));
        is_lost(*this, answer().gzip().chunked({10}).close_after(place));
        is_lost(*this, answer().gzip().close_after(place));
    }
    is_lost(*this, answer().gzip().to_end_of_stream().close_after(in_body(50)));
    for (const std::size_t bytes : {0u, 1u, 14u, 60u}) {
        is_lost(*this, openint::testing::close_after(bytes), 0);
        is_lost(*this, openint::testing::reset_after(bytes), 0);
    }
    is_lost(*this, openint::testing::close_before_answer(), 0);
    // All but the last byte of something that would be good JSON without it.
    is_lost(*this, raw(ok("Content-Length: 49\r\n", document)).close_after(whole_answer));
    is_lost(*this, raw(ok("Transfer-Encoding: chunked\r\n", "30\r\n" + std::string(document)))
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
    const auto padded = [](std::size_t size) {
        return std::string(document) + std::string(size - document.size(), ' ');
    };
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

BOOST_FIXTURE_TEST_CASE(what_becomes_much_larger_than_its_text, once)
{
    // each of them becomes a connector of some six hundred bytes; the text is within the limit
    openint::client_config config = test::config_for(server);
    config.limits.max_body = 1u << 19;
    const openint::client limited = openint::client(io, config).with_options({.max_retries = 0});
    const auto list = [&](std::size_t count) {
        const std::string item = R"({"name":""})";
        std::string body = R"({"items":[)" + item;
        for (std::size_t i = 1; i < count; ++i)
            body += ',' + item;
        server.next(respond(200, body + "]}"));
        return limited.list_connectors();
    };
    BOOST_TEST(run(io, list(3'000)).items.size() == 3'000u);
    const std::size_t before = resident();
    const error e = failure_of(io, list(40'000));
    BOOST_TEST(e.code() == errc::response_too_large);
    BOOST_TEST(contains(text(e), "limits.max_body"));
    BOOST_TEST(resident() - before < 100u << 20);
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
        return std::string(document.substr(0, document.size() - 1)) + R"(,"x":)" +
               std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
    };
    server.next(respond(200, nested(512)));
    run(io, client.get_connection("conn_github_1"));
    malformed(respond(200, nested(513)));
    malformed(respond(200, nested(1'000'000)));

    // Any status of success will do.
    server.next(respond(203, document));
    get(client);
}

namespace {

// Bodies that cannot be read behind a head that can.
std::vector<response> unreadable(const std::string& status_and_fields)
{
    const auto with = [&](const std::string& fields, std::string_view body) {
        return raw("HTTP/1.1 " + status_and_fields + fields + "\r\n" + std::string(body));
    };
    const auto coded = [&](const char* coding, std::string_view body) {
        return with("Content-Encoding: " + std::string(coding) +
                        "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n",
                    body);
    };
    const std::string zipped = openint::testing::gzip(document);
    std::string damaged = zipped;
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);
    return {
        coded("gzip", "plain text"),
        coded("gzip", damaged),
        coded("gzip", zipped.substr(0, 30)),
        coded("gzip", zipped + "more"),
        coded("deflate", "\xff\xff"),
        coded("br", "x"),
        coded("gzip, gzip", zipped),
        coded("gzip\r\nContent-Encoding: gzip", zipped),
        with("Transfer-Encoding: chunked\r\n", "2\r\n{\"\r\nzz\r\n"),
        with("Transfer-Encoding: chunked\r\n", "2\r\n{\"\r\n").close_after(whole_answer),
        with("Content-Length: 10\r\n", "{\"a").close_after(whole_answer),
        with("Content-Length: 10\r\n", "{\"a").reset_after(whole_answer),
        with("Content-Encoding: gzip\r\n", zipped.substr(0, 30)).close_after(whole_answer),
        with("Content-Length: 100000000\r\n", "{"),
        with("Transfer-Encoding: chunked\r\n", "").endless("a\r\n0123456789\r\n"),
    };
}

} // namespace

BOOST_FIXTURE_TEST_CASE(the_head_of_an_error_answer_counts, once)
{
    openint::client_config config = test::config_for(server);
    config.limits.max_body = 20'000;
    const openint::client patient(io, config);
    client = patient.with_options({.max_retries = 0});

    for (const response& r : unreadable("503 x\r\nRetry-After: 0\r\nX-Id: 7\r\n")) {
        const error e = fail_with(r);
        BOOST_TEST(e.code() == openint::condition::server_error);
        BOOST_TEST(e.status() == 503u);
        BOOST_TEST(e.headers().find("X-Id").value_or("") == "7");
        BOOST_TEST((e.retry_after() == 0ms));
        BOOST_TEST(e.cause().failed());
        BOOST_TEST(e.message().starts_with("the answer's body could not be read: the "));
        BOOST_TEST(contains(text(e), "503 Service Unavailable: the answer's body could not be"));
        server.next(r);
        BOOST_CHECK_THROW(get(client), openint::api_error);

        // The decision about another attempt is made as ever.
        server.clear_requests().next(r, 2);
        get(patient);
        server.next(r).next(respond(200, "{}"));
        run(io, patient.post("/v1/x"));
        BOOST_TEST(server.request_count() == 5u);
    }
    for (const response& r : unreadable("400 x\r\n")) {
        server.clear_requests().next(r);
        const error e = failure_of(io, patient.post("/v1/x"));
        BOOST_TEST(e.code() == openint::condition::bad_request);
        BOOST_TEST(!contains(text(e), "may have taken effect"));
        BOOST_TEST(server.request_count() == 1u);
    }
    // What came of the body is not lost.
    error e = fail_with(respond(500, R"({"code":"C","message":"boom","data":{}})")
                            .header("Content-Type", "application/json")
                            .close_after(in_body(35)));
    BOOST_TEST(e.server_code() == "C");
    BOOST_TEST(e.message() == "the answer's body could not be read: the server closed the "
                              "connection inside the answer; it began: boom");
    BOOST_TEST(e.body() == R"({"code":"C","message":"boom","data")");
    // A body that never ends: the status, not the timeout.
    server.next(respond(404, "0123456789").stall_after(in_body(5)));
    e = service::fail(client.with_options({.timeout = 100ms}));
    BOOST_TEST(e.code() == openint::condition::not_found);
    BOOST_TEST(contains(e.message(), "timed out while reading the answer; it began: 01234"));
    // A redirect leads on.
    server.next(raw("HTTP/1.1 302 x\r\nLocation: /v1/connection/conn_github_1\r\n"
                    "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"));
    BOOST_TEST(get(client) == "conn_github_1");
}

BOOST_FIXTURE_TEST_CASE(a_success_that_cannot_be_read_has_its_status, once)
{
    openint::client_config config = test::config_for(server);
    config.limits.max_body = 20'000;
    client = openint::client(io, config).with_options({.max_retries = 0});
    openint::response_info info;
    for (const response& r : unreadable("201 x\r\nX-Id: 7\r\n")) {
        server.next(r);
        const error e = service::fail(client.with_options({.info = &info}));
        BOOST_TEST((e.code() == errc::malformed_response || e.code() == errc::connection_lost ||
                    e.code() == errc::response_too_large));
        BOOST_TEST(e.status() == 201u);
        BOOST_TEST(e.headers().find("X-Id").value_or("") == "7");
        BOOST_TEST(info.status == 201u);
        // All of them may have had their effect.
        server.next(r);
        BOOST_TEST(contains(text(failure_of(io, client.post("/v1/x"))), "may have taken effect"));
    }
    server.next(respond(200, "0123456789").stall_after(in_body(5)));
    const error e = service::fail(client.with_options({.timeout = 100ms}));
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(e.status() == 200u);
    BOOST_TEST(e.body() == "01234");
}

// Without content, its coding does not matter.
BOOST_FIXTURE_TEST_CASE(answers_without_content, once)
{
    const response empty[] = {
        respond(204),
        respond(204).header("Content-Encoding", "br"),
        raw("HTTP/1.1 204 x\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n"),
        respond(205, ""),
        respond(200, ""),
        respond(202, "").chunked(),
        respond(200, "").header("Content-Encoding", "gzip"),
        respond(200, "").header("Content-Encoding", "br"),
        respond(200, "").gzip(),
        respond(200, "").to_end_of_stream(),
    };
    for (const response& r : empty) {
        openint::response_info info;
        const openint::client watched = client.with_options({.info = &info});
        for (const auto& [name, send] : test::unsafe_methods) {
            server.next(r);
            BOOST_TEST(run(io, send(watched)).is_null());
        }
        for (const auto& [name, send] : test::idempotent_methods) {
            server.next(r);
            BOOST_TEST(run(io, send(watched)).is_null());
            BOOST_TEST(info.status / 100 == 2u);
        }
        server.next(r, 2);
        run(io, client.del<std::monostate>("/v1/x"));
        BOOST_TEST(!run(io, client.put<std::optional<int>>("/v1/x")).has_value());

        // What has to return something says so.
        server.next(r);
        const error e = failure_of(io, watched.delete_connection("conn_github_1"));
        BOOST_TEST(e.code() == errc::malformed_response);
        BOOST_TEST(e.status() == info.status);
        BOOST_TEST(e.attempts() == 1);
        BOOST_TEST(
            contains(text(e), ": the answer is empty (" + std::to_string(info.status) + " "));
        server.next(r);
        BOOST_TEST(failure_of(io, client.post<int>("/v1/x")).code() == errc::malformed_response);
    }
    BOOST_TEST(server.connections_accepted() < 20u); // they are kept
    // White space is not nothing.
    server.next(respond(200, " "));
    BOOST_TEST(failure_of(io, client.get("/v1/x")).code() == errc::malformed_response);
    // Nor is there anything to be read from an error answer.
    BOOST_TEST(text(fail_with(respond(404, "").header("Content-Encoding", "br")))
                   .find("404 Not Found; check the id") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
