// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_HEAD_HPP
#define OPENINT_TESTING_DETAIL_HTTP_HEAD_HPP

// Status lines and header lines.

#include <openint/testing/request.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

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

} // namespace openint::testing::detail

#endif
