// expect: no matching|could not convert|no viable conversion
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// A vector of strings is not a list of views: something would have to hold the views.
#include <openint/view_list.hpp>

#include <string>
#include <string_view>
#include <vector>

void take(openint::view_list<std::string_view> names);

void use(const std::vector<std::string>& names) { take(names); }
