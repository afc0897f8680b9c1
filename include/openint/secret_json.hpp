// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_SECRET_JSON_HPP
#define OPENINT_SECRET_JSON_HPP

#include <openint/detail/config.hpp>
#include <openint/json/standard.hpp>
#include <openint/secret.hpp>

#include <boost/json/object.hpp>

#include <ostream>
#include <utility>

namespace openint {

namespace detail {

/// Wipes all strings in `value`, however deep, and leaves it null.
OPENINT_DECL void wipe(boost::json::value& value) noexcept;

/// Wipes all strings in `object`, however deep, and leaves it empty.
OPENINT_DECL void wipe(boost::json::object& object) noexcept;

} // namespace detail

/// A free-form JSON object that may hold credentials: redacted as a whole wherever it is printed
/// or written, until it is `reveal()`ed.
///
/// It is what a connection's settings keep beside the well-known members, under names that each
/// connector chooses for itself, and the verbatim answers of token endpoints:
///
/// \code
/// const auto& extra = conn.settings->extra.reveal();
/// if (const auto* key = extra.if_contains("api_key"))
///     use(key->as_string());
/// \endcode
///
/// When it is destroyed or assigned to, the text of every string value in it is overwritten.
/// Not wiped: names of members, numbers, and memory that the object gave up while it grew.
class secret_json
{
public:
    /// An empty object.
    secret_json() noexcept = default;

    /// Takes `object` over. What was copied to make it is not wiped.
    explicit secret_json(boost::json::object object) noexcept
        : object_(std::move(object))
    {}

    /// Copies and moves are whole; what is assigned to is wiped before.
    secret_json(const secret_json&) = default;
    /// Takes the whole over.
    secret_json(secret_json&&) noexcept = default;
    /// What was here is wiped. Without effect if copying throws.
    secret_json& operator=(const secret_json& other) { return *this = secret_json(other); }
    /// What was here is wiped.
    secret_json& operator=(secret_json&& other) noexcept
    {
        if (this != &other) {
            detail::wipe(object_);
            object_ = std::move(other.object_);
        }
        return *this;
    }
    ~secret_json() { detail::wipe(object_); }

    /// The object, valid as long as this one; therefore not for temporaries.
    const boost::json::object& reveal() const& noexcept { return object_; }
    /// The same, to be changed.
    boost::json::object& reveal() & noexcept { return object_; }
    const boost::json::object& reveal() const&& = delete;

    /// Whether it has no members.
    bool empty() const noexcept { return object_.empty(); }

    /// Compares as Boost.JSON does: the order of members does not matter.
    friend bool operator==(const secret_json&, const secret_json&) = default;

    /// Prints `[redacted]`.
    friend std::ostream& operator<<(std::ostream& out, const secret_json&)
    {
        return out << redacted;
    }

    /// `boost::json::value_from` gives `"[redacted]"`.
    friend void tag_invoke(const boost::json::value_from_tag&, boost::json::value& out,
                           const secret_json&)
    {
        out = redacted;
    }

private:
    boost::json::object object_;
};

} // namespace openint

/// JSON: an object; written as `"[redacted]"` unless the writer is told to reveal secrets.
template <>
struct openint::json::codec<openint::secret_json>
{
    static bool read(reader& in, secret_json& value) { return in.read(value.reveal()); }
    static void write(writer& out, const secret_json& value)
    {
        if (out.reveal_secrets())
            out.write(value.reveal());
        else
            out.redacted();
    }

    /// As a member named `extra`: where members go that the struct does not know.
    static constexpr bool is_secret = true;
    static boost::json::object& extra(secret_json& value) { return value.reveal(); }
    static const boost::json::object& extra(const secret_json& value) { return value.reveal(); }
};

#if defined(__cpp_lib_format)
/// `std::format` prints `[redacted]`, with the format specification of a string.
template <>
struct std::formatter<openint::secret_json> : std::formatter<openint::secret>
{
    template <class Context>
    auto format(const openint::secret_json&, Context& context) const
    {
        return std::formatter<openint::secret>::format(openint::secret(), context);
    }
};
#endif

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/secret_json.ipp>
#endif

#endif
