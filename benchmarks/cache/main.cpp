// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "../parse/allocations.hpp"
#include "../request/pin.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <exception>
#include <memory>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include <malloc.h>

// usage: benchmark_cache [memory]
// Prints, a line each, "time WAY IDS THREADS NANOSECONDS ALLOCATIONS"; or, for memory, "entry BYTES
// BYTES": what an entry takes beside its texts, and what of that is the connection's struct.

namespace asio = boost::asio;

namespace {

struct cost
{
    double nanoseconds;
    double allocations;
};

double thread_cpu()
{
    std::timespec t{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Of a batch, the CPU time of the thread that does it: others may have the core meanwhile.
constexpr int batch = 20'000;
constexpr int batches = 101;

struct run_result
{
    std::vector<double> times; // of an operation, in nanoseconds
    double allocations = 0;

    cost middle() const { return {median(times), allocations}; }
};

class stopwatch
{
public:
    void stop(run_result& out) const
    {
        out.times.push_back((thread_cpu() - cpu_) / batch);
        out.allocations = static_cast<double>(benchmark_parse::allocations() - allocated_) / batch;
    }
    // Whether the thread had its core for itself.
    bool undisturbed() const
    {
        const std::chrono::duration<double, std::nano> elapsed =
            std::chrono::steady_clock::now() - begin_;
        return elapsed.count() < 1.2 * (thread_cpu() - cpu_);
    }

private:
    std::size_t allocated_ = benchmark_parse::allocations();
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    double cpu_ = thread_cpu();
};

template <class F>
cost measure(F f)
{
    run_result r;
    f(); // everything grows to its size
    for (int i = 0; i != batches; ++i) {
        const stopwatch w;
        f();
        w.stop(r);
    }
    return r.middle();
}

// The same on two cores at once. What counts are batches during which both threads had theirs; on a
// machine that is too busy for that, nothing.
template <class F>
cost measure_on_two(F f)
{
    run_result results[2];
    std::atomic<int> round[2] = {0, 0};
    std::atomic<bool> good[2] = {false, false};
    const auto wait_for_other = [&](int mine, int i) {
        round[mine] = i;
        for (int spins = 0; round[1 - mine] < i; ++spins)
            if (spins > 10'000)
                std::this_thread::yield();
    };
    const auto work = [&](int mine) {
        bench::pin_to(mine);
        f();
        for (int i = 1; i != 2 * 500 + 1; i += 2) {
            wait_for_other(mine, i); // both begin together
            run_result one;
            const stopwatch w;
            f();
            w.stop(one);
            good[mine] = w.undisturbed();
            wait_for_other(mine, i + 1);
            if (good[0] && good[1]) {
                results[mine].times.push_back(one.times.front());
                results[mine].allocations = one.allocations;
            }
        }
    };
    std::thread other(work, 1);
    std::thread first(work, 0);
    first.join();
    other.join();
    if (results[0].times.empty() || results[1].times.empty())
        return {0, 0};
    return {(median(results[0].times) + median(results[1].times)) / 2,
            std::max(results[0].allocations, results[1].allocations)};
}

std::string id_of(int n) { return "conn_github_01J9ZK4T" + std::to_string(1'000'000 + n); }

openint::connection connection_of(int n)
{
    openint::connection c;
    c.id = id_of(n);
    c.connector_name = "github";
    c.customer_id = "cus_" + std::to_string(n);
    c.connector_config_id = "ccfg_github_01";
    c.status = openint::connection_status::healthy;
    auto& oauth = c.settings.emplace().oauth.emplace().credentials.emplace();
    oauth.access_token =
        openint::secret("gho_16C7e42F292c6912E7710c838347Ae178B4a" + std::to_string(1'000'000 + n));
    oauth.refresh_token = openint::secret("ghr_1B4a2e77838347a7E420ce178F2E7c6912E16924");
    oauth.expires_at = openint::timestamp("2099-01-02T03:04:05.678Z");
    c.settings->access_token = oauth.access_token;
    return c;
}

// The texts of what is kept, as they lie in memory beside the structs.
double text_bytes(const openint::connection& c)
{
    const auto bytes = [](std::size_t size) { return size > 15 ? size + 1 : 0; };
    return static_cast<double>(2 * bytes(c.id.size()) + bytes(c.customer_id->size()) +
                               bytes(c.connector_config_id->size()) +
                               2 * bytes(c.access_token().reveal().size()));
}

// What one would write first.
class plain_map
{
public:
    void put(const std::string& id, openint::connection c)
    {
        map_[id] = std::make_shared<const openint::connection>(std::move(c));
    }
    std::shared_ptr<const openint::connection> get(const std::string& id)
    {
        const std::lock_guard lock(mutex_);
        const auto found = map_.find(id);
        return found == map_.end() ? nullptr : found->second;
    }

private:
    std::mutex mutex_;
    std::unordered_map<std::string, std::shared_ptr<const openint::connection>> map_;
};

void print(const char* way, int ids, int threads, const cost& c)
{
    if (c.nanoseconds == 0)
        return;
    std::printf("time %s %d %d %.1f %.3f\n", way, ids, threads, c.nanoseconds, c.allocations);
    std::fflush(stdout);
}

void check(bool good)
{
    if (!good)
        throw std::runtime_error("something was not there");
}

asio::awaitable<void> get_a_batch(openint::credential_cache& cache,
                                  const std::vector<std::string>& ids)
{
    std::size_t next = 0;
    for (int i = 0; i != batch; ++i) {
        const openint::credentials c = co_await cache.get(ids[next]);
        check(bool(c));
        if (++next == ids.size())
            next = 0;
    }
}

asio::awaitable<void> measure_get(openint::credential_cache& cache,
                                  const std::vector<std::string>& ids, cost& out)
{
    run_result r;
    for (int i = 0; i != batches; ++i) {
        const stopwatch w;
        co_await get_a_batch(cache, ids);
        w.stop(r);
    }
    out = r.middle();
}

asio::awaitable<void> measure_call(openint::client& client, cost& out)
{
    constexpr int calls = 2000;
    openint::get_connection_params params;
    params.include_secrets = true;
    for (const int n : {calls / 10, calls}) {
        const std::size_t allocated = benchmark_parse::allocations();
        const double cpu = thread_cpu();
        for (int i = 0; i != n; ++i) {
            const openint::connection c = co_await client.get_connection("conn_github_1", params);
            check(c.usable());
        }
        out = {(thread_cpu() - cpu) / n,
               static_cast<double>(benchmark_parse::allocations() - allocated) / n};
    }
}

void measure_ids(int count)
{
    asio::io_context io(1);
    openint::client_config config;
    config.token = openint::secret("key");
    openint::credential_cache cache{openint::client(io, config)};
    plain_map map;
    std::vector<std::string> ids;
    for (int i = 0; i != count; ++i) {
        ids.push_back(id_of(i));
        cache.put(connection_of(i));
        map.put(ids.back(), connection_of(i));
    }
    std::shuffle(ids.begin(), ids.end(), std::minstd_rand(1));

    const auto through = [&ids](auto ask) {
        return [&ids, ask] {
            std::size_t next = 0;
            for (int i = 0; i != batch; ++i) {
                check(bool(ask(ids[next])));
                if (++next == ids.size())
                    next = 0;
            }
        };
    };
    const auto plain = through([&](const std::string& id) { return map.get(id); });
    const auto cached = through([&](const std::string& id) { return cache.try_get(id); });
    print("map", count, 1, measure(plain));
    print("try_get", count, 1, measure(cached));
    cost get{};
    asio::co_spawn(io, measure_get(cache, ids, get), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    print("get", count, 1, get);
    print("map", count, 2, measure_on_two(plain));
    print("try_get", count, 2, measure_on_two(cached));
}

void measure_memory()
{
    constexpr int count = 10'000;
    asio::io_context io(1);
    openint::client_config config;
    config.token = openint::secret("key");
    const openint::credential_cache cache{openint::client(io, config)};
    const std::size_t before = ::mallinfo2().uordblks;
    double texts = 0;
    for (int i = 0; i != count; ++i) {
        openint::connection c = connection_of(i);
        texts += text_bytes(c);
        cache.put(std::move(c));
    }
    const auto used = static_cast<double>(::mallinfo2().uordblks - before);
    std::printf("entry %.0f %zu\n", (used - texts) / count, sizeof(openint::connection));
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc > 1 && argv[1] == std::string_view("memory")) {
        measure_memory();
        return 0;
    }
    for (const int count : {1, 100, 10'000})
        measure_ids(count);

    openint::testing::mock_server_options options;
    options.record = false;
    openint::testing::mock_server server(options);
    asio::io_context io(1);
    openint::client_config config;
    config.token = openint::secret(server.token());
    config.base_url = server.url();
    openint::client client(io, config);
    cost call{};
    asio::co_spawn(io, measure_call(client, call), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    print("call", 1, 1, call);
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
