// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_TESTS_UNIT_HTTP_PARSED_HPP
#define OPENINT_TESTS_UNIT_HTTP_PARSED_HPP

#include <openint/http/url.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace test {

/// A URL that must be one.
inline openint::http::url parsed(std::string_view text,
                                 openint::http::parse_url_options options = {})
{
    const auto result = openint::http::parse_url(text, options);
    BOOST_TEST_REQUIRE(result.has_value(), text << ": " << (result ? "" : result.error()));
    return *result;
}

} // namespace test

#endif
