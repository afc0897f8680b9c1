// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_STANDARD_HPP
#define OPENINT_JSON_STANDARD_HPP

#include <openint/json/containers.hpp>
#include <openint/json/free_form.hpp>
#include <openint/json/scalars.hpp>

/// \file
/// How the types of the standard library and of Boost.JSON are written in JSON.
///
/// | C++ | JSON |
/// |---|---|
/// | `bool` | boolean |
/// | integers of up to 64 bits | a number that is an integer (`5.0` and `1e2`, too), in range |
/// | `float`, `double` | any number in range, correctly rounded |
/// | `std::string` | string |
/// | `std::string_view`, `const char*` | string; can only be written |
/// | `std::optional<T>`, `std::unique_ptr<T>` | T or null; a member without a value is left out |
/// | `std::vector<T>` | array |
/// | `std::array<T, N>` | array of N elements |
/// | `std::map<std::string, T>`, `std::unordered_map<std::string, T>` | object |
/// | `boost::json::value` | anything; a member that is null is left out |
/// | `boost::json::object`, `boost::json::array` | object, array |
///
/// "Left out" is what happens when a class is written. Null elements of arrays and null values of
/// maps have the default of their type, unless that is a class: null is no object.

#endif
