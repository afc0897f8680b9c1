// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Reading: what is JSON and what is not, how it becomes typed, and what that takes.

#include "json_texts.hpp"

#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <pthread.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <random>
#include <set>
#include <vector>

namespace json = openint::json;
using json_test::guarded_memory;

namespace json_reader_test {

enum class color
{
    red,
    green_,
    light_blue
};
BOOST_DESCRIBE_ENUM(color, red, green_, light_blue)

constexpr std::string_view json_name(const color*, std::string_view name)
{
    return name == "light_blue" ? "light-blue" : "";
}

struct empty
{};
BOOST_DESCRIBE_STRUCT(empty, (), ())

struct base
{
    std::string id;
    std::optional<int> rank;
};
BOOST_DESCRIBE_STRUCT(base, (), (id, rank))

struct middle : base
{
    bool good = false;
};
BOOST_DESCRIBE_STRUCT(middle, (base), (good))

struct derived : middle
{
    std::string auto_;
    std::string content_type;
    std::string a_name_that_is_longer_than_one_block;
    int limit = 50;
    boost::json::object extra;
};
BOOST_DESCRIBE_STRUCT(derived, (middle),
                      (auto_, content_type, a_name_that_is_longer_than_one_block, limit, extra))

constexpr std::string_view json_name(const derived*, std::string_view name)
{
    return name == "content_type" ? "content-type" : "";
}

struct node
{
    std::string name;
    std::vector<node> kids;
    std::unique_ptr<node> next;
};
BOOST_DESCRIBE_STRUCT(node, (), (name, kids, next))

struct point
{
    double x = 0, y = 0;
};
BOOST_DESCRIBE_STRUCT(point, (), (x, y))

struct shapes
{
    std::array<point, 2> corners;
    std::vector<point> points;
    std::map<std::string, point> named;
    std::unordered_map<std::string, std::vector<color>> colors;
    std::optional<point> center;
    point origin;
    std::vector<bool> flags;
    std::vector<std::optional<std::string>> texts;
};
BOOST_DESCRIBE_STRUCT(shapes, (), (corners, points, named, colors, center, origin, flags, texts))

struct numbers
{
    std::int8_t i8 = 0;
    std::uint8_t u8 = 0;
    std::int16_t i16 = 0;
    std::uint16_t u16 = 0;
    std::int32_t i32 = 0;
    std::uint32_t u32 = 0;
    std::int64_t i64 = 0;
    std::uint64_t u64 = 0;
    float f = 0;
    double d = 0;
};
BOOST_DESCRIBE_STRUCT(numbers, (), (i8, u8, i16, u16, i32, u32, i64, u64, f, d))

struct free_form
{
    boost::json::value any;
    boost::json::object object;
    boost::json::array array;
    json::raw_json raw;
};
BOOST_DESCRIBE_STRUCT(free_form, (), (any, object, array, raw))

struct circle
{
    double radius = 0;
};
BOOST_DESCRIBE_STRUCT(circle, (), (radius))

struct square
{
    std::string type;
    double side = 0;
};
BOOST_DESCRIBE_STRUCT(square, (), (type, side))

struct ring
{
    double radius = 0;
    boost::json::object extra;
};
BOOST_DESCRIBE_STRUCT(ring, (), (radius, extra))

using shape = std::variant<circle, square>;
using open_shape = std::variant<square, ring>;
using scalar =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<int>>;

/// A type with a codec of its own.
struct percentage
{
    int value = -1;
};

/// Two classes whose members are alternatives of each other.
struct left;
struct right;
using tree = std::variant<std::unique_ptr<left>, std::unique_ptr<right>, int>;
struct left
{
    tree a;
    int only_left = 0;
};
struct right
{
    tree a;
    std::string only_left;
};
BOOST_DESCRIBE_STRUCT(left, (), (a, only_left))
BOOST_DESCRIBE_STRUCT(right, (), (a, only_left))

struct many // as many members as one description can have
{
    int m00 = 0, m01 = 0, m02 = 0, m03 = 0, m04 = 0, m05 = 0, m06 = 0, m07 = 0, m08 = 0, m09 = 0;
    int m10 = 0, m11 = 0, m12 = 0, m13 = 0, m14 = 0, m15 = 0, m16 = 0, m17 = 0, m18 = 0, m19 = 0;
    int m20 = 0, m21 = 0, m22 = 0, m23 = 0, m24 = 0, m25 = 0, m26 = 0, m27 = 0, m28 = 0, m29 = 0;
    int m30 = 0, m31 = 0, m32 = 0, m33 = 0, m34 = 0, m35 = 0, m36 = 0, m37 = 0, m38 = 0, m39 = 0;
    int m40 = 0, m41 = 0, m42 = 0, m43 = 0, m44 = 0, m45 = 0, m46 = 0, m47 = 0, m48 = 0, m49 = 0;
};
BOOST_DESCRIBE_STRUCT(many, (),
                      (m00, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12, m13, m14,
                       m15, m16, m17, m18, m19, m20, m21, m22, m23, m24, m25, m26, m27, m28, m29,
                       m30, m31, m32, m33, m34, m35, m36, m37, m38, m39, m40, m41, m42, m43, m44,
                       m45, m46, m47, m48, m49))

struct more : many
{
    int n00 = 0, n01 = 0, n02 = 0, n03 = 0, n04 = 0, n05 = 0, n06 = 0, n07 = 0, n08 = 0, n09 = 0;
    int n10 = 0, n11 = 0, n12 = 0, n13 = 0, n14 = 0, n15 = 0, n16 = 0, n17 = 0, n18 = 0, n19 = 0;
};
BOOST_DESCRIBE_STRUCT(more, (many),
                      (n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, n12, n13, n14,
                       n15, n16, n17, n18, n19))

} // namespace json_reader_test

