// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_CLASS_TABLES_HPP
#define OPENINT_JSON_DETAIL_CLASS_TABLES_HPP

// From the description of a class to the tables by which it is read and written: first its members
// and their names, then the table of readers, at last that of writers.

#include <openint/json/codec.hpp>
#include <openint/json/detail/class_writer.hpp>
#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/keys.hpp>
#include <openint/json/members.hpp>
#include <openint/json/names.hpp>

#include <boost/describe/members.hpp>
#include <boost/json/object.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace openint::json::detail {

/// A type that can collect unknown members.
template <class T>
concept collecting = requires(T& value, const T& constant)
{
    codec<T>::extra(value);
    codec<T>::extra(constant);
};

template <class T, class D>
using member_type = std::remove_reference_t<decltype(std::declval<T&>().*D::pointer)>;

template <class T>
struct is_extra
{
    template <class D>
    using fn =
        std::bool_constant<std::string_view{D::name} == "extra" && collecting<member_type<T, D>>>;
};

template <class T>
using all_members =
    boost::mp11::mp_rename<boost::describe::describe_members<T, boost::describe::mod_public |
                                                                    boost::describe::mod_inherited>,
                           boost::mp11::mp_list>;

template <class T>
using named_members = boost::mp11::mp_remove_if_q<all_members<T>, is_extra<T>>;

template <class T>
using extra_members = boost::mp11::mp_copy_if_q<all_members<T>, is_extra<T>>;

template <class T, class... D>
constexpr auto make_names(boost::mp11::mp_list<D...>)
{
    return std::array<std::string_view, sizeof...(D)>{wire_name<T>(D::name)...};
}

template <std::size_t N>
constexpr bool usable_names(const std::array<std::string_view, N>& names)
{
    for (std::size_t i = 0; i < N; ++i) {
        for (const char c : names[i])
            if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20)
                return false;
        for (std::size_t j = 0; j < i; ++j)
            if (names[i] == names[j])
                return false;
    }
    return true;
}

template <class T>
constexpr auto make_class_keys()
{
    constexpr auto names = make_names<T>(named_members<T>{});
    static_assert(names.size() < key_view::none, "a class can have up to 254 members");
    static_assert(
        usable_names(names),
        "two members have the same name in JSON, or one has a quote, a backslash or a control "
        "character in its name");
    return make_keys<total_size(names)>(names);
}

template <class T>
inline constexpr auto class_keys = make_class_keys<T>();

/// Named in the compiler's message when a member cannot be mapped.
template <class Class, auto Member, class Type>
constexpr bool check_readable()
{
    static_assert(readable<Type>,
                  "openint::json cannot read this member (Class, Member and Type are "
                  "named in the message): specialise openint::json::codec for Type");
    return true;
}

template <class Class, auto Member, class Type>
constexpr bool check_writable()
{
    static_assert(writable<Type>,
                  "openint::json cannot write this member (Class, Member and Type are "
                  "named in the message): specialise openint::json::codec for Type");
    return true;
}

template <class T, class D>
const char* read_member(reader& in, const char* p, void* object)
{
    using type = member_type<T, D>;
    if constexpr (check_readable<T, D::pointer, type>())
        return read_value<type>(in, p, static_cast<T*>(object)->*D::pointer);
}

template <class T, class D>
void take_member(void* object, std::string_view text)
{
    take_text(static_cast<T*>(object)->*D::pointer, text);
}

/// A member that does not matter: what it cannot be is skipped.
template <class T, class D>
const char* read_lenient_member(reader& in, const char* p, void* object)
{
    const engine::attempt start = engine::begin(in, p);
    const char* const end = read_member<T, D>(in, p, object);
    if (end != nullptr || !engine::retry(in, start))
        return end;
    static_cast<T*>(object)->*D::pointer = member_type<T, D>{};
    return engine::skip(in, p);
}

template <class T, class D>
constexpr member_reader make_member_reader(const key& k)
{
    using type = member_type<T, D>;
    constexpr null_rule null = is_required<T>(D::name) ? null_rule::refused
                               : reads_null<type>      ? null_rule::value
                                                       : null_rule::absent;
    if constexpr (is_lenient<T>(D::name))
        return {k, &read_lenient_member<T, D>, nullptr, null};
    else if constexpr (takes_text<type>)
        return {k, nullptr, &take_member<T, D>, null};
    else
        return {k, &read_member<T, D>, nullptr, null};
}

