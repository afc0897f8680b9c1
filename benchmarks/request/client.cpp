// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contender.hpp"
#include "pin.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <map>

#include <malloc.h>
#include <sys/resource.h>

// usage: benchmark_request CONTENDER PORT IN_FLIGHT REQUESTS [CA_FILE]
// Runs one contender and prints what one request costs it, or, for the contender "memory", by how
// much memory has grown.

extern "C" {
/// Of the library that counts them, if it is preloaded.
unsigned long openint_bench_allocations() __attribute__((weak));

/// What callgrind counts.
[[gnu::noinline]] void openint_bench_measured(bench::contender& c, bench::ledger& l) { c.run(l); }
}

namespace {

unsigned long allocations() { return openint_bench_allocations ? openint_bench_allocations() : 0; }

double cpu_seconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void run(bench::contender& c, std::size_t requests)
{
    bench::ledger l(requests);
    c.run(l);
    l.check();
}

void measure(const char* name, bench::contender& c, const bench::setup& s, std::size_t requests)
{
    // Opens the connections, and lets everything grow to its size.
    run(c, std::max<std::size_t>(requests / 10, 4 * s.in_flight));

    bench::ledger l(requests);
    const unsigned long allocations_before = allocations();
    const double cpu_before = cpu_seconds();
    const auto begin = std::chrono::steady_clock::now();
    openint_bench_measured(c, l);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
    const double cpu = cpu_seconds() - cpu_before;
    const auto allocated = static_cast<double>(allocations() - allocations_before);
    l.check();

    const auto n = static_cast<double>(requests);
    std::printf("%s %s %zu %.0f %.3f %.3f\n", name, s.tls() ? "tls" : "plain", s.in_flight,
                n / elapsed.count(), cpu / n * 1e6, allocated / n);
}

void measure_memory(const bench::setup& s, std::size_t requests)
{
    const auto unpooled = bench::make_openint_unpooled(s);
    const auto pooled = bench::make_openint(s);
    const auto use = [&](std::size_t parts) {
        run(*unpooled, 1000 / parts);
        run(*pooled, requests / parts);
        return mallinfo2().uordblks;
    };
    const std::size_t before = use(10);
    const std::size_t after = use(1);
    std::printf("memory %zu %zu\n", before, after);
}

} // namespace

int main(int argc, char** argv)
try {
    if (argc < 5) {
        std::fprintf(stderr, "usage: %s CONTENDER PORT IN_FLIGHT REQUESTS [CA_FILE]\n", argv[0]);
        return 2;
    }
    const std::map<std::string, std::unique_ptr<bench::contender> (*)(const bench::setup&)> makers{
        {"bare", bench::make_bare},       {"beast", bench::make_beast},
        {"curl", bench::make_curl},       {"openint", bench::make_openint},
        {"reading", bench::make_reading},
    };
    bench::setup s;
    s.port = argv[2];
    s.in_flight = std::strtoul(argv[3], nullptr, 10);
    s.ca_file = argc > 5 ? argv[5] : "";
    const std::size_t requests = std::strtoul(argv[4], nullptr, 10);

    bench::pin_to(1);
    if (argv[1] == std::string("memory"))
        measure_memory(s, requests);
    else
        measure(argv[1], *makers.at(argv[1])(s), s, requests);
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s: %s\n", argv[1], e.what());
    return 1;
}
