// expect: user::handle
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// A member that cannot be mapped: the compiler names it.

#include <openint/json.hpp>

struct socket_handle
{
    int descriptor;
};

struct user
{
    std::string name;
    socket_handle handle;
};
BOOST_DESCRIBE_STRUCT(user, (), (name, handle))

user read_user(std::string_view text) { return openint::json::read<user>(text); }
