// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CLIENT_HPP
#define OPENINT_CLIENT_HPP

#include <openint/client_config.hpp>
#include <openint/connection.hpp>
#include <openint/connector_config.hpp>
#include <openint/customer.hpp>
#include <openint/detail/config.hpp>
#include <openint/error.hpp>
#include <openint/event.hpp>
#include <openint/impl/prepared_call.hpp>
#include <openint/integration.hpp>
#include <openint/json_ref.hpp>
#include <openint/page.hpp>
#include <openint/pager.hpp>
#include <openint/params.hpp>
#include <openint/request_options.hpp>
#include <openint/result.hpp>
#include <openint/secret.hpp>
#include <openint/service.hpp>
#include <openint/view_list.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>

#include <concepts>
#include <memory>
#include <string_view>

namespace openint {

namespace detail {
class request_builder;
} // namespace detail
class credential_cache;

/// The OpenInt API, as seen from coroutines of Boost.Asio.
///
/// A cheap handle: copies share connections and configuration. A move is a copy, so a client that
/// was moved from is as good as before.
///
/// Every operation is a plain member function that returns `boost::asio::awaitable<T>`. It has
/// consumed its arguments when it returns, and never throws itself: whatever is wrong, the
/// arguments included, is thrown as `openint::error` (`api_error` for an error answer) where the
/// awaitable is awaited. Without exceptions: `co_await
/// openint::as_result(client.get_connection(id))`.
///
/// *Threads*: one client may be used from any number of threads, strands and contexts at once. All
/// I/O runs on the client's context, which must be running; calls complete on the executor of the
/// coroutine that awaits them. A call that may be cancelled, or is an operand of `||` or `&&`, on a
/// context that several threads run, needs its coroutine on a strand.
///
/// *Cancellation*: every type that reaches the call, in every phase; it ends with
/// `boost::asio::error::operation_aborted`, its connection is closed, others are not disturbed.
///
/// *Lifetime*: calls in progress keep what they need when the client is destroyed. The context may
/// be destroyed first: then nothing is left behind, and calls from other contexts, as all later
/// ones, fail with `errc::closed`. A caller's context may be destroyed as well: then its calls are
/// cancelled. When the last call has ended, nothing of the client keeps the context running.
class client
{
public:
    /// The type of executor that a client is made with: any.
    using executor_type = boost::asio::any_io_executor;

    /// Configured from the environment: `client_config::from_env()`.
    /// Throws `error` (`errc::invalid_argument`) for a configuration that cannot work.
    OPENINT_DECL explicit client(const executor_type& executor);
    /// Configured by `config` alone; nothing is taken from the environment. Throws as the other
    /// one.
    OPENINT_DECL client(const executor_type& executor, const client_config& config);

    /// For a context, such as `boost::asio::io_context` or `thread_pool`: its executor.
    template <class ExecutionContext>
    requires std::derived_from<ExecutionContext, boost::asio::execution_context>
    explicit client(ExecutionContext& context)
        : client(executor_type(context.get_executor()))
    {}
    /// The same for a context.
    template <class ExecutionContext>
    requires std::derived_from<ExecutionContext, boost::asio::execution_context>
    client(ExecutionContext& context, const client_config& config)
        : client(executor_type(context.get_executor()), config)
    {}

    /// Another handle on the same; also what a move does.
    client(const client&) noexcept = default;
    /// The same.
    client& operator=(const client&) noexcept = default;

    /// A handle on the same connections with other per-request options. What is wrong with them is
    /// delivered by the operations.
    OPENINT_DECL client with_options(const request_options& options) const;
    /// A handle on the same connections with another token, such as a customer's. An empty one is
    /// refused by the operations.
    OPENINT_DECL client with_token(const secret& token) const;

    /// The executor of the client's I/O.
    OPENINT_DECL executor_type get_executor() const;

    // Connections

