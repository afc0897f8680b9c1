// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include "support/text.hpp"

#include <openint/connection.hpp>
#include <openint/enum_set.hpp>
#include <openint/event.hpp>
#include <openint/field.hpp>
#include <openint/json.hpp>
#include <openint/json_ref.hpp>
#include <openint/log.hpp>
#include <openint/open_enum.hpp>
#include <openint/params.hpp>
#include <openint/timestamp.hpp>
#include <openint/version.hpp>
#include <openint/view_list.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::string_view_literals;
using namespace std::chrono_literals;
using test::print;

namespace values {

enum class color
{
    red,
    green,
    auto_,
    light_blue,
};
BOOST_DESCRIBE_ENUM(color, red, green, auto_, light_blue)

constexpr std::string_view json_name(const color*, std::string_view name)
{
    return name == "light_blue" ? "light-blue" : "";
}

struct pinned
{
    std::unique_ptr<std::string> connection_id;
};
BOOST_DESCRIBE_STRUCT(pinned, (), (connection_id))

enum class flag
{
    first,
    second,
    last = 63,
};

struct body
{
    openint::field<std::string_view> name = {};
    openint::field<bool> disabled = {};
    openint::field<std::string> owned = {};
};
BOOST_DESCRIBE_STRUCT(body, (), (name, disabled, owned))

struct patch
{
    openint::field<std::string> name;
    openint::field<int> count;
    openint::field<color> shade;
    openint::timestamp when;
};
BOOST_DESCRIBE_STRUCT(patch, (), (name, count, shade, when))

} // namespace values

template <>
inline constexpr bool openint::enable_enum_set<values::flag> = true;

using namespace values;
using openint::operator|; // enumerations of the library itself need no such line

BOOST_AUTO_TEST_SUITE(timestamp_hpp)

using openint::timestamp;

BOOST_AUTO_TEST_CASE(reads_both_formats)
{
    using namespace std::chrono;
    constexpr sys_days day = 2026y / November / 23;
    const struct
    {
        std::string_view text;
        timestamp::time_type time;
    } cases[] = {
        {"2026-11-23 17:31:36.22301+00", day + 17h + 31min + 36s + 223010us},
        {"2026-11-23 17:31:36+00", day + 17h + 31min + 36s},
        {"2026-11-23 17:31:36.265103+00", day + 17h + 31min + 36s + 265103us},
        {"2099-01-02T03:04:05.678Z", sys_days(2099y / 1 / 2) + 3h + 4min + 5s + 678ms},
        {"2026-11-23T17:31:36Z", day + 17h + 31min + 36s},
        {"2026-11-23t17:31:36z", day + 17h + 31min + 36s},
        {"2026-11-23T17:31:36.1Z", day + 17h + 31min + 36s + 100ms},
        {"2026-11-23T17:31:36.123456789Z", day + 17h + 31min + 36s + 123456us},
        {"2026-11-23T17:31:36.123456789012345678901Z", day + 17h + 31min + 36s + 123456us},
        {"2026-11-23T17:31:36.0000009Z", day + 17h + 31min + 36s},
        {"2026-11-23T17:31:36+00:00", day + 17h + 31min + 36s},
        {"2026-11-23T17:31:36-00:00", day + 17h + 31min + 36s},
        {"2026-11-23T17:31:36+05:30", day + 12h + 1min + 36s},
        {"2026-11-23T17:31:36+0530", day + 12h + 1min + 36s},
        {"2026-11-23 17:31:36-08", day + 25h + 31min + 36s},
        {"2026-11-23 00:00:00+23:59", day - 23h - 59min},
        {"2024-02-29T00:00:00Z", sys_days(2024y / 2 / 29)},
        {"2000-02-29T00:00:00Z", sys_days(2000y / 2 / 29)},
        {"1969-12-31T23:59:59.999999Z", sys_days(1970y / 1 / 1) - 1us},
        {"0001-01-01T00:00:00Z", sys_days(1y / 1 / 1)},
        {"9999-12-31T23:59:59Z", sys_days(9999y / 12 / 31) + 24h - 1s},
        // leap seconds
        {"2016-12-31T23:59:60Z", sys_days(2017y / 1 / 1)},
        {"2016-12-31T23:59:60.5Z", sys_days(2017y / 1 / 1) + 500ms},
        {"2017-01-01T05:29:60+05:30", sys_days(2017y / 1 / 1)},
    };
    for (const auto& [text, time] : cases)
        BOOST_TEST_CONTEXT(text)
        {
            const timestamp value(text);
            BOOST_TEST(value.text() == text);
            BOOST_TEST_REQUIRE(value.time().has_value());
            BOOST_TEST((*value.time() == time));
        }
}

