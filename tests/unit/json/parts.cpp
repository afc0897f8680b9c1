// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What the JSON reader is made of: scanning strings (every kind of block that this machine has, the
// portable one always), UTF-8, tables of keys, names, and the words of errors.

#include <openint/json.hpp>
#include <openint/json/detail/keys.hpp>
#include <openint/json/detail/number.hpp>
#include <openint/json/detail/scan.hpp>
#include <openint/json/detail/utf8.hpp>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace json = openint::json;
namespace detail = openint::json::detail;

namespace json_parts_test {

struct inner
{
    std::vector<int> list;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(inner, (), (list, text))

struct outer
{
    std::string name;
    std::map<std::string, inner> parts;
    std::vector<inner> items;
};
BOOST_DESCRIBE_STRUCT(outer, (), (name, parts, items))

enum class level
{
    low_,
    very_high,
    none
};
BOOST_DESCRIBE_ENUM(level, low_, very_high)

constexpr std::string_view json_name(const level*, std::string_view name)
{
    return name == "very_high" ? "very-high" : "";
}

} // namespace json_parts_test

using namespace json_parts_test;

namespace {

using blocks =
    boost::mp11::mp_unique<boost::mp11::mp_list<detail::portable_block, detail::native_block>>;

// The plainest way to tell UTF-8.
bool is_utf8(std::string_view s)
{
    for (std::size_t i = 0; i < s.size();) {
        const auto byte = [&](std::size_t k) {
            return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0u;
        };
        const unsigned first = byte(0);
        const std::size_t length = first < 0x80             ? 1
                                   : (first & 0xE0) == 0xC0 ? 2
                                   : (first & 0xF0) == 0xE0 ? 3
                                   : (first & 0xF8) == 0xF0 ? 4
                                                            : 0;
        if (length == 0)
            return false;
        std::uint32_t c = length == 1 ? first : first & (0x7Fu >> length);
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(k) & 0xC0) != 0x80)
                return false;
            c = c << 6 | (byte(k) & 0x3F);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            return false;
        i += length;
    }
    return true;
}

bool skips_as_utf8(std::string_view s)
{
    const char* p = s.data();
    const char* const end = p + s.size();
    while (p != end) {
        if (static_cast<unsigned char>(*p) < 0x80)
            ++p;
        else if ((p = detail::skip_utf8(p, end)) == nullptr)
            return false;
    }
    return true;
}

template <class T>
json::error_info failure(std::string_view text)
{
    const auto r = json::try_read<T>(text);
    return r ? json::error_info{} : r.error();
}

std::string message(std::string_view text) { return failure<outer>(text).message(); }

} // namespace

BOOST_AUTO_TEST_SUITE(json_parts)

BOOST_AUTO_TEST_CASE_TEMPLATE(blocks_find_what_is_not_plain, Block, blocks)
{
    // every byte at every place of a block, among plain ones and with others behind it
    for (unsigned value = 0; value < 256; ++value) {
        for (std::size_t at = 0; at < Block::width; ++at) {
            for (const char behind : {'x', '"', '\x01', '\x80', '\xFF', '\x21', '\x5D'}) {
                std::string text(Block::width, 'a');
                for (std::size_t i = at + 1; i < Block::width; ++i)
                    text[i] = behind;
                text[at] = static_cast<char>(value);
                std::size_t expected = 0;
                while (expected != Block::width && detail::is_plain(text[expected]))
                    ++expected;
                const auto special = Block::load(text.data()).special();
                const std::size_t found =
                    special == 0
                        ? Block::width
                        : static_cast<std::size_t>(std::countr_zero(special)) / Block::bits;
                BOOST_TEST_REQUIRE(found == expected);
            }
        }
    }
    std::mt19937 random(3);
    for (int round = 0; round < 20'000; ++round) {
        std::string text(1 + random() % 60, ' ');
        for (char& c : text)
            c = random() % 12 != 0 ? static_cast<char>(' ' + random() % 94)
                                   : static_cast<char>(random());
        std::size_t expected = 0;
        while (expected != text.size() && detail::is_plain(text[expected]))
            ++expected;
        const char* const end = text.data() + text.size();
        BOOST_TEST_REQUIRE(
            detail::skip_plain<Block>(text.data(), end, detail::end_of_blocks(text.data(), end)) -
                text.data() ==
            static_cast<std::ptrdiff_t>(expected));
    }
}

