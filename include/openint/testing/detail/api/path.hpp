// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_PATH_HPP
#define OPENINT_TESTING_DETAIL_API_PATH_HPP

// Paths of requests and how they match those of the operations.

#include <openint/detail/ascii.hpp>
#include <openint/testing/detail/http/percent_encoding.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace openint::testing::detail {

// The path of a target, in absolute form or not, with dot segments resolved and without the
// slash at its end. Percent escapes stay as they are.
inline std::string normal_path(std::string_view target)
{
    if (const auto scheme = target.find("://");
        scheme != std::string_view::npos && scheme < target.find_first_of("/?#")) {
        target.remove_prefix(scheme + 3);
        target.remove_prefix((std::min)(target.find('/'), target.size()));
    }
    target = target.substr(0, target.find('?'));
    std::vector<std::string_view> segments;
    while (!target.empty()) {
        target.remove_prefix(1);
        const std::string_view segment = target.substr(0, target.find('/'));
        target.remove_prefix(segment.size());
        if (segment == "..") {
            if (!segments.empty())
                segments.pop_back();
        } else if (segment != ".") {
            segments.push_back(segment);
        }
    }
    if (!segments.empty() && segments.back().empty())
        segments.pop_back();
    std::string path;
    for (std::string_view s : segments)
        (path += '/') += s;
    return path;
}

inline bool matches(std::string_view pattern, std::string_view path, std::string_view& segment)
{
    const auto hole = pattern.find("{}");
    using openint::detail::equal_ignoring_case;
    if (hole == std::string_view::npos)
        return equal_ignoring_case(pattern, path);
    const std::string_view before = pattern.substr(0, hole);
    const std::string_view after = pattern.substr(hole + 2);
    if (path.size() <= before.size() + after.size() ||
        !equal_ignoring_case(path.substr(0, before.size()), before) ||
        !equal_ignoring_case(path.substr(path.size() - after.size()), after))
        return false;
    segment = path.substr(before.size(), path.size() - before.size() - after.size());
    return segment.find('/') == std::string_view::npos;
}

// Whether the percent escapes are whole, and UTF-8.
inline bool is_decodable(std::string_view segment)
{
    if (segment.find('%') == std::string_view::npos)
        return true;
    auto decoded = percent_decode(segment);
    if (!decoded)
        return false;
    for (char& c : *decoded) // for the parser, which knows UTF-8
        if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\')
            c = '.';
    boost::system::error_code ec;
    boost::json::parse('"' + *decoded + '"', ec);
    return !ec;
}

} // namespace openint::testing::detail

#endif
