// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_VIEW_LIST_HPP
#define OPENINT_VIEW_LIST_HPP

#include <openint/json/codec.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <type_traits>

namespace openint {

namespace detail {

template <class T, std::size_t Max, class... Values>
concept listable = sizeof...(Values) >= 1 && sizeof...(Values) <= Max &&
                   (std::convertible_to<const Values&, T> && ...);

template <class T, class Range>
concept spannable =
    !std::convertible_to<const Range&, T> && std::convertible_to<const Range&, std::span<const T>>;

} // namespace detail

/// A list of values for a parameter, `std::string_view` mostly: up to eight written in place, or
/// any number that lie one after the other elsewhere (a vector, an array, a `std::span` of T),
/// which it only refers to.
///
/// \code
/// .names = {"github", "slack"}                      // in place
/// .names = names                                    // a std::vector<std::string_view>
/// \endcode
///
/// Trivially copyable, so that it can be part of parameters. The operation that takes the list has
/// used it when its function returns; texts and vectors need to live until then, not longer.
template <class T>
requires std::is_trivially_copyable_v<T>
class view_list
{
public:
    /// How many can be written in place.
    static constexpr std::size_t max_inline = 8;

    /// What it is a list of.
    using value_type = T;
    /// Goes through the values in order.
    using iterator = const T*;

    /// Empty.
    constexpr view_list() noexcept = default;

    /// The given values.
    template <class... Values>
    requires detail::listable<T, max_inline, Values...>
    constexpr view_list(const Values&... values) noexcept
        : inline_{T(values)...}
        , size_(sizeof...(Values))
    {}

    /// The values in `values`, which must live until the list has been used.
    template <class Range>
    requires detail::spannable<T, Range>
    constexpr view_list(const Range& values) noexcept
    {
        const std::span<const T> span(values);
        external_ = span.data();
        size_ = span.size();
    }

    /// Whether there is nothing in the list.
    constexpr bool empty() const noexcept { return size_ == 0; }
    /// How many values there are.
    constexpr std::size_t size() const noexcept { return size_; }
    /// The value at `index`, which must be less than `size()`.
    constexpr const T& operator[](std::size_t index) const noexcept { return begin()[index]; }

    /// The first value.
    constexpr iterator begin() const noexcept { return external_ ? external_ : inline_.data(); }
    /// Behind the last value.
    constexpr iterator end() const noexcept { return begin() + size_; }

private:
    std::array<T, max_inline> inline_{};
    const T* external_ = nullptr;
    std::size_t size_ = 0;
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
