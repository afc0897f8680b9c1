// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_FIELD_HPP
#define OPENINT_HTTP_FIELD_HPP

#include <openint/detail/config.hpp>

#include <string_view>

namespace openint::http {

/// Whether the text can be the name of a header field (RFC 9110 `token`).
OPENINT_DECL bool is_token(std::string_view text);

/// Whether the text can be the value of a header field (RFC 9110): no controls except a tab inside,
/// no white space at either end. The empty text can.
OPENINT_DECL bool is_field_value(std::string_view text);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/field.ipp>
#endif

#endif
