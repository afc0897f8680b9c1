// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_DATE_IPP
#define OPENINT_HTTP_IMPL_DATE_IPP

// Reads dates of header fields: the first characters tell which of the three forms it is.

#include <openint/http/date.hpp>

#include <array>
#include <cstddef>

namespace openint::http {
namespace detail {

// Reads a date from front to back; after the first mismatch everything fails.
class date_reader
{
public:
    explicit date_reader(std::string_view text)
        : rest_(text)
    {}

    bool done() const { return ok_ && rest_.empty(); }
    bool ok() const { return ok_; }

    void literal(std::string_view text)
    {
        ok_ = ok_ && rest_.starts_with(text);
        if (ok_)
            rest_.remove_prefix(text.size());
    }

    bool take(std::string_view text)
    {
        const bool found = ok_ && rest_.starts_with(text);
        if (found)
            rest_.remove_prefix(text.size());
        return found;
    }

    // Exactly so many digits; with `padded`, a space may stand for the first one.
    int number(std::size_t digits, bool padded = false)
    {
        int value = 0;
        for (std::size_t i = 0; i != digits; ++i) {
            const char c = i < rest_.size() ? rest_[i] : '\0';
            if (padded && i == 0 && c == ' ')
                continue;
            if (c < '0' || c > '9') {
                ok_ = false;
                return 0;
            }
            value = value * 10 + (c - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    // Index of the name that comes next.
    template <std::size_t N>
    unsigned one_of(const std::array<std::string_view, N>& names)
    {
        for (unsigned i = 0; i != N; ++i) {
            if (take(names[i]))
                return i;
        }
        ok_ = false;
        return 0;
    }

private:
    std::string_view rest_;
    bool ok_ = true;
};

} // namespace detail

OPENINT_DECL std::optional<std::chrono::sys_seconds> parse_date(std::string_view text)
{
    using namespace std::chrono;
    static constexpr std::array<std::string_view, 7> long_days{
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu",
                                                          "Fri", "Sat", "Sun"};
    static constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    detail::date_reader in(text);
    int y = 0;
    unsigned m = 0;
    int d = 0;
    int h = 0;
    int min = 0;
    int s = 0;
    const auto time = [&] {
        h = in.number(2);
        in.literal(":");
        min = in.number(2);
        in.literal(":");
        s = in.number(2);
    };

    if (text.substr(0, text.find(' ')).size() > 4) { // Sunday, 06-Nov-94 08:49:37 GMT
        in.one_of(long_days);
        in.literal(", ");
        d = in.number(2);
        in.literal("-");
        m = in.one_of(months);
        in.literal("-");
        y = in.number(2);
        y += y < 70 ? 2000 : 1900;
        in.literal(" ");
        time();
        in.literal(" GMT");
    } else {
        in.one_of(days);
        if (in.take(", ")) { // Sun, 06 Nov 1994 08:49:37 GMT
            d = in.number(2);
            in.literal(" ");
            m = in.one_of(months);
            in.literal(" ");
            y = in.number(4);
            in.literal(" ");
            time();
            in.literal(" GMT");
        } else { // Sun Nov  6 08:49:37 1994
            in.literal(" ");
            m = in.one_of(months);
            in.literal(" ");
            d = in.number(2, true);
            in.literal(" ");
            time();
            in.literal(" ");
            y = in.number(4);
        }
    }
    const auto date = year(y) / month(m + 1) / day(static_cast<unsigned>(d));
    // 60 is a leap second.
    if (!in.done() || !date.ok() || h > 23 || min > 59 || s > 60)
        return std::nullopt;
    return sys_days(date) + hours(h) + minutes(min) + seconds(s);
}

} // namespace openint::http

#endif