    /// The connection with this id (`conn_...`), its settings if `include_secrets` is set, with
    /// credentials renewed as `refresh_policy` says.
    ///
    /// A renewal that failed is an answer as well: look at `connection::usable()`.
    /// Source: `GET /connection/{id}`.
    OPENINT_OPERATION boost::asio::awaitable<connection>
    get_connection(std::string_view id, get_connection_params params = {}) const;

    /// One page of the connections, newest first. Source: `GET /connection`.
    OPENINT_OPERATION boost::asio::awaitable<page<connection>>
    list_connections(list_connections_params params = {}) const;
    /// All connections, page by page.
    OPENINT_OPERATION pager<connection>
    list_connections_pages(list_connections_params params = {}) const;

    /// Imports a connection whose credentials are known. Source: `POST /connection`.
    OPENINT_OPERATION boost::asio::awaitable<connection>
    create_connection(create_connection_params params) const;

    /// Deletes a connection, its credentials included. Source: `DELETE /connection/{id}`.
    OPENINT_OPERATION boost::asio::awaitable<deleted> delete_connection(std::string_view id) const;

    /// Tries the credentials of a connection, and renews them if need be.
    /// Source: `POST /connection/{id}/check`.
    OPENINT_OPERATION boost::asio::awaitable<connection_check>
    check_connection(std::string_view id) const;

    // Connectors

    /// One page of the connectors that exist. Needs no token. Source: `GET /connector`.
    OPENINT_OPERATION boost::asio::awaitable<page<listed_connector>>
    list_connectors(list_connectors_params params = {}) const;
    /// All connectors, page by page. Needs no token.
    OPENINT_OPERATION pager<listed_connector>
    list_connectors_pages(list_connectors_params params = {}) const;

    /// How far each connector is supported. Needs no token. Source: `GET /connector-status`.
    OPENINT_OPERATION boost::asio::awaitable<connector_status_info> connector_status() const;

    // Connector configurations

    /// The configuration with this id (`ccfg_...`). Source: `GET /connector-config/{id}`.
    OPENINT_OPERATION boost::asio::awaitable<connector_config>
    get_connector_config(std::string_view id, get_connector_config_params params = {}) const;

    /// One page of the configurations, newest first. Source: `GET /connector-config`.
    OPENINT_OPERATION boost::asio::awaitable<page<connector_config>>
    list_connector_configs(list_connector_configs_params params = {}) const;
    /// All configurations, page by page.
    OPENINT_OPERATION pager<connector_config>
    list_connector_configs_pages(list_connector_configs_params params = {}) const;

    /// Makes a configuration. Source: `POST /connector-config`.
    OPENINT_OPERATION boost::asio::awaitable<connector_config>
    create_connector_config(create_connector_config_params params) const;

    /// Changes a configuration; what `params` does not say stays as it is.
    /// Source: `PUT /connector-config/{id}`.
    OPENINT_OPERATION boost::asio::awaitable<connector_config>
    update_connector_config(std::string_view id, update_connector_config_params params) const;

    /// Deletes a configuration; refused by the server (status 500) while connections use it.
    /// Source: `DELETE /connector-config/{id}`.
    OPENINT_OPERATION boost::asio::awaitable<deleted>
    delete_connector_config(std::string_view id) const;

    // Customers

    /// One page of the customers. Source: `GET /customer`.
    OPENINT_OPERATION boost::asio::awaitable<page<customer_summary>>
    list_customers(list_customers_params params = {}) const;
    /// All customers, page by page.
    OPENINT_OPERATION pager<customer_summary>
    list_customers_pages(list_customers_params params = {}) const;

    /// Creates a customer, or replaces what is stored with it. Source: `PUT /customer`.
    OPENINT_OPERATION boost::asio::awaitable<customer>
    upsert_customer(upsert_customer_params params = {}) const;

    /// A token and a link with which a customer manages their connections; the customer is created
    /// if it does not exist. Ids that a URL would have to encode are refused, since the server
    /// would store the encoded text. Source: `POST /customer/{customer_id}/token`.
    OPENINT_OPERATION boost::asio::awaitable<customer_token>
    create_token(std::string_view customer_id, create_token_params params = {}) const;