BOOST_AUTO_TEST_CASE(takes_no_time_from_other_texts)
{
    for (const std::string_view text : {
             ""sv,
             "now"sv,
             "infinity"sv,
             "2026-11-23"sv,
             "2026-11-23T17:31Z"sv,
             "2026-11-23T17:31:36"sv, // of which zone?
             "2026-11-23 17:31:36."sv,
             "2026-11-23 17:31:36.Z"sv,
             "2026-11-23 17:31:36,5Z"sv,
             "2026-11-23 17:31:36.5"sv,
             "2026-11-23 17:31:36 Z"sv,
             "2026-11-23 17:31:36ZZ"sv,
             "2026-11-23 17:31:36Z "sv,
             " 2026-11-23 17:31:36Z"sv,
             "2026-11-23  17:31:36Z"sv,
             "2026-11-23_17:31:36Z"sv,
             "2026/11/23 17:31:36Z"sv,
             "2026-11-23 17.31.36Z"sv,
             "2026-13-23 17:31:36Z"sv,
             "2026-00-23 17:31:36Z"sv,
             "2026-11-31 17:31:36Z"sv,
             "2026-11-00 17:31:36Z"sv,
             "2025-02-29 17:31:36Z"sv,
             "1900-02-29 17:31:36Z"sv,
             "2026-11-23 24:00:00Z"sv,
             "2026-11-23 17:60:00Z"sv,
             "2026-11-23 17:31:60Z"sv, // no leap second was or will be there
             "2026-11-23 23:59:60+01"sv,
             "2026-11-23 17:31:61Z"sv,
             "2026-11-23 17:31:36+"sv,
             "2026-11-23 17:31:36+1"sv,
             "2026-11-23 17:31:36+24"sv,
             "2026-11-23 17:31:36+00:60"sv,
             "2026-11-23 17:31:36+00:"sv,
             "2026-11-23 17:31:36+00:0"sv,
             "2026-11-23 17:31:36+000"sv,
             "2026-11-23 17:31:36+00:00:00"sv,
             "12026-11-23 17:31:36+00"sv,
             "-026-11-23 17:31:36+00"sv,
             "2026-1-23 17:31:36+00"sv,
             "2026-11-23 17:31:3\0+00"sv,
             "2026-11-23 17:31:36+00 BC"sv,
         })
        BOOST_TEST_CONTEXT(text)
        {
            const timestamp value(text);
            BOOST_TEST(value.text() == text);
            BOOST_TEST(!value.time().has_value());
        }
}

BOOST_AUTO_TEST_CASE(keeps_any_text)
{
    for (const std::size_t size : {0u, 1u, 38u, 39u, 40u, 1000u}) {
        const std::string text(size, 'x');
        timestamp a{text};
        BOOST_TEST(a.text() == text);
        BOOST_TEST(a.empty() == text.empty());
        timestamp b = a;
        timestamp c = std::move(b);
        BOOST_TEST(c.text() == text);
        b = c;
        BOOST_TEST(b.text() == text);
        a = timestamp("2026-11-23T17:31:36Z");
        BOOST_TEST(a.text() == "2026-11-23T17:31:36Z");
        a = b;
        BOOST_TEST(a.text() == text);
        BOOST_TEST(print(a) == text);
    }
    static_assert(sizeof(timestamp) <= 48);
}

