// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_MODELS_HPP
#define OPENINT_TESTS_SUPPORT_MODELS_HPP

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace models {

// Members of a connection that are structs of ours, wherever they occur.
inline bool is_typed(std::string_view member)
{
    constexpr std::array<std::string_view, 7> names = {
        "settings", "oauth", "credentials", "connector", "schemas", "scopes", "integration"};
    return std::find(names.begin(), names.end(), member) != names.end();
}

// The document in a form that can be compared: without null members, and with numbers as doubles.
// What is free-form (metadata, raw, one schema) is untouched.
inline boost::json::value normal(const boost::json::value& value)
{
    if (const auto* array = value.if_array()) {
        boost::json::array out;
        for (const auto& element : *array)
            out.push_back(normal(element));
        return out;
    }
    if (value.is_number())
        return value.to_number<double>();
    const auto* object = value.if_object();
    if (!object)
        return value;
    boost::json::object out;
    for (const auto& member : *object)
        if (const auto& v = member.value(); !v.is_null())
            out.emplace(member.key(), is_typed(member.key()) || v.is_number() ? normal(v) : v);
    return out;
}

// The same for a document in which nothing is kept as it is: without any null member.
inline boost::json::value without_null(const boost::json::value& value)
{
    if (value.is_number())
        return value.to_number<double>();
    if (const auto* array = value.if_array()) {
        boost::json::array out;
        for (const auto& element : *array)
            out.push_back(without_null(element));
        return out;
    }
    const auto* object = value.if_object();
    if (!object)
        return value;
    boost::json::object out;
    for (const auto& member : *object)
        if (!member.value().is_null())
            out.emplace(member.key(), without_null(member.value()));
    return out;
}

} // namespace models

#endif
