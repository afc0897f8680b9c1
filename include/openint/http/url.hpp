// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_URL_HPP
#define OPENINT_HTTP_URL_HPP

#include <openint/detail/config.hpp>

#include <boost/system/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace openint::http {

// A problem is a phrase to be put after the name of what was examined ("base URL" + " " +
// problem). It never quotes the input, which may hold a password. Results are tested and
// dereferenced: a text cannot be thrown, so they have no value().

/// User name and password, percent-decoded.
struct url_credentials
{
    std::string user;
    std::string password;

    bool operator==(const url_credentials&) const = default;
};

/// An origin (RFC 6454) with an optional path prefix: what a base URL or a proxy URL says.
struct url
{
    bool tls = false;       ///< https
    std::string host;       ///< lower case; an IPv6 address in canonical form, without brackets
    std::uint16_t port = 0; ///< never 0 after `parse_url`
    std::string path;       ///< "" or "/v1": no slash at the end
    std::optional<url_credentials> credentials;

    bool operator==(const url&) const = default;

    /// For the Host field: `api.example`, `[::1]:8080`. The default port of the scheme is left out.
    OPENINT_DECL std::string authority() const;

    /// For people and for absolute-form targets: `https://api.example:8443`. Never credentials.
    OPENINT_DECL std::string origin() const;
};

/// Same scheme, host and port (RFC 6454); paths and credentials do not matter.
OPENINT_DECL bool same_origin(const url& a, const url& b);

struct parse_url_options
{
    bool allow_credentials = false; ///< accept `user:password@`, which only proxies may have
};

/// Reads an absolute `http` or `https` URL, strictly.
///
/// Refused, with a problem: another scheme, a query or fragment, anything but visible ASCII
/// that RFC 3986 allows, a `\`, a port outside 1 to 65535, a dot segment (`%2e` counts as a dot),
/// an empty segment, a host that is neither a name (letters, digits, `-`, `_`, labels of 1 to 63)
/// nor an address (dotted IPv4 without shorthand, IPv6 in brackets without a zone).
OPENINT_DECL boost::system::result<url, std::string> parse_url(std::string_view text,
                                                               parse_url_options options = {});

/// Where a redirect leads.
struct location
{
    url origin;         ///< without path
    std::string target; ///< path and query, ready for the request line

    bool operator==(const location&) const = default;
};

/// Resolves the Location field of an answer (RFC 9110 10.2.2, RFC 3986 5.2) against the request
/// that it answers: an absolute URL, `//host/path`, `/path`, `?query` or a relative path. A
/// fragment is dropped. `current_target` is the whole target, with the path of `base` in front.
OPENINT_DECL boost::system::result<location, std::string>
resolve_location(const url& base, std::string_view current_target, std::string_view location_field);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/url.ipp>
#endif

#endif
