// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// Boost.JSON's library, for Boost headers that come without one.
#include <boost/json/src.hpp>
