// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_DETAIL_CONFIG_HPP
#define OPENINT_DETAIL_CONFIG_HPP

// Two ways to build, one source. By default every body is inline. With OPENINT_SEPARATE_COMPILATION
// defined in every translation unit, bodies are compiled once, where <openint/src.hpp> is included.
// The tag changes the mangled names, so that a separately compiled unit never binds to an inline
// copy of another unit: forgetting src.hpp is a link error, and a unit that forgets the macro keeps
// inline copies of its own.
// Inline operations are templates: nothing is instantiated for those that a program does not call.

#if defined(OPENINT_SEPARATE_COMPILATION)
#define OPENINT_DECL __attribute__((abi_tag("separate")))
#define OPENINT_OPERATION OPENINT_DECL
#else
#define OPENINT_HEADER_ONLY 1
#define OPENINT_DECL inline
#define OPENINT_OPERATION template <int...>
#endif

#endif
