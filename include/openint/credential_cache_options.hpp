// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CREDENTIAL_CACHE_OPTIONS_HPP
#define OPENINT_CREDENTIAL_CACHE_OPTIONS_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace openint {

/// Both clocks of a machine, read together.
struct clock_reading
{
    std::chrono::system_clock::time_point wall;   ///< Goes on while the machine sleeps; can be set.
    std::chrono::steady_clock::time_point steady; ///< Cannot be set.
};

/// How a `credential_cache` behaves. No time may be negative. Of a token that does not last long,
/// `refresh_ahead` and `margin` are cut to a quarter of what was left of it when it came, and
/// `spread` to a twentieth.
struct credential_cache_options
{
    /// How long before its end a token is renewed, in the background: long enough for a service
    /// that is down for a minute.
    std::chrono::milliseconds refresh_ahead = std::chrono::minutes(2);
    /// Each renewal comes earlier by a random share, exponentially distributed with this mean, so
    /// that of many processes one is the first and the others find the token renewed.
    std::chrono::milliseconds spread = std::chrono::minutes(1);
    /// A token is not handed out for the last part of its life: it has to last for the request that
    /// it is handed out for, on the clock of whoever checks it.
    std::chrono::milliseconds margin = std::chrono::seconds(30);
    /// How long credentials are handed out until the service is asked again, less a random share of
    /// up to a quarter, even if they last longer or have no known end: a customer may have
    /// disconnected.
    std::chrono::milliseconds max_age = std::chrono::hours(1);
    /// The least time between two forced renewals of a connection, doubled with each one that a
    /// rejected token is the reason for, up to an hour; forgotten after an hour without one.
    std::chrono::milliseconds renew_pause = std::chrono::seconds(30);
    /// The longest time after a failure in which the service is not asked again. The first pause is
    /// 1 s (4 s after an answer that says no), each one twice as long as the one before. A longer
    /// Retry-After is obeyed, up to an hour.
    std::chrono::milliseconds max_pause = std::chrono::minutes(1);
    /// How many connections are kept, at least 1. Those that nobody has used lately go first, and
    /// before them those that there are no credentials of. Each takes about 1 KiB and its texts.
    std::size_t max_entries = 10'000;
    /// Whether a token is renewed by force before it ends. Without, the service renews it when it
    /// has ended, and callers wait for that.
    bool force_ahead = true;
    /// Whether a difference between this machine's clock and the answers' `Date` is taken out.
    bool trust_date = true;
    /// For tests: read instead of the machine's clocks, from any thread, under the cache's locks.
    std::function<clock_reading()> clock = {};
};

/// What a `credential_cache` has done since it was made.
struct credential_cache_statistics
{
    std::size_t entries = 0; ///< In memory now, those without credentials included.
    std::uint64_t hits = 0;  ///< Handed out at once.
    std::uint64_t stale = 0; ///< Of these, handed out after the last attempt to renew had failed.
    std::uint64_t waits = 0; ///< Callers that had to wait for a request.
    std::uint64_t requests = 0; ///< To the service.
    std::uint64_t forced = 0;   ///< Of these, forced renewals.
    std::uint64_t failures = 0; ///< Requests that failed, or brought no usable credentials.
    std::uint64_t evicted = 0;  ///< Connections given up since there were too many.
};

} // namespace openint

#endif
