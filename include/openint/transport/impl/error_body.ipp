// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_ERROR_BODY_IPP
#define OPENINT_TRANSPORT_IMPL_ERROR_BODY_IPP

// Reads an error answer member by member, each shape that servers give it. Nothing here fails: what
// cannot be read is left out, and what came before it stays.

#include <openint/transport/error_body.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/detail/wipe.hpp>
#include <openint/json.hpp>
#include <openint/json/detail/utf8.hpp>
#include <openint/transport/server_text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/kind.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openint::transport::detail {

// Members of an error answer, and of what it has in `error`.
struct error_members : error_body
{
    std::string description; // error_description
    std::string title;
    std::string detail;
    std::string error;         // where that is a text
    std::vector<issue> errors; // another name for issues
    bool is_container = false; // an object or an array
};

// The value of a \u escape's four digits, or a number that no unit has.
inline unsigned escaped_unit(const char* digits) noexcept
{
    unsigned unit = 0;
    for (int i = 0; i != 4; ++i) {
        const int digit = openint::detail::hex_value(digits[i]);
        if (digit < 0)
            return 0x10000;
        unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
}

// The text with its strings put right: halves of surrogate pairs and bytes that are not UTF-8
// become U+FFFD, control characters spaces. A string that has no end gets one; `unsure` bytes of
// its last ones are left out.
inline std::string mended(std::string_view text, std::size_t unsure)
{
    std::string out;
    out.reserve(text.size() + 64);
    const char* p = text.data();
    const char* const end = p + text.size();
    const auto left = [&] { return static_cast<std::size_t>(end - p); };
    const auto take = [&](std::size_t size) {
        out.append(p, size);
        p += size;
    };
    bool inside = false;
    std::size_t sure = 0; // size of `out` where an open string may end
    while (p != end) {
        if (*p == '"') {
            inside = !inside;
            take(1);
            sure = out.size();
            continue;
        }
        if (!inside) {
            take(1);
            continue;
        }
        if (left() > unsure)
            sure = out.size();
        if (*p == '\\') {
            if (left() < (left() > 1 && p[1] == 'u' ? 6u : 2u))
                break;
            const unsigned unit = p[1] == 'u' ? escaped_unit(p + 2) : 0;
            if (unit < 0xD800 || unit > 0xDFFF) {
                take(p[1] == 'u' ? 6 : 2);
            } else if (unit < 0xDC00 && left() >= 12 && p[6] == '\\' && p[7] == 'u' &&
                       escaped_unit(p + 8) >= 0xDC00 && escaped_unit(p + 8) <= 0xDFFF) {
                take(12);
            } else {
                out += "\\uFFFD";
                p += 6;
            }
            continue;
        }
        if (static_cast<unsigned char>(*p) < 0x80) {
            out += openint::detail::is_control(*p) ? ' ' : *p;
            ++p;
            continue;
        }
        if (const char* const next = json::detail::skip_utf8(p, end)) {
            take(static_cast<std::size_t>(next - p));
        } else {
            out += "\xEF\xBF\xBD";
            ++p;
        }
    }
    if (inside) {
        if (unsure != 0)
            out.resize(sure);
        out += '"';
    }
    return out;
}

// Drops the beginning of the token at the end of the text.
inline void drop_begun(std::string& text, std::string_view token)
{
    for (std::size_t size = (std::min)(text.size() + 1, token.size()); size-- > 1;)
        if (text.ends_with(token.substr(0, size)))
            return text.resize(text.size() - size);
}

inline bool skip_value(json::reader& in)
{
    std::string_view skipped;
    return in.raw(skipped);
}

// Reads a string, the digits of a number, or an array of those; `into` stays as it is otherwise.
inline bool read_text(json::reader& in, std::string& into, bool also_arrays = true)
{
    std::string_view text;
    switch (in.peek()) {
    case boost::json::kind::string:
        if (!in.string(text))
            return false;
        into = text;
        return true;
    case boost::json::kind::double_:
        if (!in.raw(text))
            return false;
        into = text;
        return true;
    case boost::json::kind::array: {
        if (!also_arrays)
            break;
        into.clear();
        return in.array([&] {
            std::string part;
            if (!read_text(in, part, false))
                return false;
            if (!part.empty())
                into.append(into.empty() ? "" : "; ").append(part);
            return true;
        });
    }
    default:
        break;
    }
    return skip_value(in);
}

// Reads any value into a document; it stays as it is where it cannot be one.
inline bool read_value(json::reader& in, boost::json::value& into)
{
    std::string_view text;
    if (!in.raw(text))
        return false;
    auto value = json::try_read<boost::json::value>(text);
    if (value.has_value())
        into = std::move(*value);
    return true;
}

inline std::string_view text_of(const boost::json::object& o, std::string_view name)
{
    const auto* const text = o.if_contains({name.data(), name.size()});
    if (!text || !text->is_string())
        return {};
    return {text->get_string().data(), text->get_string().size()};
}

inline issue& add_issue(std::vector<issue>& issues, std::string_view message)
{
    issue& added = issues.emplace_back();
    added.message = message;
    return added;
}

// What an object without a message says: each member is named after what was refused, and holds one
// text or several.
inline void add_named(const boost::json::object& named, std::vector<issue>& issues)
{
    const auto add = [&](const auto& name, const boost::json::value& value) {
        std::string_view text;
        if (const auto* s = value.if_string())
            text = {s->data(), s->size()};
        else if (const auto* o = value.if_object())
            text = text_of(*o, "message");
        if (!text.empty())
            add_issue(issues, text).path = boost::json::array{name};
    };
    for (const auto& member : named) {
        if (const auto* list = member.value().if_array())
            for (const auto& item : *list)
                add(member.key(), item);
        else
            add(member.key(), member.value());
    }
}

// Reads an object as one issue, or as several by name.
inline bool read_issue_object(json::reader& in, std::vector<issue>& issues)
{
    issue one;
    const bool whole = in.object([&](std::string_view key) {
        if (key == "message")
            return read_text(in, one.message);
        if (key == "path")
            return read_value(in, one.path);
        if (key == "code") {
            std::string code;
            if (!read_text(in, code, false))
                return false;
            if (!code.empty())
                one.code = std::move(code);
            return true;
        }
        const std::string name(key);
        boost::json::value value;
        if (!read_value(in, value))
            return false;
        one.extra.insert_or_assign(name, std::move(value));
        return true;
    });
    for (const std::string_view name : {"detail", "title", "msg"})
        if (one.message.empty())
            one.message = text_of(one.extra, name);
    const std::size_t before = issues.size();
    if (one.message.empty() && !one.code)
        add_named(one.extra, issues);
    const bool empty = one.message.empty() && !one.code && one.path.is_null() && one.extra.empty();
    if (issues.size() == before && !empty)
        issues.push_back(std::move(one));
    return whole;
}

// Reads issues: a list of them, or one; each an object or a text.
inline bool read_issues(json::reader& in, std::vector<issue>& issues, bool also_arrays = true)
{
    switch (in.peek()) {
    case boost::json::kind::string: {
        std::string_view text;
        if (!in.string(text))
            return false;
        add_issue(issues, text);
        return true;
    }
    case boost::json::kind::object:
        return read_issue_object(in, issues);
    case boost::json::kind::array:
        if (also_arrays)
            return in.array([&] { return read_issues(in, issues, false); });
        break;
    default:
        break;
    }
    return skip_value(in);
}

// Makes the first three members of the others.
inline void settle(error_members& m)
{
    const auto is_code = [](std::string_view text) {
        return text.find_first_of(" \t\r\n") == std::string_view::npos;
    };
    if (m.code.empty() && (is_code(m.error) || !m.description.empty()))
        m.code = m.error;
    if (m.issues.empty())
        m.issues = std::move(m.errors);
    if (m.message.empty())
        m.message = m.description;
    if (m.message.empty()) {
        m.message = m.title;
        if (!m.detail.empty() && m.detail != m.title)
            m.message.append(m.message.empty() ? "" : ": ").append(m.detail);
    }
    if (m.message.empty())
        m.message = m.error;
    if (m.message.empty() && !m.issues.empty())
        m.message = m.issues.front().message;
}

inline bool read_members(json::reader& in, error_members& m, bool outermost)
{
    error_members inner;
    const bool whole = in.object([&](std::string_view key) {
        if (key == "message")
            return read_text(in, m.message);
        if (key == "code")
            return read_text(in, m.code, false);
        if (key == "issues" || key == "output_issues") // of the request, or of its own answer
            return read_issues(in, m.issues);
        if (key == "errors")
            return read_issues(in, m.errors);
        if (key == "error_description")
            return read_text(in, m.description);
        if (key == "title")
            return read_text(in, m.title);
        if (key == "detail")
            return read_text(in, m.detail);
        if (key == "error")
            return outermost && in.peek() == boost::json::kind::object
                       ? read_members(in, inner, false)
                       : read_text(in, m.error);
        return skip_value(in);
    });
    if (outermost) {
        settle(inner);
        if (m.message.empty())
            m.message = std::move(inner.message);
        if (m.code.empty())
            m.code = std::move(inner.code);
        if (m.issues.empty())
            m.issues = std::move(inner.issues);
        settle(m);
    }
    return whole;
}

} // namespace openint::transport::detail

