// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_COMPRESS_HPP
#define OPENINT_TESTING_DETAIL_HTTP_COMPRESS_HPP

// Bodies in gzip and deflate.

#include <openint/testing/detail/http/response_script.hpp>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace openint::testing::detail {

inline void append_bytes(std::string& out, std::uint32_t n, bool big_endian)
{
    for (unsigned i = 0; i < 4; ++i)
        out += static_cast<char>(n >> 8 * (big_endian ? 3 - i : i) & 0xff);
}

inline std::uint32_t adler32(std::string_view text)
{
    std::uint32_t a = 1, b = 0;
    for (char c : text) {
        a = (a + static_cast<unsigned char>(c)) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

inline std::string compress(std::string_view text, coding how)
{
    namespace zlib = boost::beast::zlib;
    if (how == coding::identity)
        return std::string(text);
    zlib::deflate_stream stream;
    std::string squeezed(stream.upper_bound(text.size()) + 64, '\0');
    zlib::z_params z;
    z.next_in = text.data();
    z.avail_in = text.size();
    z.next_out = squeezed.data();
    z.avail_out = squeezed.size();
    boost::beast::error_code ec;
    stream.write(z, zlib::Flush::finish, ec);
    squeezed.resize(z.total_out);

    if (how == coding::raw_deflate)
        return squeezed;
    if (how == coding::deflate) {
        std::string out("\x78\x9c");
        out += squeezed;
        append_bytes(out, adler32(text), true);
        return out;
    }
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    out += squeezed;
    append_bytes(out, crc.checksum(), false);
    append_bytes(out, static_cast<std::uint32_t>(text.size()), false);
    return out;
}

} // namespace openint::testing::detail

#endif
