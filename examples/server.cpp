// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// An HTTP server on several threads. For every request it takes the credentials of a connection
// from the cache, calls the service behind it with its token, renews the token if that is not
// accepted, and answers with what the service has said.
//
//     server [PORT [THREADS]]          GET /accounts/conn_github_1
//
// SIGTERM or SIGINT stops it: it accepts nothing new, answers what it has read, and ends. With
// OPENINT_API_KEY set it asks OpenInt; without, a server that it starts itself. The service behind
// the connections is always one that it starts itself.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/describe/class.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace testing = openint::testing;
using namespace std::chrono_literals;
using tcp = asio::ip::tcp;

// What the server answers.
struct account
{
    std::string connection;
    std::string connector;
    std::string login; // what the service calls the account
};
BOOST_DESCRIBE_STRUCT(account, (), (connection, connector, login))

// The part of the service's answer that is used.
struct profile
{
    std::string login;
};
BOOST_DESCRIBE_STRUCT(profile, (), (login))

struct problem
{
    std::string message;
};
BOOST_DESCRIBE_STRUCT(problem, (), (message))

namespace {

// A connection of ours to the service that the customers' connections lead to.
class service
{
public:
    service(const asio::any_io_executor& executor, tcp::endpoint server)
        : stream_(executor)
        , server_(std::move(server))
    {}

    // Nothing if the token is not accepted.
    asio::awaitable<std::optional<profile>> who_am_i(const openint::secret& token)
    {
        http::request<http::empty_body> request{http::verb::get, "/user", 11};
        request.set(http::field::host, server_.address().to_string());
        request.set(http::field::authorization, "Bearer " + std::string(token.reveal()));

        stream_.expires_after(10s);
        if (!stream_.socket().is_open())
            co_await stream_.async_connect(server_, asio::use_awaitable);
        http::response<http::string_body> response;
        try {
            co_await http::async_write(stream_, request, asio::use_awaitable);
            co_await http::async_read(stream_, buffer_, response, asio::use_awaitable);
        } catch (...) {
            stream_.close(); // the next call opens a new one
            throw;
        }
        if (!response.keep_alive())
            stream_.close();
        if (response.result() == http::status::unauthorized)
            co_return std::nullopt;
        if (response.result() != http::status::ok)
            throw std::runtime_error("the service answered with status " +
                                     std::to_string(response.result_int()));
        co_return openint::json::read<profile>(response.body());
    }

private:
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    tcp::endpoint server_;
};

// A client's connection. Everything happens on its strand.
class session : public std::enable_shared_from_this<session>
{
public:
    session(tcp::socket socket, openint::credential_cache cache, tcp::endpoint server)
        : stream_(std::move(socket))
        , cache_(std::move(cache))
        , service_(stream_.get_executor(), std::move(server))
    {}

    asio::any_io_executor executor() { return stream_.get_executor(); }

    // `self` keeps the session alive as long as it runs.
    static asio::awaitable<void> run(std::shared_ptr<session> self)
    {
        while (!self->stopping_)
            co_await self->serve_one();
    }

    // From any thread: ends the session after the request that is being answered.
    void stop()
    {
        asio::post(stream_.get_executor(), [self = shared_from_this()] {
            self->stopping_ = true;
            if (self->waiting_)
                self->stream_.cancel();
        });
    }

private:
    asio::awaitable<void> serve_one()
    {
        http::request<http::string_body> request;
        beast::error_code ec;
        waiting_ = true;
        stream_.expires_after(60s);
        co_await http::async_read(stream_, buffer_, request,
                                  asio::redirect_error(asio::use_awaitable, ec));
        waiting_ = false;
        if (ec) { // closed by the client, too slow, not HTTP, or stopped
            stopping_ = true;
            co_return;
        }

        http::response<http::string_body> response = co_await answer(request);
        response.keep_alive(request.keep_alive() && !stopping_);
        response.prepare_payload();
        stream_.expires_after(60s);
        co_await http::async_write(stream_, response,
                                   asio::redirect_error(asio::use_awaitable, ec));
        if (ec || !response.keep_alive())
            stopping_ = true;
    }

