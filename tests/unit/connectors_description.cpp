// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The settings and configurations of all connectors against the API description, if it is kept
// beside the project. What differs is named, each place once.

#include <openint/connectors.hpp>
#include <openint/error.hpp>
#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <concepts>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(connectors_description)

#ifndef OPENINT_SHARED_DIR

BOOST_AUTO_TEST_CASE(settings_and_configurations)
{
    BOOST_TEST_MESSAGE("skipped: no API description beside the project");
    BOOST_TEST(true);
}

#else

namespace {

namespace js = boost::json;
namespace json = openint::json;
namespace connectors = openint::connectors;

using differences = std::set<std::string>;

std::optional<js::value> parse_file(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        BOOST_TEST_MESSAGE("skipped: no " << file);
        BOOST_TEST(true);
        return std::nullopt;
    }
    return js::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::string_view view(const js::string& text) { return {text.data(), text.size()}; }

// ---- what a schema says -------------------------------------------------------------------------

struct described_member;

// Of what is used of JSON Schema here. What else comes is a failure, lest it goes unnoticed.
class schema
{
public:
    explicit schema(const js::value& value)
        : object_(&value.as_object())
    {
        for (const auto& member : *object_)
            if (!known_keyword(member.key()))
                throw std::runtime_error("unknown keyword " + std::string(member.key()));
    }

    const js::value* find(std::string_view keyword) const { return object_->if_contains(keyword); }

    // The types but null; empty if it is left open, or said by alternatives.
    std::vector<std::string> types() const
    {
        std::vector<std::string> all;
        if (const auto* type = find("type")) {
            if (const auto* list = type->if_array())
                for (const auto& item : *list)
                    all.emplace_back(view(item.as_string()));
            else
                all.emplace_back(view(type->as_string()));
        }
        std::erase(all, "null");
        return all;
    }

    bool is(std::string_view type) const { return types() == std::vector{std::string(type)}; }

    // Only null is said to be possible: what comes some day is unknown.
    bool only_null() const { return find("type") && types().empty(); }

    bool anything() const { return (!find("type") && alternatives().empty()) || only_null(); }

    bool nullable() const
    {
        if (anything())
            return true;
        if (const auto* type = find("type"); type && type->is_array())
            return type->as_array().size() != types().size();
        const auto* list = list_of_alternatives();
        return list && std::ranges::any_of(list->as_array(), [](const js::value& item) {
                   return schema(item).only_null();
               });
    }

    // But null.
    std::vector<schema> alternatives() const
    {
        std::vector<schema> all;
        if (const auto* list = list_of_alternatives())
            for (const auto& item : list->as_array())
                if (const schema s(item); !s.only_null())
                    all.push_back(s);
        return all;
    }

    // The members of an object.
    std::vector<described_member> members() const;

    bool is_open() const
    {
        const auto* additional = find("additionalProperties");
        return additional && additional->is_object();
    }

private:
    static bool known_keyword(std::string_view name)
    {
        constexpr std::string_view names[] = {
            "type",    "description", "title",    "required", "properties", "additionalProperties",
            "const",   "enum",        "items",    "anyOf",    "oneOf",      "pattern",
            "default", "format",      "maxLength"};
        return std::ranges::find(names, name) != std::end(names) || name.starts_with("ui:");
    }

    const js::value* list_of_alternatives() const
    {
        return find("anyOf") ? find("anyOf") : find("oneOf");
    }

