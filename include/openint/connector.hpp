// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_CONNECTOR_HPP
#define OPENINT_CONNECTOR_HPP

#include <openint/open_enum.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace openint {

/// How mature a connector or an integration is.
enum class connector_stage
{
    alpha,
    beta,
    ga, ///< generally available
    hidden,
};
BOOST_DESCRIBE_ENUM(connector_stage, alpha, beta, ga, hidden)

/// Where a connector or an integration can be used.
enum class platform
{
    web,
    mobile,
    desktop,
    local,
    cloud,
};
BOOST_DESCRIBE_ENUM(platform, web, mobile, desktop, local, cloud)

/// How a connector authenticates; spelled as on the wire.
enum class auth_type
{
    BASIC,
    OAUTH1,
    OAUTH2,
    OAUTH2CC, ///< OAuth 2 client credentials
    API_KEY,
    CUSTOM,
};
BOOST_DESCRIBE_ENUM(auth_type, BASIC, OAUTH1, OAUTH2, OAUTH2CC, API_KEY, CUSTOM)

/// The JSON schemas of what a connector takes and gives. Free-form; null where there is none.
struct connector_schemas
{
    boost::json::value connector_config;    ///< of what an organization configures
    boost::json::value connection_settings; ///< of `connection::settings`
    boost::json::value integration_data;    ///< of `integration::external`
    boost::json::value webhook_input;       ///< of what the service sends to a webhook
    boost::json::value pre_connect_input;   ///< of what starts a connection
    boost::json::value connect_input;       ///< of what the customer's browser is given
    boost::json::value connect_output;      ///< of what the customer's browser brings back
    boost::json::object extra;              ///< members that this version does not know

    friend bool operator==(const connector_schemas&, const connector_schemas&) = default;
};
BOOST_DESCRIBE_STRUCT(connector_schemas, (),
                      (connector_config, connection_settings, integration_data, webhook_input,
                       pre_connect_input, connect_input, connect_output, extra))

/// A permission that a connector can ask its users for.
struct connector_scope
{
    std::string scope;                       ///< as OAuth names it
    std::optional<std::string> display_name; ///< to show to people
    std::optional<std::string> description;  ///< what it allows, to show to people
    boost::json::object extra;               ///< members that this version does not know

    friend bool operator==(const connector_scope&, const connector_scope&) = default;
};
BOOST_DESCRIBE_STRUCT(connector_scope, (), (scope, display_name, description, extra))

/// A kind of service that customers can connect to, such as `github`.
///
/// It is part of a connection when asked for, see `connection_expand::connector`. Everything but
/// the name may be missing or null and is `nullopt` then; a list that is missing differs from an
/// empty one. Values of enumerations that the server has added since are kept as text, see
/// `open_enum`.
struct connector
{
    std::string name; ///< one of 171 and growing; also `connection::connector_name`
    std::optional<std::string> display_name;                   ///< to show to people
    std::optional<std::string> logo_url;                       ///< to show to people
    std::optional<open_enum<connector_stage>> stage;           ///< how mature it is
    std::optional<std::vector<open_enum<platform>>> platforms; ///< where it can be used
    std::optional<connector_schemas> schemas; ///< only with `connector_expand::schemas`
    std::optional<open_enum<openint::auth_type>> auth_type;  ///< how it authenticates
    std::optional<std::vector<std::string>> required_scopes; ///< asked for in any case
    /// What OpenInt's own OAuth client asks for unless told otherwise.
    std::optional<std::vector<std::string>> openint_default_scopes;
    /// What OpenInt's own OAuth client may ask for.
    std::optional<std::vector<std::string>> openint_allowed_scopes;
    std::optional<std::vector<connector_scope>> scopes; ///< all that there are
    std::optional<bool> has_openint_credentials; ///< whether OpenInt's own OAuth client can be used
    boost::json::object extra;                   ///< members that this version does not know

    friend bool operator==(const connector&, const connector&) = default;
};
BOOST_DESCRIBE_STRUCT(connector, (),
                      (name, display_name, logo_url, stage, platforms, schemas, auth_type,
                       required_scopes, openint_default_scopes, openint_allowed_scopes, scopes,
                       has_openint_credentials, extra))

} // namespace openint

#endif
