// expect: could not convert|cannot convert|no viable conversion|no matching|explicit
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/client_config.hpp>

openint::client_config config() { return {.token = "key"}; }
