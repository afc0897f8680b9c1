// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_OPENSSL_CHECK_HPP
#define OPENINT_TESTING_DETAIL_OPENSSL_CHECK_HPP

// Errors of OpenSSL as exceptions.

#include <boost/asio/ssl/error.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <openssl/err.h>

namespace openint::testing::detail {

inline void openssl_check(bool ok, const char* what)
{
    if (ok)
        return;
    const boost::system::error_code ec(static_cast<int>(ERR_get_error()),
                                       boost::asio::error::get_ssl_category());
    throw boost::system::system_error(ec, what);
}

} // namespace openint::testing::detail

#endif
