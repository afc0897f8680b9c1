// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <atomic>
#include <cerrno>
#include <cstddef>

// A library to be preloaded that counts allocations, however they are made: Asio's coroutine frames
// do not pass operator new. (For glibc.)

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

static std::atomic<unsigned long> made{0};

static void count() { made.fetch_add(1, std::memory_order_relaxed); }

unsigned long openint_bench_allocations() { return made.load(std::memory_order_relaxed); }

void* malloc(std::size_t size)
{
    count();
    return __libc_malloc(size);
}

void* calloc(std::size_t number, std::size_t size)
{
    count();
    return __libc_calloc(number, size);
}

void* realloc(void* old, std::size_t size)
{
    count();
    return __libc_realloc(old, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    count();
    return __libc_memalign(alignment, size);
}

void* memalign(std::size_t alignment, std::size_t size)
{
    count();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** out, std::size_t alignment, std::size_t size)
{
    count();
    *out = __libc_memalign(alignment, size);
    return *out ? 0 : ENOMEM;
}
}
