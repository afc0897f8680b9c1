// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_KEEP_ALIVE_HPP
#define OPENINT_HTTP_KEEP_ALIVE_HPP

#include <openint/detail/config.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace openint::http {

/// How long a server means to keep a connection open: `Keep-Alive: timeout=5, max=100`.
struct keep_alive_hint
{
    std::optional<std::chrono::milliseconds> timeout = {}; ///< Without a request, from now on.
    std::optional<std::uint32_t> max = {};                 ///< Further requests.
};

/// Reads the value of a Keep-Alive field. What cannot be understood counts as absent; of several
/// parameters of a name, the least counts.
OPENINT_DECL keep_alive_hint parse_keep_alive(std::string_view value) noexcept;

/// How long such a connection can be used: less a second, or less a tenth where that is shorter,
/// so that a request does not cross the server's close on its way.
OPENINT_DECL std::chrono::milliseconds usable_time(std::chrono::milliseconds timeout) noexcept;

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/keep_alive.ipp>
#endif

#endif
