// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_RETRY_OPTIONS_HPP
#define OPENINT_RETRY_OPTIONS_HPP

#include <chrono>

namespace openint {

/// When failed attempts are made again. Negative numbers count as 0.
struct retry_options
{
    /// Attempts after the first one. 0 turns retrying off; a stale connection is still replaced.
    int max_retries = 2;

    /// The pause before retry n (from 0) is min(initial_delay * 2^n, max_delay), shortened by a
    /// random share of up to a quarter, unless the server says how long to wait.
    std::chrono::milliseconds initial_delay{500};
    /// The longest pause, where the server does not ask for one.
    std::chrono::milliseconds max_delay{8'000};

    /// If the server asks for a longer pause than this, the call fails with the server's answer.
    std::chrono::milliseconds max_retry_after{60'000};

    /// Also sends POST and PATCH again when it is uncertain whether the server acted on them.
    bool replay_unsafe = false;
};

} // namespace openint

#endif
