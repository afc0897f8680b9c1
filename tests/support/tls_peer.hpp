// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_TLS_PEER_HPP
#define OPENINT_TESTS_SUPPORT_TLS_PEER_HPP

#include "support/service.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

/// A server that decides which bytes of which TLS records are sent when.
namespace test::tls {

namespace asio = boost::asio;
using asio::ip::tcp;

inline constexpr int versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

inline std::string document(std::string_view name)
{
    const std::string body = R"({"id":"conn_1","connector_name":")" + std::string(name) + R"("})";
    return ok("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

/// The server's side of one connection. What is sealed is sent when `send` says so.
class peer
{
public:
    peer(asio::ssl::context& context, tcp::socket socket)
        : socket_(std::move(socket))
        , ssl_(SSL_new(context.native_handle()), SSL_free)
        , in_(BIO_new(BIO_s_mem()))
        , out_(BIO_new(BIO_s_mem()))
    {
        SSL_set_bio(ssl_.get(), in_, out_);
        SSL_set_accept_state(ssl_.get());
    }

    SSL* ssl() { return ssl_.get(); }
    tcp::socket& socket() { return socket_; }

    // False if the client has gone.
    bool handshake(bool send_last = true)
    {
        for (;;) {
            const int result = SSL_do_handshake(ssl());
            if (result == 1 && !send_last)
                return true;
            send(sealed());
            if (result == 1)
                return true;
            if (SSL_get_error(ssl(), result) != SSL_ERROR_WANT_READ || !receive())
                return false;
        }
    }

    // Breaks the handshake off, at the client's first message.
    void refuse(int alert)
    {
        receive();
        const int level = alert == 0 ? 1 : 2; // close_notify is only a warning
        send({"\x15\x03\x03\x00\x02", 5});
        send(std::string{static_cast<char>(level), static_cast<char>(alert)});
        linger();
    }

    // Answers the client's first message, and is gone.
    void vanish()
    {
        do
            SSL_do_handshake(ssl());
        while (BIO_ctrl_pending(out_) == 0 && receive());
        send(sealed());
        socket_.set_option(asio::socket_base::linger(true, 0)); // a reset
        socket_.close();
    }

    bool renegotiate()
    {
        SSL_renegotiate(ssl());
        SSL_do_handshake(ssl()); // asks for it
        do {
            send(sealed());
            if (!receive())
                return false;
            SSL_read(ssl(), nullptr, 0);
        } while (SSL_renegotiate_pending(ssl()) || SSL_in_init(ssl()));
        send(sealed());
        return true;
    }

    // Until the end of a head without a body.
    bool request()
    {
        std::string text;
        while (text.find("\r\n\r\n") == std::string::npos) {
            const std::string more = read();
            if (more.empty())
                return false;
            text += more;
        }
        return true;
    }

    // What comes next; empty at the end.
    std::string read()
    {
        for (;;) {
            char buffer[4096];
            const int size = SSL_read(ssl(), buffer, sizeof buffer);
            if (size > 0)
                return {buffer, static_cast<std::size_t>(size)};
            if (SSL_get_error(ssl(), size) != SSL_ERROR_WANT_READ || !receive())
                return {};
        }
    }

    std::string seal(std::string_view text)
    {
        SSL_write(ssl(), text.data(), static_cast<int>(text.size()));
        return sealed();
    }
    std::string close_notify()
    {
        SSL_shutdown(ssl());
        return sealed();
    }
    // Everything that OpenSSL wants to be sent.
    std::string sealed()
    {
        std::string out(BIO_ctrl_pending(out_), '\0');
        if (!out.empty())
            BIO_read(out_, out.data(), static_cast<int>(out.size()));
        return out;
    }

    // From now on, each byte by itself.
    void drip()
    {
        socket_.set_option(tcp::no_delay(true));
        most_ = 1;
    }

    // In one segment, if it is short.
    void send(std::string_view bytes)
    {
        boost::system::error_code ignored;
        for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), most_)))
            asio::write(socket_, asio::buffer(bytes.substr(0, most_)), ignored);
    }

    // Waits until the client has closed the connection.
    void linger()
    {
        boost::system::error_code ec;
        socket_.shutdown(tcp::socket::shutdown_send, ec);
        char buffer[4096];
        while (!ec)
            socket_.read_some(asio::buffer(buffer), ec);
    }

private:
    bool receive()
    {
        char buffer[16384];
        boost::system::error_code ec;
        const std::size_t size = socket_.read_some(asio::buffer(buffer), ec);
        if (ec)
            return false;
        BIO_write(in_, buffer, static_cast<int>(size));
        return true;
    }

    tcp::socket socket_;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
    BIO* in_; // of ssl_
    BIO* out_;
    std::size_t most_ = std::string::npos;
};

/// A server that does these things with its connections, one after the other.
class server
{
public:
    using deed = std::function<void(peer&)>;

    server(int version, std::vector<deed> deeds)
        : context_(asio::ssl::context::tls_server)
        , acceptor_(io_, tcp::endpoint(asio::ip::address_v4::loopback(), 0))
        , config_(config_of(acceptor_.local_endpoint().port()))
    {
        const openint::testing::identity certificate = authority_.issue({});
        context_.use_certificate_chain(asio::buffer(certificate.certificate));
        context_.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
        SSL_CTX_set_min_proto_version(context_.native_handle(), version);
        SSL_CTX_set_max_proto_version(context_.native_handle(), version);
        config_.tls.context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
        config_.tls.context->add_certificate_authority(asio::buffer(authority_.pem()));
        thread_ = std::thread([this, deeds = std::move(deeds)] {
            for (const deed& d : deeds) {
                boost::system::error_code ec;
                tcp::socket socket = acceptor_.accept(ec);
                if (ec)
                    return;
                ++accepted_;
                peer p(context_, std::move(socket));
                d(p);
            }
        });
    }
    ~server()
    {
        // For a deed that nobody has asked for.
        boost::system::error_code ignored;
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        thread_.join();
        acceptor_.close(ignored);
    }

    openint::client_config& config() { return config_; }
    int accepted() const { return accepted_; }

private:
    static openint::client_config config_of(unsigned short port)
    {
        openint::client_config config;
        config.token = openint::secret("key_of_a_test");
        config.base_url = "https://127.0.0.1:" + std::to_string(port) + "/v1";
        config.retry.max_retries = 0;
        config.retry.initial_delay = std::chrono::milliseconds(1);
        config.log = said().hearing();
        config.timeout = std::chrono::seconds(5);
        config.pool.idle_timeout = std::chrono::minutes(1);
        return config;
    }

    openint::testing::certificate_authority authority_;
    asio::ssl::context context_;
    asio::io_context io_;
    tcp::acceptor acceptor_;
    openint::client_config config_;
    std::atomic<int> accepted_ = 0;
    std::thread thread_;
};

} // namespace test::tls

#endif
