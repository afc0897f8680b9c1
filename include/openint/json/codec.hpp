// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_CODEC_HPP
#define OPENINT_JSON_CODEC_HPP

#include <openint/json/detail/engine.hpp>
#include <openint/json/reader.hpp>
#include <openint/json/writer.hpp>

#include <string_view>
#include <type_traits>

namespace openint::json {

/// How a type is written in JSON, for types that are neither Describe'd nor known to the library.
/// Specialise it:
///
/// \code
/// template <>
/// struct openint::json::codec<color>
/// {
///     static bool read(reader& in, color& value)        // consumes exactly one value
///     {
///         std::string_view text;
///         return in.string(text) && (value.parse(text) || in.fail("a color like #aabbcc"));
///     }
///     static void write(writer& out, const color& value) { out.string(value.text()); }
/// };
/// \endcode
///
/// `value` is as its class makes it, or what an earlier member of the same name has left; either
/// way all of it must be overwritten, as `in.read` does with parts of it. A JSON null is not shown
/// to a codec: a member that is null keeps its default, as if it were absent. These members of a
/// codec are optional:
///
/// - `static constexpr bool reads_null = true;` shows it null.
/// - `static constexpr bool refuses_null = true;` refuses null where there is no member that could
///   be absent: as an element of an array and as a value of a map, which otherwise have the default
///   of their type.
/// - `static constexpr bool from_text = true;` says that a T is made by `T(std::string_view)` from
///   any JSON string; `read` can then be left out. Without effect if the codec reads null.
/// - `static bool absent(const T& value);` says that a member is left out when its class is
///   written.
/// - `static boost::json::object& extra(T& value);` and the same for `const` make a member that is
///   called `extra` collect the members that its class does not know. If the codec also has
///   `static constexpr bool is_secret = true;` they are redacted as a whole when the class is
///   written.
template <class T>
struct codec;

namespace detail {

template <class T>
concept fast_codec = requires(reader& in, const char* p, T& value)
{
    codec<T>::parse(in, p, value);
};

template <class T>
inline constexpr bool reads_null = requires
{
    requires codec<T>::reads_null;
};

/// Whether a null element of an array or value of a map is a T as T is by default.
template <class T>
inline constexpr bool null_is_default = !reads_null<T> && !requires
{
    requires codec<T>::refuses_null;
};

/// Made from the text of any JSON string, and so in place.
template <class T>
concept made_from_text = !reads_null<T> && requires
{
    requires codec<T>::from_text;
};

} // namespace detail

/// A type that can be read: one with a codec, and thereby all that the library knows.
template <class T>
concept readable = detail::fast_codec<T> || detail::made_from_text<T> ||
    requires(reader& in, T& value)
{
    codec<T>::read(in, value);
};

/// A type that can be written.
template <class T>
concept writable = requires(writer& out, const T& value)
{
    codec<T>::write(out, value);
};

namespace detail {

/// Can be given the text of a string after that has been read.
template <class T>
concept takes_text = requires(T& value, std::string_view text)
{
    codec<T>::take(value, text);
}
|| made_from_text<T>;

template <class T>
void take_text(T& value, std::string_view text)
{
    if constexpr (requires { codec<T>::take(value, text); })
        codec<T>::take(value, text);
    else
        value = T(text);
}

template <class T>
[[gnu::noinline]] const char* read_value(reader& in, const char* p, T& value)
{
    static_assert(readable<T>,
                  "this type cannot be read from JSON: describe it with Boost.Describe, "
                  "or specialise openint::json::codec for it");
    if constexpr (fast_codec<T>) {
        return codec<T>::parse(in, p, value);
    } else if constexpr (requires { codec<T>::read(in, value); }) {
        return engine::call_codec(in, p, [&] { return codec<T>::read(in, value); });
    } else if constexpr (made_from_text<T>) {
        std::string_view text;
        p = engine::string(in, p, text);
        if (p != nullptr)
            value = T(text);
        return p;
    }
}

/// The same for a new value, which `make` makes.
template <class T, class F>
const char* read_new(reader& in, const char* p, F make)
{
    if constexpr (made_from_text<T>) {
        std::string_view text;
        p = engine::string(in, p, text);
        if (p != nullptr)
            make(text);
        return p;
    } else {
        return read_value<T>(in, p, make());
    }
}

/// An element, or a value of a map: null leaves it as it is, unless the type says otherwise.
template <class T>
const char* read_or_null(reader& in, const char* p, T& value)
{
    if constexpr (null_is_default<T>)
        if (*p == 'n')
            return engine::null(in, p);
    return read_value(in, p, value);
}

template <class T>
bool is_absent(const T& value)
{
    if constexpr (requires { codec<T>::absent(value); })
        return codec<T>::absent(value);
    else
        return false;
}

} // namespace detail

template <class T>
void writer::write(const T& value)
{
    static_assert(writable<T>,
                  "this type cannot be written as JSON: describe it with Boost.Describe, "
                  "or specialise openint::json::codec for it");
    if constexpr (writable<T>)
        codec<T>::write(*this, value);
}

} // namespace openint::json

#endif
