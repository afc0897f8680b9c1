// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_SERVICE_HPP
#define OPENINT_TESTS_SUPPORT_SERVICE_HPP

#include "support/run.hpp"
#include "support/text.hpp"

#include <openint/client.hpp>
#include <openint/testing/mock_server.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace test {

/// For a client of this server that does not pause for long.
inline openint::client_config config_for(const openint::testing::mock_server& server)
{
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.log = said().hearing();
    config.retry.initial_delay = std::chrono::milliseconds(1);
    config.retry.max_delay = std::chrono::milliseconds(2);
    if (!server.ca_pem().empty())
        config.tls.ca_file = server.ca_file();
    return config;
}

/// A server and a client of it, on a context that the test runs.
struct service
{
    openint::testing::mock_server server;
    boost::asio::io_context io;
    openint::client client{io, config_for(server)};

    openint::testing::request sent() const { return server.requests().back(); }

    std::string get(const openint::client& c)
    {
        return run(io, c.get_connection("conn_github_1")).id;
    }
    std::string get() { return get(client); }
    openint::error fail(const openint::client& c)
    {
        return failure_of(io, c.get_connection("conn_github_1"));
    }
};

inline std::string text(const openint::error& e) { return e.what(); }

/// A service whose client tries once.
struct once : service
{
    once() { client = client.with_options({.max_retries = 0}); }

    openint::error fail() { return service::fail(client); }
    openint::error fail_with(const openint::testing::response& r)
    {
        server.next(r);
        return fail();
    }
};

/// The beginning of an answer; its fields are to be ended by CRLF.
inline std::string ok(std::string_view fields, std::string_view body = {})
{
    return "HTTP/1.1 200 OK\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

} // namespace test

#endif
