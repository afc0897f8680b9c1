// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_VERSION_HPP
#define OPENINT_VERSION_HPP

#include <string_view>

/// Version of the library, for the preprocessor. The numbers follow semantic versioning.
#define OPENINT_VERSION_MAJOR 0
#define OPENINT_VERSION_MINOR 1
#define OPENINT_VERSION_PATCH 0

/// The same three numbers as text.
#define OPENINT_VERSION_STRING "0.1.0"

namespace openint {

/// The version as text, `"major.minor.patch"`; also part of the default User-Agent.
inline constexpr std::string_view version = OPENINT_VERSION_STRING;

} // namespace openint

#endif
