// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_UTF8_HPP
#define OPENINT_JSON_DETAIL_UTF8_HPP

#include <openint/json/detail/scan.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

// The parts of strings that are not only ASCII.

namespace openint::json::detail {

/// The end of the character that begins at `p`, whose first byte is not ASCII; nullptr if it is not
/// UTF-8 as Unicode defines it (shortest form, no surrogates, at most U+10FFFF).
inline const char* skip_utf8(const char* p, const char* end) noexcept
{
    const auto byte = [p](int i) {
        return static_cast<unsigned>(static_cast<unsigned char>(p[i]));
    };
    const auto tail = [&byte](int i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    const std::ptrdiff_t left = end - p;
    if (first < 0xE0)
        return first >= 0xC2 && left >= 2 && tail(1) ? p + 2 : nullptr;
    if (first < 0xF0) {
        if (left < 3 || !tail(1) || !tail(2))
            return nullptr;
        const unsigned c = (first & 0x0F) << 6 | (byte(1) & 0x3F); // without its last six bits
        return c >= 0x20 && (c < 0x360 || c > 0x37F) ? p + 3 : nullptr;
    }
    if (left < 4 || !tail(1) || !tail(2) || !tail(3))
        return nullptr;
    const unsigned c = (first & 0x0F) << 6 | (byte(1) & 0x3F); // without its last twelve bits
    return first < 0xF8 && c >= 0x10 && c <= 0x10F ? p + 4 : nullptr;
}

/// Keeps nothing of what is skipped.
struct drop
{
    template <class Block>
    void store(const Block&) noexcept
    {}
    void advance(std::ptrdiff_t) noexcept {}
};

/// Copies what is skipped; up to a block after it is overwritten.
struct copy
{
    char* out;

    template <class Block>
    void store(const Block& block) noexcept
    {
        block.store(out);
    }
    void advance(std::ptrdiff_t n) noexcept { out += n; }
};

/// Goes through the text of a string block by block as long as it is known to be right: to a quote,
/// a backslash or a control character, or to the beginning of a character that must be looked at
/// alone, which can be any. Every place before `blocks` must have a whole block after it.
template <class Sink, class Block>
inline const char* skip_text(const char* p, const char* blocks, Sink& sink, Block) noexcept
{
    for (; p < blocks; p += Block::width, sink.advance(Block::width)) {
        const Block block = Block::load(p);
        sink.store(block);
        if (const auto special = block.special(); special != 0) {
            const auto n = std::countr_zero(special) / static_cast<int>(Block::bits);
            sink.advance(n);
            return p + n;
        }
    }
    return p;
}

#if defined(OPENINT_JSON_SSE2)

/// UTF-8 as well: each first byte of a character demands bytes that continue it, and those must be
/// all that there are. First bytes of which some second bytes are wrong, and those of characters of
/// four bytes, are looked at alone.
template <class Sink>
inline const char* skip_text(const char* p, const char* blocks, Sink& sink, sse2_block) noexcept
{
    const auto above = [](__m128i bytes, unsigned char limit) {
        return _mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(limit)));
    };
    const auto is = [](__m128i bytes, unsigned char byte) {
        return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(static_cast<char>(byte)));
    };
    const auto bits = [](__m128i bytes) {
        return static_cast<std::uint32_t>(_mm_movemask_epi8(bytes));
    };

    std::uint32_t demanded = 0; // of the next block by the last one
    for (; p < blocks; p += 16, sink.advance(16)) {
        const sse2_block block = sse2_block::load(p);
        const __m128i x = block.bytes;
        sink.store(block);
        // Signed: the bytes of ASCII are 0 to 0x7F, all others are below.
        const std::uint32_t other = bits(x);
        const std::uint32_t end = (block.special() & ~other) | 0x10000;
        const std::uint32_t text = (end & (0 - end)) - 1; // what is in front of it
        if ((other | demanded) != 0) {
            const std::uint32_t first = bits(above(x, 0xBF)) & other & text;
            const std::uint32_t first_of_3 = bits(above(x, 0xDF)) & first;
            const std::uint32_t alone =
                bits(
                    _mm_or_si128(is(_mm_and_si128(x, _mm_set1_epi8(static_cast<char>(0xFE))), 0xC0),
                                 _mm_or_si128(is(x, 0xE0), is(x, 0xED)))) |
                bits(above(x, 0xEF));
            const std::uint32_t demand = demanded | first << 1 | first_of_3 << 2;
            if ((alone & first) != 0 || (demand & text) != (other & ~first & text) ||
                (end != 0x10000 && demand > text))
                break;
            demanded = demand >> 16;
        }
        if (end != 0x10000) {
            const int n = std::countr_zero(end);
            sink.advance(n);
            return p + n;
        }
    }
    // Back to the beginning of a character.
    if (demanded != 0) {
        do {
            --p;
            sink.advance(-1);
        } while ((*p & 0xC0) == 0x80);
    }
    return p;
}

#endif

} // namespace openint::json::detail

#endif
