// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_TIMESTAMP_HPP
#define OPENINT_TIMESTAMP_HPP

#include <openint/detail/config.hpp>
#include <openint/detail/rare_string.hpp>
#include <openint/json/codec.hpp>

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string_view>

namespace openint {

/// A point in time as the server wrote it.
///
/// Any text is accepted and kept as it came; `time()` understands the two formats that the service
/// uses, PostgreSQL's `2026-11-23 17:31:36.22301+00` and ISO 8601's `2099-01-02T03:04:05.678Z`.
///
/// \code
/// const auto when = conn.updated_at.time();
/// if (when && *when < std::chrono::system_clock::now() - std::chrono::hours(24))
///     std::cout << "unchanged since " << conn.updated_at;       // prints it as received
/// \endcode
///
/// Small: a text of up to 39 characters, longer than any time, takes no memory beyond the object.
class timestamp
{
public:
    /// The type of `time()`: UTC, in microseconds.
    using time_type = std::chrono::sys_time<std::chrono::microseconds>;

    /// Empty: no time.
    timestamp() noexcept = default;

    /// Keeps a copy of `text`, whatever it is.
    OPENINT_DECL explicit timestamp(std::string_view text);

    /// A point in time in ISO 8601, to the microsecond: `2099-01-02T03:04:05.678000Z`. Empty if its
    /// year has not four digits.
    ///
    /// \code
    /// using namespace std::chrono;
    /// const openint::timestamp hour_ago(floor<microseconds>(system_clock::now() - hours(1)));
    /// const auto recent = co_await client.list_events({.since = hour_ago.text()});
    /// \endcode
    OPENINT_DECL explicit timestamp(time_type time) noexcept;

    /// The text as received, valid until this is changed or destroyed.
    std::string_view text() const noexcept
    {
        return long_.empty() ? std::string_view(short_.data(), size_) : long_.view();
    }

    /// Whether there is no text: nothing was received.
    bool empty() const noexcept { return text().empty(); }

    /// The time that the text stands for, or nothing where it stands for none.
    ///
    /// Date and time are separated by a space or a `T`; the offset from UTC is `Z`, `+hh`, `+hhmm`
    /// or `+hh:mm` (or `-`) and may not be missing: without it, the text does not say which moment
    /// it means. Of a fraction, the digits after the microseconds are cut off. The
    /// leap second 23:59:60 (UTC), which `sys_time` does not have, is the first second of the next
    /// day.
    OPENINT_DECL std::optional<time_type> time() const noexcept;

    /// Compares by time, to the microsecond, in whatever format it is written. A text that stands
    /// for no time equals only itself, and is neither before nor after anything.
    friend std::partial_ordering operator<=>(const timestamp& a, const timestamp& b) noexcept
    {
        return a.compare(b);
    }
    friend bool operator==(const timestamp& a, const timestamp& b) noexcept
    {
        return a.compare(b) == std::partial_ordering::equivalent;
    }

    /// Prints the text as received.
    friend std::ostream& operator<<(std::ostream& out, const timestamp& value)
    {
        return out << value.text();
    }

private:
    OPENINT_DECL std::partial_ordering compare(const timestamp& other) const noexcept;

    std::array<char, 39> short_{};
    std::uint8_t size_ = 0;
    detail::rare_string long_; // what does not fit; no time is that long
};

} // namespace openint

/// JSON: a string. An empty one is left out when written.
template <>
struct openint::json::codec<openint::timestamp>
{
    static constexpr bool from_text = true;
    static void write(writer& out, const timestamp& value) { out.string(value.text()); }
    static bool absent(const timestamp& value) { return value.empty(); }
};

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/timestamp.ipp>
#endif

#endif