template <>
struct openint::json::variant_tag<json_reader_test::shape>
{
    static constexpr std::string_view member = "type";
    static constexpr std::string_view names[] = {"circle", "square"};
};

template <>
struct openint::json::variant_tag<json_reader_test::open_shape>
{
    static constexpr std::string_view member = "type";
    static constexpr std::string_view names[] = {"square", "ring"};
};

template <>
struct openint::json::codec<json_reader_test::percentage>
{
    static bool read(reader& in, json_reader_test::percentage& value)
    {
        std::string_view text;
        if (in.peek() == boost::json::kind::double_)
            return in.read(value.value) && (value.value <= 100 || in.fail("at most 100"));
        if (!in.string(text) || text.empty() || text.back() != '%')
            return in.fail("a percentage");
        value.value = std::atoi(std::string(text).c_str());
        return true;
    }
    static void write(writer& out, const json_reader_test::percentage& value)
    {
        out.string(std::to_string(value.value) + '%');
    }
};

using namespace json_reader_test;

namespace {

// Reads a text in every way there is: into a value, kept as text, as a member that is skipped, as
// one that is collected, and behind a long and a short string. They must agree.
bool accepts(std::string_view text)
{
    const auto value = json::try_read<boost::json::value>(text);
    const auto raw = json::try_read<json::raw_json>(text);
    BOOST_TEST(value.has_value() == raw.has_value(), "read and skipped differ: " << text);
    if (text.starts_with("\xEF\xBB\xBF"))
        return value.has_value();
    const std::string member = "{\"no member\":" + std::string(text) + '}';
    const bool skipped = json::try_read<empty>(member).has_value();
    const bool collected = json::try_read<derived>(member).has_value();
    BOOST_TEST(skipped == collected, "skipped and collected differ: " << text);
    // An unfinished object or a comma can make sense together with what is around it.
    if (value)
        BOOST_TEST(skipped, "alone and as a member differ: " << text);
    return value.has_value();
}

std::string failure(auto result) { return result ? "no error" : result.error().message(); }

template <class T>
std::string failure_of(std::string_view text)
{
    return failure(json::try_read<T>(text));
}

template <class T>
json::errc code_of(std::string_view text)
{
    const auto r = json::try_read<T>(text);
    return r ? json::errc{} : static_cast<json::errc>(r.error().code.value());
}

std::string nested(std::string_view open, std::string_view inner, std::string_view close,
                   std::size_t times)
{
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += open;
    text += inner;
    for (std::size_t i = 0; i < times; ++i)
        text += close;
    return text;
}

// The stack that a function takes: it is run on one that has been painted.
template <class F>
std::size_t stack_use(F function)
{
    constexpr std::size_t size = 4 << 20;
    constexpr unsigned char paint = 0xA5;
    std::unique_ptr<unsigned char[]> stack{new unsigned char[size]};
    std::memset(stack.get(), paint, size);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    BOOST_TEST_REQUIRE(pthread_attr_setstack(&attributes, stack.get(), size) == 0);
    pthread_t thread;
    const auto run = [](void* f) -> void* {
        (*static_cast<F*>(f))();
        return nullptr;
    };
    BOOST_TEST_REQUIRE(pthread_create(&thread, &attributes, run, &function) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    std::size_t untouched = 0;
    while (untouched < size && stack[untouched] == paint)
        ++untouched;
    return size - untouched;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_reader)

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
    BOOST_TEST((code_of<empty>("{\"a\":-1e999}") == json::errc::out_of_range));
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

BOOST_AUTO_TEST_CASE(stack_at_the_limit)
{
    const std::string arrays = nested("[", "1", "]", 512),
                      objects = nested("{\"a\":", "1", "}", 512);
    const std::string kids = nested("{\"kids\":[", "", "]}", 256);
    const std::string next = nested("{\"next\":", "{}", "}", 511);
    const std::string unknown = "{\"unknown\":" + nested("[", "1", "]", 511) + "}";
    const std::size_t uses[] = {
        stack_use([&] { (void)json::try_read<boost::json::value>(arrays).value(); }),
        stack_use([&] { (void)json::try_read<boost::json::value>(objects).value(); }),
        stack_use([&] { (void)json::try_read<json::raw_json>(objects).value(); }),
        stack_use([&] { (void)json::try_read<node>(kids).value(); }),
        stack_use([&] { (void)json::try_read<node>(next).value(); }),
        stack_use([&] { (void)json::try_read<derived>(unknown).value(); }),
        stack_use([&] { (void)json::try_read<empty>(unknown).value(); })};
    for (const std::size_t use : uses) {
        BOOST_TEST_MESSAGE("stack at depth 512: " << use << " bytes");
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        BOOST_TEST(use < 120 * 1024); // a stackful coroutine of Boost has 128 KiB
#endif
    }
}

BOOST_AUTO_TEST_CASE(never_touches_a_byte_outside)
{
    guarded_memory memory(100'000);
    const auto everywhere = [&memory](std::string_view text) {
        for (const std::string_view at : {memory.at_end(text), memory.at_begin(text)}) {
            const bool good = json::try_read<boost::json::value>(at).has_value();
            BOOST_TEST(json::try_read<json::raw_json>(at).has_value() == good);
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

BOOST_AUTO_TEST_CASE(members)
{
    const auto d = json::read<derived>(
        R"({"id":"x","rank":3,"good":true,"auto":"yes","content-type":"text","a_name_that_is_longer_than_one_block":"long","limit":7})");
    BOOST_TEST(d.id == "x");
    BOOST_TEST(d.rank.value() == 3);
    BOOST_TEST(d.good);
    BOOST_TEST(d.auto_ == "yes");
    BOOST_TEST(d.content_type == "text");
    BOOST_TEST(d.a_name_that_is_longer_than_one_block == "long");
    BOOST_TEST(d.limit == 7);
    BOOST_TEST(d.extra.empty());

    // any order, with white space, escaped keys, and what the class does not know
    const auto e = json::read<derived>(
        "\n{ \"limit\" :\t7 ,\r\n\"unknown\": [1, {\"a\":null}], \"\\u0069d\" : \"x\","
        "\"a_name_that_is_longer_than_one_blocK\": 1, \"\":2, \"content_type\": 3, "
        "\"a_name_that_is_longer_than_one_block\":\"long\",\"r\\u0061nk\":3}");
    BOOST_TEST(e.id == "x");
    BOOST_TEST(e.limit == 7);
    BOOST_TEST(e.rank.value() == 3);
    BOOST_TEST(e.a_name_that_is_longer_than_one_block == "long");
    BOOST_TEST(
        boost::json::serialize(e.extra) ==
        R"({"unknown":[1,{"a":null}],"a_name_that_is_longer_than_one_blocK":1,"":2,"content_type":3})");

    // absent and null members keep the default
    for (const char* text :
         {"{}", R"({"id":null,"rank":null,"good":null,"limit":null,"auto":null})"}) {
        const auto n = json::read<derived>(text);
        BOOST_TEST(n.id.empty());
        BOOST_TEST(!n.rank.has_value());
        BOOST_TEST(!n.good);
        BOOST_TEST(n.limit == 50);
    }
    BOOST_TEST(json::try_read<empty>("{\"a\":1}").has_value());
}

BOOST_AUTO_TEST_CASE(any_order_of_many_members)
{
    std::vector<std::string> keys;
    for (const char letter : {'m', 'n'})
        for (int i = 0; i < (letter == 'm' ? 50 : 20); ++i)
            keys.push_back(std::string(1, letter) + static_cast<char>('0' + i / 10) +
                           static_cast<char>('0' + i % 10));
    std::mt19937 random(1);
    for (int round = 0; round < 50; ++round) {
        std::string text;
        int n = 1;
        std::map<std::string, int> values;
        for (const std::string& key : keys) {
            text += (text.empty() ? "{\"" : ",\"") + key + "\":" + std::to_string(n);
            values[key] = n++;
        }
        text += '}';
        const auto written =
            json::read<std::map<std::string, int>>(json::write(json::read<more>(text)));
        BOOST_TEST((written == values));
        std::shuffle(keys.begin(), keys.end(), random);
    }
}

BOOST_AUTO_TEST_CASE(members_that_come_twice)
{
    const auto d = json::read<derived>(
        R"({"id":"a long string that is on the heap","id":"b","rank":1,"rank":null,"limit":1,"limit":2,"u":1,"u":{"v":2},"u":3})");
    BOOST_TEST(d.id == "b");
    BOOST_TEST(!d.rank.has_value());
    BOOST_TEST(d.limit == 2);
    BOOST_TEST(boost::json::serialize(d.extra) == R"({"u":3})");
    // the last one counts alone: nothing of the first shines through
    const auto s = json::read<shapes>(
        R"({"origin":{"x":1,"y":2},"origin":{"y":3},"center":{"x":1},"center":{"y":2},"points":[{"x":1},{"x":2}],"points":[{"y":1}],)"
        R"("named":{"a":{"x":1},"a":{"y":2}},"named":{"b":{"x":3},"b":{"y":4}},"corners":[{"x":1},{"x":1}],"corners":[{"y":1},{}]})");
    BOOST_TEST(s.origin.x == 0);
    BOOST_TEST(s.origin.y == 3);
    BOOST_TEST(s.center->x == 0);
    BOOST_TEST(s.center->y == 2);
    BOOST_TEST(s.points.size() == 1u);
    BOOST_TEST(s.points[0].x == 0);
    BOOST_TEST(s.named.size() == 1u);
    BOOST_TEST(s.named.at("b").x == 0);
    BOOST_TEST(s.named.at("b").y == 4);
    BOOST_TEST(s.corners[0].x == 0);
    BOOST_TEST(s.corners[0].y == 1);
    // null counts as absent
    BOOST_TEST(json::read<derived>(R"({"limit":1,"limit":null})").limit == 1);
}

BOOST_AUTO_TEST_CASE(reading_into_what_exists)
{
    derived d;
    d.id = "old";
    d.rank = 1;
    d.extra["old"] = 1;
    d.limit = 9;
    json::error_info info;
    BOOST_TEST(!json::read_into(d, R"({"good":true})", info));
    BOOST_TEST(d.id.empty());
    BOOST_TEST(!d.rank);
    BOOST_TEST(d.extra.empty());
    BOOST_TEST(d.limit == 50);
    BOOST_TEST(d.good);
    std::vector<int> v{1, 2, 3};
    BOOST_TEST(!json::read_into(v, "[4]", info));
    BOOST_TEST(v.size() == 1u);
    const boost::system::error_code code = json::read_into(v, "[4", info);
    BOOST_TEST((code == json::errc::incomplete));
    BOOST_TEST((info.code == code));
}

BOOST_AUTO_TEST_CASE(containers)
{
    const auto s = json::read<shapes>(
        R"({"corners":[{"x":1},{"y":2}],"points":[null,{"x":3}],"named":{"a":{"x":1},"b":null},"colors":{"":["green","light-blue",null],"n":[]},)"
        R"("center":{"x":5},"origin":{"x":6},"flags":[true,false,null],"texts":["a",null,"b"]})");
    BOOST_TEST(s.corners[0].x == 1);
    BOOST_TEST(s.corners[1].y == 2);
    BOOST_TEST(s.points.size() == 2u);
    BOOST_TEST(s.points[1].x == 3);
    BOOST_TEST(s.named.size() == 2u);
    BOOST_TEST(s.named.at("a").x == 1);
    BOOST_TEST((s.colors.at("") == std::vector{color::green_, color::light_blue, color::red}));
    BOOST_TEST(s.colors.at("n").empty());
    BOOST_TEST((s.flags == std::vector<bool>{true, false, false}));
    BOOST_TEST(s.texts.size() == 3u);
    BOOST_TEST(!s.texts[1].has_value());
    BOOST_TEST(*s.texts[2] == "b");

    const auto big = json::read<std::vector<std::string>>("[" + [] {
        std::string all = "\"0\"";
        for (int i = 1; i < 1000; ++i)
            all += ",\"" + std::to_string(i) + '"';
        return all;
    }() + "]");
    BOOST_TEST(big.size() == 1000u);
    BOOST_TEST(big[999] == "999");

    BOOST_TEST(failure_of<shapes>(R"({"corners":[{}]})")
                   .starts_with("/corners: expected array of 2 elements, found a shorter array"));
    BOOST_TEST(failure_of<shapes>(R"({"corners":[{},{},{}]})")
                   .starts_with("/corners/2: expected array of 2 elements"));
    const auto n = json::read<node>(
        R"({"name":"a","kids":[{"name":"b","kids":[{}]},{}],"next":{"name":"c","next":null}})");
    BOOST_TEST(n.kids.size() == 2u);
    BOOST_TEST(n.kids[0].kids.size() == 1u);
    BOOST_TEST(n.next->name == "c");
    BOOST_TEST(!n.next->next);
}

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
    for (const char* text : {R"({"i32":1.0})", R"({"i32":1e2})", R"({"u8":1.5})", R"({"i64":1E0})",
                             R"({"i8":1e999})", R"({"i8":"1"})", R"({"u8":true})"})
        BOOST_TEST((code_of<numbers>(text) == json::errc::mismatch), text);
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
    for (const char* text : {"0.1", "16777217", "3.4028235e38", "1e-45", "7.0064923216240854e-46",
                             "1e-60", "-0", "33554431.5", "1.00000017881393432617187499"})
        BOOST_TEST(json::read<float>(text) == std::strtof(text, nullptr), text);
    BOOST_TEST((code_of<float>("3.5e38") == json::errc::out_of_range));
    BOOST_TEST((code_of<float>("-1e39") == json::errc::out_of_range));
    BOOST_TEST((code_of<double>("-1e309") == json::errc::out_of_range));
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

BOOST_AUTO_TEST_CASE(free_form_values)
{
    const std::string_view text =
        R"({"any":{"a":[1,-2,2.5,"x\ty",true,null,{}],"b":{"c":{}}},"object":{"k":1,"l":[]},"array":[[],[1,[2]]],"raw": { "as" : [ 1.50 ] } })";
    const auto f = json::read<free_form>(text);
    BOOST_TEST(f.any == boost::json::parse(R"({"a":[1,-2,2.5,"x\ty",true,null,{}],"b":{"c":{}}})"));
    BOOST_TEST(f.object == boost::json::parse(R"({"k":1,"l":[]})"));
    BOOST_TEST(f.array == boost::json::parse("[[],[1,[2]]]"));
    BOOST_TEST(f.raw.text() == "{ \"as\" : [ 1.50 ] }");
    BOOST_TEST((f.raw.as<std::map<std::string, std::vector<double>>>().at("as").at(0) == 1.5));
    BOOST_TEST(failure_of<free_form>(R"({"object":[]})")
                   .starts_with("/object: expected object, found array"));
    BOOST_TEST(failure_of<free_form>(R"({"array":"a"})")
                   .starts_with("/array: expected array, found string"));
    const auto n = json::read<free_form>(R"({"any":null,"object":null,"array":null,"raw":null})");
    BOOST_TEST(n.any.is_null());
    BOOST_TEST(n.raw.is_null());
    BOOST_TEST(n.raw.text() == "null");
    // as many members as make Boost.JSON hash, and duplicates among them
    std::string many = "{";
    for (int i = 0; i < 100; ++i)
        many += '"' + std::to_string(i % 60) + "\":" + std::to_string(i) + ',';
    many += "\"\":0}";
    const auto o = json::read<boost::json::object>(many);
    BOOST_TEST(o.size() == 61u);
    BOOST_TEST(o.at("5") == 65);
    BOOST_TEST(o.at("45") == 45);
    // free-form members among unknown ones, at several levels
    const auto d =
        json::read<std::vector<derived>>(R"([{"u":{"v":[1]},"id":"a","w":2},{"x":[{}]}])");
    BOOST_TEST(boost::json::serialize(d[0].extra) == R"({"u":{"v":[1]},"w":2})");
    BOOST_TEST(boost::json::serialize(d[1].extra) == R"({"x":[{}]})");
    BOOST_TEST(!json::try_read<json::raw_json>("[1").has_value());
    BOOST_CHECK_THROW(json::raw_json("[1] 2"), json::error);
    BOOST_TEST(json::raw_json(" [1] ").text() == "[1]");
}

BOOST_AUTO_TEST_CASE(variants)
{
    BOOST_TEST(std::holds_alternative<std::monostate>(json::read<scalar>("null")));
    BOOST_TEST(std::get<bool>(json::read<scalar>("true")));
    BOOST_TEST(std::get<std::int64_t>(json::read<scalar>("12")) == 12);
    BOOST_TEST(std::get<double>(json::read<scalar>("12.5")) == 12.5);
    BOOST_TEST(std::get<double>(json::read<scalar>("9223372036854775808")) ==
               9223372036854775808.0);
    BOOST_TEST(std::get<std::string>(json::read<scalar>("\"a\\n\"")) == "a\n");
    BOOST_TEST((std::get<std::vector<int>>(json::read<scalar>("[1,2]")) == std::vector{1, 2}));
    BOOST_TEST(failure_of<scalar>("[1,true]")
                   .starts_with("expected one of the alternatives, found array"));
    BOOST_TEST(
        failure_of<scalar>("{}").starts_with("expected one of the alternatives, found object"));
    BOOST_TEST((code_of<scalar>("[1,tru]") == json::errc::mismatch ||
                code_of<scalar>("[1,tru]") == json::errc::syntax));
    BOOST_TEST((code_of<scalar>("\"\x80\"") == json::errc::not_utf8));
    BOOST_TEST((code_of<scalar>("[1") == json::errc::incomplete));

    const auto c = json::read<shape>(R"({"radius":2,"more":[{"type":"square"}],"type":"circle"})");
    BOOST_TEST(std::get<circle>(c).radius == 2);
    const auto s = json::read<shape>(R"({"type":"square","side":3})");
    BOOST_TEST(std::get<square>(s).side == 3);
    BOOST_TEST(std::get<square>(s).type == "square");
    BOOST_TEST(json::write(c) == R"({"type":"circle","radius":2})");
    BOOST_TEST(json::write(s) == R"({"type":"square","side":3})");
    const auto r = json::read<open_shape>(R"({"a":1,"type":"ring","radius":2,"b":[]})");
    BOOST_TEST(std::get<ring>(r).extra.size() == 2U); // the tag is none of them
    BOOST_TEST(json::write(r) == R"({"type":"ring","radius":2,"a":1,"b":[]})");
    BOOST_TEST(
        failure_of<shape>(R"({"type":"hexagon"})")
            .starts_with("expected type to be one of \"circle\", \"square\", found another"));
    BOOST_TEST(failure_of<shape>(R"({"side":3})")
                   .starts_with("expected member \"type\", found end of object"));
    BOOST_TEST(
        failure_of<shape>(R"({"type":3})").starts_with("/type: expected string, found number"));
    BOOST_TEST(failure_of<shape>("[]").starts_with("expected object, found array"));
    BOOST_TEST(failure_of<shape>(R"({"type":"square","side":"3"})")
                   .starts_with("/side: expected number, found string"));
    BOOST_TEST(json::read<std::vector<shape>>(R"([{"type":"square","side":3},{"type":"circle"}])")
                   .size() == 2u);
    BOOST_TEST(
        json::try_read<std::vector<shape>>(nested("[", R"({"a":[[]],"type":"circle"})", "]", 1))
            .has_value());

    // alternatives within alternatives: linear where it can be, refused where it would take for
    // ever
    BOOST_TEST(json::try_read<tree>(R"({"a":{"a":1,"only_left":"x"},"only_left":2})").has_value());
    BOOST_TEST((code_of<tree>(nested("{\"a\":", "1", ",\"only_left\":true}", 200)) ==
                json::errc::ambiguous));
}

BOOST_AUTO_TEST_CASE(codecs)
{
    using map = std::map<std::string, percentage>;
    const auto m = json::read<map>(R"({"a":"50%","b":7,"c":null})");
    BOOST_TEST(m.at("a").value == 50);
    BOOST_TEST(m.at("b").value == 7);
    BOOST_TEST(m.at("c").value == -1);
    BOOST_TEST(json::write(m) == R"({"a":"50%","b":"7%","c":"-1%"})");
    BOOST_TEST(failure_of<map>(R"({"a":"50"})") ==
               "/a: expected a percentage, found string (line 1, column 6)");
    BOOST_TEST(failure_of<map>(R"({"a": 101 })") ==
               "/a: expected at most 100, found number (line 1, column 7)");
    BOOST_TEST(failure_of<map>(R"({"a":true})") ==
               "/a: expected a percentage, found boolean (line 1, column 6)");
    BOOST_TEST(failure_of<map>(R"({"a":7x})").starts_with("/a: expected ',' or '}', found 'x'"));
    BOOST_TEST((code_of<map>("{\"a\":\"\xFF\"}") == json::errc::not_utf8));
}

BOOST_AUTO_TEST_CASE(a_reader_by_hand)
{
    // it stands before a value: white space in front of the whole text is the caller's
    json::reader in(
        R"({"numbers":[1,2.50,3],"skip":{"a":[null]},"text":"a\nb","raw":[ 1 ],"kind":null})");
    std::vector<std::string> seen;
    const auto number = [&] {
        std::string_view digits;
        return in.number(digits) && (seen.emplace_back(digits), true);
    };
    const auto member = [&](std::string_view key) {
        const std::string name(key);
        if (name == "numbers")
            return in.array(number);
        std::string_view text;
        if (name != "text")
            seen.push_back(name + std::to_string(static_cast<int>(in.peek())));
        return (name == "text" ? in.string(text) : in.raw(text)) && (seen.emplace_back(text), true);
    };
    BOOST_TEST(in.object(member));
    const std::vector<std::string> expected{"1",    "2.50", "3",     "skip7", "{\"a\":[null]}",
                                            "a\nb", "raw6", "[ 1 ]", "kind0", "null"};
    BOOST_TEST(seen == expected, boost::test_tools::per_element());
    std::string_view nothing;
    BOOST_TEST(!in.string(nothing));
    BOOST_TEST((in.error().code == json::errc::incomplete));
}

BOOST_AUTO_TEST_SUITE_END()
