// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_PLACE_HPP
#define OPENINT_TESTING_PLACE_HPP

#include <cstddef>
#include <cstdint>
#include <limits>

namespace openint::testing {

/// A place in one exchange, for what happens after it. A plain number counts bytes of the answer,
/// its head included; a place beyond the end of the answer is its end.
struct place
{
    /// What the bytes are counted in.
    enum class part : std::uint8_t
    {
        request, ///< the request as it arrives
        answer,  ///< head and body
        body     ///< without the head
    };

    /// After so many bytes of the answer.
    constexpr place(std::size_t bytes_of_the_answer)
        : bytes(bytes_of_the_answer)
    {}
    /// After so many bytes of a part.
    constexpr place(part which, std::size_t n)
        : of(which)
        , bytes(n)
    {}

    /// What the bytes are counted in.
    part of = part::answer;
    /// How many come before the place.
    std::size_t bytes;
};

/// As soon as this many bytes of the request have arrived, or all of it if it is shorter. Such a
/// request is not recorded, and no predicate can select it.
constexpr place in_request(std::size_t bytes) { return {place::part::request, bytes}; }

/// After the head and this many bytes of the body, counted as they go over the wire.
constexpr place in_body(std::size_t bytes) { return {place::part::body, bytes}; }

/// After the whole answer.
inline constexpr place whole_answer{(std::numeric_limits<std::size_t>::max)()};

} // namespace openint::testing

#endif
