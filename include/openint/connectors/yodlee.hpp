// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_YODLEE_HPP
#define OPENINT_CONNECTORS_YODLEE_HPP

#include <openint/connectors/proxy.hpp>
#include <openint/json/variant.hpp>
#include <openint/open_enum.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/secret_value.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/array.hpp>

#include <optional>
#include <string>
#include <variant>

namespace openint::connectors {
namespace settings {

/// A token of one user.
struct yodlee_access_token
{
    secret accessToken;   ///< the token
    timestamp issuedAt;   ///< when it was issued
    double expiresIn = 0; ///< seconds
    secret_json extra;    ///< members that this version does not know

    friend bool operator==(const yodlee_access_token&, const yodlee_access_token&) = default;
};
BOOST_DESCRIBE_STRUCT(yodlee_access_token, (), (accessToken, issuedAt, expiresIn, extra))

/// How far the last update of an account has come.
enum class yodlee_status
{
    LOGIN_IN_PROGRESS,
    USER_INPUT_REQUIRED,
    IN_PROGRESS,
    PARTIAL_SUCCESS,
    SUCCESS,
    FAILED,
};
BOOST_DESCRIBE_ENUM(yodlee_status, LOGIN_IN_PROGRESS, USER_INPUT_REQUIRED, IN_PROGRESS,
                    PARTIAL_SUCCESS, SUCCESS, FAILED)

/// The customer's account at a bank.
struct yodlee_provider_account
{
    std::string aggregationSource;   ///< who has connected the account
    timestamp createdDate;           ///< when it was connected
    boost::json::array dataset;      ///< anything: what is known of each kind of data
    double id = 0;                   ///< the account's number
    bool isManual = false;           ///< whether the user enters its data by hand
    double providerId = 0;           ///< the bank's number
    open_enum<yodlee_status> status; ///< of the last update
    std::optional<bool> isDeleted;   ///< whether it was removed
    secret_json extra;               ///< members that this version does not know

    friend bool operator==(const yodlee_provider_account&,
                           const yodlee_provider_account&) = default;
};
BOOST_DESCRIBE_STRUCT(yodlee_provider_account, (),
                      (aggregationSource, createdDate, dataset, id, isManual, providerId, status,
                       isDeleted, extra))

/// Settings of `connectors::yodlee`.
struct yodlee
{
    std::optional<yodlee_access_token> accessToken;      ///< the user's
    std::string loginName;                               ///< the user's
    std::variant<double, std::string> providerAccountId; ///< the number of the account, or its text
    secret_value user;                                   ///< anything: the user
    secret_value provider;                               ///< anything: the bank
    std::optional<yodlee_provider_account> providerAccount; ///< the account
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const yodlee&, const yodlee&) = default;
};
BOOST_DESCRIBE_STRUCT(yodlee, (),
                      (accessToken, loginName, providerAccountId, user, provider, providerAccount,
                       extra))

} // namespace settings

namespace config {

/// Which of Yodlee's environments.
enum class yodlee_environment
{
    sandbox,
    development,
    production,
};
BOOST_DESCRIBE_ENUM(yodlee_environment, sandbox, development, production)

/// Configuration of `connectors::yodlee`.
struct yodlee
{
    open_enum<yodlee_environment> envName;       ///< which environment is used
    std::string clientId;                        ///< as Yodlee has given it to you
    secret clientSecret;                         ///< as Yodlee has given it to you
    std::optional<config::proxy> proxy;          ///< through which Yodlee is reached
    std::string adminLoginName;                  ///< as Yodlee has given it to you
    std::optional<std::string> sandboxLoginName; ///< as Yodlee has given it to you
    secret_json extra;                           ///< members that this version does not know

    friend bool operator==(const yodlee&, const yodlee&) = default;
};
BOOST_DESCRIBE_STRUCT(yodlee, (),
                      (envName, clientId, clientSecret, proxy, adminLoginName, sandboxLoginName,
                       extra))

} // namespace config
} // namespace openint::connectors

#endif
