// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CLIENT_IPP
#define OPENINT_IMPL_CLIENT_IPP

// A client's handles: how one is made, and made from another. Its operations are in operations.ipp.

#include <openint/client.hpp>

#include <openint/http/target.hpp>
#include <openint/impl/configure.hpp>
#include <openint/impl/query.hpp>
#include <openint/impl/request_builder.hpp>
#include <openint/transport/connection_pool.hpp>

#include <string>
#include <utility>

namespace openint {

OPENINT_DECL client::client(const executor_type& executor)
    : client(executor, client_config::from_env())
{}

OPENINT_DECL client::client(const executor_type& executor, const client_config& config)
{
    transport::transport_options shared = detail::make_transport(config);
    options_ = detail::make_options(config, shared);
    pool_ = transport::connection_pool::make(executor, std::move(shared));
}

inline client::client(std::shared_ptr<transport::connection_pool> pool,
                      std::shared_ptr<const transport::call_options> options)
    : pool_(std::move(pool))
    , options_(std::move(options))
{}

OPENINT_DECL client client::with_options(const request_options& options) const
{
    auto o = std::make_shared<transport::call_options>(*options_);
    if (!options.token.empty())
        detail::set_token(*o, options.token);
    detail::set_times(*o, options.timeout.value_or(o->timeout),
                      options.total_timeout.value_or(o->total_timeout));
    if (options.max_retries)
        o->retry.max_retries = *options.max_retries;
    for (const header& h : options.headers) {
        const std::string_view value = h.value.value_or(std::string_view());
        if (std::string problem = detail::header_problem(h.name, value); !problem.empty()) {
            o->problem = "invalid argument: " + problem;
        } else if (h.value) {
            o->user_headers.set(std::string(h.name), std::string(value));
        } else {
            o->user_headers.erase(h.name);
            o->common_headers.erase(h.name);
        }
    }
    std::string query;
    for (const query_parameter& q : options.query)
        http::append_query(query, q.name, q.value);
    detail::replace_parameters(o->query, query);
    if (options.info)
        o->info = options.info;
    detail::render_fields(*o);
    return {pool_, std::move(o)};
}

OPENINT_DECL client client::with_token(const secret& token) const
{
    if (!token.empty())
        return with_options({.token = token.reveal()});
    auto o =
        std::make_shared<transport::call_options>(*options_); // not with the client's own instead
    o->problem = "invalid argument: the token is empty";
    return {pool_, std::move(o)};
}

OPENINT_DECL client::executor_type client::get_executor() const { return pool_->executor(); }

OPENINT_DECL detail::prepared_call client::raw(http::verb method, std::string_view target,
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
    detail::request_builder o(pool_, options_, method, std::move(whole));
    if (body)
        o.body(body);
    if (!problem.empty())
        o.invalid("invalid argument: target " + problem);
    return o;
}

} // namespace openint

#endif
