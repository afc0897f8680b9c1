// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Proxies: tinyproxy where it is installed, and a scripted one for what it cannot be made to do.

#include "support/service.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::mock_server;
using openint::testing::respond;
using test::contains;
using test::failure_of;
using test::run;
using tcp = asio::ip::tcp;

BOOST_AUTO_TEST_SUITE(proxy)

namespace {

// Serves one connection on a thread of its own: reads a head, answers, and hands the bytes of the
// tunnel, if there is one, from side to side.
class scripted_proxy
{
public:
    // `answer`: to CONNECT. `tunnel`: port to connect to behind it, or 0.
    scripted_proxy(std::string answer, std::uint16_t tunnel)
        : thread_([this, answer = std::move(answer), tunnel] { serve(answer, tunnel); })
    {}
    ~scripted_proxy()
    {
        asio::io_context io;
        boost::system::error_code ignored;
        tcp::socket(io).connect({asio::ip::address_v4::loopback(), port_},
                                ignored); // to wake it up
        thread_.join();
    }

    std::string url(const std::string& credentials = "") const
    {
        return "http://" + credentials + "127.0.0.1:" + std::to_string(port_);
    }
    const std::string& head() // what was asked for
    {
        return head_;
    }

private:
    void serve(const std::string& answer, std::uint16_t tunnel)
    {
        boost::system::error_code ec;
        tcp::socket client = acceptor_.accept(ec);
        asio::read_until(client, asio::dynamic_buffer(head_), "\r\n\r\n", ec);
        if (ec)
            return;
        asio::write(client, asio::buffer(answer), ec);
        if (tunnel == 0)
            return;
        tcp::socket server(io_);
        server.connect({asio::ip::address_v4::loopback(), tunnel}, ec);
        std::thread back([&] { copy(server, client); });
        copy(client, server);
        back.join();
    }
    static void copy(tcp::socket& from, tcp::socket& to)
    {
        boost::system::error_code ec;
        for (char bytes[4096]; !ec;) {
            const std::size_t n = from.read_some(asio::buffer(bytes), ec);
            if (!ec)
                asio::write(to, asio::buffer(bytes, n), ec);
        }
        to.shutdown(tcp::socket::shutdown_send, ec);
    }

    asio::io_context io_;
    tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
    std::uint16_t port_ = acceptor_.local_endpoint().port();
    std::string head_;
    std::thread thread_;
};

// A real proxy on a free port.
class tinyproxy
{
public:
    static constexpr const char* program = "/usr/bin/tinyproxy";

    explicit tinyproxy(const std::string& more)
    {
        {
            asio::io_context io;
            port_ =
                tcp::acceptor(io, {asio::ip::address_v4::loopback(), 0}).local_endpoint().port();
        }
        config_ = "/tmp/openint-tinyproxy-" + std::to_string(port_) + ".conf";
        std::ofstream(config_)
            << "Port " << port_
            << "\nListen 127.0.0.1\nTimeout 20\nMaxClients 20\nLogLevel Critical\n"
            << more;
        const char* const arguments[] = {program, "-d", "-c", config_.c_str(), nullptr};
        BOOST_REQUIRE(posix_spawn(&child_, program, nullptr, nullptr,
                                  const_cast<char* const*>(arguments), environ) == 0);
        asio::io_context io;
        boost::system::error_code ec;
        for (int i = 0; i != 500; ++i) {
            tcp::socket probe(io);
            if (!probe.connect({asio::ip::address_v4::loopback(), port_}, ec))
                break;
            std::this_thread::sleep_for(10ms);
        }
        BOOST_REQUIRE(!ec);
    }
    ~tinyproxy()
    {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        std::remove(config_.c_str());
    }
    std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    std::uint16_t port_ = 0;
    std::string config_;
    pid_t child_ = 0;
};

error refused(const openint::client_config& config)
{
    asio::io_context io;
    return failure_of(io, openint::client(io, config).get_connection("conn_github_1"));
}

openint::client_config once(const mock_server& server, const std::string& proxy)
{
    openint::client_config config = test::config_for(server);
    config.proxy = proxy;
    config.retry.max_retries = 0;
    return config;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_tunnel)
{
    mock_server server({.tls = true});
    scripted_proxy proxy("HTTP/1.1 200 Connection established\r\n\r\n", server.port());
    {
        asio::io_context io;
        const openint::client client(io, once(server, proxy.url("us%20er:pass@")));
        for (int i = 0; i != 3; ++i)
            BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    }
    const std::string authority = "127.0.0.1:" + std::to_string(server.port());
    BOOST_TEST(contains(proxy.head(), "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority +
                                          "\r\nUser-Agent: openint-cpp/"));
    BOOST_TEST(contains(proxy.head(), "\r\nProxy-Authorization: Basic dXMgZXI6cGFzcw==\r\n"));
    BOOST_TEST(!contains(proxy.head(), server.token()));
    for (const auto& request : server.requests()) {
        BOOST_TEST(request.raw.starts_with("GET /v1/connection/conn_github_1 HTTP/1.1\r\n"));
        BOOST_TEST(!request.header("Proxy-Authorization"));
    }
}

// RFC 9110, 9.3.6: what the answer says of a body is ignored.
BOOST_AUTO_TEST_CASE(a_tunnel_whose_answer_speaks_of_a_body)
{
    mock_server server({.tls = true});
    for (const char* fields : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                               "Transfer-Encoding: gzip\r\nContent-Encoding: br\r\n"}) {
        scripted_proxy proxy(test::ok(fields), server.port());
        asio::io_context io;
        const openint::client client(io, once(server, proxy.url()));
        BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    }
}

