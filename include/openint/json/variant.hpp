// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_VARIANT_HPP
#define OPENINT_JSON_VARIANT_HPP

#include <openint/json/codec.hpp>
#include <openint/json/describe.hpp>
#include <openint/json/detail/engine.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace openint::json {

/// Says that the alternatives of a variant, all of them objects, are told apart by the text of one
/// of their members. Specialise it:
///
/// \code
/// template <>
/// struct openint::json::variant_tag<std::variant<circle, square>>
/// {
///     static constexpr std::string_view member = "type";
///     // in the order of the variant's alternatives
///     static constexpr std::string_view names[] = {"circle", "square"};
/// };
/// \endcode
///
/// Reading fails if the member is missing or has another text; if it comes twice, the first one
/// counts. What stands in front of it is read twice. Writing puts it first, unless the alternative
/// has such a member itself; it never is a part of the alternative's `extra`.
///
/// For variants without a tag, the first alternative counts that can be read without a failure;
/// where such variants contain each other, what is read in vain is bounded (`errc::ambiguous`). A
/// class accepts every object that has what it requires (<openint/json/members.hpp>): one that
/// requires nothing should come last, and a second one will not be reached.
/// `std::monostate` is null.
template <class Variant>
struct variant_tag;

template <>
struct codec<std::monostate>
{
    static constexpr bool reads_null = true;
    static const char* parse(reader& in, const char* p, std::monostate&)
    {
        return detail::engine::null(in, p);
    }
    static void write(writer& out, std::monostate) { out.null(); }
    static bool absent(std::monostate) { return true; }
};

template <class... T>
struct codec<std::variant<T...>>
{
    using variant = std::variant<T...>;

    static constexpr bool tagged = requires { variant_tag<variant>::member; };
    static constexpr bool reads_null = (detail::reads_null<T> || ...);
    static constexpr bool refuses_null = !(detail::null_is_default<T> || ...);

    static const char* parse(reader& in, const char* p, variant& value) requires(readable<T>&&...)
    {
        if constexpr (tagged)
            return by_tag(in, p, value, std::index_sequence_for<T...>{});
        else
            return first_that_fits(in, p, value, std::index_sequence_for<T...>{});
    }

    static void write(writer& out, const variant& value) requires(writable<T>&&...)
    {
        std::visit([&](const auto& item) { write_item(out, item, value.index()); }, value);
    }

    static bool absent(const variant& value)
    {
        return std::visit([](const auto& item) { return detail::is_absent(item); }, value);
    }

private:
    template <std::size_t... I>
    static const char* by_tag(reader& in, const char* p, variant& value, std::index_sequence<I...>)
    {
        using tag = variant_tag<variant>;
        static_assert(std::size(tag::names) == sizeof...(T), "one name for each alternative");
        std::string_view text;
        const char* const place = detail::engine::peek_member(in, p, tag::member, text);
        if (place == nullptr)
            return nullptr;
        const char* end = nullptr;
        const bool known = ((text == tag::names[I] &&
                             (end = read_item(in, p, value.template emplace<I>()), true)) ||
                            ...);
        if (known)
            return end;
        std::string names;
        for (const std::string_view name : tag::names)
            names.append(names.empty() ? "\"" : ", \"").append(name) += '"';
        detail::engine::fail(in, p, errc::mismatch,
                             std::string(tag::member) + " to be one of " + names, "another");
        return detail::engine::had_read(in, place);
    }

    // The tag says which alternative it is and needs no place in it.
    template <class Item>
    static const char* read_item(reader& in, const char* p, Item& item)
    {
        p = detail::read_value(in, p, item);
        if constexpr (described_class<Item>)
            if constexpr (!boost::mp11::mp_empty<detail::extra_members<Item>>::value)
                detail::reader_of<Item>.extra(&item)->erase(variant_tag<variant>::member);
        return p;
    }

    template <std::size_t... I>
    static const char* first_that_fits(reader& in, const char* p, variant& value,
                                       std::index_sequence<I...>)
    {
        const detail::engine::attempt start = detail::engine::begin(in, p);
        const char* end = nullptr;
        bool retry = true;
        (void)(((end = detail::read_value(in, p, value.template emplace<I>())) != nullptr ||
                !(retry = detail::engine::retry(in, start))) ||
               ...);
        if (end != nullptr || !retry)
            return end;
        return detail::engine::mismatch(in, p, "one of the alternatives");
    }

    template <class Item>
    static void write_item(writer& out, const Item& item, std::size_t index)
    {
        if constexpr (tagged) {
            using tag = variant_tag<variant>;
            static_assert(described_class<Item>, "alternatives with a tag are Describe'd classes");
            const detail::class_writer& type = detail::writer_of<Item>;
            if (type.keys.find(tag::member) == type.keys.size)
                return type.write(out, &item, tag::member, tag::names[index]);
        }
        out.write(item);
    }
};

} // namespace openint::json

#endif
