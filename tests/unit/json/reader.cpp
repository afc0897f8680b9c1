// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// How JSON becomes typed.

#include "types.hpp"

#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace json = openint::json;
using namespace json_test;

BOOST_AUTO_TEST_SUITE(json_reader)

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
    // what a codec reads is new as well, all of it
    const auto g = json::read<segments>(
        R"({"a":[{"x":1},{"x":2}],"a":[{"y":3},{"y":4}],"b":[{"x":5},{"x":6}]})");
    BOOST_TEST((g.a.from.x == 0 && g.a.from.y == 3 && g.a.to.x == 0 && g.a.to.y == 4));
    BOOST_TEST((g.b.from.x == 5 && g.b.to.x == 6));
    // null counts as absent
    BOOST_TEST(json::read<derived>(R"({"limit":1,"limit":null})").limit == 1);
    BOOST_TEST(json::read<derived>(R"({"id":"a","id":null})").id == "a");
    const auto t = json::read<texts>(R"({"first":"a","second":"b","first":null,"second":"c\n"})");
    BOOST_TEST(!t.first.has_value());
    BOOST_TEST(t.second.value() == "c\n");
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
    segment s{{1, 2}, {3, 4}};
    BOOST_TEST(!json::read_into(s, R"([{"x":5},{"y":6}])", info));
    BOOST_TEST((s.from.x == 5 && s.from.y == 0 && s.to.x == 0 && s.to.y == 6));
    // of an object, its base only
    behind_padded p;
    p.number = p.behind = 3;
    BOOST_TEST(!json::read_into(static_cast<padded&>(p), R"({"text":"a"})", info));
    BOOST_TEST((p.text == "a" && p.number == 1 && p.behind == 3));
    another a;
    const std::unique_ptr<polymorphic> owner = std::make_unique<another>();
    for (polymorphic* base : {static_cast<polymorphic*>(&a), owner.get()}) {
        base->number = 3;
        BOOST_TEST(!json::read_into(*base, R"({"text":"a"})", info));
        BOOST_TEST((base->which() == 2 && base->number == 1));
    }
    std::vector<int> v{1, 2, 3};
    BOOST_TEST(!json::read_into(v, "[4]", info));
    BOOST_TEST(v.size() == 1u);
    const boost::system::error_code code = json::read_into(v, "[4", info);
    BOOST_TEST((code == json::errc::incomplete));
    BOOST_TEST((info.code == code));
}

