// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_CONTENT_CODING_IPP
#define OPENINT_HTTP_IMPL_CONTENT_CODING_IPP

// Reads the Content-Encoding field.

#include <openint/detail/ascii.hpp>
#include <openint/http/content_coding.hpp>

#include <algorithm>

namespace openint::http {

OPENINT_DECL std::optional<coding> coding_from(std::string_view content_encoding)
{
    using openint::detail::equal_ignoring_case;
    std::optional<coding> found;
    std::string_view rest = content_encoding;
    for (bool more = true; more;) {
        const auto comma = (std::min)(rest.find(','), rest.size());
        const std::string_view name = openint::detail::trimmed(rest.substr(0, comma));
        more = comma != rest.size();
        rest.remove_prefix(more ? comma + 1 : comma);

        if (name.empty() || equal_ignoring_case(name, "identity"))
            continue;
        if (found)
            return std::nullopt;
        if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip"))
            found = coding::gzip;
        else if (equal_ignoring_case(name, "deflate"))
            found = coding::deflate;
        else
            return std::nullopt;
    }
    return found.value_or(coding::identity);
}

} // namespace openint::http

#endif