template <class T, class... D>
constexpr auto make_member_readers(boost::mp11::mp_list<D...>)
{
    std::size_t i = 0;
    return std::array<member_reader, sizeof...(D)>{
        make_member_reader<T, D>(class_keys<T>.keys[i++])...};
}

template <class T>
struct followed : T
{
    char behind;
};

/// Whether a T can be destroyed and constructed again in place, even as the base of another object:
/// no part of that object lies within the T, and the T knows nothing of it.
template <class T>
constexpr bool can_be_remade()
{
    if constexpr (!std::is_nothrow_default_constructible_v<T> || std::is_polymorphic_v<T> ||
                  std::is_final_v<T>)
        return false;
    else
        return sizeof(followed<T>) > sizeof(T);
}

template <class T>
void reset(void* object)
{
    T* const value = static_cast<T*>(object);
    if constexpr (can_be_remade<T>()) { // less code than an assignment
        std::destroy_at(value);
        std::construct_at(value);
    } else
        *value = T{};
}

template <class T>
constexpr auto extra_reader() -> boost::json::object* (*)(void*)
{
    if constexpr (boost::mp11::mp_empty<extra_members<T>>::value)
        return nullptr;
    else
        return [](void* object) {
            using D = boost::mp11::mp_front<extra_members<T>>;
            return &codec<member_type<T, D>>::extra(static_cast<T*>(object)->*D::pointer);
        };
}

template <class T>
inline constexpr auto member_readers = make_member_readers<T>(named_members<T>{});

template <class T, class... D>
constexpr auto make_required(boost::mp11::mp_list<D...>)
{
    static_assert(names_members<T>(std::array<std::string_view, sizeof...(D)>{D::name...}),
                  "json_required or json_lenient names what is no member");
    std::array<std::uint8_t, (std::size_t{0} + ... + is_required<T>(D::name))> indices{};
    std::size_t i = 0, found = 0;
    ((is_required<T>(D::name) ? void(indices[found++] = static_cast<std::uint8_t>(i++))
                              : void(i++)),
     ...);
    return indices;
}

template <class T>
inline constexpr auto required_members = make_required<T>(named_members<T>{});

template <class T>
inline constexpr class_reader reader_of{class_keys<T>.view(),       member_readers<T>.data(),
                                        extra_reader<T>(),          &reset<T>,
                                        required_members<T>.data(), required_members<T>.size()};

template <class T, class D>
void write_member(writer& out, const void* object, std::string_view key)
{
    using type = std::remove_const_t<member_type<T, D>>;
    if constexpr (check_writable<T, D::pointer, type>()) {
        const type& value = static_cast<const T*>(object)->*D::pointer;
        if (is_absent(value))
            return;
        class_writer::key(out, key);
        codec<type>::write(out, value);
    }
}

template <class T, class... D>
constexpr auto make_member_writers(boost::mp11::mp_list<D...>)
{
    return std::array<member_writer, sizeof...(D)>{&write_member<T, D>...};
}

template <class T>
constexpr auto extra_writer() -> void (*)(writer&, const void*, const key_view&)
{
    if constexpr (boost::mp11::mp_empty<extra_members<T>>::value)
        return nullptr;
    else
        return [](writer& out, const void* object, const key_view& keys) {
            using D = boost::mp11::mp_front<extra_members<T>>;
            using type = std::remove_const_t<member_type<T, D>>;
            const type& member = static_cast<const T*>(object)->*D::pointer;
            constexpr bool secret = requires { requires codec<type>::is_secret; };
            class_writer::write_extra(out, codec<type>::extra(member), keys, secret);
        };
}

template <class T>
inline constexpr auto member_writers = make_member_writers<T>(named_members<T>{});

template <class T>
inline constexpr class_writer writer_of{class_keys<T>.view(), member_writers<T>.data(),
                                        extra_writer<T>()};

} // namespace openint::json::detail

#endif
