// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_IMPL_TIMESTAMP_IPP
#define OPENINT_IMPL_TIMESTAMP_IPP

// Reads the two formats of time that the service writes.

#include <openint/timestamp.hpp>

#include <algorithm>

namespace openint {

namespace detail {

/// Takes a text apart from the left; every step says whether it found what it looked for.
class time_scanner
{
public:
    explicit time_scanner(std::string_view rest) noexcept
        : rest_(rest)
    {}

    bool done() const noexcept { return rest_.empty(); }

    bool one_of(std::string_view characters) noexcept
    {
        if (done() || characters.find(rest_.front()) == characters.npos)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Exactly so many digits.
    bool digits(int count, int& value) noexcept
    {
        int read = 0;
        value = 0;
        while (read < count && digit(value))
            ++read;
        return read == count;
    }

    /// Digits after the point, at least one; what is finer than a microsecond is dropped.
    bool fraction(std::chrono::microseconds& value) noexcept
    {
        int number = 0;
        int read = 0;
        while (read < 6 && digit(number))
            ++read;
        if (read == 0)
            return false;
        for (int i = read; i < 6; ++i)
            number *= 10;
        for (int finer = 0; digit(finer);)
            finer = 0;
        value = std::chrono::microseconds(number);
        return true;
    }

    /// `Z`, `+hh`, `+hhmm` or `+hh:mm`.
    bool offset(std::chrono::minutes& value) noexcept
    {
        value = std::chrono::minutes(0);
        if (one_of("Zz"))
            return true;
        const bool west = !done() && rest_.front() == '-';
        int hours = 0;
        int minutes = 0;
        if (!one_of("+-") || !digits(2, hours))
            return false;
        if (!done() && (one_of(":"), !digits(2, minutes)))
            return false;
        value = std::chrono::minutes(hours * 60 + minutes) * (west ? -1 : 1);
        return hours < 24 && minutes < 60;
    }

private:
    bool digit(int& value) noexcept
    {
        if (done() || rest_.front() < '0' || rest_.front() > '9')
            return false;
        value = value * 10 + (rest_.front() - '0');
        rest_.remove_prefix(1);
        return true;
    }

    std::string_view rest_;
};

} // namespace detail

OPENINT_DECL timestamp::timestamp(std::string_view text)
{
    if (text.size() > short_.size()) {
        long_ = detail::rare_string(text);
        return;
    }
    std::copy(text.begin(), text.end(), short_.begin());
    size_ = static_cast<std::uint8_t>(text.size());
}

OPENINT_DECL timestamp::timestamp(time_type time) noexcept
{
    using namespace std::chrono;

    if (time < sys_days(year(0) / 1 / 1) || time >= sys_days(year(10'000) / 1 / 1))
        return;
    const sys_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss<microseconds> clock(time - day);
    char* out = short_.data();
    const auto put = [&out](std::int64_t number, int digits, char behind) {
        for (int i = digits; i-- != 0; number /= 10)
            out[i] = static_cast<char>('0' + number % 10);
        out += digits;
        *out++ = behind;
    };
    put(static_cast<int>(date.year()), 4, '-');
    put(static_cast<unsigned>(date.month()), 2, '-');
    put(static_cast<unsigned>(date.day()), 2, 'T');
    put(clock.hours().count(), 2, ':');
    put(clock.minutes().count(), 2, ':');
    put(clock.seconds().count(), 2, '.');
    put(clock.subseconds().count(), 6, 'Z');
    size_ = static_cast<std::uint8_t>(out - short_.data());
}

OPENINT_DECL std::optional<timestamp::time_type> timestamp::time() const noexcept
{
    using namespace std::chrono;

    detail::time_scanner in(text());
    int y = 0, mon = 0, d = 0, h = 0, min = 0, s = 0;
    microseconds fraction(0);
    minutes offset(0);
    const bool date_and_time = in.digits(4, y) && in.one_of("-") && in.digits(2, mon) &&
                               in.one_of("-") && in.digits(2, d) && in.one_of("Tt ") &&
                               in.digits(2, h) && in.one_of(":") && in.digits(2, min) &&
                               in.one_of(":") && in.digits(2, s);
    if (!date_and_time || (in.one_of(".") && !in.fraction(fraction)) || !in.offset(offset) ||
        !in.done())
        return std::nullopt;

    const year_month_day date(year(y), month(static_cast<unsigned>(mon)),
                              day(static_cast<unsigned>(d)));
    if (!date.ok() || h > 23 || min > 59 || s > 60)
        return std::nullopt;

    const auto whole = sys_days(date) + hours(h) + minutes(min) + seconds(s) - offset;
    if (s == 60 && whole != floor<days>(whole)) // a leap second is the last one of a day in UTC
        return std::nullopt;
    return whole + fraction;
}

OPENINT_DECL std::partial_ordering timestamp::compare(const timestamp& other) const noexcept
{
    if (text() == other.text())
        return std::partial_ordering::equivalent;
    const auto a = time();
    const auto b = other.time();
    if (!a || !b)
        return std::partial_ordering::unordered;
    return *a <=> *b;
}

} // namespace openint

#endif
