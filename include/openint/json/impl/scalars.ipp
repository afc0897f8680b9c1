// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_SCALARS_IPP
#define OPENINT_JSON_IMPL_SCALARS_IPP

// Strings, numbers and literals, where the fast path in steps.hpp does not fit.

#include <openint/json/detail/decimal.hpp>
#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/number.hpp>
#include <openint/json/detail/scan.hpp>
#include <openint/json/detail/steps.hpp>
#include <openint/json/detail/utf8.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <system_error>

namespace openint::json::detail {

OPENINT_DECL const char* engine::null(reader& in, const char* p)
{
    return *p == 'n' ? literal(in, p, "null") : mismatch(in, p, "null");
}

OPENINT_DECL const char* engine::boolean(reader& in, const char* p, bool& value)
{
    if (*p != 't' && *p != 'f')
        return mismatch(in, p, "boolean");
    value = *p == 't';
    return value ? literal(in, p, "true") : literal(in, p, "false");
}

// ---- numbers

[[gnu::cold]] OPENINT_DECL const char* engine::bad_number(reader& in, const char* p,
                                                          const number& n)
{
    if (n.kind == number::type::overflow) {
        fail(in, p, errc::out_of_range, "number in the range of double", "number out of range");
        return had_read(in, n.end);
    }
    return begins_number(*p) ? fail(in, n.end, errc::syntax, "digit")
                             : fail(in, p, errc::syntax, "value");
}

[[gnu::cold]] OPENINT_DECL const char*
engine::bad_integer(reader& in, const char* p, const number& n, const std::string& range)
{
    if (!begins_number(*p))
        return mismatch(in, p, "integer");
    if (n.kind == number::type::invalid)
        return bad_number(in, p, n);
    if (std::string_view(p, n.end).find_first_of(".eE") != std::string_view::npos)
        mismatch(in, p, "integer");
    else
        fail(in, p, errc::out_of_range, "integer from " + range, "integer out of range");
    return had_read(in, n.end);
}

OPENINT_DECL const char* engine::integer(reader& in, const char* p, std::int64_t& value,
                                         std::int64_t least, std::int64_t greatest)
{
    const number n = to_integer(p, parse_number(p, in.end_));
    if (n.kind == number::type::int64 && n.i >= least && n.i <= greatest) {
        value = n.i;
        return n.end;
    }
    return bad_integer(in, p, n, std::to_string(least) + " to " + std::to_string(greatest));
}

OPENINT_DECL const char* engine::integer(reader& in, const char* p, std::uint64_t& value,
                                         std::uint64_t greatest)
{
    const number n = to_integer(p, parse_number(p, in.end_));
    if (n.kind == number::type::int64 ? n.i >= 0 : n.kind == number::type::uint64) {
        value = n.kind == number::type::int64 ? static_cast<std::uint64_t>(n.i) : n.u;
        if (value <= greatest)
            return n.end;
    }
    return bad_integer(in, p, n, "0 to " + std::to_string(greatest));
}

OPENINT_DECL const char* engine::floating(reader& in, const char* p, double& value)
{
    const number n = parse_number(p, in.end_);
    switch (n.kind) {
    case number::type::int64:
        value = n.i == 0 && *p == '-' ? -0.0 : static_cast<double>(n.i);
        return n.end;
    case number::type::uint64:
        value = static_cast<double>(n.u);
        return n.end;
    case number::type::floating:
        value = n.d;
        return n.end;
    default:
        return begins_number(*p) ? bad_number(in, p, n) : mismatch(in, p, "number");
    }
}

OPENINT_DECL const char* engine::floating(reader& in, const char* p, float& value)
{
    double d = 0; // for the syntax; rounding it again would not be correct
    const char* const end = floating(in, p, d);
    if (end == nullptr)
        return nullptr;
    if (round_decimal(p, end, value))
        return end;
    if (d > 1 || d < -1) {
        fail(in, p, errc::out_of_range, "number in the range of float", "number out of range");
        return had_read(in, end);
    }
    value = *p == '-' ? -0.0f : 0.0f;
    return end;
}

OPENINT_DECL const char* engine::digits(reader& in, const char* p, std::string_view& text)
{
    if (!begins_number(*p))
        return mismatch(in, p, "number");
    const number n = parse_number(p, in.end_);
    if (n.kind == number::type::invalid)
        return bad_number(in, p, n);
    text = {p, n.end};
    return n.end;
}

// ---- strings

OPENINT_DECL const char* engine::string(reader& in, const char* p, std::string_view& text)
{
    return *p == '"' ? engine::text(in, p, text) : mismatch(in, p, "string");
}

OPENINT_DECL const char* engine::string(reader& in, const char* p, std::string& value)
{
    std::string_view text;
    p = string(in, p, text);
    if (p != nullptr)
        value.assign(text.data(), text.size());
    return p;
}

inline bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

[[gnu::cold]] OPENINT_DECL const char* engine::bad_string(reader& in, const char* p)
{
    if (p == in.end_)
        return fail(in, p, errc::incomplete, "end of string");
    if (!is_ascii(*p))
        return fail(in, p, errc::not_utf8, "UTF-8");
    return fail(in, p, errc::syntax, "end of string", "control character");
}

// Goes on where a string is not plain for the first time. Its text is in `tail_`, so that those of
// plain strings need not be in memory.
const char* engine::string_tail(reader& in, const char* begin, const char* p)
{
    p = skip_characters(in, p);
    if (p == nullptr)
        return nullptr;
    if (*p == '\\')
        return decode(in, begin, p, in.tail_);
    in.tail_ = {begin, p};
    return p + 1;
}

// Over everything that stands for itself, to a quote or a backslash.
inline const char* engine::skip_characters(reader& in, const char* p)
{
    for (;;) {
        drop nothing;
        p = skip_text(p, in.blocks_, nothing, native_block{});
        if (p == in.end_ || *p == '"' || *p == '\\')
            break;
        if (!is_ascii(*p))
            do {
                const char* const next = skip_utf8(p, in.end_);
                if (next == nullptr)
                    return bad_string(in, p);
                p = next;
            } while (p != in.end_ && !is_ascii(*p));
        else if (is_plain(*p))
            p = skip_plain(p, in.end_, in.blocks_);
        else
            break;
    }
    return p != in.end_ && (*p == '"' || *p == '\\') ? p : bad_string(in, p);
}

inline constexpr auto hex_digits = [] {
    std::array<std::uint8_t, 256> values{};
    for (std::uint8_t& v : values)
        v = 0xFF;
    for (std::uint8_t i = 0; i < 10; ++i)
        values[static_cast<std::size_t>('0' + i)] = i;
    for (std::uint8_t i = 0; i < 6; ++i)
        values[static_cast<std::size_t>('a' + i)] = values[static_cast<std::size_t>('A' + i)] =
            static_cast<std::uint8_t>(10 + i);
    return values;
}();

inline constexpr auto short_escapes = [] {
    std::array<char, 256> values{};
    values['"'] = '"';
    values['\\'] = '\\';
    values['/'] = '/';
    values['b'] = '\b';
    values['f'] = '\f';
    values['n'] = '\n';
    values['r'] = '\r';
    values['t'] = '\t';
    return values;
}();

// Four hexadecimal digits; more than 0xFFFF if they are not.
inline std::uint32_t hex4(const char* p) noexcept
{
    const auto digit = [p](int i) {
        return std::uint32_t{hex_digits[static_cast<unsigned char>(p[i])]};
    };
    const std::uint32_t a = digit(0), b = digit(1), c = digit(2), d = digit(3);
    return (a | b | c | d) > 15 ? 0x10000 : a << 12 | b << 8 | c << 4 | d;
}

// The character that the escape at `p` means, and the place after the escape.
inline const char* engine::escape(reader& in, const char* p, std::uint32_t& character)
{
    const std::ptrdiff_t left = in.end_ - p;
    if (left < 2)
        return fail(in, in.end_, errc::incomplete, "escape");
    if (p[1] != 'u') {
        const char c = short_escapes[static_cast<unsigned char>(p[1])];
        if (c == 0)
            return fail(in, p + 1, errc::syntax, "escape");
        character = static_cast<unsigned char>(c);
        return p + 2;
    }
    const auto unit = [&in](const char* at) -> std::uint32_t {
        if (in.end_ - at >= 4) {
            const std::uint32_t u = hex4(at);
            if (u <= 0xFFFF)
                return u;
        }
        while (at != in.end_ && hex_digits[static_cast<unsigned char>(*at)] != 0xFF)
            ++at;
        fail(in, at, errc::syntax, "four hexadecimal digits");
        return 0x10000;
    };
    character = unit(p + 2);
    if (character > 0xFFFF)
        return nullptr;
    if (character < 0xD800 || character > 0xDFFF)
        return p + 6;
    if (character > 0xDBFF)
        return fail(in, p, errc::not_utf8, "high surrogate", "low surrogate");
    for (int i = 0; i < 2; ++i)
        if (left <= 6 + i || p[6 + i] != "\\u"[i])
            return fail(in, p + (std::min<std::ptrdiff_t>)(left, 6 + i),
                        left <= 6 + i ? errc::incomplete : errc::not_utf8, "low surrogate");
    const std::uint32_t low = unit(p + 8);
    if (low > 0xFFFF)
        return nullptr;
    if (low < 0xDC00 || low > 0xDFFF)
        return fail(in, p + 6, errc::not_utf8, "low surrogate", "another character");
    character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
    return p + 12;
}

inline char* put_utf8(char* out, std::uint32_t c) noexcept
{
    const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
    return out;
}

// Goes on at the first backslash of a string, into the scratch buffer.
const char* engine::decode(reader& in, const char* begin, const char* p, std::string_view& text)
{
    // There is always room for two blocks, of which no more than one is used in each round.
    constexpr std::ptrdiff_t spare = 32;
    const auto plain = static_cast<std::size_t>(p - begin);
    char* base = in.scratch_.reserve(plain + 2 * spare, 0);
    std::memcpy(base, begin, plain);
    copy to{base + plain};
    for (;;) {
        std::ptrdiff_t room = base + in.scratch_.capacity() - to.out;
        if (room < 2 * spare) [[unlikely]] {
            const auto used = static_cast<std::size_t>(to.out - base);
            base = in.scratch_.reserve(used * 2 + 2 * spare, used);
            to.out = base + used;
            room = base + in.scratch_.capacity() - to.out;
        }
        p = skip_text(p, in.blocks_ - p > room - spare ? p + (room - spare) : in.blocks_, to,
                      native_block{});
        if (p == in.end_)
            return bad_string(in, p);
        if (*p == '\\') {
            if (p < in.blocks_) { // the usual ones
                if (const char c = short_escapes[static_cast<unsigned char>(p[1])]; c != 0) {
                    *to.out++ = c;
                    p += 2;
                    continue;
                }
            }
            std::uint32_t character = 0;
            p = escape(in, p, character);
            if (p == nullptr)
                return nullptr;
            to.out = put_utf8(to.out, character);
        } else if (*p == '"') {
            text = {base, to.out};
            return p + 1;
        } else if (is_plain(*p)) {
            *to.out++ = *p++;
        } else {
            const char* const next = is_ascii(*p) ? nullptr : skip_utf8(p, in.end_);
            if (next == nullptr)
                return bad_string(in, p);
            to.out = std::copy(p, next, to.out);
            p = next;
        }
    }
}

inline const char* engine::skip_escape(reader& in, const char* p)
{
    if (in.end_ - p >= 6 && p[1] == 'u' && hex4(p + 2) <= 0xFFFF)
        return p + 6; // half of a surrogate pair, too
    std::uint32_t character = 0;
    return escape(in, p, character);
}

inline const char* engine::skip_string(reader& in, const char* p)
{
    p = skip_plain(p + 1, in.end_, in.blocks_);
    while (p == in.end_ || *p != '"') {
        p = skip_characters(in, p);
        if (p == nullptr)
            return nullptr;
        if (*p == '\\' && (p = skip_escape(in, p)) == nullptr)
            return nullptr;
    }
    return p + 1;
}

} // namespace openint::json::detail

#endif
