// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_DETAIL_STRIPED_MUTEX_HPP
#define OPENINT_DETAIL_STRIPED_MUTEX_HPP

#include <array>
#include <atomic>
#include <cstddef>
#include <mutex>

namespace openint::detail {

/// For what is read all the time and changed seldom: each reader locks one mutex, mostly a
/// different one than other threads do, so that readers do not take a cache line from each other; a
/// writer locks them all.
template <class Stripe>
class striped_mutex
{
public:
    static constexpr std::size_t stripes = 8;

    /// What readers of one stripe have to themselves while they hold it.
    struct alignas(64) stripe
    {
        std::mutex mutex;
        Stripe data{};
    };

    /// The stripe of this thread, always the same.
    static std::size_t mine() noexcept
    {
        static std::atomic<std::size_t> threads{0};
        thread_local const std::size_t number = threads.fetch_add(1, std::memory_order_relaxed);
        return number % stripes;
    }

    stripe& operator[](std::size_t n) noexcept { return stripes_[n]; }

    /// For writers.
    void lock()
    {
        for (stripe& s : stripes_)
            s.mutex.lock();
    }
    void unlock()
    {
        for (stripe& s : stripes_)
            s.mutex.unlock();
    }

    /// Calls `f` with what each stripe has. For writers.
    template <class F>
    void for_each(F f) const
    {
        for (const stripe& s : stripes_)
            f(s.data);
    }

private:
    std::array<stripe, stripes> stripes_;
};

} // namespace openint::detail

#endif
