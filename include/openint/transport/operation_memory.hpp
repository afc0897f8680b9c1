// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_OPERATION_MEMORY_HPP
#define OPENINT_TRANSPORT_OPERATION_MEMORY_HPP

#include <atomic>
#include <cstddef>
#include <new>

namespace openint::transport {

/// Memory for two of Asio's operations, one in progress and one that it follows, so that beginning
/// them cannot fail. Only where more are needed, or larger ones, is it allocated. One thread at a
/// time allocates; any may deallocate.
class operation_memory
{
public:
    void* allocate(std::size_t size)
    {
        for (block& b : blocks_)
            if (size <= sizeof b.bytes && !b.used.exchange(true, std::memory_order_acquire))
                return b.bytes;
        return ::operator new(size);
    }
    void deallocate(void* p) noexcept
    {
        for (block& b : blocks_)
            if (p == b.bytes)
                return b.used.store(false, std::memory_order_release);
        ::operator delete(p);
    }

private:
    struct block
    {
        std::atomic<bool> used = false;
        alignas(std::max_align_t) std::byte bytes[320];
    };
    block blocks_[2];
};

/// The associated allocator of handlers of such operations.
template <class T>
struct operation_allocator
{
    using value_type = T;

    explicit operation_allocator(operation_memory& m) noexcept
        : from(&m)
    {}
    template <class U>
    operation_allocator(const operation_allocator<U>& other) noexcept
        : from(other.from)
    {}

    T* allocate(std::size_t n) { return static_cast<T*>(from->allocate(n * sizeof(T))); }
    void deallocate(T* p, std::size_t) noexcept { from->deallocate(p); }

    friend bool operator==(const operation_allocator& a, const operation_allocator& b) noexcept
    {
        return a.from == b.from;
    }

    operation_memory* from;
};

} // namespace openint::transport

#endif
