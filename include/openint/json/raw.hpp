// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_RAW_HPP
#define OPENINT_JSON_RAW_HPP

#include <openint/json/codec.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace openint::json {

class raw_json;

template <>
struct codec<raw_json>
{
    static constexpr bool reads_null = true;
    static bool read(reader& in, raw_json& value);
    static void write(writer& out, const raw_json& value);
    static bool absent(const raw_json& value);
};

/// A JSON value kept as the text that it was in: checked when it is read, taken apart only on
/// demand. Cheaper than `boost::json::value` where most of it is never looked at. A default one is
/// null.
class raw_json
{
public:
    raw_json() = default;

    /// Checks `text`, which is one JSON value, and keeps it without the white space around it.
    /// Throws `json::error` if it is not one.
    explicit raw_json(std::string_view text)
    {
        reader in{text};
        if (!in.document(*this))
            throw_exception_from_error(in.error(), BOOST_CURRENT_LOCATION);
    }

    /// The text; "null" for null.
    std::string_view text() const noexcept
    {
        return text_.empty() ? "null" : std::string_view{text_};
    }

    /// Whether it is null.
    bool is_null() const noexcept { return text_.empty(); }

    /// Reads it; throws `json::error` if it is not a T. Needs <openint/json.hpp>.
    template <class T>
    T as(const read_options& options = {}) const;

    /// Whether the texts are equal, byte by byte.
    friend bool operator==(const raw_json&, const raw_json&) = default;

private:
    friend struct codec<raw_json>;
    std::string text_;
};

inline bool codec<raw_json>::read(reader& in, raw_json& value)
{
    std::string_view text;
    if (!in.raw(text))
        return false;
    value.text_.assign(text == "null" ? std::string_view{} : text);
    return true;
}

inline void codec<raw_json>::write(writer& out, const raw_json& value) { out.raw(value.text()); }

inline bool codec<raw_json>::absent(const raw_json& value) { return value.is_null(); }

} // namespace openint::json

#endif
