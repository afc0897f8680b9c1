// expect: (conversion|convert).*secret
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/secret.hpp>

int main() { const openint::secret value = "text"; }
