// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_STEPS_HPP
#define OPENINT_JSON_DETAIL_STEPS_HPP

#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/scan.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

// What the bodies of the engine share: the steps between values, of which the usual case is inline
// and the rest is not, so that neither code nor stack frames grow.

namespace openint::json::detail {

/// The next byte that is not white space; there must be one.
[[gnu::always_inline]] inline const char* engine::token(reader& in, const char* p)
{
    return p != in.end_ && static_cast<unsigned char>(*p) > ' ' ? p : space(in, p);
}

/// Enters an array or an object: goes to what follows its bracket.
[[gnu::always_inline]] inline const char* engine::open(reader& in, const char* p, char bracket)
{
    if (*p != bracket || in.depth_ == 0) [[unlikely]]
        return no_container(in, p, bracket);
    --in.depth_;
    return token(in, p + 1);
}

/// The text of the string at whose opening quote `p` is.
[[gnu::always_inline]] inline const char* engine::text(reader& in, const char* p,
                                                       std::string_view& text)
{
    const char* const begin = p + 1;
    p = skip_plain(begin, in.end_, in.blocks_);
    if (p != in.end_ && *p == '"') [[likely]] {
        text = {begin, p};
        return p + 1;
    }
    p = string_tail(in, begin, p);
    text = in.tail_;
    return p;
}

/// A key and its colon, to the value.
[[gnu::always_inline]] inline const char* engine::key(reader& in, const char* p,
                                                      std::string_view& name)
{
    if (*p != '"') [[unlikely]]
        return fail(in, p, errc::syntax, "key");
    p = text(in, p, name);
    if (p == nullptr || (p = token(in, p)) == nullptr)
        return nullptr;
    return *p == ':' ? token(in, p + 1) : fail(in, p, errc::syntax, "':'");
}

[[gnu::always_inline]] inline const char* engine::literal(reader& in, const char* p,
                                                          std::string_view text)
{
    if (static_cast<std::size_t>(in.end_ - p) >= text.size() &&
        std::memcmp(p, text.data(), text.size()) == 0) [[likely]]
        return p + text.size();
    return bad_literal(in, p, text);
}

} // namespace openint::json::detail

#endif
