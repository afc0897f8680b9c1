// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_UNIT_JSON_TYPES_HPP
#define OPENINT_TESTS_UNIT_JSON_TYPES_HPP

#include <openint/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

// Types that the tests of reading read, and what became of it.

namespace json_test {

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

/// A class that says which of its members must come, and which do not matter.
struct account
{
    std::string id;
    std::optional<int> rank;
    std::string name;
    std::optional<std::vector<int>> list;
};
BOOST_DESCRIBE_STRUCT(account, (), (id, rank, name, list))
constexpr auto json_required(const account*) { return std::array{"list", "id"}; }
constexpr auto json_lenient(const account*) { return std::array{"rank"}; }

struct sub_account : account
{
    int more = 0;
};
BOOST_DESCRIBE_STRUCT(sub_account, (account), (more))

struct other_account : account
{
    int more = 0;
};
BOOST_DESCRIBE_STRUCT(other_account, (account), (more))
constexpr auto json_required(const other_account*) { return std::array{"more"}; }

struct renamed
{
    int id_ = 0;
};
BOOST_DESCRIBE_STRUCT(renamed, (), (id_))
constexpr std::string_view json_name(const renamed*, std::string_view) { return "the/id"; }
constexpr auto json_required(const renamed*) { return std::array{"id_"}; }

/// A base in whose last bytes a member of the class that derives from it can lie.
struct padded
{
    std::string text;
    int number = 1;
};
BOOST_DESCRIBE_STRUCT(padded, (), (text, number))

struct behind_padded : padded
{
    int behind = 2;
};

/// A base that knows which class derives from it.
struct polymorphic
{
    polymorphic() = default;
    polymorphic(const polymorphic&) = default;
    polymorphic& operator=(const polymorphic&) = default;
    virtual ~polymorphic() = default;
    virtual int which() const { return 1; }
    int number = 1;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(polymorphic, (), (number, text))

struct another : polymorphic
{
    int which() const override { return 2; }
};

struct node
{
    std::string name;
    std::vector<node> kids;
    std::unique_ptr<node> next;
};
BOOST_DESCRIBE_STRUCT(node, (), (name, kids, next))

struct texts
{
    std::optional<std::string> first, second;
    std::string third;
};
BOOST_DESCRIBE_STRUCT(texts, (), (first, second, third))

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
    openint::json::raw_json raw;
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

/// Alternatives that are read to their end before they turn out not to fit.
struct late_left;
struct late_right;
using late_tree = std::variant<std::unique_ptr<late_left>, std::unique_ptr<late_right>, float,
                               color, std::array<int, 1>, shape>;
struct late_left
{
    std::vector<late_tree> items;
};
struct late_right
{
    std::vector<late_tree> items;
};

/// Two points, as an array.
struct segment
{
    point from, to;
};

struct segments
{
    segment a, b;
};
BOOST_DESCRIBE_STRUCT(segments, (), (a, b))

/// Made from text, but has a use for null as well.
struct word
{
    word() = default;
    explicit word(std::string_view t)
        : text(t)
    {}
    std::string text;
};

struct words
{
    word first, second;
    std::vector<word> list;
};
BOOST_DESCRIBE_STRUCT(words, (), (first, second, list))

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

} // namespace json_test

template <>
struct openint::json::variant_tag<json_test::shape>
{
    static constexpr std::string_view member = "type";
    static constexpr std::string_view names[] = {"circle", "square"};
};

template <>
struct openint::json::variant_tag<json_test::open_shape>
{
    static constexpr std::string_view member = "type";
    static constexpr std::string_view names[] = {"square", "ring"};
};

template <>
struct openint::json::codec<json_test::percentage>
{
    static bool read(reader& in, json_test::percentage& value)
    {
        std::string_view text;
        if (in.peek() == boost::json::kind::double_)
            return in.read(value.value) && (value.value <= 100 || in.fail("at most 100"));
        if (!in.string(text) || text.empty() || text.back() != '%')
            return in.fail("a percentage");
        value.value = std::atoi(std::string(text).c_str());
        return true;
    }
    static void write(writer& out, const json_test::percentage& value)
    {
        out.string(std::to_string(value.value) + '%');
    }
};

template <class T>
struct late_codec
{
    static bool read(openint::json::reader& in, T& value)
    {
        return in.read(value.items) && in.fail("never this one");
    }
};

template <>
struct openint::json::codec<json_test::late_left> : late_codec<json_test::late_left>
{};

template <>
struct openint::json::codec<json_test::late_right> : late_codec<json_test::late_right>
{};

template <>
struct openint::json::codec<json_test::segment>
{
    static bool read(reader& in, json_test::segment& value)
    {
        int count = 0;
        const auto point = [&] { return in.read(count++ == 0 ? value.from : value.to); };
        return in.array(point) && (count == 2 || in.fail("two points"));
    }
};

template <>
struct openint::json::codec<json_test::word>
{
    static constexpr bool from_text = true;
    static constexpr bool reads_null = true;
    static bool read(reader& in, json_test::word& value)
    {
        std::string_view text;
        if (in.peek() == boost::json::kind::null) {
            value.text = "nothing";
            return in.raw(text);
        }
        if (!in.string(text))
            return false;
        value.text = text;
        return true;
    }
};

namespace json_test {

inline std::string failure(auto result) { return result ? "no error" : result.error().message(); }

template <class T>
std::string failure_of(std::string_view text)
{
    return failure(openint::json::try_read<T>(text));
}

template <class T>
openint::json::errc code_of(std::string_view text)
{
    const auto r = openint::json::try_read<T>(text);
    return r ? openint::json::errc{} : static_cast<openint::json::errc>(r.error().code.value());
}

inline std::string nested(std::string_view open, std::string_view inner, std::string_view close,
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

} // namespace json_test

#endif
