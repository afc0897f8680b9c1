// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_STANDARD_HPP
#define OPENINT_JSON_STANDARD_HPP

#include <openint/json/codec.hpp>
#include <openint/json/detail/engine.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// How the types of the standard library and of Boost.JSON are written in JSON.
///
/// | C++ | JSON |
/// |---|---|
/// | `bool` | boolean |
/// | integers of up to 64 bits | a number that is an integer (`5.0` and `1e2`, too), in range |
/// | `float`, `double` | any number in range, correctly rounded |
/// | `std::string` | string |
/// | `std::string_view`, `const char*` | string; can only be written |
/// | `std::optional<T>`, `std::unique_ptr<T>` | T or null; a member without a value is left out |
/// | `std::vector<T>` | array |
/// | `std::array<T, N>` | array of N elements |
/// | `std::map<std::string, T>`, `std::unordered_map<std::string, T>` | object |
/// | `boost::json::value` | anything; a member that is null is left out |
/// | `boost::json::object`, `boost::json::array` | object, array |
///
/// "Left out" is what happens when a class is written. Null elements of arrays and null values of
/// maps have the default of their type, unless that is a class: null is no object.

namespace openint::json {
namespace detail {

template <class T>
concept integer = std::integral<T> && !std::same_as<T, bool> && !std::same_as<T, char> &&
                  !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> &&
                  !std::same_as<T, char16_t> && !std::same_as<T, char32_t> && sizeof(T) <= 8;

/// Maps whose keys are strings.
template <class M>
struct map_codec
{
    using mapped = typename M::mapped_type;

    static const char* parse(reader& in, const char* p, M& value) requires readable<mapped>
    {
        value.clear();
        return engine::map(in, p, &value, &insert);
    }

    static const char* insert(reader& in, const char* p, void* into, std::string_view key)
    {
        if (!engine::take(in, p, sizeof(typename M::value_type)))
            return nullptr;
        const auto [at, fresh] = static_cast<M*>(into)->try_emplace(std::string(key));
        if (!fresh)
            at->second = mapped{};
        return read_or_null(in, p, at->second);
    }

    static void write(writer& out, const M& value) requires writable<mapped>
    {
        out.begin_object();
        for (const auto& [key, item] : value) {
            out.key(key);
            out.write(item);
        }
        out.end_object();
    }
};

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

template <class T>
struct codec<std::optional<T>>
{
    static constexpr bool reads_null = true;

    static const char* parse(reader& in, const char* p,
                             std::optional<T>& value) requires readable<T>
    {
        if (*p == 'n') {
            value.reset();
            return detail::engine::null(in, p);
        }
        return detail::read_new<T>(in, p,
                                   [&](auto&&... text) -> T& { return value.emplace(text...); });
    }

    static void take(std::optional<T>& value,
                     std::string_view text) requires detail::made_from_text<T>
    {
        if (text.data() != nullptr)
            value.emplace(text);
        else
            value.reset();
    }

    static void write(writer& out, const std::optional<T>& value) requires writable<T>
    {
        if (value)
            out.write(*value);
        else
            out.null();
    }

    static bool absent(const std::optional<T>& value) { return !value; }
};

template <class T>
struct codec<std::unique_ptr<T>>
{
    static constexpr bool reads_null = true;

    static const char* parse(reader& in, const char* p,
                             std::unique_ptr<T>& value) requires readable<T>
    {
        value.reset();
        if (*p == 'n')
            return detail::engine::null(in, p);
        if (!detail::engine::take(in, p, sizeof(T)))
            return nullptr;
        value.reset(new T());
        return detail::read_value(in, p, *value);
    }

    static void write(writer& out, const std::unique_ptr<T>& value) requires writable<T>
    {
        if (value)
            out.write(*value);
        else
            out.null();
    }

    static bool absent(const std::unique_ptr<T>& value) { return !value; }
};

template <class T, class A>
struct codec<std::vector<T, A>>
{
    static const char* parse(reader& in, const char* p,
                             std::vector<T, A>& value) requires readable<T>
    {
        value.clear();
        return detail::engine::array(in, p, &value, &append);
    }

    static const char* append(reader& in, const char* p, void* into)
    {
        auto& value = *static_cast<std::vector<T, A>*>(into);
        if constexpr (std::same_as<T, bool>) {
            bool item = false;
            p = detail::read_or_null(in, p, item);
            value.push_back(item);
            return p;
        } else {
            if (value.size() == value.capacity()) {
                const std::size_t room = detail::engine::room(in, p, into, value.size(), sizeof(T));
                if (room == 0)
                    return nullptr;
                value.reserve(room);
            }
            if (*p == 'n' && detail::null_is_default<T>) {
                value.emplace_back();
                return detail::engine::null(in, p);
            }
            return detail::read_new<T>(
                in, p, [&](auto&&... text) -> T& { return value.emplace_back(text...); });
        }
    }

    static void write(writer& out, const std::vector<T, A>& value) requires writable<T>
    {
        out.begin_array();
        for (const auto& item : value) {
            out.element();
            out.write(static_cast<const T&>(item));
        }
        out.end_array();
    }
};

template <class T, std::size_t N>
struct codec<std::array<T, N>>
{
    static const char* parse(reader& in, const char* p,
                             std::array<T, N>& value) requires readable<T>
    {
        const char* const start = p;
        target to{value.data(), 0};
        p = detail::engine::array(in, p, &to, &fill);
        if (p == nullptr || to.count == N)
            return p;
        detail::engine::fail(in, start, errc::mismatch, expected(), "a shorter array");
        return detail::engine::had_read(in, p);
    }

    static const char* fill(reader& in, const char* p, void* into)
    {
        auto& to = *static_cast<target*>(into);
        if (to.count == N)
            return detail::engine::fail(in, p, errc::mismatch, expected(), "another element");
        T& item = to.items[to.count++];
        item = T{};
        return detail::read_or_null(in, p, item);
    }

    static void write(writer& out, const std::array<T, N>& value) requires writable<T>
    {
        out.begin_array();
        for (const T& item : value) {
            out.element();
            out.write(item);
        }
        out.end_array();
    }

    struct target
    {
        T* items;
        std::size_t count;
    };

    static std::string expected() { return "array of " + std::to_string(N) + " elements"; }
};

template <class T, class C, class A>
struct codec<std::map<std::string, T, C, A>> : detail::map_codec<std::map<std::string, T, C, A>>
{};

template <class T, class H, class E, class A>
struct codec<std::unordered_map<std::string, T, H, E, A>>
    : detail::map_codec<std::unordered_map<std::string, T, H, E, A>>
{};

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
