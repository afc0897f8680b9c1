// expect: designated initializer list|no matching|could not convert|cannot convert|no viable
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/client.hpp>

void use(const openint::client& client) { (void)client.get_connection({.include_secrets = true}); }
