// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_DECIMAL_HPP
#define OPENINT_JSON_DETAIL_DECIMAL_HPP

#include <openint/detail/config.hpp>

#include <cstdint>

namespace openint::json::detail {

constexpr bool is_digit(char c) noexcept { return static_cast<unsigned char>(c - '0') < 10; }

/// The exponent behind `p`, with or without a sign.
inline std::int64_t read_exponent(const char* p, const char* end) noexcept
{
    const bool down = p != end && *p == '-';
    if (p != end && (*p == '-' || *p == '+'))
        ++p;
    std::int64_t e = 0;
    for (; p != end && is_digit(*p); ++p)
        if (e < 100'000'000'000) // far beyond what the longest text could make up for
            e = e * 10 + (*p - '0');
    return down ? -e : e;
}

/// The double that is nearest to the number from `begin` to `end`, ties to even. Returns false,
/// and leaves `value` alone, where that is none: the number is too large, or rounds to zero.
OPENINT_DECL bool round_decimal(const char* begin, const char* end, double& value) noexcept;
/// The same for float.
OPENINT_DECL bool round_decimal(const char* begin, const char* end, float& value) noexcept;

} // namespace openint::json::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/impl/decimal.ipp>
#endif

#endif
