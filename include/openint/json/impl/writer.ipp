// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_WRITER_IPP
#define OPENINT_JSON_IMPL_WRITER_IPP

// From values to text: escapes, numbers, commas and indentation.

#include <openint/detail/wipe.hpp>
#include <openint/json/detail/class_writer.hpp>
#include <openint/json/detail/utf8.hpp>
#include <openint/json/writer.hpp>

#include <charconv>
#include <cmath>

namespace openint::json {

OPENINT_DECL void writer::fail(errc code, std::string_view expected, std::string_view found)
{
    if (error_.code)
        return;
    error_.code = code;
    error_.expected = expected;
    error_.found = found;
    error_.place = detail::locate(std::string_view(out_).substr(begin_), out_.size() - begin_);
}

inline void writer::put(char c)
{
    openint::detail::reserve_more(out_, 1);
    out_.push_back(c);
}

inline void writer::put(std::string_view text)
{
    openint::detail::reserve_more(out_, text.size());
    out_.append(text);
}

inline void writer::new_line()
{
    if (options_.pretty) {
        put('\n');
        openint::detail::reserve_more(out_, 2 * depth_);
        out_.append(2 * depth_, ' ');
    }
}

inline void writer::separate()
{
    if (comma_)
        put(',');
    comma_ = true;
    new_line();
}

inline void writer::close(char bracket)
{
    --depth_;
    if (comma_)
        new_line();
    put(bracket);
    comma_ = true;
}

OPENINT_DECL void writer::begin_object()
{
    put('{');
    ++depth_;
    comma_ = false;
}

OPENINT_DECL void writer::key(std::string_view name)
{
    separate();
    string(name);
    put(':');
    if (options_.pretty)
        put(' ');
}

OPENINT_DECL void writer::end_object() { close('}'); }

OPENINT_DECL void writer::begin_array()
{
    put('[');
    ++depth_;
    comma_ = false;
}

OPENINT_DECL void writer::element() { separate(); }

OPENINT_DECL void writer::end_array() { close(']'); }

OPENINT_DECL void writer::null() { put("null"); }

OPENINT_DECL void writer::boolean(bool value) { put(value ? "true" : "false"); }

OPENINT_DECL void writer::number(std::int64_t value)
{
    char digits[24];
    put({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

OPENINT_DECL void writer::number(std::uint64_t value)
{
    char digits[24];
    put({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

inline void writer::floating(char* begin, char* end, bool finite)
{
    if (finite)
        put({begin, end});
    else
        fail(errc::out_of_range, "finite number", "infinity or NaN");
}

OPENINT_DECL void writer::number(double value)
{
    char digits[32];
    floating(digits, std::to_chars(digits, digits + sizeof digits, value).ptr,
             std::isfinite(value));
}

OPENINT_DECL void writer::number(float value)
{
    char digits[32];
    floating(digits, std::to_chars(digits, digits + sizeof digits, value).ptr,
             std::isfinite(value));
}

OPENINT_DECL void writer::string(std::string_view text)
{
    put('"');
    const char* p = text.data();
    const char* const end = p + text.size();
    const char* const blocks = detail::end_of_blocks(p, end);
    for (;;) {
        const char* const begin = p;
        p = detail::skip_plain(p, end, blocks);
        while (p != end && static_cast<unsigned char>(*p) >= 0x80) {
            const char* const next = detail::skip_utf8(p, end);
            if (next == nullptr)
                return fail(errc::not_utf8, "UTF-8", "another encoding");
            p = next;
        }
        put({begin, p});
        if (p == end)
            break;
        if (detail::is_plain(*p))
            continue;
        const char c = *p++;
        put('\\');
        switch (c) {
        case '"':
        case '\\':
            put(c);
            break;
        case '\b':
            put('b');
            break;
        case '\f':
            put('f');
            break;
        case '\n':
            put('n');
            break;
        case '\r':
            put('r');
            break;
        case '\t':
            put('t');
            break;
        default:
            put("u00");
            put("0123456789abcdef"[static_cast<unsigned char>(c) / 16]);
            put("0123456789abcdef"[static_cast<unsigned char>(c) % 16]);
        }
    }
    put('"');
}

OPENINT_DECL void writer::secret(std::string_view text)
{
    if (options_.reveal_secrets)
        string(text);
    else
        redacted();
}

OPENINT_DECL void writer::redacted() { put("\"[redacted]\""); }

OPENINT_DECL void writer::raw(std::string_view text) { put(text); }

OPENINT_DECL void writer::value(const boost::json::value& value)
{
    switch (value.kind()) {
    case boost::json::kind::null:
        return null();
    case boost::json::kind::bool_:
        return boolean(value.get_bool());
    case boost::json::kind::int64:
        return number(std::int64_t{value.get_int64()});
    case boost::json::kind::uint64:
        return number(std::uint64_t{value.get_uint64()});
    case boost::json::kind::double_: {
        const std::size_t before = out_.size();
        number(value.get_double());
        if (out_.find_first_of(".e", before) == std::string::npos)
            put(".0");
        return;
    }
    case boost::json::kind::string: {
        const boost::json::string& text = value.get_string();
        return string({text.data(), text.size()});
    }
    case boost::json::kind::array:
        return this->value(value.get_array());
    case boost::json::kind::object:
        return this->value(value.get_object());
    }
}

OPENINT_DECL void writer::value(const boost::json::object& value)
{
    begin_object();
    for (const boost::json::key_value_pair& member : value) {
        key({member.key().data(), member.key().size()});
        this->value(member.value());
    }
    end_object();
}

OPENINT_DECL void writer::value(const boost::json::array& value)
{
    begin_array();
    for (const boost::json::value& item : value) {
        element();
        this->value(item);
    }
    end_array();
}

namespace detail {

OPENINT_DECL void class_writer::key(writer& out, std::string_view written)
{
    out.separate();
    out.raw(written);
    if (out.options_.pretty)
        out.put(' ');
}

OPENINT_DECL void class_writer::write(writer& out, const void* object, std::string_view tag,
                                      std::string_view name) const
{
    if (out.out_.empty()) // a first guess: values are longer than their keys
        out.out_.reserve(4 * keys.text_size());
    out.begin_object();
    if (!tag.empty()) {
        out.key(tag);
        out.string(name);
    }
    for (std::size_t i = 0; i < keys.size; ++i)
        members[i](out, object, keys.written(i));
    if (extra != nullptr)
        extra(out, object, keys);
    out.end_object();
}

OPENINT_DECL void class_writer::write_extra(writer& out, const boost::json::object& extra,
                                            const key_view& keys, bool secret)
{
    if (secret && !out.reveal_secrets()) {
        if (!extra.empty()) {
            out.key("extra");
            out.redacted();
        }
        return;
    }
    for (const boost::json::key_value_pair& member : extra) {
        const std::string_view name(member.key().data(), member.key().size());
        if (keys.find(name) != keys.size)
            continue; // the class has a member for it
        out.key(name);
        out.value(member.value());
    }
}

} // namespace detail
} // namespace openint::json

#endif