    const js::object* object_;
};

struct described_member
{
    std::string name;
    schema type;
    bool required;
};

std::vector<described_member> schema::members() const
{
    std::vector<described_member> all;
    if (const auto* properties = find("properties"))
        for (const auto& property : properties->as_object())
            all.push_back({std::string(property.key()), schema(property.value()), false});
    if (const auto* required = find("required"))
        for (const auto& name : required->as_array()) {
            const auto at = std::ranges::find(all, view(name.as_string()), &described_member::name);
            if (at == all.end())
                throw std::runtime_error("requires unknown " + js::serialize(name));
            at->required = true;
        }
    return all;
}

// ---- documents made from a schema ---------------------------------------------------------------

enum class amount
{
    all,      // every member
    required, // as little as possible
};

// Documents such that each alternative and each value of an enumeration occurs in one of them.
std::vector<js::value> documents(const schema& s, amount how_much, const std::string& path)
{
    if (const auto* value = s.find("const"))
        return {*value};
    if (const auto* values = s.find("enum"))
        return {values->as_array().begin(), values->as_array().end()};
    if (const auto choices = s.alternatives(); !choices.empty()) {
        std::vector<js::value> all;
        for (const schema& choice : choices)
            for (auto& document : documents(choice, how_much, path))
                all.push_back(std::move(document));
        return all;
    }
    if (s.anything())
        return {js::parse(R"({"any": [1, -1.5e-7, "text", true, {"k": null}]})"), "text", 17, false,
                js::array{1, "x"}};
    if (s.is("string"))
        return {js::value(path)}; // a text of its own for each place
    if (s.is("number"))
        return {3600, 12.25, -1};
    if (s.is("boolean"))
        return {true, false};
    if (s.is("array")) {
        const auto items = documents(schema(*s.find("items")), amount::all, path + "/0");
        return {js::array(items.begin(), items.end()), js::array()};
    }
    if (!s.is("object"))
        throw std::runtime_error(path + ": unknown type");

    // All members' first values, and then each other value of each.
    js::object first;
    std::vector<js::value> more;
    if (s.is_open())
        first["more at " + path] = {{"nested", {1, 2.5, "x", true}}, {"n", nullptr}};
    for (const auto& member : s.members())
        if (member.required || how_much == amount::all)
            first[member.name] = documents(member.type, how_much, path + '/' + member.name)[0];
    for (const auto& member : s.members()) {
        if (!first.contains(member.name))
            continue;
        auto others = documents(member.type, how_much, path + '/' + member.name);
        if (how_much == amount::all && !member.required)
            others.emplace_back(nullptr);
        for (std::size_t i = 1; i < others.size(); ++i) {
            js::object other = first;
            other[member.name] = others[i];
            more.emplace_back(std::move(other));
        }
    }
    more.insert(more.begin(), std::move(first));
    return more;
}

// In a form that can be compared: members that are null and those that are absent are alike, and
// numbers are what they are worth.
js::value normal(const js::value& value)
{
    if (value.is_number())
        return value.to_number<double>();
    if (const auto* array = value.if_array()) {
        js::array out;
        for (const auto& element : *array)
            out.push_back(normal(element));
        return out;
    }
    const auto* object = value.if_object();
    if (!object)
        return value;
    js::object out;
    for (const auto& member : *object)
        if (!member.value().is_null())
            out.emplace(member.key(), normal(member.value()));
    return out;
}

// ---- the library's types ------------------------------------------------------------------------

template <class T>
struct is_open_enum : std::false_type
{};
template <class E>
struct is_open_enum<openint::open_enum<E>> : std::true_type
{
    static auto names()
    {
        std::set<std::string> all;
        for (const auto& e : json::detail::enumerators<E>)
            all.emplace(e.name);
        return all;
    }
};

template <class T, template <class...> class Template>
struct is_a : std::false_type
{};
template <class... T, template <class...> class Template>
struct is_a<Template<T...>, Template> : std::true_type
{};

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// Whether a text of this name is one that must not be printed.
bool sounds_secret(std::string_view name)
{
    const std::string text = lower(name);
    return text != "token_type" &&
           std::ranges::any_of(std::initializer_list<std::string_view>{"token", "secret",
                                                                       "password", "apikey",
                                                                       "api_key", "database_url"},
                               [&](std::string_view word) { return text.find(word) != text.npos; });
}

template <class T>
void compare(const schema& s, const std::string& path, differences& out);

template <class... T>
void compare_alternatives(const schema& s, const std::string& path, differences& out,
                          const std::variant<T...>*)
{
    const auto choices = s.alternatives();
    if (choices.size() != sizeof...(T)) {
        out.insert(path + ": has " + std::to_string(choices.size()) + " alternatives, not " +
                   std::to_string(sizeof...(T)));
        return;
    }
    std::size_t i = 0;
    (..., (compare<T>(choices[i], path + '<' + std::to_string(i) + '>', out), ++i));
}

template <class T>
void compare_class(const schema& s, const std::string& path, differences& out)
{
    const auto members = s.members();
    std::set<std::string> known;
    boost::mp11::mp_for_each<json::detail::all_members<T>>([&](auto d) {
        using D = decltype(d);
        using type = json::detail::member_type<T, D>;
        const std::string name(json::detail::wire_name<T>(D::name));
        if (name == "extra") {
            if (!std::same_as<type, openint::secret_json>)
                out.insert(path + ": extra is not secret");
            return;
        }
        known.insert(name);
        const std::string place = path + '/' + name;
        const auto at = std::ranges::find(members, name, &described_member::name);
        if (at == members.end()) {
            out.insert(place + ": is not described");
            return;
        }
        const bool optional = !at->required || at->type.nullable();
        if (json::detail::reads_null<type> != optional)
            out.insert(place + (optional ? ": is optional" : ": is required"));
        if ((std::same_as<type, std::string> ||
             std::same_as<type, std::optional<std::string>>)&&sounds_secret(name))
            out.insert(place + ": should be a secret");
        compare<type>(at->type, place, out);
    });
    if (!json::detail::extra_reader<T>())
        out.insert(path + ": has no extra");
    for (const auto& member : members)
        if (!known.contains(member.name) && !member.type.find("const")) // tells alternatives apart
            out.insert(path + '/' + member.name + ": is missing in the library");
}

// Checks that a T is what the schema describes.
template <class T>
void compare(const schema& s, const std::string& path, differences& out)
{
    const auto check = [&](bool right, std::string_view kind) {
        if (!right)
            out.insert(path + ": is not " + std::string(kind));
    };
    if constexpr (is_a<T, std::optional>::value) {
        using type = typename T::value_type;
        if (const auto choices = s.alternatives(); choices.size() == 1)
            compare<type>(choices[0], path, out); // or null
        else
            compare<type>(s, path, out);
    } else if constexpr (is_a<T, std::variant>::value) {
        compare_alternatives(s, path, out, static_cast<const T*>(nullptr));
    } else if constexpr (is_a<T, std::vector>::value) {
        check(s.is("array"), "an array");
        if (const auto* items = s.find("items"))
            compare<typename T::value_type>(schema(*items), path + "/*", out);
    } else if constexpr (is_open_enum<T>::value) {
        std::set<std::string> values;
        if (const auto* list = s.find("enum"))
            for (const auto& value : list->as_array())
                values.emplace(view(value.as_string()));
        for (const auto& name : is_open_enum<T>::names())
            if (!values.erase(name))
                out.insert(path + ": value " + name + " is not described");
        for (const auto& name : values)
            out.insert(path + ": value " + name + " is missing in the library");
    } else if constexpr (std::same_as<T, std::string> || std::same_as<T, openint::secret> ||
                         std::same_as<T, openint::timestamp>) {
        check(s.is("string") && !s.find("enum"), "a text");
    } else if constexpr (std::same_as<T, double>) {
        check(s.is("number"), "a number");
    } else if constexpr (std::same_as<T, bool>) {
        check(s.is("boolean"), "a boolean");
    } else if constexpr (std::same_as<T, js::array>) {
        check(s.is("array") && schema(*s.find("items")).anything(), "a free-form array");
    } else if constexpr (std::same_as<T, openint::secret_json> || std::same_as<T, js::object>) {
        check(s.is("object") && s.members().empty(), "a free-form object");
    } else if constexpr (std::same_as<T, openint::secret_value>) {
        check(s.anything(), "free-form");
    } else {
        static_assert(json::described_class<T>);
        compare_class<T>(s, path, out);
    }
}

// ---- one connector ------------------------------------------------------------------------------

js::value settings_back(const openint::connection& conn, auto connector)
{
    const auto settings = conn.settings_as<decltype(connector)>();
    return js::parse(json::write(settings, {.reveal_secrets = true}));
}

js::value config_back(const openint::connector_config& config, auto connector)
{
    const auto typed = config.config_as<decltype(connector)>();
    return js::parse(json::write(typed, {.reveal_secrets = true}));
}

struct connector_test
{
    std::string_view name;
    js::value (*settings)(const openint::connection&);
    js::value (*config)(const openint::connector_config&);
    void (*compare_settings)(const schema&, const std::string&, differences&);
    void (*compare_config)(const schema&, const std::string&, differences&);
};

const connector_test tests[] = {
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type)                              \
    {connectors::tag::name,                                                                        \
     [](const openint::connection& conn) { return settings_back(conn, connectors::tag{}); },       \
     [](const openint::connector_config& config) {                                                 \
         return config_back(config, connectors::tag{});                                            \
     },                                                                                            \
     &compare<connectors::tag::settings>, &compare<connectors::tag::config>},
#include <openint/connectors/list.inc>
};

