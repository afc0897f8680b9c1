// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_ERROR_ANSWER_HPP
#define OPENINT_TRANSPORT_ERROR_ANSWER_HPP

#include <openint/detail/config.hpp>
#include <openint/error.hpp>

#include <string_view>

namespace openint::transport {

/// Describes an error answer, of which `data` has the status, the headers and the body: fills in
/// the code, the message, the server's code and the issues, and adds to `what`.
///
/// Only the first 64 KiB of the body are looked at. No text holds the token, or anything else than
/// UTF-8 on one line.
///
/// `unread` says why the body could not be read, or only in part; empty if it was.
OPENINT_DECL void describe_error_answer(error_data& data, std::string_view token,
                                        std::string_view unread = {});

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/error_answer.ipp>
#endif

#endif
