// expect: (conversion|convert|convertible).*secret
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/secret.hpp>

#include <string>

int main()
{
    const openint::secret value("text");
    const std::string text = value;
}
