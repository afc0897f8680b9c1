// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "allocations.hpp"

#include <cerrno>
#include <cstddef>

// Every way to get memory, in front of the C library's own functions.

namespace {

thread_local std::size_t count = 0;

} // namespace

namespace benchmark_parse {

std::size_t allocations() noexcept { return count; }

} // namespace benchmark_parse

extern "C" {

void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t items, std::size_t size);
void* __libc_realloc(void* p, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size)
{
    ++count;
    return __libc_malloc(size);
}

void* calloc(std::size_t items, std::size_t size)
{
    ++count;
    return __libc_calloc(items, size);
}

void* realloc(void* p, std::size_t size)
{
    ++count;
    return __libc_realloc(p, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    ++count;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** p, std::size_t alignment, std::size_t size)
{
    ++count;
    *p = __libc_memalign(alignment, size);
    return *p == nullptr ? ENOMEM : 0;
}
}
