// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_SERVICES_HPP
#define OPENINT_CONNECTORS_SERVICES_HPP

#include <openint/connectors/keys.hpp>
#include <openint/connectors/proxy.hpp>
#include <openint/open_enum.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/secret_value.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string>
#include <vector>

/// \file
/// Settings and configurations that a single connector has, where they are a handful of members.
/// What the description leaves open is a `secret_value`.

namespace openint::connectors {
namespace settings {

struct airtable
{
    secret apiKey;
    std::string airtableBase;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const airtable&, const airtable&) = default;
};
BOOST_DESCRIBE_STRUCT(airtable, (), (apiKey, airtableBase, extra))

/// Which of Foreceipt's environments.
enum class foreceipt_environment
{
    staging,
    production,
};
BOOST_DESCRIBE_ENUM(foreceipt_environment, staging, production)

struct foreceipt
{
    secret_value credentials;
    secret_value _id;
    open_enum<foreceipt_environment> envName;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const foreceipt&, const foreceipt&) = default;
};
BOOST_DESCRIBE_STRUCT(foreceipt, (), (credentials, _id, envName, extra))

struct merge
{
    secret accountToken;
    secret_value accountDetails;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const merge&, const merge&) = default;
};
BOOST_DESCRIBE_STRUCT(merge, (), (accountToken, accountDetails, extra))

struct openledger
{
    std::string entity_id;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const openledger&, const openledger&) = default;
};
BOOST_DESCRIBE_STRUCT(openledger, (), (entity_id, extra))

struct postgres
{
    std::optional<secret> database_url; ///< user and password included
    secret_json extra;                  ///< members that this version does not know

    friend bool operator==(const postgres&, const postgres&) = default;
};
BOOST_DESCRIBE_STRUCT(postgres, (), (database_url, extra))

struct ramp
{
    std::optional<secret> accessToken;
    std::optional<std::string> startAfterTransactionId;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const ramp&, const ramp&) = default;
};
BOOST_DESCRIBE_STRUCT(ramp, (), (accessToken, startAfterTransactionId, extra))

struct sharepoint_onprem
{
    std::string username;
    secret password;
    std::string site_url;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const sharepoint_onprem&, const sharepoint_onprem&) = default;
};
BOOST_DESCRIBE_STRUCT(sharepoint_onprem, (), (username, password, site_url, extra))

struct toggl
{
    secret apiToken;
    std::optional<std::string> email;
    std::optional<secret> password;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const toggl&, const toggl&) = default;
};
BOOST_DESCRIBE_STRUCT(toggl, (), (apiToken, email, password, extra))

struct venmo
{
    secret_value me;
    secret_value credentials;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const venmo&, const venmo&) = default;
};
BOOST_DESCRIBE_STRUCT(venmo, (), (me, credentials, extra))

/// Which of Wise's environments.
enum class wise_environment
{
    sandbox,
    live,
};
BOOST_DESCRIBE_ENUM(wise_environment, sandbox, live)

struct wise
{
    open_enum<wise_environment> envName;
    std::optional<secret> apiToken;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const wise&, const wise&) = default;
};
BOOST_DESCRIBE_STRUCT(wise, (), (envName, apiToken, extra))

} // namespace settings

namespace config {

/// What Finch gives access to.
enum class finch_product
{
    company,
    directory,
    individual,
    ssn,
    employment,
    payment,
    pay_statement,
    benefits,
};
BOOST_DESCRIBE_ENUM(finch_product, company, directory, individual, ssn, employment, payment,
                    pay_statement, benefits)

struct finch
{
    std::string client_id;
    secret client_secret;
    std::vector<open_enum<finch_product>> products;
    std::optional<std::string> api_version;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const finch&, const finch&) = default;
};
BOOST_DESCRIBE_STRUCT(finch, (), (client_id, client_secret, products, api_version, extra))

/// Which of OneBrick's environments.
enum class onebrick_environment
{
    sandbox,
    production,
};
BOOST_DESCRIBE_ENUM(onebrick_environment, sandbox, production)

struct onebrick
{
    open_enum<onebrick_environment> envName;
    std::string clientId;
    secret clientSecret;
    secret publicToken;
    std::optional<secret> accessToken;
    std::optional<std::string> redirectUrl;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const onebrick&, const onebrick&) = default;
};
BOOST_DESCRIBE_STRUCT(onebrick, (),
                      (envName, clientId, clientSecret, publicToken, accessToken, redirectUrl,
                       extra))

/// Which of OpenLedger's environments.
enum class openledger_environment
{
    development,
    production,
};
BOOST_DESCRIBE_ENUM(openledger_environment, development, production)

struct openledger
{
    std::string developer_id;
    secret developer_secret;
    open_enum<openledger_environment> environment;
    std::string api_url;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const openledger&, const openledger&) = default;
};
BOOST_DESCRIBE_STRUCT(openledger, (), (developer_id, developer_secret, environment, api_url, extra))

struct ramp
{
    client_credentials oauth;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const ramp&, const ramp&) = default;
};
BOOST_DESCRIBE_STRUCT(ramp, (), (oauth, extra))

struct saltedge
{
    std::string appId;
    openint::secret secret;
    std::optional<std::string> url;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const saltedge&, const saltedge&) = default;
};
BOOST_DESCRIBE_STRUCT(saltedge, (), (appId, secret, url, extra))

struct teller
{
    std::string applicationId;
    std::optional<secret> token;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const teller&, const teller&) = default;
};
BOOST_DESCRIBE_STRUCT(teller, (), (applicationId, token, extra))

struct venmo
{
    std::optional<config::proxy> proxy;
    std::optional<std::string> v1BaseURL;
    std::optional<std::string> v5BaseURL;
    secret_json extra; ///< members that this version does not know

    friend bool operator==(const venmo&, const venmo&) = default;
};
BOOST_DESCRIBE_STRUCT(venmo, (), (proxy, v1BaseURL, v5BaseURL, extra))

} // namespace config
} // namespace openint::connectors

#endif
