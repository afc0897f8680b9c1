// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_REQUEST_HPP
#define OPENINT_HTTP_REQUEST_HPP

#include <openint/detail/wipe.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openint::http {

/// The methods that the API uses.
enum class verb : std::uint8_t
{
    get,
    head,
    post,
    put,
    patch,
    del
};

constexpr std::string_view to_string(verb method) noexcept
{
    constexpr std::string_view names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    return names[static_cast<std::size_t>(method)];
}

/// One request, owning everything that it needs, so that it may outlive what it was made from.
struct request
{
    verb method = verb::get;
    std::string target = {}; ///< Path and query as they go on the wire.
    /// JSON; sent with `Content-Type: application/json`.
    std::optional<openint::detail::wiped_string> body = {};
    bool needs_token = true;  ///< Refused before any I/O if the client has no token.
    std::string problem = {}; ///< Not empty: why this request may not be sent.
};

/// Appends the request as it goes on the wire. `target_prefix` is the origin for the absolute form
/// that proxies want, else empty; `fields` are rendered header lines, each ended by CRLF.
inline void append_message(std::string& out, const request& r, std::string_view target_prefix,
                           std::string_view fields)
{
    const std::string_view body = r.body ? r.body->view() : std::string_view();
    const std::string length = r.body ? std::to_string(body.size()) : std::string();
    constexpr std::string_view content_type = "Content-Type: application/json\r\nContent-Length: ";
    out.reserve(out.size() + target_prefix.size() + r.target.size() + fields.size() +
                content_type.size() + body.size() + 48);
    out.append(to_string(r.method)).append(1, ' ');
    out.append(target_prefix).append(r.target).append(" HTTP/1.1\r\n").append(fields);
    if (r.body)
        out.append(content_type).append(length).append("\r\n");
    out.append("\r\n").append(body);
}

} // namespace openint::http

#endif
