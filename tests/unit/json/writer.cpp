// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace json = openint::json;

namespace json_writer_test {

/// A text that is not to be seen.
struct hidden
{
    std::string text;
};

/// Unknown members that can hold credentials.
struct hidden_members
{
    boost::json::object all;
};

struct account
{
    std::string name;
    std::optional<int> age;
    std::optional<std::vector<int>> list;
    std::unique_ptr<account> parent;
    boost::json::value metadata;
    hidden key;
    json::raw_json raw;
    hidden_members extra;
};
BOOST_DESCRIBE_STRUCT(account, (), (name, age, list, parent, metadata, key, raw, extra))

struct open_account
{
    std::string name;
    boost::json::object extra;
};
BOOST_DESCRIBE_STRUCT(open_account, (), (name, extra))

} // namespace json_writer_test

template <>
struct openint::json::codec<json_writer_test::hidden>
{
    static bool read(reader& in, json_writer_test::hidden& value) { return in.read(value.text); }
    static void write(writer& out, const json_writer_test::hidden& value)
    {
        out.secret(value.text);
    }
    static bool absent(const json_writer_test::hidden& value) { return value.text.empty(); }
};

template <>
struct openint::json::codec<json_writer_test::hidden_members>
{
    static constexpr bool is_secret = true;
    static bool read(reader& in, json_writer_test::hidden_members& value)
    {
        return in.read(value.all);
    }
    static void write(writer& out, const json_writer_test::hidden_members& value)
    {
        out.reveal_secrets() ? out.value(value.all) : out.redacted();
    }
    static boost::json::object& extra(json_writer_test::hidden_members& value) { return value.all; }
    static const boost::json::object& extra(const json_writer_test::hidden_members& value)
    {
        return value.all;
    }
};

using namespace json_writer_test;

BOOST_AUTO_TEST_SUITE(json_writer)

