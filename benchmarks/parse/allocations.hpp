// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_PARSE_ALLOCATIONS_HPP
#define OPENINT_BENCHMARKS_PARSE_ALLOCATIONS_HPP

#include <cstddef>

namespace benchmark_parse {

/// How often this thread has asked for memory.
std::size_t allocations() noexcept;

} // namespace benchmark_parse

#endif
