// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_VIEW_LIST_HPP
#define OPENINT_VIEW_LIST_HPP

#include <openint/json/codec.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace openint {

namespace detail {

template <class T, std::size_t Max, class... Values>
concept listable = sizeof...(Values) >= 1 && sizeof...(Values) <= Max &&
                   (std::convertible_to<const Values&, T> && ...);

template <class T, class Range>
concept spannable =
    !std::convertible_to<const Range&, T> && std::convertible_to<const Range&, std::span<const T>>;

template <class T, std::size_t>
using repeated = T;

// The state of a list. For structs its constructors take one to eight values as braces within
// braces, `{{"a", "b"}, {"c", "d"}}`, of which a template would not know what they are; each number
// of them is a base class of the next.
template <class T, std::size_t Max, class Indices>
class braced_values;

template <class T, std::size_t Max>
class braced_values<T, Max, std::index_sequence<>>
{
protected:
    constexpr braced_values() noexcept = default;
    template <class... Values>
    constexpr explicit braced_values(std::in_place_t, const Values&... values) noexcept
        : inline_{T(values)...}
        , size_(sizeof...(Values))
    {}

    std::array<T, Max> inline_{};
    const T* external_ = nullptr;
    std::size_t size_ = 0;
};

template <class T, std::size_t Max, std::size_t First, std::size_t... More>
class braced_values<T, Max, std::index_sequence<First, More...>>
    : public braced_values<T, Max, std::make_index_sequence<sizeof...(More)>>
{
    using fewer = braced_values<T, Max, std::make_index_sequence<sizeof...(More)>>;

public:
    using fewer::fewer;
    constexpr braced_values() noexcept = default;
    constexpr braced_values(const T& first, const repeated<T, More>&... more) noexcept
        : fewer(std::in_place, first, more...)
    {}
};

template <class T, std::size_t Max>
using list_values =
    braced_values<T, Max, std::make_index_sequence<std::is_aggregate_v<T> ? Max : 0>>;

} // namespace detail

/// A list of values for a parameter, `std::string_view` mostly: up to eight written in place, or
/// any number that lie one after the other elsewhere (a vector, an array, a `std::span` of T),
/// which it only refers to.
///
/// \code
/// .names = {"github", "slack"}                      // in place
/// .names = names                                    // a std::vector<std::string_view>
/// .headers = {{"traceparent", parent}}              // braces for each value that is a struct
/// \endcode
///
/// Trivially copyable, so that it can be part of parameters. The operation that takes the list has
/// used it when its function returns; texts and vectors need to live until then, not longer.
template <class T>
requires std::is_trivially_copyable_v<T>
class view_list : detail::list_values<T, 8>
{
    using base = detail::list_values<T, 8>;

public:
    /// How many can be written in place.
    static constexpr std::size_t max_inline = 8;

    /// What it is a list of.
    using value_type = T;
    /// Goes through the values in order.
    using iterator = const T*;

    /// Empty.
    constexpr view_list() noexcept = default;

    /// The given values, in braces each where T is a struct.
    using base::base;
    // One pair of braces too many would make one struct of two, from pointers into different texts.
    view_list(const base&) = delete;
    /// The given values.
    template <class... Values>
    requires detail::listable<T, max_inline, Values...>
    constexpr view_list(const Values&... values) noexcept
        : base(std::in_place, values...)
    {}

    /// The values in `values`, which must live until the list has been used.
    template <class Range>
    requires detail::spannable<T, Range>
    constexpr view_list(const Range& values) noexcept
    {
        const std::span<const T> span(values);
        this->external_ = span.data();
        this->size_ = span.size();
    }

    /// Whether there is nothing in the list.
    constexpr bool empty() const noexcept { return this->size_ == 0; }
    /// How many values there are.
    constexpr std::size_t size() const noexcept { return this->size_; }
    /// The value at `index`, which must be less than `size()`.
    constexpr const T& operator[](std::size_t index) const noexcept { return begin()[index]; }

    /// The first value.
    constexpr iterator begin() const noexcept
    {
        return this->external_ ? this->external_ : this->inline_.data();
    }
    /// Behind the last value.
    constexpr iterator end() const noexcept { return begin() + this->size_; }
};

} // namespace openint

/// JSON: an array; an empty list is left out.
template <class T>
struct openint::json::codec<openint::view_list<T>>
{
    static void write(writer& out, const view_list<T>& values)
    {
        out.begin_array();
        for (const T& value : values) {
            out.element();
            out.write(value);
        }
        out.end_array();
    }
    static bool absent(const view_list<T>& values) { return values.empty(); }
};

#endif
