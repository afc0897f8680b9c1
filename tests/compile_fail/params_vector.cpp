// expect: static assertion failed
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Parameters that own nothing, but hold a list that does.
#include <openint/params.hpp>

#include <vector>

struct parameters
{
    std::vector<openint::connection_expand> expand = {};
};

static_assert(openint::detail::is_view_aggregate<parameters>);
