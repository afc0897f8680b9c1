// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What is JSON and what is not, and what reading takes: nothing outside of the text, a bounded
// stack.

#include "support/stack.hpp"
#include "texts.hpp"
#include "types.hpp"

#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace json = openint::json;
using namespace json_test;

namespace {

// Reads a text in every way there is: into a value, kept as text, as a member that is skipped, as
// one that is collected, and behind a long and a short string. They must agree.
bool accepts(std::string_view text)
{
    const auto value = json::try_read<boost::json::value>(text);
    const auto raw = json::try_read<json::raw_json>(text);
    // What is kept as text need not be representable.
    const bool tolerated = !value && raw &&
                           (value.error().code == json::errc::not_utf8 ||
                            value.error().code == json::errc::out_of_range);
    BOOST_TEST((tolerated || value.has_value() == raw.has_value()),
               "read and skipped differ: " << text);
    if (text.starts_with("\xEF\xBB\xBF"))
        return value.has_value();
    const std::string member = "{\"no member\":" + std::string(text) + '}';
    const bool skipped = json::try_read<empty>(member).has_value();
    const bool collected = json::try_read<derived>(member).has_value();
    BOOST_TEST(skipped == collected, "skipped and collected differ: " << text);
    if (tolerated)
        BOOST_TEST(skipped, "alone and as a member differ: " << text);
    // An unfinished object or a comma can make sense together with what is around it.
    if (value)
        BOOST_TEST(skipped, "alone and as a member differ: " << text);
    return value.has_value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_syntax)

BOOST_AUTO_TEST_CASE(accepts_json)
{
    boost::json::parse_options options;
    options.max_depth = 512;
    for (const std::string_view text : json_test::accepted) {
        BOOST_TEST(accepts(text), text << ": " << failure_of<boost::json::value>(text));
        std::string_view plain = text;
        if (plain.starts_with("\xEF\xBB\xBF"))
            plain.remove_prefix(3);
        // Boost 1.81 rounds doubles differently: they are compared in another test.
        if (plain.find_first_of(".eE") == plain.npos)
            BOOST_TEST(json::read<boost::json::value>(text) ==
                           boost::json::parse({plain.data(), plain.size()}, {}, options),
                       text);
    }
}

BOOST_AUTO_TEST_CASE(refuses_everything_else)
{
    for (const std::string_view text : json_test::refused) {
        BOOST_TEST(!accepts(text), text);
        BOOST_TEST(!accepts("[" + std::string(text) + "]") ==
                       (text != "1,2" && text.find_first_not_of(" \n\r\t") != text.npos),
                   text);
    }
}

BOOST_AUTO_TEST_CASE(implementation_defined)
{
    // lone surrogates and what is not UTF-8 are refused (see `refused`); so is what overflows a
    // double
    for (const char* text : {"1e309", "-1e309", "1.8e308", "1e400", "123e-10000000e1",
                             "0.4e00669999999999999999999999999999999999"})
        BOOST_TEST(!accepts(text), text);
    BOOST_TEST((code_of<boost::json::value>("[1e999]") == json::errc::out_of_range));
    // what is too small is zero, with its sign
    BOOST_TEST(json::read<double>("1e-999") == 0);
    BOOST_TEST(std::signbit(json::read<double>("-1e-999")));
    BOOST_TEST(std::signbit(json::read<double>("-0")));
    BOOST_TEST(json::read<boost::json::value>("-0").is_int64());
    // a byte order mark is ignored in front of the text and nowhere else
    BOOST_TEST(json::read<int>("\xEF\xBB\xBF 5") == 5);
    // noncharacters and NUL are characters
    BOOST_TEST(json::read<std::string>("\"\\u0000\"") == std::string(1, '\0'));
    BOOST_TEST(json::read<std::string>("\"a\\u0000b\"").size() == 3u);
    BOOST_TEST(json::read<std::string>("\"\\uFFFF\"") == "\xEF\xBF\xBF");
}

BOOST_AUTO_TEST_CASE(what_is_not_asked_for_need_not_be_representable)
{
    for (const std::string value :
         {R"("\ud800")", R"("a\udc00b")", R"("\udc00\ud800")", R"("\ud800\ud800\udc00")", "1e400",
          "-1e400", R"([1,{"a":[1e999]},2])", R"({"a":"\ud83d","b":[[]]})", R"({"\ud800":1})"}) {
        BOOST_TEST(!json::try_read<boost::json::value>(value).has_value(), value);
        BOOST_TEST(json::read<json::raw_json>(value).text() == value);
        for (const std::string name : {"u", "a\\u0062", "\\ud800"}) {
            const std::string text = "{\"id\":\"a\",\"" + name + "\":" + value +
                                     ",\"v\":[1],\"limit\":7,\"w\":" + value + "}";
            BOOST_TEST(json::try_read<empty>(text).has_value(), text);
            const auto d = json::read<derived>(text);
            BOOST_TEST(d.limit == 7, text);
            BOOST_TEST(d.extra.at("v").at(0) == 1, text);
            BOOST_TEST(d.extra.at("w").is_null(), text);
            BOOST_TEST(d.extra.size() == (name == "\\ud800" ? 2u : 3u), text);
            // as deep as before
            const std::string deep =
                "{\"x\":" + value + ",\"y\":" + nested("[", "", "]", 511) + '}';
            BOOST_TEST(json::try_read<derived>(deep).has_value(), value);
        }
    }
    // in a member that is known, and where the text is not UTF-8 at all, it matters
    BOOST_TEST((code_of<derived>(R"({"id":"\ud800"})") == json::errc::not_utf8));
    BOOST_TEST((code_of<derived>("{\"u\":\"\xFF\"}") == json::errc::not_utf8));
    BOOST_TEST((code_of<empty>("{\"\xFF\":1}") == json::errc::not_utf8));
    BOOST_TEST((code_of<empty>(R"({"u":"\ud80"})") == json::errc::syntax));
    BOOST_TEST((code_of<empty>(R"({"u":1e})") == json::errc::syntax));
}

BOOST_AUTO_TEST_CASE(depth_limit)
{
    const auto value = [](std::size_t depth) {
        return code_of<boost::json::value>(nested("[", "", "]", depth));
    };
    BOOST_TEST((value(512) == json::errc{}));
    BOOST_TEST((value(513) == json::errc::too_deep));
    BOOST_TEST((value(100'000) == json::errc::too_deep));
    BOOST_TEST((code_of<boost::json::value>(nested("{\"a\":", "1", "}", 512)) == json::errc{}));
    BOOST_TEST(
        (code_of<boost::json::value>(nested("{\"a\":", "1", "}", 513)) == json::errc::too_deep));
    BOOST_TEST((code_of<boost::json::value>(nested("[", "", "", 100'000)) == json::errc::too_deep));
    BOOST_TEST(
        (code_of<boost::json::value>(nested("[{\"\":", "", "", 100'000)) == json::errc::too_deep));
    BOOST_TEST((code_of<json::raw_json>(nested("[", "", "]", 512)) == json::errc{}));
    BOOST_TEST((code_of<json::raw_json>(nested("[", "", "]", 513)) == json::errc::too_deep));
    BOOST_TEST((code_of<empty>("{\"a\":" + nested("[", "", "]", 511) + "}") == json::errc{}));
    BOOST_TEST(
        (code_of<empty>("{\"a\":" + nested("[", "", "]", 512) + "}") == json::errc::too_deep));
    BOOST_TEST((code_of<derived>("{\"a\":" + nested("[", "", "]", 511) + "}") == json::errc{}));
    BOOST_TEST(
        (code_of<derived>("{\"a\":" + nested("[", "", "]", 512) + "}") == json::errc::too_deep));
    BOOST_TEST((code_of<node>(nested("{\"kids\":[", "", "]}", 256)) == json::errc{}));
    BOOST_TEST((code_of<node>(nested("{\"kids\":[", "{}", "]}", 256)) == json::errc::too_deep));
    BOOST_TEST((code_of<node>(nested("{\"next\":", "{}", "}", 511)) == json::errc{}));
    BOOST_TEST((code_of<node>(nested("{\"next\":", "{}", "}", 512)) == json::errc::too_deep));
    // levels are given back
    std::string many = "[";
    for (int i = 0; i < 2000; ++i)
        many += "[[{}]],";
    many += "1]";
    BOOST_TEST(json::try_read<boost::json::value>(many).has_value());
    BOOST_TEST(json::try_read<boost::json::value>("[[1]]", {.max_depth = 2}).has_value());
    BOOST_TEST(!json::try_read<boost::json::value>("[[1]]", {.max_depth = 1}).has_value());
    BOOST_TEST(!json::try_read<boost::json::value>("[]", {.max_depth = 0}).has_value());
    BOOST_TEST(json::try_read<boost::json::value>("1", {.max_depth = 0}).has_value());
}

// A stackful coroutine of Boost has 128 KiB. What a program does not know the shape of takes a part
// of it, however the program is built; a class that contains itself takes some for each level.
BOOST_AUTO_TEST_CASE(stack_at_the_limit)
{
    const auto check = [](const char* what, std::size_t use, std::size_t limit) {
        BOOST_TEST_MESSAGE("stack at depth 512, " << what << ": " << use << " bytes");
        BOOST_TEST(use < limit * 1024, what << ": " << use << " bytes");
    };
    constexpr std::size_t limit = test::sanitized ? 120 : 64;
    constexpr std::size_t limit_of_classes = test::sanitized ? 2048 : test::optimized ? 128 : 512;
    const std::string arrays = nested("[", "1", "]", 512),
                      objects = nested("{\"a\":", "1", "}", 512);
    const std::string unknown = "{\"unknown\":" + nested("[", "1", "]", 511) + "}";
    check("arrays", test::stack_use([&] { (void)json::read<boost::json::value>(arrays); }), limit);
    check("objects", test::stack_use([&] { (void)json::read<boost::json::value>(objects); }),
          limit);
    check("kept as text", test::stack_use([&] { (void)json::read<json::raw_json>(objects); }),
          limit);
    check("collected", test::stack_use([&] { (void)json::read<derived>(unknown); }), limit);
    check("skipped", test::stack_use([&] { (void)json::read<empty>(unknown); }), limit);

    const std::string kids = nested("{\"kids\":[", "", "]}", 256),
                      next = nested("{\"next\":", "{}", "}", 511);
    check("class in a vector", test::stack_use([&] { (void)json::read<node>(kids); }),
          limit_of_classes);
    check("class in a pointer", test::stack_use([&] { (void)json::read<node>(next); }),
          limit_of_classes);
}

// What is nested is read some levels at a time; values stand behind each level.
BOOST_AUTO_TEST_CASE(every_depth)
{
    for (std::size_t depth = 1; depth < 150; ++depth) {
        for (const auto& [open, inner, close] : {std::array<const char*, 3>{"[0,", "[]", ",1]"},
                                                 {"{\"a\":", "{}", ",\"b\":[2],\"c\":\"d\"}"},
                                                 {"[{\"a\":[", "", "]},{\"b\":{}}]"}}) {
            const std::string text = nested(open, inner, close, depth);
            BOOST_TEST(accepts(text), text);
            BOOST_TEST((json::read<boost::json::value>(text) ==
                        boost::json::parse(text, {}, {.max_depth = 1000})),
                       text);
            // every level is closed by its own bracket, and by nothing before
            for (const std::size_t at : {text.size() - 1, text.size() / 2 + depth % 7}) {
                std::string other = text;
                if (other[at] == ']' || other[at] == '}') {
                    other[at] = other[at] == ']' ? '}' : ']';
                    BOOST_TEST(!accepts(other), other);
                }
                BOOST_TEST(!json::try_read<json::raw_json>(text.substr(0, at)).has_value());
                BOOST_TEST(!json::try_read<boost::json::value>(text.substr(0, at)).has_value());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(never_touches_a_byte_outside)
{
    guarded_memory memory(100'000);
    const auto everywhere = [&memory](std::string_view text) {
        for (const std::string_view at : {memory.at_end(text), memory.at_begin(text)}) {
            const bool good = json::try_read<boost::json::value>(at).has_value();
            BOOST_TEST((!good || json::try_read<json::raw_json>(at).has_value()));
            (void)json::try_read<derived>(at);
            (void)json::try_read<shapes>(at);
            (void)json::try_read<std::string>(at);
            (void)json::try_read<double>(at);
            (void)json::try_read<scalar>(at);
            (void)json::try_read<shape>(at);
        }
    };
    const std::string document =
        R"({"id":"a","rank":7,"good":true,"auto":"b","content-type":"c","a_name_that_is_longer_than_one_block":"\u00e9\n",)"
        R"("limit":1.5e3,"what else":[{"a":"\ud834\udd1e"},null,"éé日本語😀 and more plain text behind it",-12.5e-3]})";
    for (std::size_t n = 0; n <= document.size(); ++n)
        everywhere(std::string_view(document).substr(0, n));
    const std::string pretty =
        json::write(json::read<boost::json::value>(document), {.pretty = true});
    for (std::size_t n = 0; n <= pretty.size(); ++n)
        everywhere(std::string_view(pretty).substr(0, n));
    for (const std::string_view text : json_test::accepted)
        for (std::size_t n = 0; n <= text.size(); ++n)
            everywhere(text.substr(0, n));
    for (const std::string_view text : json_test::refused)
        everywhere(text);
}

BOOST_AUTO_TEST_CASE(every_cut_is_noticed)
{
    const std::string document =
        R"({"id":"a","rank":7,"good":true,"auto":"b\u00e9\ud834\udd1e","content-type":null,"limit":12,"what else":[{"a":false},-1.5e3,"é"]})";
    for (std::size_t n = 0; n < document.size(); ++n) {
        const auto r = json::try_read<derived>(std::string_view(document).substr(0, n));
        BOOST_TEST(!r.has_value());
        BOOST_TEST(static_cast<int>(static_cast<json::errc>(r.error().code.value())) >= 1);
        BOOST_TEST(r.error().place.offset <= n);
    }
    BOOST_TEST(json::try_read<derived>(document).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
