// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_REQUEST_PIN_HPP
#define OPENINT_BENCHMARKS_REQUEST_PIN_HPP

#include <sched.h>

namespace bench {

/// Keeps this process on one core, where the machine has it.
inline void pin_to(int core)
{
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    sched_setaffinity(0, sizeof(cores), &cores);
}

} // namespace bench

#endif
