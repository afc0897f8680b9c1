// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_KEYS_HPP
#define OPENINT_CONNECTORS_KEYS_HPP

#include <openint/secret.hpp>
#include <openint/secret_json.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>

/// \file
/// Settings and configurations that are nothing, or one key or token, or a client and its secret.

namespace openint::connectors {
namespace settings {

/// The description has no members, or leaves it open which there are.
struct untyped
{
    secret_json extra; ///< all members

    friend bool operator==(const untyped&, const untyped&) = default;
};
BOOST_DESCRIBE_STRUCT(untyped, (), (extra))

/// An API key called `api_key`.
struct with_api_key
{
    secret api_key;    ///< the key
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const with_api_key&, const with_api_key&) = default;
};
BOOST_DESCRIBE_STRUCT(with_api_key, (), (api_key, extra))

/// An API key called `apiKey`.
struct with_camel_api_key
{
    secret apiKey;     ///< the key
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const with_camel_api_key&, const with_camel_api_key&) = default;
};
BOOST_DESCRIBE_STRUCT(with_camel_api_key, (), (apiKey, extra))

/// A token called `access_token`.
struct with_access_token
{
    secret access_token; ///< the token
    secret_json extra;   ///< members that this version does not know

    friend bool operator==(const with_access_token&, const with_access_token&) = default;
};
BOOST_DESCRIBE_STRUCT(with_access_token, (), (access_token, extra))

/// A token called `accessToken`.
struct with_camel_access_token
{
    secret accessToken; ///< the token
    secret_json extra;  ///< members that this version does not know

    friend bool operator==(const with_camel_access_token&,
                           const with_camel_access_token&) = default;
};
BOOST_DESCRIBE_STRUCT(with_camel_access_token, (), (accessToken, extra))

/// A token called `token`.
struct with_token
{
    secret token;      ///< the token
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const with_token&, const with_token&) = default;
};
BOOST_DESCRIBE_STRUCT(with_token, (), (token, extra))

/// Settings of `connectors::stripe`.
struct stripe
{
    secret secretKey;  ///< the API key
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const stripe&, const stripe&) = default;
};
BOOST_DESCRIBE_STRUCT(stripe, (), (secretKey, extra))

} // namespace settings

namespace config {

using settings::untyped;
using settings::with_camel_access_token;
using settings::with_camel_api_key;
using settings::with_token;

/// Your account as a developer at the service.
struct client_credentials
{
    std::string clientId; ///< of the account
    secret clientSecret;  ///< of the account
    secret_json extra;    ///< members that this version does not know

    friend bool operator==(const client_credentials&, const client_credentials&) = default;
};
BOOST_DESCRIBE_STRUCT(client_credentials, (), (clientId, clientSecret, extra))

/// How customers may connect: with OAuth, with an API key, or both.
struct with_oauth_or_key
{
    std::optional<client_credentials> oauth; ///< nothing: not with OAuth
    std::optional<bool> apikeyAuth;          ///< whether an API key will do
    secret_json extra;                       ///< members that this version does not know

    friend bool operator==(const with_oauth_or_key&, const with_oauth_or_key&) = default;
};
BOOST_DESCRIBE_STRUCT(with_oauth_or_key, (), (oauth, apikeyAuth, extra))

} // namespace config
} // namespace openint::connectors

#endif
