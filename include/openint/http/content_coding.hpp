// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_CONTENT_CODING_HPP
#define OPENINT_HTTP_CONTENT_CODING_HPP

#include <openint/detail/config.hpp>

#include <optional>
#include <string_view>

namespace openint::http {

/// The content codings that are understood (RFC 9110 8.4.1).
enum class coding
{
    identity,
    gzip,   ///< RFC 1952, any number of members, then any number of zeros, as in Node
    deflate ///< RFC 1950; also RFC 1951 without its wrapper, as some servers send it
};

/// Reads a Content-Encoding field: `gzip`, `x-gzip`, `deflate`, `identity` or nothing, in any case.
/// No value for an unknown coding and for more than one; `identity` besides another does not count.
OPENINT_DECL std::optional<coding> coding_from(std::string_view content_encoding);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/content_coding.ipp>
#endif

#endif
