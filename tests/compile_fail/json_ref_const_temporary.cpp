// expect: deleted
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/json_ref.hpp>

void take(openint::json_ref body);

const boost::json::value make();

void use() { take(make()); }
