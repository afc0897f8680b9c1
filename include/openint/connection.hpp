// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTION_HPP
#define OPENINT_CONNECTION_HPP

#include <openint/boxed.hpp>
#include <openint/connector.hpp>
#include <openint/detail/config.hpp>
#include <openint/integration.hpp>
#include <openint/open_enum.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <string>

namespace openint {

/// What the service knows about a connection's health. An answer may also say nothing.
enum class connection_status
{
    healthy,
    disconnected, ///< the customer has to connect again
    error,        ///< `connection::status_message` says which
    manual,
    unknown, ///< never checked
};
BOOST_DESCRIBE_ENUM(connection_status, healthy, disconnected, error, manual, unknown)

/// What an OAuth 2 token endpoint answered.
struct oauth_credentials
{
    secret access_token; ///< what the service accepts; empty if the answer has none
    std::optional<std::string> client_id;  ///< of the OAuth client that the tokens were issued to
    std::optional<std::string> scope;      ///< granted, as one text
    std::optional<secret> refresh_token;   ///< what the server renews the access token with
    std::optional<double> expires_in;      ///< seconds, from when the token was issued
    std::optional<timestamp> expires_at;   ///< of the access token
    std::optional<std::string> token_type; ///< mostly `Bearer`
    std::optional<secret_json> raw;        ///< the endpoint's answer itself, tokens included
    secret_json extra;                     ///< members that this version does not know

    friend bool operator==(const oauth_credentials&, const oauth_credentials&) = default;
};
BOOST_DESCRIBE_STRUCT(oauth_credentials, (),
                      (access_token, client_id, scope, refresh_token, expires_in, expires_at,
                       token_type, raw, extra))

/// The OAuth part of a connection's settings; the same for all connectors that use OAuth.
struct oauth_settings
{
    std::optional<oauth_credentials> credentials; ///< the tokens
    std::optional<timestamp> created_at;          ///< when it was made
    std::optional<timestamp> updated_at;          ///< when it was changed last
    std::optional<timestamp> last_fetched_at;     ///< when the credentials were fetched last
    std::optional<boost::json::object> metadata;  ///< whatever the service keeps with them
    secret_json extra;                            ///< members that this version does not know

    friend bool operator==(const oauth_settings&, const oauth_settings&) = default;
};
BOOST_DESCRIBE_STRUCT(oauth_settings, (),
                      (credentials, created_at, updated_at, last_fetched_at, metadata, extra))

/// The credentials of a connection, and whatever else its connector keeps.
///
/// Most connectors have `oauth` and `access_token`, and perhaps a text or two such as `subdomain`
/// or `instance_url`; others have a key or a token under a name of their own. Those are in `extra`,
/// or by their names in what `connection::settings_as` gives.
struct connection_settings
{
    std::optional<oauth_settings> oauth; ///< of connectors that use OAuth
    std::optional<secret> access_token;  ///< the one in `oauth` again, or the connector's own
    secret_json extra;                   ///< what the connector has besides: keys, tokens, texts

    friend bool operator==(const connection_settings&, const connection_settings&) = default;
};
BOOST_DESCRIBE_STRUCT(connection_settings, (), (oauth, access_token, extra))

/// An account of a customer at some service, made through OpenInt.
///
/// What the server left out or sent as null is `nullopt` (an empty text where it may not be
/// missing).
struct connection
{
    std::string id;                         ///< starts with `conn_`
    std::optional<std::string> customer_id; ///< of your customer, as you have named it
    /// Of the configuration that it was made with, starts with `ccfg_`.
    std::optional<std::string> connector_config_id;
    /// Of `integration`, where the connector has several.
    std::optional<std::string> integration_id;
    std::optional<secret> status_message;    ///< can quote credentials from a refresh that failed
    timestamp created_at;                    ///< when it was made
    timestamp updated_at;                    ///< when it was changed last, a refresh included
    std::optional<std::string> display_name; ///< to show to people
    std::optional<bool> disabled;            ///< switched off, and not `usable()`
    /// What the last check or refresh has found; may be nothing.
    std::optional<open_enum<connection_status>> status;
    std::optional<boost::json::object> metadata; ///< what you have stored with it
    std::string connector_name;                  ///< such as `github`; tells what `settings` holds
    boxed<connection_settings> settings;         ///< only with `include_secrets`
    boxed<openint::connector> connector;         ///< only with `connection_expand::connector`
    boxed<openint::integration> integration;     ///< described; not seen from the server yet
    boost::json::object extra;                   ///< members that this version does not know

    /// The token to use at the service, wherever the connector keeps it: in
    /// `settings->oauth->credentials`, else in `settings`. An empty one counts as none.
    ///
    /// The reference is valid as long as this connection. Throws `openint::error` with
    /// `errc::no_credentials` if there is none, saying whether secrets were not asked for or which
    /// status came. Connectors that keep a key under a name of their own have it in
    /// `settings->extra`, and in `settings_as()`.
    OPENINT_DECL const secret& access_token() const;

    /// When the token that `access_token()` gives ends, by the clock of the service: nothing if
    /// that is not known, or if there is no token. Only OAuth credentials have an end; it is what
    /// the token endpoint said when it issued the token. The end of one that cannot be represented
    /// (the year 9999) is the last time that can.
    ///
    /// Source: `settings.oauth.credentials.expires_at` of `GET /connection/{id}`. (`expires_in` is
    /// the token's whole life, and does not say how much of it is left.)
    OPENINT_DECL std::optional<std::chrono::system_clock::time_point> expires_at() const noexcept;

    /// Whether it is worth trying: the status is healthy, manual, unknown or not given, and the
    /// connection is not disabled. One without an id is none. A refresh that failed shows here, not
    /// as an error.
    OPENINT_DECL bool usable() const noexcept;

    /// Whether this is a connection of a certain connector: `is<openint::connectors::plaid>()`.
    template <class Connector>
    bool is() const noexcept
    {
        return connector_name == Connector::name;
    }

    /// The settings as the class that the connector has for them. Nothing is lost: what the class
    /// does not know is in its `extra`. Needs <openint/connectors.hpp>.
    ///
    /// Throws `openint::error`: `errc::settings_mismatch` if this is a connection of another
    /// connector, or if the settings do not fit (the message says where), `errc::no_credentials` if
    /// there are none, because secrets were not asked for. This connection is not affected.
    template <class Connector>
    typename Connector::settings settings_as() const;

    friend bool operator==(const connection&, const connection&) = default;
};
BOOST_DESCRIBE_STRUCT(connection, (),
                      (id, customer_id, connector_config_id, integration_id, status_message,
                       created_at, updated_at, display_name, disabled, status, metadata,
                       connector_name, settings, connector, integration, extra))
/// What no connection is without.
constexpr auto json_required(const connection*) { return std::array{"id", "connector_name"}; }

} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/connection.ipp>
#endif

#endif
