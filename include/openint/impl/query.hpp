// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_QUERY_HPP
#define OPENINT_IMPL_QUERY_HPP

#include <algorithm>
#include <string>
#include <string_view>

namespace openint::detail {

/// The name of a parameter as it is written: `a` of `a=b`.
inline std::string_view parameter_name(std::string_view parameter)
{
    return parameter.substr(0, parameter.find('='));
}

/// Removes the parameters of this name, as it is encoded, from the query of a target.
inline void erase_parameters(std::string& target, std::string_view name)
{
    const std::size_t mark = target.find('?');
    for (std::size_t at = mark; at < target.size();) { // the `?` or `&` before a parameter
        const std::size_t end = (std::min)(target.find('&', at + 1), target.size());
        if (parameter_name(std::string_view(target).substr(at + 1, end - at - 1)) != name)
            at = end;
        else
            target.erase(at, end - at);
    }
    if (mark < target.size())
        target[mark] = '?'; // what was the second one may be the first one now
}

/// Adds the parameters of `query` ("" or "?a=b&c=d") to the target, in place of those of their
/// names.
inline void replace_parameters(std::string& target, std::string_view query)
{
    for (std::string_view rest = query; !rest.empty();) {
        rest.remove_prefix(1);
        const std::size_t end = (std::min)(rest.find('&'), rest.size());
        erase_parameters(target, parameter_name(rest.substr(0, end)));
        rest.remove_prefix(end);
    }
    if (!query.empty())
        target.append(1, target.find('?') == std::string::npos ? '?' : '&').append(query.substr(1));
}

} // namespace openint::detail

#endif
