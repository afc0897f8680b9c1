// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DESCRIBE_HPP
#define OPENINT_JSON_DESCRIBE_HPP

#include <openint/json/codec.hpp>
#include <openint/json/detail/class_tables.hpp>
#include <openint/json/detail/engine.hpp>
#include <openint/json/members.hpp>
#include <openint/json/names.hpp>

#include <boost/describe/bases.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/members.hpp>

#include <string>
#include <string_view>
#include <type_traits>

/// \file
/// Classes described with `BOOST_DESCRIBE_STRUCT`, inherited members included, and enumerations
/// described with `BOOST_DESCRIBE_ENUM`.
///
/// A class is a JSON object. Members that are absent or null keep their default, unless the class
/// says otherwise (<openint/json/members.hpp>); of members that come twice the last one counts.
/// Null is no object: null elements of arrays and null values of maps are refused. A public member
/// that is called `extra`, of type `boost::json::object`, takes the members that the class does not
/// know, and gives them back when it is written; without it they are skipped. Of what is not known,
/// nothing but its syntax matters: a number beyond the range of double, or half of a surrogate
/// pair, does no harm, and leaves a null in `extra`. A class can have up to 254 members; names come
/// from <openint/json/names.hpp>.

namespace openint::json {

/// A class that can be mapped by its description.
template <class T>
concept described_class = std::is_class_v<T> && boost::describe::has_describe_members<T>::value &&
    boost::describe::has_describe_bases<T>::value && !std::is_union_v<T>;

template <described_class T>
struct codec<T>
{
    static constexpr bool refuses_null = true;

    static const char* parse(reader& in, const char* p, T& value)
    {
        return detail::engine::class_object(in, p, &value, detail::reader_of<T>);
    }

    static void write(writer& out, const T& value) { detail::writer_of<T>.write(out, &value); }
};

template <described_enum E>
struct codec<E>
{
    static bool read(reader& in, E& value)
    {
        std::string_view name;
        return in.string(name) && (from_name(name, value) || in.fail(expected()));
    }

    static void write(writer& out, const E& value)
    {
        const std::string_view name = to_name(value);
        if (name.empty())
            out.fail(errc::mismatch, expected(), "another value");
        else
            out.string(name);
    }

    static std::string expected()
    {
        std::string names;
        for (const auto& e : detail::enumerators<E>)
            names.append(names.empty() ? "\"" : ", \"").append(e.name) += '"';
        return "one of " + names;
    }
};

} // namespace openint::json

#endif
