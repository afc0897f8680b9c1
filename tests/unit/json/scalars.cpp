// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Numbers and strings: ranges, rounding, escapes.

#include "texts.hpp"
#include "types.hpp"

#include <openint/json.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace json = openint::json;
using namespace json_test;

BOOST_AUTO_TEST_SUITE(json_scalars)

BOOST_AUTO_TEST_CASE(integers)
{
    const auto low = json::read<numbers>(
        R"({"i8":-128,"u8":0,"i16":-32768,"u16":0,"i32":-2147483648,"u32":0,"i64":-9223372036854775808,"u64":0})");
    BOOST_TEST(int{low.i8} == -128);
    BOOST_TEST(low.i16 == -32768);
    BOOST_TEST(low.i32 == std::numeric_limits<std::int32_t>::min());
    BOOST_TEST(low.i64 == std::numeric_limits<std::int64_t>::min());
    const auto high = json::read<numbers>(
        R"({"i8":127,"u8":255,"i16":32767,"u16":65535,"i32":2147483647,"u32":4294967295,"i64":9223372036854775807,"u64":18446744073709551615})");
    BOOST_TEST(int{high.i8} == 127);
    BOOST_TEST(int{high.u8} == 255);
    BOOST_TEST(high.u16 == 65535);
    BOOST_TEST(high.u32 == 4294967295u);
    BOOST_TEST(high.i64 == std::numeric_limits<std::int64_t>::max());
    BOOST_TEST(high.u64 == std::numeric_limits<std::uint64_t>::max());
    for (const char* text :
         {R"({"i8":128})", R"({"i8":-129})", R"({"u8":256})", R"({"u8":-1})", R"({"i16":32768})",
          R"({"u16":65536})", R"({"i32":2147483648})", R"({"i32":-2147483649})",
          R"({"u32":4294967296})", R"({"i64":9223372036854775808})",
          R"({"i64":-9223372036854775809})", R"({"u64":18446744073709551616})", R"({"u64":-1})",
          R"({"u64":20000000000000000000})", R"({"u64":99999999999999999999})",
          R"({"i64":123456789012345678901234567890})", R"({"u64":18446744073709551619})"})
        BOOST_TEST((code_of<numbers>(text) == json::errc::out_of_range), text);
    for (const char* text :
         {R"({"u8":1.5})", R"({"i8":1e999})", R"({"i8":"1"})", R"({"u8":true})", R"({"i32":1e-1})",
          R"({"i64":4503599627370497.5})", R"({"i64":0.99999999999999999999})", R"({"i64":1e-999})",
          R"({"u64":18446744073709551616.0})", R"({"u64":1e20})",
          R"({"i64":-9223372036854775809.0})"})
        BOOST_TEST((code_of<numbers>(text) == json::errc::mismatch), text);
    BOOST_TEST((code_of<numbers>(R"({"u8":25.6e1})") == json::errc::mismatch));
    // integers, however they are written, and exactly
    const std::pair<const char*, std::int64_t> exact[] = {
        {"5.0", 5},
        {"1e2", 100},
        {"1E0", 1},
        {"1.0", 1},
        {"-0.0", 0},
        {"0e999", 0},
        {"0.000e-5", 0},
        {"12.5e1", 125},
        {"-1200e-2", -12},
        {"0.00001e5", 1},
        {"9007199254740993.0", 9007199254740993},
        {"922337203685477580.7e1", 9223372036854775807},
        {"-9223372036854775808.000", std::numeric_limits<std::int64_t>::min()},
    };
    for (const auto& [text, value] : exact)
        BOOST_TEST(json::read<std::int64_t>(text) == value, text);
    BOOST_TEST(json::read<std::uint64_t>("1844674407370955161.5e1") == 18446744073709551615u);
    BOOST_TEST(json::read<unsigned>("-0.0") == 0u);
    BOOST_TEST(failure_of<numbers>(R"({"u8":300})")
                   .starts_with("/u8: expected integer from 0 to 255, found integer out of range"));
    BOOST_TEST(json::read<int>("-0") == 0);
    BOOST_TEST(json::read<unsigned>("-0") == 0u);
}

