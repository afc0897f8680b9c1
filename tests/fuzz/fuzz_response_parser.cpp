// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Answers of a server. Input: a byte of options, a seed for the sizes of the pieces, and what the
// server sends before it closes.

#include <openint/http/response_parser.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http = openint::http;

namespace {

constexpr http::response_parser::limits limits{.header = 1000, .body = 50'000};

void require(bool condition)
{
    if (!condition)
        std::abort();
}

struct outcome
{
    bool done = false;
    unsigned status = 0;
    std::string body;
    std::vector<std::pair<std::string, std::string>> fields;

    bool operator==(const outcome&) const = default;
};

template <class NextSize>
outcome read(http::response_parser& x, bool head_request, std::string_view bytes,
             NextSize next_size)
{
    boost::system::error_code ec;
    x.start(head_request);
    require(!x.started() && !x.done() && !x.reusable());
    while (!bytes.empty() && !ec && !x.done()) {
        const auto room = x.prepare();
        require(room.size() > 0 && room.size() <= 32'768);
        const std::size_t size = std::min({next_size(), room.size(), bytes.size()});
        std::memcpy(room.data(), bytes.data(), size);
        ec = x.commit(size);
        bytes.remove_prefix(size);
        require(x.started());
        require(x.body().size() <= limits.body + 16'384 + 1);
    }
    if (!ec && !x.done())
        ec = x.end_of_stream();
    require(ec.failed() != x.done()); // one of them
    require(!x.reusable() || x.drained());
    outcome out;
    out.done = x.done();
    if (!out.done)
        return out;
    require(x.status() >= 200 && x.status() <= 999);
    require(x.body().size() <= limits.body);
    out.status = x.status();
    out.body = x.body();
    for (std::size_t i = 0; i != x.field_count(); ++i) {
        require(!x.field_name(i).empty());
        require(x.field(x.field_name(i)).data() != nullptr);
        out.fields.emplace_back(x.field_name(i), x.field_value(i));
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static http::response_parser kept(limits); // as a connection keeps it
    if (size < 2)
        return 0;
    const bool head_request = (data[0] & 1) != 0;
    std::minstd_rand random(data[1] + 1u);
    const std::size_t most = (data[0] & 2) != 0 ? 3 : 40;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 2), size - 2);

    // How the bytes are cut makes no difference, nor does what the exchange read before.
    const outcome pieces = read(kept, head_request, bytes, [&] { return 1 + random() % most; });
    http::response_parser fresh(limits);
    const outcome whole = read(fresh, head_request, bytes, [] { return std::size_t(-1); });
    require(pieces == whole);

    // What is cut off is never taken for whole, unless the end of the stream is the end of the
    // body.
    if (whole.done && fresh.drained() && fresh.reusable() && bytes.size() > 1) {
        const std::string_view part = bytes.substr(0, random() % bytes.size());
        require(!read(kept, head_request, part, [] { return std::size_t(-1); }).done);
    }
    if ((data[0] & 4) != 0)
        kept.wipe();
    return 0;
}
