// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Bodies of error answers. Input: a byte that says how the body ends, and the body, in which the
// bytes 1 to 3 stand for the token, as it is, escaped, and in part. Whatever it is, what the error
// says of it is UTF-8 on one line without the token, and takes little time.

#include <openint/transport/error_answer.hpp>

#include <openint/json/detail/utf8.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

// A slash may be escaped, and must be looked for in both forms; the last letter has two bytes.
constexpr std::string_view token = "sk/live/0123456789-\xC3\xB8";

void require(bool condition)
{
    if (!condition)
        std::abort();
}

std::string escaped()
{
    std::string out;
    for (const unsigned char c : token.substr(0, token.size() - 2)) {
        char unit[8];
        std::snprintf(unit, sizeof unit, "\\u%04x", static_cast<unsigned>(c));
        out += unit;
    }
    return out + "\\u00F8";
}

std::string with_tokens(std::string_view body)
{
    std::string out;
    for (const char c : body)
        switch (c) {
        case 1:
            out += token;
            break;
        case 2:
            out += escaped();
            break;
        case 3:
            out += token.substr(0, token.size() / 2);
            break;
        default:
            out += c;
        }
    return out;
}

bool is_control(std::string_view c)
{
    if (c.size() == 1)
        return static_cast<unsigned char>(c[0]) < 0x20 || c[0] == 0x7F;
    return (c >= "\xC2\x80" && c <= "\xC2\x9F") || (c >= "\xE2\x80\xA8" && c <= "\xE2\x80\xAE") ||
           (c >= "\xE2\x81\xA6" && c <= "\xE2\x81\xA9");
}

void check(std::string_view text)
{
    require(text.find(token) == std::string_view::npos);
    const char* const end = text.data() + text.size();
    for (const char* p = text.data(); p != end;) {
        const bool ascii = static_cast<unsigned char>(*p) < 0x80;
        const char* const next = ascii ? p + 1 : openint::json::detail::skip_utf8(p, end);
        require(next != nullptr);
        require(!is_control({p, static_cast<std::size_t>(next - p)}));
        p = next;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    openint::error_data e;
    e.status = (data[0] & 1) != 0 ? 302 : 401;
    e.what = "GET /x: ";
    e.body = with_tokens({reinterpret_cast<const char*>(data + 1), size - 1});
    e.headers.add("Location", e.body.substr(0, 300));
    if ((data[0] & 2) != 0 && !e.body.empty()) { // far beyond what is looked at
        while (e.body.size() < 100'000)
            e.body += e.body;
        e.body.resize(100'000 + data[0] * 7u);
    }
    const auto begin = std::chrono::steady_clock::now();
    openint::transport::describe_error_answer(e, token, (data[0] & 4) != 0 ? "it ended" : "");
    require(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));

    check(e.what);
    require(e.what.starts_with("GET /x: "));
    require(e.what.size() < 20'000);
    check(e.message);
    check(e.server_code);
    for (const openint::issue& i : e.issues) {
        check(i.message);
        check(i.code.value_or(""));
    }
    const openint::error thrown(std::move(e));
    require(thrown.code().failed());
    return 0;
}
