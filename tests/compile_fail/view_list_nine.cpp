// expect: could not convert|no matching|no viable
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Eight values can be written in place, no more.
#include <openint/view_list.hpp>

#include <string_view>

void take(openint::view_list<std::string_view> names);

void use() { take({"1", "2", "3", "4", "5", "6", "7", "8", "9"}); }
