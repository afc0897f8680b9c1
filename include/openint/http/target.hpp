// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_TARGET_HPP
#define OPENINT_HTTP_TARGET_HPP

#include <openint/detail/config.hpp>

#include <string>
#include <string_view>

namespace openint::http {

/// Appends one path segment. RFC 3986 `pchar` are left alone, every other byte (`/`, `?` and `%`
/// included) becomes `%XX`. The segments `.` and `..` cannot be encoded: refuse them before.
OPENINT_DECL void append_path_segment(std::string& out, std::string_view segment);

/// Whether `append_path_segment` would change the segment.
OPENINT_DECL bool needs_encoding(std::string_view segment);

/// Appends `?key=value`, or `&key=value` where the target has a query already.
///
/// Encoded is what RFC 3986 does not allow in a query, and `&`, `=`, `+`, `;` and `#`, which
/// servers take as syntax. Commas are left alone, because lists are sent comma-joined.
OPENINT_DECL void append_query(std::string& target, std::string_view key, std::string_view value);

/// Examines a request target that a user wrote, such as `/connection/conn_1?expand=connector`.
///
/// The problem, or "" when it can be sent to the configured origin as it is: it begins with one
/// `/`, is visible ASCII without `\` and `#`, its escapes are whole, and no segment of its path is
/// a dot segment, even when dots or separators are written as escapes.
OPENINT_DECL std::string check_target(std::string_view target);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/target.ipp>
#endif

#endif
