// expect: no match for .operator\+|invalid operands to binary expression
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/secret.hpp>

#include <string>

std::string leak(const openint::secret& s) { return "Bearer " + s; }
