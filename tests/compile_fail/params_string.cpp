// expect: static assertion failed
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Parameters hold views only.
#include <openint/params.hpp>

#include <string>

struct parameters
{
    bool include_secrets = false;
    std::string name = {};
};

static_assert(openint::detail::is_view_aggregate<parameters>);
