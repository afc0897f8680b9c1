// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_SRC_HPP
#define OPENINT_TESTING_SRC_HPP

// The bodies of <openint/testing/...>, for programs that define OPENINT_SEPARATE_COMPILATION:
// include this file in exactly one source file.

#include <openint/detail/config.hpp>

#ifndef OPENINT_SEPARATE_COMPILATION
#error "<openint/testing/src.hpp> needs OPENINT_SEPARATE_COMPILATION, defined everywhere"
#endif

#include <openint/testing/impl/certificate.ipp>
#include <openint/testing/impl/mock_server.ipp>
#include <openint/testing/impl/request.ipp>
#include <openint/testing/impl/response.ipp>

#endif
