// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_OAUTH_HPP
#define OPENINT_CONNECTORS_OAUTH_HPP

#include <openint/connection.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>

#include <boost/describe/class.hpp>

#include <optional>
#include <string>
#include <vector>

/// \file
/// Settings and configuration of the connectors that use OAuth. All have the same OAuth part; some
/// keep texts besides that tell where the customer's account is to be found.

namespace openint::connectors {
namespace settings {

/// OAuth and nothing else: most connectors.
struct with_oauth
{
    oauth_settings oauth; ///< empty where missing: the service means to drop it some day
    std::optional<secret> access_token; ///< the one in `oauth` again
    secret_json extra;                  ///< members that this version does not know

    friend bool operator==(const with_oauth&, const with_oauth&) = default;
};
BOOST_DESCRIBE_STRUCT(with_oauth, (), (oauth, access_token, extra))

/// Those that give each customer a host name, or a part of one.
struct with_oauth_subdomain : with_oauth
{
    std::string subdomain; ///< the host name, or its first label

    friend bool operator==(const with_oauth_subdomain&, const with_oauth_subdomain&) = default;
};
BOOST_DESCRIBE_STRUCT(with_oauth_subdomain, (with_oauth), (subdomain))

/// Those that have a domain in each country or region.
struct with_oauth_extension : with_oauth
{
    std::string extension; ///< such as `com`

    friend bool operator==(const with_oauth_extension&, const with_oauth_extension&) = default;
};
BOOST_DESCRIBE_STRUCT(with_oauth_extension, (with_oauth), (extension))

/// Those that number their accounts.
struct with_oauth_account : with_oauth
{
    std::string accountId; ///< the account's number or name at the service

    friend bool operator==(const with_oauth_account&, const with_oauth_account&) = default;
};
BOOST_DESCRIBE_STRUCT(with_oauth_account, (with_oauth), (accountId))

/// Settings of `connectors::adyen`.
struct adyen : with_oauth
{
    std::string environment; ///< `live` or `test`
    std::string resource;    ///< base of the URLs, such as `https://kyc-test.adyen.com`

    friend bool operator==(const adyen&, const adyen&) = default;
};
BOOST_DESCRIBE_STRUCT(adyen, (with_oauth), (environment, resource))

/// Settings of `connectors::aws`.
struct aws : with_oauth
{
    std::string subdomain;    ///< of Cognito's sign-in page, or all of its URL
    std::string extension;    ///< the top-level domain, such as `com`
    std::string apiSubdomain; ///< of the API, or all of its URL

    friend bool operator==(const aws&, const aws&) = default;
};
BOOST_DESCRIBE_STRUCT(aws, (with_oauth), (subdomain, extension, apiSubdomain))

/// Settings of `connectors::basecamp`.
struct basecamp : with_oauth
{
    std::string appDetails; ///< what your application calls itself
    std::string accountId;  ///< the account's number

    friend bool operator==(const basecamp&, const basecamp&) = default;
};
BOOST_DESCRIBE_STRUCT(basecamp, (with_oauth), (appDetails, accountId))

/// Settings of `connectors::battlenet`.
struct battlenet : with_oauth
{
    std::string extension; ///< the top-level domain, such as `com`
    std::string apiDomain; ///< one for each region

    friend bool operator==(const battlenet&, const battlenet&) = default;
};
BOOST_DESCRIBE_STRUCT(battlenet, (with_oauth), (extension, apiDomain))

/// Settings of `connectors::bigcommerce`.
struct bigcommerce : with_oauth
{
    std::string storeHash;   ///< the store, as URLs of the API name it
    std::string accountUuid; ///< the account

    friend bool operator==(const bigcommerce&, const bigcommerce&) = default;
};
BOOST_DESCRIBE_STRUCT(bigcommerce, (with_oauth), (storeHash, accountUuid))

/// Settings of `connectors::contentstack`.
struct contentstack : with_oauth
{
    std::string subdomain; ///< the host name, or its first label
    std::string appId;     ///< the application
    std::string apiDomain; ///< base of the API's URLs

    friend bool operator==(const contentstack&, const contentstack&) = default;
};
BOOST_DESCRIBE_STRUCT(contentstack, (with_oauth), (subdomain, appId, apiDomain))

/// Settings of `connectors::gong`.
struct gong : with_oauth
{
    std::string api_base_url_for_customer; ///< base of the API's URLs

    friend bool operator==(const gong&, const gong&) = default;
};
BOOST_DESCRIBE_STRUCT(gong, (with_oauth), (api_base_url_for_customer))

/// Settings of `connectors::harvest`.
struct harvest : with_oauth
{
    std::string appDetails; ///< what your application calls itself