BOOST_AUTO_TEST_CASE(proxies_that_refuse)
{
    mock_server server({.tls = true});
    const auto fails = [&](const std::string& answer, std::string_view why) {
        scripted_proxy proxy(answer, 0);
        const error e = refused(once(server, proxy.url("user:hidden-pw@")));
        BOOST_TEST(e.code() == errc::proxy);
        BOOST_TEST(e.attempts() == 0);
        BOOST_TEST(contains(e.what(), why));
        BOOST_TEST(!contains(e.what(), "hidden-pw"));
    };
    fails("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n", "status 407");
    fails("HTTP/1.1 403 Forbidden\r\n\r\n", "status 403");
    fails("HTTP/1.1 403 Forbidden\r\nContent-Length: x\r\n\r\n", "status 403");
    fails("HTTP/1.0 502 Bad Gateway\r\n\r\n<html>", "status 502");
    fails("HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n", "status 302");
    fails("SSH-2.0-x\r\n\r\n", "did not answer CONNECT");
    fails("HTTP/1.1 200 OK\r\n", "did not answer CONNECT");
    fails("", "did not answer CONNECT");
    fails("HTTP/1.1 200 OK\r\n\r\nleft over", "sent something before");
    fails("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'), "did not answer CONNECT");
    BOOST_TEST(server.connections_accepted() == 0u);
}

// What a proxy refuses today it refuses at once again; what is its own trouble may pass.
BOOST_AUTO_TEST_CASE(which_refusals_are_retried)
{
    mock_server proxy;
    openint::client_config config = test::config_for(proxy);
    config.base_url = "https://api.example/v1";
    config.proxy = proxy.origin();
    const openint::testing::response no_answer = openint::testing::close_before_answer();
    const std::pair<openint::testing::response, std::size_t> rows[] = {
        {respond(400), 1u}, {respond(401), 1u}, {respond(403), 1u}, {respond(404), 1u},
        {respond(405), 1u}, {respond(407), 1u}, {respond(429), 1u}, {respond(302), 1u},
        {respond(500), 3u}, {respond(502), 3u}, {respond(503), 3u}, {no_answer, 3u}};
    for (const auto& [answer, times] : rows) {
        proxy.clear_scripts().clear_requests().always(answer);
        const error e = refused(config);
        BOOST_TEST(e.code() == errc::proxy);
        BOOST_TEST(proxy.request_count() == times, e.what());
        BOOST_TEST(proxy.requests().front().method == "CONNECT");
        BOOST_TEST(e.attempts() == 0); // none reached the server
    }
}

BOOST_AUTO_TEST_CASE(absolute_form)
{
    // A mock server is proxy enough to see what is asked of it.
    mock_server proxy;
    openint::client_config config = test::config_for(proxy);
    config.base_url = "http://api.example:8080/v1";
    config.proxy = "http://user:hidden-pw@127.0.0.1:" + std::to_string(proxy.port());
    proxy.next(respond(200, R"({"id":"conn_1","connector_name":"github"})"));
    asio::io_context io;
    BOOST_TEST(run(io, openint::client(io, config).get_connection("conn_1")).id == "conn_1");
    const auto request = proxy.requests().back();
    BOOST_TEST(request.raw.starts_with(
        "GET http://api.example:8080/v1/connection/conn_1 HTTP/1.1\r\nHost: api.example:8080\r\n"));
    BOOST_TEST(request.header("Proxy-Authorization").value_or("") == "Basic dXNlcjpoaWRkZW4tcHc=");

    proxy.stop();
    config.retry.max_retries = 0;
    const error e = refused(config);
    BOOST_TEST(e.code() == errc::connect);
    BOOST_TEST(!contains(e.what(), "pw"));
}

BOOST_AUTO_TEST_CASE(a_real_proxy)
{
    if (!std::filesystem::exists(tinyproxy::program)) {
        std::puts("skipped: proxy/a_real_proxy (tinyproxy is not installed)");
        return;
    }
    mock_server plain;
    mock_server secure({.tls = true});
    asio::io_context io;
    {
        const tinyproxy proxy("");
        for (const mock_server* server : {&plain, &secure}) {
            openint::client_config config = test::config_for(*server);
            config.proxy = "http://" + proxy.authority();
            const openint::client client(io, config);
            for (int i = 0; i != 3; ++i)
                BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
            BOOST_TEST(failure_of(io, client.get_connection("conn_nobody_1")).status() == 404u);
        }
        BOOST_TEST(secure.connections_accepted() == 1u); // kept alive through the tunnel
    }
    const tinyproxy proxy("BasicAuth user hidden-of-proxy\n");
    for (const mock_server* server : {&plain, &secure}) {
        openint::client_config config =
            once(*server, "http://user:hidden-of-proxy@" + proxy.authority());
        BOOST_TEST(run(io, openint::client(io, config).get_connection("conn_github_1")).id ==
                   "conn_github_1");
        config.proxy = "http://user:hidden-pw@" + proxy.authority();
        const error e = refused(config);
        BOOST_TEST((contains(e.what(), "401") || contains(e.what(), "407")));
        BOOST_TEST(!contains(e.what(), "hidden-pw"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
