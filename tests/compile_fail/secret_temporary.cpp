// expect: deleted.*reveal|reveal.*deleted
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/secret.hpp>

int main()
{
    return static_cast<int>(openint::secret("text").reveal().size()); // the text would be gone
}