    asio::awaitable<http::response<http::string_body>>
    answer(const http::request<http::string_body>& request)
    {
        constexpr std::string_view path = "/accounts/";
        const std::string_view target(request.target().data(), request.target().size());
        if (request.method() != http::verb::get || !target.starts_with(path))
            co_return respond(http::status::not_found, problem{"try GET /accounts/{connection}"});

        try {
            openint::credentials conn = co_await cache_.get(target.substr(path.size()));
            std::optional<profile> user = co_await service_.who_am_i(conn->access_token());
            if (!user) { // revoked, or renewed elsewhere
                conn = co_await cache_.renew(conn);
                user = co_await service_.who_am_i(conn->access_token());
            }
            if (!user)
                co_return respond(http::status::conflict, problem{"please connect again"});
            co_return respond(http::status::ok,
                              account{conn->id, conn->connector_name, user->login});
        } catch (const openint::error& e) {
            if (e.code() == openint::errc::no_credentials)
                co_return respond(http::status::conflict, problem{"please connect again"});
            if (e.code() == openint::condition::not_found)
                co_return respond(http::status::not_found, problem{"no such account"});
            std::cerr << e.what() << '\n';
        } catch (const std::exception& e) {
            std::cerr << e.what() << '\n';
        }
        co_return respond(http::status::bad_gateway, problem{"please try again later"});
    }

    template <class Body>
    static http::response<http::string_body> respond(http::status status, const Body& body)
    {
        http::response<http::string_body> response{status, 11};
        response.set(http::field::content_type, "application/json");
        response.body() = openint::json::write(body);
        return response;
    }

    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    openint::credential_cache cache_;
    service service_;
    bool waiting_ = false; // for a request
    bool stopping_ = false;
};

class server
{
public:
    server(asio::io_context& io, openint::credential_cache cache, tcp::endpoint service,
           std::uint16_t port)
        : io_(io)
        , acceptor_(asio::make_strand(io), {asio::ip::address_v4::loopback(), port})
        , signals_(acceptor_.get_executor(), SIGTERM, SIGINT)
        , cache_(std::move(cache))
        , service_(std::move(service))
    {}

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    void start()
    {
        asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
        signals_.async_wait([this](beast::error_code, int) { stop(); });
    }

private:
    asio::awaitable<void> accept()
    {
        while (acceptor_.is_open()) {
            beast::error_code ec;
            tcp::socket socket = co_await acceptor_.async_accept(
                asio::make_strand(io_), asio::redirect_error(asio::use_awaitable, ec));
            if (ec) { // stopped, or gone at once, or there are too many: leave them time to end
                asio::steady_timer pause(acceptor_.get_executor(), 50ms);
                if (acceptor_.is_open())
                    co_await pause.async_wait(asio::use_awaitable);
                continue;
            }
            const auto s = std::make_shared<session>(std::move(socket), cache_, service_);
            std::erase_if(sessions_, [](const auto& old) { return old.expired(); });
            sessions_.push_back(s);
            asio::co_spawn(s->executor(), session::run(s), asio::detached);
        }
    }

    // With nothing left to do, io_context::run() returns: client and cache keep nothing running.
    void stop()
    {
        acceptor_.close();
        for (const std::weak_ptr<session>& weak : sessions_)
            if (const std::shared_ptr<session> s = weak.lock())
                s->stop();
    }

    asio::io_context& io_;
    tcp::acceptor acceptor_;
    asio::signal_set signals_;
    openint::credential_cache cache_;
    tcp::endpoint service_;
    std::vector<std::weak_ptr<session>> sessions_;
};

// The service behind the connections: knows whoever has a token, unless it was revoked.
testing::response user_of(const testing::request& request)
{
    const std::optional<std::string_view> token = request.header("Authorization");
    if (!token || token->starts_with("Bearer revoked"))
        return testing::respond(401);
    return testing::respond(200, R"({"login": "ada", "id": 1815})");
}

} // namespace

int main(int argc, char** argv)
try {
    const auto port = static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 8080);
    const int threads = argc > 2 ? std::stoi(argv[2]) : 4;

    testing::mock_server_options options;
    options.record = false;
    testing::mock_server behind(options);
    behind.when("/user", user_of);

    openint::client_config config = openint::client_config::from_env();
    config.total_timeout = 15s; // the longest that stopping can take, but for the service's 10 s
    std::unique_ptr<testing::mock_server> embedded;
    if (config.token.empty()) {
        embedded = std::make_unique<testing::mock_server>(options);
        config.token = openint::secret(embedded->token());
        config.base_url = embedded->url();
    }

    asio::io_context io(threads);
    const openint::credential_cache cache{openint::client(io, config)}; // one for all
    server s(io, cache, {asio::ip::address_v4::loopback(), behind.port()}, port);
    s.start();
    std::cout << "listening on http://127.0.0.1:" << s.port() << std::endl;

    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i)
        others.emplace_back([&io] { io.run(); });
    io.run();
    others.clear(); // joins them
    std::cout << "stopped" << std::endl;
} catch (const std::exception& e) {
    std::cerr << "error: " << e.what() << '\n';
    return EXIT_FAILURE;
}
