// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What can be the name and the value of a header field.

#include <openint/http/field.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace http = openint::http;

BOOST_AUTO_TEST_SUITE(http_field)

BOOST_AUTO_TEST_CASE(field_syntax)
{
    using namespace std::string_literals;
    for (const std::string_view text : {"a", "Content-Type", "x-1", "!#$%&'*+-.^_`|~", "A9"})
        BOOST_TEST(http::is_token(text), text);
    for (const std::string& text :
         {""s,    "a b"s, "a:"s,   "a\r"s,   "a\n"s,   "\0"s,   "a\xc3"s, "(a)"s,
          "a,b"s, "a;b"s, "a=b"s,  "a/b"s,   "\"a\""s, "a\\b"s, "[a]"s,   "{a}"s,
          "a@b"s, "a?b"s, "a<b>"s, "a\x7f"s, " a"s,    "a\t"s})
        BOOST_TEST(!http::is_token(text), text);

    for (const std::string& text :
         {""s, "a"s, "Bearer x.y-z"s, "a b\tc"s, "\xc3\xa9"s, "\"a\"; q=1"s})
        BOOST_TEST(http::is_field_value(text), text);
    for (const std::string& text : {" a"s, "a "s, "\ta"s, "a\t"s, " "s, "a\r\nb: c"s, "a\n"s,
                                    "a\rb"s, "a\0b"s, "a\x7f"s, "a\x1f"s, "a\x01z"s})
        BOOST_TEST(!http::is_field_value(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
