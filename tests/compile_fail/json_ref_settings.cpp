// expect: deleted
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// A settings struct of one's own.
#include <openint/json_ref.hpp>

#include <boost/describe/class.hpp>

#include <string>

struct settings
{
    std::string access_token;
};
BOOST_DESCRIBE_STRUCT(settings, (), (access_token))

void take(openint::json_ref body);

void use() { take(settings{"token"}); }
