// expect: ambiguous|deleted
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Braces around the values, braces around each value, and no more.
#include <openint/request_options.hpp>

const openint::request_options options{.headers = {{{"a", "b"}, {"c", "d"}}}};