BOOST_AUTO_TEST_CASE(members_made_from_text)
{
    const auto t = json::read<texts>(R"({"first":"","second":"\u00e9","third":"c"})");
    BOOST_TEST(t.first.value().empty());
    BOOST_TEST(t.second.value() == "\xC3\xA9");
    BOOST_TEST(t.third == "c");
    BOOST_TEST(json::read<texts>(R"({"third":"a string that is on the heap"})").third ==
               "a string that is on the heap");
    for (const char* text : {R"({"first":1})", R"({"first":[]})", R"({"first":true})"})
        BOOST_TEST(failure_of<texts>(text).starts_with("/first: expected string, found "), text);
    BOOST_TEST(failure_of<texts>(R"({"third":{}})").starts_with("/third: expected string, found "));
    BOOST_TEST((code_of<texts>(R"({"first":nul})") == json::errc::syntax));
    BOOST_TEST((code_of<texts>(R"({"third":nul})") == json::errc::syntax));
    BOOST_TEST((code_of<texts>(R"({"first":"a)") == json::errc::incomplete));
    BOOST_TEST((code_of<texts>(R"({"third":"\q"})") == json::errc::syntax));
    BOOST_TEST((code_of<texts>("{\"third\":\"\xFF\"}") == json::errc::not_utf8));
}

// How much room an array is given: its elements are moved as it grows.
BOOST_AUTO_TEST_CASE(room_for_elements)
{
    const auto list = [](std::string_view element, std::size_t count) {
        std::string text = "[";
        for (std::size_t i = 0; i < count; ++i)
            text.append(i == 0 ? "" : ",").append(element);
        return text + ']';
    };
    const std::string element = '"' + std::string(100, 'x') + '"';
    using texts = std::vector<std::string>;
    // of the outermost, the length of the text tells
    for (const std::size_t count : {1u, 8u, 9u, 20u, 1000u}) {
        const auto read = json::read<texts>(list(element, count));
        BOOST_TEST(read.size() == count);
        BOOST_TEST(read.capacity() < std::max<std::size_t>(17, count + count / 8));
    }
    // of those within, it tells nothing
    for (const texts& inner : json::read<std::vector<texts>>(list(list(element, 20), 20)))
        BOOST_TEST(inner.capacity() < 40);
    // a text that pretends that many elements will come does not get more memory than it deserves
    const auto few =
        json::read<texts>(R"(["","","","","","","","",")" + std::string(100'000, 'x') + R"("])");
    BOOST_TEST(few.capacity() * sizeof(std::string) < 500'000);
    const auto many = json::read<std::vector<derived>>(list("{}", 1000));
    BOOST_TEST(many.size() == 1000u);
    // nor in many arrays, of which each is an outermost one
    std::string lists = "{";
    for (int i = 0; i < 1000; ++i)
        lists += '"' + std::to_string(i) + "\":[1,1,1,1,1,1,1,1,1],";
    lists += "\"end\":[" + std::string(100'000, ' ') + "]}";
    std::size_t capacity = 0;
    for (const auto& [key, ints] : json::read<std::map<std::string, std::vector<int>>>(lists))
        capacity += ints.capacity();
    BOOST_TEST(capacity * sizeof(int) < 6 * lists.size());
    // an alternative that did not fit is forgotten
    using either = std::variant<std::vector<int>, texts>;
    const auto second = std::get<texts>(json::read<either>(list(element, 100)));
    BOOST_TEST(second.capacity() < 113);
}

BOOST_AUTO_TEST_CASE(memory)
{
    const auto read = [](auto kind, std::string_view text, std::size_t most) {
        using type = decltype(kind);
        const auto r = json::try_read<type>(text, {.max_memory = most});
        return r ? "" : r.error().message();
    };
    const auto list = [](std::string_view element, std::size_t count) {
        std::string text(element);
        for (std::size_t i = 1; i < count; ++i)
            text.append(",").append(element);
        return text;
    };
    // a text of three bytes for each of many structs
    const std::string structs = '[' + list("{}", 10'000) + ']';
    BOOST_TEST(read(std::vector<derived>(), structs, 20'000 * sizeof(derived)).empty());
    BOOST_TEST(read(std::vector<derived>(), structs, 1'000'000).find("takes too much memory") !=
               std::string::npos);
    const auto e = json::try_read<std::vector<derived>>(structs, {.max_memory = 100'000}).error();
    BOOST_TEST((e.code == json::errc::too_large));
    // also within others, in maps and behind pointers
    BOOST_TEST(read(std::vector<std::vector<int>>(), '[' + list("[1]", 1000) + ']', 200'000) == "");
    BOOST_TEST(read(std::vector<std::vector<int>>(), '[' + list("[1]", 1000) + ']', 30'000) != "");
    std::string members = "{\"0\":{}";
    for (int i = 1; i < 1000; ++i)
        members += ",\"" + std::to_string(i) + "\":{}";
    using map = std::map<std::string, derived>;
    BOOST_TEST(read(map(), members + '}', 1000 * sizeof(map::value_type)).empty());
    BOOST_TEST(!read(map(), members + '}', 1000 * sizeof(map::value_type) - 1).empty());
    const std::string chain = nested("{\"next\":", "{}", "}", 100);
    BOOST_TEST(read(node(), chain, 100 * sizeof(node)).empty());
    BOOST_TEST(!read(node(), chain, 99 * sizeof(node)).empty());
    // what an alternative that did not fit has taken is free again
    using either = std::variant<std::vector<int>, std::vector<std::string>>;
    BOOST_TEST(read(either(), R"([1,2,3,"a"])", 8 * sizeof(int)).find("too much") !=
               std::string::npos);
    BOOST_TEST(
        (json::try_read<either>(R"([1,2,3,4,5,6,7,8,"a"])", {.max_memory = 1000}).error().code ==
         json::errc::mismatch));
    BOOST_TEST(read(either(), R"(["a"])", 8 * sizeof(std::string)).empty());
    // scalars, strings and free-form values are not counted
    BOOST_TEST(read(boost::json::value(), structs, 0).empty());
    BOOST_TEST(read(derived(), R"({"id":"a","u":[{}]})", 0).empty());
}

BOOST_AUTO_TEST_CASE(containers)
{
    const auto s = json::read<shapes>(
        R"({"corners":[{"x":1},{"y":2}],"points":[{},{"x":3}],"named":{"a":{"x":1},"b":{}},"colors":{"":["green","light-blue",null],"n":[]},)"
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

    BOOST_TEST(failure_of<shapes>(R"({"points":[{},null]})")
                   .starts_with("/points/1: expected object, found null"));
    BOOST_TEST(failure_of<shapes>(R"({"named":{"a":null}})")
                   .starts_with("/named/a: expected object, found null"));
    BOOST_TEST(failure_of<shapes>(R"({"corners":[null]})")
                   .starts_with("/corners/0: expected object, found null"));
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

BOOST_AUTO_TEST_CASE(members_that_must_come)
{
    // in every order, with and without the members between them
    for (const std::string_view text :
         {R"({"id":"a","name":"b","list":[1]})", R"({"list":[1],"rank":2,"name":"b","id":"a"})",
          R"({"name":"b","list":[1],"unknown":{},"id":"a"})",
          R"( { "list":[1], "id" : "a","name":"b" } )",
          R"({"id":"x","list":[1],"id":"a","rank":null,"name":"b"})"}) {
        const auto a = json::read<account>(text);
        BOOST_TEST(a.id == "a");
        BOOST_TEST((*a.list == std::vector<int>{1}));
    }
    const auto fails = [](std::string_view text, std::string_view how) {
        BOOST_TEST(failure_of<account>(text).starts_with(how), failure_of<account>(text));
    };
    fails("{}", "/id: missing (line 1, column 2)");
    fails(R"({"rank":1})", "/id: missing");
    fails(R"({"list":[1]})", "/id: missing");
    fails(R"({"id":"a","rank":1})", "/list: missing");
    fails(R"({"rank":1,"id":"a","name":"b"})", "/list: missing");
    fails(R"({"list":[1],"name":"b","ID":"a"})", "/id: missing");
    fails(R"({"id":null,"list":[1]})", "/id: expected a value, found null");
    fails(R"({"id":"a","list":null})", "/list: expected a value, found null");
    fails(R"({"id":"a","list":[1],"id": null})", "/id: expected a value, found null");
    fails(R"({"id":{},"list":[1]})", "/id: expected string, found object");
    BOOST_TEST(failure_of<std::vector<account>>(R"([{"id":"a","list":[]},{"id":"b"}])")
                   .starts_with("/1/list: missing"));
    BOOST_TEST((json::try_read<account>("{}").error().code == json::errc::missing));

    // derived classes: what the base requires, unless they say what they do
    BOOST_TEST(failure_of<sub_account>(R"({"more":1})").starts_with("/id: missing"));
    BOOST_TEST(failure_of<other_account>(R"({"id":"a"})").starts_with("/more: missing"));
    BOOST_TEST(json::read<other_account>(R"({"more":1})").more == 1);
    // a member has another name in JSON
    BOOST_TEST(failure_of<renamed>("{}").starts_with("/the~1id: missing"));
    BOOST_TEST(json::read<renamed>(R"({"the/id":7})").id_ == 7);

    // alternatives are told apart by what they require
    using either = std::variant<other_account, account, base>;
    BOOST_TEST(json::read<either>(R"({"more":1})").index() == 0u);
    BOOST_TEST(json::read<either>(R"({"id":"a","list":[]})").index() == 1u);
    BOOST_TEST(json::read<either>(R"({"id":"a"})").index() == 2u);
    BOOST_TEST(failure_of<std::vector<either>>("[null]").starts_with(
        "/0: expected one of the alternatives, found null"));
}

BOOST_AUTO_TEST_CASE(members_that_do_not_matter)
{
    for (const std::string_view value :
         {R"("x")", "{}", R"([1,{"a":2}])", "1e99", "99999999999", "true", "null"}) {
        std::string text = R"({"list":[1],"rank":)" + std::string(value) + R"(,"id":"a"})";
        const auto a = json::read<account>(text);
        BOOST_TEST(!a.rank.has_value(), text);
        BOOST_TEST(a.id == "a");
        text = R"({"rank":1,"list":[1],"id":"a","rank":)" + std::string(value) + '}';
        BOOST_TEST(!json::read<account>(text).rank.has_value(), text);
    }
    BOOST_TEST(*json::read<account>(R"({"rank":"x","id":"a","list":[],"rank":2})").rank == 2);
    // what is no JSON is none here, too
    BOOST_TEST(failure_of<account>(R"({"rank":nul})").find("expected null") != std::string::npos);
    BOOST_TEST(failure_of<account>(R"({"rank":[1 2]})").starts_with("/rank: expected ','"));
    BOOST_TEST(failure_of<account>(R"({"rank":)").find("found end of text") != std::string::npos);
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
    // also where it is noticed only behind what was read that an alternative does not fit
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string& text :
         {'"' + std::string(100'000, 'x') + '"', std::string(100'000, '1'),
          '[' + std::string(100'000, ' ') + ']',
          R"({"a":")" + std::string(100'000, 'x') + R"(","type":"hexagon"})"})
        BOOST_TEST((code_of<late_tree>(nested("[", text, "]", 100)) == json::errc::ambiguous));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
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
    // made from text or from null, as a member and as an element
    const auto w = json::read<words>(R"({"first":null,"list":[null,"a"],"second":"b"})");
    BOOST_TEST(w.first.text == "nothing");
    BOOST_TEST(w.second.text == "b");
    BOOST_TEST((w.list.at(0).text == "nothing" && w.list.at(1).text == "a"));
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