// How the tests read a document of each kind, and what it is called.
struct kind
{
    std::string_view member; // of the row
    std::string_view schema; // the end of its name
};
constexpr kind settings_kind = {"settings", "discriminated_connection_settings"};
constexpr kind config_kind = {"config", "discriminated_connector_config"};

js::value read_and_write(const connector_test& test, const kind& k, const js::value& document)
{
    const std::string row =
        js::serialize(js::object{{"id", "x"}, {"connector_name", test.name}, {k.member, document}});
    return k.member == settings_kind.member
               ? test.settings(json::read<openint::connection>(row))
               : test.config(json::read<openint::connector_config>(row));
}

void check_documents(const connector_test& test, const kind& k, const schema& s, differences& out)
{
    const std::string path = std::string(test.name) + '/' + std::string(k.member);
    for (const amount how_much : {amount::all, amount::required})
        for (const auto& document : documents(s, how_much, path)) {
            if (!document.is_object())
                continue; // settings that may be anything are objects all the same
            try {
                const auto back = read_and_write(test, k, document);
                if (normal(back) != normal(document))
                    out.insert(path + ": comes back as " + js::serialize(normal(back)) +
                               " instead of " + js::serialize(normal(document)));
            } catch (const std::exception& e) {
                out.insert(path + ": " + e.what());
            }
        }
}

