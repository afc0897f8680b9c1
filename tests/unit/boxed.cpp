// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// An optional value behind one pointer.

#include <openint/boxed.hpp>
#include <openint/connection.hpp>
#include <openint/json.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

using openint::boxed;
namespace json = openint::json;

namespace {

struct part
{
    std::string text;

    friend bool operator==(const part&, const part&) = default;
};
BOOST_DESCRIBE_STRUCT(part, (), (text))

struct whole
{
    boxed<part> first;
    boxed<int> second;
};
BOOST_DESCRIBE_STRUCT(whole, (), (first, second))

static_assert(sizeof(boxed<part>) == sizeof(void*));
static_assert(std::is_nothrow_move_constructible_v<boxed<part>>);
static_assert(std::is_nothrow_move_assignable_v<boxed<part>>);
static_assert(!std::is_convertible_v<boxed<part>, bool>);
static_assert(std::is_same_v<decltype(*std::declval<const boxed<part>&>()), const part&>);
static_assert(sizeof(openint::connection) <= 512); // many are kept, and each waiting call holds one

} // namespace

BOOST_AUTO_TEST_SUITE(boxed_values)

BOOST_AUTO_TEST_CASE(nothing_and_something)
{
    boxed<part> b;
    BOOST_TEST(!b.has_value());
    BOOST_TEST(!b);
    BOOST_TEST((b == std::nullopt));
    BOOST_CHECK_THROW(b.value(), std::bad_optional_access);
    b = part{"a"};
    BOOST_TEST(b.has_value());
    BOOST_TEST(b->text == "a");
    BOOST_TEST((*b).text == "a");
    BOOST_TEST(b.value().text == "a");
    BOOST_TEST(b.emplace(part{"b"}).text == "b");
    b = std::nullopt;
    BOOST_TEST(!b);
    b.emplace();
    b.reset();
    BOOST_CHECK_THROW(std::as_const(b).value(), std::bad_optional_access);
}

BOOST_AUTO_TEST_CASE(copies_are_deep_and_moves_leave_nothing)
{
    boxed<part> a(part{"a"});
    boxed<part> b = a;
    BOOST_TEST((a == b));
    b->text = "b";
    BOOST_TEST(a->text == "a");
    BOOST_TEST((a != b));
    a = b;
    BOOST_TEST((a == b));
    a = *&a;
    BOOST_TEST(a->text == "b");
    const part* const where = &*a;
    boxed<part> c = std::move(a);
    BOOST_TEST(&*c == where);
    BOOST_TEST(!a.has_value());
    BOOST_TEST((a != c));
    BOOST_TEST((a == boxed<part>()));
    c = a;
    BOOST_TEST(!c);
}

BOOST_AUTO_TEST_CASE(in_json_it_is_the_value_or_null)
{
    const auto both = json::read<whole>(R"({"first": {"text": "a"}, "second": 7})");
    BOOST_TEST(both.first->text == "a");
    BOOST_TEST(*both.second == 7);
    BOOST_TEST(json::write(both) == R"({"first":{"text":"a"},"second":7})");
    const auto none = json::read<whole>(R"({"first": null})");
    BOOST_TEST(!none.first);
    BOOST_TEST(!none.second);
    BOOST_TEST(json::write(none) == "{}");
    const auto last =
        json::read<whole>(R"({"first": {"text": "a"}, "first": {}, "second": 1, "second": null})");
    BOOST_TEST(last.first->text == "");
    BOOST_TEST(!last.second);
    BOOST_TEST(boost::json::serialize(boost::json::value_from(both)) ==
               R"({"first":{"text":"a"},"second":7})");
    const auto wrong = json::try_read<whole>(R"({"first": {"text": 1}})");
    BOOST_TEST(wrong.error().place.pointer == "/first/text");
}

BOOST_AUTO_TEST_SUITE_END()
