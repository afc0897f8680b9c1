// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_JSON_VALUE_IPP
#define OPENINT_IMPL_JSON_VALUE_IPP

#include <openint/impl/json_steps.ipp>
#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/number.hpp>

#include <utility>

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

OPENINT_DECL const char* engine::build(reader& in, const char* p, boost::json::value_stack& stack)
{
    switch (*p) {
    case '"': {
        std::string_view text;
        p = string(in, p, text);
        if (p != nullptr)
            stack.push_string({text.data(), text.size()});
        return p;
    }
    case 't':
    case 'f': {
        bool value = false;
        p = boolean(in, p, value);
        if (p != nullptr)
            stack.push_bool(value);
        return p;
    }
    case 'n':
        p = literal(in, p, "null");
        if (p != nullptr)
            stack.push_null();
        return p;
    case '{':
    case '[':
        break;
    default: {
        const number n = parse_number(p, in.end_);
        switch (n.kind) {
        case number::type::int64:
            stack.push_int64(n.i);
            break;
        case number::type::uint64:
            stack.push_uint64(n.u);
            break;
        case number::type::floating:
            stack.push_double(n.d);
            break;
        default:
            return bad_number(in, p, n);
        }
        return n.end;
    }
    }
    const bool object = *p == '{';
    const char close = object ? '}' : ']';
    p = open(in, p, *p);
    if (p == nullptr)
        return nullptr;
    std::size_t count = 0;
    if (*p != close) {
        for (;;) {
            if (object) {
                std::string_view name;
                if ((p = key(in, p, name)) == nullptr)
                    return nullptr;
                stack.push_key({name.data(), name.size()});
            }
            if ((p = build(in, p, stack)) == nullptr || (p = token(in, p)) == nullptr)
                return nullptr;
            ++count;
            if (*p == close)
                break;
            if (*p != ',')
                return no_comma(in, p, close);
            if ((p = token(in, p + 1)) == nullptr)
                return nullptr;
        }
    }
    if (object)
        stack.push_object(count);
    else
        stack.push_array(count);
    ++in.depth_;
    return p + 1;
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::value& value)
{
    // What is small is made in place.
    switch (*p) {
    case 'n':
        value = nullptr;
        return literal(in, p, "null");
    case 't':
    case 'f':
        return boolean(in, p, value.emplace_bool());
    case '{':
        if (p + 1 != in.end_ && p[1] == '}' && in.depth_ != 0) {
            value.emplace_object();
            return p + 2;
        }
        break;
    default:
        break;
    }
    builder all{in};
    p = build(in, p, all.stack());
    if (p != nullptr)
        value = all.release();
    return p;
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::object& value)
{
    if (*p != '{')
        return mismatch(in, p, "object");
    builder all{in};
    p = build(in, p, all.stack());
    if (p != nullptr)
        value = std::move(all.release().get_object());
    return p;
}

OPENINT_DECL const char* engine::value(reader& in, const char* p, boost::json::array& value)
{
    if (*p != '[')
        return mismatch(in, p, "array");
    builder all{in};
    p = build(in, p, all.stack());
    if (p != nullptr)
        value = std::move(all.release().get_array());
    return p;
}

} // namespace openint::json::detail

#endif