    // Events

    /// One page of what has happened. Source: `GET /event`.
    OPENINT_OPERATION boost::asio::awaitable<page<event>>
    list_events(list_events_params params = {}) const;
    /// All events, page by page.
    OPENINT_OPERATION pager<event> list_events_pages(list_events_params params = {}) const;

    // The service

    /// Who the token speaks for; without one, `viewer_role::anon`. Source: `GET /viewer`.
    OPENINT_OPERATION boost::asio::awaitable<viewer_info> viewer() const;

    /// Whether the service is well. Needs no token. Source: `GET /health`.
    OPENINT_OPERATION boost::asio::awaitable<health_info> health() const;

    /// Sends a JSON object there and back. Needs no token. Source: `POST /health`.
    OPENINT_OPERATION boost::asio::awaitable<boost::json::value>
    health_echo(json_ref body = {}) const;

    /// Hands a connector's webhook over. Needs no token. Source: `POST /webhook/{connector_name}`.
    OPENINT_OPERATION boost::asio::awaitable<webhook_result>
    handle_webhook(std::string_view connector_name, json_ref body = {}) const;

    /// A program that shows how to use the service. Source: `GET /ai/message_template`.
    OPENINT_OPERATION boost::asio::awaitable<code_template>
    message_template(message_template_params params) const;

    // What has no operation of its own

    /// The answer to any request, as a `boost::json::value` or any type that can be read from JSON.
    ///
    /// `target` is a path with or without a query, encoded already: after the base URL's path
    /// (`connection/conn_1`), or, if it begins with `/`, instead of it (`/v2/connection`). Anything
    /// that could lead elsewhere (`//`, a scheme, `\`, `#`, dot segments) is `invalid_argument`.
    /// All that holds for typed operations (retries, deadlines, tokens, errors) holds here.
    template <class T = boost::json::value>
    boost::asio::awaitable<T> get(std::string_view target,
                                  view_list<query_parameter> query = {}) const
    {
        return detail::send<T>(raw(http::verb::get, target, query, {}));
    }
    /// The same for POST, with a JSON body; `{}` is sent where there is none. Not repeated where it
    /// may have taken effect.
    template <class T = boost::json::value>
    boost::asio::awaitable<T> post(std::string_view target, json_ref body = {},
                                   view_list<query_parameter> query = {}) const
    {
        return detail::send<T>(raw(http::verb::post, target, query, body));
    }
    /// The same for PUT, which is repeated as `get` is.
    template <class T = boost::json::value>
    boost::asio::awaitable<T> put(std::string_view target, json_ref body = {},
                                  view_list<query_parameter> query = {}) const
    {
        return detail::send<T>(raw(http::verb::put, target, query, body));
    }
    /// The same for PATCH, which is repeated as little as `post`.
    template <class T = boost::json::value>
    boost::asio::awaitable<T> patch(std::string_view target, json_ref body = {},
                                    view_list<query_parameter> query = {}) const
    {
        return detail::send<T>(raw(http::verb::patch, target, query, body));
    }
    /// The same for DELETE, which is repeated as `get` is.
    template <class T = boost::json::value>
    boost::asio::awaitable<T> del(std::string_view target, json_ref body = {},
                                  view_list<query_parameter> query = {}) const
    {
        return detail::send<T>(raw(http::verb::del, target, query, body));
    }

private:
    friend credential_cache;

    client(std::shared_ptr<transport::connection_pool> pool,
           std::shared_ptr<const transport::call_options> options);

    detail::request_builder begin(http::verb method) const;
    OPENINT_DECL detail::prepared_call raw(http::verb method, std::string_view target,
                                           const view_list<query_parameter>& query,
                                           json_ref body) const;

    std::shared_ptr<transport::connection_pool> pool_;
    std::shared_ptr<const transport::call_options> options_;
};

} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/client.ipp>
#include <openint/impl/operations.ipp>
#endif

#endif
