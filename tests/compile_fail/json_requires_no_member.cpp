// expect: names what is no member
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/json.hpp>

struct account
{
    std::string id;
};
BOOST_DESCRIBE_STRUCT(account, (), (id))
constexpr auto json_required(const account*) { return std::array{"identifier"}; }

account read(std::string_view text) { return openint::json::read<account>(text); }
