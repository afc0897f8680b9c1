// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Looks for secrets that stay behind: makes calls of each kind, then searches all of the process's
// own memory for the token, for what was sent and for what was answered. The service is another
// process, and this one knows the secrets only in disguise. Calls go over plain TCP, since OpenSSL
// keeps what it likes.
//
// Run with LD_BIND_NOW=1: the dynamic linker would otherwise save registers, with parts of secrets
// in them, on the stack when a function of a shared library is called for the first time.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/class.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::testing::in_body;
using openint::testing::mock_server;
using openint::testing::request;
using openint::testing::respond;

namespace {

// What is looked for, where it does not look like itself.
class disguised
{
public:
    template <std::size_t Size>
    consteval explicit disguised(const char (&text)[Size])
    {
        static_assert(Size == std::tuple_size_v<decltype(bytes_)> + 1);
        for (std::size_t i = 0; i != bytes_.size(); ++i)
            bytes_[i] = static_cast<unsigned char>(text[i]) ^ mask;
    }

    std::string plain() const
    {
        std::string text;
        text.reserve(bytes_.size());
        for (const unsigned char b : bytes_)
            text += static_cast<char>(b ^ mask);
        return text;
    }
    openint::secret secret() const { return openint::secret(plain()); }

    std::size_t size() const { return bytes_.size(); }
    bool is_at(const unsigned char* p) const
    {
        for (std::size_t i = 0; i != bytes_.size(); ++i)
            if ((p[i] ^ mask) != bytes_[i])
                return false;
        return true;
    }

private:
    static constexpr unsigned char mask = 0xA5;

    std::array<unsigned char, 40> bytes_{};
};

constexpr disguised token("key_ofTheClient_0123456789abcdefghijklmn");
constexpr disguised sent("sent-by-the-client-0123456789-abcdefghij");
constexpr disguised answered("answered-by-the-service-0123456789-abcde");
constexpr disguised planted("planted-by-the-test-itself-0123456789-ab");

// How often it is in the memory that can be written to. Says where.
std::size_t occurrences(const disguised& what, const char* name)
{
    std::size_t found = 0;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        std::istringstream in(line);
        std::uintptr_t begin = 0;
        std::uintptr_t end = 0;
        char dash = 0;
        std::string rights;
        in >> std::hex >> begin >> dash >> end >> rights;
        if (!rights.starts_with("rw"))
            continue;
        const auto* const last = reinterpret_cast<const unsigned char*>(end) - what.size();
        for (const auto* p = reinterpret_cast<const unsigned char*>(begin); p <= last; ++p)
            if (what.is_at(p)) {
                ++found;
                if (name)
                    std::printf("%s: %p in %s\n", name, static_cast<const void*>(p), line.c_str());
            }
    }
    return found;
}

// What the calls send and get.
struct message
{
    openint::secret value;
    std::vector<openint::secret> values;
};
BOOST_DESCRIBE_STRUCT(message, (), (value, values))

constexpr std::size_t max_body = 200'000;

