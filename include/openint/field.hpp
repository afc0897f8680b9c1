// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_FIELD_HPP
#define OPENINT_FIELD_HPP

#include <openint/json/codec.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace openint {

/// The type of `openint::null`.
struct null_t
{
    /// For `openint::null` only.
    explicit constexpr null_t(int) noexcept {}
};

/// Makes a `field` null: the server then forgets its value.
inline constexpr null_t null{0};

template <class T>
class field;

namespace detail {

template <class T, class U>
concept field_value = std::convertible_to<U, T> && !std::same_as<std::remove_cvref_t<U>, null_t> &&
                      !std::same_as<std::remove_cvref_t<U>, field<T>>;

} // namespace detail

/// A member of a body that tells three things apart: absent (the default; the server leaves what it
/// has), `openint::null` (the server forgets it), or a value. Trivially copyable where T is.
///
/// \code
/// .display_name = "Production"                      // "display_name": "Production"
/// .display_name = openint::null                     // "display_name": null
///                                                   // not mentioned: not sent
/// \endcode
template <class T>
class field
{
public:
    /// Absent: not sent.
    constexpr field() noexcept = default;

    /// Sent as null.
    constexpr field(null_t) noexcept
        : null_(true)
    {}

    /// Sent with this value: whatever a T is made from.
    template <class U = T>
    requires detail::field_value<T, U>
    constexpr field(U&& value)
        : value_(std::forward<U>(value))
    {}

    /// Whether it is not sent. Exactly one of this, `is_null()` and `has_value()` is true.
    constexpr bool is_absent() const noexcept { return !null_ && !value_; }
    /// Whether null is sent.
    constexpr bool is_null() const noexcept { return null_; }
    /// Whether a value is sent.
    constexpr bool has_value() const noexcept { return value_.has_value(); }

    /// The value, which must be there.
    constexpr const T& operator*() const noexcept { return *value_; }
    /// A member of the value, which must be there.
    constexpr const T* operator->() const noexcept { return &*value_; }

    /// The same of the three states, and the same value if there is one.
    friend constexpr bool operator==(const field&, const field&) = default;

private:
    std::optional<T> value_;
    bool null_ = false;
};

} // namespace openint

/// JSON: null or the value; an absent one is left out.
template <class T>
struct openint::json::codec<openint::field<T>>
{
    static constexpr bool reads_null = true;
    static bool read(reader& in, field<T>& value)
    {
        if (in.peek() == boost::json::kind::null) {
            value = openint::null;
            std::string_view text;
            return in.raw(text);
        }
        T inner{};
        if (!in.read(inner))
            return false;
        value = std::move(inner);
        return true;
    }
    static void write(writer& out, const field<T>& value)
    {
        if (value.has_value())
            out.write(*value);
        else
            out.null();
    }
    static bool absent(const field<T>& value) { return value.is_absent(); }
};

#endif
