// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_PARAMS_HPP
#define OPENINT_PARAMS_HPP

#include <openint/enum_set.hpp>
#include <openint/field.hpp>
#include <openint/json_ref.hpp>
#include <openint/view_list.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include <optional>
#include <string_view>
#include <type_traits>

namespace openint {

/// Whether the server renews OAuth credentials before it answers a request that asks for secrets.
///
/// `force` is for a token that the third party refused although it has not expired, not for each
/// request: it costs a request to that party, which may limit them, and where refresh tokens
/// rotate it ends the one before. `credential_cache` does it once for all callers.
enum class refresh_policy
{
    none,  ///< Never.
    force, ///< Always, but never for a connection that is `disconnected`.
    auto_, ///< When they have expired; the server's default.
};
BOOST_DESCRIBE_ENUM(refresh_policy, none, force, auto_)

/// Parts of a connection that are sent only when asked for.
enum class connection_expand
{
    connector, ///< `connection::connector`
};
BOOST_DESCRIBE_ENUM(connection_expand, connector)
/// `a | b` is a set.
template <>
inline constexpr bool enable_enum_set<connection_expand> = true;

namespace detail {

/// What parameters have to be, so that g++ 12 may keep them as temporaries in a `co_await`
/// expression, where it destroys twice what has a destructor.
template <class T>
inline constexpr bool is_view_aggregate =
    std::is_aggregate_v<T>&& std::is_trivially_copyable_v<T>&& std::is_trivially_destructible_v<T>;

} // namespace detail

/// Parameters of `client::get_connection`. By default nothing is sent.
struct get_connection_params
{
    /// Whether `connection::settings`, that is the credentials, are part of the answer.
    bool include_secrets = false;

    /// When the server renews OAuth credentials; the server decides if not set. Without
    /// `include_secrets` the server ignores it.
    std::optional<openint::refresh_policy> refresh_policy = {};

