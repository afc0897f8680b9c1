// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_CONTENT_DECODER_IPP
#define OPENINT_HTTP_IMPL_CONTENT_DECODER_IPP

// Unpacks gzip (RFC 1952) and deflate (RFC 1950, 1951): the framing here, the inflating in Beast.
// What comes out is counted while it comes, so that a small body cannot become a huge one.

#include <openint/http/checksum.hpp>
#include <openint/http/content_decoder.hpp>
#include <openint/http/detail/gzip_header.hpp>

#include <boost/beast/zlib/inflate_stream.hpp>

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <utility>

namespace openint::http {
namespace detail {

// Makes room for `size` characters. Grows by doubling, but not beyond `most`, which
// std::string would do; and wipes the memory that is given back.
inline void grow(std::string& out, std::size_t size, std::size_t most)
{
    if (size <= out.capacity())
        return;
    std::string larger;
    larger.reserve((std::max)(size, (std::min)(out.capacity() * 2, most)));
    larger.append(out);
    OPENSSL_cleanse(out.data(), out.size());
    out.swap(larger);
}

} // namespace detail

// Walks through the wrappers, byte by byte, and hands what is between them to Beast's inflate.
struct content_decoder::state
{
    enum class place
    {
        start, // of gzip or deflate
        gzip_header,
        deflate_second, // byte, which tells zlib from bare deflate
        data,
        trailer,
        member_end, // in gzip: another one, or zeros
        padding,
        end
    };

    static constexpr std::size_t chunk = 16384;

    boost::beast::zlib::inflate_stream inflate;
    coding kind = coding::gzip;
    bool bare = false;      // deflate without the zlib wrapper
    bool remembers = false; // inflate has copied data into its window
    place at = place::start;
    std::size_t count = 0;   // bytes read at this place
    std::uint64_t value = 0; // made of them
    std::uint32_t size = 0;  // of this member's data, modulo 2^32
    detail::gzip_header header;
    detail::crc32 crc; // of the data
    detail::adler32 adler;

    void reset(coding c)
    {
        kind = c;
        bare = false;
        go(place::start);
    }

    void go(place next)
    {
        at = next;
        count = 0;
        value = 0;
    }

    void begin_data()
    {
        inflate.reset();
        crc = {};
        adler = {};
        size = 0;
        go(place::data);
    }

    // One byte of a gzip header; false if it cannot be there.
    bool header_byte(unsigned char c)
    {
        const bool good = header.put(c);
        if (good && header.complete())
            begin_data();
        return good;
    }

    // The first two bytes of deflate. Those of zlib are divisible by 31, name the method 8 and a
    // window of at most 32 kB, and ask for no dictionary. Bare deflate never begins so: the three
    // low bits would announce a stored block, whose padding encoders leave zero.
    decode_status deflate_header(unsigned char c, std::string& out, std::size_t room,
                                 std::size_t& produced)
    {
        if (at == place::start) {
            at = place::deflate_second;
            value = c;
            return decode_status::ok;
        }
        const auto first = static_cast<unsigned>(value);
        const bool zlib = first % 16 == 8 && first >> 4 <= 7 && (first * 256 + c) % 31 == 0;
        if (zlib && (c & 0x20))
            return decode_status::corrupt;
        bare = !zlib;
        begin_data();
        if (zlib)
            return decode_status::ok;
        const std::array<char, 2> both{static_cast<char>(first), static_cast<char>(c)};
        std::string_view in(both.data(), both.size());
        const auto status = inflate_some(in, out, room, produced);
        // Two bytes may hold a whole stream, but nothing can be left of them then.
        return status == decode_status::ok && !in.empty() ? decode_status::corrupt : status;
    }

    // One byte of the checksum and, in gzip, the size after the data.
    bool trailer_byte(unsigned char c)
    {
        if (kind == coding::deflate) {
            value = value << 8 | c;
            if (++count == 4) {
                at = place::end;
                return value == adler.value();
            }
        } else {
            value |= std::uint64_t{c} << 8 * count;
            if (++count == 8) {
                const auto expected = std::uint64_t{size} << 32 | crc.value();
                const bool good = value == expected;
                go(place::member_end);
                return good;
            }
        }
        return true;
    }

    // Inflates until the input or the deflate stream ends, and removes from `in` what was used.
    decode_status inflate_some(std::string_view& in, std::string& out, std::size_t limit,
                               std::size_t& produced)
    {
        namespace zlib = boost::beast::zlib;
        zlib::z_params z;
        z.next_in = in.data();
        z.avail_in = in.size();
        for (;;) {
            // One byte more than allowed, so that exceeding the limit shows.
            const std::size_t left = limit - produced;
            const std::size_t expected = (std::max<std::size_t>)(4 * z.avail_in, 1024);
            const std::size_t room = (std::min)({chunk, expected, left}) + 1;
            const std::size_t old = out.size();
            detail::grow(out, old + room, old + (std::min)(left, out.capacity() * 2) + 1);
            out.resize(old + room);
            z.next_out = out.data() + old;
            z.avail_out = room;

            boost::system::error_code ec;
            // `finish` spares the copy into the window when all comes in one piece.
            inflate.write(z, zlib::Flush::finish, ec);
            const bool done = ec == zlib::error::end_of_stream;
            remembers = remembers || !done;
            if (ec && !done && ec != zlib::error::need_buffers) {
                OPENSSL_cleanse(out.data() + old, room);
                out.resize(old);
                return decode_status::corrupt;
            }
            const std::size_t made = room - z.avail_out;
            out.resize(old + made);
            produced += made;
            if (produced > limit)
                return decode_status::too_large;
            const auto text = std::string_view(out).substr(old);
            if (kind == coding::gzip)
                crc.put(text);
            else if (!bare)
                adler.put(text);
            size += static_cast<std::uint32_t>(made);

            if (done) {
                // Beast wants more bits than the last code may have. Whole bytes that it took and
                // did not need are named in data_type, and still stand before next_in: such a byte
                // is always one of this call, because without it the last code was not read.
                const std::size_t unused = static_cast<std::size_t>(z.data_type & 63) / 8;
                const std::size_t used = in.size() - z.avail_in;
                if (unused > used)
                    return decode_status::corrupt;
                in.remove_prefix(used - unused);
                go(bare ? place::end : place::trailer);
                return decode_status::ok;
            }
            if (z.avail_out > 0) {
                in = {};
                return decode_status::ok;
            }
        }
    }

