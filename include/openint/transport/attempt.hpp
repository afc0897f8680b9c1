// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_ATTEMPT_HPP
#define OPENINT_TRANSPORT_ATTEMPT_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/call_state.hpp>

#include <boost/asio/awaitable.hpp>

namespace openint::transport {

/// One attempt: waits for a connection, opens it if need be, writes the request and reads the
/// answer. Leaves in the call how it ended. `fresh`: not on a connection that was used before.
///
/// A server may answer before it has read all of the request. An error answer, or one that is
/// whole, ends the sending then, and counts even if the connection breaks.
OPENINT_DECL boost::asio::awaitable<void> attempt_once(call_state& c, bool fresh);

/// Notes whether a byte of the request has gone out.
inline void note_written(call_state& c) noexcept
{
    if (c.progress == attempt_progress::nothing_sent && c.connection->written() != 0) {
        c.progress = attempt_progress::sent;
        ++c.written;
    }
}

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/attempt.ipp>
#endif

#endif