BOOST_AUTO_TEST_CASE(doubles)
{
    const auto same = [](double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; };
    const auto check = [&](const std::string& text) {
        const double expected = std::strtod(text.c_str(), nullptr);
        BOOST_TEST(same(json::read<double>(text), expected), text);
        const auto value = json::read<boost::json::value>(text);
        if (value.is_double())
            BOOST_TEST(same(value.get_double(), expected), text);
        else
            BOOST_TEST(value.to_number<double>() == expected, text);
    };
    for (const std::string_view text : json_test::accepted)
        if (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'))
            check(std::string(text));
    // halfway between two doubles, just below, just above
    for (const char* text :
         {"9007199254740993", "9007199254740993.0", "9007199254740992.999999999999999999999999",
          "9007199254740993.00000000000000000000000001", "2.4703282292062327e-324",
          "2.4703282292062328e-324", "2.2250738585072011e-308",
          "0.500000000000000166533453693773481063544750213623046875", "6.631236846766476e-316",
          "3.2378839133029012895883524125015321748630376695e-319",
          "1797693134862315807937289714053034150799341327100378269361737789804449682927647509466490"
          "1797758720709633028641669288791094655554785194040263065748867150582068190890200070838367"
          "6273854845817711531764475730270069855571366959622842914819860834936475292719074168444365"
          "510704342711559699508093042880"})
        if (std::isfinite(std::strtod(text, nullptr)))
            check(text);
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        std::uint64_t bits = random();
        double d;
        std::memcpy(&d, &bits, sizeof d);
        if (!std::isfinite(d))
            continue;
        char text[64];
        std::snprintf(text, sizeof text, "%.17g", d);
        check(text);
        BOOST_TEST(same(json::read<double>(json::write(d)), d));
        std::snprintf(text, sizeof text, "%.*e", static_cast<int>(bits % 25), d);
        if (std::isfinite(std::strtod(text, nullptr)))
            check(text);
        std::snprintf(text, sizeof text, "%.*f", static_cast<int>(bits % 12),
                      static_cast<double>(static_cast<std::int64_t>(bits)) / 1e9);
        check(text);
    }
    for (const char* text :
         {"0.1", "16777217", "3.4028235e38", "1e-45", "7.0064923216240854e-46", "1e-60", "-0",
          "33554431.5", "1.00000017881393432617187499", "-1e-60", "-1e-400", "1e-400"}) {
        const float f = json::read<float>(text);
        BOOST_TEST(f == std::strtof(text, nullptr), text);
        BOOST_TEST(std::signbit(f) == (text[0] == '-'), text);
    }
    BOOST_TEST((code_of<float>("3.5e38") == json::errc::out_of_range));
    BOOST_TEST((code_of<float>("-1e39") == json::errc::out_of_range));
    BOOST_TEST((code_of<double>("-1e309") == json::errc::out_of_range));
}

// As many digits as there can be halfway between two doubles, and one far behind that decides.
BOOST_AUTO_TEST_CASE(doubles_with_hundreds_of_digits)
{
    const auto check = [](const std::string& text) {
        const double expected = std::strtod(text.c_str(), nullptr);
        BOOST_TEST(json::read<double>(text) == expected, text);
        BOOST_TEST(json::read<double>("-" + text) == -expected, text);
    };
    const long double halfway[] = {std::ldexp(1.0L, -1075), std::ldexp(3.0L, -1075),
                                   std::ldexp(1.0L, -1022) - std::ldexp(1.0L, -1075),
                                   std::ldexp(1.0L, -1021) + std::ldexp(1.0L, -1074)};
    for (const long double h : halfway) {
        char exact[1200];
        std::snprintf(exact, sizeof exact, "%.1075Lf", h);
        const std::string text = exact;
        const std::string digits = text.substr(text.find_first_not_of("0."));
        for (const std::string& tail : {std::string(), std::string(900, '0'),
                                        std::string(900, '0') + "1", std::string("1")}) {
            check(text + tail);
            check(digits + tail + ".0e-" + std::to_string(1075 + tail.size()));
            check("0." + digits + tail + "e-" + std::to_string(1075 - digits.size()));
        }
        std::string below = text; // the last digit is 5
        below.back() = '4';
        check(below + std::string(900, '9'));
    }
    const std::string zeros(2000, '0');
    check("1" + zeros + "e-2000");
    check("123456789012345678901234567890" + zeros + "e-2010");
    check("0." + zeros + "12345678901234567890123e2000");
    check("0." + zeros + "e999");
    BOOST_TEST(std::signbit(json::read<double>("-0." + zeros + "e999")));
    BOOST_TEST((code_of<double>("1" + zeros) == json::errc::out_of_range));
}

