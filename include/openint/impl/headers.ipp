// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HEADERS_IPP
#define OPENINT_IMPL_HEADERS_IPP

// A list of header fields, by name without regard to case.

#include <openint/headers.hpp>

#include <algorithm>

#include <boost/beast/core/string.hpp>

namespace openint {

OPENINT_DECL std::optional<std::string_view> headers::find(std::string_view name) const noexcept
{
    const auto it = std::find_if(fields_.begin(), fields_.end(), [name](const value_type& field) {
        return boost::beast::iequals(field.first, name);
    });
    if (it == fields_.end())
        return std::nullopt;
    return it->second;
}

OPENINT_DECL void headers::set(std::string name, std::string value)
{
    erase(name);
    add(std::move(name), std::move(value));
}

OPENINT_DECL void headers::erase(std::string_view name) noexcept
{
    std::erase_if(fields_, [&name](const value_type& field) {
        return boost::beast::iequals(field.first, name);
    });
}

} // namespace openint

#endif
