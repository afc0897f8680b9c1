// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_IMPL_REQUEST_IPP
#define OPENINT_TESTING_IMPL_REQUEST_IPP

// Looks up what a recorded request holds.

#include <openint/testing/request.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/testing/detail/http/percent_encoding.hpp>

#include <algorithm>

namespace openint::testing {

OPENINT_DECL std::string_view request::path() const
{
    return std::string_view(target).substr(0, target.find('?'));
}

OPENINT_DECL std::string_view request::query() const
{
    const auto mark = target.find('?');
    return mark == std::string::npos ? std::string_view()
                                     : std::string_view(target).substr(mark + 1);
}

OPENINT_DECL std::optional<std::string_view> request::header(std::string_view name) const
{
    for (const header_line& h : headers)
        if (openint::detail::equal_ignoring_case(h.name, name))
            return h.value;
    return std::nullopt;
}

OPENINT_DECL std::size_t request::count(std::string_view name) const
{
    return static_cast<std::size_t>(
        std::count_if(headers.begin(), headers.end(), [&](const header_line& h) {
            return openint::detail::equal_ignoring_case(h.name, name);
        }));
}

OPENINT_DECL std::vector<std::string> request::parameters(std::string_view name) const
{
    std::vector<std::string> values;
    std::string_view rest = query();
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix((std::min)(pair.size() + 1, rest.size()));
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