// The service's process: tells its port, and ends with the client's.
[[noreturn]] void serve(int port_to, int end_from)
{
    const std::string secret = answered.plain();
    const auto body = [&](std::size_t size) {
        std::string text = R"({"value":"\n)" + secret + R"(","values":[)"; // decoded in memory
        for (std::size_t i = 0; text.size() < size; ++i)
            text += (i == 0 ? "\"" : ",\"") + std::to_string(i * i * 7919) + secret + '"';
        return text + "]}";
    };
    mock_server server({.token = token.plain()});
    server.when("/plain", respond(200, body(500)));
    server.when("/long", respond(200, body(150'000)).drip(5000, 0ms));
    server.when("/chunked", respond(200, body(3000)).chunked({7, 500, 3}));
    server.when("/gzip", respond(200, body(150'000)).gzip().drip(700, 0ms));
    server.when("/deflate", respond(200, body(150'000)).deflate().drip(700, 0ms));
    server.when("/too-large", respond(200, body(2 * max_body)).chunked());
    server.when("/too-large-gzip", respond(200, body(2 * max_body)).gzip());
    server.when("/too-large-drip", respond(200, body(2 * max_body)).gzip().drip(700, 0ms));
    server.when("/cut", respond(200, body(3000)).close_after(in_body(1000)));
    server.when("/cut-gzip", respond(200, body(150'000)).gzip().close_after(in_body(4000)));
    server.when("/corrupt", respond(200, body(3000) + "x"));
    server.when("/error", respond(422, R"({"message":"no"})"));
    server.when("/busy", respond(503, R"({"message":"later"})"));
    server.when("/redirect", respond(302).header("Location", "/v1/plain"));
    server.when("/retry", [&, times = 0](const request&) mutable {
        return ++times % 2 == 1 ? respond(503) : respond(200, body(500));
    });
    auto many = respond(200, body(500));
    for (int i = 0; i != 50; ++i)
        many.header("X-" + std::to_string(i), secret);
    server.when("/fields", many);
    server.add(R"({"id":"conn_1","connector_name":"github","settings":{"oauth":{"credentials":)"
               R"({"access_token":")" +
               secret + R"("}}}})");

    const std::uint16_t port = server.port();
    if (::write(port_to, &port, sizeof port) != sizeof port)
        std::_Exit(1);
    char byte = 0;
    while (::read(end_from, &byte, 1) > 0)
        continue;
    std::_Exit(0);
}

// Runs a call to its end; whether it gave what it should.
template <class T>
bool run(asio::io_context& io, asio::io_context& callers, asio::awaitable<T> call)
{
    std::optional<bool> worked;
    asio::co_spawn(callers, std::move(call),
                   [&](const std::exception_ptr& e, const T&) { worked = !e; });
    io.restart();
    callers.restart();
    while (!worked) {
        if (&io != &callers)
            io.run_for(1ms);
        callers.run_for(&io == &callers ? 1000ms : 1ms);
        io.restart();
        callers.restart();
    }
    return *worked;
}

int problems = 0;

void require(bool condition, const std::string& what)
{
    if (condition)
        return;
    std::printf("%s\n", what.c_str());
    ++problems;
}

void require_gone(const disguised& what, const char* name, const std::string& when)
{
    const std::size_t found = occurrences(what, name);
    require(found == 0, "found " + std::to_string(found) + " times " + when + ": what was " + name);
}

void make_calls(asio::io_context& io, std::uint16_t port)
{
    openint::client_config config;
    config.token = token.secret();
    config.base_url = "http://127.0.0.1:" + std::to_string(port) + "/v1";
    config.limits.max_body = max_body;
    config.retry.initial_delay = 1ms;
    config.retry.max_delay = 1ms;
    const openint::client client(io, config);
    asio::io_context other; // whose calls are carried over

    constexpr std::pair<const char*, bool> rows[] = {
        {"/plain", true},           {"/long", true},
        {"/chunked", true},         {"/gzip", true},
        {"/deflate", true},         {"/fields", true},
        {"/redirect", true},        {"/retry", true},
        {"/too-large", false},      {"/too-large-gzip", false},
        {"/too-large-drip", false}, {"/cut", false},
        {"/cut-gzip", false},       {"/corrupt", false},
        {"/error", false},          {"/busy", false}};
    for (asio::io_context* callers : {&io, &other})
        for (const auto& [path, works] : rows) {
            const std::string target = std::string("/v1") + path;
            const bool worked = run(io, *callers, client.get<message>(target));
            require(worked == works, "GET " + target + " did not end as it should");
            require_gone(answered, "answered", "after GET " + target);
        }

    message large{sent.secret(), {}};
    for (int i = 0; i != 300; ++i)
        large.values.push_back(sent.secret());
    for (const auto& [path, works] : rows) {
        const std::string target = std::string("/v1") + path;
        const bool replayed = std::string_view(path) != "/retry"; // 503, and POST
        if (std::string_view(path) != "/redirect")
            require(run(io, io, client.post<message>(target, large)) == (works && replayed),
                    "POST " + target + " did not end as it should");
    }
    large = {};
    require_gone(sent, "sent", "after POST");
    require_gone(answered, "answered", "after POST");

    const message small{sent.secret(), {}};
    require(run(io, io, client.post<message>("/v1/plain", small)), "POST did not work");
    require(run(io, io, client.get_connection("conn_1", {.include_secrets = true})),
            "get_connection did not work");
    require_gone(answered, "answered", "after get_connection");
    require(occurrences(token, nullptr) != 0, "the client's token is not found");

    config.limits.max_body = 1000; // exceeded by the first bytes that come
    const openint::client modest(io, config);
    for (const char* path : {"/long", "/chunked", "/gzip", "/deflate"}) {
        const std::string target = std::string("/v1") + path;
        require(!run(io, io, modest.get<message>(target)), "GET " + target + " worked");
        require_gone(answered, "answered", "after GET " + target + " of little");
    }
}

} // namespace

int main()
{
    int port_pipe[2];
    int end_pipe[2];
    if (::pipe(port_pipe) != 0 || ::pipe(end_pipe) != 0)
        return 1;
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(end_pipe[1]);
        serve(port_pipe[1], end_pipe[0]);
    }
    std::uint16_t port = 0;
    if (child < 0 || ::read(port_pipe[0], &port, sizeof port) != sizeof port)
        return 1;

    {
        const auto text = std::make_unique<std::string>(planted.plain());
        require(occurrences(planted, nullptr) == 1, "what was planted is not found");
    }
    {
        asio::io_context io;
        make_calls(io, port);
    }
    require_gone(token, "token", "at the end");
    require_gone(sent, "sent", "at the end");
    require_gone(answered, "answered", "at the end");

    ::close(end_pipe[1]);
    ::waitpid(child, nullptr, 0);
    std::printf("%d problems\n", problems);
    return problems == 0 ? 0 : 1;
}
