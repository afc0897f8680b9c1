// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_CORE_HPP
#define OPENINT_TESTING_DETAIL_HTTP_CORE_HPP

// The listening socket and the thread of the mock server.

#include <openint/testing/certificate.hpp>
#include <openint/testing/detail/http/session.hpp>
#include <openint/testing/detail/http/state.hpp>
#include <openint/testing/detail/openssl_check.hpp>
#include <openint/testing/mock_server_options.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

#include <openssl/rand.h>
#include <openssl/ssl.h>

#include <unistd.h>

namespace openint::testing::detail {

// A made-up key that looks like a real one; a different one in every server.
inline std::string make_token()
{
    unsigned char random[12];
    openssl_check(RAND_bytes(random, sizeof random) == 1, "making a token");
    std::string token = "key_mock";
    for (unsigned char c : random)
        token += "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[c % 32];
    return token;
}

// The listening socket, the thread, and the connections.
class mock_server_core
{
public:
    explicit mock_server_core(mock_server_options o)
        : options(std::move(o))
        , token(options.token.empty() ? make_token() : options.token)
        , state(options, token)
    {
        if (options.tls)
            prepare_tls();
        const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(options.address),
                                               options.port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(asio::socket_base::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
        port = acceptor_.local_endpoint().port();
        asio::co_spawn(io_, accept(), asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }

    mock_server_core(const mock_server_core&) = delete;
    mock_server_core& operator=(const mock_server_core&) = delete;

    ~mock_server_core()
    {
        stop();
        if (!ca_file_.empty())
            ::unlink(ca_file_.c_str());
    }

    void stop()
    {
        io_.stop();
        if (thread_.joinable())
            thread_.join();
        error_code ignored;
        acceptor_.close(ignored);
        for_each_session([](session& s) { s.drop(false); });
    }

    void for_each_session_on_thread(std::function<void(session&)> f)
    {
        asio::post(io_, [this, f = std::move(f)] { for_each_session(f); });
    }

    const std::string& ca_file()
    {
        const std::lock_guard lock(file_mutex_);
        if (!ca_file_.empty())
            return ca_file_;
        std::string name = (std::filesystem::temp_directory_path() / "openint-ca-XXXXXX").string();
        const int file = ::mkstemp(name.data());
        const std::string text = ca_pem();
        if (file < 0 ||
            ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            throw boost::system::system_error(errno, boost::system::system_category(), name);
        ::close(file);
        return ca_file_ = name;
    }

    std::string ca_pem() const { return authority_ ? authority_->pem() : std::string(); }

    std::string origin() const
    {
        const bool v6 = options.address.find(':') != std::string::npos;
        return (options.tls ? "https://" : "http://") +
               (v6 ? '[' + options.address + ']' : options.address) + ':' + std::to_string(port);
    }

    const mock_server_options options;
    const std::string token;
    mock_server_state state;
    std::uint16_t port = 0;

private:
    void prepare_tls()
    {
        authority_.emplace();
        const identity id = options.certificate ? *options.certificate : authority_->issue();
        tls_.emplace(asio::ssl::context::tls_server);
        if (options.max_tls == tls_version::v1_1)
            SSL_CTX_set_security_level(tls_->native_handle(), 0); // or OpenSSL refuses
        SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_1_VERSION);
        SSL_CTX_set_max_proto_version(tls_->native_handle(),
                                      options.max_tls == tls_version::v1_1   ? TLS1_1_VERSION
                                      : options.max_tls == tls_version::v1_2 ? TLS1_2_VERSION
                                                                             : TLS1_3_VERSION);
        SSL_CTX_set_session_id_context(tls_->native_handle(),
                                       reinterpret_cast<const unsigned char*>("openint"), 7);
        tls_->use_certificate_chain(asio::buffer(id.certificate));
        tls_->use_private_key(asio::buffer(id.key), asio::ssl::context::pem);
        if (!options.client_ca_pem.empty()) {
            tls_->add_certificate_authority(asio::buffer(options.client_ca_pem));
            tls_->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
        }
    }

    asio::awaitable<void> accept()
    {
        for (;;) {
            auto op = acceptor_.async_accept(asio::as_tuple(asio::deferred));
            std::tuple<error_code, asio::ip::tcp::socket> done = co_await std::move(op);
            if (!acceptor_.is_open())
                co_return;
            if (std::get<0>(done)) { // no descriptors left, perhaps: others may become free
                asio::steady_timer timer(io_, std::chrono::milliseconds(10));
                auto wait = timer.async_wait(asio::as_tuple(asio::deferred));
                co_await std::move(wait);
                continue;
            }
            auto s = std::make_shared<session>(std::move(std::get<1>(done)), state, options,
                                               tls_ ? &*tls_ : nullptr);
            const std::size_t number = s->number();
            sessions_.emplace(number, s);
            asio::co_spawn(io_, session::run(std::move(s)),
                           [this, number](const std::exception_ptr&) { sessions_.erase(number); });
        }
    }

    template <class F>
    void for_each_session(const F& f)
    {
        for (const auto& [number, weak] : sessions_)
            if (const auto s = weak.lock())
                f(*s);
    }

    std::optional<certificate_authority> authority_;
    std::optional<asio::ssl::context> tls_;
    std::mutex file_mutex_;
    std::string ca_file_;
    std::map<std::size_t, std::weak_ptr<session>> sessions_; // by number
    asio::io_context io_{1};
    asio::ip::tcp::acceptor acceptor_{io_};
    std::thread thread_;
};

} // namespace openint::testing::detail

#endif