    friend bool operator==(const harvest&, const harvest&) = default;
};
BOOST_DESCRIBE_STRUCT(harvest, (with_oauth), (appDetails))

/// Settings of `connectors::mailchimp`.
struct mailchimp : with_oauth
{
    std::string dc; ///< the data center, a part of the API's host name

    friend bool operator==(const mailchimp&, const mailchimp&) = default;
};
BOOST_DESCRIBE_STRUCT(mailchimp, (with_oauth), (dc))

/// Settings of `connectors::namely`.
struct namely : with_oauth
{
    std::string company; ///< the company, a part of the host name

    friend bool operator==(const namely&, const namely&) = default;
};
BOOST_DESCRIBE_STRUCT(namely, (with_oauth), (company))

/// Settings of `connectors::odoo`.
struct odoo : with_oauth
{
    std::string serverUrl; ///< where the customer's Odoo is

    friend bool operator==(const odoo&, const odoo&) = default;
};
BOOST_DESCRIBE_STRUCT(odoo, (with_oauth), (serverUrl))

/// Settings of `connectors::pipedrive`.
struct pipedrive : with_oauth
{
    std::string api_domain; ///< base of the API's URLs

    friend bool operator==(const pipedrive&, const pipedrive&) = default;
};
BOOST_DESCRIBE_STRUCT(pipedrive, (with_oauth), (api_domain))

/// Settings of `connectors::podium`.
struct podium : with_oauth
{
    std::string apiVersion; ///< of Podium's API

    friend bool operator==(const podium&, const podium&) = default;
};
BOOST_DESCRIBE_STRUCT(podium, (with_oauth), (apiVersion))

/// Settings of `connectors::salesforce`.
struct salesforce : with_oauth
{
    std::string instance_url; ///< the base of the API's URLs

    friend bool operator==(const salesforce&, const salesforce&) = default;
};
BOOST_DESCRIBE_STRUCT(salesforce, (with_oauth), (instance_url))

/// Settings of `connectors::snowflake`.
struct snowflake : with_oauth
{
    std::string snowflake_account_url; ///< where the customer's Snowflake is

    friend bool operator==(const snowflake&, const snowflake&) = default;
};
BOOST_DESCRIBE_STRUCT(snowflake, (with_oauth), (snowflake_account_url))

/// Settings of `connectors::squarespace`.
struct squarespace : with_oauth
{
    std::string customappDescription; ///< the user agent of your application

    friend bool operator==(const squarespace&, const squarespace&) = default;
};
BOOST_DESCRIBE_STRUCT(squarespace, (with_oauth), (customappDescription))

/// Settings of `connectors::twinfield`.
struct twinfield : with_oauth
{
    std::string cluster; ///< base of the API's URLs

    friend bool operator==(const twinfield&, const twinfield&) = default;
};
BOOST_DESCRIBE_STRUCT(twinfield, (with_oauth), (cluster))

/// Settings of `connectors::wrike`.
struct wrike : with_oauth
{
    std::string host; ///< where the customer's Wrike is

    friend bool operator==(const wrike&, const wrike&) = default;
};
BOOST_DESCRIBE_STRUCT(wrike, (with_oauth), (host))

/// Settings of `connectors::yahoo`.
struct yahoo : with_oauth
{
    std::string apiDomain; ///< base of the API's URLs

    friend bool operator==(const yahoo&, const yahoo&) = default;
};
BOOST_DESCRIBE_STRUCT(yahoo, (with_oauth), (apiDomain))

} // namespace settings

namespace config {

/// An OAuth client of your own. What is not set is taken from OpenInt's.
struct oauth_client
{
    std::optional<std::string> client_id;           ///< as the service has given it to you
    std::optional<secret> client_secret;            ///< as the service has given it to you
    std::optional<std::string> redirect_uri;        ///< where the service sends customers back to
    std::optional<std::vector<std::string>> scopes; ///< what customers are asked for
    secret_json extra;                              ///< members that this version does not know

    friend bool operator==(const oauth_client&, const oauth_client&) = default;
};
BOOST_DESCRIBE_STRUCT(oauth_client, (), (client_id, client_secret, redirect_uri, scopes, extra))

/// All connectors that use OAuth.
struct with_oauth
{
    std::optional<oauth_client> oauth; ///< nothing: OpenInt's own client is used
    secret_json extra;                 ///< members that this version does not know

    friend bool operator==(const with_oauth&, const with_oauth&) = default;
};
BOOST_DESCRIBE_STRUCT(with_oauth, (), (oauth, extra))

} // namespace config
} // namespace openint::connectors

#endif
