// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_DATE_HPP
#define OPENINT_HTTP_DATE_HPP

#include <openint/detail/config.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace openint::http {

/// Reads a date in one of the three forms of RFC 9110 5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`,
/// `Sunday, 06-Nov-94 08:49:37 GMT` (years 70 to 99 are of the last century) and
/// `Sun Nov  6 08:49:37 1994`. The name of the day is not compared with the date.
OPENINT_DECL std::optional<std::chrono::sys_seconds> parse_date(std::string_view text);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/date.ipp>
#endif

#endif
