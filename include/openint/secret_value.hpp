// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_SECRET_VALUE_HPP
#define OPENINT_SECRET_VALUE_HPP

#include <openint/secret_json.hpp>

#include <boost/json/value.hpp>

#include <ostream>
#include <utility>

namespace openint {

/// A free-form JSON value of any kind that may hold credentials; null by default. As `secret_json`,
/// which is always an object, it is redacted as a whole until it is `reveal()`ed, and wiped.
class secret_value
{
public:
    /// Null.
    secret_value() noexcept = default;

    /// Takes `value` over.
    explicit secret_value(boost::json::value value) noexcept
        : value_(std::move(value))
    {}

    /// A copy; both are wiped in their own time.
    secret_value(const secret_value&) = default;
    /// Takes the whole over.
    secret_value(secret_value&&) noexcept = default;
    /// What was here is wiped. Without effect if copying throws.
    secret_value& operator=(const secret_value& other) { return *this = secret_value(other); }
    /// What was here is wiped.
    secret_value& operator=(secret_value&& other) noexcept
    {
        if (this != &other) {
            detail::wipe(value_);
            value_ = std::move(other.value_);
        }
        return *this;
    }
    ~secret_value() { detail::wipe(value_); }

    /// The value, valid as long as this one; therefore not for temporaries.
    const boost::json::value& reveal() const& noexcept { return value_; }
    /// The same, to be changed.
    boost::json::value& reveal() & noexcept { return value_; }
    const boost::json::value& reveal() const&& = delete;

    /// Whether it is null.
    bool is_null() const noexcept { return value_.is_null(); }

    friend bool operator==(const secret_value&, const secret_value&) = default;

    /// Prints `[redacted]`.
    friend std::ostream& operator<<(std::ostream& out, const secret_value&)
    {
        return out << redacted;
    }

    /// `boost::json::value_from` gives `"[redacted]"`.
    friend void tag_invoke(const boost::json::value_from_tag&, boost::json::value& out,
                           const secret_value&)
    {
        out = redacted;
    }

private:
    boost::json::value value_;
};

} // namespace openint

/// JSON: anything; written as `"[redacted]"` unless the writer is told to reveal secrets. A member
/// that is null is left out.
template <>
struct openint::json::codec<openint::secret_value>
{
    static constexpr bool reads_null = true;
    static bool read(reader& in, secret_value& value) { return in.read(value.reveal()); }
    static void write(writer& out, const secret_value& value)
    {
        if (out.reveal_secrets())
            out.write(value.reveal());
        else
            out.redacted();
    }
    static bool absent(const secret_value& value) { return value.is_null(); }
};

#if defined(__cpp_lib_format)
/// `std::format` prints `[redacted]`, with the format specification of a string.
template <>
struct std::formatter<openint::secret_value> : std::formatter<openint::secret>
{
    template <class Context>
    auto format(const openint::secret_value&, Context& context) const
    {
        return std::formatter<openint::secret>::format(openint::secret(), context);
    }
};
#endif

#endif
