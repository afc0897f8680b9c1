// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_RETRY_AFTER_HPP
#define OPENINT_HTTP_RETRY_AFTER_HPP

#include <openint/detail/config.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace openint::http {

/// The fields of an answer that say how long to wait. A field that is absent is empty; one that
/// cannot be understood counts as absent.
struct retry_after_fields
{
    std::string_view retry_after_ms = {}; ///< `retry-after-ms`, milliseconds.
    std::string_view retry_after = {};    ///< `Retry-After`, seconds or a date (RFC 9110 10.2.3).
    std::string_view date = {};           ///< `Date`, the server's clock.
};

/// How long the server asks to wait: `retry-after-ms`, else `retry-after` in seconds (fractions are
/// understood) or as a date. A date is compared with the answer's own Date, or with `now` where
/// there is none. No value if the server does not ask, as with a date that has passed.
OPENINT_DECL std::optional<std::chrono::milliseconds>
retry_after(const retry_after_fields& fields, std::chrono::system_clock::time_point now);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/retry_after.ipp>
#endif

#endif
