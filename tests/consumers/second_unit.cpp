// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include "shop.hpp"

#include <openint.hpp>

#include <string>

std::string second_unit(const shop& value) { return openint::json::write(value); }
