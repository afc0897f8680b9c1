// expect: no matching function|could not convert|no viable conversion
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// JSON text is not JSON: it would be sent as one string.
#include <openint/json_ref.hpp>

#include <string>

void take(openint::json_ref body);

void use()
{
    const std::string text = "{}";
    take(text);
}
