// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_RAW_CLIENT_HPP
#define OPENINT_TESTS_SUPPORT_RAW_CLIENT_HPP

// A blocking client that has nothing of the library's.

#include <openint/testing/mock_server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>

#include <optional>
#include <string>
#include <string_view>

#include <poll.h>

namespace test {

namespace asio = boost::asio;
namespace json = boost::json;
using boost::system::error_code;
using openint::testing::mock_server;

struct answer_text
{
    std::string head; // status line and headers
    std::string body;

    int status() const { return std::stoi(head.substr(9, 3)); }

    std::string header(std::string_view name) const
    {
        const auto at = head.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos)
            return "(none)";
        const auto from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }

    json::object object() const { return json::parse(body).as_object(); }
};

// A socket whose reads give up after five seconds.
class patient_socket
{
public:
    using lowest_layer_type = asio::ip::tcp::socket::lowest_layer_type;
    using executor_type = asio::ip::tcp::socket::executor_type;

    explicit patient_socket(asio::io_context& io)
        : socket(io)
    {}
    executor_type get_executor() { return socket.get_executor(); }
    lowest_layer_type& lowest_layer() { return socket.lowest_layer(); }

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, error_code& ec)
    {
        pollfd ready{socket.native_handle(), POLLIN, 0};
        if (::poll(&ready, 1, 5000) != 1) {
            ec = asio::error::timed_out;
            return 0;
        }
        return socket.read_some(buffers, ec);
    }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, error_code& ec)
    {
        return socket.write_some(buffers, ec);
    }

    asio::ip::tcp::socket socket;
};

class raw_client
{
public:
    explicit raw_client(const mock_server& server, asio::ssl::context* tls = nullptr,
                        const char* address = "127.0.0.1")
        : socket_(io_)
    {
        socket_.socket.connect({asio::ip::make_address(address), server.port()});
        if (tls) {
            tls_.emplace(socket_, *tls);
            SSL_set_tlsext_host_name(tls_->native_handle(), "localhost");
            tls_->set_verify_callback(asio::ssl::host_name_verification(address));
        }
    }

    error_code handshake()
    {
        error_code ec;
        tls_->handshake(asio::ssl::stream_base::client, ec);
        return ec;
    }

    asio::ip::tcp::socket& socket() { return socket_.socket; }
    SSL* ssl() { return tls_->native_handle(); }

    void send(std::string_view text)
    {
        if (tls_)
            asio::write(*tls_, asio::buffer(text));
        else
            asio::write(socket_.socket, asio::buffer(text));
    }

    void get(std::string_view target, std::string_view token, std::string_view more = {})
    {
        send("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
             std::string(token) + "\r\n" + std::string(more) + "\r\n");
    }

    // Reads something; the error is kept.
    std::string some()
    {
        char room[4096];
        const std::size_t n = tls_ ? tls_->read_some(asio::buffer(room), error)
                                   : socket_.read_some(asio::buffer(room), error);
        return std::string(room, n);
    }

    // Reads until so many bytes are there, or the connection has ended.
    std::string exactly(std::size_t n)
    {
        while (in_.size() < n && !error)
            in_ += some();
        std::string out = in_.substr(0, n);
        in_.erase(0, n);
        return out;
    }

    std::string until(std::string_view mark)
    {
        while (in_.find(mark) == std::string::npos && !error)
            in_ += some();
        const auto end = in_.find(mark);
        return exactly(end == std::string::npos ? in_.size() : end + mark.size());
    }

    std::string all() { return exactly(std::string::npos); }

    // One answer with a Content-Length, or without any body.
    answer_text answer()
    {
        answer_text a;
        a.head = until("\r\n\r\n");
        if (a.head.size() <= 12)
            throw boost::system::system_error(error, "no answer");
        if (const std::string length = a.header("Content-Length"); length != "(none)")
            a.body = exactly(std::stoul(length));
        return a;
    }

    error_code error;

private:
    asio::io_context io_;
    patient_socket socket_;
    std::optional<asio::ssl::stream<patient_socket&>> tls_;
    std::string in_;
};

inline answer_text get(const mock_server& server, std::string_view target)
{
    raw_client c(server);
    c.get(target, server.token());
    return c.answer();
}

inline asio::ssl::context trusting(std::string_view pem)
{
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.add_certificate_authority(asio::buffer(pem.data(), pem.size()));
    tls.set_verify_mode(asio::ssl::verify_peer);
    return tls;
}

inline const std::string github = "/v1/connection/conn_github_1";

} // namespace test

#endif
