// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_DETAIL_CHARACTERS_HPP
#define OPENINT_HTTP_DETAIL_CHARACTERS_HPP

// Which characters can stand where in URLs (RFC 3986), and what is wrong with other texts.

#include <openint/detail/ascii.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace openint::http::detail {

using namespace openint::detail; // ascii.hpp

// Letters, digits and some other characters: a table, since every request is checked with it.
class character_set
{
public:
    constexpr explicit character_set(std::string_view others)
    {
        for (std::size_t i = 0; i != allowed_.size(); ++i)
            allowed_[i] = is_alnum(static_cast<char>(i));
        for (const char c : others)
            allowed_[static_cast<unsigned char>(c)] = true;
    }

    constexpr bool operator()(char c) const { return allowed_[static_cast<unsigned char>(c)]; }

private:
    std::array<bool, 256> allowed_{};
};

inline constexpr character_set is_pchar("-._~!$&'()*+,;=:@");
inline constexpr character_set is_query_text("-._~!$'()*,:@/?");

// The byte that an escape at the front of the text stands for, or -1.
constexpr int escaped_byte(std::string_view text)
{
    if (text.size() < 3 || text[0] != '%' || hex_value(text[1]) < 0 || hex_value(text[2]) < 0)
        return -1;
    return hex_value(text[1]) * 16 + hex_value(text[2]);
}

// The problem of a character, escapes aside, or "". What is allowed beyond letters and digits
// differs by place.
inline const char* character_problem(std::string_view text, std::string_view also)
{
    for (std::size_t i = 0; i != text.size(); ++i) {
        const char c = text[i];
        if (is_pchar(c) || also.find(c) != std::string_view::npos)
            continue;
        if (c == '%') {
            if (escaped_byte(text.substr(i)) < 0)
                return "holds a \"%\" that two hexadecimal digits do not follow";
            continue;
        }
        if (is_control(c))
            return "holds a control character";
        if (static_cast<unsigned char>(c) >= 0x80)
            return "holds a character that is not ASCII; percent-encode it";
        switch (c) {
        case ' ':
            return "holds a space";
        case '\\':
            return "holds a \"\\\"";
        case '#':
            return "holds a fragment (\"#\")";
        case '?':
            return "holds a query (\"?\")";
        default:
            return "holds a character that must be percent-encoded in a URL";
        }
    }
    return "";
}

// Whether a segment of the path is `.` or `..`. Servers and proxies disagree about when they
// decode, so an escaped dot counts as a dot, and an escaped `/` or `\` as a separator.
inline bool has_dot_segment(std::string_view path)
{
    std::size_t dots = 0;
    bool only_dots = true;
    for (std::size_t i = 0; i <= path.size(); ++i) {
        char c = '/';
        if (i != path.size()) {
            c = path[i];
            const int byte = escaped_byte(path.substr(i));
            if (byte == '.' || byte == '/' || byte == '\\') {
                c = byte == '.' ? '.' : '/';
                i += 2;
            }
        }
        if (c == '/') {
            if (only_dots && (dots == 1 || dots == 2))
                return true;
            dots = 0;
            only_dots = true;
        } else if (c == '.') {
            ++dots;
        } else {
            only_dots = false;
        }
    }
    return false;
}

} // namespace openint::http::detail

#endif
