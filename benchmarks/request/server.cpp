// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "document.hpp"
#include "pin.hpp"

#include <openint/testing/certificate.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

// usage: benchmark_request_server CA_FILE
// Answers requests with bytes that are made beforehand, as quickly as one core can, so that the
// clients are what is measured. Writes its authority's certificate to the file, prints its ports
// (plain, TLS), and ends with the process that started it.

namespace {

int check(int result, const char* what)
{
    if (result < 0)
        throw std::system_error(errno, std::generic_category(), what);
    return result;
}

std::vector<std::string> make_answers()
{
    std::vector<std::string> answers;
    for (std::size_t i = 0; i != bench::document_count; ++i) {
        const std::string body = bench::document_of(i);
        answers.push_back("HTTP/1.1 200 OK\r\n"
                          "Content-Type: application/json\r\n"
                          "Access-Control-Allow-Credentials: true\r\n"
                          "Access-Control-Allow-Origin: *\r\n"
                          "Access-Control-Allow-Methods: GET\r\n"
                          "Vary: *\r\n"
                          "Date: Sat, 14 Mar 2026 15:09:26 GMT\r\n"
                          "Content-Length: " +
                          std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    return answers;
}

struct client
{
    explicit client(int d)
        : descriptor(d)
    {}
    ~client()
    {
        SSL_free(tls);
        close(descriptor);
    }
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    // What came, or 0 at the end, or -1 if there is nothing for now.
    long receive(char* to, std::size_t space)
    {
        if (!tls) {
            const auto n = recv(descriptor, to, space, 0);
            return n < 0 && errno != EAGAIN ? 0 : n;
        }
        ERR_clear_error();
        const int n = SSL_read(tls, to, static_cast<int>(space));
        return n <= 0 ? (SSL_get_error(tls, n) == SSL_ERROR_WANT_READ ? -1 : 0) : n;
    }

    bool send_all(std::string_view data)
    {
        while (!data.empty()) {
            const long n = tls ? SSL_write(tls, data.data(), static_cast<int>(data.size()))
                               : send(descriptor, data.data(), data.size(), MSG_NOSIGNAL);
            if (n > 0) {
                data.remove_prefix(static_cast<std::size_t>(n));
                continue;
            }
            if (tls ? SSL_get_error(tls, static_cast<int>(n)) != SSL_ERROR_WANT_WRITE
                    : errno != EAGAIN)
                return false;
            pollfd writable{descriptor, POLLOUT, 0};
            poll(&writable, 1, 1000);
        }
        return true;
    }

    const int descriptor;
    SSL* tls = nullptr;
    std::array<char, 4096> input{};
    std::size_t size = 0;
};

class server
{
public:
    explicit server(const std::string& ca_file)
    {
        const openint::testing::certificate_authority authority("benchmark");
        const auto identity = authority.issue({.names = {"127.0.0.1"}});
        std::ofstream(ca_file) << authority.pem();
        BIO* const certificate = BIO_new_mem_buf(identity.certificate.data(), -1);
        X509* const x509 = PEM_read_bio_X509(certificate, nullptr, nullptr, nullptr);
        BIO* const key = BIO_new_mem_buf(identity.key.data(), -1);
        EVP_PKEY* const pkey = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
        if (SSL_CTX_use_certificate(context_, x509) != 1 ||
            SSL_CTX_use_PrivateKey(context_, pkey) != 1)
            throw std::runtime_error("the certificate cannot be used");
        EVP_PKEY_free(pkey);
        X509_free(x509);
        BIO_free(key);
        BIO_free(certificate);
        listen_on(plain_);
        listen_on(tls_);
    }

    int plain_port() const { return port_of(plain_); }
    int tls_port() const { return port_of(tls_); }

    void run()
    {
        std::array<epoll_event, 256> events;
        for (;;) {
            const int n = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), -1);
            for (int i = 0; i < n; ++i) {
                const epoll_event& e = events[static_cast<std::size_t>(i)];
                if (e.data.ptr == &plain_ || e.data.ptr == &tls_)
                    accept_from(*static_cast<int*>(e.data.ptr));
                else if (auto* const c = static_cast<client*>(e.data.ptr); !serve(*c))
                    delete c;
            }
        }
    }

private:
    static int port_of(int listener)
    {
        sockaddr_in address{};
        socklen_t size = sizeof(address);
        check(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
        return ntohs(address.sin_port);
    }

    void listen_on(int& listener)
    {
        listener = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        check(bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), "bind");
        check(listen(listener, 1024), "listen");
        watch(listener, &listener);
    }

    void watch(int descriptor, void* owner)
    {
        epoll_event e{};
        e.events = EPOLLIN;
        e.data.ptr = owner;
        check(epoll_ctl(poll_, EPOLL_CTL_ADD, descriptor, &e), "epoll_ctl");
    }

    void accept_from(const int& listener)
    {
        const int descriptor = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (descriptor < 0)
            return;
        const int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        auto* const c = new client(descriptor);
        if (&listener == &tls_) {
            c->tls = SSL_new(context_);
            SSL_set_fd(c->tls, descriptor);
            SSL_set_accept_state(c->tls);
        }
        watch(descriptor, c);
    }

    // False when the connection has ended.
    bool serve(client& c)
    {
        for (;;) {
            const long n = c.receive(c.input.data() + c.size, c.input.size() - c.size);
            if (n == 0)
                return false;
            if (n < 0)
                return true;
            c.size += static_cast<std::size_t>(n);
            std::string_view text(c.input.data(), c.size);
            for (std::size_t end = 0; (end = text.find("\r\n\r\n")) != text.npos;) {
                if (!c.send_all(answers_[number_in(text)]))
                    return false;
                text.remove_prefix(end + 4);
            }
            if (text.size() == c.input.size())
                return false;
            std::copy(text.begin(), text.end(), c.input.begin());
            c.size = text.size();
            if (!c.tls)
                return true; // what else there may be is reported again; TLS has read it already
        }
    }

    static std::size_t number_in(std::string_view request)
    {
        static const std::size_t at = std::string_view("GET ").size() +
                                      bench::target_of(0).find("bench") +
                                      std::string_view("bench").size();
        if (request.size() < at + 2)
            return 0;
        const auto number =
            static_cast<std::size_t>((request[at] - '0') * 10 + request[at + 1] - '0');
        return number % bench::document_count;
    }

    const std::vector<std::string> answers_ = make_answers();
    SSL_CTX* const context_ = SSL_CTX_new(TLS_server_method());
    const int poll_ = check(epoll_create1(0), "epoll_create1");
    int plain_ = -1;
    int tls_ = -1;
};

} // namespace

int main(int argc, char** argv)
try {
    if (argc != 2) {
        std::fprintf(stderr, "usage: %s CA_FILE\n", argv[0]);
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    bench::pin_to(0);
    server s(argv[1]);
    std::printf("%d %d\n", s.plain_port(), s.tls_port());
    std::fflush(stdout);
    s.run();
} catch (const std::exception& e) {
    std::fprintf(stderr, "benchmark_request_server: %s\n", e.what());
    return 1;
}
