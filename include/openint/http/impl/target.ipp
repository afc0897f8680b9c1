// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_TARGET_IPP
#define OPENINT_HTTP_IMPL_TARGET_IPP

// Encodes what is put into the target of a request, and checks targets that users wrote.

#include <openint/http/detail/characters.hpp>
#include <openint/http/target.hpp>

#include <algorithm>
#include <functional>

namespace openint::http {

namespace detail {

inline void append_escaped(std::string& out, std::string_view text, const character_set& allowed)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    if (std::all_of(text.begin(), text.end(), std::cref(allowed))) { // nearly always
        out += text;
        return;
    }
    for (const char c : text) {
        if (allowed(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
}

} // namespace detail

OPENINT_DECL void append_path_segment(std::string& out, std::string_view segment)
{
    detail::append_escaped(out, segment, detail::is_pchar);
}

OPENINT_DECL bool needs_encoding(std::string_view segment)
{
    return !std::all_of(segment.begin(), segment.end(), std::cref(detail::is_pchar));
}

OPENINT_DECL void append_query(std::string& target, std::string_view key, std::string_view value)
{
    target += target.find('?') == std::string::npos ? '?' : '&';
    detail::append_escaped(target, key, detail::is_query_text);
    target += '=';
    detail::append_escaped(target, value, detail::is_query_text);
}

OPENINT_DECL std::string check_target(std::string_view target)
{
    if (target.empty())
        return "is empty";
    if (target[0] != '/') {
        const auto colon = target.find(':');
        return colon < target.find_first_of("/?#")
                   ? "names a scheme or host; write the path only, beginning with \"/\""
                   : "does not begin with \"/\"";
    }
    if (target.starts_with("//"))
        return "begins with \"//\"";
    if (const char* problem = detail::character_problem(target, "/?[]"); *problem)
        return problem;
    if (detail::has_dot_segment(target.substr(0, target.find('?'))))
        return "has a \".\" or \"..\" part in its path";
    return {};
}

} // namespace openint::http

#endif
