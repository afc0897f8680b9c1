// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_HPP
#define OPENINT_JSON_HPP

#include <openint/json/codec.hpp>
#include <openint/json/describe.hpp>
#include <openint/json/error.hpp>
#include <openint/json/members.hpp>
#include <openint/json/names.hpp>
#include <openint/json/raw.hpp>
#include <openint/json/reader.hpp>
#include <openint/json/standard.hpp>
#include <openint/json/variant.hpp>
#include <openint/json/writer.hpp>

#include <string>
#include <string_view>

/// \file
/// JSON texts to C++ objects and back, without a document in between.
///
/// \code
/// struct user { std::string name; std::optional<int> age; std::vector<std::string> tags; };
/// BOOST_DESCRIBE_STRUCT(user, (), (name, age, tags))
///
/// auto u = openint::json::read<user>(R"({"name": "Ada", "tags": ["a", "b"]})");
/// std::string text = openint::json::write(u, {.pretty = true});
/// \endcode
///
/// Which types can be mapped say <openint/json/standard.hpp>, <openint/json/describe.hpp> and
/// <openint/json/variant.hpp>; how others are, <openint/json/codec.hpp>.

namespace openint::json {

/// Reads `text`, all of it, as a T, which must be default constructible. Throws `json::error`,
/// which names the place and the two types. Nothing in the result refers to `text`.
template <class T>
T read(std::string_view text, const read_options& options = {})
{
    T value{};
    reader in{text, options};
    if (!in.document(value, true))
        throw_exception_from_error(in.error(), BOOST_CURRENT_LOCATION);
    return value;
}

/// The same, but what is wrong is a part of the result.
template <class T>
result<T> try_read(std::string_view text, const read_options& options = {})
{
    result<T> value{boost::system::in_place_value};
    reader in{text, options};
    if (!in.document(*value, true))
        value = in.error();
    return value;
}

/// Reads into an object that exists; what it held before is lost, as if it were new. After a
/// failure it holds something that can be destroyed, assigned or read into. The code is `errc`;
/// `info` is assigned only after a failure. Throws nothing of its own.
template <class T>
boost::system::error_code read_into(T& value, std::string_view text, error_info& info,
                                    const read_options& options = {})
{
    reader in{text, options};
    if (in.document(value))
        return {};
    info = in.error();
    return info.code;
}

/// Writes `value`. Throws `json::error` if a string in it is not UTF-8, or a number is not finite.
template <class T>
std::string write(const T& value, const write_options& options = {})
{
    std::string text;
    writer out{text, options};
    out.write(value);
    if (!out.ok())
        throw_exception_from_error(out.error(), BOOST_CURRENT_LOCATION);
    return text;
}

/// The same, but what is wrong is a part of the result.
template <class T>
result<std::string> try_write(const T& value, const write_options& options = {})
{
    result<std::string> text{boost::system::in_place_value};
    writer out{*text, options};
    out.write(value);
    if (!out.ok())
        text = error_info(out.error());
    return text;
}

template <class T>
T raw_json::as(const read_options& options) const
{
    return json::read<T>(text(), options);
}

} // namespace openint::json

#endif
