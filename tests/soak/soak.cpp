// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.
//
// A hostile soak: many calls on several threads against a server that misbehaves at random.
//
//     soak [SECONDS [SEED]]
//
// Whatever the server does, each call ends exactly once, with the answer for its own id or a
// documented error; in the end no connection and no descriptor is left.

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::testing::answer;
using openint::testing::mock_server;
using openint::testing::respond;
using engine = std::mt19937_64;

namespace {

constexpr std::uint64_t ids = 16;
constexpr std::size_t workers = 32;

std::uint64_t below(engine& random, std::uint64_t n)
{
    return std::uniform_int_distribution<std::uint64_t>(0, n - 1)(random);
}

std::string id_of(std::uint64_t n) { return "conn_soak_" + std::to_string(n); }

// What the server does with a request: half of the time what it should.
openint::testing::response misbehave(engine& random)
{
    const auto somewhere = [&] { return static_cast<std::size_t>(below(random, 900)); };
    switch (below(random, 40)) {
    case 0:
        return respond(500);
    case 1:
        return respond(503).header("Retry-After", "0");
    case 2:
        return respond(429).header("retry-after-ms", "1");
    case 3:
        return respond(404);
    case 4:
        return openint::testing::close_before_answer();
    case 5:
        return openint::testing::reset_before_answer();
    case 6:
        return openint::testing::close_after(somewhere());
    case 7:
        return openint::testing::reset_after(somewhere());
    case 8:
        return openint::testing::stall_after(somewhere());
    case 9:
        return openint::testing::close_after_answer();
    case 10:
        return openint::testing::reset_after_answer();
    case 11:
        return answer().delay(std::chrono::milliseconds(below(random, 30)));
    case 12:
        return answer().drip(static_cast<std::size_t>(20 + below(random, 100)), 1ms);
    case 13:
        return answer().chunked({1 + static_cast<std::size_t>(below(random, 50))}, ";x=y");
    case 14:
        return answer().gzip();
    case 15:
        return answer().deflate().chunked({7});
    case 16:
        return answer().to_end_of_stream();
    case 17:
        return answer().connection_close();
    case 18:
        return answer().followed_by("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    case 19:
        return answer().copies(2);
    case 20:
        return answer().informational(103);
    case 21:
        return openint::testing::raw("rubbish\r\n\r\n");
    case 22:
        return respond(200, "{\"id\": 7}");
    default:
        return answer();
    }
}

struct tally
{
    std::mutex mutex;
    std::map<std::string, std::size_t> outcomes;
    std::atomic<std::size_t> begun{0};
    std::atomic<std::size_t> ended{0};
    std::atomic<std::size_t> wrong{0};

    void count(const std::string& outcome)
    {
        const std::lock_guard lock(mutex);
        ++outcomes[outcome];
    }
};

bool documented(const openint::error& e)
{
    using openint::errc;
    for (const errc code :
         {errc::connection_lost, errc::timeout, errc::malformed_response, errc::connect, errc::tls})
        if (e.code() == code)
            return true;
    return e.code() == openint::condition::client_error ||
           e.code() == openint::condition::server_error ||
           e.code() == asio::error::operation_aborted;
}

void judge(tally& t, const std::string& id, const openint::result<openint::connection>& r)
{
    if (r.has_value()) {
        t.count("answered");
        if (r->id == id)
            return;
        std::cerr << "asked for " << id << ", got " << r->id << '\n';
    } else {
        t.count(r.error().code().message());
        if (documented(r.error()))
            return;
        std::cerr << "not a documented error: " << r.error().what() << '\n';
    }
    ++t.wrong;
}

asio::awaitable<void> work(openint::client client, std::uint64_t seed,
                           std::chrono::steady_clock::time_point until, tally& t)
{
    using namespace asio::experimental::awaitable_operators;
    engine random(seed);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (std::chrono::steady_clock::now() < until) {
        const std::string id = id_of(below(random, ids));
        const openint::client mine =
            client.with_options({.timeout = std::chrono::milliseconds(20 + below(random, 200)),
                                 .total_timeout = 1s,
                                 .max_retries = static_cast<int>(below(random, 3))});
        ++t.begun;
        if (below(random, 4) != 0) {
            const auto r = co_await openint::as_result(mine.get_connection(id));
            judge(t, id, r);
        } else { // cancelled at some time, unless it is quicker
            timer.expires_after(std::chrono::microseconds(below(random, 20'000)));
            const auto first = co_await (openint::as_result(mine.get_connection(id)) ||
                                         timer.async_wait(asio::use_awaitable));
            if (first.index() == 0)
                judge(t, id, std::get<0>(first));
            else
                t.count("cancelled");
        }
        ++t.ended;
    }
}

std::size_t open_descriptors()
{
    const std::filesystem::directory_iterator folder("/proc/self/fd");
    return static_cast<std::size_t>(std::distance(begin(folder), end(folder)));
}

// One server, one client, several threads.
void soak(bool tls, std::chrono::seconds duration, std::uint64_t seed, tally& t)
{
    mock_server server({.tls = tls, .record = false});
    for (std::uint64_t i = 0; i != ids; ++i)
        server.add(R"({"id":")" + id_of(i) + R"(","connector_name":"github","metadata":{"text":")" +
                   std::string(500, 'x') + R"("}})");
    // Shared, since the last answers may be made while the rest is taken down.
    auto random = std::make_shared<engine>(seed);
    server.always([random](const openint::testing::request&) { return misbehave(*random); });

    {
        asio::io_context io;
        openint::client_config config;
        config.token = openint::secret(server.token());
        config.base_url = server.url();
        config.retry.initial_delay = 1ms;
        config.pool.max_connections = 12; // fewer than workers: some wait
        if (tls)
            config.tls.ca_file = server.ca_file();
        const openint::client client(io, config);
        const auto until = std::chrono::steady_clock::now() + duration;
        for (std::size_t i = 0; i != workers; ++i)
            asio::co_spawn(asio::make_strand(io), work(client, seed + i + 1, until, t),
                           [](std::exception_ptr e) {
                               if (e)
                                   std::rethrow_exception(e);
                           });
        std::vector<std::thread> threads;
        for (int i = 0; i != 3; ++i)
            threads.emplace_back([&io] { io.run(); });
        for (std::thread& thread : threads)
            thread.join();
    }
    server.clear_scripts();
    if (!server.wait_until_open(0)) {
        std::cerr << "connections were left open\n";
        ++t.wrong;
    }
}

} // namespace

int main(int argc, char** argv)
{
    const std::chrono::seconds duration(argc > 1 ? std::atoi(argv[1]) : 10);
    const std::uint64_t seed =
        argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device{}();
    std::cout << "seed " << seed << ", " << duration.count() << " s\n";

    tally t;
    const std::size_t descriptors = open_descriptors();
    soak(false, duration / 2, seed, t);
    soak(true, duration - duration / 2, seed + 1000, t);

    for (const auto& [outcome, times] : t.outcomes)
        std::cout << "  " << times << "  " << outcome << '\n';
    if (t.begun != t.ended) {
        std::cerr << t.begun << " calls were begun, " << t.ended << " ended\n";
        ++t.wrong;
    }
    if (open_descriptors() != descriptors) {
        std::cerr << "descriptors: " << descriptors << " before, " << open_descriptors()
                  << " after\n";
        ++t.wrong;
    }
    std::cout << t.ended << " calls, " << t.wrong << " wrong\n";
    return t.wrong == 0 && t.ended != 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
