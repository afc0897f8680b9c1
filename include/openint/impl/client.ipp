// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CLIENT_IPP
#define OPENINT_IMPL_CLIENT_IPP

#include <openint/client.hpp>

#include <openint/detail/operation_builder.hpp>
#include <openint/http/pool.hpp>
#include <openint/http/proxy.hpp>
#include <openint/http/send.hpp>
#include <openint/http/tls.hpp>
#include <openint/json.hpp>
#include <openint/version.hpp>

#include <boost/beast/core/string.hpp>

#include <array>
#include <limits>
#include <utility>

namespace openint {
namespace detail {

[[noreturn]] inline void refuse(const std::string& what)
{
    throw error(errc::invalid_argument, "invalid argument: " + what);
}

inline std::string header_problem(std::string_view name, std::string_view value)
{
    // Fields that the library itself answers for.
    constexpr std::array<std::string_view, 13> reserved{"Host",
                                                        "Keep-Alive",
                                                        "Proxy-Connection",
                                                        "Trailer",
                                                        "Authorization",
                                                        "Content-Length",
                                                        "Transfer-Encoding",
                                                        "Connection",
                                                        "Upgrade",
                                                        "TE",
                                                        "Proxy-Authorization",
                                                        "Content-Type",
                                                        "Expect"};
    if (!http::is_token(name))
        return "a header name is not valid";
    for (const std::string_view r : reserved)
        if (boost::beast::iequals(name, r))
            return "the header " + std::string(name) + " cannot be set";
    if (!http::is_field_value(value))
        return "the value of the header " + std::string(name) + " is not valid";
    return {};
}

inline http::url parse_origin(const std::string& base_url)
{
    auto parsed = http::parse_url(base_url);
    if (!parsed)
        refuse("base_url " + parsed.error());
    return std::move(*parsed);
}

// Far enough for everybody, and near enough for clock arithmetic.
inline constexpr std::chrono::milliseconds for_ever = std::chrono::hours{24 * 365};

inline http::transport_options make_transport(const client_config& config)
{
    http::transport_options t;
    t.origin = parse_origin(config.base_url);
    if (!config.proxy.empty()) {
        auto proxy = http::parse_proxy(config.proxy);
        if (!proxy)
            refuse("proxy " + proxy.error());
        if (proxy->tls)
            refuse("proxy must be an http URL");
        t.proxy = std::move(*proxy);
    }
    if (config.pool.max_connections == 0)
        refuse("pool.max_connections must be at least 1");
    if (config.connect_timeout.count() < 0 || config.pool.idle_timeout.count() < 0)
        refuse("a timeout is negative");
    if (config.limits.max_header < 256 ||
        config.limits.max_header > std::numeric_limits<std::uint32_t>::max())
        refuse("limits.max_header must be from 256 to 4294967295");
    t.tls = t.origin.tls ? http::make_tls_context(config.tls) : nullptr;
    t.verify = config.tls.verify;
    t.connect_timeout = std::min<std::chrono::nanoseconds>(config.connect_timeout, for_ever);
    t.max_connections = config.pool.max_connections;
    t.idle_timeout = std::min(config.pool.idle_timeout, for_ever);
    t.limits = {.header = config.limits.max_header, .body = config.limits.max_body};
    t.log = config.log;
    return t;
}

inline std::string full_user_agent(const client_config& config)
{
    if (!http::is_field_value(config.user_agent))
        refuse("user_agent is not a valid header value");
    return config.user_agent + (config.user_agent.empty() ? "" : " ") +
           "openint-cpp/" OPENINT_VERSION_STRING;
}

inline void add_line(std::string& fields, std::string_view name, std::string_view value)
{
    fields.append(name).append(": ").append(value).append("\r\n");
}

// Renders what every request of a handle begins with.
inline void render_fields(http::send_options& o)
{
    o.public_fields.clear();
    for (const auto& [name, value] : o.common_headers)
        if (!o.user_headers.contains(name))
            add_line(o.public_fields, name, value);
    for (const auto& [name, value] : o.user_headers)
        add_line(o.public_fields, name, value);
    if (o.token.empty()) {
        o.fields = {};
        return;
    }
    std::string with_token;
    with_token.reserve(o.public_fields.size() + o.token.reveal().size() + 32);
    with_token += o.public_fields;
    add_line(with_token, "Authorization", "Bearer ");
    with_token.resize(with_token.size() - 2);
    with_token.append(o.token.reveal()).append("\r\n");
    o.fields = secret(std::move(with_token));
}

inline void set_token(http::send_options& o, std::string_view token)
{
    if (!http::is_field_value(token) || token.find(' ') != std::string_view::npos)
        o.problem = "invalid argument: the token has spaces or control characters";
    else
        o.token = secret(token);
}

inline void set_times(http::send_options& o, std::chrono::nanoseconds timeout,
                      std::chrono::nanoseconds total_timeout)
{
    if (timeout.count() < 0 || total_timeout.count() < 0)
        o.problem = "invalid argument: a timeout is negative";
    o.timeout = std::min<std::chrono::nanoseconds>(timeout, for_ever);
    o.total_timeout = std::min<std::chrono::nanoseconds>(total_timeout, for_ever);
}

inline std::shared_ptr<const http::send_options> make_options(const client_config& config,
                                                              const http::transport_options& t)
{
    auto o = std::make_shared<http::send_options>();
    o->base_path = t.origin.path;
    o->common_headers = {{"Host", t.origin.authority()},
                         {"User-Agent", t.user_agent},
                         {"Accept", "application/json"}};
    if (config.compression)
        o->common_headers.add("Accept-Encoding", "gzip");
    if (t.proxy && t.proxy->credentials && !t.tls)
        o->common_headers.add("Proxy-Authorization", http::proxy_authorization(*t.proxy));
    for (const auto& [name, value] : config.headers)
        if (std::string problem = header_problem(name, value); !problem.empty())
            refuse(problem);
    o->user_headers = config.headers;
    o->retry = config.retry;
    set_times(*o, config.timeout, config.total_timeout);
    set_token(*o, config.token.reveal());
    if (!o->problem.empty())
        throw error(errc::invalid_argument, o->problem);
    render_fields(*o);
    return o;
}

} // namespace detail

OPENINT_DECL client::client(const executor_type& executor)
    : client(executor, client_config::from_env())
{}

OPENINT_DECL client::client(const executor_type& executor, const client_config& config)
{
    http::transport_options transport = detail::make_transport(config);
    transport.user_agent = detail::full_user_agent(config);
    options_ = detail::make_options(config, transport);
    pool_ = http::pool::make(executor, std::move(transport));
}

inline client::client(std::shared_ptr<http::pool> pool,
                      std::shared_ptr<const http::send_options> options)
    : pool_(std::move(pool))
    , options_(std::move(options))
{}

OPENINT_DECL client client::with_options(const request_options& options) const
{
    auto o = std::make_shared<http::send_options>(*options_);
    if (!options.token.empty())
        detail::set_token(*o, options.token);
    detail::set_times(*o, options.timeout.value_or(o->timeout),
                      options.total_timeout.value_or(o->total_timeout));
    if (options.max_retries)
        o->retry.max_retries = *options.max_retries;
    for (const header& h : options.headers) {
        if (std::string problem = detail::header_problem(h.name, h.value); !problem.empty())
            o->problem = "invalid argument: " + problem;
        else
            o->user_headers.set(std::string(h.name), std::string(h.value));
    }
    for (const query_parameter& q : options.query) {
        std::string rendered;
        http::append_query(rendered, q.name, q.value);
        o->query.append(o->query.empty() ? "" : "&").append(rendered, 1);
    }
    if (options.info)
        o->info = options.info;
    detail::render_fields(*o);
    return {pool_, std::move(o)};
}

OPENINT_DECL client client::with_token(const secret& token) const
{
    if (!token.empty())
        return with_options({.token = token.reveal()});
    auto o = std::make_shared<http::send_options>(*options_); // not with the client's own instead
    o->problem = "invalid argument: the token is empty";
    return {pool_, std::move(o)};
}

OPENINT_DECL client::executor_type client::get_executor() const { return pool_->executor(); }

inline detail::operation_builder client::begin(http::verb method) const
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
    return detail::call<connection>(
        begin(http::verb::get).path("/connection/").segment("id", id).query(params));
}

