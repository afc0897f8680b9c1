// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_INTEGRATION_HPP
#define OPENINT_INTEGRATION_HPP

#include <openint/connector.hpp>
#include <openint/open_enum.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace openint {

/// One service behind a connector that stands for many, such as a bank behind an aggregator.
///
/// Described as a part of connections, though not every server sends it. What is missing or null is
/// `nullopt`, or a null `boost::json::value`.
struct integration
{
    std::string id;              ///< given by the server
    boost::json::value standard; ///< any JSON: what all integrations of its kind have in common
    boost::json::value external; ///< any JSON: what the connector says about it
    timestamp created_at;        ///< when it was stored first
    timestamp updated_at;        ///< when it was changed last
    std::string connector_name;  ///< of the connector that it is reached through
    std::string name;            ///< to show to people
    std::optional<std::string> logo_url;                       ///< to show to people
    std::optional<open_enum<connector_stage>> stage;           ///< how mature it is
    std::optional<std::vector<open_enum<platform>>> platforms; ///< where it can be used
    std::optional<std::string> category;                       ///< free text
    std::optional<std::string> auth_type; ///< free text here, unlike `connector::auth_type`
    std::optional<std::string> version;   ///< of what is known about it
    boost::json::object extra;            ///< members that this version does not know

    friend bool operator==(const integration&, const integration&) = default;
};
BOOST_DESCRIBE_STRUCT(integration, (),
                      (id, standard, external, created_at, updated_at, connector_name, name,
                       logo_url, stage, platforms, category, auth_type, version, extra))
/// What no integration is without.
constexpr auto json_required(const integration*) { return std::array{"id"}; }

/// A row of `client::list_connectors`: a connector, and what it leads to.
struct listed_connector : connector
{
    std::optional<std::vector<integration>> integrations; ///< described; not seen from the server

    friend bool operator==(const listed_connector&, const listed_connector&) = default;
};
BOOST_DESCRIBE_STRUCT(listed_connector, (connector), (integrations))

} // namespace openint

#endif
