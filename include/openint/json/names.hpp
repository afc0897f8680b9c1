// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_NAMES_HPP
#define OPENINT_JSON_NAMES_HPP

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

/// \file
/// The names that members and enumerators have in JSON.
///
/// A Describe'd member or enumerator is called in JSON what it is called in C++, less one trailing
/// underscore (`auto_` is "auto"). For names that C++ cannot spell, put a function beside the type:
///
/// \code
/// constexpr std::string_view json_name(const headers*, std::string_view member)
/// {
///     return member == "content_type" ? "content-type" : "";   // empty: the rule above
/// }
/// \endcode
///
/// It is found by argument-dependent lookup, for enumerations too, and holds for derived classes.

namespace openint::json {
namespace detail {

void json_name(); // so that the unqualified call below is looked up by its argument

template <class T>
constexpr std::string_view wire_name(std::string_view name)
{
    if constexpr (requires { std::string_view{json_name(static_cast<const T*>(nullptr), name)}; }) {
        const std::string_view chosen = json_name(static_cast<const T*>(nullptr), name);
        if (!chosen.empty())
            return chosen;
    }
    if (name.size() > 1 && name.back() == '_')
        name.remove_suffix(1);
    return name;
}

template <class E>
struct enumerator
{
    E value;
    std::string_view name;
};

template <class E, class... D>
constexpr auto make_enumerators(boost::mp11::mp_list<D...>)
{
    return std::array<enumerator<E>, sizeof...(D)>{{{D::value, wire_name<E>(D::name)}...}};
}

template <class E>
inline constexpr auto enumerators = make_enumerators<E>(
    boost::mp11::mp_rename<boost::describe::describe_enumerators<E>, boost::mp11::mp_list>{});

} // namespace detail

/// An enumeration described with `BOOST_DESCRIBE_ENUM` or `BOOST_DEFINE_ENUM_CLASS`.
template <class E>
concept described_enum = std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value;

/// What a Describe'd enumerator is called in JSON; empty if `value` is none of the enumerators.
template <described_enum E>
constexpr std::string_view to_name(E value) noexcept
{
    for (const auto& e : detail::enumerators<E>)
        if (e.value == value)
            return e.name;
    return {};
}

/// Finds the enumerator that is called `name` in JSON; false, and `value` untouched, if there is
/// none.
template <described_enum E>
constexpr bool from_name(std::string_view name, E& value) noexcept
{
    for (const auto& e : detail::enumerators<E>)
        if (e.name == name) {
            value = e.value;
            return true;
        }
    return false;
}

} // namespace openint::json

#endif
