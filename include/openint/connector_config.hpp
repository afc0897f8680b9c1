// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTOR_CONFIG_HPP
#define OPENINT_CONNECTOR_CONFIG_HPP

#include <openint/boxed.hpp>
#include <openint/connector.hpp>
#include <openint/integration.hpp>
#include <openint/secret_json.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>

namespace openint {

/// How an organization uses one connector: with its own OAuth client, for example.
struct connector_config
{
    std::string id;                              ///< starts with `ccfg_`
    timestamp created_at;                        ///< when it was made
    timestamp updated_at;                        ///< when it was changed last
    std::string org_id;                          ///< of the organization that it belongs to
    std::optional<std::string> display_name;     ///< to show to people
    std::optional<bool> disabled;                ///< switched off
    std::optional<boost::json::object> metadata; ///< what you have stored with it
    std::string connector_name;                  ///< tells what `config` holds
    std::optional<secret_json> config;           ///< client secrets included
    boxed<openint::connector> connector;         ///< only with `connector_config_expand::connector`
    /// Only with `connector_config_expand::connection_count`. The description says number.
    std::optional<double> connection_count;
    /// Those that are switched on, by id. Described; not seen from the server.
    std::optional<std::map<std::string, integration>> integrations;
    boost::json::object extra; ///< members that this version does not know

    /// Whether it configures a certain connector: `is<openint::connectors::plaid>()`.
    template <class Connector>
    bool is() const noexcept
    {
        return connector_name == Connector::name;
    }

    /// `config` as the class that the connector has for it. Nothing is lost: what the class does
    /// not know is in its `extra`. Needs <openint/connectors.hpp>.
    ///
    /// Throws `openint::error` with `errc::settings_mismatch` if this configures another connector,
    /// or if `config` is missing or does not fit (the message says where). This object is not
    /// affected.
    template <class Connector>
    typename Connector::config config_as() const;

    friend bool operator==(const connector_config&, const connector_config&) = default;
};
BOOST_DESCRIBE_STRUCT(connector_config, (),
                      (id, created_at, updated_at, org_id, display_name, disabled, metadata,
                       connector_name, config, connector, connection_count, integrations, extra))
/// What no configuration is without.
constexpr auto json_required(const connector_config*) { return std::array{"id"}; }

} // namespace openint

#endif
