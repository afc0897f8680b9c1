// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_WRITER_HPP
#define OPENINT_JSON_WRITER_HPP

#include <openint/detail/config.hpp>
#include <openint/json/error.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace openint::json {

namespace detail {
struct class_writer;
}

/// How values are written.
struct write_options
{
    /// One member or element a line, indented by two spaces: easy to read.
    bool pretty = false;
    /// Write secrets as they are instead of "[redacted]".
    bool reveal_secrets = false;
};

/// Appends values to a text.
///
/// This is what a `codec` is given; to write a value, use `write` in <openint/json.hpp>. A codec
/// writes exactly one value. Commas and line breaks are put by `key` and `element`. What cannot be
/// written (a string that is not UTF-8, a number that is not finite) is recorded; what follows is
/// then of no interest, as the text is thrown away. Memory that the text outgrows is wiped.
class writer
{
public:
    /// Appends to `out`, which must stay alive as long as the writer.
    explicit writer(std::string& out, const write_options& options = {}) noexcept
        : out_(out)
        , begin_(out.size())
        , options_(options)
    {}
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;

    /// Writes a value of any type that can be mapped.
    template <class T>
    void write(const T& value);

    /// Writes null.
    OPENINT_DECL void null();
    /// Writes true or false.
    OPENINT_DECL void boolean(bool value);
    /// Writes an integer.
    OPENINT_DECL void number(std::int64_t value);
    /// Writes an integer.
    OPENINT_DECL void number(std::uint64_t value);
    /// The shortest text that reads as the same value; an integral one has neither point nor
    /// exponent as long as that is not longer.
    OPENINT_DECL void number(double value);
    /// The same for float, which takes fewer digits.
    OPENINT_DECL void number(float value);

    /// Writes a string, with the escapes that JSON demands and no others.
    OPENINT_DECL void string(std::string_view text);

    /// Writes a secret: "[redacted]", or as it is if the options say so.
    OPENINT_DECL void secret(std::string_view text);

    /// Writes "[redacted]" in place of anything.
    OPENINT_DECL void redacted();

    /// Writes a text that is known to be a JSON value.
    OPENINT_DECL void raw(std::string_view text);

    /// Writes a value as it is; doubles stay doubles when read again (`1.0`).
    OPENINT_DECL void value(const boost::json::value& value);
    /// The same for an object.
    OPENINT_DECL void value(const boost::json::object& value);
    /// The same for an array.
    OPENINT_DECL void value(const boost::json::array& value);

    /// Begins an object; its members come next.
    OPENINT_DECL void begin_object();
    /// Begins a member; its value comes next.
    OPENINT_DECL void key(std::string_view name);
    /// Ends the object.
    OPENINT_DECL void end_object();

    /// Begins an array; its elements come next.
    OPENINT_DECL void begin_array();
    /// Begins an element; its value comes next.
    OPENINT_DECL void element();
    /// Ends the array.
    OPENINT_DECL void end_array();

    /// Whether secrets are written as they are.
    bool reveal_secrets() const noexcept { return options_.reveal_secrets; }

    /// Records that what would come next cannot be written. The first failure is kept.
    OPENINT_DECL void fail(errc code, std::string_view expected, std::string_view found);

    /// Whether everything could be written.
    bool ok() const noexcept { return !error_.code; }

    /// What could not be written.
    const error_info& error() const noexcept { return error_; }

private:
    friend struct detail::class_writer;

    void put(char c);
    void put(std::string_view text);
    void separate();
    void new_line();
    void close(char bracket);
    void floating(char* begin, char* end, bool finite);

    std::string& out_;
    std::size_t begin_;
    write_options options_;
    std::size_t depth_ = 0;
    bool comma_ = false; // something stands before on this level
    error_info error_;
};

} // namespace openint::json

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/detail/class_writer.hpp>
#endif

#endif