OPENINT_OPERATION boost::asio::awaitable<page<connection>>
client::list_connections(list_connections_params params) const
{
    return detail::call<page<connection>>(begin(http::verb::get).path("/connection").query(params));
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
    return detail::call<connection>(begin(http::verb::post).path("/connection").body(params));
}

OPENINT_OPERATION boost::asio::awaitable<deleted>
client::delete_connection(std::string_view id) const
{
    return detail::call<deleted>(begin(http::verb::del).path("/connection/").segment("id", id));
}

OPENINT_OPERATION boost::asio::awaitable<connection_check>
client::check_connection(std::string_view id) const
{
    return detail::call<connection_check>(
        begin(http::verb::post).path("/connection/").segment("id", id).path("/check"));
}

OPENINT_OPERATION boost::asio::awaitable<page<listed_connector>>
client::list_connectors(list_connectors_params params) const
{
    return detail::call<page<listed_connector>>(
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
    return detail::call<connector_status_info>(
        begin(http::verb::get).path("/connector-status").without_token());
}

OPENINT_OPERATION boost::asio::awaitable<connector_config>
client::get_connector_config(std::string_view id, get_connector_config_params params) const
{
    return detail::call<connector_config>(
        begin(http::verb::get).path("/connector-config/").segment("id", id).query(params));
}

OPENINT_OPERATION boost::asio::awaitable<page<connector_config>>
client::list_connector_configs(list_connector_configs_params params) const
{
    return detail::call<page<connector_config>>(
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
    return detail::call<connector_config>(
        begin(http::verb::post).path("/connector-config").body(params));
}

OPENINT_OPERATION boost::asio::awaitable<connector_config>
client::update_connector_config(std::string_view id, update_connector_config_params params) const
{
    return detail::call<connector_config>(
        begin(http::verb::put).path("/connector-config/").segment("id", id).body(params));
}

OPENINT_OPERATION boost::asio::awaitable<deleted>
client::delete_connector_config(std::string_view id) const
{
    return detail::call<deleted>(
        begin(http::verb::del).path("/connector-config/").segment("id", id));
}

OPENINT_OPERATION boost::asio::awaitable<page<customer_summary>>
client::list_customers(list_customers_params params) const
{
    return detail::call<page<customer_summary>>(
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
    return detail::call<customer>(begin(http::verb::put).path("/customer").body(params));
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
        o.refuse("invalid argument: customer_id has characters that a URL must encode");
    return detail::call<customer_token>(std::move(o));
}

OPENINT_OPERATION boost::asio::awaitable<page<event>>
client::list_events(list_events_params params) const
{
    return detail::call<page<event>>(begin(http::verb::get).path("/event").query(params));
}

OPENINT_OPERATION pager<event> client::list_events_pages(list_events_params params) const
{
    return pager<event>(detail::list_position(
        begin(http::verb::get).path("/event").list_query(params), params.limit, params.offset));
}

OPENINT_OPERATION boost::asio::awaitable<viewer_info> client::viewer() const
{
    return detail::call<viewer_info>(begin(http::verb::get).path("/viewer").without_token());
}

OPENINT_OPERATION boost::asio::awaitable<health_info> client::health() const
{
    return detail::call<health_info>(begin(http::verb::get).path("/health").without_token());
}

OPENINT_OPERATION boost::asio::awaitable<boost::json::value>
client::health_echo(json_ref body) const
{
    return detail::call<boost::json::value>(
        begin(http::verb::post).path("/health").body(body).without_token());
}

OPENINT_OPERATION boost::asio::awaitable<webhook_result>
client::handle_webhook(std::string_view connector_name, json_ref body) const
{
    return detail::call<webhook_result>(begin(http::verb::post)
                                            .path("/webhook/")
                                            .segment("connector_name", connector_name)
                                            .body(body)
                                            .without_token());
}

OPENINT_OPERATION boost::asio::awaitable<code_template>
client::message_template(message_template_params params) const
{
    return detail::call<code_template>(
        begin(http::verb::get).path("/ai/message_template").query(params));
}

OPENINT_DECL detail::operation client::raw(http::verb method, std::string_view target,
                                           const view_list<query_parameter>& query,
                                           json_ref body) const
{
    const bool from_root = target.starts_with('/');
    std::string whole = from_root ? std::string() : options_->base_path + "/";
    whole += target;
    std::string problem = http::check_target(whole);
    if (!from_root && target.substr(0, target.find_first_of("/?")).find(':') != target.npos)
        problem = "begins with a scheme"; // RFC 3986, 4.2
    for (const query_parameter& q : query)
        http::append_query(whole, q.name, q.value);
    detail::operation_builder o(pool_, options_, method, std::move(whole));
    if (body)
        o.body(body);
    if (!problem.empty())
        o.refuse("invalid argument: target " + problem);
    return o;
}

} // namespace openint

#endif