BOOST_AUTO_TEST_CASE(is_made_from_a_time)
{
    using namespace std::chrono;
    const auto at = [](sys_days day, microseconds time) {
        return timestamp(timestamp::time_type(day) + time);
    };
    BOOST_TEST(at(2099y / 1 / 2, 3h + 4min + 5s + 678ms).text() == "2099-01-02T03:04:05.678000Z");
    BOOST_TEST(at(1969y / 12 / 31, 23h + 59min + 59s + 999'999us).text() ==
               "1969-12-31T23:59:59.999999Z");
    BOOST_TEST(at(0y / 1 / 1, 0us).text() == "0000-01-01T00:00:00.000000Z");
    BOOST_TEST(at(9999y / 12 / 31, 24h - 1us).text() == "9999-12-31T23:59:59.999999Z");
    BOOST_TEST(at(10'000y / 1 / 1, 0us).empty());
    BOOST_TEST(at(0y / 1 / 1, -1us).empty());
    BOOST_TEST(timestamp(timestamp::time_type::max()).empty());
    BOOST_TEST(timestamp(timestamp::time_type::min()).empty());
    for (const auto day : {1900y / 2 / 28, 2000y / 2 / 29, 2024y / 12 / 31, 2026y / 11 / 25}) {
        const timestamp::time_type time = sys_days(day) + 13h + 7min + 42s + 1'234us;
        BOOST_TEST((timestamp(time).time() == time));
    }
    BOOST_TEST(!timestamp(floor<microseconds>(system_clock::now())).empty());
}

BOOST_AUTO_TEST_CASE(compares_by_time)
{
    const timestamp a("2026-11-23 17:31:36.5+00"), same("2026-11-23T18:31:36.500+01:00"),
        later("2026-11-23T17:31:36.500001Z"), none("soon");
    BOOST_TEST((a == same && a <= same && a >= same));
    BOOST_TEST((a < later && later > same && a != later));
    BOOST_TEST((none == timestamp("soon") && none != timestamp("sooner") && none != a));
    BOOST_TEST((!(none < a) && !(a < none) && (none <=> a) == std::partial_ordering::unordered));
    BOOST_TEST((timestamp() == timestamp("")));
}

BOOST_AUTO_TEST_CASE(is_a_string_in_json)
{
    using namespace openint::json;
    for (const auto text : {R"("2026-11-23 17:31:36.22301+00")", R"("so\u006fn")"}) {
        const auto value = read<timestamp>(text);
        BOOST_TEST(value.text() == read<std::string>(text));
        BOOST_TEST(write(value) == write(read<std::string>(text)));
    }
    BOOST_CHECK_THROW(read<timestamp>("1"), openint::json::error);
    BOOST_TEST(write(read<patch>(R"({"when":null})")) == "{}");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(open_enum_hpp)

using shade = openint::open_enum<color>;

BOOST_AUTO_TEST_CASE(holds_known_and_unknown_values)
{
    const shade none, red = color::red, green("green"), unknown("mauve"), automatic("auto"),
                      blue("light-blue");
    BOOST_TEST((red == color::red && color::red == red && red != color::green));
    BOOST_TEST((green.known() && green.value() == color::green && green.text() == "green"));
    BOOST_TEST((automatic == color::auto_ && automatic.text() == "auto"));
    BOOST_TEST((blue == color::light_blue && blue.text() == "light-blue"));
    BOOST_TEST((!unknown.known() && !unknown.value() && unknown.text() == "mauve"));
    BOOST_TEST((unknown != color::red && unknown == shade("mauve") && unknown != shade("pink")));
    BOOST_TEST((!none.known() && none.text().empty() && none != red && none == shade()));
    BOOST_TEST((shade("auto_") != color::auto_ && shade("RED") != color::red));
    BOOST_TEST((shade("light_blue") != color::light_blue));
    BOOST_TEST(print(blue) == "light-blue");
    BOOST_TEST(print(unknown) == "mauve");
    static_assert(sizeof(shade) <= 16);
}

BOOST_AUTO_TEST_CASE(copies_and_moves)
{
    shade a("mauve");
    shade b = a;
    BOOST_TEST((a == b && a.text() == "mauve"));
    shade c = std::move(b);
    BOOST_TEST(c.text() == "mauve");
    c = color::red;
    BOOST_TEST((c == color::red && c.text() == "red"));
    c = a;
    BOOST_TEST((c == a && !c.known()));
    const std::optional<shade> optional = color::green;
    BOOST_TEST((optional == color::green && optional != color::red));
    BOOST_TEST((std::optional<shade>() != color::green));
}

BOOST_AUTO_TEST_CASE(is_a_string_in_json)
{
    using namespace openint::json;
    for (const auto text : {"[\"red\",\"auto\",\"light-blue\",\"mauve\",\"\"]"})
        BOOST_TEST(write(read<std::vector<shade>>(text)) == text);
    BOOST_TEST((read<shade>(R"("re\u0064")") == color::red));
    BOOST_CHECK_THROW(read<shade>("0"), openint::json::error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(enum_set_hpp)

using flags = openint::enum_set<flag>;

BOOST_AUTO_TEST_CASE(is_a_set)
{
    static_assert(std::is_trivially_copyable_v<flags> && std::is_trivially_destructible_v<flags>);
    static_assert(std::forward_iterator<flags::iterator>);
    constexpr flags none, one = flag::second, all = flag::last | flag::first | flag::second;
    static_assert(none.empty() && none.size() == 0 && none.begin() == none.end());
    static_assert(one.size() == 1 && one.contains(flag::second) && !one.contains(flag::first));
    static_assert(all.size() == 3 && all.contains(flag::last) && all == (one | all));
    static_assert((flag::first | flag::first) == flags(flag::first));
    const std::vector<flag> in_order(all.begin(), all.end());
    BOOST_TEST((in_order == std::vector{flag::first, flag::second, flag::last}));
    flags grown;
    grown |= flag::second;
    BOOST_TEST((grown == one));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(view_list_hpp)

using views = openint::view_list<std::string_view>;

BOOST_AUTO_TEST_CASE(holds_views_in_place)
{
    static_assert(std::is_trivially_copyable_v<views> && std::is_trivially_destructible_v<views>);
    static_assert(!std::is_constructible_v<views, int>);
    const auto check = [](views list, const std::vector<std::string_view>& expected) {
        const views copy = list;
        BOOST_TEST(std::vector<std::string_view>(copy.begin(), copy.end()) == expected,
                   boost::test_tools::per_element());
        BOOST_TEST(copy.size() == expected.size());
        BOOST_TEST(copy.empty() == expected.empty());
    };
    check({}, {});
    check({"a"}, {"a"});
    check("a", {"a"});
    check(std::string("abc"), {"abc"});
    check({"a", "b"sv, std::string("c")}, {"a", "b", "c"});
    check({"1", "2", "3", "4", "5", "6", "7", "8"}, {"1", "2", "3", "4", "5", "6", "7", "8"});

    std::vector<std::string_view> many(100, "x");
    many.back() = "y";
    check(many, many);
    check(std::span(many).subspan(98), {"x", "y"});
    check(std::array{"p"sv, "q"sv}, {"p", "q"});
    check(std::vector<std::string_view>(), {});
    BOOST_TEST(views("a", "b")[1] == "b");
}

BOOST_AUTO_TEST_CASE(holds_other_values)
{
    constexpr openint::view_list<int> list = {1, 2, 3};
    static_assert(list.size() == 3 && list[2] == 3);
    constexpr openint::view_list<color> colors = {color::red, color::green};
    static_assert(colors[0] == color::red);
    BOOST_TEST(list.size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(field_hpp)

BOOST_AUTO_TEST_CASE(tells_absent_null_and_value_apart)
{
    static_assert(std::is_trivially_copyable_v<openint::field<std::string_view>>);
    static_assert(std::is_trivially_destructible_v<openint::field<bool>>);
    const body none{}, some{.name = "x", .disabled = openint::null},
        other{.disabled = false, .owned = "y"};
    BOOST_TEST((none.name.is_absent() && !none.name.is_null() && !none.name.has_value()));
    BOOST_TEST((some.name.has_value() && *some.name == "x" && some.name->size() == 1));
    BOOST_TEST((some.disabled.is_null() && !some.disabled.is_absent()));
    BOOST_TEST(openint::json::write(none) == "{}");
    BOOST_TEST(openint::json::write(some) == R"({"name":"x","disabled":null})");
    BOOST_TEST(openint::json::write(other) == R"({"disabled":false,"owned":"y"})");
    BOOST_TEST((other.owned == openint::field<std::string>("y")));
}

BOOST_AUTO_TEST_CASE(is_read_as_well)
{
    for (const auto text : {R"({})", R"({"name":null,"count":1})", R"({"name":"a","shade":null})",
                            R"({"shade":"light-blue"})"})
        BOOST_TEST(openint::json::write(openint::json::read<patch>(text)) == text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(json_ref_hpp)

using openint::json_ref;

BOOST_AUTO_TEST_CASE(binds_to_variables_only)
{
    using boost::json::object;
    using boost::json::value;
    static_assert(std::is_trivially_copyable_v<json_ref>);
    static_assert(std::is_trivially_destructible_v<json_ref>);
    static_assert(std::is_convertible_v<value&, json_ref> &&
                  std::is_convertible_v<const value&, json_ref>);
    static_assert(std::is_convertible_v<object&, json_ref> &&
                  std::is_convertible_v<body&, json_ref>);
    static_assert(!std::is_constructible_v<json_ref, value> &&
                  !std::is_constructible_v<json_ref, const value>);
    static_assert(!std::is_constructible_v<json_ref, object> &&
                  !std::is_constructible_v<json_ref, body>);
    static_assert(!std::is_constructible_v<json_ref, openint::null_t&>);
    static_assert(std::is_convertible_v<object&, openint::field<json_ref>>);
    static_assert(!std::is_convertible_v<object, openint::field<json_ref>>);
}

BOOST_AUTO_TEST_CASE(appends_the_text_with_secrets)
{
    const boost::json::object object{{"a", 1}};
    const boost::json::value value = nullptr;
    openint::connection_settings settings;
    settings.access_token = openint::secret("hunter2");
    settings.extra.reveal()["key"] = "k";

    std::string out = ">";
    json_ref ref = object;
    BOOST_TEST(bool(ref));
    ref.write_to(out);
    ref = value;
    ref.write_to(out);
    ref = settings;
    ref.write_to(out);
    BOOST_TEST(out == R"(>{"a":1}null{"access_token":"hunter2","key":"k"})");
    BOOST_TEST(!json_ref());
    json_ref().write_to(out);
    BOOST_TEST(out.back() == '}');
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(params_hpp)

BOOST_AUTO_TEST_CASE(are_written_by_name)
{
    const openint::get_connection_params none{};
    BOOST_TEST((!none.include_secrets && !none.refresh_policy && none.expand.empty()));
    const openint::get_connection_params all{.include_secrets = true,
                                             .refresh_policy = openint::refresh_policy::auto_,
                                             .expand = openint::connection_expand::connector};
    BOOST_TEST((openint::json::to_name(*all.refresh_policy) == "auto"));
    BOOST_TEST(all.expand.contains(openint::connection_expand::connector));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(version_hpp)

BOOST_AUTO_TEST_CASE(says_the_same_thrice)
{
    BOOST_TEST(openint::version == OPENINT_VERSION_STRING);
    BOOST_TEST(openint::version == std::to_string(OPENINT_VERSION_MAJOR) + '.' +
                                       std::to_string(OPENINT_VERSION_MINOR) + '.' +
                                       std::to_string(OPENINT_VERSION_PATCH));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(log_hpp)

BOOST_AUTO_TEST_CASE(names)
{
    using openint::log_level;
    for (const auto& [name, level] :
         {std::pair{"off"sv, log_level::off}, std::pair{"error"sv, log_level::error},
          std::pair{"warn"sv, log_level::warn}, std::pair{"info"sv, log_level::info},
          std::pair{"debug"sv, log_level::debug}}) {
        BOOST_TEST(to_string(level) == name);
        BOOST_TEST((openint::parse_log_level(name) == level));
    }
    BOOST_TEST((openint::parse_log_level("Warn") == log_level::warn));
    BOOST_TEST(!openint::parse_log_level("loud").has_value());
    BOOST_TEST(to_string(openint::log_kind::pool) == "pool");
    BOOST_TEST(to_string(openint::log_kind::usage) == "usage");
    BOOST_TEST(to_string(openint::log_kind::credentials) == "credentials");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(event_hpp)

BOOST_AUTO_TEST_CASE(data_of_a_class_that_cannot_be_copied)
{
    const auto e =
        openint::json::read<openint::event>(R"({"id":"evt_1","data":{"connection_id":"conn_1"}})");
    BOOST_TEST(*e.data_as<pinned>().connection_id == "conn_1");
    BOOST_CHECK_THROW(e.data_as<std::vector<int>>(), openint::json::error);
}

BOOST_AUTO_TEST_SUITE_END()
