// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_SCAN_HPP
#define OPENINT_JSON_DETAIL_SCAN_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if !defined(OPENINT_JSON_PORTABLE) && defined(__SSE2__)
#include <emmintrin.h>
#define OPENINT_JSON_SSE2 1
#elif !defined(OPENINT_JSON_PORTABLE) && defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>
#define OPENINT_JSON_NEON 1
#endif

// Looking for the end of the plain part of a string: for a quote, a backslash, a control character,
// or a byte of a character that is not ASCII. A block type says how many bytes it looks at
// together (`width`), and gives a mask of those that are not plain, with `bits` bits for each byte,
// of which the lowest that is set is exact. Blocks are read only where all of their bytes belong to
// the text; the rest is looked at byte by byte.

namespace openint::json::detail {

constexpr bool is_plain(char c) noexcept
{
    const auto u = static_cast<unsigned char>(c);
    return u >= 0x20 && u < 0x80 && c != '"' && c != '\\';
}

constexpr bool begins_number(char c) noexcept
{
    return c == '-' || static_cast<unsigned char>(c - '0') < 10;
}

/// Eight bytes in an integer register; for any machine.
struct portable_block
{
    static constexpr std::size_t width = 8, bits = 8;
    std::uint64_t bytes;

    static portable_block load(const char* p) noexcept
    {
        portable_block b;
        std::memcpy(&b.bytes, p, sizeof b.bytes);
        return b;
    }

    void store(char* p) const noexcept { std::memcpy(p, &bytes, sizeof bytes); }

    std::uint64_t special() const noexcept
    {
        constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
        std::uint64_t x = bytes;
        if constexpr (std::endian::native == std::endian::big)
            x = __builtin_bswap64(x);
        const std::uint64_t low = x ^ ones * 2, slash = x ^ ones * '\\'; // see is_low()
        // Borrows can set bits above the first that is right.
        return ((((low - ones * 0x21) | (slash - ones)) & ~x) | x) & tops;
    }
};

#if defined(OPENINT_JSON_SSE2)

/// Sixteen bytes; every x86-64 has SSE2.
struct sse2_block
{
    static constexpr std::size_t width = 16, bits = 1;
    __m128i bytes;

    static sse2_block load(const char* p) noexcept
    {
        return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))};
    }

    void store(char* p) const noexcept { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), bytes); }

    std::uint32_t special() const noexcept
    {
        // One comparison for quotes and control characters: with the second bit turned around,
        // they are what is below 0x21. It is signed, so that what is not ASCII is below as well.
        const __m128i low =
            _mm_subs_epi8(_mm_xor_si128(bytes, _mm_set1_epi8(2)), _mm_set1_epi8(0x21));
        const __m128i found = _mm_or_si128(low, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        return static_cast<std::uint32_t>(_mm_movemask_epi8(found));
    }
};
using native_block = sse2_block;

#elif defined(OPENINT_JSON_NEON)

/// Sixteen bytes; every 64-bit ARM has NEON.
struct neon_block
{
    static constexpr std::size_t width = 16, bits = 4;
    uint8x16_t bytes;

    static neon_block load(const char* p) noexcept
    {
        return {vld1q_u8(reinterpret_cast<const std::uint8_t*>(p))};
    }

    void store(char* p) const noexcept { vst1q_u8(reinterpret_cast<std::uint8_t*>(p), bytes); }

    std::uint64_t special() const noexcept
    {
        const uint8x16_t found =
            vorrq_u8(vcltq_s8(vreinterpretq_s8_u8(bytes), vdupq_n_s8(0x20)),
                     vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('"')), vceqq_u8(bytes, vdupq_n_u8('\\'))));
        return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
    }
};
using native_block = neon_block;

#else
using native_block = portable_block;
#endif

/// The first place of a text from which no whole block can be read any more; at least 16 bytes are
/// left at every place before it.
inline const char* end_of_blocks(const char* begin, const char* end) noexcept
{
    return end - begin < 16 ? begin : end - 15;
}

/// The first byte from `p` that is not plain, or `end`. `blocks` is the text's `end_of_blocks`.
template <class Block = native_block>
[[gnu::always_inline]] inline const char* skip_plain(const char* p, const char* end,
                                                     const char* blocks) noexcept
{
    for (; p < blocks; p += Block::width)
        if (const auto special = Block::load(p).special(); special != 0)
            return p + static_cast<std::size_t>(std::countr_zero(special)) / Block::bits;
    while (p != end && is_plain(*p))
        ++p;
    return p;
}

} // namespace openint::json::detail

#endif
