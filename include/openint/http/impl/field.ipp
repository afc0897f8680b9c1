// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_FIELD_IPP
#define OPENINT_HTTP_IMPL_FIELD_IPP

// What can be the name and the value of a header field.

#include <openint/detail/ascii.hpp>
#include <openint/http/field.hpp>

#include <algorithm>

namespace openint::http {

OPENINT_DECL bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return openint::detail::is_alnum(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

OPENINT_DECL bool is_field_value(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    return text.empty() || (!blank(text.front()) && !blank(text.back()) &&
                            std::all_of(text.begin(), text.end(), [](char c) {
                                return c == '\t' || !openint::detail::is_control(c);
                            }));
}

} // namespace openint::http

#endif
