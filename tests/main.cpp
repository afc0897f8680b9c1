// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// main() of the test programs. Boost.Test is compiled here rather than linked, so that the tests
// need only Boost's headers.
#define BOOST_TEST_MODULE openint
#include <boost/test/included/unit_test.hpp>
