// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Content codings. Input: how to cut the body (a length; 0 for whole), the coding, the body.

#include <openint/http/content_decoder.hpp>

#include <boost/crc.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace http = openint::http;
using http::coding;
using http::decode_status;

namespace {

constexpr std::size_t limit = 100'000;

void require(bool condition)
{
    if (!condition)
        std::abort();
}

struct outcome
{
    decode_status status;
    std::string text;
};

outcome decode(http::content_decoder& d, coding c, std::string_view body, std::size_t piece)
{
    outcome out{decode_status::ok, {}};
    d.reset(c);
    while (!body.empty()) {
        const auto part = body.substr(0, piece);
        body.remove_prefix(part.size());
        const std::vector<char> copy(part.begin(), part.end());
        const auto status = d.put({copy.data(), copy.size()}, out.text, limit);
        require(out.status == decode_status::ok || status == out.status);
        require(status != decode_status::truncated);
        out.status = status;
    }
    const auto status = d.finish(out.text, limit);
    require(out.status == decode_status::ok || status == out.status);
    out.status = status;
    require(status != decode_status::ok || out.text.size() <= limit);
    require(out.text.capacity() <= limit + 16384 + 1);
    return out;
}

std::string little(std::uint32_t v)
{
    return {static_cast<char>(v), static_cast<char>(v >> 8), static_cast<char>(v >> 16),
            static_cast<char>(v >> 24)};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static http::content_decoder d; // kept, as a connection keeps it
    if (size < 2)
        return 0;
    const std::size_t piece = data[0] == 0 ? std::string_view::npos : data[0];
    const coding c = data[1] % 3 == 0   ? coding::deflate
                     : data[1] % 3 == 1 ? coding::gzip
                                        : coding::identity;
    const std::string_view body(reinterpret_cast<const char*>(data + 2), size - 2);

    // How the body is cut makes no difference.
    const outcome whole = decode(d, c, body, std::string_view::npos);
    const outcome pieces = decode(d, c, body, piece);
    require((whole.status == decode_status::ok) == (pieces.status == decode_status::ok));
    require(whole.status != decode_status::ok || whole.text == pieces.text);

    // What is good deflate without a wrapper is good gzip with the right one, twice also.
    const bool bare = body.size() < 2 || (body[0] & 15) != 8;
    if (c == coding::deflate && bare && !body.empty() && whole.status == decode_status::ok) {
        boost::crc_32_type crc;
        crc.process_bytes(whole.text.data(), whole.text.size());
        std::string member("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
        member.append(body).append(little(crc.checksum()));
        member += little(static_cast<std::uint32_t>(whole.text.size()));
        const outcome zipped = decode(d, coding::gzip, member, piece);
        require(zipped.status == decode_status::ok);
        require(zipped.text == whole.text);
        const outcome twice = decode(d, coding::gzip, member + member, piece);
        require(twice.status ==
                (2 * whole.text.size() <= limit ? decode_status::ok : decode_status::too_large));
        member.back() = static_cast<char>(member.back() ^ 1);
        require(decode(d, coding::gzip, member, piece).status == decode_status::corrupt);
    }
    if (data[0] % 16 == 1)
        d.wipe();
    return 0;
}
