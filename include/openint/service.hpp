// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_SERVICE_HPP
#define OPENINT_SERVICE_HPP

#include <openint/connection.hpp>
#include <openint/open_enum.hpp>
#include <openint/secret.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The small answers of the service.

namespace openint {

/// What was deleted.
struct deleted
{
    std::string id;            ///< as it was asked for
    boost::json::object extra; ///< members that this version does not know

    friend bool operator==(const deleted&, const deleted&) = default;
};
BOOST_DESCRIBE_STRUCT(deleted, (), (id, extra))
/// What no such answer is without.
constexpr auto json_required(const deleted*) { return std::array{"id"}; }

/// What a check of a connection has found.
struct connection_check
{
    std::string id;                                     ///< starts with `conn_`
    std::optional<open_enum<connection_status>> status; ///< what the check has found
    std::optional<secret> status_message;               ///< can quote credentials
    boost::json::object extra;                          ///< members that this version does not know

    friend bool operator==(const connection_check&, const connection_check&) = default;
};
BOOST_DESCRIBE_STRUCT(connection_check, (), (id, status, status_message, extra))
/// What no such answer is without.
constexpr auto json_required(const connection_check*) { return std::array{"id"}; }

/// On whose behalf a token speaks.
enum class viewer_role
{
    anon, ///< no token
    customer,
    user,
    org,
    system,
};
BOOST_DESCRIBE_ENUM(viewer_role, anon, customer, user, org, system)

/// Who the service takes the client for. What else it says (ids of organization and customer) is in
/// `extra`.
struct viewer_info
{
    open_enum<viewer_role> role; ///< on whose behalf the token speaks
    boost::json::object extra;   ///< members that this version does not know

    friend bool operator==(const viewer_info&, const viewer_info&) = default;
};
BOOST_DESCRIBE_STRUCT(viewer_info, (), (role, extra))

/// Whether the service is well.
struct health_info
{
    bool ok = false;           ///< true if it is
    boost::json::object extra; ///< members that this version does not know

    friend bool operator==(const health_info&, const health_info&) = default;
};
BOOST_DESCRIBE_STRUCT(health_info, (), (ok, extra))

/// How far one connector is supported. "Org" is the organization with which the service tests
/// itself, whoever asks.
struct connector_status_entry
{
    std::string name;                   ///< such as `github`
    bool hasConnectionForOrg = false;   ///< whether that organization has configured it
    bool isHealthyForOrg = false;       ///< whether it has a healthy connection of it
    bool hasDefaultCredentials = false; ///< whether OpenInt's own OAuth client can be used
    bool complete = false;              ///< all three
    boost::json::object extra;          ///< members that this version does not know

    friend bool operator==(const connector_status_entry&, const connector_status_entry&) = default;
};
BOOST_DESCRIBE_STRUCT(connector_status_entry, (),
                      (name, hasConnectionForOrg, isHealthyForOrg, hasDefaultCredentials, complete,
                       extra))

/// All connectors; spelled as on the wire.
struct connector_status_info
{
    std::vector<connector_status_entry> list; ///< one entry for each connector
    double numTotalConnectors = 0;            ///< entries of `list`
    double numWithConnectionForOrg = 0;       ///< those with `hasConnectionForOrg`
    double numHealthyForOrg = 0;              ///< those with `isHealthyForOrg`
    double numWithDefaultCredentials = 0;     ///< those with `hasDefaultCredentials`
    double numComplete = 0;                   ///< those with `complete`
    boost::json::object extra;                ///< members that this version does not know

    friend bool operator==(const connector_status_info&, const connector_status_info&) = default;
};
BOOST_DESCRIBE_STRUCT(connector_status_info, (),
                      (list, numTotalConnectors, numWithConnectionForOrg, numHealthyForOrg,
                       numWithDefaultCredentials, numComplete, extra))

/// Whether a webhook was taken.
enum class webhook_status
{
    ok,
    error,
};
BOOST_DESCRIBE_ENUM(webhook_status, ok, error)

/// What became of a webhook.
struct webhook_result
{
    open_enum<webhook_status> status; ///< whether it was taken
    boost::json::value info;          ///< whatever the connector says about it
    boost::json::object extra;        ///< members that this version does not know

    friend bool operator==(const webhook_result&, const webhook_result&) = default;
};
BOOST_DESCRIBE_STRUCT(webhook_result, (), (status, info, extra))

/// Source code that shows how to use the service.
struct code_template
{
    std::string language;      ///< such as `javascript`
    std::string template_;     ///< `template` on the wire
    boost::json::object extra; ///< members that this version does not know

    friend bool operator==(const code_template&, const code_template&) = default;
};
BOOST_DESCRIBE_STRUCT(code_template, (), (language, template_, extra))

} // namespace openint

#endif
