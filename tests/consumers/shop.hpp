// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// A struct of the user's.

#ifndef CONSUMER_SHOP_HPP
#define CONSUMER_SHOP_HPP

#include <boost/describe/class.hpp>

#include <string>

struct shop
{
    std::string name;
    int orders = 0;
};
BOOST_DESCRIBE_STRUCT(shop, (), (name, orders))

#endif
