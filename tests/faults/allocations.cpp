// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// usage: allocations [STRIDE]
// Lets the first, the second, the third... allocation of a call fail, for each kind of call, until
// one goes through without; of STRIDE points (1) it tries one. Whatever fails, the call must end
// once, by an exception or with the right answer, and the next call must work. Leaks are the
// sanitizer's to find.
//
// Counted is what the thread of the client allocates during the call: by operator new and, linked
// with --wrap, by aligned_alloc, from which Asio takes coroutine frames and operations. Left out is
// what cannot be helped from here:
//   - Asio's co_spawn, where it goes over to its executor and back: the exception leaves
//     io_context::run(), and the coroutine is destroyed.
//   - Asio's strands (Boost 1.81): one that cannot be made whole is destroyed with members that have
//     no values yet, and functions that may not throw ask an `any_io_executor` for its properties,
//     which allocates.
//   - OpenSSL's own allocations.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include <execinfo.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::testing::answer;
using openint::testing::mock_server;
using openint::testing::mock_server_options;
using openint::testing::respond;

// Not without a name: `excused` looks for names.
namespace faults {

thread_local bool counting = false;
thread_local std::size_t count = 0;
thread_local std::size_t failing = 0; // the one that fails; 0: none
thread_local bool failed = false;
thread_local void* where[40];
thread_local int depth = 0;

// Whether this is one of the places that are listed above.
bool excused() noexcept
{
    char** const names = ::backtrace_symbols(where, std::min(depth, 12));
    bool found = false;
    for (int i = 0; names && i != std::min(depth, 12); ++i)
        found = found || std::strstr(names[i], "strand") ||
                std::strstr(names[i], "co_spawn_entry_point");
    std::free(names);
    return found;
}

bool fails() noexcept
{
    if (!counting || ++count != failing)
        return false;
    counting = false; // only one
    failed = true;
    depth = ::backtrace(where, 40);
    return !excused();
}

} // namespace faults

using namespace faults;

void* operator new(std::size_t size)
{
    void* const p = fails() ? nullptr : std::malloc(size);
    if (!p)
        throw std::bad_alloc();
    return p;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    return fails() ? nullptr : std::malloc(size);
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

extern "C" void* __real_aligned_alloc(std::size_t alignment, std::size_t size);
extern "C" void* __wrap_aligned_alloc(std::size_t alignment, std::size_t size)
{
    return fails() ? nullptr : __real_aligned_alloc(alignment, size);
}

namespace faults {

// What a call is tried with.
struct place
{
    mock_server& server;
    asio::io_context& io;
    asio::io_context& other; // of the caller, where that is another
    openint::client client;
};

struct kind
{
    const char* name;
    bool tls = false;
    bool warm = true;    // a call went before, so that there is a connection
    bool abroad = false; // the caller's context is another one
    std::function<void(place&)> prepare = [](place&) {};
    std::function<asio::awaitable<void>(place&)> call;
    std::chrono::milliseconds cancel_after{0};
    std::function<void(openint::client_config&)> configure = [](openint::client_config&) {};
};

asio::awaitable<void> get(place& p)
{
    const openint::connection c = co_await p.client.get_connection("conn_github_1");
    if (c.id != "conn_github_1")
        std::abort();
}

asio::awaitable<void> get_pages(place& p)
{
    auto pages = p.client.list_connectors_pages({.limit = 2});
    pages.prefetch();
    for (int i = 0; i != 3; ++i)
        if (!co_await pages.next())
            break;
}

asio::awaitable<void> create(place& p)
{
    const openint::customer c = co_await p.client.upsert_customer({.id = "cus_1"});
    if (c.id != "cus_1")
        std::abort();
}

// More than the system's buffers take.
asio::awaitable<void> send_much(place& p)
{
    static const boost::json::object large{{"x", std::string(8u << 20, 'x')}};
    co_await p.client.post("/v1/x", large);
}

asio::awaitable<void> counted(place& p, const kind& k, std::size_t n)
{
    count = 0;
    failing = n;
    failed = false;
    counting = true;
    struct end
    {
        ~end() { counting = false; }
    } const stop;
    co_await k.call(p);
}

struct totals
{
    std::size_t points = 0;
    std::size_t lost = 0;
    std::size_t hung = 0;
    std::size_t broken = 0; // the next call did not work
};

void complain(const kind& k, std::size_t n, const char* what)
{
    std::printf("%s, allocation %zu: %s\n", k.name, n, what);
    if (std::getenv("OPENINT_TEST_VERBOSE") != nullptr) {
        std::fflush(stdout);
        ::backtrace_symbols_fd(where, depth, 1);
    }
}

// Runs both contexts on this thread until the call has ended, or cannot end any more.
bool run_until(place& p, const bool& ended, bool& thrown)
{
    const auto limit = std::chrono::steady_clock::now() + 3s;
    while (!ended && std::chrono::steady_clock::now() < limit) {
        bool idle = true;
        for (asio::io_context* io : {&p.io, &p.other})
            try {
                io->restart();
                const std::size_t handlers = io->poll() + io->run_one_for(1ms);
                idle = idle && handlers == 0 && io->stopped();
            } catch (const std::bad_alloc&) {
                thrown = true;
                idle = false;
            }
        if (idle)
            break;
    }
    return ended;
}

void try_kind(const kind& k, std::size_t stride, totals& all)
{
    mock_server_options options;
    options.tls = k.tls;
    mock_server server(options);
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    config.retry.initial_delay = config.retry.max_delay = 1ms;
    if (k.tls)
        config.tls.ca_file = server.ca_file();
    k.configure(config);

    std::size_t points = 0;
    std::size_t lost = 0;
    for (std::size_t n = 1; n < 5000; n += stride) {
        asio::io_context io(1);
        asio::io_context other(1);
        place p{server, io, other, openint::client(io, config)};
        bool thrown = false;
        const openint::client next = p.client;
        const auto next_works = [&] {
            bool ended = false;
            bool right = false;
            server.clear_scripts();
            p.client = next;
            asio::co_spawn(io, get(p), [&](std::exception_ptr e) {
                ended = true;
                right = !e;
            });
            run_until(p, ended, thrown);
            return right;
        };
        if (k.warm && !next_works()) {
            complain(k, n, "cannot be tried");
            ++all.broken;
            return;
        }
        k.prepare(p);
        int ended = 0;
        bool done = false;
        asio::cancellation_signal stop;
        asio::co_spawn(k.abroad ? other : io, counted(p, k, n),
                       asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr) {
                           counting = false;
                           ++ended;
                           done = true;
                       }));
        if (k.cancel_after.count() != 0) {
            asio::io_context& io_of_caller = k.abroad ? other : io;
            auto timer = std::make_shared<asio::steady_timer>(io_of_caller, k.cancel_after);
            timer->async_wait([&stop, timer](const boost::system::error_code& ec) {
                if (ec)
                    return;
                try {
                    stop.emit(asio::cancellation_type::terminal);
                } catch (const std::bad_alloc&) { // co_spawn's
                    stop.emit(asio::cancellation_type::terminal);
                }
            });
        }
        const bool over = run_until(p, done, thrown);
        counting = false;
        server.release();
        if (!failed)
            break;
        ++points;
        if (!over && thrown && io.stopped() && other.stopped()) {
            ++lost;
            complain(k, n, "lost");
        } else if (!over) {
            ++all.hung;
            complain(k, n, "hung");
        }
        thrown = false;
        if (!next_works()) {
            ++all.broken;
            complain(k, n, "the next call failed");
        }
    }
    std::printf("%-16s %4zu points, %zu lost\n", k.name, points, lost);
    all.points += points;
    all.lost += lost;
}

