// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Heads in pieces against the same head at once: whatever arrives together, the outcome is the
// same, errors included. Input: a byte of options, and a head without the empty line that ends it.

#include <openint/http/response_parser.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http = openint::http;

namespace {

struct outcome
{
    boost::system::error_code ec;
    std::string_view problem;
    bool reusable = false;
    unsigned status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;

    bool operator==(const outcome&) const = default;
};

enum class question
{
    get,
    head,
    connect
};

// Reads the bytes, of which the first `cut` come first, and then `size` each time.
outcome read(http::response_parser& x, question asked, std::string_view bytes, std::size_t cut,
             std::size_t size)
{
    if (asked == question::connect)
        x.start_tunnel();
    else
        x.start(asked == question::head);
    outcome out;
    std::string_view rest = bytes;
    for (std::size_t next = cut; !rest.empty() && !out.ec && !x.done(); next = size) {
        std::string_view piece = rest.substr(0, next);
        rest.remove_prefix(piece.size());
        while (!piece.empty() && !out.ec && !x.done()) {
            const auto room = x.prepare();
            const std::size_t n = std::min(room.size(), piece.size());
            std::memcpy(room.data(), piece.data(), n);
            out.ec = x.commit(n);
            piece.remove_prefix(n);
        }
    }
    if (!out.ec && !x.done())
        out.ec = x.end_of_stream();
    if (out.ec.failed() == x.done()) // one of them
        std::abort();
    out.problem = x.problem();
    if (out.ec)
        return out;
    out.reusable = x.reusable() && rest.empty(); // nothing came after it
    out.status = x.status();
    out.body = x.body();
    for (std::size_t i = 0; i != x.field_count(); ++i)
        out.fields.emplace_back(x.field_name(i), x.field_value(i));
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t all = std::size_t(-1);
    constexpr std::size_t most = 1024; // every place of it is tried as a cut
    static http::response_parser x({});
    if (size < 2 || size > most)
        return 0;
    const auto asked = static_cast<question>(data[0] % 3);
    std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    bytes += "\r\n\r\n";
    if ((data[0] & 4) != 0)
        bytes +=
            "5\r\nhello\r\n0\r\n\r\n"; // a body by chunks or to the end, or something left over

    const outcome whole = read(x, asked, bytes, all, all);
    const auto require_same = [&](std::size_t cut, std::size_t piece) {
        if (!(read(x, asked, bytes, cut, piece) == whole))
            std::abort();
    };
    for (std::size_t cut = 1; cut < bytes.size(); ++cut)
        require_same(cut, all);
    for (const std::size_t piece : {1u, 2u, 3u, 13u})
        require_same(piece, piece);
    return 0;
}
