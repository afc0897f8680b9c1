// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_REQUEST_PARSER_HPP
#define OPENINT_TESTING_DETAIL_HTTP_REQUEST_PARSER_HPP

// Bytes to requests.

#include <openint/testing/request.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace openint::testing::detail {

// Takes one request off the front of `in`; parts of it stay with `r` on success.
enum class parsed : std::uint8_t
{
    incomplete,
    complete,
    bad
};

inline std::string_view trim(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

inline std::string_view take_line(std::string_view& text)
{
    const auto end = (std::min)(text.find("\r\n"), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix((std::min)(end + 2, text.size()));
    return line;
}

inline parsed parse_chunks(std::string_view in, std::string& body, std::size_t& used)
{
    const std::size_t all = in.size();
    for (;;) {
        if (in.find("\r\n") == std::string_view::npos)
            return parsed::incomplete;
        const std::string_view line = take_line(in);
        std::size_t size = 0;
        if (std::from_chars(line.data(), line.data() + line.size(), size, 16).ec != std::errc())
            return parsed::bad;
        if (size == 0)
            break;
        if (in.size() < 2 || in.size() - 2 < size)
            return parsed::incomplete;
        body += in.substr(0, size);
        in.remove_prefix(size + 2);
    }
    for (;;) { // trailers
        if (in.find("\r\n") == std::string_view::npos)
            return parsed::incomplete;
        if (take_line(in).empty())
            break;
    }
    used = all - in.size();
    return parsed::complete;
}

inline parsed parse_request(std::string& in, request& r)
{
    if (in.empty())
        return parsed::incomplete;
    if (in[0] < 'A' || in[0] > 'Z') // a TLS greeting, for example
        return parsed::bad;
    const auto head_end = in.find("\r\n\r\n");
    if (head_end == std::string::npos)
        return in.size() > 1024 * 1024 ? parsed::bad : parsed::incomplete;

    std::string_view head = std::string_view(in).substr(0, head_end + 2);
    const std::string_view line = take_line(head);
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == last || line.substr(last + 1, 7) != "HTTP/1.")
        return parsed::bad;
    r.method = line.substr(0, first);
    r.target = line.substr(first + 1, last - first - 1);
    r.headers.clear();
    while (!head.empty()) {
        const std::string_view header = take_line(head);
        const auto colon = header.find(':');
        if (colon == 0 || colon == std::string_view::npos)
            return parsed::bad;
        r.headers.push_back(
            {std::string(header.substr(0, colon)), std::string(trim(header.substr(colon + 1)))});
    }

    const std::string_view rest = std::string_view(in).substr(head_end + 4);
    std::size_t used = 0;
    r.body.clear();
    if (r.header("Transfer-Encoding")) {
        const parsed p = parse_chunks(rest, r.body, used);
        if (p != parsed::complete)
            return p;
    } else if (const auto length = r.header("Content-Length")) {
        if (std::from_chars(length->data(), length->data() + length->size(), used).ec !=
            std::errc())
            return parsed::bad;
        if (rest.size() < used)
            return parsed::incomplete;
        r.body = rest.substr(0, used);
    }
    r.raw = in.substr(0, head_end + 4 + used);
    in.erase(0, head_end + 4 + used);
    return parsed::complete;
}

} // namespace openint::testing::detail

#endif
