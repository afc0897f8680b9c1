// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_LOOKUPS_HPP
#define OPENINT_TESTS_SUPPORT_LOOKUPS_HPP

#include <cstddef>
#include <string>
#include <vector>

/// The names under "test", with a dot at their end or without, which this program's own getaddrinfo
/// answers. Thread safe.
namespace test::lookups {

/// What a name is from now on: numeric addresses; none: it does not exist.
void set(const std::string& name, std::vector<std::string> addresses);

/// From now on look-ups hang, until `release()`.
void hang();
void release();

/// How many hang now, and how many have been made since the program began, of whatever names.
std::size_t hanging();
std::size_t made();

} // namespace test::lookups

#endif