    /// What else to send.
    enum_set<connection_expand> expand = {};
};
BOOST_DESCRIBE_STRUCT(get_connection_params, (), (include_secrets, refresh_policy, expand))
static_assert(detail::is_view_aggregate<get_connection_params>);

/// Parameters of `client::list_connections`.
struct list_connections_params
{
    int limit = 50; ///< items of one page, 0 to 3000; the server may send fewer
    int offset = 0; ///< where to begin in the whole list, from 0
    view_list<std::string_view> connector_names = {}; ///< only of these connectors
    std::string_view customer_id = {};                ///< only of this customer
    std::string_view connector_config_id = {};        ///< only of this configuration
    bool include_secrets = false;                     ///< also send the settings
    enum_set<connection_expand> expand = {};          ///< what else to send
    std::string_view search_query = {};               ///< only what the server finds with it
    std::optional<openint::refresh_policy> refresh_policy = {}; ///< the server's default: none
};
BOOST_DESCRIBE_STRUCT(list_connections_params, (),
                      (limit, offset, connector_names, customer_id, connector_config_id,
                       include_secrets, expand, search_query, refresh_policy))
static_assert(detail::is_view_aggregate<list_connections_params>);

/// The credentials of a connection that is imported.
struct connection_data
{
    std::string_view connector_name; ///< such as `github`
    /// One of `openint::connectors`, a struct of your own, or a JSON object.
    json_ref settings = {};
};
BOOST_DESCRIBE_STRUCT(connection_data, (), (connector_name, settings))

/// Parameters of `client::create_connection`.
struct create_connection_params
{
    std::string_view connector_config_id;      ///< starts with `ccfg_`
    std::string_view customer_id;              ///< need not exist yet
    connection_data data = {};                 ///< connector and credentials
    json_ref metadata = {};                    ///< a JSON object
    std::optional<bool> check_connection = {}; ///< whether to try the credentials first
};
BOOST_DESCRIBE_STRUCT(create_connection_params, (),
                      (connector_config_id, customer_id, data, metadata, check_connection))
static_assert(detail::is_view_aggregate<create_connection_params>);

/// Parts of a connector that are sent only when asked for.
enum class connector_expand
{
    schemas, ///< `connector::schemas`
};
BOOST_DESCRIBE_ENUM(connector_expand, schemas)
/// `a | b` is a set.
template <>
inline constexpr bool enable_enum_set<connector_expand> = true;

/// Parameters of `client::list_connectors`.
struct list_connectors_params
{
    int limit = 50; ///< items of one page, 0 to 3000; the server may send fewer
    int offset = 0; ///< where to begin in the whole list, from 0
    enum_set<connector_expand> expand = {}; ///< what else to send
};
BOOST_DESCRIBE_STRUCT(list_connectors_params, (), (limit, offset, expand))
static_assert(detail::is_view_aggregate<list_connectors_params>);

/// Parts of a connector configuration that are sent only when asked for.
enum class connector_config_expand
{
    connector,         ///< `connector_config::connector`
    connector_schemas, ///< `connector::schemas` in it
    connection_count,  ///< `connector_config::connection_count`
};
BOOST_DESCRIBE_ENUM(connector_config_expand, connector, connector_schemas, connection_count)
/// `a | b` is a set.
template <>
inline constexpr bool enable_enum_set<connector_config_expand> = true;

/// What they are called on the wire.
constexpr std::string_view json_name(const connector_config_expand*, std::string_view enumerator)
{
    return enumerator == "connector_schemas" ? "connector.schemas" : "";
}

/// Parameters of `client::get_connector_config`.
struct get_connector_config_params
{
    enum_set<connector_config_expand> expand = {}; ///< what else to send
};
BOOST_DESCRIBE_STRUCT(get_connector_config_params, (), (expand))
static_assert(detail::is_view_aggregate<get_connector_config_params>);

/// Parameters of `client::list_connector_configs`.
struct list_connector_configs_params
{
    int limit = 50; ///< items of one page, 0 to 3000; the server may send fewer
    int offset = 0; ///< where to begin in the whole list, from 0
    enum_set<connector_config_expand> expand = {};    ///< what else to send
    view_list<std::string_view> connector_names = {}; ///< only of these connectors
    std::string_view search_query = {};               ///< only what the server finds with it
};
BOOST_DESCRIBE_STRUCT(list_connector_configs_params, (),
                      (limit, offset, expand, connector_names, search_query))
static_assert(detail::is_view_aggregate<list_connector_configs_params>);

/// Parameters of `client::create_connector_config`.
struct create_connector_config_params
{
    std::string_view connector_name;           ///< such as `github`
    field<json_ref> config = {};               ///< one of `openint::connectors`, or a JSON object
    field<std::string_view> display_name = {}; ///< to show to people
    field<bool> disabled = {};                 ///< switched off
    field<json_ref> metadata = {};             ///< a JSON object
};
BOOST_DESCRIBE_STRUCT(create_connector_config_params, (),
                      (connector_name, config, display_name, disabled, metadata))
static_assert(detail::is_view_aggregate<create_connector_config_params>);

/// Parameters of `client::update_connector_config`. What is absent stays as it is.
struct update_connector_config_params
{
    field<json_ref> config = {}; ///< one of `openint::connectors`, a JSON object, or null
    std::optional<std::string_view> display_name = {}; ///< to show to people
    std::optional<bool> disabled = {};                 ///< switched off
};
BOOST_DESCRIBE_STRUCT(update_connector_config_params, (), (config, display_name, disabled))
static_assert(detail::is_view_aggregate<update_connector_config_params>);

/// Parameters of `client::list_customers`.
struct list_customers_params
{
    int limit = 50;                     ///< items of one page, 0 to 3000; the server may send fewer
    int offset = 0;                     ///< where to begin in the whole list, from 0
    std::string_view search_query = {}; ///< only what the server finds with it
};
BOOST_DESCRIBE_STRUCT(list_customers_params, (), (limit, offset, search_query))
static_assert(detail::is_view_aggregate<list_customers_params>);

/// Parameters of `client::upsert_customer`.
struct upsert_customer_params
{
    std::optional<std::string_view> id = {}; ///< the server makes one up if there is none
    json_ref metadata = {};                  ///< a JSON object; replaces what was stored before
};
BOOST_DESCRIBE_STRUCT(upsert_customer_params, (), (id, metadata))
static_assert(detail::is_view_aggregate<upsert_customer_params>);

/// What the connect page shows first.
enum class connect_view
{
    add,    ///< connectors to add
    manage, ///< connections that exist
};
BOOST_DESCRIBE_ENUM(connect_view, add, manage)

/// How the connect page behaves for a customer.
struct connect_options
{
    std::optional<std::string_view> return_url = {};  ///< where to go afterwards
    view_list<std::string_view> connector_names = {}; ///< those to show; empty: all
    std::optional<connect_view> view = {}; ///< shown first; the server chooses if not set
    std::optional<bool> debug = {};        ///< for developers
    /// Leaves out what stands beside the page, for use in a frame.
    std::optional<bool> is_embedded = {};
    std::optional<bool> hide_navigation = {}; ///< leaves the customer in `view`
};
BOOST_DESCRIBE_STRUCT(connect_options, (),
                      (return_url, connector_names, view, debug, is_embedded, hide_navigation))

/// Parameters of `client::create_token`.
struct create_token_params
{
    std::optional<double> validity_in_seconds = {}; ///< the server's default: 30 days
    /// Of the page that the link leads to.
    std::optional<openint::connect_options> connect_options = {};
};
BOOST_DESCRIBE_STRUCT(create_token_params, (), (validity_in_seconds, connect_options))
static_assert(detail::is_view_aggregate<create_token_params>);

/// Parameters of `client::list_events`.
struct list_events_params
{
    int limit = 50;                     ///< items of one page, 0 to 3000; the server may send fewer
    int offset = 0;                     ///< where to begin in the whole list, from 0
    std::string_view search_query = {}; ///< only what the server finds with it
    bool include_prompt = false;        ///< also send `event::prompt`
    std::string_view since = {};        ///< only events from this time on, in ISO 8601
};
BOOST_DESCRIBE_STRUCT(list_events_params, (), (limit, offset, search_query, include_prompt, since))
static_assert(detail::is_view_aggregate<list_events_params>);

/// The languages that `client::message_template` knows.
enum class template_language
{
    javascript,
};
BOOST_DESCRIBE_ENUM(template_language, javascript)

/// Parameters of `client::message_template`.
struct message_template_params
{
    std::string_view customer_id;                   ///< whose connections the code uses
    std::optional<template_language> language = {}; ///< the server's default: JavaScript
    bool use_environment_variables = false; ///< whether the code reads keys from the environment
};
BOOST_DESCRIBE_STRUCT(message_template_params, (),
                      (customer_id, language, use_environment_variables))
static_assert(detail::is_view_aggregate<message_template_params>);

} // namespace openint

#endif
