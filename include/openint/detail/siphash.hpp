// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_DETAIL_SIPHASH_HPP
#define OPENINT_DETAIL_SIPHASH_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openint::detail {

/// The key of a hash table, which nobody outside may know.
struct siphash_key
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

/// SipHash-1-3 (Aumasson and Bernstein): whoever does not know the key cannot choose texts that
/// collide. Texts come from strangers where they are ids in a URL.
inline std::uint64_t siphash(const siphash_key& key, std::string_view text) noexcept
{
    std::uint64_t a = key.first ^ 0x736f6d6570736575;
    std::uint64_t b = key.second ^ 0x646f72616e646f6d;
    std::uint64_t c = key.first ^ 0x6c7967656e657261;
    std::uint64_t d = key.second ^ 0x7465646279746573;
    const auto round = [&] {
        a += b;
        b = std::rotl(b, 13) ^ a;
        a = std::rotl(a, 32);
        c += d;
        d = std::rotl(d, 16) ^ c;
        a += d;
        d = std::rotl(d, 21) ^ a;
        c += b;
        b = std::rotl(b, 17) ^ c;
        c = std::rotl(c, 32);
    };
    const auto word = [](const char* p, std::size_t size) { // little endian
        std::uint64_t w = 0;
        for (std::size_t i = 0; i != size; ++i)
            w |= std::uint64_t(static_cast<unsigned char>(p[i])) << (8 * i);
        return w;
    };

    const char* p = text.data();
    for (std::size_t left = text.size() / 8; left != 0; --left, p += 8) {
        const std::uint64_t w = word(p, 8);
        d ^= w;
        round();
        a ^= w;
    }
    const std::uint64_t last = word(p, text.size() % 8) | std::uint64_t{text.size()} << 56;
    d ^= last;
    round();
    a ^= last;
    c ^= 0xff;
    round();
    round();
    round();
    return a ^ b ^ c ^ d;
}

} // namespace openint::detail

#endif
