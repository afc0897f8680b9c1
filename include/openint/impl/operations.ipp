// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_OPERATIONS_IPP
#define OPENINT_IMPL_OPERATIONS_IPP

// Every operation of the API: its method, its path, its parameters and its body. Each one consumes
// its views here; the coroutine that it returns owns what it needs.

#include <openint/client.hpp>

#include <openint/http/target.hpp>
#include <openint/impl/request_builder.hpp>
#include <openint/log.hpp>
#include <openint/transport/connection_pool.hpp>

#include <string_view>
#include <utility>

namespace openint {

inline detail::request_builder client::begin(http::verb method) const
{
    return {pool_, options_, method, options_->base_path};
}

OPENINT_OPERATION boost::asio::awaitable<connection>
client::get_connection(std::string_view id, get_connection_params params) const
{
    if (params.refresh_policy && !params.include_secrets)
        detail::write_log(pool_->options().log,
                          {.level = log_level::warn,
                           .kind = log_kind::usage,
                           .method = "GET",
                           .target = "/connection/{id}",
                           .message = "refresh_policy has no effect without include_secrets"});
    return detail::send<connection>(
        begin(http::verb::get).path("/connection/").id(id).query(params));
}

OPENINT_OPERATION boost::asio::awaitable<page<connection>>
client::list_connections(list_connections_params params) const
{
    return detail::send<page<connection>>(begin(http::verb::get).path("/connection").query(params));
}

OPENINT_OPERATION pager<connection>
client::list_connections_pages(list_connections_params params) const
{
    return pager<connection>(
        detail::list_position(begin(http::verb::get).path("/connection").list_query(params),
                              params.limit, params.offset));
}

OPENINT_OPERATION boost::asio::awaitable<connection>
client::create_connection(create_connection_params params) const
{
    return detail::send<connection>(begin(http::verb::post).path("/connection").body(params));
}

OPENINT_OPERATION boost::asio::awaitable<deleted>
client::delete_connection(std::string_view id) const
{
    return detail::send<deleted>(begin(http::verb::del).path("/connection/").id(id));
}

OPENINT_OPERATION boost::asio::awaitable<connection_check>
client::check_connection(std::string_view id) const
{
    return detail::send<connection_check>(
        begin(http::verb::post).path("/connection/").id(id).path("/check"));
}

OPENINT_OPERATION boost::asio::awaitable<page<listed_connector>>
client::list_connectors(list_connectors_params params) const
{
    return detail::send<page<listed_connector>>(
        begin(http::verb::get).path("/connector").query(params).without_token());
}

OPENINT_OPERATION pager<listed_connector>
client::list_connectors_pages(list_connectors_params params) const
{
    return pager<listed_connector>(detail::list_position(
        begin(http::verb::get).path("/connector").list_query(params).without_token(), params.limit,
        params.offset));
}

OPENINT_OPERATION boost::asio::awaitable<connector_status_info> client::connector_status() const
{
    return detail::send<connector_status_info>(
        begin(http::verb::get).path("/connector-status").without_token());
}

OPENINT_OPERATION boost::asio::awaitable<connector_config>
client::get_connector_config(std::string_view id, get_connector_config_params params) const
{
    return detail::send<connector_config>(
        begin(http::verb::get).path("/connector-config/").id(id).query(params));
}

OPENINT_OPERATION boost::asio::awaitable<page<connector_config>>
client::list_connector_configs(list_connector_configs_params params) const
{
    return detail::send<page<connector_config>>(
        begin(http::verb::get).path("/connector-config").query(params));
}

OPENINT_OPERATION pager<connector_config>
client::list_connector_configs_pages(list_connector_configs_params params) const
{
    return pager<connector_config>(
        detail::list_position(begin(http::verb::get).path("/connector-config").list_query(params),
                              params.limit, params.offset));
}

OPENINT_OPERATION boost::asio::awaitable<connector_config>
client::create_connector_config(create_connector_config_params params) const
{
    return detail::send<connector_config>(
        begin(http::verb::post).path("/connector-config").body(params));
}

OPENINT_OPERATION boost::asio::awaitable<connector_config>
client::update_connector_config(std::string_view id, update_connector_config_params params) const
{
    return detail::send<connector_config>(
        begin(http::verb::put).path("/connector-config/").id(id).body(params));
}

OPENINT_OPERATION boost::asio::awaitable<deleted>
client::delete_connector_config(std::string_view id) const
{
    return detail::send<deleted>(begin(http::verb::del).path("/connector-config/").id(id));
}

OPENINT_OPERATION boost::asio::awaitable<page<customer_summary>>
client::list_customers(list_customers_params params) const
{
    return detail::send<page<customer_summary>>(
        begin(http::verb::get).path("/customer").query(params));
}

OPENINT_OPERATION pager<customer_summary>
client::list_customers_pages(list_customers_params params) const
{
    return pager<customer_summary>(detail::list_position(
        begin(http::verb::get).path("/customer").list_query(params), params.limit, params.offset));
}

OPENINT_OPERATION boost::asio::awaitable<customer>
client::upsert_customer(upsert_customer_params params) const
{
    return detail::send<customer>(begin(http::verb::put)
                                      .path("/customer")
                                      .answered_id(params.id.value_or(std::string_view()))
                                      .body(params));
}

OPENINT_OPERATION boost::asio::awaitable<customer_token>
client::create_token(std::string_view customer_id, create_token_params params) const
{
    auto o = begin(http::verb::post)
                 .path("/customer/")
                 .segment("customer_id", customer_id)
                 .path("/token")
                 .body(params);
    if (http::needs_encoding(customer_id)) // the server would store the encoded text
        o.invalid("invalid argument: customer_id has characters that a URL must encode");
    return detail::send<customer_token>(std::move(o));
}

OPENINT_OPERATION boost::asio::awaitable<page<event>>
client::list_events(list_events_params params) const
{
    return detail::send<page<event>>(begin(http::verb::get).path("/event").query(params));
}

OPENINT_OPERATION pager<event> client::list_events_pages(list_events_params params) const
{
    return pager<event>(detail::list_position(
        begin(http::verb::get).path("/event").list_query(params), params.limit, params.offset));
}

OPENINT_OPERATION boost::asio::awaitable<viewer_info> client::viewer() const
{
    return detail::send<viewer_info>(begin(http::verb::get).path("/viewer").without_token());
}

OPENINT_OPERATION boost::asio::awaitable<health_info> client::health() const
{
    return detail::send<health_info>(begin(http::verb::get).path("/health").without_token());
}

OPENINT_OPERATION boost::asio::awaitable<boost::json::value>
client::health_echo(json_ref body) const
{
    return detail::send<boost::json::value>(
        begin(http::verb::post).path("/health").body(body).without_token());
}

OPENINT_OPERATION boost::asio::awaitable<webhook_result>
client::handle_webhook(std::string_view connector_name, json_ref body) const
{
    return detail::send<webhook_result>(begin(http::verb::post)
                                            .path("/webhook/")
                                            .segment("connector_name", connector_name)
                                            .body(body)
                                            .without_token());
}

OPENINT_OPERATION boost::asio::awaitable<code_template>
client::message_template(message_template_params params) const
{
    return detail::send<code_template>(
        begin(http::verb::get).path("/ai/message_template").query(params));
}

} // namespace openint

#endif
