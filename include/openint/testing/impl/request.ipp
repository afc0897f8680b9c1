// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_MOCK_SERVER_REQUEST_IPP
#define OPENINT_IMPL_MOCK_SERVER_REQUEST_IPP

#include <openint/testing/request.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace openint::testing {

namespace detail {

inline bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

inline int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// The text behind the percent escapes; nothing when one is broken.
inline std::optional<std::string> percent_decode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

// The other way round; all but the unreserved characters of RFC 3986.
inline std::string percent_encode(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos)
            out += c;
        else
            ((out += '%') += "0123456789ABCDEF"[byte / 16]) += "0123456789ABCDEF"[byte % 16];
    }
    return out;
}

// A name or value of a query: '+' is a space, and a broken escape stands for itself.
inline std::string query_decode(std::string_view text)
{
    if (text.find_first_of("%+") == std::string_view::npos)
        return std::string(text);
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return percent_decode(spaced).value_or(spaced);
}

} // namespace detail

std::string_view request::path() const
{
    return std::string_view(target).substr(0, target.find('?'));
}

std::string_view request::query() const
{
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view()
                                     : std::string_view(target).substr(mark + 1);
}

std::optional<std::string_view> request::header(std::string_view name) const
{
    for (const header_line& h : headers)
        if (detail::equal_ignoring_case(h.name, name))
            return h.value;
    return std::nullopt;
}

std::size_t request::count(std::string_view name) const
{
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(), [&](const header_line& h) {
            return detail::equal_ignoring_case(h.name, name);
        }));
}

std::vector<std::string> request::parameters(std::string_view name) const
{
    std::vector<std::string> values;
    std::string_view rest = query();
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const auto equals = pair.find('=');
        if (detail::query_decode(pair.substr(0, equals)) == name)
            values.push_back(equals == std::string_view::npos
                                 ? std::string()
                                 : detail::query_decode(pair.substr(equals + 1)));
    }
    return values;
}

} // namespace openint::testing

#endif
