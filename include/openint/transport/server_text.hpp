// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_SERVER_TEXT_HPP
#define OPENINT_TRANSPORT_SERVER_TEXT_HPP

#include <openint/detail/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace openint::transport {

/// Puts `[redacted]` in place of the token, in one pass. A token of fewer than 8 characters is
/// struck out only where it stands alone as a word: the text would be unreadable otherwise.
OPENINT_DECL void strike_out(std::string& text, std::string_view token);

/// The first `most` bytes of what a server wrote, as UTF-8 on one line, with `...` if there are
/// more. White space, control characters and those that change the direction of the text become
/// one space; a byte that is not UTF-8 becomes U+FFFD.
OPENINT_DECL std::string one_line(std::string_view text, std::size_t most = std::string_view::npos);

/// What may be shown of a server's words: all of them on one line, without the token.
OPENINT_DECL std::string presentable(std::string_view text, std::string_view token);

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/server_text.ipp>
#endif

#endif
