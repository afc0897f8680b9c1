// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_KEEP_ALIVE_IPP
#define OPENINT_HTTP_IMPL_KEEP_ALIVE_IPP

// Reads the parameters of a Keep-Alive field, and subtracts what a request needs on its way.

#include <openint/http/keep_alive.hpp>

#include <openint/detail/ascii.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>

namespace openint::http {
namespace detail {

// A whole number; one that is too large is the largest.
inline std::optional<std::uint32_t> parse_count(std::string_view text) noexcept
{
    std::uint32_t value = 0;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    const auto [stopped, ec] = std::from_chars(begin, end, value);
    if (text.empty() || stopped != end || ec == std::errc::invalid_argument)
        return std::nullopt;
    return ec == std::errc() ? value : (std::numeric_limits<std::uint32_t>::max)();
}

} // namespace detail

OPENINT_DECL keep_alive_hint parse_keep_alive(std::string_view value) noexcept
{
    namespace text = openint::detail;
    keep_alive_hint hint;
    const auto lower = [](auto& least, auto candidate) {
        least = (std::min)(least.value_or(candidate), candidate);
    };
    for (bool more = true; more;) {
        const auto comma = (std::min)(value.find(','), value.size());
        const std::string_view parameter = value.substr(0, comma);
        more = comma != value.size();
        value.remove_prefix(more ? comma + 1 : comma);

        const auto equals = parameter.find('=');
        if (equals == std::string_view::npos)
            continue;
        const std::string_view name = text::trimmed(parameter.substr(0, equals));
        const auto count = detail::parse_count(text::trimmed(parameter.substr(equals + 1)));
        if (!count)
            continue;
        if (text::equal_ignoring_case(name, "timeout"))
            lower(hint.timeout, std::chrono::milliseconds(std::chrono::seconds(*count)));
        else if (text::equal_ignoring_case(name, "max"))
            lower(hint.max, *count);
    }
    return hint;
}

OPENINT_DECL std::chrono::milliseconds usable_time(std::chrono::milliseconds timeout) noexcept
{
    return timeout - (std::min)(timeout / 10, std::chrono::milliseconds(1000));
}

} // namespace openint::http

#endif
