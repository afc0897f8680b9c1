// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CALL_ERROR_HPP
#define OPENINT_TRANSPORT_CALL_ERROR_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/call_state.hpp>

#include <boost/system/error_code.hpp>

namespace openint::transport {

/// These note in a call why its attempt has failed. `doing` is what it did then ("connecting").
OPENINT_DECL void note_stopped(call_state& c, failure why);
OPENINT_DECL void note_cancelled(call_state& c, const char* doing);
/// The connection could not be opened.
OPENINT_DECL void note_open_failure(call_state& c, failure why);
/// The connection broke, or was stopped.
OPENINT_DECL void note_io_failure(call_state& c, const boost::system::error_code& ec,
                                  const char* doing);
/// What came is not an answer: an error of the parser.
OPENINT_DECL void note_malformed(call_state& c, const boost::system::error_code& ec);

/// Throws the `error` that says why the call has failed.
[[noreturn]] OPENINT_DECL void throw_call_error(const call_state& c);
/// The call has ended: fills in the caller's `response_info`, and throws unless it has succeeded.
OPENINT_DECL void complete(const call_state& c);

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/call_error.ipp>
#endif

#endif
