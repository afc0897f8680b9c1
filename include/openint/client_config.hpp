// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CLIENT_CONFIG_HPP
#define OPENINT_CLIENT_CONFIG_HPP

#include <openint/detail/config.hpp>
#include <openint/headers.hpp>
#include <openint/log.hpp>
#include <openint/retry_options.hpp>
#include <openint/secret.hpp>
#include <openint/tls_options.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace openint {

/// The connections that all handles of one client share.
struct pool_options
{
    /// At least 1. Further calls wait their turn, which their `timeout` limits.
    std::size_t max_connections = 100;
    /// How long an idle connection is kept; 0: not at all. The server closes idle ones after 9 s.
    std::chrono::milliseconds idle_timeout{4'000};
};

/// What a server may send.
struct limit_options
{
    /// Bytes, after decompression. The structs that a body becomes may take 32 times as many, since
    /// they can be far larger than their text: in a list of connections, `{}` becomes 2 KiB.
    std::size_t max_body = 64u << 20;
    std::size_t max_header = 64u << 10; ///< Bytes of status line and header fields.
};

/// Everything that a client is configured with. An explicit `client_config{}` takes nothing from
/// the environment; `client_config::from_env()` does. Build it outside of `co_await` expressions.
struct client_config
{
    /// Organization or customer API key, or customer token. Empty: none.
    secret token = {};
    /// Where the service is. `http` or `https`; its path comes before that of every operation.
    std::string base_url = "https://api.openint.dev/v1";
    /// For one attempt: from waiting for a connection to the last byte of the body. As the others,
    /// not negative; `(std::chrono::nanoseconds::max)()` is no limit.
    std::chrono::nanoseconds timeout = std::chrono::seconds{60};
    /// For all attempts and the pauses between them.
    std::chrono::nanoseconds total_timeout = std::chrono::minutes{3};
    /// The part of `timeout` that looking up, connecting and the TLS handshake may take.
    std::chrono::nanoseconds connect_timeout = std::chrono::seconds{10};
    /// Sent with every request. Not Host, Authorization or framing fields; those of the library
    /// itself (User-Agent, Accept, Accept-Encoding) are replaced.
    openint::headers headers = {};
    std::string user_agent = {}; ///< Comes before the library's own name and version.
    retry_options retry = {};    ///< When and how often a failed attempt is made again.
    pool_options pool = {};      ///< How many connections, and how long they are kept.
    tls_options tls = {};        ///< What is trusted, and what is shown, with an `https` base URL.
    std::string proxy = {};      ///< `http://[user:password@]host:port`; empty: none.
    bool compression = true;     ///< Asks for gzip.
    limit_options limits = {};   ///< How large an answer may be.
    log_options log = {};        ///< What is reported, and where to; nothing by default.

    /// The defaults, completed from OPENINT_API_KEY, OPENINT_BASE_URL, OPENINT_LOG (a level; events
    /// go to stderr), HTTPS_PROXY, HTTP_PROXY and NO_PROXY. Blank counts as unset. HTTP_PROXY is
    /// ignored where REQUEST_METHOD is set (CGI), and every proxy for loopback hosts. The proxy is
    /// the one for the base URL of the environment: clear it when you set another.
    /// Throws `error` (`errc::invalid_argument`) for a level that does not exist.
    OPENINT_DECL static client_config from_env();
};

} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/client_config.ipp>
#endif

#endif
