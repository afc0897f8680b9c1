// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_FREE_FORM_HPP
#define OPENINT_JSON_FREE_FORM_HPP

#include <openint/json/codec.hpp>
#include <openint/json/detail/engine.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

/// \file
/// Boost.JSON's types: whatever JSON there is. See <openint/json/standard.hpp>.

namespace openint::json {
namespace detail {

/// Boost.JSON's types.
template <class T>
struct free_form_codec
{
    static const char* parse(reader& in, const char* p, T& value)
    {
        return engine::value(in, p, value);
    }
    static void write(writer& out, const T& value) { out.value(value); }
};

} // namespace detail

template <>
struct codec<boost::json::value> : detail::free_form_codec<boost::json::value>
{
    static constexpr bool reads_null = true;
    static bool absent(const boost::json::value& value) { return value.is_null(); }
};

template <>
struct codec<boost::json::array> : detail::free_form_codec<boost::json::array>
{};

template <>
struct codec<boost::json::object> : detail::free_form_codec<boost::json::object>
{
    static boost::json::object& extra(boost::json::object& value) { return value; }
    static const boost::json::object& extra(const boost::json::object& value) { return value; }
};

} // namespace openint::json

#endif
