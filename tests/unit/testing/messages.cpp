// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server: the messages that a test can have it send.

#include "support/raw_client.hpp"

#include <boost/beast/zlib/inflate_stream.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace asio = boost::asio;
using namespace openint::testing;
using namespace test;

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(headers_can_be_added_replaced_and_left_out)
{
    mock_server server;
    server.next(answer()
                    .header("X-New", "1")
                    .header("content-type", "text/x-odd")
                    .without("Date")
                    .without("VARY"));
    const answer_text a = get(server, github);
    BOOST_TEST(a.header("X-New") == "1");
    BOOST_TEST(a.header("content-type") == "text/x-odd");
    BOOST_TEST(a.header("Content-Type") == "(none)");
    BOOST_TEST(a.header("Date") == "(none)");
    BOOST_TEST(a.header("Vary") == "(none)");
    BOOST_TEST(a.object().at("id") == "conn_github_1");

    server.next(
        response().status(299, "Odd").header("Content-Length", "99").close_after(whole_answer));
    const answer_text lying = get(server, github);
    BOOST_TEST(lying.head.starts_with("HTTP/1.1 299 Odd\r\n"));
    BOOST_TEST(lying.body == "{}");
}

BOOST_AUTO_TEST_CASE(heads_without_bodies)
{
    mock_server server;
    server.next(respond(204)).next(respond(304));
    raw_client c(server);
    for (const int status : {204, 304}) {
        c.get(github, server.token());
        const answer_text a = c.answer();
        BOOST_TEST(a.status() == status);
        BOOST_TEST(a.header("Content-Length") == "(none)");
    }
    server.next(respond(200, "12345"));
    c.send("HEAD /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = c.until("\r\n\r\n");
    BOOST_TEST(head.find("Content-Length: 5\r\n") != std::string::npos);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.answer().body == R"({"ok":true})");
}

BOOST_AUTO_TEST_CASE(informational_heads_come_first)
{
    mock_server server;
    server.next(answer().informational(100).informational(103, {{"Link", "<x>"}}));
    raw_client c(server);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    BOOST_TEST(c.until("\r\n\r\n") == "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n");
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_CASE(chunks)
{
    mock_server server;
    const auto body = [&](response r) {
        server.next(std::move(r.close_after(whole_answer)));
        raw_client c(server);
        c.get("/v1/health", server.token());
        const std::string head = c.until("\r\n\r\n");
        BOOST_TEST(head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
        BOOST_TEST(head.find("Content-Length") == std::string::npos);
        return c.all();
    };
    BOOST_TEST(body(respond(200, "0123456789abcdef0").chunked()) ==
               "11\r\n0123456789abcdef0\r\n0\r\n\r\n");
    BOOST_TEST(body(respond(200, "abcdef").chunked({1, 2}, ";n=v")) ==
               "1;n=v\r\na\r\n2;n=v\r\nbc\r\n2;n=v\r\nde\r\n1;n=v\r\nf\r\n0;n=v\r\n\r\n");
    BOOST_TEST(body(respond(200, "a").trailer("X-T", "t")) == "1\r\na\r\n0\r\nX-T: t\r\n\r\n");
    BOOST_TEST(body(respond(200, "").chunked()) == "0\r\n\r\n");
}

// Undoes what the server did, with another implementation.
std::string inflated(std::string_view text)
{
    namespace zlib = boost::beast::zlib;
    zlib::inflate_stream stream;
    std::string out(1 << 20, '\0');
    zlib::z_params z;
    z.next_in = text.data();
    z.avail_in = text.size();
    z.next_out = out.data();
    z.avail_out = out.size();
    boost::beast::error_code ec;
    stream.write(z, zlib::Flush::finish, ec);
    BOOST_TEST((ec == zlib::error::end_of_stream));
    BOOST_TEST(z.avail_in == 0u);
    out.resize(z.total_out);
    return out;
}

BOOST_AUTO_TEST_CASE(compressed_bodies)
{
    mock_server server;
    const std::string plain = get(server, github + "?expand=connector").body;
    server.next(answer().gzip()).next(answer().deflate()).next(answer().raw_deflate());
    const answer_text a = get(server, github + "?expand=connector");
    BOOST_TEST(a.header("Content-Encoding") == "gzip");
    BOOST_TEST(a.body == gzip(plain));
    BOOST_TEST(a.body.size() < plain.size() / 2);
    BOOST_TEST(inflated(a.body.substr(10, a.body.size() - 18)) == plain);
    const answer_text b = get(server, github + "?expand=connector");
    BOOST_TEST(b.header("Content-Encoding") == "deflate");
    BOOST_TEST(inflated(b.body.substr(2, b.body.size() - 6)) == plain);
    const answer_text c = get(server, github + "?expand=connector");
    BOOST_TEST(c.header("Content-Encoding") == "deflate");
    BOOST_TEST(inflated(c.body) == plain);

    // Known answers: the checks at the end.
    BOOST_TEST(gzip("123456789").substr(gzip("123456789").size() - 8) ==
               std::string("\x26\x39\xf4\xcb\x09\0\0\0", 8));
    BOOST_TEST(deflate("Wikipedia").substr(deflate("Wikipedia").size() - 4) == "\x11\xe6\x03\x98");
    BOOST_TEST(inflated(raw_deflate("")).empty());
}

BOOST_AUTO_TEST_CASE(compression_for_those_who_accept_it)
{
    mock_server server{{.compress = true}};
    raw_client c(server);
    c.get(github, server.token(), "Accept-Encoding: br, gzip\r\n");
    BOOST_TEST(c.answer().header("Content-Encoding") == "gzip");
    c.get(github, server.token());
    BOOST_TEST(c.answer().header("Content-Encoding") == "(none)");
}

BOOST_AUTO_TEST_CASE(bytes_as_they_are)
{
    mock_server server;
    server.next(raw("HTTP/9.9 what\n"))
        .next(answer().followed_by("rubbish"))
        .next(answer().copies(2));
    raw_client c(server);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.exactly(14) == "HTTP/9.9 what\n");
    c.get("/v1/health", server.token());
    BOOST_TEST(c.answer().body == R"({"ok":true})");
    BOOST_TEST(c.exactly(7) == "rubbish");
    c.get("/v1/health", server.token());
    const answer_text one = c.answer(), two = c.answer();
    BOOST_TEST(one.head == two.head);
    BOOST_TEST(one.body == two.body);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_body_is_the_end_of_the_connection)
{
    mock_server server;
    server.next(answer().to_end_of_stream()).next(answer().connection_close());
    {
        raw_client c(server);
        c.get("/v1/health", server.token());
        const answer_text a = c.answer();
        BOOST_TEST(a.header("Content-Length") == "(none)");
        BOOST_TEST(a.header("Connection") == "close");
        BOOST_TEST(c.all() == R"({"ok":true})");
        BOOST_TEST(c.error == asio::error::eof);
    }
    raw_client c(server);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.answer().header("Connection") == "close");
    BOOST_TEST(c.all().empty());
    BOOST_TEST(c.error == asio::error::eof);
}

BOOST_AUTO_TEST_CASE(an_endless_body_ends_with_the_client)
{
    mock_server server;
    server.next(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").endless("1\r\nx\r\n"));
    {
        raw_client c(server);
        c.get("/v1/health", server.token());
        c.until("\r\n\r\n");
        std::string expected;
        for (int i = 0; i < 3000; ++i)
            expected += "1\r\nx\r\n";
        BOOST_TEST((c.exactly(expected.size()) == expected));
    }
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
