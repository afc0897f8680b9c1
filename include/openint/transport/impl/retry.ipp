// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_RETRY_IPP
#define OPENINT_IMPL_HTTP_RETRY_IPP

#include <openint/http/retry.hpp>

#include <algorithm>
#include <array>
#include <cmath>

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

// "12", "0.5": seconds or milliseconds. Beyond any use (1e12) the value stays where it is.
inline std::optional<double> parse_duration(std::string_view text)
{
    constexpr double most = 1e12;
    double value = 0;
    double scale = 0; // of the next digit; 0 before the point
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && scale == 0 && digits) {
            scale = 0.1;
            digits = false;
        } else if (c >= '0' && c <= '9') {
            digits = true;
            if (scale == 0) {
                value = std::min(value * 10 + (c - '0'), most);
            } else {
                value += scale * (c - '0');
                scale /= 10;
            }
        } else {
            return std::nullopt;
        }
    }
    return digits ? std::optional(value) : std::nullopt;
}

// Rounded up, so that nothing happens too early.
inline std::chrono::milliseconds to_milliseconds(double milliseconds)
{
    constexpr double most = 1e15; // far from overflow in any unit down to microseconds
    return std::chrono::milliseconds(
        static_cast<std::chrono::milliseconds::rep>(std::ceil(std::min(milliseconds, most))));
}

} // namespace detail

repeatable repeatable_of(std::string_view method)
{
    if (method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE")
        return repeatable::safe;
    if (method == "PUT" || method == "DELETE")
        return repeatable::idempotent;
    return repeatable::no;
}

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text)
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

std::optional<std::chrono::milliseconds> requested_delay(const attempt& last)
{
    using namespace std::chrono;
    if (const auto ms = detail::parse_duration(last.retry_after_ms))
        return detail::to_milliseconds(*ms);
    if (const auto s = detail::parse_duration(last.retry_after))
        return detail::to_milliseconds(*s * 1000);
    if (const auto until = parse_http_date(last.retry_after)) {
        // The server's own clock is the better one to compare its date with. Milliseconds hold
        // every year of four digits; the clock's nanoseconds do not.
        const auto date = parse_http_date(last.date);
        const auto now = date ? sys_time<milliseconds>(*date) : floor<milliseconds>(last.now);
        return std::max(milliseconds(0), *until - now);
    }
    return std::nullopt;
}

retry_decision decide_retry(const retry_policy& policy, const attempt& last)
{
    using std::chrono::milliseconds;

    const bool answered = last.end == attempt_end::answered;
    const auto requested = answered ? requested_delay(last) : std::nullopt;
    const bool turned_away =
        answered && (last.status == 408 || last.status == 429 || (last.status == 503 && requested));
    const bool failed = answered ? last.status >= 500 : true;

    retry_decision out;
    out.may_have_taken_effect = last.method != repeatable::safe && failed && !turned_away &&
                                last.progress != attempt_progress::nothing_sent;
    const auto no = [&](std::string_view reason) {
        out.reason = reason;
        return out;
    };

    switch (last.end) {
    case attempt_end::answered: {
        const bool listed =
            last.status == 408 || last.status == 409 || last.status == 429 || last.status >= 500;
        if (last.status < 400)
            return no("the answer is not an error");
        if (last.should_retry == "false")
            return no("the server says not to try again");
        if (!listed && last.should_retry != "true")
            return no("the status does not pass by waiting");
        break;
    }
    case attempt_end::connection:
    case attempt_end::timeout:
        break;
    case attempt_end::certificate:
        return no("the certificate will be the same");
    case attempt_end::refused:
        return no("the proxy will refuse it again");
    case attempt_end::invalid_argument:
        return no("the request cannot be sent");
    case attempt_end::cancelled:
        return no("the call was cancelled");
    case attempt_end::malformed:
        return no("the answer cannot be understood");
    case attempt_end::too_large:
        return no("the answer is too large");
    }

    if (last.method == repeatable::no && !policy.replay_unsafe && !turned_away &&
        last.progress != attempt_progress::nothing_sent)
        return no("the request is not repeatable and may have taken effect");
    if (last.time_left && *last.time_left <= milliseconds(0))
        return no("no time is left");

    if (last.end == attempt_end::connection && last.reused && !last.replaced &&
        last.progress != attempt_progress::answering) {
        out.again = true;
        out.replacement = true;
        out.reason = "the server had closed the idle connection";
        return out;
    }

    if (last.retries >= policy.max_retries)
        return no(policy.max_retries > 0 ? "no retries are left" : "retries are turned off");
    if (requested) {
        if (*requested > policy.max_retry_after)
            return no("the server asks for a longer pause than max_retry_after");
        out.delay = *requested;
        out.reason = "the server says when to try again";
    } else {
        const double initial =
            static_cast<double>(std::max(policy.initial_delay, milliseconds(0)).count());
        const double most =
            static_cast<double>(std::max(policy.max_delay, milliseconds(0)).count());
        const double pause = std::min(std::ldexp(initial, std::max(last.retries, 0)), most);
        out.delay = detail::to_milliseconds(pause * (1 - 0.25 * last.random));
        out.reason = answered                              ? "the status may pass"
                     : last.end == attempt_end::connection ? "the connection failed"
                                                           : "the attempt timed out";
    }
    if (last.time_left && out.delay >= *last.time_left) {
        out.delay = milliseconds(0);
        return no("the pause would outlast the time left");
    }
    out.again = true;
    return out;
}

} // namespace openint::http

#endif
