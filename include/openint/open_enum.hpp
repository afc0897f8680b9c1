// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_OPEN_ENUM_HPP
#define OPENINT_OPEN_ENUM_HPP

#include <openint/detail/rare_string.hpp>
#include <openint/json/codec.hpp>
#include <openint/json/names.hpp>

#include <optional>
#include <ostream>
#include <string_view>
#include <type_traits>

namespace openint {

/// An enumeration that the server may extend: a known value of E, or the text of one that this
/// version of the library does not know. Reading one never fails because of its text.
///
/// \code
/// const bool healthy = conn.status == openint::connection_status::healthy; // compares with E
/// if (!conn.status->known())
///     std::cout << "new status " << *conn.status;               // prints what the server said
/// \endcode
///
/// E is described with Boost.Describe; its enumerators are named as on the wire (a trailing `_` is
/// not part of the name, `auto_`; for other names see openint/json/names.hpp). Known values take no
/// memory beyond the object.
template <class E>
requires std::is_enum_v<E>
class open_enum
{
public:
    /// Not known, with an empty text.
    open_enum() noexcept = default;

    /// A known value. Implicit, so that an enumerator can stand where an open one is expected.
    open_enum(E value) noexcept
        : value_(value)
    {}

    /// The enumerator with this name on the wire, or else the text itself.
    explicit open_enum(std::string_view text)
    {
        if (E value{}; json::from_name(text, value))
            value_ = value;
        else
            unknown_ = detail::rare_string(text);
    }

    /// Whether the text is that of an enumerator.
    bool known() const noexcept { return value_.has_value(); }

    /// The enumerator, or nothing if the text is not known.
    std::optional<E> value() const noexcept { return value_; }

    /// The text on the wire, valid until this is changed or destroyed.
    std::string_view text() const noexcept
    {
        return value_ ? json::to_name(*value_) : unknown_.view();
    }

    /// The same text; no two enumerators have the same.
    friend bool operator==(const open_enum& a, const open_enum& b) noexcept
    {
        return a.value_ == b.value_ && a.unknown_.view() == b.unknown_.view();
    }
    friend bool operator==(const open_enum& a, E b) noexcept { return a.value_ == b; }

    /// Prints the text on the wire.
    friend std::ostream& operator<<(std::ostream& out, const open_enum& value)
    {
        return out << value.text();
    }

private:
    std::optional<E> value_;
    detail::rare_string unknown_;
};

} // namespace openint

/// JSON: a string. The default one is left out when written.
template <class E>
struct openint::json::codec<openint::open_enum<E>>
{
    static constexpr bool from_text = true;
    static void write(writer& out, const open_enum<E>& value) { out.string(value.text()); }
    static bool absent(const open_enum<E>& value) { return value.text().empty(); }
};

#endif
