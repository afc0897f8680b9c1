// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include <openint.hpp>

#include <boost/describe/class.hpp>

#include <string>

struct shop
{
    std::string name;
    int orders = 0;
};
BOOST_DESCRIBE_STRUCT(shop, (), (name, orders))

std::string second_unit(const shop& value) { return openint::json::write(value); }