// Whether what is skipped block by block is UTF-8 without anything that ends or interrupts a
// string, and copied.
template <class Block>
bool skips_text(const std::string& text)
{
    const char* const begin = text.data();
    const char* const blocks = detail::end_of_blocks(begin, begin + text.size());
    detail::drop nothing;
    const std::string_view front(begin, detail::skip_text(begin, blocks, nothing, Block{}));
    std::string copied(text.size() + 16, '#');
    detail::copy copy{copied.data()};
    detail::skip_text(begin, blocks, copy, Block{});
    return front.size() <= text.size() && is_utf8(front) &&
           std::all_of(front.begin(), front.end(),
                       [](char c) {
                           return static_cast<unsigned char>(c) >= 0x80 || detail::is_plain(c);
                       }) &&
           front == std::string_view(copied.data(), copy.out);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(blocks_of_text, Block, blocks)
{
    const std::vector<std::string> pieces{
        "a", "plain", "\xC3\xA9", "\xD0\x96", "\xE2\x82\xAC", "\xE6\x97\xA5\xE6\x9C\xAC",
        "\xE0\xA4\x95", "\xED\x95\x9C", "\xF0\x9F\x9A\x80",
        // not always right
        "\"", "\\", "\n", "\x80", "\xBF", "\xC2", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80",
        "\xE6\x97", "\xF0\x9F", "\xF4\x90\x80\x80", "\xFF"};
    std::mt19937 random(11);
    int right = 0, wrong = 0;
    for (int round = 0; round < 20'000; ++round) {
        const std::size_t kinds = random() % 2 ? 9 : pieces.size();
        std::string text;
        while (text.size() < 60)
            text += pieces[random() % kinds];
        BOOST_TEST_REQUIRE(skips_text<Block>(text));
        // the same as a part of a document: decoded, not decoded, skipped
        const bool good = is_utf8(text);
        ++(good ? right : wrong);
        if (text.find_first_of("\"\\\n") != text.npos)
            continue;
        for (const char* front : {"", "\\n"}) {
            const auto read = json::try_read<std::string>('"' + (front + text) + '"');
            BOOST_TEST_REQUIRE(read.has_value() == good);
            if (good)
                BOOST_TEST_REQUIRE((read->ends_with(text)));
            BOOST_TEST_REQUIRE(
                json::try_read<json::raw_json>('"' + (front + text) + '"').has_value() == good);
        }
    }
    BOOST_TEST(right > 1000);
    BOOST_TEST(wrong > 1000);
    // every pair of bytes, at every place of a block and over its end
    int bad = 0;
    for (unsigned a = 0x80; a < 256; ++a)
        for (unsigned b = 0; b < 256; ++b)
            for (const std::size_t at : {0u, 7u, 14u, 15u}) {
                std::string text(48, 'a');
                text[at] = static_cast<char>(a);
                text[at + 1] = static_cast<char>(b);
                bad += !skips_text<Block>(text);
                for (const char c : {'\x80', '\xBF', '\xC3'}) {
                    text[at + 2] = c;
                    bad += !skips_text<Block>(text);
                }
            }
    BOOST_TEST(bad == 0);
}

BOOST_AUTO_TEST_CASE(utf8)
{
    // all of two bytes; three and four with all that the first two can be, and the borders of the
    // others
    int wrong = 0;
    const auto check = [&wrong](const std::string& text) {
        wrong += skips_as_utf8(text) != is_utf8(text);
    };
    for (unsigned a = 0x80; a < 256; ++a) {
        check({static_cast<char>(a)});
        for (unsigned b = 0; b < 256; ++b) {
            const std::string two{static_cast<char>(a), static_cast<char>(b)};
            check(two);
            for (const char c : {'\x00', '\x7F', '\x80', '\xBF', '\xC0', '\xFF'}) {
                check(two + c);
                for (const char d : {'\x00', '\x7F', '\x80', '\xBF', '\xC0', '\xFF'})
                    check(two + c + d);
            }
        }
    }
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(tables_of_keys)
{
    using names = std::array<std::string_view, 6>;
    static constexpr names few{"id",
                               "name",
                               "a-name-of-more-than-sixteen-letters",
                               "a-name-of-more-than-sixteen-lettern",
                               "x",
                               "\xC3\xA9"};
    static constexpr auto storage = detail::make_keys<detail::total_size(few)>(few);
    const detail::key_view keys = storage.view();
    BOOST_TEST(keys.hash.seed != 0u);
    for (std::size_t i = 0; i < few.size(); ++i) {
        BOOST_TEST(keys.find(few[i]) == i);
        BOOST_TEST(keys.name(i) == few[i]);
        BOOST_TEST(keys.written(i) == '"' + std::string(few[i]) + "\":");
        for (const char before : {'{', ',', ' '}) {
            const std::string text = before + std::string(keys.written(i)) + "1                ";
            const char* const end = text.data() + text.size();
            for (std::size_t j = 0; j < few.size(); ++j)
                BOOST_TEST(keys.keys[j].matches(text.data(), end, keys.text) == (i == j));
        }
    }
    for (const std::string_view other :
         {"", "i", "idd", "Id", "names", "y", "a-name-of-more-than-sixteen-letter", "\xC3"})
        BOOST_TEST(keys.find(other) == keys.size, other);

    // names that differ only where the hash does not look are found one by one
    static constexpr names alike{"aaaaaaaaaaaaaaaaaaaaaaaa",
                                 "aaaaaaaaaaaaaabaaaaaaaaa",
                                 "aaaaaaaaaaaaaaabaaaaaaaa",
                                 "aaaaaaaaaaaaaaaabaaaaaaa",
                                 "",
                                 "b"};
    static constexpr auto others = detail::make_keys<detail::total_size(alike)>(alike);
    const detail::key_view list = others.view();
    BOOST_TEST(list.hash.seed == 0u);
    for (std::size_t i = 0; i < alike.size(); ++i)
        BOOST_TEST(list.find(alike[i]) == i);
    BOOST_TEST(list.find("aaaaaaaaaaaaaaaaabaaaaaa") == list.size);
}

BOOST_AUTO_TEST_CASE(names)
{
    BOOST_TEST(json::to_name(level::low_) == "low");
    BOOST_TEST(json::to_name(level::very_high) == "very-high");
    BOOST_TEST(json::to_name(level::none).empty());
    level value = level::none;
    BOOST_TEST(!json::from_name("very_high", value));
    BOOST_TEST((value == level::none));
    BOOST_TEST(json::from_name("very-high", value));
    BOOST_TEST((value == level::very_high));
    BOOST_TEST(json::write(level::low_) == "\"low\"");
    const auto unnamed = json::try_write(level::none);
    BOOST_TEST(!unnamed.has_value());
    BOOST_TEST(unnamed.error().message() ==
               "expected one of \"low\", \"very-high\", found another value (line 1, column 1)");
    BOOST_TEST(failure<level>("\"high\"").message() ==
               "expected one of \"low\", \"very-high\", found string (line 1, column 1)");
    BOOST_TEST(failure<level>("1").message().starts_with("expected string, found number"));
}

BOOST_AUTO_TEST_CASE(places)
{
    const json::error_info info =
        failure<outer>("{\n  \"name\": \"a\",\n  \"items\": [\n    {\"list\": [1, true]}\n  ]\n}");
    BOOST_TEST((info.code == json::errc::mismatch));
    BOOST_TEST(info.place.pointer == "/items/0/list/1");
    BOOST_TEST(info.place.line == 4u);
    BOOST_TEST(info.place.column == 18u);
    BOOST_TEST(info.place.offset == 47u);
    BOOST_TEST(info.expected == "integer");
    BOOST_TEST(info.found == "boolean");
    BOOST_TEST(info.message() ==
               "/items/0/list/1: expected integer, found boolean (line 4, column 18)");

    // keys with what JSON Pointer and JSON itself escape
    const json::error_info escaped =
        failure<outer>(R"({"parts":{"a/b~c\n\u00e9\ud83d\ude00\"\\":{"text":1}}})");
    BOOST_TEST(escaped.place.pointer == "/parts/a~1b~0c\n\xC3\xA9\xF0\x9F\x98\x80\"\\/text");
    // in the message, nothing that would look like another line
    BOOST_TEST(
        escaped.message().starts_with("/parts/a~1b~0c\\u000a\xC3\xA9\xF0\x9F\x98\x80\"\\/text: "
                                      "expected string, found number"));
    BOOST_TEST(
        message(R"({"parts":{"":{"text":1}}})").starts_with("/parts//text: expected string"));
    // in what is skipped, and behind it
    BOOST_TEST(message(R"({"other":[{"a":1},{"b":[0,1,x]}]})")
                   .starts_with("/other/1/b/2: expected value, found 'x'"));
    BOOST_TEST(message(R"({"other":[{"a":1},{"b":[]}],"items":1})")
                   .starts_with("/items: expected array, found number"));
    // a broken container is named itself
    BOOST_TEST(message(R"({"parts":{"a":{} "b":{}}})") ==
               "/parts: expected ',' or '}', found string (line 1, column 18)");
    BOOST_TEST(message(R"({"items":[{},{}}})") ==
               "/items: expected ',' or ']', found '}' (line 1, column 16)");
    BOOST_TEST(message(R"({"items":[{},]})") ==
               "/items/1: expected object, found ']' (line 1, column 14)");
    BOOST_TEST(message(R"({"name" "a"})") == "expected ':', found string (line 1, column 9)");
    BOOST_TEST(message(R"({"name":"a",})") == "expected key, found '}' (line 1, column 13)");
    BOOST_TEST(message(R"({age:1})") == "expected key, found 'a' (line 1, column 2)");
    BOOST_TEST(message("[]") == "expected object, found array (line 1, column 1)");
    BOOST_TEST(message("") == "expected value, found end of text (line 1, column 1)");
    BOOST_TEST(message("{\"name\":\"a") ==
               "/name: expected end of string, found end of text (line 1, column 11)");
    BOOST_TEST(message("{} {}") == "expected end of text, found object (line 1, column 4)");
    BOOST_TEST(message("{\"name\":\"a\x01\"}") ==
               "/name: expected end of string, found control character (line 1, column 11)");
    BOOST_TEST(message("{\"name\":\"a\xFF\"}") ==
               "/name: expected UTF-8, found byte 0xFF (line 1, column 11)");
    BOOST_TEST(message("{\"name\":\"\\ud800\"}") ==
               "/name: expected low surrogate, found string (line 1, column 16)");
    BOOST_TEST(message("{\"name\":\"\\x\"}") ==
               "/name: expected escape, found 'x' (line 1, column 11)");
    BOOST_TEST(message("\xEF\xBB\xBF{\"name\":1}") ==
               "/name: expected string, found number (line 1, column 12)");
    // keys can be long; the message is not
    const std::string key(10'000, 'k');
    const json::error_info wide = failure<outer>("{\"parts\":{\"" + key + "\":1}}");
    BOOST_TEST(wide.place.pointer == "/parts/" + key);
    BOOST_TEST(wide.message().size() < 300u);
    // and is cut between characters
    for (const char* front : {"", "a", "ab"}) {
        std::string umlauts = front;
        for (int i = 0; i < 300; ++i)
            umlauts += "\xE2\x82\xAC";
        BOOST_TEST(is_utf8(message("{\"parts\":{\"" + umlauts + "\":1}}")));
    }
}

// A key that is only skipped need not be representable, but may be named by an error.
BOOST_AUTO_TEST_CASE(places_after_keys_with_halves_of_surrogate_pairs)
{
    const auto pointer = [](std::string_view text) {
        return json::try_read<json::raw_json>(text).error().place.pointer;
    };
    const std::string half = "\xEF\xBF\xBD";
    BOOST_TEST(pointer(R"({"a\ud83d":[)") == "/a" + half + "/0");
    BOOST_TEST(pointer(R"({"\udc00a":[)") == '/' + half + "a/0");
    BOOST_TEST(pointer(R"({"\ud83da\u":[)") == "");
    BOOST_TEST(pointer(R"({"\ud83d\u0041":[)") == '/' + half + "A/0");
    BOOST_TEST(pointer(R"({"\ud83d\ud83d\ude00":[)") == '/' + half + "\xF0\x9F\x98\x80/0");
}

BOOST_AUTO_TEST_CASE(exceptions_and_codes)
{
    try {
        (void)json::read<outer>(R"({"items":[1]})");
        BOOST_FAIL("no error");
    } catch (const json::error& e) {
        BOOST_TEST((e.code() == json::errc::mismatch));
        BOOST_TEST(e.place().pointer == "/items/0");
        BOOST_TEST(e.info().found == "number");
        BOOST_TEST(std::string(e.what()).find("/items/0: expected object, found number") !=
                   std::string::npos);
        json::error copy = e;
        const json::error moved = std::move(copy);
        BOOST_TEST(moved.place().offset == 10u);
        BOOST_TEST(copy.place().offset == 10u); // NOLINT(bugprone-use-after-move)
    }
    BOOST_CHECK_THROW((void)json::try_read<int>("x").value(), json::error);
    BOOST_CHECK_THROW((void)json::read<int>("x"), boost::system::system_error);
    const boost::system::error_code code = json::errc::syntax;
    BOOST_TEST(std::string(code.category().name()) == "openint.json");
    for (int i = 1; i <= 8; ++i)
        BOOST_TEST(json::error_category().message(i) != "unknown error");
    BOOST_TEST(json::error_category().message(99) == "unknown error");
    static_assert(std::is_nothrow_copy_constructible_v<json::error>);
}

BOOST_AUTO_TEST_SUITE_END()
