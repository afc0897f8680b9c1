// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The same with Boost.Beast and Boost.JSON alone: a request over TLS, with its operations, and the
// answer through value_to into structs with the same members. Without pool, retries, redirects,
// compression, and most of the errors.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace app {

struct credentials
{
    std::string access_token;
    std::optional<std::string> client_id, scope, refresh_token;
    std::optional<double> expires_in;
    std::optional<std::string> expires_at, token_type;
    std::optional<boost::json::object> raw;
};
BOOST_DESCRIBE_STRUCT(credentials, (),
                      (access_token, client_id, scope, refresh_token, expires_in, expires_at,
                       token_type, raw))

struct oauth
{
    std::optional<app::credentials> credentials;
    std::optional<std::string> created_at, updated_at, last_fetched_at;
    std::optional<boost::json::object> metadata;
};
BOOST_DESCRIBE_STRUCT(oauth, (), (credentials, created_at, updated_at, last_fetched_at, metadata))

struct settings
{
    std::optional<app::oauth> oauth;
    std::optional<std::string> access_token;
};
BOOST_DESCRIBE_STRUCT(settings, (), (oauth, access_token))

struct connector
{
    std::string name;
    std::optional<std::string> display_name, logo_url, stage;
    std::optional<std::vector<std::string>> platforms;
    std::optional<boost::json::object> schemas;
};
BOOST_DESCRIBE_STRUCT(connector, (), (name, display_name, logo_url, stage, platforms, schemas))

struct integration
{
    std::string id, name;
    std::optional<std::string> connector_name, logo_url;
    std::optional<boost::json::object> extra;
};
BOOST_DESCRIBE_STRUCT(integration, (), (id, name, connector_name, logo_url, extra))

struct connection
{
    std::string id;
    std::optional<std::string> customer_id, connector_config_id, integration_id, status_message;
    std::string created_at, updated_at;
    std::optional<std::string> display_name;
    std::optional<bool> disabled;
    std::optional<std::string> status;
    std::optional<boost::json::object> metadata;
    std::string connector_name;
    std::optional<app::settings> settings;
    std::optional<app::connector> connector;
    std::optional<app::integration> integration;
};
BOOST_DESCRIBE_STRUCT(connection, (),
                      (id, customer_id, connector_config_id, integration_id, status_message,
                       created_at, updated_at, display_name, disabled, status, metadata,
                       connector_name, settings, connector, integration))

// value_to's own conversion demands each member, and no other.
template <class T>
requires boost::describe::has_describe_members<T>::value && std::is_class_v<T>
    T tag_invoke(const boost::json::value_to_tag<T>&, const boost::json::value& from)
{
    T value;
    const boost::json::object& object = from.as_object();
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto d) {
            using member = std::remove_reference_t<decltype(value.*d.pointer)>;
            const auto found = object.find(d.name);
            if (found != object.end() && !found->value().is_null())
                value.*d.pointer = boost::json::value_to<member>(found->value());
        });
    return value;
}

asio::awaitable<connection> get_connection(asio::ssl::context& tls, std::string host,
                                           std::string token, std::string id)
{
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    asio::ip::tcp::resolver resolver(executor);
    const auto addresses = co_await resolver.async_resolve(host, "443", asio::use_awaitable);

    beast::ssl_stream<beast::tcp_stream> stream(executor, tls);
    SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
    stream.set_verify_callback(asio::ssl::host_name_verification(host));
    beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(60));
    co_await beast::get_lowest_layer(stream).async_connect(addresses, asio::use_awaitable);
    co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);

    http::request<http::empty_body> request{
        http::verb::get, "/v1/connection/" + id + "?include_secrets=true&expand=connector", 11};
    request.set(http::field::host, host);
    request.set(http::field::authorization, "Bearer " + token);
    request.set(http::field::accept, "application/json");
    co_await http::async_write(stream, request, asio::use_awaitable);

    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    co_await http::async_read(stream, buffer, response, asio::use_awaitable);
    if (response.result() != http::status::ok)
        throw std::runtime_error("status " + std::to_string(response.result_int()));
    co_return boost::json::value_to<connection>(boost::json::parse(response.body()));
}

} // namespace app

asio::awaitable<void> show(asio::ssl::context& tls, std::string token, std::string id)
{
    const app::connection conn = co_await app::get_connection(tls, "api.openint.dev", token, id);
    const bool usable =
        !conn.disabled.value_or(false) && conn.status != "disconnected" && conn.status != "error";
    std::cout << conn.id << (usable ? " is usable\n" : " needs attention\n");
}

int main(int argc, char** argv)
{
    asio::io_context io;
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.set_default_verify_paths();
    tls.set_verify_mode(asio::ssl::verify_peer);
    const char* token = std::getenv("OPENINT_API_KEY");
    asio::co_spawn(io, show(tls, token ? token : "", argc > 1 ? argv[1] : "conn_1"),
                   [](std::exception_ptr e) {
                       if (e)
                           std::rethrow_exception(e);
                   });
    io.run();
}
