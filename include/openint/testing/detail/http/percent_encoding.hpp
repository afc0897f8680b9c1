// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_PERCENT_ENCODING_HPP
#define OPENINT_TESTING_DETAIL_HTTP_PERCENT_ENCODING_HPP

// Percent encoding (RFC 3986), in paths and in queries.

#include <openint/detail/ascii.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace openint::testing::detail {

// The text that percent escapes stand for; nothing when one is broken.
inline std::optional<std::string> percent_decode(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? openint::detail::hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? openint::detail::hex_value(text[i + 2]) : -1;
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
        if (openint::detail::is_alnum(c) ||
            std::string_view("-._~").find(c) != std::string_view::npos)
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

} // namespace openint::testing::detail

#endif
