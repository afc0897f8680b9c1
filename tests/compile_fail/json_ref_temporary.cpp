// expect: deleted (function|constructor).*json_ref|json_ref.*(deleted|has been explicitly deleted)
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/json_ref.hpp>

void send(openint::json_ref) {}

int main()
{
    send(boost::json::object{{"a", 1}}); // a temporary
}