// Without something required there is a failure that names it.
void check_required(const connector_test& test, const kind& k, const schema& s, differences& out)
{
    const auto choices = s.alternatives();
    for (const schema& choice : choices.empty() ? std::vector{s} : choices)
        for (const auto& member : choice.members()) {
            if (!member.required || (k.member == settings_kind.member && member.name == "oauth") ||
                member.type.find("const"))
                continue;
            const std::string pointer = '/' + std::string(k.member) + '/' + member.name;
            auto document = documents(choice, amount::required, pointer)[0];
            document.as_object().erase(member.name);
            try {
                (void)read_and_write(test, k, document);
                out.insert(std::string(test.name) + pointer + ": is not missed");
            } catch (const openint::error& e) {
                if (std::string_view(e.what()).find(pointer + ": expected a value, found none") ==
                    std::string_view::npos)
                    out.insert(std::string(test.name) + pointer + ": " + e.what());
            }
        }
}

// The description of one kind of document of all connectors, by name.
js::object schemas_of(const js::value& description, const kind& k)
{
    js::object all;
    for (const auto& entry : description.at("components").at("schemas").as_object()) {
        constexpr std::string_view begin = "connector.";
        std::string_view name = entry.key();
        const std::string end = '.' + std::string(k.schema);
        if (!name.starts_with(begin) || !name.ends_with(end))
            continue;
        name = name.substr(begin.size(), name.size() - begin.size() - end.size());
        all[name] = entry.value().at("properties").at(k.member);
    }
    return all;
}

void report(const differences& found)
{
    for (const auto& difference : found)
        BOOST_ERROR(difference);
}

} // namespace

BOOST_AUTO_TEST_CASE(settings_and_configurations)
{
    const auto description = parse_file(OPENINT_SHARED_DIR "/openapi.json");
    if (!description)
        return;
    differences found;
    for (const kind& k : {settings_kind, config_kind}) {
        const bool settings = k.member == settings_kind.member;
        const js::object schemas = schemas_of(*description, k);
        BOOST_TEST(schemas.size() >= 171U);
        for (const auto& entry : schemas)
            if (!std::ranges::binary_search(connectors::names(), std::string_view(entry.key())))
                found.insert(std::string(entry.key()) + ": is missing in the library");
        for (const auto& test : tests) {
            const std::string name(test.name);
            const auto* described = schemas.if_contains(test.name);
            if (!described) {
                found.insert(name + ": is not described");
                continue;
            }
            const std::string path = name + '/' + std::string(k.member);
            const schema s(*described);
            (settings ? test.compare_settings : test.compare_config)(s, path, found);
            check_documents(test, k, s, found);
            check_required(test, k, s, found);
        }
    }
    report(found);
}

BOOST_AUTO_TEST_CASE(members_by_name)
{
    const auto list = parse_file(OPENINT_SHARED_DIR "/connectors-v1.json");
    if (!list)
        return;
    differences found;
    for (const auto& entry : list->as_object()) {
        const auto* const test =
            std::ranges::find(tests, std::string_view(entry.key()), &connector_test::name);
        if (test == std::end(tests)) {
            found.insert(std::string(entry.key()) + ": is missing in the library");
            continue;
        }
        // Every member that the list names is known to the class: it takes no value of any type.
        for (const kind& k : {settings_kind, config_kind})
            for (const auto& field :
                 entry.value().at(std::string(k.member) + "_fields").as_object()) {
                differences ignored;
                const js::value one = {{"type", "object"},
                                       {"properties", {{field.key(), js::object()}}}};
                (k.member == settings_kind.member ? test->compare_settings
                                                  : test->compare_config)(schema(one), "", ignored);
                if (ignored.contains('/' + std::string(field.key()) +
                                     ": is missing in the library"))
                    found.insert(std::string(entry.key()) + '/' + std::string(k.member) + '/' +
                                 std::string(field.key()) + ": is missing in the library");
            }
    }
    for (const auto& test : tests)
        if (!list->as_object().contains(test.name))
            found.insert(std::string(test.name) + ": is not in the list");
    report(found);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
