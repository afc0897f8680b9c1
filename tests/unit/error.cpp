// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/error.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <type_traits>
#include <utility>

BOOST_AUTO_TEST_SUITE(errors)

namespace {

openint::error with(openint::headers fields)
{
    openint::error_data data;
    data.code = {503, openint::http_status_category()};
    data.status = 503;
    data.headers = std::move(fields);
    return openint::error(std::move(data));
}

} // namespace

BOOST_AUTO_TEST_CASE(says_how_long_to_wait)
{
    using namespace std::chrono_literals;
    BOOST_TEST(!openint::error(openint::errc::timeout, "").retry_after());
    BOOST_TEST(!with({}).retry_after());
    BOOST_TEST(!with({{"Retry-After", "soon"}}).retry_after());
    BOOST_TEST((with({{"Retry-After", "7"}}).retry_after() == 7s));
    BOOST_TEST((with({{"retry-after-ms", "1500"}, {"Retry-After", "7"}}).retry_after() == 1500ms));
    BOOST_TEST((with({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"},
                      {"Date", "Sun, 06 Nov 1994 08:49:07 GMT"}})
                    .retry_after() == 30s));
    BOOST_TEST(!with({{"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}).retry_after());
    const auto late = with({{"Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"}}).retry_after();
    BOOST_TEST((late > std::chrono::hours(24 * 365 * 1000)));
}

BOOST_AUTO_TEST_CASE(a_move_is_a_copy)
{
    openint::error first = with({{"Retry-After", "7"}});
    openint::error second = std::move(first);
    second = std::move(first); // NOLINT(bugprone-use-after-move)
    BOOST_TEST(first.status() == 503u);
    BOOST_TEST(first.headers().contains("Retry-After"));
    BOOST_TEST(first.what() == second.what());
    static_assert(std::is_nothrow_move_constructible_v<openint::error> &&
                  std::is_nothrow_move_assignable_v<openint::error>);
}

BOOST_AUTO_TEST_SUITE_END()
