// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Dates of header fields (RFC 9110, 5.6.7).

#include <openint/http/date.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace http = openint::http;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(http_date)

namespace {

std::optional<long long> date(std::string_view text)
{
    const auto d = http::parse_date(text);
    return d ? std::optional<long long>(d->time_since_epoch().count()) : std::nullopt;
}

} // namespace

BOOST_AUTO_TEST_CASE(three_formats)
{
    BOOST_TEST((date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777));
    BOOST_TEST((date("Sunday, 06-Nov-94 08:49:37 GMT") == 784111777));
    BOOST_TEST((date("Sun Nov  6 08:49:37 1994") == 784111777));
    BOOST_TEST((date("Thu, 01 Jan 1970 00:00:00 GMT") == 0));
    BOOST_TEST((date("Thursday, 01-Jan-70 00:00:00 GMT") == 0));
    BOOST_TEST((date("Tuesday, 01-Jan-69 00:00:00 GMT") == 3124224000));
    BOOST_TEST((date("Thu, 29 Feb 2024 23:59:59 GMT") == 1709251199));
    BOOST_TEST((date("Sat, 31 Dec 2016 23:59:60 GMT") == 1483228800)); // a leap second
    BOOST_TEST((date("Wed, 31 Dec 1969 23:59:59 GMT") == -1));
    BOOST_TEST((date("Mon Nov 23 12:00:10 2026") == 1795435210));
    const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (unsigned m = 0; m != 12; ++m) {
        const auto expected =
            std::chrono::sys_days{std::chrono::year{2025} / std::chrono::month{m + 1} / 1};
        BOOST_CHECK(http::parse_date("Mon, 01 " + std::string(months[m]) + " 2025 00:00:00 GMT") ==
                    expected);
    }
    for (const std::string_view text : {"",
                                        "Sun",
                                        "Sun,",
                                        "Sun, ",
                                        "06 Nov 1994 08:49:37 GMT",
                                        "Sun, 6 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 Nov 94 08:49:37 GMT",
                                        "Sun, 06 Nov 1994 08:49:37",
                                        "Sun, 06 Nov 1994 08:49:37 UTC",
                                        "Sun, 06 Nov 1994 08:49:37 GMT ",
                                        " Sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 Nov 1994 8:49:37 GMT",
                                        "Sun, 06 Nov 1994 24:00:00 GMT",
                                        "Sun, 06 Nov 1994 08:60:37 GMT",
                                        "Sun, 06 Nov 1994 08:49:61 GMT",
                                        "Sun, 31 Nov 1994 08:49:37 GMT",
                                        "Wed, 29 Feb 2023 00:00:00 GMT",
                                        "Sun, 00 Nov 1994 08:49:37 GMT",
                                        "Sun, -6 Nov 1994 08:49:37 GMT",
                                        "sun, 06 nov 1994 08:49:37 gmt",
                                        "Xyz, 06 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 Xyz 1994 08:49:37 GMT",
                                        "Sun, 06-Nov-94 08:49:37 GMT",
                                        "Sunday, 06 Nov 1994 08:49:37 GMT",
                                        "Sunday, 06-Nov-1994 08:49:37 GMT",
                                        "Sun Nov 06 08:49:37 94",
                                        "Sun Nov   08:49:37 1994",
                                        "Sun Nov  0 08:49:37 1994",
                                        "Sun Nov 6 08:49:37 1994",
                                        "1994-11-06T08:49:37Z",
                                        "784111777"})
        BOOST_TEST(!date(text).has_value(), text);
    BOOST_TEST(
        (date("Sun Nov 06 08:49:37 1994") == 784111777)); // a zero for the space does no harm
}

BOOST_AUTO_TEST_SUITE_END()
