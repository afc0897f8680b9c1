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

struct yodlee_access_token
{
    secret accessToken;
    timestamp issuedAt;
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
    std::string aggregationSource;
    timestamp createdDate;
    boost::json::array dataset;
    double id = 0;
    bool isManual = false;
    double providerId = 0;
    open_enum<yodlee_status> status;
    std::optional<bool> isDeleted;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const yodlee_provider_account&,
                           const yodlee_provider_account&) = default;
};
BOOST_DESCRIBE_STRUCT(yodlee_provider_account, (),
                      (aggregationSource, createdDate, dataset, id, isManual, providerId, status,
                       isDeleted, extra))

struct yodlee
{
    std::optional<yodlee_access_token> accessToken;
    std::string loginName;
    std::variant<double, std::string> providerAccountId;
    secret_value user;
    secret_value provider;
    std::optional<yodlee_provider_account> providerAccount;
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

struct yodlee
{
    open_enum<yodlee_environment> envName;
    std::string clientId;
    secret clientSecret;
    std::optional<config::proxy> proxy;
    std::string adminLoginName;
    std::optional<std::string> sandboxLoginName;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const yodlee&, const yodlee&) = default;
};
BOOST_DESCRIBE_STRUCT(yodlee, (),
                      (envName, clientId, clientSecret, proxy, adminLoginName, sandboxLoginName,
                       extra))

} // namespace config
} // namespace openint::connectors

#endif
