// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_ERROR_BODY_HPP
#define OPENINT_TRANSPORT_ERROR_BODY_HPP

#include <openint/detail/config.hpp>
#include <openint/error.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace openint::transport {

/// What the body of an error answer says, before it is made presentable.
struct error_body
{
    std::string message;
    std::string code;
    std::vector<issue> issues;
};

/// Reads the body of an error answer as far as it can be read.
///
/// Whatever shape it has, each member counts for itself: `message`, `code` and `issues`, those of
/// OAuth (RFC 6749, 5.2) and of problem details (RFC 9457), all of them also inside `error`. Of
/// what is not JSON, the message is the beginning. `cut`: the body has no end; where it ends, no
/// part of the token is kept.
OPENINT_DECL error_body read_error_body(std::string_view body, std::string_view token, bool cut);

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/error_body.ipp>
#endif

#endif
