// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contender.hpp"

#include <openint/connection.hpp>
#include <openint/json/names.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/describe/members.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <boost/mp11/algorithm.hpp>

#include <chrono>
#include <exception>
#include <vector>

// What one writes with Boost.Beast and Boost.JSON: its own operations, a response and a document
// per request, a deadline on the stream, connections kept; then value_to the same structs.

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

// value_to's conversions. Its own for described classes demands each member, and no other.
namespace openint {

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

template <class E>
open_enum<E> tag_invoke(const boost::json::value_to_tag<open_enum<E>>&,
                        const boost::json::value& from)
{
    return open_enum<E>(std::string_view(from.as_string()));
}

inline secret tag_invoke(const boost::json::value_to_tag<secret>&, const boost::json::value& from)
{
    return secret(std::string_view(from.as_string()));
}

inline timestamp tag_invoke(const boost::json::value_to_tag<timestamp>&,
                            const boost::json::value& from)
{
    return timestamp(std::string_view(from.as_string()));
}

inline secret_json tag_invoke(const boost::json::value_to_tag<secret_json>&,
                              const boost::json::value& from)
{
    return secret_json(from.as_object());
}

} // namespace openint

namespace bench {
namespace {

class beast_loop final : public contender
{
public:
    explicit beast_loop(const setup& s)
        : setup_(s)
    {
        if (s.tls())
            context_.load_verify_file(s.ca_file);
        for (std::size_t i = 0; i != document_count; ++i)
            targets_.push_back(target_of(i));
        const asio::ip::tcp::endpoint server(asio::ip::make_address_v4("127.0.0.1"),
                                             static_cast<asio::ip::port_type>(std::stoi(s.port)));
        for (std::size_t i = 0; i != s.in_flight; ++i)
            if (s.tls()) {
                auto& stream = *tls_.emplace_back(
                    std::make_unique<beast::ssl_stream<beast::tcp_stream>>(io_, context_));
                beast::get_lowest_layer(stream).connect(server);
                beast::get_lowest_layer(stream).socket().set_option(asio::ip::tcp::no_delay(true));
                stream.set_verify_mode(asio::ssl::verify_peer);
                stream.set_verify_callback(asio::ssl::host_name_verification("127.0.0.1"));
                stream.handshake(asio::ssl::stream_base::client);
            } else {
                auto& stream = *plain_.emplace_back(std::make_unique<beast::tcp_stream>(io_));
                stream.connect(server);
                stream.socket().set_option(asio::ip::tcp::no_delay(true));
            }
    }

    void run(ledger& l) override
    {
        for (const auto& s : plain_)
            asio::co_spawn(io_, ask(l, *s), rethrow);
        for (const auto& s : tls_)
            asio::co_spawn(io_, ask(l, *s), rethrow);
        io_.restart();
        io_.run();
    }

private:
    static void rethrow(std::exception_ptr e)
    {
        if (e)
            std::rethrow_exception(e);
    }

    template <class Stream>
    asio::awaitable<void> ask(ledger& l, Stream& stream)
    {
        const std::string host = "127.0.0.1:" + setup_.port;
        const std::string authorization = std::string("Bearer ") + api_key;
        beast::flat_buffer buffer;
        for (std::size_t number = 0; l.next(number);) {
            http::request<http::empty_body> request{http::verb::get,
                                                    targets_[number % document_count], 11};
            request.set(http::field::host, host);
            request.set(http::field::user_agent, "bench");
            request.set(http::field::accept, "application/json");
            request.set(http::field::authorization, authorization);
            beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(60));
            co_await http::async_write(stream, request, asio::use_awaitable);

            http::response<http::string_body> response;
            co_await http::async_read(stream, buffer, response, asio::use_awaitable);
            if (response.result() != http::status::ok)
                throw std::runtime_error("an error answer");
            const auto got =
                boost::json::value_to<openint::connection>(boost::json::parse(response.body()));
            l.answered(number, got.id, got.access_token().reveal());
        }
        beast::get_lowest_layer(stream).expires_never();
    }

    const setup setup_;
    std::vector<std::string> targets_;
    asio::io_context io_{1};
    asio::ssl::context context_{asio::ssl::context::tls_client};
    std::vector<std::unique_ptr<beast::tcp_stream>> plain_;
    std::vector<std::unique_ptr<beast::ssl_stream<beast::tcp_stream>>> tls_;
};

} // namespace

std::unique_ptr<contender> make_beast(const setup& s) { return std::make_unique<beast_loop>(s); }

} // namespace bench
