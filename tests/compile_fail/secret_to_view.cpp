// expect: could not convert|no known conversion|cannot convert
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/secret.hpp>

#include <string_view>

void take(std::string_view text);

void leak(const openint::secret& s) { take(s); }