BOOST_AUTO_TEST_CASE(values)
{
    BOOST_TEST(json::write(true) == "true");
    BOOST_TEST(json::write(false) == "false");
    BOOST_TEST(json::write(-5) == "-5");
    BOOST_TEST(json::write(std::uint8_t{200}) == "200");
    BOOST_TEST(json::write(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
    BOOST_TEST(json::write(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
    BOOST_TEST(json::write(123.0) == "123");
    BOOST_TEST(json::write(0.1) == "0.1");
    BOOST_TEST(json::write(1e21) == "1e+21");
    BOOST_TEST(json::write(-1.5e-7) == "-1.5e-07");
    BOOST_TEST(json::write(0.1f) == "0.1");
    BOOST_TEST(json::write("a literal") == "\"a literal\"");
    BOOST_TEST(json::write(std::string_view("view")) == "\"view\"");
    BOOST_TEST(json::write(std::optional<int>{}) == "null");
    BOOST_TEST(json::write(std::vector<std::optional<int>>{1, {}, 3}) == "[1,null,3]");
    BOOST_TEST(json::write(std::vector<bool>{true, false}) == "[true,false]");
    BOOST_TEST(json::write(std::array<int, 2>{1, 2}) == "[1,2]");
    BOOST_TEST(json::write(std::map<std::string, int>{{"b", 2}, {"a\"", 1}}) ==
               R"({"a\"":1,"b":2})");
    BOOST_TEST(json::write(std::unordered_map<std::string, int>{{"k", 1}}) == R"({"k":1})");
    BOOST_TEST(json::write(std::variant<int, std::string>{"s"}) == "\"s\"");
    BOOST_TEST(json::write(std::vector<int>{}) == "[]");
    BOOST_TEST(json::write(json::raw_json("{ \"a\": 1.50 }")) == "{ \"a\": 1.50 }");
    BOOST_TEST(json::write(json::raw_json{}) == "null");
}

BOOST_AUTO_TEST_CASE(free_form)
{
    // doubles stay doubles, integers integers
    for (const char* text : {"1.0", "1", "-0.0", "1e+22", "0.5", "9223372036854775808",
                             "[1,2.0,\"a\",null,true,{\"b\":[]},{}]", "{\"a\":{\"b\":[[],[1]]}}",
                             "\"\\u0001\\u001f \""}) {
        const auto value = json::read<boost::json::value>(text);
        const std::string written = json::write(value);
        BOOST_TEST(written == text);
        BOOST_TEST(json::read<boost::json::value>(written) == value);
    }
    BOOST_TEST(json::write(boost::json::parse("{\"a\":[]}").as_object()) == "{\"a\":[]}");
    BOOST_TEST(json::write(boost::json::parse("[[]]").as_array()) == "[[]]");
}

BOOST_AUTO_TEST_CASE(strings)
{
    BOOST_TEST(json::write("\"\\/\b\f\n\r\t\x01\x1F\x7F\xC3\xA9\xF0\x9F\x98\x80") ==
               "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\xC3\xA9\xF0\x9F\x98\x80\"");
    BOOST_TEST(json::write(std::string("a\0b", 3)) == "\"a\\u0000b\"");
    for (std::size_t length = 0; length < 40; ++length)
        for (std::size_t at = 0; at <= length; ++at)
            for (const char* part : {"\"", "\n", "\xE2\x82\xAC", "\xC3\xA9\"\xC3\xA9"}) {
                std::string text(length, 'x');
                text.insert(at, part);
                BOOST_TEST_REQUIRE(json::read<std::string>(json::write(text)) == text);
            }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written)
{
    for (const char* text : {"\x80", "\xC3", "abc\xFF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                             "0123456789abcdef\xC0\x80"}) {
        const auto r =
            json::try_write(std::map<std::string, std::vector<std::string>>{{"k", {"", text}}});
        BOOST_TEST(!r.has_value());
        BOOST_TEST((r.error().code == json::errc::not_utf8));
        BOOST_TEST(r.error().place.pointer == "/k/1");
        BOOST_CHECK_THROW((void)json::write(text), json::error);
        BOOST_CHECK_THROW((void)json::write(std::map<std::string, int>{{text, 1}}), json::error);
    }
    const auto inf =
        json::try_write(std::vector<double>{1, std::numeric_limits<double>::infinity()});
    BOOST_TEST((inf.error().code == json::errc::out_of_range));
    BOOST_TEST(inf.error().message() ==
               "/1: expected finite number, found infinity or NaN (line 1, column 4)");
    BOOST_TEST(!json::try_write(std::numeric_limits<float>::quiet_NaN()).has_value());
    BOOST_TEST(
        !json::try_write(boost::json::value(-std::numeric_limits<double>::infinity())).has_value());
}

BOOST_AUTO_TEST_CASE(classes)
{
    account a;
    a.name = "n";
    BOOST_TEST(json::write(a) == R"({"name":"n"})");
    a.age = 7;
    a.list.emplace();
    a.parent = std::make_unique<account>();
    a.metadata = {1, 2};
    a.raw = json::raw_json("[3]");
    a.extra.all["more"] = {{"k", 1}};
    BOOST_TEST(
        json::write(a, {.reveal_secrets = true}) ==
        R"({"name":"n","age":7,"list":[],"parent":{"name":""},"metadata":[1,2],"raw":[3],"more":{"k":1}})");
    BOOST_TEST(json::write(a, {.pretty = true}) == R"({
  "name": "n",
  "age": 7,
  "list": [],
  "parent": {
    "name": ""
  },
  "metadata": [
    1,
    2
  ],
  "raw": [3],
  "extra": "[redacted]"
})");
}

BOOST_AUTO_TEST_CASE(secrets)
{
    const auto a = json::read<account>(R"({"name":"n","key":"k3y","token":"t0ken"})");
    BOOST_TEST(a.key.text == "k3y");
    BOOST_TEST(json::write(a) == R"({"name":"n","key":"[redacted]","extra":"[redacted]"})");
    BOOST_TEST(json::write(a, {.reveal_secrets = true}) ==
               R"({"name":"n","key":"k3y","token":"t0ken"})");
}

BOOST_AUTO_TEST_CASE(unknown_members)
{
    auto a = json::read<open_account>(R"({"new":[1,{"x":null}],"name":"n","other":2.0})");
    BOOST_TEST(json::write(a) == R"({"name":"n","new":[1,{"x":null}],"other":2.0})");
    a.extra["name"] = "hidden"; // what the class has a member for is not written twice
    BOOST_TEST(json::write(a) == R"({"name":"n","new":[1,{"x":null}],"other":2.0})");
}

BOOST_AUTO_TEST_SUITE_END()
