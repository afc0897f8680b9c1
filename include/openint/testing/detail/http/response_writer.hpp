// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_RESPONSE_WRITER_HPP
#define OPENINT_TESTING_DETAIL_HTTP_RESPONSE_WRITER_HPP

// From a scripted response to the bytes of an answer.

#include <openint/detail/ascii.hpp>
#include <openint/testing/detail/http/compress.hpp>
#include <openint/testing/detail/http/head.hpp>
#include <openint/testing/detail/http/response_script.hpp>
#include <openint/testing/request.hpp>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <string>
#include <string_view>
#include <utility>

namespace openint::testing::detail {

// The error body of the real server. `operation` is empty where no operation was reached.
inline std::string error_body(int status, std::string_view message, std::string_view operation = {},
                              const boost::json::array& issues = {})
{
    std::string_view code = find_status(status).code;
    if (code.empty())
        code = find_status(0).code;
    boost::json::object data{{"code", code}, {"httpStatus", status}};
    if (!operation.empty())
        data.emplace("path", operation);
    boost::json::object body{{"message", message}, {"code", code}, {"data", std::move(data)}};
    if (!issues.empty())
        body.emplace("issues", issues);
    return boost::json::serialize(body);
}

inline void append_hex(std::string& out, std::size_t n)
{
    char digits[2 * sizeof n];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, n, 16).ptr);
}

inline std::string chunk_body(std::string_view body, const response_script& s)
{
    std::string out;
    std::size_t next = 0;
    while (!body.empty()) {
        std::size_t size = body.size();
        if (!s.chunk_sizes.empty()) {
            size = std::clamp<std::size_t>(s.chunk_sizes[next], 1, size);
            next = (std::min)(next + 1, s.chunk_sizes.size() - 1);
        }
        append_hex(out, size);
        (out += s.chunk_extension) += "\r\n";
        (out += body.substr(0, size)) += "\r\n";
        body.remove_prefix(size);
    }
    out += '0';
    (out += s.chunk_extension) += "\r\n";
    for (const header_line& h : s.trailers)
        append_header(out, h.name, h.value);
    return out += "\r\n";
}

// A date as HTTP has it, made once a second.
inline std::string_view http_date(std::chrono::system_clock::time_point when)
{
    thread_local std::time_t made = 0;
    thread_local char text[40];
    thread_local std::size_t size = 0;
    const std::time_t now =
        std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(when));
    if (now != made) {
        std::tm tm{};
        gmtime_r(&now, &tm);
        size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &tm);
        made = now;
    }
    return {text, size};
}

// What goes over the wire for one request.
struct wire_answer
{
    std::string bytes;
    std::size_t body_begin = 0; // after the head

    std::size_t offset(place where) const
    {
        std::size_t from = where.of == place::part::body ? body_begin : 0;
        if (where.of == place::part::request)
            where.bytes = 0;
        return where.bytes > bytes.size() - from ? bytes.size() : from + where.bytes;
    }
};

// Completes what a script leaves open with the server's own answer.
inline response_script complete(response_script s, response_script own)
{
    if (s.status || s.raw)
        return s;
    if (own.finish) { // later
        s.latency = own.latency;
        s.finish = std::move(own.finish);
        return s;
    }
    s.status = own.status;
    if (!s.body)
        s.body = std::move(own.body);
    for (header_line& h : own.headers)
        if (std::none_of(s.headers.begin(), s.headers.end(), [&](const header_line& mine) {
                return openint::detail::equal_ignoring_case(mine.name, h.name);
            }))
            s.headers.push_back(std::move(h));
    return s;
}

// The headers that the real server sends of its own accord, then those of the script.
inline wire_answer render(const response_script& s, const request& r,
                          std::chrono::system_clock::time_point now)
{
    wire_answer out;
    if (s.raw) {
        out.bytes = *s.raw + s.after;
        const auto end = out.bytes.find("\r\n\r\n");
        out.body_begin = end == std::string::npos ? out.bytes.size() : end + 4;
        return out;
    }

    const int status = s.status.value_or(200);
    const bool bodiless = status < 200 || status == 204 || status == 304;
    std::string body;
    if (s.body)
        body = compress(*s.body, s.coding);
    else if (!bodiless)
        body = compress(status < 400 ? "{}" : error_body(status, find_status(status).reason),
                        s.coding);

    std::string& text = out.bytes;
    text.reserve(s.before.size() + 640 + body.size() + s.after.size());
    text = s.before;
    text += "HTTP/1.1 ";
    text += std::to_string(status);
    text += ' ';
    text += s.reason.empty() ? find_status(status).reason : std::string_view(s.reason);
    text += "\r\n";
    const auto add = [&](std::string_view name, std::string_view value) {
        const auto same = [&](const header_line& h) {
            return openint::detail::equal_ignoring_case(h.name, name);
        };
        const auto removed = [&](std::string_view n) {
            return openint::detail::equal_ignoring_case(n, name);
        };
        if (std::none_of(s.headers.begin(), s.headers.end(), same) &&
            std::none_of(s.removed_headers.begin(), s.removed_headers.end(), removed))
            append_header(text, name, value);
    };
    std::string names;
    for (const header_line& h : r.headers) {
        names += names.empty() ? "" : ", ";
        for (char c : h.name)
            names += openint::detail::to_lower(c);
    }
    if (!bodiless)
        add("Content-Type", "application/json");
    add("Access-Control-Allow-Credentials", "true");
    add("Vary", "*");
    add("Access-Control-Allow-Origin", "*");
    add("Access-Control-Allow-Methods", r.method);
    add("Access-Control-Allow-Headers", names);
    add("Access-Control-Expose-Headers", names);
    for (const header_line& h : s.headers)
        append_header(text, h.name, h.value);
    if (s.coding == coding::gzip)
        add("Content-Encoding", "gzip");
    else if (s.coding != coding::identity)
        add("Content-Encoding", "deflate");
    add("Date", http_date(now));
    if (s.framing == framing::chunked)
        add("Transfer-Encoding", "chunked");
    else if (s.framing == framing::to_end)
        add("Connection", "close");
    else if (!bodiless)
        add("Content-Length", std::to_string(body.size()));
    text += "\r\n";
    out.body_begin = text.size();

    if (r.method != "HEAD")
        text += s.framing == framing::chunked ? chunk_body(body, s) : body;
    const std::string one = s.copies > 1 ? text : std::string();
    for (std::size_t i = 1; i < s.copies; ++i)
        text += one;
    text += s.after;
    return out;
}

} // namespace openint::testing::detail

#endif
