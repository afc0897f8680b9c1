// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_CONTAINERS_HPP
#define OPENINT_JSON_CONTAINERS_HPP

#include <openint/json/codec.hpp>
#include <openint/json/detail/engine.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// \file
/// What may be there or not, arrays and maps. See <openint/json/standard.hpp>.

namespace openint::json {
namespace detail {

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

} // namespace detail

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

} // namespace openint::json

#endif
