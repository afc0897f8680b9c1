// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_SHAPE_HPP
#define OPENINT_TESTING_DETAIL_API_SHAPE_HPP

// What the settings and the configuration of each connector consist of. It is taken from the
// classes that the library reads them with, so that there is no second list to maintain.

#include <openint/connectors.hpp>
#include <openint/testing/detail/api/input.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <concepts>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace openint::testing::detail {

struct shape
{
    enum class kind : unsigned char
    {
        anything,
        boolean,
        number,
        text,
        choice, // one of some texts
        list,
        object
    };

    struct member
    {
        std::string_view name;
        bool required;
        const shape* type;
    };

    kind what = kind::anything;
    const shape* element = nullptr;          // of a list; null: anything
    std::vector<std::string_view> options{}; // of a choice
    std::vector<member> members{};           // of an object; none: anything
};

template <class T>
const shape& shape_of();

template <class T>
struct shape_maker
{
    static shape make()
    {
        if constexpr (std::same_as<T, bool>)
            return {.what = shape::kind::boolean};
        else if constexpr (std::is_arithmetic_v<T>)
            return {.what = shape::kind::number};
        else if constexpr (std::same_as<T, std::string> || std::same_as<T, secret> ||
                           std::same_as<T, timestamp>)
            return {.what = shape::kind::text};
        else if constexpr (std::same_as<T, boost::json::object> || std::same_as<T, secret_json>)
            return {.what = shape::kind::object};
        else if constexpr (std::same_as<T, boost::json::array>)
            return {.what = shape::kind::list};
        else if constexpr (json::described_class<T>)
            return of_class();
        else
            return {}; // variants, too
    }

private:
    static shape of_class()
    {
        namespace mp = boost::mp11;
        shape out{.what = shape::kind::object};
        mp::mp_for_each<json::detail::named_members<T>>([&]<class D>(D) {
            using type = json::detail::member_type<T, D>;
            out.members.push_back({json::detail::wire_name<T>(D::name),
                                   !json::detail::reads_null<type>, &shape_of<type>()});
        });
        return out;
    }
};

template <class T>
struct shape_maker<std::optional<T>> : shape_maker<T>
{};

template <class T>
struct shape_maker<std::vector<T>>
{
    static shape make() { return {.what = shape::kind::list, .element = &shape_of<T>()}; }
};

template <class E>
struct shape_maker<open_enum<E>>
{
    static shape make()
    {
        shape out{.what = shape::kind::choice};
        for (const auto& e : json::detail::enumerators<E>)
            out.options.push_back(e.name);
        return out;
    }
};

template <class T>
const shape& shape_of()
{
    static const shape made = shape_maker<T>::make();
    return made;
}

struct connector_shapes
{
    std::string_view connector;
    const shape& (*settings)();
    const shape& (*config)();
};

// Of a connector that is in the list.
inline const connector_shapes& shapes_of(std::string_view connector)
{
    namespace settings = connectors::settings;
    namespace config = connectors::config;
    static constexpr connector_shapes all[] = {
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type)                              \
    {wire_name, &shape_of<settings::settings_type>, &shape_of<config::config_type>},
#include <openint/connectors/list.inc>
    };
    return *std::find_if(std::begin(all), std::end(all),
                         [&](const connector_shapes& s) { return s.connector == connector; });
}

// What the real server calls it.
inline std::string type_name(const input& in, const shape& s)
{
    switch (s.what) {
    case shape::kind::boolean:
        return "boolean";
    case shape::kind::number:
        return "number";
    case shape::kind::text:
        return "string";
    case shape::kind::choice:
        return in.quoted(s.options);
    case shape::kind::list:
        return "array";
    default:
        return "object";
    }
}

// Says what of a value is not as it should be. Whether a member that need not be there can be null
// depends on the connector.
inline void check_shape(input& in, const shape& s, const boost::json::value& given, bool nullable,
                        const boost::json::array& path)
{
    if (s.what == shape::kind::anything)
        return;
    const std::string expected = type_name(in, s);
    const std::string_view found = in.type_name(given.kind());
    if (found != (s.what == shape::kind::choice ? "string" : expected))
        return in.wrong_type(path, expected, found);
    if (s.what == shape::kind::choice)
        return in.one_of(given.get_string(), s.options, path);
    const auto inside = [&](auto step) {
        boost::json::array out = path;
        out.emplace_back(step);
        return out;
    };
    if (s.what == shape::kind::list && s.element)
        for (std::size_t i = 0; i < given.get_array().size(); ++i)
            check_shape(in, *s.element, given.get_array()[i], nullable, inside(i));
    for (const shape::member& m : s.members) {
        const boost::json::value* v = given.get_object().if_contains(m.name);
        if (v && !(v->is_null() && !m.required && nullable))
            check_shape(in, *m.type, *v, nullable, inside(m.name));
        else if (!v && m.required && m.type->what != shape::kind::anything)
            in.required(inside(m.name), type_name(in, *m.type));
    }
}

// Without the members that the shape does not know.
inline boost::json::value known_members(const shape& s, const boost::json::value& given)
{
    if (const auto* items = given.if_array(); items && s.element) {
        boost::json::array out;
        for (const auto& item : *items)
            out.push_back(known_members(*s.element, item));
        return out;
    }
    const auto* object = given.if_object();
    if (!object || s.members.empty())
        return given;
    boost::json::object out;
    for (const auto& [name, value] : *object) {
        const auto known =
            std::find_if(s.members.begin(), s.members.end(),
                         [&, n = std::string_view(name)](const auto& m) { return m.name == n; });
        if (known != s.members.end())
            out.emplace(name, known_members(*known->type, value));
    }
    return out;
}

} // namespace openint::testing::detail

#endif
