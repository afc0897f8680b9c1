// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_MOCK_SERVER_WIRE_IPP
#define OPENINT_IMPL_MOCK_SERVER_WIRE_IPP

// From a response to the bytes of an answer.

#include <openint/impl/mock_server_request.ipp>
#include <openint/testing/response.hpp>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <ctime>

namespace openint::testing::detail {

// Statuses with the code that the real server gives them in its error bodies.
struct status_row
{
    int status;
    std::string_view reason;
    std::string_view code = {};
};

inline const status_row& find_status(int status)
{
    static constexpr status_row rows[] = {
        {100, "Continue"},
        {101, "Switching Protocols"},
        {102, "Processing"},
        {103, "Early Hints"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {205, "Reset Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request", "BAD_REQUEST"},
        {401, "Unauthorized", "UNAUTHORIZED"},
        {402, "Payment Required", "PAYMENT_REQUIRED"},
        {403, "Forbidden", "FORBIDDEN"},
        {404, "Not Found", "NOT_FOUND"},
        {405, "Method Not Allowed", "METHOD_NOT_SUPPORTED"},
        {407, "Proxy Authentication Required"},
        {408, "Request Timeout", "TIMEOUT"},
        {409, "Conflict", "CONFLICT"},
        {410, "Gone"},
        {412, "Precondition Failed", "PRECONDITION_FAILED"},
        {413, "Payload Too Large", "PAYLOAD_TOO_LARGE"},
        {415, "Unsupported Media Type", "UNSUPPORTED_MEDIA_TYPE"},
        {422, "Unprocessable Entity", "UNPROCESSABLE_CONTENT"},
        {425, "Too Early"},
        {429, "Too Many Requests", "TOO_MANY_REQUESTS"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error", "INTERNAL_SERVER_ERROR"},
        {501, "Not Implemented", "NOT_IMPLEMENTED"},
        {502, "Bad Gateway", "BAD_GATEWAY"},
        {503, "Service Unavailable", "SERVICE_UNAVAILABLE"},
        {504, "Gateway Timeout", "GATEWAY_TIMEOUT"},
    };
    static constexpr status_row unknown{0, "Unknown", "UNKNOWN"};
    const auto* row = std::find_if(std::begin(rows), std::end(rows),
                                   [&](const status_row& r) { return r.status == status; });
    return row == std::end(rows) ? unknown : *row;
}

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

inline void append_header(std::string& out, std::string_view name, std::string_view value)
{
    ((out += name) += ": ") += value;
    out += "\r\n";
}

inline void append_head(std::string& out, int status, std::string_view reason,
                        const std::vector<header_line>& headers)
{
    out += "HTTP/1.1 ";
    out += std::to_string(status);
    out += ' ';
    out += reason.empty() ? find_status(status).reason : reason;
    out += "\r\n";
    for (const header_line& h : headers)
        append_header(out, h.name, h.value);
    out += "\r\n";
}

inline void append_hex(std::string& out, std::size_t n)
{
    char digits[2 * sizeof n];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, n, 16).ptr);
}

inline void append_bytes(std::string& out, std::uint32_t n, bool big_endian)
{
    for (unsigned i = 0; i < 4; ++i)
        out += static_cast<char>(n >> 8 * (big_endian ? 3 - i : i) & 0xff);
}

inline std::uint32_t adler32(std::string_view text)
{
    std::uint32_t a = 1, b = 0;
    for (char c : text) {
        a = (a + static_cast<unsigned char>(c)) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

inline std::string compress(std::string_view text, coding how)
{
    namespace zlib = boost::beast::zlib;
    if (how == coding::identity)
        return std::string(text);
    zlib::deflate_stream stream;
    std::string squeezed(stream.upper_bound(text.size()) + 64, '\0');
    zlib::z_params z;
    z.next_in = text.data();
    z.avail_in = text.size();
    z.next_out = squeezed.data();
    z.avail_out = squeezed.size();
    boost::beast::error_code ec;
    stream.write(z, zlib::Flush::finish, ec);
    squeezed.resize(z.total_out);

    if (how == coding::raw_deflate)
        return squeezed;
    if (how == coding::deflate) {
        std::string out("\x78\x9c");
        out += squeezed;
        append_bytes(out, adler32(text), true);
        return out;
    }
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    out += squeezed;
    append_bytes(out, crc.checksum(), false);
    append_bytes(out, static_cast<std::uint32_t>(text.size()), false);
    return out;
}

inline std::string chunk_body(std::string_view body, const response_script& s)
{
    std::string out;
    std::size_t next = 0;
    while (!body.empty()) {
        std::size_t size = body.size();
        if (!s.chunk_sizes.empty()) {
            size = std::clamp<std::size_t>(s.chunk_sizes[next], 1, size);
            next = std::min(next + 1, s.chunk_sizes.size() - 1);
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

// The date of now, made once a second.
inline std::string_view http_date()
{
    thread_local std::time_t made = 0;
    thread_local char text[40];
    thread_local std::size_t size = 0;
    const std::time_t now = std::time(nullptr);
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
    std::size_t body_begin = 0; // behind the head

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
    s.status = own.status;
    if (!s.body)
        s.body = std::move(own.body);
    for (header_line& h : own.headers)
        if (std::none_of(s.headers.begin(), s.headers.end(), [&](const header_line& mine) {
                return equal_ignoring_case(mine.name, h.name);
            }))
            s.headers.push_back(std::move(h));
    return s;
}

// The headers that the real server sends of its own accord, then those of the script.
inline wire_answer render(const response_script& s, const request& r)
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
        const auto same = [&](const header_line& h) { return equal_ignoring_case(h.name, name); };
        const auto removed = [&](std::string_view n) { return equal_ignoring_case(n, name); };
        if (std::none_of(s.headers.begin(), s.headers.end(), same) &&
            std::none_of(s.removed_headers.begin(), s.removed_headers.end(), removed))
            append_header(text, name, value);
    };
    std::string names;
    for (const header_line& h : r.headers) {
        names += names.empty() ? "" : ", ";
        for (char c : h.name)
            names += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
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
    add("Date", http_date());
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
