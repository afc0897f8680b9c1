// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_STUCK_HPP
#define OPENINT_TESTS_SUPPORT_STUCK_HPP

#include "support/lookups.hpp"
#include "support/transcript.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace test {

/// What a call can be doing when something happens to it.
enum class phase
{
    waiting, ///< for a connection of the pool
    resolving,
    connecting,
    handshake,
    writing,
    headers, ///< reading them
    body,
    back_off
};

inline const std::vector<phase> all_phases{phase::waiting,   phase::resolving, phase::connecting,
                                           phase::handshake, phase::writing,   phase::headers,
                                           phase::body,      phase::back_off};

inline bool possible(phase p, bool tls) { return tls || p != phase::handshake; }

/// What the library's errors say that it was doing.
inline const char* to_string(phase p)
{
    switch (p) {
    case phase::waiting:
        return "waiting for a connection";
    case phase::resolving:
        return "looking up the host name";
    case phase::connecting:
        return "connecting";
    case phase::handshake:
        return "doing the TLS handshake";
    case phase::writing:
        return "sending the request";
    case phase::headers:
    case phase::body:
        return "reading the answer";
    default:
        return "waiting to try again";
    }
}

inline std::ostream& operator<<(std::ostream& out, phase p) { return out << to_string(p); }

/// The open file descriptors of this process that are sockets.
inline std::size_t count_sockets()
{
    std::size_t n = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        n += std::filesystem::read_symlink(entry, gone).string().starts_with("socket:");
    }
    return n;
}

/// No socket more than before may be left when everything is gone.
struct socket_count
{
    std::size_t before = count_sockets();
    ~socket_count() { BOOST_TEST(count_sockets() == before); }
};

/// Lets look-ups go soon, since contexts wait for those in progress when they are destroyed.
struct release_soon
{
    std::jthread thread{[] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        lookups::release();
    }};
};

/// A server with which calls get stuck in one phase, after a first one, the neighbour, which uses
/// another connection (or, for `waiting`, the only one) and is answered when `release` is called.
class stuck
{
public:
    stuck(phase p, bool tls)
        : phase_(p)
        , server({.tls = tls})
    {
        server.when("/connection/conn_apikey_1", openint::testing::answer().hold());
        local_ = address_of("0100007F");
        config.token = openint::secret(server.token());
        config.base_url = server.url();
        config.tls.ca_file = server.ca_file();
        config.pool.max_connections = p == phase::waiting ? 1 : 2;
        config.retry.initial_delay = std::chrono::minutes(1);
        config.retry.max_delay = std::chrono::minutes(1);
        config.log = said().hearing(
            {.level = openint::log_level::warn, .sink = [this](const openint::log_event& event) {
                 pauses += event.kind == openint::log_kind::retry;
             }});
        if (p == phase::resolving || p == phase::connecting) {
            config.base_url.replace(config.base_url.find("127.0.0.1"), 9, "host.test");
            config.tls.verify = openint::tls_verification::insecure_accept_any_certificate;
            lookups::set("host.test", {"127.0.0.1"});
        }
        if (p == phase::writing)
            large_.assign(16u << 20, 'x'); // more than sockets buffer
    }
    stuck(const stuck&) = delete;
    stuck& operator=(const stuck&) = delete;
    ~stuck() { lookups::release(); }

    /// The call that is answered after `release`.
    static boost::asio::awaitable<openint::connection> neighbour(const openint::client& client)
    {
        return client.get_connection("conn_apikey_1");
    }

    /// The call that gets stuck.
    boost::asio::awaitable<openint::connection> call(const openint::client& client) const
    {
        if (phase_ == phase::writing)
            return client.with_options({.headers = {openint::header{"X-Large", large_}}})
                .get_connection("conn_github_1");
        return client.get_connection("conn_github_1");
    }

    /// To be called before the call that gets stuck, when the neighbour's answer is held.
    void set_trap()
    {
        namespace asio = boost::asio;
        switch (phase_) {
        case phase::waiting:
            break;
        case phase::resolving:
            lookups::hang();
            break;
        case phase::connecting: {
            // Another address, whose queue of connections is full.
            const asio::ip::tcp::endpoint full(asio::ip::make_address("127.0.0.2"), server.port());
            listener_.open(full.protocol());
            listener_.bind(full);
            listener_.listen(0);
            for (auto& filling : fill_)
                filling.async_connect(full, [](const boost::system::error_code&) {});
            lookups::set("host.test", {"127.0.0.2"});
            filled_ = count_connecting();
            break;
        }
        case phase::handshake:
            server.next_connection(openint::testing::on_accept::stall);
            break;
        case phase::writing:
            server.next(openint::testing::stall_after(openint::testing::in_request(1)));
            break;
        case phase::headers:
            server.next(openint::testing::stall());
            break;
        case phase::body:
            server.next(openint::testing::stall_after(openint::testing::in_body(10)));
            break;
        case phase::back_off:
            server.next(openint::testing::respond(503));
            break;
        }
    }

