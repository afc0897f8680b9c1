// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// The bodies of the library, in the separate way to build.
#include <openint/src.hpp>
