// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contender.hpp"

#include <openint.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>

// This library, header-only, as its users have it: everything as it is by default, except that the
// pool is as large as the number of requests in flight.

namespace asio = boost::asio;

namespace bench {
namespace {

openint::client_config config_for(const setup& s, bool pooled)
{
    openint::client_config config;
    config.token = openint::secret(api_key);
    config.base_url = s.url() + "/v1";
    config.tls.ca_file = s.ca_file;
    config.pool.max_connections = s.in_flight;
    if (!pooled)
        config.pool.idle_timeout = {};
    return config;
}

class client_loop final : public contender
{
public:
    client_loop(const setup& s, bool pooled)
        : in_flight_(s.in_flight)
        , client_(io_, config_for(s, pooled))
    {
        for (std::size_t i = 0; i != document_count; ++i)
            ids_.push_back(id_of(i));
    }

    void run(ledger& l) override
    {
        for (std::size_t i = 0; i != in_flight_; ++i)
            asio::co_spawn(io_, ask(l), [](std::exception_ptr e) {
                if (e)
                    std::rethrow_exception(e);
            });
        io_.restart();
        io_.run();
    }

private:
    asio::awaitable<void> ask(ledger& l)
    {
        for (std::size_t number = 0; l.next(number);) {
            const openint::connection got = co_await client_.get_connection(
                ids_[number % document_count],
                {.include_secrets = true, .expand = openint::connection_expand::connector});
            l.answered(number, got.id, got.access_token().reveal());
        }
    }

    std::size_t in_flight_;
    std::vector<std::string> ids_;
    asio::io_context io_{1};
    openint::client client_;
};

class reading final : public contender
{
public:
    reading()
    {
        for (std::size_t i = 0; i != document_count; ++i)
            texts_.push_back(document_of(i));
    }

    void run(ledger& l) override
    {
        for (std::size_t number = 0; l.next(number);) {
            const auto got =
                openint::json::read<openint::connection>(texts_[number % document_count]);
            l.answered(number, got.id, got.access_token().reveal());
        }
    }

private:
    std::vector<std::string> texts_;
};

} // namespace

std::unique_ptr<contender> make_openint(const setup& s)
{
    return std::make_unique<client_loop>(s, true);
}

std::unique_ptr<contender> make_openint_unpooled(const setup& s)
{
    return std::make_unique<client_loop>(s, false);
}

std::unique_ptr<contender> make_reading(const setup&) { return std::make_unique<reading>(); }

} // namespace bench
