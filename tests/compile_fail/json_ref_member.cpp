// expect: deleted|cannot convert initializer list argument to 'parameters'
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// As a member of parameters, too.
#include <openint/json_ref.hpp>

struct parameters
{
    openint::json_ref metadata = {};
};

void take(parameters p);

void use() { take({.metadata = boost::json::object{{"a", 1}}}); }
