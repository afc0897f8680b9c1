// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// usage: system_calls [STRIDE]
// Lets the first, the second, the third... system call of a call fail, for each kind of call and
// each way to fail, until one goes through without; of STRIDE points (1) it tries one. Whatever
// fails, the call must end once, with the right answer or with the error that the failure stands
// for, and the next call must work.
//
// The program has functions of the C library's names, which Asio then calls. Counted is what the
// thread of the client calls during the call, and every look-up, which Asio makes on a thread of
// its own. No attempt is repeated, so that failures are seen.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <dlfcn.h>
#include <netdb.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::testing::answer;
using openint::testing::mock_server;
using openint::testing::mock_server_options;
using openint::testing::respond;

namespace {

enum class function
{
    socket,
    connect,
    setsockopt,
    epoll_ctl,
    send,
    recv,
    getaddrinfo
};

// A way to fail.
struct fault
{
    const char* name;
    int error; // errno, or of getaddrinfo; 0: one byte is moved
    std::vector<function> functions;
    std::vector<errc> ends_with; // empty: it must not matter
};

// Set while no call runs.
std::size_t failing = 0; // the one that fails; 0: none
const fault* way = nullptr;
std::atomic<bool> counting = false;
std::atomic<std::size_t> count = 0;
std::atomic<bool> reached = false; // that one
std::atomic<bool> failed = false;  // and it is of a kind that can fail in this way
thread_local bool is_client = false;

bool fails(function f)
{
    if (!counting || (!is_client && f != function::getaddrinfo) || ++count != failing)
        return false;
    reached = true;
    if (std::find(way->functions.begin(), way->functions.end(), f) == way->functions.end())
        return false;
    failed = true;
    errno = way->error;
    return true;
}

template <class F>
F* original(const char* name)
{
    return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" int socket(int domain, int type, int protocol) noexcept
{
    static const auto real = original<int(int, int, int)>("socket");
    return fails(function::socket) ? -1 : real(domain, type, protocol);
}

extern "C" int connect(int s, const sockaddr* to, socklen_t size)
{
    static const auto real = original<int(int, const sockaddr*, socklen_t)>("connect");
    return fails(function::connect) ? -1 : real(s, to, size);
}

extern "C" int setsockopt(int s, int level, int name, const void* value, socklen_t size) noexcept
{
    static const auto real = original<int(int, int, int, const void*, socklen_t)>("setsockopt");
    return fails(function::setsockopt) ? -1 : real(s, level, name, value, size);
}

extern "C" int epoll_ctl(int e, int operation, int s, epoll_event* event) noexcept
{
    static const auto real = original<int(int, int, int, epoll_event*)>("epoll_ctl");
    // An epoll descriptor lets go of what is closed anyway.
    return operation != EPOLL_CTL_DEL && fails(function::epoll_ctl) ? -1
                                                                    : real(e, operation, s, event);
}

extern "C" ssize_t send(int s, const void* from, std::size_t size, int flags)
{
    static const auto real = original<ssize_t(int, const void*, std::size_t, int)>("send");
    if (size != 0 && fails(function::send)) {
        if (way->error != 0)
            return -1;
        size = 1;
    }
    return real(s, from, size, flags);
}

extern "C" ssize_t sendmsg(int s, const msghdr* message, int flags)
{
    static const auto real = original<ssize_t(int, const msghdr*, int)>("sendmsg");
    if (message->msg_iovlen == 0 || !fails(function::send))
        return real(s, message, flags);
    if (way->error != 0)
        return -1;
    iovec byte{message->msg_iov->iov_base, 1};
    msghdr less = *message;
    less.msg_iov = &byte;
    less.msg_iovlen = 1;
    return real(s, &less, flags);
}

extern "C" ssize_t recv(int s, void* into, std::size_t size, int flags)
{
    static const auto real = original<ssize_t(int, void*, std::size_t, int)>("recv");
    if (size != 0 && fails(function::recv)) {
        if (way->error != 0)
            return -1;
        size = 1;
    }
    return real(s, into, size, flags);
}

extern "C" ssize_t recvmsg(int s, msghdr* message, int flags)
{
    static const auto real = original<ssize_t(int, msghdr*, int)>("recvmsg");
    if (message->msg_iovlen == 0 || !fails(function::recv))
        return real(s, message, flags);
    if (way->error != 0)
        return -1;
    iovec byte{message->msg_iov->iov_base, 1};
    msghdr less = *message;
    less.msg_iov = &byte;
    less.msg_iovlen = 1;
    return real(s, &less, flags);
}

extern "C" int getaddrinfo(const char* host, const char* service, const addrinfo* hints,
                           addrinfo** result)
{
    static const auto real =
        original<int(const char*, const char*, const addrinfo*, addrinfo**)>("getaddrinfo");
    return fails(function::getaddrinfo) ? way->error : real(host, service, hints, result);
}

namespace {

// A connection that turned out to be broken is replaced once, so any of these may end well, too. A
// lost connection is `errc::tls` while TLS begins. Where Asio asks epoll for something in vain it
// does not say so: the deadline ends that.
const std::vector<fault>& faults()
{
    using enum function;
    static const std::vector<fault> all = {
        {"EMFILE", EMFILE, {socket}, {errc::connect}},
        {"ENOBUFS", ENOBUFS, {socket, setsockopt, connect}, {errc::connect}},
        {"ENOMEM", ENOMEM, {epoll_ctl}, {errc::connect, errc::connection_lost, errc::timeout}},
        {"ENETUNREACH", ENETUNREACH, {connect}, {errc::connect}},
        {"ECONNREFUSED", ECONNREFUSED, {connect}, {errc::connect}},
        {"ECONNRESET",
         ECONNRESET,
         {connect, send, recv},
         {errc::connect, errc::connection_lost, errc::tls}},
        {"EPIPE", EPIPE, {send}, {errc::connection_lost, errc::tls}},
        {"ENOBUFS while sending", ENOBUFS, {send}, {errc::connection_lost, errc::tls}},
        {"EHOSTUNREACH", EHOSTUNREACH, {send, recv}, {errc::connection_lost, errc::tls}},
        {"EINTR", EINTR, {send, recv}, {}},
        {"one byte", 0, {send, recv}, {}},
        {"no name", EAI_NONAME, {getaddrinfo}, {errc::resolve}},
        {"try again", EAI_AGAIN, {getaddrinfo}, {errc::resolve}},
        {"no memory", EAI_MEMORY, {getaddrinfo}, {errc::resolve}},
    };
    return all;
}

// What a call is tried with.
struct place
{
    mock_server& server;
    openint::client client;
};

struct kind
{
    const char* name;
    bool tls = false;
    bool warm = true; // a call went before, so that there is a connection
    std::function<void(place&)> prepare = [](place&) {};
    std::function<asio::awaitable<bool>(const openint::client&)> call;
    bool by_name = false;
};

asio::awaitable<bool> get(const openint::client& client)
{
    const openint::connection c = co_await client.get_connection("conn_github_1");
    co_return c.id == "conn_github_1";
}

asio::awaitable<bool> get_pages(const openint::client& client)
{
    auto pages = client.list_connectors_pages({.limit = 60});
    pages.prefetch();
    std::size_t rows = 0;
    while (const auto page = co_await pages.next())
        rows += page->items.size();
    co_return rows > 150;
}

// More than the system's buffers take.
asio::awaitable<bool> send_much(const openint::client& client)
{
    static const boost::json::object large{{"x", std::string(8u << 20, 'x')}};
    const boost::json::value answer = co_await client.put("/v1/x", large);
    co_return answer.at("id") == "x";
}

const std::vector<kind>& kinds()
{
    static const std::vector<kind> all = {
        {.name = "plain", .warm = false, .call = get},
        {.name = "reused", .call = get},
        {.name = "name", .warm = false, .call = get, .by_name = true},
        {.name = "TLS", .tls = true, .warm = false, .call = get},
        {.name = "TLS reused", .tls = true, .call = get},
        {.name = "TLS resumed",
         .tls = true,
         .prepare =
             [](place& p) {
                 p.server.close_connections();
                 p.server.wait_until_open(0);
             },
         .call = get},
        {.name = "chunked",
         .prepare = [](place& p) { p.server.next(answer().chunked({100}).drip(700, 0ms)); },
         .call = get},
        {.name = "gzip", .prepare = [](place& p) { p.server.next(answer().gzip()); }, .call = get},
        {.name = "pages", .call = get_pages},
        {.name = "much",
         .prepare = [](place& p) { p.server.when("/v1/x", respond(200, R"({"id":"x"})")); },
         .call = send_much},
    };
    return all;
}

// Runs the call to its end.
struct outcome
{
    int ended = 0;
    bool right = false;
    std::optional<openint::error> error;
    std::string other; // what else was thrown
};

outcome run(asio::io_context& io, asio::awaitable<bool> call)
{
    outcome o;
    asio::co_spawn(io, std::move(call), [&](const std::exception_ptr& e, bool right) {
        ++o.ended;
        o.right = !e && right;
        try {
            if (e)
                std::rethrow_exception(e);
        } catch (const openint::error& problem) {
            o.error = problem;
        } catch (const std::exception& problem) {
            o.other = problem.what();
        }
    });
    io.restart();
    const auto limit = std::chrono::steady_clock::now() + 5s;
    while (o.ended == 0 && std::chrono::steady_clock::now() < limit)
        if (io.run_one_for(100ms) == 0 && io.stopped())
            break;
    io.restart();
    io.poll(); // if it ended twice
    return o;
}

std::size_t problems = 0;

void complain(const kind& k, const fault& f, const std::string& what)
{
    std::printf("%s, %s in call %zu: %s\n", k.name, f.name, failing, what.c_str());
    ++problems;
}

bool allowed(const fault& f, const openint::error& e)
{
    return std::any_of(f.ends_with.begin(), f.ends_with.end(),
                       [&](errc one) { return e.code() == one; });
}

void check(const kind& k, const fault& f, const outcome& o)
{
    if (o.ended != 1)
        complain(k, f, "ended " + std::to_string(o.ended) + " times");
    else if (!o.other.empty())
        complain(k, f, "threw " + o.other);
    else if (o.error && !allowed(f, *o.error))
        complain(k, f, std::string("another error: ") + o.error->what());
    else if (!o.error && !o.right)
        complain(k, f, "the answer is wrong");
}

std::size_t try_kind(const kind& k, const fault& f, std::size_t stride)
{
    mock_server_options options;
    options.tls = k.tls;
    mock_server server(options);
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.retry.max_retries = 0;
    config.connect_timeout = config.timeout = 500ms;
    if (k.by_name)
        config.base_url.replace(config.base_url.find("127.0.0.1"), 9, "localhost");
    if (k.tls)
        config.tls.ca_file = server.ca_file();

    std::size_t points = 0;
    for (std::size_t n = 1; n < 100'000; n += stride) {
        asio::io_context io(1);
        place p{server, openint::client(io, config)};
        if (k.warm && !run(io, get(p.client)).right) {
            complain(k, f, "cannot be tried");
            return points;
        }
        k.prepare(p);
        way = &f;
        failing = n;
        count = 0;
        reached = false;
        failed = false;
        counting = true;
        const outcome o = run(io, k.call(p.client));
        counting = false;
        if (!reached) {
            if (!o.right)
                complain(k, f, "failed without a failure");
            return points;
        }
        server.clear_scripts().clear_requests();
        if (!failed)
            continue;
        ++points;
        check(k, f, o);
        if (!run(io, get(p.client)).right)
            complain(k, f, "the next call failed");
    }
    complain(k, f, "there was no end");
    return points;
}

} // namespace

int main(int argc, char** argv)
{
    const std::size_t stride = std::max(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1, 1ul);
    is_client = true;
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    std::size_t all = 0;
    for (const kind& k : kinds()) {
        std::size_t points = 0;
        for (const fault& f : faults())
            points += try_kind(k, f, stride);
        std::printf("%-12s %5zu points\n", k.name, points);
        all += points;
    }
    std::printf("%zu points, %zu problems\n", all, problems);
    return all != 0 && problems == 0 ? 0 : 1;
}
