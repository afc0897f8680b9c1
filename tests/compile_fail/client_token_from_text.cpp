// expect: could not bind|could not convert|cannot convert|invalid initialization|no matching
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// A token is a secret from the start.
#include <openint/client.hpp>

void use(const openint::client& client) { (void)client.with_token("token"); }
