// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Answers as bytes. Every one of them is read whole, byte by byte, in pieces of several sizes and
// cut in two at every place (unless it is large): the outcome must be the same.

#include <openint/http/response_parser.hpp>
#include <openint/testing/response.hpp>

#include <boost/beast/http/error.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http = openint::http;
using boost::system::error_code;
using http_error = boost::beast::http::error;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(http_exchange)

namespace {

struct outcome
{
    error_code ec;
    bool done = false;
    unsigned status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;
    std::string problem;

    bool operator==(const outcome&) const = default;

    friend std::ostream& operator<<(std::ostream& out, const outcome& o)
    {
        out << (o.done ? "done " : "not done ") << o.status << " \"" << o.body.substr(0, 100)
            << "\" (" << o.body.size() << ") " << o.ec.message() << ' ' << o.problem;
        for (const auto& [name, value] : o.fields)
            out << "\n  " << name << ": " << value.substr(0, 100);
        return out;
    }
};

struct settings
{
    http::response_parser::limits limits = {};
    bool head_request = false;
    bool tunnel = false;      // an answer to CONNECT
    bool then_closed = false; // the server closes behind the bytes
};

error_code feed(http::response_parser& x, std::string_view piece)
{
    error_code ec;
    while (!piece.empty() && !ec && !x.done()) {
        const auto room = x.prepare();
        const std::size_t n = std::min(room.size(), piece.size());
        std::memcpy(room.data(), piece.data(), n);
        ec = x.commit(n);
        piece.remove_prefix(n);
    }
    return ec;
}

template <class NextSize>
outcome read(http::response_parser& x, std::string_view bytes, const settings& s,
             NextSize next_size)
{
    outcome out;
    if (s.tunnel)
        x.start_tunnel();
    else
        x.start(s.head_request);
    BOOST_REQUIRE(!x.started());
    while (!bytes.empty() && !out.ec && !x.done()) {
        const std::string_view piece = bytes.substr(0, next_size());
        bytes.remove_prefix(piece.size());
        out.ec = feed(x, piece);
    }
    if (!out.ec && !x.done() && s.then_closed)
        out.ec = x.end_of_stream();
    BOOST_REQUIRE(!(out.ec && x.done()));
    out.done = x.done();
    out.problem = x.problem();
    if (out.ec)
        return out;
    out.status = x.status();
    out.body = x.body();
    for (std::size_t i = 0; i != x.field_count(); ++i)
        out.fields.emplace_back(x.field_name(i), x.field_value(i));
    return out;
}

outcome read(std::string_view bytes, const settings& s = {})
{
    http::response_parser kept(s.limits);
    const auto in_pieces_of = [&](std::size_t size) {
        return read(kept, bytes, s, [size] { return size; });
    };
    const outcome whole = in_pieces_of(std::string_view::npos);
    for (const std::size_t size : {1u, 2u, 3u, 5u, 16u, 100u, 4000u}) {
        const outcome pieces = in_pieces_of(size);
        BOOST_TEST_CONTEXT("pieces of " << size << " of " << bytes.substr(0, 300))
        {
            BOOST_TEST(pieces == whole);
        }
    }
    for (std::size_t cut = 1; cut < bytes.size() && bytes.size() < 600; ++cut) {
        std::size_t next = cut;
        const outcome two =
            read(kept, bytes, s, [&] { return std::exchange(next, std::string_view::npos); });
        BOOST_TEST_CONTEXT("cut at " << cut << " of " << bytes.substr(0, 300))
        {
            BOOST_TEST(two == whole);
        }
    }
    return whole;
}

// A good answer with this body.
void good(std::string_view bytes, std::string_view body, unsigned status = 200,
          const settings& s = {})
{
    BOOST_TEST_CONTEXT(bytes.substr(0, 300))
    {
        const outcome o = read(bytes, s);
        BOOST_TEST(o.ec == error_code());
        BOOST_TEST(o.done);
        BOOST_TEST(o.status == status);
        BOOST_TEST(o.body == body);
    }
}

void bad(std::string_view bytes, error_code expected, const settings& s = {})
{
    BOOST_TEST_CONTEXT(bytes.substr(0, 300))
    {
        const outcome o = read(bytes, s);
        BOOST_TEST(o.ec == expected);
        BOOST_TEST(!o.done);
    }
}

// Refused as malformed: neither a limit nor a lost connection.
void malformed(std::string_view bytes)
{
    BOOST_TEST_CONTEXT(bytes.substr(0, 300))
    {
        const outcome o = read(bytes);
        BOOST_TEST(o.ec.failed());
        for (const error_code other :
             {error_code(http_error::header_limit), error_code(http_error::body_limit),
              error_code(http_error::partial_message), error_code(http_error::end_of_stream)})
            BOOST_TEST(o.ec != other);
    }
}

std::string ok(std::string_view fields, std::string_view body = {})
{
    return "HTTP/1.1 200 OK\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

const settings closed{.then_closed = true};

} // namespace

BOOST_AUTO_TEST_CASE(by_length)
{
    good(ok("Content-Length: 5\r\n", "hello"), "hello");
    good(ok("Content-Length: 0\r\n"), "");
    good(ok("content-length:5\r\nX-A: 1\r\n", "hello"), "hello");
    good(ok("Content-Length: 0000000000000005 \r\n", "hello"), "hello");
    good(ok("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), "hello");
    good(ok("Content-Length: 5, 5\r\n", "hello"), "hello");
    const std::string large(100'000, 'x');
    good(ok("Content-Length: 100000\r\n", large), large);
}

BOOST_AUTO_TEST_CASE(bad_lengths)
{
    for (const char* value :
         {"", "x", "-5", "+5", "5x", "0x5", "5 5", "5,", ",5", "5,,5", "5;5", "1e1", "5.0",
          "18446744073709551616", "99999999999999999999999999", "\"5\""})
        malformed(ok("Content-Length: "s + value + "\r\n", "hello"));
    malformed(ok("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"));
    malformed(ok("Content-Length: 6\r\nContent-Length: 5\r\n", "hello!"));
    malformed(ok("Content-Length: 5, 6\r\n", "hello!"));
    malformed(ok("Content-Length: 5\r\nContent-Length: \r\n", "hello"));
}

BOOST_AUTO_TEST_CASE(by_chunks)
{
    const auto chunked = [](std::string_view body) {
        return ok("Transfer-Encoding: chunked\r\n", body);
    };
    good(chunked("0\r\n\r\n"), "");
    good(chunked("5\r\nhello\r\n0\r\n\r\n"), "hello");
    good(chunked("1\r\nh\r\n1\r\ne\r\n3\r\nllo\r\n0\r\n\r\n"), "hello");
    good(chunked("00000005\r\nhello\r\n00000\r\n\r\n"), "hello");
    good(chunked("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"), "01234567890123456789");
    good(chunked("2\r\n\r\n\r\n0\r\n\r\n"), "\r\n");
    good(ok("transfer-encoding: CHUNKED\r\n", "2\r\nhi\r\n0\r\n\r\n"), "hi");

    // Extensions and trailers mean nothing to us.
    good(chunked("5;a=b\r\nhello\r\n0;c\r\n\r\n"), "hello");
    good(chunked("5 ; a = \"x;\\\"y\" ; b\r\nhello\r\n0\r\n\r\n"), "hello");
    good(chunked("2\r\nhi\r\n0\r\nX-Checksum: 1\r\nX-More: 2\r\n\r\n"), "hi");
    BOOST_TEST(read(chunked("2\r\nhi\r\n0\r\nX-Late: 1\r\n\r\n")).fields.size() == 1u);
    good(chunked("2\r\nhi\r\n0\r\nContent-Encoding: gzip\r\n\r\n"), "hi");

    std::string many;
    std::string text;
    for (int i = 0; i != 3000; ++i) {
        many += "2\r\nab\r\n";
        text += "ab";
    }
    good(chunked(many + "0\r\n\r\n"), text);
}

BOOST_AUTO_TEST_CASE(bad_chunks)
{
    const auto refused = [](std::string_view body) {
        malformed(ok("Transfer-Encoding: chunked\r\n", body));
    };
    refused("\r\nhello\r\n0\r\n\r\n");
    refused("x\r\nhello\r\n0\r\n\r\n");
    refused("-5\r\nhello\r\n0\r\n\r\n");
    refused("+5\r\nhello\r\n0\r\n\r\n");
    refused("0x5\r\nhello\r\n0\r\n\r\n");
    refused(" 5\r\nhello\r\n0\r\n\r\n");
    refused("5 5\r\nhello\r\n0\r\n\r\n");
    refused("5\r\nhello!\r\n0\r\n\r\n");
    refused("5\r\nhello0\r\n\r\n");
    refused("5\r\nhello\r\r0\r\n\r\n");
    refused("5\rxhello\r\n0\r\n\r\n");
    refused("5;\r\nhello\r\n0\r\n\r\n");
    refused("5;=b\r\nhello\r\n0\r\n\r\n");
    refused("5,a\r\nhello\r\n0\r\n\r\n");
    refused("11111111111111111\r\nhello\r\n0\r\n\r\n"); // 17 digits
    refused("ffffffffffffffffffffffff\r\nhello\r\n0\r\n\r\n");
    refused("0\r\nno colon\r\n\r\n");
    refused("0\r\n: no name\r\n\r\n");
    refused("0\r\nA: b\rc\r\n\r\n");

    // Trailers that would change the framing, were they fields of the head.
    refused("5\r\nhello\r\n0\r\nContent-Length: 3\r\n\r\n");
    refused("5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n");

    // A size that is not there yet is a limit, not an allocation.
    bad(ok("Transfer-Encoding: chunked\r\n", "ffffffffffff\r\n" + std::string(2000, 'x')),
        http_error::body_limit, {.limits = {.body = 1000}});
}

BOOST_AUTO_TEST_CASE(to_the_end)
{
    good(ok("", "hello"), "hello", 200, closed);
    good(ok("Connection: close\r\n"), "", 200, closed);
    good("HTTP/1.0 200 OK\r\n\r\nhello", "hello", 200, closed);
    BOOST_TEST(!read(ok("", "hello")).done); // who knows what is to come
    const std::string large(100'000, 'x');
    good(ok("", large), large, 200, closed);
}

BOOST_AUTO_TEST_CASE(truncated_at_every_byte)
{
    const std::string zipped = openint::testing::gzip("hello");
    const std::string messages[] = {
        ok("Content-Length: 5\r\nX-A: b\r\n", "hello"),
        ok("Transfer-Encoding: chunked\r\n", "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\nX-T: 1\r\n\r\n"),
        "HTTP/1.1 100 Continue\r\n\r\n" + ok("Content-Length: 5\r\n", "hello"),
        "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",
        ok("Content-Encoding: gzip\r\nContent-Length: " + std::to_string(zipped.size()) + "\r\n",
           zipped),
    };
    for (const std::string& message : messages) {
        http::response_parser x({});
        for (std::size_t size = 0; size != message.size(); ++size) {
            x.start(false);
            BOOST_TEST(feed(x, std::string_view(message).substr(0, size)) == error_code());
            BOOST_TEST(!x.done());
            BOOST_TEST(x.started() == (size != 0));
            const error_code ec = x.end_of_stream();
            BOOST_TEST(ec == error_code(size == 0 ? http_error::end_of_stream
                                                  : http_error::partial_message));
            BOOST_TEST(!x.done());
            BOOST_TEST(!x.reusable());
        }
    }
    // Nothing but the end of the stream ends this one: the coding must say that it is whole.
    const std::string open_ended = ok("Content-Encoding: gzip\r\n", zipped);
    const std::size_t head = open_ended.size() - zipped.size();
    for (std::size_t size = head + 1; size != open_ended.size(); ++size)
        bad(open_ended.substr(0, size), http_error::partial_message, closed);
    good(open_ended, "hello", 200, closed);
}

BOOST_AUTO_TEST_CASE(without_bodies)
{
    good("HTTP/1.1 204 No Content\r\n\r\n", "", 204);
    good("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "", 204);
    good("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n", "", 204);
    good("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "", 304);

    const settings head{.head_request = true};
    good(ok("Content-Length: 5\r\n"), "", 200, head);
    good(ok("Transfer-Encoding: chunked\r\n"), "", 200, head);
    good(ok(""), "", 200, head);
    good(ok("Content-Encoding: gzip\r\nContent-Length: 5\r\n"), "", 200, head);
    good(ok("Content-Length: 99999999999\r\n"), "", 200, head); // a limit for what comes
    good("HTTP/1.1 103 Early Hints\r\n\r\n" + ok("Content-Length: 5\r\n"), "", 200, head);

    // Nor after CONNECT, whatever is said of one.
    const settings tunnel{.tunnel = true};
    for (const char* fields :
         {"", "Content-Length: 5\r\n", "content-length: abc\r\nX: y\r\n",
          "Content-Length: 5\r\nContent-Length: 6\r\n", "Transfer-Encoding: chunked\r\n",
          "X: y\r\nTRANSFER-ENCODING: gzip\r\nContent-Encoding: br\r\n",
          "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"}) {
        good(ok(fields), "", 200, tunnel);
        good("HTTP/1.1 407\r\n"s + fields + "\r\n", "", 407, tunnel);
    }
    bad(ok("Content-Length : 5\r\n"), http_error::bad_field, tunnel);
    bad("HTTP/1.1 101 Switching Protocols\r\n\r\n", http_error::bad_status, tunnel);

    // What follows anyway is not part of it, and the connection is done for.
    http::response_parser x({});
    for (const bool head_request : {false, true}) {
        x.start(head_request);
        BOOST_TEST(feed(x, head_request
                               ? ok("Content-Length: 5\r\n", "hello")
                               : "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello") ==
                   error_code());
        BOOST_TEST(x.done());
        BOOST_TEST(x.body() == "");
        BOOST_TEST(!x.drained());
        BOOST_TEST(!x.reusable());
    }
}

BOOST_AUTO_TEST_CASE(interim_answers)
{
    const std::string last = ok("Content-Length: 2\r\nX-A: final\r\n", "hi");
    good("HTTP/1.1 100 Continue\r\n\r\n" + last, "hi");
    good("HTTP/1.1 102 Processing\r\nContent-Length: 7\r\n\r\n" + last, "hi");
    good("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nTransfer-Encoding: x\r\n\r\n" + last, "hi");
    good("HTTP/1.1 199 \r\nContent-Encoding: br\r\n\r\nHTTP/1.1 100 \r\n\r\n" + last, "hi");
    const outcome o = read("HTTP/1.1 100 Continue\r\nX-A: interim\r\n\r\n" + last);
    BOOST_REQUIRE(o.fields.size() == 2u);
    BOOST_TEST(o.fields[1].second == "final");

    malformed("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n");
    malformed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching Protocols\r\n\r\n");
    bad("HTTP/1.1 100 Continue\r\n\r\n", http_error::partial_message, closed);
}

BOOST_AUTO_TEST_CASE(a_flood_of_interim_answers)
{
    for (const char* one : {"HTTP/1.1 100 \r\n\r\n", "HTTP/1.1 100 Continue\r\nX-A: b\r\n\r\n"}) {
        std::string flood;
        while (flood.size() < 9000)
            flood += one;
        good(flood + ok("Content-Length: 2\r\n", "hi"), "hi");
        bad(flood, http_error::header_limit, {.limits = {.header = 8000}});
        bad(flood, http_error::header_limit, {.limits = {.header = 256}});
    }
}

BOOST_AUTO_TEST_CASE(status_lines)
{
    good("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "");
    good("HTTP/1.1 200 All \xe2\x9c\x93 good\r\nContent-Length: 0\r\n\r\n", "");
    good("HTTP/1.0 599 x\r\nContent-Length: 2\r\n\r\nno", "no", 599);
    good("HTTP/1.1 999 x\r\nContent-Length: 0\r\n\r\n", "", 999);
    // Without the space after the code, as curl and Node read it.
    good("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", "hi");
    good("HTTP/1.0 404\r\nContent-Length: 0\r\n\r\n", "", 404);
    good("HTTP/1.1 100\r\n\r\nHTTP/1.1 103\r\nA: b\r\n\r\nHTTP/1.1 204\r\n\r\n", "", 204);
    bad("HTTP/1.1 200\r", http_error::partial_message, closed);
    bad("HTTP/1.1 200\r\n", http_error::partial_message, closed);
    for (const std::size_t limit : {256u, 16'384u, 20'000u}) { // with nothing to spare
        const std::string head = "HTTP/1.1 204\r\nA: ";
        good(head + std::string(limit - head.size() - 5, 'a') + "\r\n\r\n", "", 204,
             {.limits = {.header = limit}});
    }
    for (const char* line :
         {"HTTP/1.1 000 x",    "HTTP/1.1 099",        "HTTP/1.1 2x0",     "HTTP/1.1 20",
          "HTTP/1.1200",       "HTTP/2.0 200",        "HTTP/1.2 200",     "http/1.1 200",
          "HTTP/1.1 200\r",    "HTTP/1.2 200 x",      "HTTP/1.1 099 x",   "HTTP/1.1 20 x",
          "HTTP/1.1 2000 x",   "HTTP/1.1 2x0 x",      "HTTP/1.1 -20 x",   "HTTP/1.1  200 x",
          "HTTP/1.1200 x",     "HTTP/2.0 200 x",      "HTTP/0.9 200 x",   "HTTP/11 200 x",
          "http/1.1 200 x",    "ICY 200 OK",          " HTTP/1.1 200 OK", "HTTP/1.1 200 \x01",
          "HTTP/1.1 200 a\rb", "SSH-2.0-OpenSSH_9.2", "<html></html>"})
        malformed(line + "\r\nContent-Length: 0\r\n\r\n"s);
    malformed("\r\n" + ok("Content-Length: 0\r\n"));
    malformed("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\x00\x00\x00\r\n\r\n"s); // TLS
    malformed("HTTP/1.1 200 OK\nContent-Length: 0\n\n\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(fields)
{
    const outcome o = read(ok("A: 1\r\nb:2\r\nA: 3\r\nEmpty:\r\nTab:\t x \t\r\n"
                              "Text: \xc3\xa9 \"a, b\"\r\nContent-Length: 0\r\n"));
    using list = std::vector<std::pair<std::string, std::string>>;
    BOOST_TEST((o.fields == list{{"A", "1"},
                                 {"b", "2"},
                                 {"A", "3"},
                                 {"Empty", ""},
                                 {"Tab", "x"},
                                 {"Text", "\xc3\xa9 \"a, b\""},
                                 {"Content-Length", "0"}}));
    http::response_parser x({});
    x.start(false);
    BOOST_TEST(feed(x, ok("A: 1\r\nb:2\r\nA: 3\r\nEmpty:\r\nContent-Length: 0\r\n")) ==
               error_code());
    BOOST_TEST(x.field("a") == "1");
    BOOST_TEST(x.field("B") == "2");
    BOOST_TEST(x.field("content-LENGTH") == "0");
    BOOST_TEST(x.field("empty").data() != nullptr);
    BOOST_TEST(x.field("none").data() == nullptr);

    for (const std::string& line :
         {"no colon"s, ": no name"s, "Na me: x"s, "Name : x"s, "N\xc3\xa4me: x"s, "A: b\rc"s,
          "A: b\nB: c"s, "A: b\0c"s, "A: \x01"s, "A: \x7f"s, "A\0: b"s, " A: b"s, "(A): b"s})
        malformed(ok(line + "\r\nContent-Length: 0\r\n"));
}

BOOST_AUTO_TEST_CASE(folded_fields)
{
    // Obsolete, to be read as one line (RFC 9112, 5.2).
    const outcome o =
        read(ok("A: one\r\n two\r\n\tthree\r\nB: x\r\n \r\nC:\r\n c\r\nContent-Length: 0\r\n"));
    BOOST_REQUIRE(o.fields.size() == 4u);
    BOOST_TEST(o.fields[0].second == "one two three");
    BOOST_TEST(o.fields[1].second == "x");
    BOOST_TEST(o.fields[2].second == "c");
    good(ok("Content-Length:\r\n 5\r\n", "hello"), "hello");
    malformed(ok("Content-Length: 1\r\n 5\r\n", "hello"));
    malformed(ok(" Content-Length: 5\r\n", "hello")); // nothing to continue
    good(ok("Transfer-Encoding:\r\n chunked\r\n", "2\r\nhi\r\n0\r\n\r\n"), "hi");
    malformed(ok("Transfer-Encoding: gzip,\r\n chunked\r\n", "2\r\nhi\r\n0\r\n\r\n"));
    // Ever more folds are a head without end.
    std::string folds = "A: x\r\n";
    while (folds.size() < 10'000)
        folds += " x\r\n";
    bad(ok(folds), http_error::header_limit);
}

BOOST_AUTO_TEST_CASE(smuggling)
{
    const std::string_view body = "5\r\nhello\r\n0\r\n\r\n";
    malformed(ok("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", body));
    malformed(ok("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", body));
    malformed(ok("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", body));
    for (const char* value :
         {"", "gzip", "identity", "chunked, chunked", "gzip, chunked", "chunked, gzip", "xchunked",
          "chunkedx", "\"chunked\"", "chunked;a=b", ",chunked", "chunked,", "chunked chunked",
          "\x0b"
          "chunked"})
        malformed(ok("Transfer-Encoding: "s + value + "\r\n", body));
    malformed(ok("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", body));
    malformed(ok("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", body));
    malformed(ok("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", body));
    malformed(ok("Transfer-Encoding : chunked\r\n", body));
    malformed(ok("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"));
}

BOOST_AUTO_TEST_CASE(the_limit_of_the_head)
{
    // Exactly as many bytes as allowed, one byte more; in one field, in many, in the status line.
    const auto padded = [](std::size_t size, std::string_view unit) {
        std::string fields = "Content-Length: 2\r\n";
        const std::size_t rest = size - ok("").size() - fields.size();
        if (unit.empty())
            fields += "X: " + std::string(rest - 5, 'x') + "\r\n";
        else {
            while (fields.size() + unit.size() + 9 <= size - ok("").size())
                fields += unit;
            const std::size_t last = size - ok("").size() - fields.size();
            fields += "X:" + std::string(last - 4, 'y') + "\r\n";
        }
        const std::string message = ok(fields, "hi");
        BOOST_REQUIRE(message.size() == size + 2);
        return message;
    };
    for (const std::size_t limit : {256u, 1000u, 20'000u}) {
        const settings s{.limits = {.header = limit}};
        for (const std::string_view unit : {"", "A:\r\n", "Name: value\r\n", "Spaces:     x\r\n"}) {
            good(padded(limit - 1, unit), "hi", 200, s);
            good(padded(limit, unit), "hi", 200, s);
            bad(padded(limit + 1, unit), http_error::header_limit, s);
            bad(padded(3 * limit, unit), http_error::header_limit, s);
        }
        bad("HTTP/1.1 200 " + std::string(limit, 'x'), http_error::header_limit, s);
        bad("HTTP/1.1 200 OK\r\n" + std::string(limit, 'x'), http_error::header_limit, s);
        // It holds for what has no end, too, before memory is spent on it.
        http::response_parser x(s.limits);
        x.start(false);
        BOOST_TEST(feed(x, "HTTP/1.1 200 OK\r\nX: " + std::string(100 * limit, 'x')) ==
                   error_code(http_error::header_limit));
        BOOST_TEST(x.prepare().size() <= std::max<std::size_t>(4 * limit, 32'768));
    }
    // Chunk extensions and trailers.
    const settings s{.limits = {.header = 256}};
    const auto chunked = [](std::string_view body) {
        return ok("Transfer-Encoding: chunked\r\n", body);
    };
    bad(chunked("5;" + std::string(100'000, 'x')), http_error::header_limit, s);
    bad(chunked("5;a=\"" + std::string(100'000, '\n')), http_error::header_limit, s);
    bad(chunked("0\r\nX: " + std::string(100'000, 'x')), http_error::header_limit, s);
    bad(chunked("0\r\n" + std::string(100'000, 'x')), http_error::header_limit, s);
    bad(chunked(std::string(100'000, '0')), http_error::header_limit, s);
    // However the bytes are cut, to the last byte: what begins and ends the lines counts.
    for (std::size_t size = 245; size != 265; ++size) {
        const std::string x(size, 'x');
        for (const auto& [body, counted] :
             {std::pair("5;" + x + "\r\nhello\r\n0\r\n\r\n", size + 4),
              std::pair("5\r\nhello\r\n0;" + x + "\r\n\r\n", size + 8)}) {
            if (counted <= 256)
                good(chunked(body), "hello", 200, s);
            else
                bad(chunked(body), http_error::header_limit, s);
        }
    }
    // Newer parsers count trailers as a part of the head.
    for (std::size_t size = 120; size != 270; ++size) {
        const outcome o =
            read(chunked("5\r\nhello\r\n0\r\nX:" + std::string(size, 'x') + "\r\n\r\n"), s);
        BOOST_TEST((size > 150 || o.done));
        BOOST_TEST((size <= 245 || o.ec == error_code(http_error::header_limit)));
    }
}

BOOST_AUTO_TEST_CASE(the_limit_of_the_body)
{
    const settings s{.limits = {.body = 10}};
    good(ok("Content-Length: 10\r\n", "0123456789"), "0123456789", 200, s);
    bad(ok("Content-Length: 11\r\n", "0"), http_error::body_limit, s); // at the first byte
    bad(ok("Content-Length: 18446744073709551615\r\n", "0"), http_error::body_limit, s);
    good(ok("Transfer-Encoding: chunked\r\n", "a\r\n0123456789\r\n0\r\n\r\n"), "0123456789", 200,
         s);
    bad(ok("Transfer-Encoding: chunked\r\n", "b\r\n0123456789a\r\n0\r\n\r\n"),
        http_error::body_limit, s);
    bad(ok("Transfer-Encoding: chunked\r\n", "5\r\n01234\r\n6\r\n56789a\r\n0\r\n\r\n"),
        http_error::body_limit, s);
    good(ok("", "0123456789"), "0123456789", 200, {.limits = {.body = 10}, .then_closed = true});
    bad(ok("", "0123456789a"), http_error::body_limit, s);
    good(ok("Content-Length: 0\r\n"), "", 200, {.limits = {.body = 0}});
    bad(ok("Content-Length: 1\r\n", "x"), http_error::body_limit, {.limits = {.body = 0}});

    // Decompressed bytes count, not those on the wire.
    const auto zipped = [](std::size_t size) {
        const std::string text = openint::testing::gzip(std::string(size, 'x'));
        return ok("Content-Encoding: gzip\r\nContent-Length: " + std::to_string(text.size()) +
                      "\r\n",
                  text);
    };
    const settings thousand{.limits = {.body = 1000}};
    good(zipped(1000), std::string(1000, 'x'), 200, thousand);
    bad(zipped(1001), http_error::body_limit, thousand);
    bad(zipped(100'000), http_error::body_limit, thousand);

    // A length is the server's word, no reason to allocate.
    http::response_parser x({});
    x.start(false);
    BOOST_TEST(feed(x, ok("Content-Length: 67108864\r\n", "x")) == error_code());
    BOOST_TEST(x.memory() <= 2u << 20);
}

BOOST_AUTO_TEST_CASE(codings)
{
    const std::string text = "a text that is long enough to be compressed, compressed, compressed";
    const auto coded = [&](const char* name, std::string_view body) {
        return ok("Content-Encoding: "s + name +
                      "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n",
                  body);
    };
    const std::string zipped = openint::testing::gzip(text);
    good(coded("gzip", zipped), text);
    good(coded("x-gzip", zipped), text);
    good(coded("GZIP", zipped), text);
    good(coded("deflate", openint::testing::deflate(text)), text);
    good(coded("deflate", openint::testing::raw_deflate(text)), text);
    good(coded("identity", text), text);
    good(coded("", text), text);
    for (const char* beside :
         {"gzip\r\nContent-Encoding: identity", "identity\r\nContent-Encoding: gzip",
          "gzip\r\nContent-Encoding: ", "identity, gzip"})
        good(coded(beside, zipped), text);
    good(coded("gzip", zipped + std::string(600, '\0')), text);
    good(coded("gzip", ""), "");
    good(coded("gzip", openint::testing::gzip("")), "");
    good(ok(
             "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
             "1\r\n" + zipped.substr(0, 1) + "\r\n14\r\n" + zipped.substr(1, 20) + "\r\n" +
                 (zipped.size() - 21 > 15 ? "" : "0") +
                 [&] {
                     std::string hex = "00";
                     const std::size_t n = zipped.size() - 21;
                     hex[0] = "0123456789abcdef"[n / 16];
                     hex[1] = "0123456789abcdef"[n % 16];
                     return hex;
                 }() +
                 "\r\n" + zipped.substr(21) + "\r\n0\r\n\r\n"),
         text);

    // Lines count together, `identity` does not, and without a body none does.
    good(coded("gzip\r\nContent-Encoding: identity", zipped), text);
    good(coded("identity\r\nContent-Encoding: gzip", zipped), text);
    for (const char* unknown : {"br", "gzip, gzip", "gzip\r\nContent-Encoding: deflate"}) {
        good(coded(unknown, ""), "");
        good(
            ok("Content-Encoding: "s + unknown + "\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            "");
        good("HTTP/1.1 204 x\r\nContent-Encoding: "s + unknown + "\r\nContent-Length: 9\r\n\r\n",
             "", 204);
        good(coded(unknown, ""), "", 200, {.head_request = true});
    }
    malformed(coded("br", "x"));
    malformed(coded("zstd", "x"));
    malformed(coded("gzip, gzip", zipped));
    malformed(coded("gzip, deflate", zipped));
    malformed(coded("gzip\r\nContent-Encoding: identity\r\nContent-Encoding: gzip", zipped));
    malformed(coded("gzip", zipped + '\0' + zipped));
    malformed(coded("gzip\r\nContent-Encoding: gzip", zipped));
    malformed(coded("gzip", "this is not compressed"));
    malformed(coded("deflate", "\xff\xff"));
    malformed(coded("gzip", zipped + "rubbish"));
    BOOST_TEST(read(coded("br", "x")).problem != "");
    std::string damaged = zipped;
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1); // checksum
    malformed(coded("gzip", damaged));
    BOOST_TEST(read(coded("gzip", damaged)).problem != "");
    bad(coded("gzip", zipped.substr(0, zipped.size() - 1)), http_error::partial_message);
}

// Once a head is whole, it is known, whatever follows.
BOOST_AUTO_TEST_CASE(heads_of_bodies_that_cannot_be_read)
{
    const auto head_of = [](std::string_view bytes, bool then_closed = false) {
        http::response_parser x({.header = 1000, .body = 10});
        x.start(false);
        error_code ec = feed(x, bytes);
        if (!ec && then_closed)
            ec = x.end_of_stream();
        BOOST_TEST(ec.failed());
        BOOST_TEST(!x.done());
        const bool has = x.has_head();
        if (has) {
            BOOST_TEST(x.status() == 200u);
            BOOST_TEST(x.field("X-A") == "b");
        }
        x.wipe();
        BOOST_TEST(!x.has_head());
        return has;
    };
    const std::string a = "X-A: b\r\n";
    BOOST_TEST(head_of(ok(a + "Content-Length: 5\r\n", "hell"), true));
    BOOST_TEST(head_of(ok(a + "Content-Length: 5\r\n"), true));
    BOOST_TEST(head_of("HTTP/1.1 103 x\r\n\r\n" + ok(a + "Content-Length: 5\r\n"), true));
    BOOST_TEST(head_of(ok(a + "Content-Length: 11\r\n", "h")));
    BOOST_TEST(head_of(ok(a + "Content-Encoding: br\r\n", "x")));
    BOOST_TEST(head_of(ok(a + "Content-Encoding: gzip\r\n", "x")));
    BOOST_TEST(head_of(ok(a + "Transfer-Encoding: chunked\r\n", "zz\r\n")));
    BOOST_TEST(head_of(ok(a + "Transfer-Encoding: chunked\r\n", "1;" + std::string(2000, 'x'))));
    // What is not a whole head is none.
    BOOST_TEST(!head_of("HTTP/1.1 200 OK\r\nX-A: b\r\n", true));
    BOOST_TEST(!head_of("HTTP/1.1 100 x\r\n\r\n", true));
    BOOST_TEST(!head_of("HTTP/1.1 100 x\r\n\r\nHTTP/1.1 200 OK\r\nX-A: b\r\n", true));
    BOOST_TEST(!head_of(ok(a + "Transfer-Encoding: gzip\r\n")));
    BOOST_TEST(!head_of(ok(a + "X: " + std::string(1000, 'x') + "\r\n")));
}

BOOST_AUTO_TEST_CASE(reuse)
{
    const auto reusable = [](std::string_view bytes, const settings& s = {}) {
        http::response_parser x({});
        x.start(s.head_request);
        BOOST_TEST(feed(x, bytes) == error_code());
        if (s.then_closed && !x.done())
            BOOST_TEST(x.end_of_stream() == error_code());
        BOOST_TEST(x.done());
        return x.reusable();
    };
    BOOST_TEST(reusable(ok("Content-Length: 2\r\n", "hi")));
    BOOST_TEST(reusable(ok("Content-Length: 2\r\nConnection: keep-alive\r\n", "hi")));
    BOOST_TEST(reusable(ok("Transfer-Encoding: chunked\r\n", "0\r\n\r\n")));
    BOOST_TEST(reusable("HTTP/1.1 204 No Content\r\n\r\n"));
    BOOST_TEST(reusable("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"));
    BOOST_TEST(reusable(ok(""), {.head_request = true}));

    BOOST_TEST(!reusable(ok("Content-Length: 2\r\nConnection: close\r\n", "hi")));
    BOOST_TEST(!reusable(ok("Content-Length: 2\r\nConnection: Keep-Alive, CLOSE\r\n", "hi")));
    BOOST_TEST(!reusable(ok("Connection: close\r\nConnection: x\r\nContent-Length: 0\r\n")));
    BOOST_TEST(!reusable(ok("Transfer-Encoding: chunked\r\n", "0\r\nConnection: close\r\n\r\n")));
    BOOST_TEST(!reusable(ok("", "hi"), {.then_closed = true}));
    BOOST_TEST(!reusable(ok("Content-Length: 2\r\n", "hi!")));
    BOOST_TEST(!reusable(ok("Content-Length: 2\r\n", "hi\r\n")));
    BOOST_TEST(!reusable(ok("Transfer-Encoding: chunked\r\n", "0\r\n\r\n0")));
    BOOST_TEST(!reusable(ok("Content-Length: 2\r\n", "hi" + ok("Content-Length: 2\r\n", "no"))));
    for (const char* connection : {"", "Connection: keep-alive\r\n"})
        BOOST_TEST(!reusable("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n" + std::string(connection) +
                             "\r\nhi"));
    // What an interim answer says about the connection is of no interest.
    BOOST_TEST(reusable("HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n" +
                        ok("Content-Length: 2\r\n", "hi")));

    http::response_parser x({});
    x.start(false);
    BOOST_TEST(!x.reusable());
    BOOST_TEST(feed(x, "HTTP/1.1 2") == error_code());
    BOOST_TEST(!x.reusable());
}

// One exchange serves all answers of a connection: nothing of one may be seen in the next.
BOOST_AUTO_TEST_CASE(one_after_the_other)
{
    const std::string zipped = openint::testing::gzip("zipped");
    const std::string messages[] = {
        ok("Content-Length: 5\r\nA: b\r\n", "hello"),
        ok("Content-Encoding: gzip\r\nContent-Length: " + std::to_string(zipped.size()) + "\r\n",
           zipped),
        ok("Transfer-Encoding: chunked\r\n", "2\r\nhi\r\n0\r\n\r\n"),
        "HTTP/1.1 204 No Content\r\n\r\n",
        ok("Content-Length: 100000\r\nB: " + std::string(30'000, 'b') + "\r\n",
           std::string(100'000, 'x')),
        "rubbish",
        ok("Transfer-Encoding: chunked\r\n", "2\r\nhi"),
        "HTTP/1.1 100 Continue\r\n\r\n",
        ok("Content-Encoding: br\r\n", "x"),
    };
    const auto whole = [] { return std::string_view::npos; };
    http::response_parser kept({});
    for (const std::string& first : messages)
        for (const std::string& second : messages) {
            read(kept, first, {}, whole);
            http::response_parser fresh({});
            BOOST_TEST(read(kept, second, {}, whole) == read(fresh, second, {}, whole));
        }
}

BOOST_AUTO_TEST_CASE(what_came_is_wiped)
{
    const std::string secret = "a-secret-that-came";
    std::string long_body;
    while (long_body.size() < 200'000)
        long_body += secret + ' ';
    const std::string zipped = openint::testing::gzip(long_body);
    const std::string messages[] = {
        ok("Content-Length: " + std::to_string(secret.size()) + "\r\nA: " + secret + "\r\n",
           secret),
        ok("Content-Length: " + std::to_string(long_body.size()) + "\r\n", long_body),
        ok("Content-Encoding: gzip\r\nContent-Length: " + std::to_string(zipped.size()) + "\r\n",
           zipped),
    };
    http::response_parser x({});
    for (const std::string& message : messages) {
        x.start(false);
        BOOST_TEST(feed(x, message) == error_code());
        BOOST_REQUIRE(x.done());
        BOOST_REQUIRE(x.body().find(secret) != std::string::npos);
        x.wipe();
        BOOST_TEST(x.body().empty());
        BOOST_TEST(x.memory() <= 100u << 10);
        BOOST_TEST(x.field_count() == 0u);
        x.start(false);
        const auto room = x.prepare(); // the same memory
        const std::string_view bytes(static_cast<const char*>(room.data()), room.size());
        BOOST_TEST(bytes.find_first_not_of('\0') == std::string_view::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
