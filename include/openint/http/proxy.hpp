// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_PROXY_HPP
#define OPENINT_HTTP_PROXY_HPP

#include <openint/http/url.hpp>

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace openint::http {

/// Which proxies to use. Empty texts mean none.
struct proxy_settings
{
    std::string https_proxy; ///< for https, by CONNECT
    std::string http_proxy;  ///< for http, by requests in absolute form

    /// Hosts to go to directly, separated by commas or blanks. `*` means all. A name stands for
    /// itself and for what is below it; `.name` and `*.name` mean the same. An address, or a
    /// network as `10.0.0.0/8`, stands for hosts that are written as addresses; names are not
    /// looked up. `:port` after a name or address (IPv6 in brackets then) restricts it to that
    /// port.
    std::string no_proxy;

    bool operator==(const proxy_settings&) const = default;
};

/// Reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY with a function such as `std::getenv`, which returns
/// null for what is not set. Lower-case names come first; blank values count as not set. HTTP_PROXY
/// in upper case is ignored where REQUEST_METHOD is set, because in a CGI program a client's
/// `Proxy` field arrives under that name.
OPENINT_DECL proxy_settings proxy_settings_from(const char* (*lookup)(const char*));

/// Reads one proxy URL: `http://user:password@proxy:3128`, or without the scheme. `https` (TLS to
/// the proxy) can be read, too. A path other than `/` is a problem, as is any other scheme.
OPENINT_DECL boost::system::result<url, std::string> parse_proxy(std::string_view text);

/// Whether requests to this host go directly, whatever proxies are set: `localhost` and the names
/// below it, 127.0.0.0/8 and ::1.
OPENINT_DECL bool is_loopback(const url& target);

/// Whether a list in the form of `proxy_settings::no_proxy` names the host of this target. Entries
/// that cannot be understood match nothing.
OPENINT_DECL bool bypasses_proxy(std::string_view no_proxy, const url& target);

/// The proxy for requests to this target; no value for a direct connection. A problem if the
/// setting that applies cannot be read; it names the setting, and never quotes it.
OPENINT_DECL boost::system::result<std::optional<url>, std::string>
choose_proxy(const proxy_settings& settings, const url& target);

/// The value of the Proxy-Authorization field (RFC 7617): `Basic ` and the credentials of the proxy
/// in base64, or "" if it has none.
OPENINT_DECL std::string proxy_authorization(const url& proxy);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/proxy.ipp>
#endif

#endif
