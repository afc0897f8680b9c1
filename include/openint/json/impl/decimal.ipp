// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_DECIMAL_IPP
#define OPENINT_JSON_IMPL_DECIMAL_IPP

// From decimal digits to the nearest floating point number, by std::from_chars. libc++ has it only
// for integers, up to its version 19: there by strtod with the locale "C".

#include <openint/json/detail/decimal.hpp>

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <system_error>

#include <locale.h>
#include <stdlib.h>
#if __has_include(<xlocale.h>)
#include <xlocale.h>
#endif

namespace openint::json::detail {

// A template, since a function of the library is looked for.
template <std::floating_point T>
constexpr bool has_from_chars = requires(const char* text, T& value)
{
    std::from_chars(text, text, value);
};

#ifdef OPENINT_JSON_PORTABLE
inline constexpr bool with_from_chars = false;
#else
inline constexpr bool with_from_chars = true;
#endif

// The number for strtod, which wants a zero behind it and knows no length: all its significant
// digits but those which cannot decide about rounding, as an integer, and an exponent.
class decimal_text
{
public:
    decimal_text(const char* p, const char* end) noexcept
    {
        if (*p == '-')
            text_[size_++] = *p++;
        std::int64_t exponent = 0;
        bool point = false, more = false;
        for (; p != end && (*p | 0x20) != 'e'; ++p) {
            if (*p == '.') {
                point = true;
                continue;
            }
            if (digits_ != max_digits && (digits_ != 0 || *p != '0')) {
                text_[size_++] = *p;
                ++digits_;
                exponent -= point ? 1 : 0;
            } else {
                more = more || *p != '0';
                exponent += (digits_ != 0 ? 1 : 0) - (point ? 1 : 0);
            }
        }
        if (digits_ == 0)
            text_[size_++] = '0';
        if (more) { // a little more than the digits say
            text_[size_++] = '1';
            --exponent;
        }
        if (p != end)
            exponent += read_exponent(p + 1, end);
        text_[size_++] = 'e';
        *std::to_chars(text_ + size_, text_ + sizeof text_ - 1, exponent).ptr = '\0';
    }

    const char* c_str() const noexcept { return text_; }
    bool zero() const noexcept { return digits_ == 0; }

private:
    // Halfway between two doubles has at most 768 digits.
    static constexpr std::size_t max_digits = 770;

    char text_[max_digits + 32];
    std::size_t size_ = 0;
    std::size_t digits_ = 0;
};

inline void by_strtod(const decimal_text& text, locale_t locale, double& value) noexcept
{
    value = ::strtod_l(text.c_str(), nullptr, locale);
}
inline void by_strtod(const decimal_text& text, locale_t locale, float& value) noexcept
{
    value = ::strtof_l(text.c_str(), nullptr, locale);
}

template <std::floating_point T>
bool round_by_strtod(const char* begin, const char* end, T& value) noexcept
{
    static const locale_t c = ::newlocale(LC_ALL_MASK, "C", locale_t());
    const decimal_text text(begin, end);
    T rounded = 0;
    by_strtod(text, c, rounded);
    if (std::isinf(rounded) || (rounded == 0 && !text.zero()))
        return false;
    value = rounded;
    return true;
}

template <std::floating_point T>
bool round_text(const char* begin, const char* end, T& value) noexcept
{
    if constexpr (with_from_chars && has_from_chars<T>)
        return std::from_chars(begin, end, value).ec == std::errc{};
    else
        return round_by_strtod(begin, end, value);
}

OPENINT_DECL bool round_decimal(const char* begin, const char* end, double& value) noexcept
{
    return round_text(begin, end, value);
}

OPENINT_DECL bool round_decimal(const char* begin, const char* end, float& value) noexcept
{
    return round_text(begin, end, value);
}

} // namespace openint::json::detail

#endif
