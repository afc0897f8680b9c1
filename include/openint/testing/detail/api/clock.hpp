// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_CLOCK_HPP
#define OPENINT_TESTING_DETAIL_API_CLOCK_HPP

// The mock server's clock, and how times are written.

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <optional>
#include <string>

namespace openint::testing::detail {

// The machine's clock until a test sets it: then it stands still, and goes on when told.
class server_clock
{
public:
    using time_point = std::chrono::system_clock::time_point;
    using duration = std::chrono::system_clock::duration;

    time_point now() const
    {
        return stopped_ ? *stopped_ : std::chrono::system_clock::now() + ahead_;
    }

    void stop_at(time_point t) { stopped_ = t; }

    void advance(duration d)
    {
        if (stopped_)
            *stopped_ += d;
        else
            ahead_ += d;
    }

private:
    std::optional<time_point> stopped_;
    duration ahead_{0}; // of the machine's
};

inline std::string format_time(std::chrono::system_clock::time_point when, const char* format)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(when);
    const std::time_t t = std::chrono::system_clock::to_time_t(seconds);
    std::tm tm{};
    gmtime_r(&t, &tm);
    char text[64];
    return std::string(text, std::strftime(text, sizeof text, format, &tm));
}

inline int fraction_of(std::chrono::system_clock::time_point when)
{
    const auto rest = when - std::chrono::floor<std::chrono::seconds>(when);
    return static_cast<int>(std::chrono::duration_cast<std::chrono::microseconds>(rest).count());
}

// As in rows of the database, without zeros at the end: "2026-01-02 03:04:05.6789+00".
inline std::string row_time(std::chrono::system_clock::time_point when)
{
    std::string text = format_time(when, "%Y-%m-%d %H:%M:%S");
    if (const int micros = fraction_of(when); micros != 0) {
        char fraction[16];
        std::snprintf(fraction, sizeof fraction, ".%06d", micros);
        text += fraction;
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text += "+00";
}

// As in settings: "2026-01-02T03:04:05.678Z".
inline std::string settings_time(std::chrono::system_clock::time_point when)
{
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", fraction_of(when) / 1000);
    return format_time(when, "%Y-%m-%dT%H:%M:%S") + fraction;
}

} // namespace openint::testing::detail

#endif
