// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_JSON_VALUE_IPP
#define OPENINT_IMPL_JSON_VALUE_IPP

#include <openint/impl/json_steps.ipp>
#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/number.hpp>

// What has no class: skipped, or made a value of Boost.JSON.

namespace openint::json::detail {

OPENINT_DECL const char* engine::skip(reader& in, const char* p)
{
    switch (*p) {
    case '"':
        return skip_string(in, p);
    case 't':
        return literal(in, p, "true");
    case 'f':
        return literal(in, p, "false");
    case 'n':
        return literal(in, p, "null");
    case '{':
    case '[':
        break;
    default: {
        const number n = parse_number(p, in.end_);
        return n.kind < number::type::overflow ? n.end : bad_number(in, p, n);
    }
    }
    const bool object = *p == '{';
    const char close = object ? '}' : ']';
    p = open(in, p, *p);
    if (p == nullptr)
        return nullptr;
    if (*p != close) {
        for (;;) {
            if (object) {
                if (*p != '"')
                    return fail(in, p, errc::syntax, "key");
                if ((p = skip_string(in, p)) == nullptr || (p = token(in, p)) == nullptr)
                    return nullptr;
                if (*p != ':')
                    return fail(in, p, errc::syntax, "':'");
                if ((p = token(in, p + 1)) == nullptr)
                    return nullptr;
            }
            if ((p = skip(in, p)) == nullptr || (p = token(in, p)) == nullptr)
                return nullptr;
            if (*p == close)
                break;
            if (*p != ',')
                return no_comma(in, p, close);
            if ((p = token(in, p + 1)) == nullptr)
                return nullptr;
        }
    }
    ++in.depth_;
    return p + 1;
}

// ---- values of Boost.JSON

// They are built where they belong, with nothing in between. How many members an object will have
// is guessed: most have one, or a few.

inline boost::json::string_view boost_view(std::string_view text) noexcept
{
    return {text.data(), text.size()};
}

inline void make_room(boost::json::object& into)
{
    if (into.size() == into.capacity())
        into.reserve(into.empty() ? 4 : into.size() * 2);
}

inline void store_number(const number& n, boost::json::value& value) noexcept
{
    if (n.kind == number::type::int64)
        value.emplace_int64() = n.i;
    else if (n.kind == number::type::uint64)
        value.emplace_uint64() = n.u;
    else
        value.emplace_double() = n.d;
}

const char* engine::scalar(reader& in, const char* p, boost::json::value& value)
{
    switch (*p) {
    case '"': {
        std::string_view text;
        p = string(in, p, text);
        if (p != nullptr)
            value.emplace_string().assign(text.data(), text.size());
        return p;
    }
    case 't':
    case 'f':
        return boolean(in, p, value.emplace_bool());
    case 'n':
        value.emplace_null();
        return literal(in, p, "null");
    default:
        break;
    }
    const number n = parse_number(p, in.end_);
    if (n.kind >= number::type::overflow)
        return bad_number(in, p, n);
    store_number(n, value);
    return n.end;
}

OPENINT_DECL const char* engine::element(reader& in, const char* p, boost::json::array& into)
{
    if (into.capacity() == 0)
        into.reserve(4);
    if (*p != '"')
        return engine::value(in, p, into.emplace_back(nullptr));
    std::string_view text;
    p = string(in, p, text);
    if (p != nullptr)
        into.emplace_back(boost_view(text));
    return p;
}

// Of members with the same key the last one counts.

boost::json::value& engine::member(std::string_view key, boost::json::object& into)
{
    make_room(into);
    return into.emplace(boost_view(key), nullptr).first->value();
}

const char* engine::text_member(reader& in, const char* p, std::string_view key,
                                boost::json::object& into)
{
    std::string_view text;
    p = string(in, p, text);
    if (p == nullptr || (p = token(in, p)) == nullptr)
        return nullptr;
    if (*p != '}' || !into.empty())
        make_room(into);
    if (const auto [at, fresh] = into.emplace(boost_view(key), boost_view(text)); !fresh)
        at->value() = boost_view(text);
    return p;
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::value& value)
{
    switch (*p) {
    case '{':
        return engine::value(in, p, value.emplace_object());
    case '[':
        return engine::value(in, p, value.emplace_array());
    default:
        return scalar(in, p, value);
    }
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::object& value)
{
    value.clear();
    p = open(in, p, '{');
    if (p == nullptr)
        return nullptr;
    if (*p != '}') {
        for (;;) {
            std::string_view name;
            const char* const written = p + 1;
            if ((p = key(in, p, name)) == nullptr)
                return nullptr;
            // What has been decoded is overwritten when a string is read.
            p = *p == '"' && name.data() == written ? text_member(in, p, name, value)
                                                    : engine::value(in, p, member(name, value));
            if (p == nullptr || (p = token(in, p)) == nullptr)
                return nullptr;
            if (*p == '}')
                break;
            if (*p != ',')
                return no_comma(in, p, '}');
            if ((p = token(in, p + 1)) == nullptr)
                return nullptr;
        }
    }
    ++in.depth_;
    return p + 1;
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::array& value)
{
    value.clear();
    p = open(in, p, '[');
    if (p == nullptr)
        return nullptr;
    if (*p != ']') {
        for (;;) {
            if ((p = element(in, p, value)) == nullptr || (p = token(in, p)) == nullptr)
                return nullptr;
            if (*p == ']')
                break;
            if (*p != ',')
                return no_comma(in, p, ']');
            if ((p = token(in, p + 1)) == nullptr)
                return nullptr;
        }
    }
    ++in.depth_;
    return p + 1;
}

} // namespace openint::json::detail

#endif
