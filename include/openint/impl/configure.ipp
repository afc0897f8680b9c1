// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CONFIGURE_IPP
#define OPENINT_IMPL_CONFIGURE_IPP

// Checks what users configure, and renders it once, so that a request only copies it.

#include <openint/impl/configure.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/error.hpp>
#include <openint/http/field.hpp>
#include <openint/http/proxy.hpp>
#include <openint/http/url.hpp>
#include <openint/transport/tls.hpp>
#include <openint/version.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <utility>

namespace openint::detail {

[[noreturn]] inline void throw_invalid(const std::string& what)
{
    throw error(errc::invalid_argument, "invalid argument: " + what);
}

OPENINT_DECL std::string header_problem(std::string_view name, std::string_view value)
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
        if (equal_ignoring_case(name, r))
            return "the header " + std::string(name) + " cannot be set";
    if (!http::is_field_value(value))
        return "the value of the header " + std::string(name) + " is not valid";
    return {};
}

inline http::url parse_origin(const std::string& base_url)
{
    auto parsed = http::parse_url(base_url);
    if (!parsed)
        throw_invalid("base_url " + parsed.error());
    return std::move(*parsed);
}

inline std::string full_user_agent(const client_config& config)
{
    if (!http::is_field_value(config.user_agent))
        throw_invalid("user_agent is not a valid header value");
    return config.user_agent + (config.user_agent.empty() ? "" : " ") +
           "openint-cpp/" OPENINT_VERSION_STRING;
}

// Far enough for everybody, and near enough for clock arithmetic.
inline constexpr std::chrono::milliseconds for_ever = std::chrono::hours{24 * 365};

OPENINT_DECL transport::transport_options make_transport(const client_config& config)
{
    transport::transport_options t;
    t.origin = parse_origin(config.base_url);
    if (!config.proxy.empty()) {
        auto proxy = http::parse_proxy(config.proxy);
        if (!proxy)
            throw_invalid("proxy " + proxy.error());
        if (proxy->tls)
            throw_invalid("proxy must be an http URL");
        t.proxy = std::move(*proxy);
    }
    if (config.pool.max_connections == 0)
        throw_invalid("pool.max_connections must be at least 1");
    if (config.connect_timeout.count() < 0 || config.pool.idle_timeout.count() < 0)
        throw_invalid("a timeout is negative");
    if (config.limits.max_header < 256 ||
        config.limits.max_header > (std::numeric_limits<std::uint32_t>::max)())
        throw_invalid("limits.max_header must be from 256 to 4294967295");
    t.tls = t.origin.tls ? transport::make_tls_context(config.tls) : nullptr;
    t.verify = config.tls.verify;
    t.connect_timeout = (std::min<std::chrono::nanoseconds>)(config.connect_timeout, for_ever);
    t.max_connections = config.pool.max_connections;
    t.idle_timeout = (std::min)(config.pool.idle_timeout, for_ever);
    t.limits = {.header = config.limits.max_header, .body = config.limits.max_body};
    t.user_agent = full_user_agent(config);
    t.log = config.log;
    return t;
}

inline void add_line(std::string& fields, std::string_view name, std::string_view value)
{
    fields.append(name).append(": ").append(value).append("\r\n");
}

// Renders what every request of a handle begins with.
OPENINT_DECL void render_fields(transport::call_options& o)
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

OPENINT_DECL void set_token(transport::call_options& o, std::string_view token)
{
    if (!http::is_field_value(token) || token.find(' ') != std::string_view::npos)
        o.problem = "invalid argument: the token has spaces or control characters";
    else
        o.token = secret(token);
}

OPENINT_DECL void set_times(transport::call_options& o, std::chrono::nanoseconds timeout,
                            std::chrono::nanoseconds total_timeout)
{
    if (timeout.count() < 0 || total_timeout.count() < 0)
        o.problem = "invalid argument: a timeout is negative";
    o.timeout = (std::min<std::chrono::nanoseconds>)(timeout, for_ever);
    o.total_timeout = (std::min<std::chrono::nanoseconds>)(total_timeout, for_ever);
}

OPENINT_DECL std::shared_ptr<const transport::call_options>
make_options(const client_config& config, const transport::transport_options& t)
{
    auto o = std::make_shared<transport::call_options>();
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
            throw_invalid(problem);
    o->user_headers = config.headers;
    o->retry = config.retry;
    set_times(*o, config.timeout, config.total_timeout);
    set_token(*o, config.token.reveal());
    if (!o->problem.empty())
        throw error(errc::invalid_argument, o->problem);
    render_fields(*o);
    return o;
}

} // namespace openint::detail

#endif