template <>
struct openint::json::codec<openint::transport::detail::error_members>
{
    static constexpr bool reads_null = true;

    static bool read(reader& in, transport::detail::error_members& m)
    {
        using namespace transport::detail;
        switch (in.peek()) {
        case boost::json::kind::object:
            m.is_container = true;
            return read_members(in, m, true);
        case boost::json::kind::array: {
            m.is_container = true;
            const bool whole = read_issues(in, m.issues);
            settle(m);
            return whole;
        }
        case boost::json::kind::string:
            return read_text(in, m.message);
        default:
            return skip_value(in);
        }
    }
};

namespace openint::transport {

OPENINT_DECL error_body read_error_body(std::string_view body, std::string_view token, bool cut)
{
    // A token that is cut off would not be found: what may be a part of it is left out. Each of its
    // bytes may be written as an escape of six.
    detail::error_members m;
    std::string text = detail::mended(body, cut ? 6 * token.size() : 0);
    json::error_info problem;
    const auto code = json::read_into(m, text, problem);
    openint::detail::wipe(text);
    const bool is_json = !code || (cut && code == json::errc::incomplete);
    // JSON of an unknown kind may repeat what was sent, secrets included.
    if (m.message.empty() && !(is_json && m.is_container)) {
        m.message = one_line(body); // plain text, or a gateway's HTML
        strike_out(m.message, token);
        if (cut)
            detail::drop_begun(m.message, token);
        m.message = one_line(m.message, 200);
    }
    return {std::move(m.message), std::move(m.code), std::move(m.issues)};
}

} // namespace openint::transport

#endif
