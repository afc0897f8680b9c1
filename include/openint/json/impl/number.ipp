// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_NUMBER_IPP
#define OPENINT_JSON_IMPL_NUMBER_IPP

// From digits to numbers, exactly: integers by hand, doubles too where one operation rounds right.

#include <openint/json/detail/number.hpp>

#include <openint/json/detail/decimal.hpp>

#include <cfloat>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace openint::json::detail {

// Powers of ten that a double holds exactly.
inline constexpr double exact_powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                          1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                          1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

OPENINT_DECL number parse_number(const char* const begin, const char* const end) noexcept
{
    const auto invalid = [](const char* at) {
        number n;
        n.kind = number::type::invalid;
        n.end = at;
        return n;
    };

    const char* p = begin;
    const bool negative = p != end && *p == '-';
    if (negative)
        ++p;
    if (p == end || !is_digit(*p))
        return invalid(p);

    // The first 19 significant digits always fit. `digits` counts them all, `exponent` is that of
    // the last digit of the mantissa.
    std::uint64_t mantissa = 0;
    const char* const whole = p;
    if (*p == '0') {
        ++p;
    } else {
        for (; p != end && is_digit(*p); ++p)
            mantissa = mantissa * 10 + static_cast<unsigned>(*p - '0');
    }
    std::ptrdiff_t digits = p - whole;

    number n;
    if (p == end || (*p != '.' && (*p | 0x20) != 'e')) {
        n.end = p;
        constexpr auto greatest = (std::numeric_limits<std::int64_t>::max)();
        // Twenty digits fit if they begin with 1 and the product did not wrap around.
        if (digits <= 19 ||
            (digits == 20 && *whole == '1' && mantissa >= 10'000'000'000'000'000'000u)) {
            if (mantissa <= static_cast<std::uint64_t>(greatest)) {
                n.kind = number::type::int64;
                n.i = negative ? -static_cast<std::int64_t>(mantissa)
                               : static_cast<std::int64_t>(mantissa);
                return n;
            }
            if (!negative) {
                n.kind = number::type::uint64;
                n.u = mantissa;
                return n;
            }
            if (mantissa == static_cast<std::uint64_t>(greatest) + 1) {
                n.kind = number::type::int64;
                n.i = (std::numeric_limits<std::int64_t>::min)();
                return n;
            }
        }
    }

    std::int64_t exponent = 0;
    if (p != end && *p == '.') {
        const char* const fraction = ++p;
        bool leading = *whole == '0'; // a mantissa that wrapped around can be zero as well
        for (; p != end && is_digit(*p); ++p) {
            mantissa = mantissa * 10 + static_cast<unsigned>(*p - '0');
            leading = leading && *p == '0';
            if (!leading)
                ++digits;
        }
        if (p == fraction)
            return invalid(p);
        exponent = fraction - p;
    }
    if (p != end && (*p | 0x20) == 'e') {
        const char* const sign = ++p;
        if (p != end && (*p == '-' || *p == '+'))
            ++p;
        if (p == end || !is_digit(*p))
            return invalid(p);
        while (p != end && is_digit(*p))
            ++p;
        exponent += read_exponent(sign, p);
    }
    n.end = p;
    n.kind = number::type::floating;

    // Mantissa and power of ten are both exact in a double: one operation rounds once, correctly.
    if (digits <= 19 && mantissa <= (std::uint64_t{1} << DBL_MANT_DIG) && exponent >= -22 &&
        exponent <= 22 && FLT_EVAL_METHOD == 0) {
        const auto m = static_cast<double>(mantissa);
        const double d = exponent < 0 ? m / exact_powers[-exponent] : m * exact_powers[exponent];
        n.d = negative ? -d : d;
        return n;
    }
    if (round_decimal(begin, p, n.d))
        return n;

    // Too large, or too small? The place of the first significant digit decides.
    std::int64_t magnitude = exponent;
    const char* q = whole;
    while (q != p && (*q == '0' || *q == '.'))
        ++q;
    for (; q != p && (is_digit(*q) || *q == '.'); ++q)
        if (*q != '.')
            ++magnitude;
    if (magnitude > 0)
        n.kind = number::type::overflow;
    else
        n.d = negative ? -0.0 : 0.0;
    return n;
}

OPENINT_DECL number exact_integer(const char* p, const number& n) noexcept
{
    constexpr std::uint64_t greatest = (std::numeric_limits<std::uint64_t>::max)();
    constexpr std::uint64_t top = std::uint64_t{1} << 63;
    const bool negative = *p == '-';
    if (negative)
        ++p;
    const char* mantissa_end = p;
    std::int64_t before_point = 0; // digits of the mantissa that make the integer
    for (bool point = false; mantissa_end != n.end && (*mantissa_end | 0x20) != 'e';
         ++mantissa_end) {
        point = point || *mantissa_end == '.';
        before_point += point ? 0 : 1;
    }
    if (mantissa_end != n.end)
        before_point += read_exponent(mantissa_end + 1, n.end);

    std::uint64_t value = 0;
    for (; p != mantissa_end; ++p) {
        if (*p == '.')
            continue;
        const auto digit = static_cast<unsigned>(*p - '0');
        if (before_point-- > 0) {
            if (value > (greatest - digit) / 10)
                return n;
            value = value * 10 + digit;
        } else if (digit != 0) {
            return n;
        }
    }
    for (; before_point > 0 && value != 0; --before_point) {
        if (value > greatest / 10)
            return n;
        value *= 10;
    }

    number whole;
    whole.end = n.end;
    whole.kind = number::type::int64;
    if (negative && value > top)
        return n;
    if (negative) {
        whole.i = value == top ? (std::numeric_limits<std::int64_t>::min)()
                               : -static_cast<std::int64_t>(value);
    } else if (value < top) {
        whole.i = static_cast<std::int64_t>(value);
    } else {
        whole.kind = number::type::uint64;
        whole.u = value;
    }
    return whole;
}

} // namespace openint::json::detail

#endif
