// expect: deleted.*operator->|operator->.*deleted
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/credentials.hpp>

openint::credentials hand_out();

int main()
{
    return static_cast<int>(hand_out()->id.size()); // the connection could be gone
}