    decode_status put(std::string_view in, std::string& out, std::size_t limit,
                      std::size_t& produced)
    {
        while (!in.empty()) {
            const auto byte = static_cast<unsigned char>(in[0]);
            decode_status status = decode_status::ok;
            switch (at) {
            case place::data:
                status = inflate_some(in, out, limit, produced);
                break;
            case place::end:
                return decode_status::corrupt;
            case place::padding:
                if (byte != 0)
                    return decode_status::corrupt;
                in.remove_prefix(1);
                break;
            case place::member_end:
                if (byte == 0) { // some encoders fill blocks
                    at = place::padding;
                    break;
                }
                [[fallthrough]];
            case place::start:
                if (kind == coding::gzip) {
                    header = {};
                    at = place::gzip_header;
                    break;
                }
                [[fallthrough]];
            case place::deflate_second:
                in.remove_prefix(1);
                status = deflate_header(byte, out, limit, produced);
                break;
            case place::trailer:
                in.remove_prefix(1);
                status = trailer_byte(byte) ? decode_status::ok : decode_status::corrupt;
                break;
            case place::gzip_header:
                in.remove_prefix(1);
                status = header_byte(byte) ? decode_status::ok : decode_status::corrupt;
            }
            if (status != decode_status::ok)
                return status;
        }
        return decode_status::ok;
    }

    decode_status finish(std::string& out, std::size_t limit, std::size_t& produced)
    {
        if (bare && at == place::data) {
            // Bits after the end, for the reason said in inflate_some. They must come back unused.
            constexpr std::string_view padding("\0\0", 2);
            std::string_view in = padding;
            const auto status = inflate_some(in, out, limit, produced);
            if (status == decode_status::too_large)
                return status;
            return at == place::end && in.size() == padding.size() ? decode_status::ok
                                                                   : decode_status::truncated;
        }
        const bool complete = at == place::end || at == place::member_end || at == place::padding;
        return complete ? decode_status::ok : decode_status::truncated;
    }
};

OPENINT_DECL content_decoder::content_decoder() noexcept = default;
OPENINT_DECL content_decoder::content_decoder(content_decoder&&) noexcept = default;
OPENINT_DECL content_decoder& content_decoder::operator=(content_decoder&&) noexcept = default;
OPENINT_DECL content_decoder::~content_decoder() = default;

OPENINT_DECL void content_decoder::reset(coding c) noexcept
{
    coding_ = c;
    consumed_ = 0;
    produced_ = 0;
    status_ = decode_status::ok;
}

OPENINT_DECL decode_status content_decoder::put(std::string_view coded, std::string& out,
                                                std::size_t limit)
{
    if (status_ != decode_status::ok || coded.empty())
        return status_;
    if (produced_ > limit)
        return status_ = decode_status::too_large;
    if (coding_ == coding::identity) {
        if (coded.size() > limit - produced_)
            return status_ = decode_status::too_large;
        detail::grow(out, out.size() + coded.size(), out.size() + (limit - produced_));
        out.append(coded);
        produced_ += coded.size();
        return status_;
    }
    if (!state_)
        state_ = std::make_unique<state>();
    if (consumed_ == 0)
        state_->reset(coding_);
    consumed_ += coded.size();
    // Deflate adds five bytes to 16 kB at worst; the rest is for headers.
    constexpr std::size_t headers = 65536;
    if (consumed_ - consumed_ / 1024 > limit && consumed_ - consumed_ / 1024 - limit > headers)
        return status_ = decode_status::too_large;
    return status_ = state_->put(coded, out, limit, produced_);
}

OPENINT_DECL decode_status content_decoder::finish(std::string& out, std::size_t limit)
{
    if (status_ == decode_status::ok && coding_ != coding::identity && consumed_ > 0)
        status_ = state_->finish(out, limit, produced_);
    return status_;
}

OPENINT_DECL void content_decoder::wipe() noexcept
{
    if (!state_ || !state_->remembers)
        return;
    // The window cannot be reached but through inflate: let it inflate zeros, one stored block.
    constexpr std::string_view header("\x00\x00\x80\xFF\x7F", 5);
    std::array<char, 4096> zeros{};
    std::array<char, 4096> sink;
    const auto feed = [&](std::string_view in) {
        boost::beast::zlib::z_params z;
        z.next_in = in.data();
        z.avail_in = in.size();
        z.next_out = sink.data();
        z.avail_out = sink.size();
        boost::system::error_code ec;
        state_->inflate.write(z, boost::beast::zlib::Flush::none, ec);
    };
    state_->inflate.reset();
    feed(header);
    for (int i = 0; i != 8; ++i)
        feed({zeros.data(), zeros.size()});
    state_->inflate.reset();
    state_->remembers = false;
}

} // namespace openint::http

#endif
