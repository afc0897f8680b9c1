// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_ERROR_IPP
#define OPENINT_JSON_IMPL_ERROR_IPP

// The texts of errors, and the path to the place that an error is about.

#include <openint/json/error.hpp>

#include <boost/throw_exception.hpp>

#include <algorithm>
#include <cstring>
#include <vector>

namespace openint::json {
namespace detail {

class error_category_impl final : public boost::system::error_category
{
public:
    // The id is the same in each copy of this, in a program and its shared libraries: by it they
    // compare.
    error_category_impl() noexcept
        : boost::system::error_category(0xFC119493CAB964A9)
    {}

    const char* name() const noexcept override { return "openint.json"; }

    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::syntax:
            return "not JSON";
        case errc::incomplete:
            return "the text ends too early";
        case errc::mismatch:
            return "another type than expected";
        case errc::out_of_range:
            return "number out of range";
        case errc::too_deep:
            return "nested too deeply";
        case errc::not_utf8:
            return "not UTF-8";
        case errc::ambiguous:
            return "too many alternatives tried";
        case errc::too_large:
            return "takes too much memory";
        case errc::missing:
            return "missing";
        }
        return "unknown error";
    }
};

OPENINT_DECL void append_pointer_token(std::string& out, std::string_view key)
{
    const auto unit = [&key](std::size_t at) {
        unsigned u = 0;
        for (const char c : key.substr((std::min)(at, key.size()), 4))
            u = u * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        return u;
    };
    const auto put = [&out](char c) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    };
    out += '/';
    for (std::size_t i = 0; i < key.size(); ++i) {
        if (key[i] != '\\' || i + 1 == key.size()) {
            put(key[i]);
            continue;
        }
        const char c = key[++i];
        constexpr std::string_view letters = "bfnrt", meant = "\b\f\n\r\t";
        if (const std::size_t at = letters.find(c); at != letters.npos) {
            out += meant[at];
        } else if (c != 'u') {
            put(c);
        } else {
            unsigned u = unit(i + 1);
            i += 4;
            if (u >= 0xD800 && u < 0xE000) { // half of a pair where the key was only skipped
                const unsigned low = key.substr(i + 1).starts_with("\\u") ? unit(i + 3) : 0;
                const bool pair = u < 0xDC00 && low >= 0xDC00 && low < 0xE000;
                u = pair ? 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
                i += pair ? 6u : 0u;
            }
            const auto byte = [&](unsigned b) { put(static_cast<char>(b)); };
            if (u < 0x80) {
                byte(u);
            } else if (u < 0x800) {
                byte(0xC0 | u >> 6);
                byte(0x80 | (u & 0x3F));
            } else if (u < 0x10000) {
                byte(0xE0 | u >> 12);
                byte(0x80 | (u >> 6 & 0x3F));
                byte(0x80 | (u & 0x3F));
            } else {
                byte(0xF0 | u >> 18);
                byte(0x80 | (u >> 12 & 0x3F));
                byte(0x80 | (u >> 6 & 0x3F));
                byte(0x80 | (u & 0x3F));
            }
        }
    }
}

OPENINT_DECL place locate(std::string_view text, std::size_t offset)
{
    struct level
    {
        bool array;
        bool open;            // inside the element, or after the key: the level names the place
        std::size_t index;    // of the element
        std::string_view key; // as written
    };
    std::vector<level> levels;
    place where;
    where.offset = offset;
    const std::string_view before = text.substr(0, offset);

    const auto complete = [&levels] {
        if (!levels.empty())
            levels.back().open = false;
    };
    for (std::size_t i = 0; i < before.size();) {
        const char c = before[i];
        if (c == '{' || c == '[') {
            levels.push_back({c == '[', c == '[', 0, {}});
            ++i;
        } else if (c == '}' || c == ']') {
            if (!levels.empty())
                levels.pop_back();
            complete();
            ++i;
        } else if (c == ',') {
            if (!levels.empty() && levels.back().array) {
                ++levels.back().index;
                levels.back().open = true;
            } else if (!levels.empty()) {
                levels.back().key = {};
            }
            ++i;
        } else if (c == ':') {
            if (!levels.empty())
                levels.back().open = true;
            ++i;
        } else if (c == '"') {
            std::size_t end = i + 1;
            while (end < text.size() && text[end] != '"')
                end += text[end] == '\\' ? 2u : 1u;
            if (end >= offset)
                break; // the place is inside this string
            if (!levels.empty() && !levels.back().array && !levels.back().open)
                levels.back().key = before.substr(i + 1, end - i - 1);
            else
                complete();
            i = end + 1;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            ++i;
        } else { // a number or a literal
            std::size_t end = i + 1;
            while (end < text.size() && !std::strchr("{}[],:\" \t\n\r", text[end]))
                ++end;
            if (end > offset)
                break;
            // a byte order mark at the beginning arrives here too, and completes nothing
            complete();
            i = end;
        }
    }
    for (const level& l : levels) {
        if (!l.open)
            continue;
        if (l.array)
            where.pointer += '/' + std::to_string(l.index);
        else
            append_pointer_token(where.pointer, l.key);
    }
    for (const char c : before) {
        ++where.column;
        if (c == '\n') {
            ++where.line;
            where.column = 1;
        }
    }
    return where;
}

} // namespace detail

OPENINT_DECL const boost::system::error_category& error_category() noexcept
{
    static const detail::error_category_impl category;
    return category;
}

OPENINT_DECL std::string error_info::message() const
{
    constexpr char hex[] = "0123456789abcdef";
    // Keys can be of any length, and hold what would look like another line of a log.
    constexpr std::size_t longest = 200;
    std::size_t shown = place.pointer.size();
    if (shown > longest) {
        shown = longest;
        while (shown != 0 && (place.pointer[shown] & 0xC0) == 0x80)
            --shown; // whole characters
    }
    std::string text;
    for (const char c : std::string_view(place.pointer).substr(0, shown))
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            text.append("\\u00") +=
                {hex[static_cast<unsigned char>(c) / 16], hex[static_cast<unsigned char>(c) % 16]};
        else
            text += c;
    if (shown != place.pointer.size())
        text += "...";
    if (!text.empty())
        text += ": ";
    text += expected.empty() ? code.message() : "expected " + expected;
    if (!found.empty())
        text += ", found " + found;
    return text + " (line " + std::to_string(place.line) + ", column " +
           std::to_string(place.column) + ")";
}

OPENINT_DECL void throw_exception_from_error(const error_info& info,
                                             const boost::source_location& where)
{
    boost::throw_exception(error(info), where);
}

} // namespace openint::json

#endif
