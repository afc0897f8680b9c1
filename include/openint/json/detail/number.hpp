// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_NUMBER_HPP
#define OPENINT_JSON_DETAIL_NUMBER_HPP

#include <openint/detail/config.hpp>

#include <cstdint>

namespace openint::json::detail {

/// A number as RFC 8259 writes it.
struct number
{
    enum class type : unsigned char
    {
        int64,    // no fraction, no exponent, and fits
        uint64,   // likewise, greater than the greatest int64
        floating, // anything else that is finite
        overflow, // beyond the range of double
        invalid   // no number; `end` is where it stops being one
    };

    type kind;
    const char* end; // after the number
    union
    {
        std::int64_t i;
        std::uint64_t u;
        double d;
    };
};

/// Reads the number that begins at `p`. Doubles are rounded correctly (to nearest, ties to even);
/// what is nearer to zero than the smallest of them is zero.
OPENINT_DECL number parse_number(const char* p, const char* end) noexcept;

/// The integer that a number with a fraction or an exponent is, such as 5.0 or 1e2; or else `n`.
OPENINT_DECL number exact_integer(const char* p, const number& n) noexcept;

/// The same, for any number.
inline number to_integer(const char* p, const number& n) noexcept
{
    return n.kind == number::type::floating ? exact_integer(p, n) : n;
}

} // namespace openint::json::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/impl/number.ipp>
#endif

#endif