    /// Whether a call is in its phase, as far as that can be seen from outside.
    bool reached() const
    {
        switch (phase_) {
        case phase::waiting:
            return true;
        case phase::resolving:
            return lookups::hanging() == 1;
        case phase::connecting:
            return count_connecting() > filled_;
        case phase::handshake: // its first bytes are not read
            return count_connections([&](const connection_state& c) {
                       return c.local == local_ && c.received != 0;
                   }) == 1;
        case phase::writing: // what has not been read fills both buffers
            return count_connections([&](const connection_state& c) {
                       return c.remote == local_ && c.sent > 500'000;
                   }) == 1;
        case phase::headers:
        case phase::body:
            return server.request_count() == 2;
        default:
            return pauses == 1;
        }
    }

    /// Runs the contexts until the call is stuck.
    template <class... Contexts>
    void wait_until_reached(Contexts&... contexts)
    {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        // At least so often that whatever needs nobody else has been done.
        for (int rounds = 0; rounds < 20 || !reached(); ++rounds) {
            (contexts.restart(), ...);
            (contexts.poll(), ...);
            BOOST_REQUIRE_MESSAGE(std::chrono::steady_clock::now() < end,
                                  "the call was never found " << phase_);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }

    /// The same for the neighbour.
    template <class... Contexts>
    void wait_until_held(Contexts&... contexts)
    {
        while (!server.wait_until_held(1, std::chrono::milliseconds(1))) {
            (contexts.restart(), ...);
            (contexts.poll(), ...);
        }
    }

    /// Waits until only so many connections are open at the server's end; except that no news comes
    /// through where unread bytes fill all buffers: there, until ours is closed.
    bool wait_until_open(std::size_t n)
    {
        if (phase_ == phase::writing && !server.wait_until_open(n, std::chrono::milliseconds(100)))
            return count_connections([&](const connection_state& c) {
                       return c.remote == local_ && c.sent > 500'000 && c.state == "01";
                   }) == 0;
        return server.wait_until_open(n);
    }

    /// What an error of a call that was stuck must say.
    bool says_so(const openint::error& e) const
    {
        return std::string_view(e.what()).find(to_string(phase_)) != std::string_view::npos;
    }

    /// Whether the stuck call has a connection that the server knows of.
    bool connected() const { return phase_ >= phase::handshake && phase_ != phase::back_off; }

private:
    // A line of the system's table of connections; addresses as it writes them.
    struct connection_state
    {
        std::string local, remote, state;
        std::uint64_t sent = 0;     // and not acknowledged
        std::uint64_t received = 0; // and not read
    };

    std::string address_of(std::string_view host) const
    {
        std::ostringstream text;
        text << host << ':' << std::uppercase << std::hex << std::setw(4) << std::setfill('0')
             << server.port();
        return text.str();
    }

    template <class Predicate>
    static std::size_t count_connections(Predicate which)
    {
        std::ifstream table("/proc/net/tcp");
        std::size_t n = 0;
        for (std::string line; std::getline(table, line);) {
            std::istringstream in(line);
            std::string number, queues;
            connection_state c;
            in >> number >> c.local >> c.remote >> c.state >> queues;
            if (queues.size() != 17)
                continue; // the heading
            c.sent = std::stoull(queues.substr(0, 8), nullptr, 16);
            c.received = std::stoull(queues.substr(9), nullptr, 16);
            n += which(c);
        }
        return n;
    }

    std::size_t count_connecting() const
    {
        return count_connections([to = address_of("0200007F")](const connection_state& c) {
            return c.remote == to && c.state == "02"; // SYN_SENT
        });
    }

    const phase phase_;
    boost::asio::io_context own_;
    boost::asio::ip::tcp::acceptor listener_{own_};
    std::vector<boost::asio::ip::tcp::socket> fill_ = make_sockets();
    std::size_t filled_ = 0;
    std::string local_;
    std::string large_;

    std::vector<boost::asio::ip::tcp::socket> make_sockets()
    {
        std::vector<boost::asio::ip::tcp::socket> sockets;
        for (int i = 0; i != 4; ++i)
            sockets.emplace_back(own_);
        return sockets;
    }

public:
    openint::testing::mock_server server;
    openint::client_config config;
    std::atomic<int> pauses{0};
};

/// The outcome of a coroutine that was spawned.
struct outcome
{
    bool ended = false;
    bool destroyed = false; ///< its frame was
    std::exception_ptr problem;
    std::string id; ///< of the connection that it got

    /// The error that it ended with.
    openint::error error() const
    {
        BOOST_REQUIRE(ended);
        BOOST_REQUIRE(problem != nullptr);
        try {
            std::rethrow_exception(problem);
        } catch (const openint::error& e) {
            said().note(e);
            return e;
        }
    }
};

/// A call that notes what becomes of it.
inline boost::asio::awaitable<void> noted(boost::asio::awaitable<openint::connection> call,
                                          outcome& o)
{
    struct witness
    {
        outcome& o;
        ~witness() { o.destroyed = true; }
    };
    const witness w{o};
    try {
        const openint::connection got = co_await std::move(call);
        o.id = got.id;
    } catch (...) {
        o.problem = std::current_exception();
    }
    o.ended = true;
}

} // namespace test

#endif
