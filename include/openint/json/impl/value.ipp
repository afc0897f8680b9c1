// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_VALUE_IPP
#define OPENINT_JSON_IMPL_VALUE_IPP

#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/number.hpp>
#include <openint/json/detail/steps.hpp>

// What has no class: skipped, or made a value of Boost.JSON. What is skipped has to be JSON, no
// more: numbers beyond the range of double and halves of surrogate pairs are.

namespace openint::json::detail {

inline const char* engine::skip_scalar(reader& in, const char* p)
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
    default:
        break;
    }
    const number n = parse_number(p, in.end_);
    return n.kind != number::type::invalid ? n.end : bad_number(in, p, n);
}

inline const char* engine::skip_key(reader& in, const char* p)
{
    if (*p != '"')
        return fail(in, p, errc::syntax, "key");
    if ((p = skip_string(in, p)) == nullptr || (p = token(in, p)) == nullptr)
        return nullptr;
    return *p == ':' ? token(in, p + 1) : fail(in, p, errc::syntax, "':'");
}

OPENINT_DECL const char* engine::skip(reader& in, const char* p)
{
    // Of the arrays and objects that are open, the innermost in the lowest bit: 1 for an object.
    // Another call goes on where there are too many of them.
    std::uint64_t objects = 0;
    constexpr unsigned most = 64;
    unsigned levels = 0;
    for (;;) {
        bool object = *p == '{';
        if ((object || *p == '[') && levels != most) {
            if ((p = open(in, p, *p)) == nullptr)
                return nullptr;
            ++levels;
            objects = objects << 1 | (object ? 1 : 0);
            if (*p != (object ? '}' : ']')) {
                if (object && (p = skip_key(in, p)) == nullptr)
                    return nullptr;
                continue;
            }
        } else if ((p = object || *p == '[' ? skip(in, p) : skip_scalar(in, p)) == nullptr) {
            return nullptr;
        }
        for (;; ++p, --levels, objects >>= 1, ++in.depth_) { // after a value
            if (levels == 0)
                return p;
            object = (objects & 1) != 0;
            const char close = object ? '}' : ']';
            if ((p = token(in, p)) == nullptr)
                return nullptr;
            if (*p == ',')
                break;
            if (*p != close)
                return no_comma(in, p, close);
        }
        if ((p = token(in, p + 1)) == nullptr || (object && (p = skip_key(in, p)) == nullptr))
            return nullptr;
    }
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

// Of members with the same key the last one counts.

boost::json::value& engine::add(std::string_view key, boost::json::object& into)
{
    make_room(into);
    return into.emplace(boost_view(key), nullptr).first->value();
}

const char* engine::text_member(reader& in, const char* p, std::string_view key,
                                boost::json::object& into)
{
    std::string_view text;
    p = engine::text(in, p, text);
    if (p == nullptr || (p = token(in, p)) == nullptr)
        return nullptr;
    if (*p != '}' || !into.empty())
        make_room(into);
    if (const auto [at, fresh] = into.emplace(boost_view(key), boost_view(text)); !fresh)
        at->value() = boost_view(text);
    return p;
}

// An element, or a member with its key. An array or an object is not read: it is to become `inner`.

inline const char* engine::element(reader& in, const char* p, boost::json::array& into,
                                   boost::json::value*& inner)
{
    if (into.capacity() == 0)
        into.reserve(4);
    if (*p == '"') {
        std::string_view text;
        p = engine::text(in, p, text);
        if (p != nullptr)
            into.emplace_back(boost_view(text));
        return p;
    }
    boost::json::value& value = into.emplace_back(nullptr);
    if (*p != '{' && *p != '[')
        return scalar(in, p, value);
    inner = &value;
    return p;
}

inline const char* engine::member(reader& in, const char* p, boost::json::object& into,
                                  boost::json::value*& inner)
{
    std::string_view name;
    const char* const written = p + 1;
    if ((p = key(in, p, name)) == nullptr)
        return nullptr;
    // What has been decoded is overwritten when a string is read.
    if (*p == '"' && name.data() == written)
        return text_member(in, p, name, into);
    boost::json::value& value = add(name, into);
    if (*p != '{' && *p != '[')
        return scalar(in, p, value);
    inner = &value;
    return p;
}

/// An array or an object that is being read.
struct engine::container
{
    explicit container(boost::json::object& object) noexcept
        : into(&object)
        , close('}')
    {
        object.clear();
    }
    explicit container(boost::json::array& array) noexcept
        : into(&array)
        , close(']')
    {
        array.clear();
    }
    container() = default;

    void* into;
    char close;
};

const char* engine::fill(reader& in, const char* p, container filled)
{
    p = open(in, p, filled.close == '}' ? '{' : '[');
    if (p == nullptr)
        return nullptr;
    constexpr unsigned most = 16; // levels at once; another call goes on where there are more
    container outer[most];
    unsigned levels = 0;
    bool empty = *p == filled.close;
    for (;;) {
        if (!empty) {
            boost::json::value* inner = nullptr;
            p = filled.close == '}'
                    ? member(in, p, *static_cast<boost::json::object*>(filled.into), inner)
                    : element(in, p, *static_cast<boost::json::array*>(filled.into), inner);
            if (inner != nullptr && levels == most)
                p = value(in, p, *inner);
            if (p == nullptr)
                return nullptr;
            if (inner != nullptr && levels != most) {
                outer[levels++] = filled;
                filled = *p == '{' ? container(inner->emplace_object())
                                   : container(inner->emplace_array());
                if ((p = open(in, p, *p)) == nullptr)
                    return nullptr;
                empty = *p == filled.close;
                continue;
            }
            if ((p = token(in, p)) == nullptr)
                return nullptr;
        }
        while (*p == filled.close) {
            ++p;
            ++in.depth_;
            if (levels == 0)
                return p;
            filled = outer[--levels];
            if ((p = token(in, p)) == nullptr)
                return nullptr;
        }
        if (*p != ',')
            return no_comma(in, p, filled.close);
        if ((p = token(in, p + 1)) == nullptr)
            return nullptr;
        empty = false;
    }
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::value& value)
{
    switch (*p) {
    case '{':
        return fill(in, p, container(value.emplace_object()));
    case '[':
        return fill(in, p, container(value.emplace_array()));
    default:
        return scalar(in, p, value);
    }
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::object& value)
{
    return fill(in, p, container(value));
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::array& value)
{
    return fill(in, p, container(value));
}

} // namespace openint::json::detail

#endif
