// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_SERVER_TEXT_IPP
#define OPENINT_TRANSPORT_IMPL_SERVER_TEXT_IPP

// Makes a server's words fit for logs and terminals: one line of UTF-8, without the token and
// without what a terminal would obey. Each function passes once over the text.

#include <openint/transport/server_text.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/json/detail/utf8.hpp>
#include <openint/secret.hpp>

namespace openint::transport {
namespace detail {

// Whether a character shows nothing of itself: white space, a control character (C0, C1), a line or
// paragraph separator, or one that changes the direction of the text (U+202A to U+202E, U+2066 to
// U+2069).
inline bool shows_nothing(std::string_view character) noexcept
{
    const auto byte = [&](std::size_t i) {
        return static_cast<unsigned>(static_cast<unsigned char>(character[i]));
    };
    if (character.size() == 1)
        return byte(0) <= ' ' || byte(0) == 0x7F;
    if (character.size() == 2)
        return byte(0) == 0xC2 && byte(1) < 0xA0;
    if (character.size() != 3 || byte(0) != 0xE2)
        return false;
    return (byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
           (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9);
}

} // namespace detail

OPENINT_DECL void strike_out(std::string& text, std::string_view token)
{
    if (token.empty())
        return;
    const auto in_word = [&](std::size_t at) {
        return at < text.size() && openint::detail::is_alnum(text[at]);
    };
    const bool anywhere = token.size() >= 8;
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = text.find(token, at)) != std::string::npos;) {
        const std::size_t end = at + token.size();
        if (!anywhere && ((at != 0 && in_word(at - 1)) || in_word(end))) {
            ++at;
            continue;
        }
        out.append(text, copied, at - copied).append(redacted);
        copied = at = end;
    }
    if (copied != 0)
        text = out.append(text, copied);
}

OPENINT_DECL std::string one_line(std::string_view text, std::size_t most)
{
    std::string out;
    const char* const begin = text.data();
    const char* const end = begin + text.size();
    for (const char* p = begin; p != end;) {
        const bool ascii = static_cast<unsigned char>(*p) < 0x80;
        const char* const known = ascii ? p + 1 : json::detail::skip_utf8(p, end);
        const char* const next = known ? known : p + 1;
        if (static_cast<std::size_t>(next - begin) > most)
            return out.append("...");
        if (!known)
            out += "\xEF\xBF\xBD";
        else if (!detail::shows_nothing({p, static_cast<std::size_t>(next - p)}))
            out.append(p, next);
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
        p = next;
    }
    return out;
}

OPENINT_DECL std::string presentable(std::string_view text, std::string_view token)
{
    // On one line first, which may put the token together. Once more, since a token that is not
    // UTF-8 may have been a part of characters.
    std::string out = one_line(text);
    strike_out(out, token);
    return one_line(out);
}

} // namespace openint::transport

#endif
