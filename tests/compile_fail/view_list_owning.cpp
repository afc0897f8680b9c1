// expect: constraint|trivially_copyable
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/view_list.hpp>

#include <string>

openint::view_list<std::string> names;
