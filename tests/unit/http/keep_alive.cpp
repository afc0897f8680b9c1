// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/http/keep_alive.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

using namespace std::chrono_literals;
using openint::http::parse_keep_alive;
using openint::http::usable_time;

BOOST_AUTO_TEST_SUITE(http_keep_alive)

BOOST_AUTO_TEST_CASE(parameters)
{
    const auto check = [](std::string_view value, std::optional<std::chrono::milliseconds> timeout,
                          std::optional<std::uint32_t> max) {
        BOOST_TEST_CONTEXT(value)
        {
            const auto hint = parse_keep_alive(value);
            BOOST_TEST((hint.timeout == timeout));
            BOOST_TEST((hint.max == max));
        }
    };
    check("timeout=5, max=100", 5s, 100u);
    check("timeout=5", 5s, {});
    check("max=0", {}, 0u);
    check(" MAX = 7 ,, Timeout=1 ", 1s, 7u);
    check("timeout=5, timeout=3, timeout=4", 3s, {});
    check("timeout=99999999999999999999, max=4294967296", 4'294'967'295s, 4'294'967'295u);
    for (const char* nothing : {"", ",", "=", "300", "timeout", "timeout=", "timeout=-1",
                                "timeout=1.5", "timeout=5s", "timeout=\"5\"", "timeouts=5"})
        check(nothing, {}, {});
}

BOOST_AUTO_TEST_CASE(time_for_a_request_on_its_way)
{
    BOOST_TEST((usable_time(0s) == 0s));
    BOOST_TEST((usable_time(1s) == 900ms));
    BOOST_TEST((usable_time(5s) == 4500ms));
    BOOST_TEST((usable_time(10s) == 9s));
    BOOST_TEST((usable_time(75s) == 74s));
}

BOOST_AUTO_TEST_SUITE_END()
