// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_RETRY_AFTER_IPP
#define OPENINT_HTTP_IMPL_RETRY_AFTER_IPP

// Reads the pause that a server asks for: a number of milliseconds or seconds, or a date.

#include <openint/http/retry_after.hpp>

#include <openint/http/date.hpp>

#include <algorithm>
#include <cmath>

namespace openint::http {
namespace detail {

// "12", "0.5": seconds or milliseconds. Beyond any use (1e12) the value stays where it is.
inline std::optional<double> parse_duration(std::string_view text)
{
    constexpr double most = 1e12;
    double value = 0;
    double scale = 0; // of the next digit; 0 before the point
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && scale == 0 && digits) {
            scale = 0.1;
            digits = false;
        } else if (c >= '0' && c <= '9') {
            digits = true;
            if (scale == 0) {
                value = (std::min)(value * 10 + (c - '0'), most);
            } else {
                value += scale * (c - '0');
                scale /= 10;
            }
        } else {
            return std::nullopt;
        }
    }
    return digits ? std::optional(value) : std::nullopt;
}

// Rounded up, so that nothing happens too early.
inline std::chrono::milliseconds to_milliseconds(double milliseconds)
{
    constexpr double most = 1e15; // far from overflow in any unit down to microseconds
    return std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(std::ceil((std::min)(milliseconds, most))));
}

} // namespace detail

OPENINT_DECL std::optional<std::chrono::milliseconds>
retry_after(const retry_after_fields& fields, std::chrono::system_clock::time_point wall_clock)
{
    using namespace std::chrono;
    if (const auto ms = detail::parse_duration(fields.retry_after_ms))
        return detail::to_milliseconds(*ms);
    if (const auto s = detail::parse_duration(fields.retry_after))
        return detail::to_milliseconds(*s * 1000);
    if (const auto until = parse_date(fields.retry_after)) {
        // The server's own clock is the better one to compare its date with. Milliseconds hold
        // every year of four digits; the clock's nanoseconds do not.
        const auto date = parse_date(fields.date);
        const auto now = date ? sys_time<milliseconds>(*date) : floor<milliseconds>(wall_clock);
        if (*until > now) // what has passed is no wish, as in curl
            return *until - now;
    }
    return std::nullopt;
}

} // namespace openint::http

#endif
