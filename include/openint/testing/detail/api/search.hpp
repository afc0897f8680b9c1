// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_SEARCH_HPP
#define OPENINT_TESTING_DETAIL_API_SEARCH_HPP

// What the lists' search_query finds.

#include <openint/detail/ascii.hpp>

#include <algorithm>
#include <string_view>

namespace openint::testing::detail {

// SQL's LIKE in any case: in the pattern, a percent sign is any text, an underscore any character.
inline bool is_like(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0, p = 0, star = pattern.size(), from = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '%') {
            star = p++;
            from = t;
        } else if (p < pattern.size() &&
                   (pattern[p] == '_' ||
                    openint::detail::to_lower(pattern[p]) == openint::detail::to_lower(text[t]))) {
            ++p, ++t;
        } else if (star != pattern.size()) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('%', p) == std::string_view::npos;
}

inline std::string_view trimmed(std::string_view text)
{
    const auto first = (std::min)(text.find_first_not_of(' '), text.size());
    return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

} // namespace openint::testing::detail

#endif
