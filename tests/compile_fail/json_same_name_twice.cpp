// expect: two members have the same name in JSON
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include <openint/json.hpp>

struct connector
{
    int type;
    int type_; // "type" as well
};
BOOST_DESCRIBE_STRUCT(connector, (), (type, type_))

connector read_connector(std::string_view text) { return openint::json::read<connector>(text); }
