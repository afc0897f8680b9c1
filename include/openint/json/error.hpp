// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_ERROR_HPP
#define OPENINT_JSON_ERROR_HPP

#include <openint/detail/config.hpp>

#include <boost/config.hpp>
#include <boost/system/error_category.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>
#include <boost/system/system_error.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace openint::json {

/// What can be wrong with a text that is read, or with a value that is written.
enum class errc
{
    /// The text is not JSON (RFC 8259).
    syntax = 1,
    /// The text ends before the value does.
    incomplete,
    /// The text is JSON, but of another type than the member wants.
    mismatch,
    /// A number that the member's type cannot hold: too large for the integer, or beyond the range
    /// of `double`. On writing: a number that is not finite.
    out_of_range,
    /// Arrays and objects nested deeper than `read_options::max_depth`.
    too_deep,
    /// A string or a key that is not UTF-8.
    not_utf8,
    /// Alternatives of a `std::variant` tried so often that reading would take too long.
    ambiguous,
    /// What the text becomes takes more than `read_options::max_memory`.
    too_large,
    /// A member without which the class cannot be; the place is the one that it should have had.
    missing
};

/// The category of `errc`; its name is "openint.json".
OPENINT_DECL const boost::system::error_category& error_category() noexcept;

/// Makes `errc` usable as an error code.
inline boost::system::error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}

/// A place in a text.
struct place
{
    /// The value, or the container that is broken, as a JSON Pointer (RFC 6901): `/items/3/id`.
    /// Empty for the whole document.
    std::string pointer;
    /// Bytes before the place.
    std::size_t offset = 0;
    /// Line of the text, from 1.
    std::size_t line = 1;
    /// Byte in the line, from 1.
    std::size_t column = 1;
};

/// All that is known about a failure. It never holds a value of the text, only names of members and
/// of types, so that it may be logged.
struct error_info
{
    /// One of `errc`.
    boost::system::error_code code;
    /// Where: in the text that was read, or in the text that was written up to there.
    json::place place;
    /// What the place should hold: "string", "integer from 0 to 255", "',' or '}'".
    std::string expected;
    /// What it holds: "number", "null", "end of text".
    std::string found;

    /// One readable line: `/settings/oauth/created_at: expected string, found number`, then line
    /// and column. A long pointer is cut, control characters in it are escaped.
    OPENINT_DECL std::string message() const;
};

/// Thrown by `read` and `write`. Copies share what they say, so copying does not throw; a move is a
/// copy.
class BOOST_SYMBOL_VISIBLE error : public boost::system::system_error
{
public:
    /// An exception that says what `info` says.
    explicit error(error_info info)
        : system_error(info.code, info.message())
        , info_(std::make_shared<const error_info>(std::move(info)))
    {}

    /// The same failure; also what a move does.
    error(const error&) noexcept = default;
    /// The same.
    error& operator=(const error&) noexcept = default;

    /// Everything that is known.
    const error_info& info() const noexcept { return *info_; }

    /// Where it happened.
    const json::place& place() const noexcept { return info_->place; }

private:
    std::shared_ptr<const error_info> info_;
};

/// A value, or what was wrong; `value()` throws `json::error`.
template <class T>
using result = boost::system::result<T, error_info>;

/// How `result<T>::value()` throws.
[[noreturn]] OPENINT_DECL void throw_exception_from_error(const error_info& info,
                                                          const boost::source_location& where);

namespace detail {

// The place of a byte of a text that is JSON up to there. Walks the text from its beginning: places
// are made only for failures, and so cost nothing while there is none.
OPENINT_DECL place locate(std::string_view text, std::size_t offset);

// Decodes the escapes of a key that is known to be valid, and appends it as a token of a JSON
// Pointer.
OPENINT_DECL void append_pointer_token(std::string& pointer, std::string_view key);

} // namespace detail
} // namespace openint::json

template <>
struct boost::system::is_error_code_enum<openint::json::errc> : std::true_type
{};

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/impl/error.ipp>
#endif

#endif
