// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CUSTOMER_HPP
#define OPENINT_CUSTOMER_HPP

#include <openint/secret.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <optional>
#include <string>

namespace openint {

/// A customer of the organization, as `client::upsert_customer` answers.
struct customer
{
    std::string org_id;            ///< of the organization that it belongs to
    std::string id;                ///< as you have named it, or made up by the server
    std::optional<secret> api_key; ///< long-lived, for the customer's own requests
    boost::json::value metadata;   ///< anything
    timestamp created_at;          ///< when it was made
    timestamp updated_at;          ///< when it was changed last
    boost::json::object extra;     ///< members that this version does not know

    friend bool operator==(const customer&, const customer&) = default;
};
BOOST_DESCRIBE_STRUCT(customer, (), (org_id, id, api_key, metadata, created_at, updated_at, extra))
/// What no such answer is without.
constexpr auto json_required(const customer*) { return std::array{"id"}; }

/// A row of `client::list_customers`, which has other members than `customer`.
struct customer_summary
{
    std::optional<std::string> id; ///< as you have named it; can be missing
    double connection_count = 0;   ///< The description says number.
    timestamp created_at;          ///< when it was made
    timestamp updated_at;          ///< when it was changed last
    boost::json::object extra;     ///< members that this version does not know

    friend bool operator==(const customer_summary&, const customer_summary&) = default;
};
BOOST_DESCRIBE_STRUCT(customer_summary, (), (id, connection_count, created_at, updated_at, extra))

/// What `client::create_token` answers: how a customer gets at their connections.
struct customer_token
{
    secret token;                  ///< short-lived; may be given to the customer's browser
    secret magic_link_url;         ///< holds the token
    std::optional<secret> api_key; ///< long-lived; not for browsers
    boost::json::object extra;     ///< members that this version does not know

    friend bool operator==(const customer_token&, const customer_token&) = default;
};
BOOST_DESCRIBE_STRUCT(customer_token, (), (token, magic_link_url, api_key, extra))
/// What no such answer is without.
constexpr auto json_required(const customer_token*) { return std::array{"token"}; }

} // namespace openint

#endif