const std::vector<kind>& kinds()
{
    static const std::vector<kind> all = {
        {.name = "plain", .warm = false, .call = get},
        {.name = "reused", .call = get},
        {.name = "name",
         .warm = false,
         .call = get,
         .configure =
             [](openint::client_config& c) {
                 c.base_url.replace(c.base_url.find("127.0.0.1"), 9, "localhost");
             }},
        {.name = "TLS", .tls = true, .warm = false, .call = get},
        {.name = "TLS resumed",
         .tls = true,
         .prepare =
             [](place& p) {
                 p.server.close_connections();
                 p.server.wait_until_open(0);
             },
         .call = get},
        {.name = "chunked",
         .prepare = [](place& p) { p.server.next(answer().chunked({3})); },
         .call = get},
        {.name = "gzip", .prepare = [](place& p) { p.server.next(answer().gzip()); }, .call = get},
        {.name = "error", .prepare = [](place& p) { p.server.next(respond(404)); }, .call = get},
        {.name = "issues",
         .prepare =
             [](place& p) {
                 p.server.next(respond(422, R"({"error":{"message":"a \ud800 message"},"x":1e400,)"
                                            R"("issues":[{"message":"i","path":["a"],"x":{}}]})"));
             },
         .call = get},
        {.name = "bad body",
         .prepare =
             [](place& p) {
                 p.server.next(respond(404, "not packed").header("Content-Encoding", "gzip"));
             },
         .call = get},
        {.name = "early answer",
         .prepare = [](place& p) { p.server.next(respond(413).early(1)); },
         .call = send_much},
        {.name = "retry", .prepare = [](place& p) { p.server.next(respond(503)); }, .call = get},
        {.name = "pool",
         .prepare =
             [](place& p) {
                 p.server.next(answer().delay(2ms));
                 asio::co_spawn(p.io, get(p), asio::detached);
                 p.io.restart();
                 p.io.poll();
             },
         .call = get,
         .configure = [](openint::client_config& c) { c.pool.max_connections = 1; }},
        {.name = "cancel",
         .prepare = [](place& p) { p.server.next(answer().hold()); },
         .call = get,
         .cancel_after = 3ms},
        {.name = "timeout",
         .prepare =
             [](place& p) {
                 p.server.next(answer().hold());
                 p.client = p.client.with_options({.timeout = 3ms, .max_retries = 0});
             },
         .call = get},
        {.name = "abroad", .abroad = true, .call = get},
        {.name = "abroad cancel",
         .abroad = true,
         .prepare = [](place& p) { p.server.next(answer().hold()); },
         .call = get,
         .cancel_after = 3ms},
        {.name = "pages", .call = get_pages},
        {.name = "create", .call = create},
    };
    return all;
}

} // namespace faults

int main(int argc, char** argv)
{
    const std::size_t stride = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1;
    std::set_terminate([] {
        std::puts("terminated");
        std::fflush(stdout);
        ::backtrace_symbols_fd(where, depth, 1);
        std::abort();
    });
    void* warm[1];
    ::backtrace(warm, 1); // loads a library the first time
    totals all;
    for (const kind& k : kinds())
        if (argc <= 2 || std::string(argv[2]) == k.name)
            try_kind(k, stride, all);
    std::printf("%zu points: %zu lost, %zu hung, %zu left the client broken\n", all.points,
                all.lost, all.hung, all.broken);
    return all.points != 0 && all.hung == 0 && all.broken == 0 && all.lost == 0 ? 0 : 1;
}
