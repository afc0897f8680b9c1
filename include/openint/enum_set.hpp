// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_ENUM_SET_HPP
#define OPENINT_ENUM_SET_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <type_traits>

namespace openint {

/// Whether `a | b` of two enumerators makes an `enum_set`; specialize it to true for an enumeration
/// whose values lie between 0 and 63.
template <class E>
inline constexpr bool enable_enum_set = false;

/// A set of enumerators, one bit each: trivially copyable, so that it can be part of parameters.
/// What parameters say with it looks as one would write it down:
///
/// \code
/// .expand = connection_expand::connector            // one
/// .expand = a | b                                   // two, of an enumeration with enable_enum_set
/// .expand = {}                                      // none, the default
/// \endcode
///
/// The values of E lie between 0 and 63. Nothing here throws; everything can be `constexpr`.
template <class E>
requires std::is_enum_v<E>
class enum_set
{
public:
    /// Goes through the set in the order of the enumerators' values.
    class iterator
    {
    public:
        /// What it points at.
        using value_type = E;
        /// For the standard library.
        using difference_type = std::ptrdiff_t;
        /// For the standard library; the values are made as it goes.
        using iterator_category = std::input_iterator_tag;
        /// For the standard library's ranges.
        using iterator_concept = std::forward_iterator_tag;

        /// The end of any set.
        constexpr iterator() noexcept = default;
        /// The enumerator; not at the end.
        constexpr E operator*() const noexcept { return static_cast<E>(std::countr_zero(rest_)); }
        /// Goes on to the next enumerator; not at the end.
        constexpr iterator& operator++() noexcept
        {
            rest_ &= rest_ - 1; // clears the lowest bit
            return *this;
        }
        /// Goes on, and gives the iterator as it was.
        constexpr iterator operator++(int) noexcept
        {
            const auto old = *this;
            ++*this;
            return old;
        }
        friend constexpr bool operator==(iterator, iterator) noexcept = default;

    private:
        friend class enum_set;
        constexpr explicit iterator(std::uint64_t rest) noexcept
            : rest_(rest)
        {}
        std::uint64_t rest_ = 0;
    };

    /// Empty.
    constexpr enum_set() noexcept = default;

    /// The set of one.
    constexpr enum_set(E value) noexcept
        : bits_(bit(value))
    {}

    /// Whether it holds no enumerator.
    constexpr bool empty() const noexcept { return bits_ == 0; }
    /// How many enumerators it holds.
    constexpr std::size_t size() const noexcept
    {
        return static_cast<std::size_t>(std::popcount(bits_));
    }
    /// Whether `value` is one of them.
    constexpr bool contains(E value) const noexcept { return (bits_ & bit(value)) != 0; }

    /// For range-based `for`: the enumerators, the smallest value first.
    constexpr iterator begin() const noexcept { return iterator(bits_); }
    /// Behind the largest value.
    constexpr iterator end() const noexcept { return iterator(); }

    /// Adds all that `other` holds.
    constexpr enum_set& operator|=(enum_set other) noexcept
    {
        bits_ |= other.bits_;
        return *this;
    }
    friend constexpr enum_set operator|(enum_set a, enum_set b) noexcept { return a |= b; }
    friend constexpr bool operator==(enum_set, enum_set) noexcept = default;

private:
    static constexpr std::uint64_t bit(E value) noexcept
    {
        return std::uint64_t(1) << static_cast<unsigned>(value);
    }

    std::uint64_t bits_ = 0;
};

/// The set of two enumerators.
template <class E>
requires enable_enum_set<E>
constexpr enum_set<E> operator|(E a, E b) noexcept { return enum_set<E>(a) | enum_set<E>(b); }

} // namespace openint

#endif
