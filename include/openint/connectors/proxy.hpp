// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_PROXY_HPP
#define OPENINT_CONNECTORS_PROXY_HPP

#include <openint/secret.hpp>
#include <openint/secret_json.hpp>

#include <boost/describe/class.hpp>

namespace openint::connectors::config {

/// The proxy through which a connector's service is reached.
struct proxy
{
    secret url;        ///< can hold a password
    secret cert;       ///< can come with its key
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const proxy&, const proxy&) = default;
};
BOOST_DESCRIBE_STRUCT(proxy, (), (url, cert, extra))

} // namespace openint::connectors::config

#endif
