// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_OUTCOME_HPP
#define OPENINT_HTTP_OUTCOME_HPP

#include <openint/detail/config.hpp>
#include <openint/http/call.hpp>

#include <boost/system/error_code.hpp>

namespace openint::http {

/// What became of an attempt, noted in its call. `doing` is what it was about, for people.
OPENINT_DECL void fail_stopped(call& c, failure why);
OPENINT_DECL void fail_cancelled(call& c, const char* doing);
/// It could not be opened.
OPENINT_DECL void fail_opening(call& c, failure why);
/// The connection broke, or was stopped.
OPENINT_DECL void fail_io(call& c, const boost::system::error_code& ec, const char* doing);
/// What came is not an answer: with an error of the exchange.
OPENINT_DECL void fail_reading(call& c, const boost::system::error_code& ec);

/// Throws the `error` that says what became of the call.
[[noreturn]] OPENINT_DECL void throw_failure(const call& c);
/// The call has ended: throws unless it has succeeded.
OPENINT_DECL void finish(const call& c);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_outcome.ipp>
#endif

#endif
