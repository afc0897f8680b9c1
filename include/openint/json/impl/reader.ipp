// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_READER_IPP
#define OPENINT_JSON_IMPL_READER_IPP

// The reader for codecs that users write: one value, or a container item by item.

#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/scan.hpp>
#include <openint/json/detail/steps.hpp>
#include <openint/json/reader.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace openint::json {
namespace detail {

// ---- failures

[[gnu::cold]] OPENINT_DECL const char* engine::fail(reader& in, const char* at, errc code,
                                                    std::string_view expected, const char* found)
{
    in.failed_at_ = in.had_read_ = at;
    in.code_ = at == in.end_ && code == errc::syntax ? errc::incomplete : code;
    in.expected_ = expected;
    in.found_ = found;
    return nullptr;
}

[[gnu::cold]] OPENINT_DECL const char* engine::mismatch(reader& in, const char* at,
                                                        std::string_view expected)
{
    // What is no value of any type is not JSON.
    constexpr std::string_view beginnings = "\"{[-0123456789tfn";
    const bool value = at != in.end_ && beginnings.find(*at) != beginnings.npos;
    return fail(in, at, value ? errc::mismatch : errc::syntax, expected);
}

// A codec said no; it may have forgotten to say why.
[[gnu::cold]] OPENINT_DECL const char* engine::failed(reader& in)
{
    return in.failed_at_ != nullptr ? nullptr : mismatch(in, in.mark_, "another value");
}

OPENINT_DECL bool engine::retry(reader& in, const attempt& a)
{
    if (in.code_ != errc::mismatch && in.code_ != errc::out_of_range && in.code_ != errc::missing)
        return false; // no alternative would fit
    // Alternatives within alternatives can multiply; the text bounds what may be read in vain.
    in.retried_ += static_cast<std::size_t>(in.had_read_ - a.start) + 1;
    if (in.retried_ > 4096 + 16 * static_cast<std::size_t>(in.end_ - in.begin_)) {
        fail(in, a.start, errc::ambiguous, "a value that is told apart more easily");
        return false;
    }
    in.depth_ = a.depth;
    in.memory_ = a.memory;
    in.outermost_ = a.outermost;
    in.failed_at_ = nullptr;
    return true;
}

// ---- between values

inline const char* skip_space(const char* p, const char* end) noexcept
{
    while (p != end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t'))
        ++p;
    return p;
}

const char* engine::space(reader& in, const char* p)
{
    p = skip_space(p, in.end_);
    return p != in.end_ ? p : fail(in, p, errc::incomplete, "more");
}

[[gnu::cold]] OPENINT_DECL const char* engine::no_container(reader& in, const char* p, char bracket)
{
    if (*p != bracket)
        return mismatch(in, p, bracket == '{' ? "object" : "array");
    return fail(in, p, errc::too_deep, "less nesting");
}

[[gnu::cold]] OPENINT_DECL const char* engine::no_comma(reader& in, const char* p, char bracket)
{
    return fail(in, p, errc::syntax, bracket == '}' ? "',' or '}'" : "',' or ']'");
}

[[gnu::cold]] OPENINT_DECL const char* engine::bad_literal(reader& in, const char* p,
                                                           std::string_view text)
{
    for (const char c : text) {
        if (p == in.end_ || *p != c)
            break;
        ++p;
    }
    return fail(in, p, errc::syntax, text);
}

} // namespace detail

// ---- the reader that codecs see

OPENINT_DECL boost::json::kind reader::peek() const noexcept
{
    if (at_ == end_)
        return boost::json::kind::null;
    switch (*at_) {
    case '"':
        return boost::json::kind::string;
    case '{':
        return boost::json::kind::object;
    case '[':
        return boost::json::kind::array;
    case 't':
    case 'f':
        return boost::json::kind::bool_;
    default:
        return detail::begins_number(*at_) ? boost::json::kind::double_ : boost::json::kind::null;
    }
}

// Begins to read the value that fail() will speak of; after the last one there is none.
inline bool reader::begin_value()
{
    mark_ = at_;
    return at_ != end_ || detail::engine::fail(*this, at_, errc::incomplete, "value") != nullptr;
}

inline bool reader::end_value(const char* end)
{
    if (end == nullptr)
        return false;
    at_ = end;
    return true;
}

OPENINT_DECL bool reader::string(std::string_view& text)
{
    return begin_value() && end_value(detail::engine::string(*this, at_, text));
}

OPENINT_DECL bool reader::number(std::string_view& digits)
{
    return begin_value() && end_value(detail::engine::digits(*this, at_, digits));
}

OPENINT_DECL bool reader::raw(std::string_view& text)
{
    if (!begin_value() || !end_value(detail::engine::skip(*this, at_)))
        return false;
    text = {mark_, at_};
    return true;
}

OPENINT_DECL bool reader::each_element(void* f, bool (*call)(void*))
{
    struct context
    {
        void* f;
        bool (*call)(void*);
    } c{f, call};
    if (!begin_value())
        return false;
    const char* const start = at_;
    const char* const end =
        detail::engine::array(*this, at_, &c, [](reader& in, const char* p, void* into) {
            auto& each = *static_cast<context*>(into);
            return detail::engine::call(in, p, [&each] { return each.call(each.f); });
        });
    mark_ = start;
    return end_value(end);
}

OPENINT_DECL bool reader::each_member(void* f, bool (*call)(void*, std::string_view))
{
    struct context
    {
        void* f;
        bool (*call)(void*, std::string_view);
    } c{f, call};
    if (!begin_value())
        return false;
    const char* const start = at_;
    const char* const end = detail::engine::map(
        *this, at_, &c, [](reader& in, const char* p, void* into, std::string_view key) {
            auto& each = *static_cast<context*>(into);
            return detail::engine::call(in, p, [&each, key] { return each.call(each.f, key); });
        });
    mark_ = start;
    return end_value(end);
}

OPENINT_DECL bool reader::fail(std::string_view expected)
{
    // What is not JSON at all stays the reason.
    if (failed_at_ == nullptr || code_ == errc::mismatch) {
        const char* const had_read = failed_at_ != nullptr ? (std::max)(had_read_, at_) : at_;
        detail::engine::mismatch(*this, mark_, expected);
        had_read_ = had_read;
    }
    return false;
}

OPENINT_DECL bool reader::whole(void* value, step read_value, bool again)
{
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    const char* p = begin_;
    if (std::string_view(begin_, end_).starts_with(mark))
        p += mark.size();
    again_ = again;
    p = detail::skip_space(p, end_);
    if (p == end_) {
        detail::engine::fail(*this, p, errc::incomplete, "value");
        return false;
    }
    p = read_value(*this, p, value);
    if (p == nullptr)
        return false;
    at_ = detail::skip_space(p, end_);
    if (at_ == end_)
        return true;
    detail::engine::fail(*this, at_, errc::syntax, "end of text");
    return false;
}

OPENINT_DECL error_info reader::error() const
{
    error_info info;
    if (failed_at_ == nullptr)
        return info;
    info.code = code_;
    info.place = detail::locate({begin_, end_}, static_cast<std::size_t>(failed_at_ - begin_));
    if (code_ == errc::missing) {
        detail::append_pointer_token(info.place.pointer, expected_);
        return info;
    }
    info.expected = expected_;
    if (found_ != nullptr) {
        info.found = found_;
        return info;
    }
    if (failed_at_ == end_) {
        info.found = "end of text";
        return info;
    }
    const char c = *failed_at_;
    switch (c) {
    case '"':
        info.found = "string";
        break;
    case '{':
        info.found = "object";
        break;
    case '[':
        info.found = "array";
        break;
    case 't':
    case 'f':
        info.found = "boolean";
        break;
    case 'n':
        info.found = "null";
        break;
    default:
        if (detail::begins_number(c)) {
            info.found = "number";
        } else if (c >= 0x20 && c < 0x7F) {
            info.found = std::string("'") + c + '\'';
        } else {
            constexpr char hex[] = "0123456789ABCDEF";
            const auto u = static_cast<unsigned char>(c);
            info.found = std::string("byte 0x") + hex[u / 16] + hex[u % 16];
        }
    }
    return info;
}

} // namespace openint::json

#endif
