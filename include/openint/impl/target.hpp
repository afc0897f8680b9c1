// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_TARGET_HPP
#define OPENINT_IMPL_TARGET_HPP

#include <openint/enum_set.hpp>
#include <openint/http/target.hpp>
#include <openint/impl/query.hpp>
#include <openint/json/names.hpp>
#include <openint/view_list.hpp>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace openint::detail {

/// The target of an operation, built from views: path segments, then parameters by reflection.
/// The first argument that cannot be sent becomes the problem.
class target
{
public:
    explicit target(std::string_view base)
    {
        text_.reserve(128); // enough for nearly all: one allocation
        text_ = base;
    }

    target& path(std::string_view fixed)
    {
        text_ += fixed;
        return *this;
    }

    /// One path segment, encoded where RFC 3986 demands it and nowhere else.
    target& segment(const char* name, std::string_view value)
    {
        if (value.empty())
            invalid(name, "is empty");
        else if (value == "." || value == "..")
            invalid(name, "is a dot segment");
        else if (std::any_of(value.begin(), value.end(), [](char c) {
                     return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
                 }))
            invalid(name, "has control characters");
        else
            http::append_path_segment(text_, value);
        return *this;
    }

    /// Every described member that is set: true, a value, or a list joined by commas.
    template <class Parameters>
    target& parameters(const Parameters& values)
    {
        using members = boost::describe::describe_members<Parameters, boost::describe::mod_public>;
        boost::mp11::mp_for_each<members>(
            [&](auto member) { append(member.name, values.*member.pointer); });
        return *this;
    }

    /// The same without `limit` and `offset`.
    template <class Parameters>
    target& parameters_but_window(const Parameters& values)
    {
        using members = boost::describe::describe_members<Parameters, boost::describe::mod_public>;
        boost::mp11::mp_for_each<members>([&](auto member) {
            const std::string_view name = member.name;
            if (name != "limit" && name != "offset")
                append(member.name, values.*member.pointer);
        });
        return *this;
    }

    /// Adds a rendered query, in place of the parameters of its names.
    target& query(std::string_view rendered)
    {
        replace_parameters(text_, rendered);
        return *this;
    }

    std::string& text() noexcept { return text_; }
    std::string& problem() noexcept { return problem_; }

private:
    void invalid(const char* name, const char* why)
    {
        if (problem_.empty())
            problem_ = std::string("invalid argument: ") + name + " " + why;
    }

    void append(const char* name, bool value)
    {
        if (value) // the server takes any text for true, "false" included
            http::append_query(text_, name, "true");
    }

    void append(const char* name, std::string_view value)
    {
        if (!value.empty())
            http::append_query(text_, name, value);
    }

    void append(const char* name, std::integral auto value)
    {
        append(name, std::string_view(std::to_string(value)));
    }

    template <class E>
    requires std::is_enum_v<E>
    void append(const char* name, E value) { append(name, json::to_name(value)); }

    template <class T>
    void append(const char* name, const std::optional<T>& value)
    {
        if (value)
            append(name, *value);
    }

    template <class E>
    void append(const char* name, const enum_set<E>& values)
    {
        std::string list;
        for (const E value : values)
            list.append(list.empty() ? "" : ",").append(json::to_name(value));
        append(name, std::string_view(list));
    }

    void append(const char* name, const view_list<std::string_view>& values)
    {
        std::string list;
        for (const std::string_view value : values)
            list.append(list.empty() ? "" : ",").append(value);
        append(name, std::string_view(list));
    }

    std::string text_;
    std::string problem_;
};

} // namespace openint::detail

#endif
