// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The decoder of content codings. Input is made by zlib (embedded bytes), by Beast's deflate and by
// hand; wrappers are built here, with checksums that share no code with the decoder.

#include <openint/http/content_decoder.hpp>

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http = openint::http;
namespace zlib = boost::beast::zlib;
using http::coding;
using http::decode_status;
using namespace std::string_literals;

namespace openint::http {

static std::ostream& operator<<(std::ostream& out, decode_status s)
{
    const char* const names[] = {"ok", "corrupt", "truncated", "too_large"};
    return out << names[static_cast<int>(s)];
}

} // namespace openint::http

namespace {

constexpr std::size_t plenty = 64 << 20;
constexpr std::size_t chunk = 16 << 10; // that a decoder may take beyond the limit

struct outcome
{
    decode_status status;
    std::string text;
};

// Decodes in pieces of the given size, with a decoder that may have served before.
outcome decode(http::content_decoder& d, coding c, std::string_view body,
               std::size_t piece = plenty, std::size_t limit = plenty)
{
    outcome out{decode_status::ok, {}};
    d.reset(c);
    while (!body.empty() && out.status == decode_status::ok) {
        // A copy of its own, so that reading outside of it shows.
        const std::vector<char> part(
            body.begin(), body.begin() + static_cast<std::ptrdiff_t>(std::min(piece, body.size())));
        body.remove_prefix(part.size());
        out.status = d.put({part.data(), part.size()}, out.text, limit);
    }
    if (out.status == decode_status::ok)
        out.status = d.finish(out.text, limit);
    return out;
}

outcome decode(coding c, std::string_view body, std::size_t piece = plenty,
               std::size_t limit = plenty)
{
    http::content_decoder d;
    return decode(d, c, body, piece, limit);
}

std::string little(std::uint32_t v)
{
    return {static_cast<char>(v), static_cast<char>(v >> 8), static_cast<char>(v >> 16),
            static_cast<char>(v >> 24)};
}

std::string big(std::uint32_t v)
{
    const std::string s = little(v);
    return {s.rbegin(), s.rend()};
}

std::uint32_t crc_of(std::string_view text)
{
    boost::crc_32_type crc;
    crc.process_bytes(text.data(), text.size());
    return crc.checksum();
}

std::uint32_t adler_of(std::string_view text)
{
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const char c : text) {
        a = (a + static_cast<unsigned char>(c)) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

std::string deflated(std::string_view text, int level = 6,
                     zlib::Strategy strategy = zlib::Strategy::normal,
                     zlib::Flush flush = zlib::Flush::finish)
{
    zlib::deflate_stream d;
    d.reset(level, 15, 8, strategy);
    std::string out(d.upper_bound(text.size()) + 64, '\0');
    zlib::z_params z;
    z.next_in = text.data();
    z.avail_in = text.size();
    z.next_out = out.data();
    z.avail_out = out.size();
    boost::system::error_code ec;
    d.write(z, flush, ec);
    BOOST_TEST_REQUIRE((!ec || ec == zlib::error::end_of_stream), ec.message());
    out.resize(out.size() - z.avail_out);
    return out;
}

std::string gzip_of(std::string_view raw, std::string_view text)
{
    return "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"s.append(raw) + little(crc_of(text)) +
           little(static_cast<std::uint32_t>(text.size()));
}

std::string gzip_of(std::string_view text) { return gzip_of(deflated(text), text); }

std::string zlib_of(std::string_view text)
{
    return "\x78\x9c"s + deflated(text) + big(adler_of(text));
}

std::string noise(std::size_t size, unsigned seed, unsigned range = 256)
{
    std::mt19937 random(seed);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(random() % range);
    return out;
}

// Documents of many shapes.
std::vector<std::string> documents()
{
    std::vector<std::string> out{"",
                                 "x",
                                 "{}",
                                 std::string(40'000, 'a'),
                                 noise(100'000, 1),
                                 noise(70'000, 2, 2),
                                 noise(3'000, 3, 20)};
    std::string json = "[";
    for (int i = 0; json.size() < 200'000; ++i)
        json +=
            "{\"id\":\"conn_" + std::to_string(i * 7919) + "\",\"status\":\"healthy\",\"n\":null},";
    out.push_back(json + "0]");
    // A match as far back as there can be, across many calls.
    const std::string far = noise(300, 4);
    out.push_back(far + noise(32'768 - 300, 5) + far);
    return out;
}

const std::string zlib_document =
    R"({"id":"conn_github_1","status":"healthy","note":"healthy healthy healthy healthy "})";
const std::string zlib_raw = "\xab\x56\xca\x4c\x51\xb2\x52\x4a\xce\xcf\xcb\x8b\x4f\xcf\x2c\xc9\x28"
                             "\x4d\x8a\x37\x54\xd2\x51\x2a"
                             "\x2e\x49\x2c\x29\x2d\x06\x4a\x64\xa4\x26\xe6\x94\x64\x54\x02\x85\xf2"
                             "\xf2\x4b\x52\x11\x02\x0a\xb8"
                             "\x68\xa5\x5a\x00"s;
const std::string zlib_gzip =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"s + zlib_raw + "\x08\xd4\x15\x54\x53\x00\x00\x00"s;
const std::string zlib_zlib = "\x78\xda"s + zlib_raw + "\xaa\x1b\x1d\x09"s;

} // namespace

BOOST_AUTO_TEST_SUITE(http_decode)

BOOST_AUTO_TEST_CASE(names_of_codings)
{
    for (const std::string_view text : {"", " ", "identity", "Identity", ",", "identity, identity"})
        BOOST_CHECK(http::coding_from(text) == coding::identity);
    for (const std::string_view text :
         {"gzip", "GZIP", "x-gzip", "X-GZip", " gzip\t", "identity, gzip", "gzip,"})
        BOOST_CHECK(http::coding_from(text) == coding::gzip);
    for (const std::string_view text : {"deflate", "Deflate"})
        BOOST_CHECK(http::coding_from(text) == coding::deflate);
    for (const std::string_view text :
         {"br", "zstd", "compress", "gzip, gzip", "gzip,deflate", "deflate, br", "gzi", "gzipp",
          "g zip", "gzip;q=1", "x-deflate", "\"gzip\""})
        BOOST_TEST(!http::coding_from(text).has_value(), text);
}

BOOST_AUTO_TEST_CASE(identity)
{
    BOOST_TEST(decode(coding::identity, "").status == decode_status::ok);
    const std::string text = noise(100'000, 6);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{777}, plenty}) {
        const auto out = decode(coding::identity, text, piece);
        BOOST_TEST(out.status == decode_status::ok);
        BOOST_TEST((out.text == text));
        BOOST_TEST(decode(coding::identity, text, piece, 100'000).status == decode_status::ok);
        const auto refused = decode(coding::identity, text, piece, 99'999);
        BOOST_TEST(refused.status == decode_status::too_large);
        BOOST_TEST(refused.text.size() <= 99'999);
    }
    BOOST_TEST(decode(coding::identity, "x", 1, 0).status == decode_status::too_large);
    BOOST_TEST(decode(coding::identity, "", 1, 0).status == decode_status::ok);
}

BOOST_AUTO_TEST_CASE(made_by_zlib)
{
    for (std::size_t piece = 1; piece != 120; ++piece) {
        for (const auto& [c, body] :
             {std::pair(coding::gzip, zlib_gzip), std::pair(coding::deflate, zlib_zlib),
              std::pair(coding::deflate, zlib_raw)}) {
            const auto out = decode(c, body, piece);
            BOOST_TEST(out.status == decode_status::ok);
            BOOST_TEST(out.text == zlib_document);
        }
    }
}

// All documents, all wrappers, all strategies, many ways of cutting, one decoder for all.
BOOST_AUTO_TEST_CASE(round_trips)
{
    http::content_decoder d;
    for (const std::string& text : documents()) {
        for (const auto& [level, strategy] :
             {std::pair(6, zlib::Strategy::normal), std::pair(9, zlib::Strategy::normal),
              std::pair(0, zlib::Strategy::normal), std::pair(6, zlib::Strategy::huffman),
              std::pair(6, zlib::Strategy::fixed), std::pair(6, zlib::Strategy::rle)}) {
            const std::string raw = deflated(text, level, strategy);
            const std::pair<coding, std::string> bodies[] = {
                {coding::gzip, gzip_of(raw, text)},
                {coding::deflate, "\x78\x9c" + raw + big(adler_of(text))},
                {coding::deflate, raw},
            };
            for (const auto& [c, body] : bodies) {
                for (const std::size_t piece :
                     {std::size_t{1}, std::size_t{5}, std::size_t{1000}, plenty}) {
                    if (piece == 1 && body.size() > 20'000)
                        continue;
                    const auto out = decode(d, c, body, piece);
                    BOOST_TEST(out.status == decode_status::ok);
                    BOOST_TEST((out.text == text), text.size() << " " << level << " " << piece);
                }
            }
        }
    }
}

// Short codes at the end are where inflate asks for more bits than there are.
BOOST_AUTO_TEST_CASE(last_bits)
{
    http::content_decoder d;
    for (std::size_t size = 0; size != 200; ++size) {
        for (const unsigned range : {1u, 2u, 3u}) {
            const std::string text = noise(size, static_cast<unsigned>(size), range);
            const std::string raw = deflated(text, 6, zlib::Strategy::huffman);
            for (std::size_t cut = 0; cut <= raw.size(); ++cut) {
                d.reset(coding::deflate);
                std::string out;
                BOOST_TEST(d.put(raw.substr(0, cut), out, plenty) == decode_status::ok);
                BOOST_TEST(d.put(raw.substr(cut), out, plenty) == decode_status::ok);
                BOOST_TEST(d.finish(out, plenty) == decode_status::ok);
                BOOST_TEST((out == text));
                if (cut != 0 && cut != raw.size())
                    BOOST_TEST(decode(d, coding::deflate, raw.substr(0, cut)).status ==
                               decode_status::truncated);
            }
            BOOST_TEST(decode(d, coding::deflate, raw + '\0').status == decode_status::corrupt);
            BOOST_TEST(decode(d, coding::deflate, raw + "\0\0\0"s, 1).status ==
                       decode_status::corrupt);
            const auto zipped = decode(d, coding::gzip, gzip_of(raw, text) + gzip_of(raw, text), 3);
            BOOST_TEST(zipped.status == decode_status::ok);
            BOOST_TEST((zipped.text == text + text));
        }
    }
}

BOOST_AUTO_TEST_CASE(gzip_headers)
{
    const std::string text = "hello, hello, hello";
    const std::string tail = deflated(text) + little(crc_of(text)) + little(19);
    const auto header = [](int flags) {
        return "\x1f\x8b\x08"s + static_cast<char>(flags) + "\x12\x34\x56\x78\x02\x03";
    };
    const auto with_crc = [](const std::string& h) { return h + little(crc_of(h)).substr(0, 2); };
    const std::string extra = "\x05\x00"
                              "AB\x01\x00\x00"s;
    const std::string long_extra = "\xff\xff"s + noise(65535, 7);
    const std::string good[] = {
        header(0),
        header(1), // "text", a hint
        header(4) + extra,
        header(4) + "\0\0"s,
        header(4) + long_extra,
        header(8) + "name.json\0"s,
        header(8) + "\0"s,
        header(8) + std::string(60'000, 'n') + '\0',
        header(16) + "comment\0"s,
        with_crc(header(2)),
        header(8 + 16) + "name\0comment\0"s,
        with_crc(header(2 + 4) + extra),
        with_crc(header(1 + 2 + 4 + 8 + 16) + extra + "n\0c\0"s),
        with_crc(header(2 + 4 + 16) + "\0\0c\0"s),
    };
    http::content_decoder d;
    for (const std::string& h : good) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, plenty}) {
            const auto out = decode(d, coding::gzip, h + tail, piece);
            BOOST_TEST(out.status == decode_status::ok);
            BOOST_TEST(out.text == text);
        }
        // Cut anywhere, it is truncated.
        for (std::size_t cut = 1; cut < h.size() + tail.size(); cut += cut < 200 ? 1 : 9999)
            BOOST_TEST(decode(d, coding::gzip, (h + tail).substr(0, cut)).status ==
                           decode_status::truncated,
                       cut);
    }
    std::string wrong_crc = with_crc(header(2));
    wrong_crc.back() = static_cast<char>(wrong_crc.back() ^ 1);
    const std::string bad[] = {wrong_crc,
                               header(32),
                               header(64),
                               header(128),
                               "\x1f\x8b\x07\0\0\0\0\0\0\0"s,
                               "\x1f\x8c\x08\0\0\0\0\0\0\0"s,
                               "\x1e\x8b\x08\0\0\0\0\0\0\0"s,
                               "{\"id\":1}",
                               "<html>"};
    for (const std::string& h : bad) {
        BOOST_TEST(decode(d, coding::gzip, h + tail).status == decode_status::corrupt);
        BOOST_TEST(decode(d, coding::gzip, h + tail, 1).status == decode_status::corrupt);
    }
}

BOOST_AUTO_TEST_CASE(gzip_members)
{
    const std::string a = "first ";
    const std::string b = noise(50'000, 8, 16);
    http::content_decoder d;
    const std::string three = gzip_of(a) + gzip_of("") + gzip_of(b);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{10}, plenty}) {
        const auto out = decode(d, coding::gzip, three, piece);
        BOOST_TEST(out.status == decode_status::ok);
        BOOST_TEST((out.text == a + b));
    }
    BOOST_TEST(decode(d, coding::gzip, gzip_of(a) + gzip_of(b), 100, a.size() + b.size()).status ==
               decode_status::ok);
    BOOST_TEST(
        decode(d, coding::gzip, gzip_of(a) + gzip_of(b), 100, a.size() + b.size() - 1).status ==
        decode_status::too_large);
    // A member cannot refer to the data of the one before.
    std::string reference =
        gzip_of(a) + "\x1f\x8b\x08\0\0\0\0\0\0\xff"s + "\x03\x02\x00"s; // match, distance 1
    BOOST_TEST(decode(d, coding::gzip, reference + std::string(8, '\0')).status ==
               decode_status::corrupt);
    BOOST_TEST(decode(d, coding::gzip, gzip_of(a) + "\x1f").status == decode_status::truncated);
    for (const std::string& garbage : {"x"s, "\n"s, "\x1f\x8c"s})
        for (const std::string& zeros : {""s, "\0"s, std::string(512, '\0')})
            BOOST_TEST(decode(d, coding::gzip, gzip_of(a) + zeros + garbage).status ==
                       decode_status::corrupt);
    // Zeros behind the last member are padding.
    for (const std::size_t piece : {std::size_t{1}, std::size_t{10}, plenty})
        for (const std::string& zeros : {"\0"s, std::string(512, '\0')}) {
            const auto out = decode(d, coding::gzip, three + zeros, piece);
            BOOST_TEST(out.status == decode_status::ok);
            BOOST_TEST((out.text == a + b));
            BOOST_TEST(decode(d, coding::gzip, three + zeros + gzip_of(a)).status ==
                       decode_status::corrupt);
            BOOST_TEST(decode(d, coding::gzip, zeros, piece).status == decode_status::corrupt);
        }
}

BOOST_AUTO_TEST_CASE(empty_bodies)
{
    http::content_decoder d;
    for (const auto c : {coding::identity, coding::gzip, coding::deflate}) {
        const auto out = decode(d, c, "");
        BOOST_TEST(out.status == decode_status::ok);
        BOOST_TEST(out.text == "");
        d.reset(c);
        std::string text = "kept";
        BOOST_TEST(d.put("", text, 0) == decode_status::ok);
        BOOST_TEST(d.finish(text, 0) == decode_status::ok);
        BOOST_TEST(text == "kept");
    }
    BOOST_TEST(decode(coding::gzip, gzip_of("")).text == "");
    BOOST_TEST(decode(coding::gzip, gzip_of(""), 1, 0).status == decode_status::ok);
    BOOST_TEST(decode(coding::deflate, zlib_of(""), 1, 0).status == decode_status::ok);
    BOOST_TEST(decode(coding::deflate, "\x03\x00"s).status == decode_status::ok);
}

BOOST_AUTO_TEST_CASE(checksums)
{
    const std::string text = noise(5'000, 9, 40);
    http::content_decoder d;
    const std::string zipped = gzip_of(text);
    for (std::size_t i = zipped.size() - 8; i != zipped.size(); ++i) {
        std::string bad = zipped;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        BOOST_TEST(decode(d, coding::gzip, bad).status == decode_status::corrupt);
        BOOST_TEST(decode(d, coding::gzip, bad, 1).status == decode_status::corrupt);
    }
    const std::string wrapped = zlib_of(text);
    for (std::size_t i = wrapped.size() - 4; i != wrapped.size(); ++i) {
        std::string bad = wrapped;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        BOOST_TEST(decode(d, coding::deflate, bad).status == decode_status::corrupt);
    }
    for (std::size_t less = 1; less != 9; ++less)
        BOOST_TEST(decode(d, coding::gzip, zipped.substr(0, zipped.size() - less)).status ==
                   decode_status::truncated);
    for (std::size_t less = 1; less != 5; ++less)
        BOOST_TEST(decode(d, coding::deflate, wrapped.substr(0, wrapped.size() - less)).status ==
                   decode_status::truncated);
    BOOST_TEST(decode(d, coding::deflate, wrapped + "x").status == decode_status::corrupt);

    // No damaged byte passes as another document. Harmless are time, hints and system, the hint
    // that this is text, and two bits between the end of the data and the next byte.
    for (std::size_t i = 0; i != zlib_gzip.size(); ++i) {
        for (int bit = 0; bit != 8; ++bit) {
            std::string bad = zlib_gzip;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            const auto out = decode(d, coding::gzip, bad);
            const bool harmless = (i >= 4 && i < 10) || (i == 3 && bit == 0) ||
                                  (i == zlib_gzip.size() - 9 && bit >= 6);
            BOOST_TEST((out.status == decode_status::ok) == harmless, i << " " << bit);
            BOOST_TEST((!harmless || out.text == zlib_document));
        }
    }
}

BOOST_AUTO_TEST_CASE(zlib_headers)
{
    const std::string text = "hello";
    const std::string rest = deflated(text) + big(adler_of(text));
    http::content_decoder d;
    for (const std::string& h :
         {"\x78\x01"s, "\x78\x5e"s, "\x78\x9c"s, "\x78\xda"s, "\x08\x1d"s, "\x18\x19"s})
        BOOST_TEST(decode(d, coding::deflate, h + rest, 1).text == text);
    BOOST_TEST(decode(d, coding::deflate, "\x78\xbb"s + rest).status ==
               decode_status::corrupt); // dictionary
    for (const std::string& h : {"\x78\x9d"s, "\x79\x9c"s, "\x88\x1c"s})
        BOOST_TEST(decode(d, coding::deflate, h + rest).status != decode_status::ok);
    BOOST_TEST(decode(d, coding::deflate, "\x78").status == decode_status::truncated);
    BOOST_TEST(decode(d, coding::deflate, "{\"id\":\"conn_github_1\"}").status !=
               decode_status::ok);
    BOOST_TEST(decode(d, coding::deflate, gzip_of(text)).status != decode_status::ok);
}

BOOST_AUTO_TEST_CASE(bad_deflate)
{
    http::content_decoder d;
    const std::string bodies[] = {
        "\x07"s,                                     // block type 3
        "\x01\x05\x00\x00\x00hello"s,                // stored, length and complement disagree
        "\x05\xff\xff\xff\xff\xff\xff\xff\xff\xff"s, // dynamic, too many symbols
        "\x04\x00\xfe\xff\xff\xff\xff\xff\xff\xff"s, // dynamic, over-subscribed lengths
        "\x03\x02\x00"s,                             // match before any data
        "\x1b\x03\x00"s,
    };
    for (const std::string& raw : bodies) {
        for (const std::size_t piece : {std::size_t{1}, plenty}) {
            const std::string padded = raw + std::string(20, '\0');
            BOOST_TEST(
                decode(d, coding::gzip, "\x1f\x8b\x08\0\0\0\0\0\0\xff"s + padded, piece).status ==
                decode_status::corrupt);
            BOOST_TEST(decode(d, coding::deflate, "\x78\x9c"s + padded, piece).status ==
                       decode_status::corrupt);
            BOOST_TEST(decode(d, coding::deflate, padded, piece).status == decode_status::corrupt);
        }
    }
    // Whatever the bytes, it ends, and says the same again.
    for (unsigned seed = 0; seed != 2'000; ++seed) {
        const std::string body = noise(200, seed);
        for (const auto c : {coding::gzip, coding::deflate}) {
            d.reset(c);
            std::string out;
            auto status = d.put(body, out, plenty);
            if (status == decode_status::ok)
                status = d.finish(out, plenty);
            BOOST_TEST((c != coding::gzip || status == decode_status::corrupt));
            if (status != decode_status::ok) {
                BOOST_TEST(d.put(body, out, plenty) == status);
                BOOST_TEST(d.put("", out, plenty) == status);
                BOOST_TEST(d.finish(out, plenty) == status);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(limits)
{
    http::content_decoder d;
    const std::string text = noise(60'000, 10, 30);
    const std::pair<coding, std::string> bodies[] = {{coding::gzip, gzip_of(text)},
                                                     {coding::deflate, zlib_of(text)},
                                                     {coding::deflate, deflated(text)}};
    for (const auto& [c, body] : bodies) {
        for (const std::size_t piece : {std::size_t{1}, std::size_t{4096}, plenty}) {
            for (const std::size_t limit :
                 {std::size_t{0}, std::size_t{1}, std::size_t{16'383}, std::size_t{16'384},
                  std::size_t{16'385}, std::size_t{59'999}, std::size_t{60'000},
                  std::size_t{60'001}, ~std::size_t{0}}) {
                const auto out = decode(d, c, body, piece, limit);
                BOOST_TEST(out.status ==
                           (limit < text.size() ? decode_status::too_large : decode_status::ok));
                BOOST_TEST(out.text.capacity() <=
                           std::max<std::size_t>(2 * text.size(), 15) + chunk);
                if (limit < text.size())
                    BOOST_TEST(out.text.capacity() <= std::max<std::size_t>(limit, 15) + chunk + 1);
            }
        }
    }
    // The limit is for one body, wherever it is appended.
    std::string out(1000, 'x');
    d.reset(coding::gzip);
    BOOST_TEST(d.put(gzip_of(text), out, text.size()) == decode_status::ok);
    BOOST_TEST(d.finish(out, text.size()) == decode_status::ok);
    BOOST_TEST(out.size() == 1000 + text.size());
}

// A megabyte that would unfold to a gigabyte.
BOOST_AUTO_TEST_CASE(bombs)
{
    const std::string million =
        deflated(std::string(1 << 20, '\0'), 9, zlib::Strategy::normal, zlib::Flush::full);
    std::string bomb = "\x1f\x8b\x08\0\0\0\0\0\0\xff"s;
    for (int i = 0; i != 1024; ++i)
        bomb += million;
    BOOST_TEST(bomb.size() < 2u << 20);
    http::content_decoder d;
    for (const std::size_t limit : {std::size_t{1000}, std::size_t{1 << 20}}) {
        for (const std::size_t piece : {std::size_t{1024}, plenty}) {
            const auto out = decode(d, coding::gzip, bomb, piece, limit);
            BOOST_TEST(out.status == decode_status::too_large);
            BOOST_TEST(out.text.capacity() <= limit + chunk);
        }
    }
    // The same in many small members.
    std::string members;
    const std::string member = gzip_of(std::string(100'000, '\0'));
    while (members.size() < 1 << 20)
        members += member;
    BOOST_TEST(decode(d, coding::gzip, members, plenty, 1 << 20).status ==
               decode_status::too_large);
    // Input that never becomes output.
    std::string empty;
    const std::string empty_member = gzip_of("");
    while (empty.size() < 1 << 20)
        empty += empty_member;
    BOOST_TEST(decode(d, coding::gzip, empty, 4096, 1000).status == decode_status::too_large);
    const std::string name = "\x1f\x8b\x08\x08\0\0\0\0\0\xff"s + std::string(1 << 20, 'n');
    BOOST_TEST(decode(d, coding::gzip, name, 4096, 1000).status == decode_status::too_large);
    const std::string stored(1 << 20, '\0'); // 00 00 00 ff ff would be empty blocks
    BOOST_TEST(decode(d, coding::deflate, stored, 4096, 1000).status != decode_status::ok);
    // But what cannot be compressed may be somewhat larger than its data.
    const std::string incompressible = noise(1 << 20, 11);
    BOOST_TEST(
        decode(d, coding::gzip, gzip_of(deflated(incompressible, 0), incompressible), 4096, 1 << 20)
            .status == decode_status::ok);
}

BOOST_AUTO_TEST_CASE(reuse)
{
    http::content_decoder d;
    const std::string text = noise(100'000, 12, 50);
    for (int i = 0; i != 3; ++i) {
        // Left in the middle, failed, or complete: the next body does not notice.
        d.reset(coding::gzip);
        std::string out;
        BOOST_TEST(d.put(std::string_view(gzip_of(text)).substr(0, 30'000), out, plenty) ==
                   decode_status::ok);
        d.wipe();
        BOOST_TEST(decode(d, coding::deflate, zlib_of(text), 1000).text == text);
        d.wipe();
        d.wipe();
        BOOST_TEST(decode(d, coding::gzip, "garbage").status == decode_status::corrupt);
        BOOST_TEST(decode(d, coding::identity, "plain").text == "plain");
        BOOST_TEST(decode(d, coding::gzip, gzip_of(text), 7).text == text);
    }
    http::content_decoder moved = std::move(d);
    BOOST_TEST(decode(moved, coding::gzip, gzip_of(text)).text == text);
    d = std::move(moved);
    BOOST_TEST(decode(d, coding::gzip, gzip_of(text)).text == text);
}

BOOST_AUTO_TEST_SUITE_END()
