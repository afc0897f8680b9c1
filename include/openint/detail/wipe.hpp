// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_DETAIL_WIPE_HPP
#define OPENINT_DETAIL_WIPE_HPP

#include <cstddef>
#include <cstring>
#include <string>

namespace openint::detail {

/// Overwrites `size` bytes with zeros in a way that the optimizer does not remove, even when the
/// memory is freed right afterwards.
inline void wipe(void* data, std::size_t size) noexcept
{
    if (size == 0)
        return;
#if defined(__GNUC__)
    std::memset(data, 0, size);
    asm volatile("" : : "r"(data) : "memory");
#else
    for (auto* p = static_cast<volatile unsigned char*>(data); size != 0; ++p, --size)
        *p = 0;
#endif
}

/// Wipes the text and leaves it empty. What lies after its end, in a string that was longer before
/// or was moved from, is not touched.
inline void wipe(std::string& text) noexcept
{
    wipe(text.data(), text.size());
    text.clear();
}

} // namespace openint::detail

#endif
