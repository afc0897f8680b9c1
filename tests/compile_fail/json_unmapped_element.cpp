// expect: this type cannot be read from JSON
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include <openint/json.hpp>

std::vector<void*> read_pointers(std::string_view text)
{
    return openint::json::read<std::vector<void*>>(text);
}
