// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_EVENT_HPP
#define OPENINT_EVENT_HPP

#include <openint/connection.hpp>
#include <openint/detail/config.hpp>
#include <openint/json.hpp>
#include <openint/open_enum.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/timestamp.hpp>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace openint {

/// The kinds of event that are known; what each carries in `event::data`.
enum class event_kind
{
    debug_debug,
    webhook_received, ///< `events::webhook`
    db_user_created,
    db_user_deleted,
    db_connection_created, ///< `events::connection_change`
    db_connection_deleted, ///< `events::connection_change`
    user_signin,
    user_signout,
    connect_session_started,   ///< `events::connect_session`
    connect_session_cancelled, ///< `events::connect_session`
    connect_session_succeeded, ///< `events::connect_session`
    connect_session_errored,   ///< `events::connect_session`
    connect_loaded,
    connect_loading_error,        ///< `events::loading_error`
    connect_connection_connected, ///< `events::connection_change`
    connect_connection_deleted,   ///< `events::connection_change`
    connect_connection_checked,   ///< `events::connection_change`
    api_token_copied,
    api_graphql_request,
    api_rest_request,
    pageview, ///< `events::page_view`
};
BOOST_DESCRIBE_ENUM(event_kind, debug_debug, webhook_received, db_user_created, db_user_deleted,
                    db_connection_created, db_connection_deleted, user_signin, user_signout,
                    connect_session_started, connect_session_cancelled, connect_session_succeeded,
                    connect_session_errored, connect_loaded, connect_loading_error,
                    connect_connection_connected, connect_connection_deleted,
                    connect_connection_checked, api_token_copied, api_graphql_request,
                    api_rest_request, pageview)

/// What the kinds are called on the wire.
constexpr std::string_view json_name(const event_kind*, std::string_view enumerator)
{
    constexpr std::string_view names[][2] = {
        {"debug_debug", "debug.debug"},
        {"webhook_received", "webhook.received"},
        {"db_user_created", "db.user-created"},
        {"db_user_deleted", "db.user-deleted"},
        {"db_connection_created", "db.connection-created"},
        {"db_connection_deleted", "db.connection-deleted"},
        {"user_signin", "user.signin"},
        {"user_signout", "user.signout"},
        {"connect_session_started", "connect.session-started"},
        {"connect_session_cancelled", "connect.session-cancelled"},
        {"connect_session_succeeded", "connect.session-succeeded"},
        {"connect_session_errored", "connect.session-errored"},
        {"connect_loaded", "connect.loaded"},
        {"connect_loading_error", "connect.loading-error"},
        {"connect_connection_connected", "connect.connection-connected"},
        {"connect_connection_deleted", "connect.connection-deleted"},
        {"connect_connection_checked", "connect.connection-checked"},
        {"api_token_copied", "api.token-copied"},
        {"api_graphql_request", "api.graphql-request"},
        {"api_rest_request", "api.rest-request"},
    };
    for (const auto& name : names)
        if (name[0] == enumerator)
            return name[1];
    return {};
}

/// Something that happened in the organization.
struct event
{
    std::string id;               ///< given by the server
    openint::timestamp timestamp; ///< when it happened
    std::string name;             ///< one of 21 and growing: see `kind()`
    secret_json data;             ///< depends on `name`: see `data_as()`; can quote credentials
    boost::json::value user;      ///< anything
    std::optional<std::string> v; ///< version of its format
    std::optional<std::string> org_id;  ///< of the organization
    std::optional<std::string> user_id; ///< of the member of the organization, if one was involved
    std::optional<std::string> customer_id; ///< of the customer, if one was involved
    std::optional<std::string> prompt;      ///< only with `list_events_params::include_prompt`
    boost::json::object extra;              ///< members that this version does not know

    /// The kind, if this version knows it.
    OPENINT_DECL std::optional<event_kind> kind() const noexcept;

    /// `data` as one of `events`, or as a described struct of your own. Throws `json::error`, with
    /// the place, where it does not fit.
    template <class Data>
    Data data_as() const
    {
        const secret text(json::write(data, {.reveal_secrets = true}));
        return json::read<Data>(text.reveal());
    }

    friend bool operator==(const event&, const event&) = default;
};
BOOST_DESCRIBE_STRUCT(event, (),
                      (id, timestamp, name, data, user, v, org_id, user_id, customer_id, prompt,
                       extra))
/// What no event is without.
constexpr auto json_required(const event*) { return std::array{"id"}; }

/// What events carry.
namespace events {

/// Of `event_kind::webhook_received`.
struct webhook
{
    std::string traceId;       ///< told apart from others by it
    std::string method;        ///< of the request that came in
    std::string path;          ///< of the request that came in
    boost::json::object query; ///< of the request that came in
    secret_json headers;       ///< of the request that came in; can hold signatures and tokens
    boost::json::value body;   ///< of the request that came in

    friend bool operator==(const webhook&, const webhook&) = default;
};
BOOST_DESCRIBE_STRUCT(webhook, (), (traceId, method, path, query, headers, body))

/// A connection was created, deleted, connected or checked.
struct connection_change
{
    std::string connection_id;                          ///< starts with `conn_`
    std::optional<std::string> customer_id;             ///< whose it is
    std::optional<open_enum<connection_status>> status; ///< of a check
    std::optional<secret> status_message;               ///< of a check; can quote credentials

    friend bool operator==(const connection_change&, const connection_change&) = default;
};
BOOST_DESCRIBE_STRUCT(connection_change, (), (connection_id, customer_id, status, status_message))

/// A customer is connecting, or has given up.
struct connect_session
{
    std::string connector_name; ///< such as `github`
    boost::json::value meta;    ///< anything

    friend bool operator==(const connect_session&, const connect_session&) = default;
};
BOOST_DESCRIBE_STRUCT(connect_session, (), (connector_name, meta))

/// The connect page could not be loaded.
struct loading_error
{
    std::optional<std::string> error_message; ///< readable
    std::optional<std::string> error_details; ///< for developers

    friend bool operator==(const loading_error&, const loading_error&) = default;
};
BOOST_DESCRIBE_STRUCT(loading_error, (), (error_message, error_details))

/// A page was shown.
struct page_view
{
    std::string current_url; ///< of the whole page
    std::string path;        ///< its part after the origin

    friend bool operator==(const page_view&, const page_view&) = default;
};
BOOST_DESCRIBE_STRUCT(page_view, (), (current_url, path))

} // namespace events
} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/event.ipp>
#endif

#endif