// Twenty digits that are a multiple of 2^64: what they wrap around to is zero.
BOOST_AUTO_TEST_CASE(doubles_whose_digits_wrap_around)
{
    for (const char* const text :
         {"9223372036854775808.0", "-9223372036854775808.0", "922337203685477580.80e1"})
        BOOST_TEST(json::read<double>(text) == std::strtod(text, nullptr), text);
}

BOOST_AUTO_TEST_CASE(free_form_numbers)
{
    const auto kind = [](std::string_view text) {
        return json::read<boost::json::value>(text).kind();
    };
    BOOST_TEST((kind("9223372036854775807") == boost::json::kind::int64));
    BOOST_TEST((kind("-9223372036854775808") == boost::json::kind::int64));
    BOOST_TEST((kind("9223372036854775808") == boost::json::kind::uint64));
    BOOST_TEST((kind("18446744073709551615") == boost::json::kind::uint64));
    BOOST_TEST((kind("18446744073709551616") == boost::json::kind::double_));
    BOOST_TEST((kind("-9223372036854775809") == boost::json::kind::double_));
    BOOST_TEST((kind("1.0") == boost::json::kind::double_));
    BOOST_TEST((kind("1e2") == boost::json::kind::double_));
}

BOOST_AUTO_TEST_CASE(strings)
{
    // every length, with what is not plain at every place
    for (std::size_t length = 0; length < 70; ++length) {
        const std::string plain(length, 'x');
        BOOST_TEST(json::read<std::string>('"' + plain + '"') == plain);
        for (std::size_t at = 0; at <= length; ++at) {
            const auto with = [&](std::string_view part) {
                return plain.substr(0, at) + std::string(part) + plain.substr(at);
            };
            BOOST_TEST(json::read<std::string>('"' + with("\\n") + '"') == with("\n"));
            BOOST_TEST(json::read<std::string>('"' + with("\\u00e9") + '"') == with("\xC3\xA9"));
            BOOST_TEST(json::read<std::string>('"' + with("\xE2\x82\xAC") + '"') ==
                       with("\xE2\x82\xAC"));
            BOOST_TEST(json::read<std::string>('"' + with("\\\"\xE2\x82\xAC") + '"') ==
                       with("\"\xE2\x82\xAC"));
            BOOST_TEST(!json::try_read<std::string>('"' + with("\x01") + '"').has_value());
            BOOST_TEST(!json::try_read<std::string>('"' + with("\x80") + '"').has_value());
            BOOST_TEST(!json::try_read<std::string>('"' + with("\\n\x80") + '"').has_value());
            BOOST_TEST(!json::try_read<std::string>('"' + with("\\q") + '"').has_value());
        }
    }
    // long ones grow the buffer that escapes are decoded in
    std::string text = "\"", expected;
    for (int i = 0; i < 20'000; ++i) {
        text += i % 7 ? "\\u00e9abc" : "\\ud83d\\ude00\xE2\x82\xAC";
        expected += i % 7 ? "\xC3\xA9"
                            "abc"
                          : "\xF0\x9F\x98\x80\xE2\x82\xAC";
    }
    text += '"';
    BOOST_TEST((json::read<std::string>(text) == expected));
    BOOST_TEST((json::read<boost::json::value>(text).get_string() == expected));
    // every escape of four digits
    for (unsigned u = 0; u < 0x10000; ++u) {
        char escape[16];
        std::snprintf(escape, sizeof escape, u % 2 ? "\"\\u%04x\"" : "\"\\u%04X\"", u);
        const auto r = json::try_read<std::string>(escape);
        BOOST_TEST_REQUIRE(r.has_value() == (u < 0xD800 || u > 0xDFFF));
        if (r)
            BOOST_TEST_REQUIRE(json::read<std::string>(json::write(*r)) == *r);
    }
}

BOOST_AUTO_TEST_SUITE_END()
