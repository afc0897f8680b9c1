// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_CLOCK_HPP
#define OPENINT_IMPL_CREDENTIAL_CLOCK_HPP

#include <openint/credential_cache_options.hpp>
#include <openint/impl/credential_entry.hpp>

#include <chrono>
#include <ctime>

namespace openint::detail {

inline moment to_moment(const clock_reading& r)
{
    using std::chrono::floor;
    return {floor<moment::duration>(r.wall), floor<moment::duration>(r.steady.time_since_epoch())};
}

/// The machine's clocks.
inline moment read_clocks()
{
#ifdef CLOCK_MONOTONIC_COARSE
    // A fifth of the time that the exact ones take, and exact to some milliseconds.
    const auto read = [](clockid_t id) {
        std::timespec t{};
        ::clock_gettime(id, &t);
        return std::chrono::seconds(t.tv_sec) + moment::duration(t.tv_nsec / 1'000'000);
    };
    return {std::chrono::sys_time<moment::duration>(read(CLOCK_REALTIME_COARSE)),
            read(CLOCK_MONOTONIC_COARSE)};
#else
    return to_moment({std::chrono::system_clock::now(), std::chrono::steady_clock::now()});
#endif
}

} // namespace openint::detail

#endif
