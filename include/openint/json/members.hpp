// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_MEMBERS_HPP
#define OPENINT_JSON_MEMBERS_HPP

#include <string_view>

/// \file
/// What a class says about its members beside its description.
///
/// \code
/// struct account { std::string id; std::optional<int> rank; };
/// BOOST_DESCRIBE_STRUCT(account, (), (id, rank))
///
/// constexpr auto json_required(const account*) { return std::array{"id"}; }
/// constexpr auto json_lenient(const account*) { return std::array{"rank"}; }
/// \endcode
///
/// - `json_required`: an object without these members, or with null for one of them, is refused
///   (`errc::missing`: `/id: missing`). Otherwise they would keep their default.
/// - `json_lenient`: where such a member is of another type, or out of range, it keeps its default
///   as if it were absent. Otherwise the object is refused.
///
/// Each is optional, and is a function beside the class that returns the names of members as C++
/// has them; one that is no member's does not compile. They are found by argument-dependent lookup,
/// and hold for derived classes that have none of their own.

namespace openint::json::detail {

void json_required(); // so that the unqualified calls below are looked up by their argument
void json_lenient();

template <class Names>
constexpr bool has_name(const Names& names, std::string_view member)
{
    for (const std::string_view name : names)
        if (name == member)
            return true;
    return false;
}

template <class T>
constexpr bool is_required(std::string_view member)
{
    if constexpr (requires { json_required(static_cast<const T*>(nullptr)); })
        return has_name(json_required(static_cast<const T*>(nullptr)), member);
    else
        return false;
}

template <class T>
constexpr bool is_lenient(std::string_view member)
{
    if constexpr (requires { json_lenient(static_cast<const T*>(nullptr)); })
        return has_name(json_lenient(static_cast<const T*>(nullptr)), member);
    else
        return false;
}

/// Whether both functions name none but `members`.
template <class T, class Members>
constexpr bool names_members(const Members& members)
{
    bool all = true;
    if constexpr (requires { json_required(static_cast<const T*>(nullptr)); })
        for (const std::string_view name : json_required(static_cast<const T*>(nullptr)))
            all = all && has_name(members, name);
    if constexpr (requires { json_lenient(static_cast<const T*>(nullptr)); })
        for (const std::string_view name : json_lenient(static_cast<const T*>(nullptr)))
            all = all && has_name(members, name);
    return all;
}

} // namespace openint::json::detail

#endif
