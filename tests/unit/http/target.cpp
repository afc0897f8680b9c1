// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// How targets of requests are made and checked.

#include <openint/http/target.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace http = openint::http;

BOOST_AUTO_TEST_SUITE(http_target)

BOOST_AUTO_TEST_CASE(path_segments)
{
    const auto encoded = [](std::string_view segment) {
        std::string out = "/connection/";
        http::append_path_segment(out, segment);
        return out.substr(12);
    };
    using namespace std::string_literals;
    BOOST_TEST(encoded("") == "");
    BOOST_TEST(encoded("conn_github_1") == "conn_github_1");
    BOOST_TEST(encoded("a-b.c~d") == "a-b.c~d");
    BOOST_TEST(encoded("!$&'()*+,;=:@") == "!$&'()*+,;=:@");
    BOOST_TEST(encoded("a/b?c#d%e") == "a%2Fb%3Fc%23d%25e");
    BOOST_TEST(encoded("%2F") == "%252F");
    BOOST_TEST(encoded(" \"<>\\^`{|}[]") == "%20%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D");
    BOOST_TEST(encoded("h\xc3\xa9\xf0\x9f\x98\x80") == "h%C3%A9%F0%9F%98%80");
    BOOST_TEST(encoded("\0\x1f\x7f\xff"s) == "%00%1F%7F%FF");

    // Exactly the bytes of pchar stay.
    const std::string_view kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~!$&'()*+,;=:@";
    for (int i = 0; i != 256; ++i) {
        const std::string one(1, static_cast<char>(i));
        const bool stays = kept.find(one[0]) != std::string_view::npos;
        BOOST_TEST((encoded(one) == one) == stays, i);
        BOOST_TEST(http::needs_encoding(one) == !stays, i);
        BOOST_TEST(encoded(one).size() == (stays ? 1u : 3u), i);
    }
    BOOST_TEST(!http::needs_encoding(""));
    BOOST_TEST(!http::needs_encoding("cus_1"));
    BOOST_TEST(http::needs_encoding("cus 1"));
}

BOOST_AUTO_TEST_CASE(queries)
{
    std::string target = "/connection";
    http::append_query(target, "expand", "connector,integration");
    BOOST_TEST(target == "/connection?expand=connector,integration");
    http::append_query(target, "customer_id", "a&b=c+d #e;f%g");
    BOOST_TEST(target == "/connection?expand=connector,integration"
                         "&customer_id=a%26b%3Dc%2Bd%20%23e%3Bf%25g");
    http::append_query(target, "k[]", "\xc3\xa9\"");
    BOOST_TEST(target.ends_with("&k%5B%5D=%C3%A9%22"));
    std::string empty = "/x";
    http::append_query(empty, "q", "");
    BOOST_TEST(empty == "/x?q=");

    for (int i = 0; i != 256; ++i) {
        std::string one = "/";
        http::append_query(one, "k", std::string(1, static_cast<char>(i)));
        BOOST_TEST(http::check_target(one) == "", one);
        BOOST_TEST(one.find_first_of("&+;#", 4) == std::string::npos, one);
    }
}

BOOST_AUTO_TEST_CASE(targets)
{
    using namespace std::string_literals;
    for (const std::string_view text :
         {"/", "/connection", "/connection/conn_1?expand=connector&limit=1", "/a//b", "/a/",
          "/a?b/../c", "/a?x=//y", "/a?filter[x]=1", "/%7Bx%7D", "/a?", "/...", "/a..b",
          "/.well-known", "/a?x=http://b/", "/a:b", "/a%252e%252e"})
        BOOST_TEST(http::check_target(text) == "", text);

    struct
    {
        std::string text;
        std::string_view problem;
    } const table[] = {
        {"", "empty"},
        {"connection", "does not begin with"},
        {"?x=1", "does not begin with"},
        {"#x", "does not begin with"},
        {"../x", "does not begin with"},
        {"\\x", "does not begin with"},
        {" /x", "does not begin with"},
        {"https://evil.example/", "scheme"},
        {"evil.example:80", "scheme"},
        {"javascript:x", "scheme"},
        {"//evil.example/x", "begins with \"//\""},
        {"///x", "begins with \"//\""},
        {"/\\evil.example", "\"\\\""},
        {"/a\\b", "\"\\\""},
        {"/a?b\\c", "\"\\\""},
        {"/a#b", "fragment"},
        {"/a?b#c", "fragment"},
        {"/.", "\"..\" part"},
        {"/..", "\"..\" part"},
        {"/../x", "\"..\" part"},
        {"/a/./b", "\"..\" part"},
        {"/a/..?x", "\"..\" part"},
        {"/a/%2e%2e/b", "\"..\" part"},
        {"/a/%2E./b", "\"..\" part"},
        {"/a/.%2e", "\"..\" part"},
        {"/a%2f..%2fb", "\"..\" part"},
        {"/a/..%2Fb", "\"..\" part"},
        {"/a/..%5Cb", "\"..\" part"},
        {"/a b", "space"},
        {"/a?b c", "space"},
        {"/a\r\nHost: x", "control"},
        {"/a\0"s, "control"},
        {"/a\x7f", "control"},
        {"/\xc3\xa9", "ASCII"},
        {"/a?\xff", "ASCII"},
        {"/100%", "hexadecimal"},
        {"/a?b=%zz", "hexadecimal"},
        {"/{a}", "percent-encoded"},
        {"/a?b=\"c\"", "percent-encoded"},
        {"/a|b", "percent-encoded"},
    };
    for (const auto& row : table)
        BOOST_TEST(http::check_target(row.text).find(row.problem) != std::string::npos,
                   row.text << ": " << http::check_target(row.text));
}

BOOST_AUTO_TEST_SUITE_END()
