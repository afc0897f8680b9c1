// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_SCRATCH_HPP
#define OPENINT_JSON_DETAIL_SCRATCH_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>

namespace openint::json::detail {

/// Room for strings that have to be decoded. They can be secrets, so it is wiped when it is given
/// up.
class scratch
{
public:
    scratch() = default;
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch()
    {
        if (used_)
            wipe();
    }

    /// At least `size` bytes that begin with the first `keep` of what there was.
    char* reserve(std::size_t size, std::size_t keep)
    {
        if (size > capacity_)
            grow(size, keep);
        used_ = true;
        return data_;
    }

    std::size_t capacity() const noexcept { return capacity_; }

private:
    void grow(std::size_t size, std::size_t keep)
    {
        const std::size_t capacity = (std::max)(size, capacity_ * 2);
        std::unique_ptr<char[]> bigger{new char[capacity]};
        std::memcpy(bigger.get(), data_, keep);
        wipe();
        heap_ = std::move(bigger);
        data_ = heap_.get();
        capacity_ = capacity;
    }

    void wipe() noexcept
    {
        std::memset(data_, 0, capacity_);
        asm volatile("" : : "r"(data_) : "memory"); // keeps the compiler from leaving it out
    }

    bool used_ = false;
    std::size_t capacity_ = sizeof inline_;
    char* data_ = inline_;
    std::unique_ptr<char[]> heap_;
    char inline_[512];
};

} // namespace openint::json::detail

#endif
