// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_SCALARS_HPP
#define OPENINT_JSON_SCALARS_HPP

#include <openint/json/codec.hpp>
#include <openint/json/detail/engine.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

/// \file
/// Booleans, numbers and texts. See <openint/json/standard.hpp>.

namespace openint::json {
namespace detail {

template <class T>
concept integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t> && sizeof(T) <= 8;

/// Types that can only be written.
struct text_codec
{
    static void write(writer& out, std::string_view value) { out.string(value); }
};

} // namespace detail

template <>
struct codec<bool>
{
    static const char* parse(reader& in, const char* p, bool& value)
    {
        return detail::engine::boolean(in, p, value);
    }
    static void write(writer& out, bool value) { out.boolean(value); }
};

template <detail::integer T>
struct codec<T>
{
    static const char* parse(reader& in, const char* p, T& value)
    {
        using limits = std::numeric_limits<T>;
        if constexpr (std::signed_integral<T>) {
            std::int64_t wide = 0;
            p = detail::engine::integer(in, p, wide, (limits::min)(), (limits::max)());
            value = static_cast<T>(wide);
        } else {
            std::uint64_t wide = 0;
            p = detail::engine::integer(in, p, wide, (limits::max)());
            value = static_cast<T>(wide);
        }
        return p;
    }

    static void write(writer& out, T value)
    {
        if constexpr (std::signed_integral<T>)
            out.number(std::int64_t{value});
        else
            out.number(std::uint64_t{value});
    }
};

template <class T>
requires std::same_as<T, double> || std::same_as<T, float>
struct codec<T>
{
    static const char* parse(reader& in, const char* p, T& value)
    {
        return detail::engine::floating(in, p, value);
    }
    static void write(writer& out, T value) { out.number(value); }
};

template <>
struct codec<std::string>
{
    static constexpr bool from_text = true;

    static const char* parse(reader& in, const char* p, std::string& value)
    {
        return detail::engine::string(in, p, value);
    }
    static void take(std::string& value, std::string_view text)
    {
        value.clear(); // to append takes less than to assign
        value.append(text);
    }
    static void write(writer& out, const std::string& value) { out.string(value); }
};

template <>
struct codec<std::string_view> : detail::text_codec
{};

template <>
struct codec<const char*> : detail::text_codec
{};

template <std::size_t N>
struct codec<char[N]> : detail::text_codec // a literal
{};

} // namespace openint::json

#endif
