// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_RESPONSE_INFO_HPP
#define OPENINT_RESPONSE_INFO_HPP

#include <openint/headers.hpp>

#include <chrono>

namespace openint {

/// How long the parts of a call took. Parts that did not happen are zero.
struct call_timings
{
    std::chrono::nanoseconds waiting{};    ///< For a connection of the pool, in the last attempt.
    std::chrono::nanoseconds connecting{}; ///< Look-up, connect, handshake, in the last attempt.
    std::chrono::nanoseconds first_byte{}; ///< From the written request to the answer's first byte.
    std::chrono::nanoseconds total{};      ///< The whole call, with all attempts and pauses.
};

/// What came with the typed answer. Written once, just before the call completes, whether it
/// succeeds or fails. One call at a time may use it.
struct response_info
{
    unsigned status = 0;      ///< 0 without an answer.
    openint::headers headers; ///< Of the answer.
    int attempts = 0;         ///< Requests written.
    call_timings timings;     ///< How long it took.
};

} // namespace openint

#endif
