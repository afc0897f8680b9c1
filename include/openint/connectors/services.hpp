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

/// Settings of `connectors::airtable`.
struct airtable
{
    secret apiKey;            ///< the key
    std::string airtableBase; ///< the base
    secret_json extra;        ///< members that this version does not know

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

/// Settings of `connectors::foreceipt`.
struct foreceipt
{
    secret_value credentials;                 ///< anything
    secret_value _id;                         ///< anything
    open_enum<foreceipt_environment> envName; ///< which environment it belongs to
    secret_json extra;                        ///< members that this version does not know

    friend bool operator==(const foreceipt&, const foreceipt&) = default;
};
BOOST_DESCRIBE_STRUCT(foreceipt, (), (credentials, _id, envName, extra))

/// Settings of `connectors::merge`.
struct merge
{
    secret accountToken;         ///< the token of the linked account
    secret_value accountDetails; ///< anything: the linked account
    secret_json extra;           ///< members that this version does not know

    friend bool operator==(const merge&, const merge&) = default;
};
BOOST_DESCRIBE_STRUCT(merge, (), (accountToken, accountDetails, extra))

/// Settings of `connectors::openledger`.
struct openledger
{
    std::string entity_id; ///< the customer's id at OpenLedger
    secret_json extra;     ///< members that this version does not know

    friend bool operator==(const openledger&, const openledger&) = default;
};
BOOST_DESCRIBE_STRUCT(openledger, (), (entity_id, extra))

/// Settings of `connectors::postgres`.
struct postgres
{
    std::optional<secret> database_url; ///< user and password included
    secret_json extra;                  ///< members that this version does not know

    friend bool operator==(const postgres&, const postgres&) = default;
};
BOOST_DESCRIBE_STRUCT(postgres, (), (database_url, extra))

/// Settings of `connectors::ramp`.
struct ramp
{
    std::optional<secret> accessToken;                  ///< the token
    std::optional<std::string> startAfterTransactionId; ///< where reading goes on
    secret_json extra;                                  ///< members that this version does not know

    friend bool operator==(const ramp&, const ramp&) = default;
};
BOOST_DESCRIBE_STRUCT(ramp, (), (accessToken, startAfterTransactionId, extra))

/// Settings of `connectors::sharepoint_onprem`.
struct sharepoint_onprem
{
    std::string username; ///< of an account of the site
    secret password;      ///< of that account
    std::string site_url; ///< where the site is
    secret_json extra;    ///< members that this version does not know

    friend bool operator==(const sharepoint_onprem&, const sharepoint_onprem&) = default;
};
BOOST_DESCRIBE_STRUCT(sharepoint_onprem, (), (username, password, site_url, extra))

/// Settings of `connectors::toggl`.
struct toggl
{
    secret apiToken;                  ///< the token
    std::optional<std::string> email; ///< of the user
    std::optional<secret> password;   ///< of the user
    secret_json extra;                ///< members that this version does not know

    friend bool operator==(const toggl&, const toggl&) = default;
};
BOOST_DESCRIBE_STRUCT(toggl, (), (apiToken, email, password, extra))

/// Settings of `connectors::venmo`.
struct venmo
{
    secret_value me;          ///< anything: the user
    secret_value credentials; ///< anything
    secret_json extra;        ///< members that this version does not know

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

/// Settings of `connectors::wise`.
struct wise
{
    open_enum<wise_environment> envName; ///< which environment it belongs to
    std::optional<secret> apiToken;      ///< the token
    secret_json extra;                   ///< members that this version does not know

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

/// Configuration of `connectors::finch`.
struct finch
{
    std::string client_id;                          ///< as Finch has given it to you
    secret client_secret;                           ///< as Finch has given it to you
    std::vector<open_enum<finch_product>> products; ///< what customers are asked for
    std::optional<std::string> api_version;         ///< of Finch's API
    secret_json extra;                              ///< members that this version does not know

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

/// Configuration of `connectors::onebrick`.
struct onebrick
{
    open_enum<onebrick_environment> envName; ///< which environment is used
    std::string clientId;                    ///< as OneBrick has given it to you
    secret clientSecret;                     ///< as OneBrick has given it to you
    secret publicToken;                      ///< as OneBrick has given it to you
    std::optional<secret> accessToken;       ///< as OneBrick has given it to you
    std::optional<std::string> redirectUrl;  ///< where customers return to
    secret_json extra;                       ///< members that this version does not know

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

/// Configuration of `connectors::openledger`.
struct openledger
{
    std::string developer_id;                      ///< as OpenLedger has given it to you
    secret developer_secret;                       ///< as OpenLedger has given it to you
    open_enum<openledger_environment> environment; ///< which environment is used
    std::string api_url;                           ///< base of the API's URLs
    secret_json extra;                             ///< members that this version does not know

    friend bool operator==(const openledger&, const openledger&) = default;
};
BOOST_DESCRIBE_STRUCT(openledger, (), (developer_id, developer_secret, environment, api_url, extra))

/// Configuration of `connectors::ramp`.
struct ramp
{
    client_credentials oauth; ///< your client at Ramp
    secret_json extra;        ///< members that this version does not know

    friend bool operator==(const ramp&, const ramp&) = default;
};
BOOST_DESCRIBE_STRUCT(ramp, (), (oauth, extra))

/// Configuration of `connectors::saltedge`.
struct saltedge
{
    std::string appId;              ///< as Salt Edge has given it to you
    openint::secret secret;         ///< as Salt Edge has given it to you
    std::optional<std::string> url; ///< base of the API's URLs
    secret_json extra;              ///< members that this version does not know

    friend bool operator==(const saltedge&, const saltedge&) = default;
};
BOOST_DESCRIBE_STRUCT(saltedge, (), (appId, secret, url, extra))

/// Configuration of `connectors::teller`.
struct teller
{
    std::string applicationId;   ///< as Teller has given it to you
    std::optional<secret> token; ///< as Teller has given it to you
    secret_json extra;           ///< members that this version does not know

    friend bool operator==(const teller&, const teller&) = default;
};
BOOST_DESCRIBE_STRUCT(teller, (), (applicationId, token, extra))

/// Configuration of `connectors::venmo`.
struct venmo
{
    std::optional<config::proxy> proxy;   ///< through which Venmo is reached
    std::optional<std::string> v1BaseURL; ///< of version 1 of its API
    std::optional<std::string> v5BaseURL; ///< of version 5 of its API
    secret_json extra;                    ///< members that this version does not know

    friend bool operator==(const venmo&, const venmo&) = default;
};
BOOST_DESCRIBE_STRUCT(venmo, (), (proxy, v1BaseURL, v5BaseURL, extra))

} // namespace config
} // namespace openint::connectors

#endif
