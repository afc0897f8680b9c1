// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Reading JSON, compared with others and with copying the finished objects. Run it by
// `sh benchmarks/run.sh parse`, which also counts instructions and measures compiling.
//
//   benchmark_parse --report=FILE     everything; writes a table and prints the goals
//   benchmark_parse --ours            nanoseconds for the single document, nothing else
//   benchmark_parse --read | --copy   one hundred times, for callgrind

#include "allocations.hpp"
#include "checksum.hpp"
#include "contenders.hpp"
#include "documents.hpp"

#include <openint/json.hpp>

#include <benchmark/benchmark.h>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

using namespace benchmark_parse;

// What callgrind looks at.
extern "C" [[gnu::noinline]] void measured_read(std::string_view text)
{
    for (int i = 0; i < 100; ++i)
        ours.connection(text);
}

extern "C" [[gnu::noinline]] void measured_copy(const openint::connection& original)
{
    for (int i = 0; i < 100; ++i) {
        const openint::connection copy = original;
        keep(copy);
    }
}

namespace {

// A text with room behind it for those who want padding.
std::string padded(std::string text)
{
    text.reserve(text.size() + 64);
    return text;
}

double cpu_seconds()
{
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double nanoseconds_of_ours(const std::string& text)
{
    std::vector<double> times;
    for (int round = 0; round < 21; ++round) {
        const double start = cpu_seconds();
        for (int i = 0; i < 1000; ++i)
            ours.connection(text);
        times.push_back((cpu_seconds() - start) * 1e9 / 1000);
    }
    return median(std::move(times));
}

#if !defined(OPENINT_JSON_PORTABLE)

struct document
{
    const char* name;
    std::string text, for_value_to;
    bool list;
};

const contender* const contenders[] = {&ours,           &simdjson_on_demand, &simdjson_texts,
                                       &boost_value_to, &rapidjson_dom,      &nlohmann_dom};

const std::string& text_for(const document& d, const contender& c)
{
    return &c == &boost_value_to ? d.for_value_to : d.text;
}

// Every contender must make the same of a document.
void check(const document& d)
{
    const auto fail = [&d](const char* who) {
        std::fprintf(stderr, "%s: %s does not read the same\n", d.name, who);
        std::exit(1);
    };
    const auto compare = [&](auto read, const auto& expected) {
        const std::uint64_t sum = checksum::of(expected);
        for (const contender* c : contenders) {
            const auto got = read(*c, text_for(d, *c));
            if (checksum::of(got) != sum)
                fail(c->name);
        }
        const auto written = openint::json::write(expected, {.reveal_secrets = true});
        if (boost::json::value(boost::json::parse(written)) != boost::json::parse(d.text))
            fail("writing");
    };
    if (d.list)
        compare([](const contender& c, const std::string& text) { return c.checked_list(text); },
                ours.checked_list(d.text));
    else
        compare(
            [](const contender& c, const std::string& text) { return c.checked_connection(text); },
            ours.checked_connection(d.text));
}

std::size_t count_allocations(auto run)
{
    run();
    run();
    const std::size_t before = allocations();
    run();
    return allocations() - before;
}

// Keeps the medians, and prints the console's table.
class reporter : public benchmark::ConsoleReporter
{
public:
    reporter()
        : ConsoleReporter(OO_None)
    {}

    void ReportRuns(const std::vector<Run>& runs) override
    {
        std::vector<Run> shown;
        for (const Run& run : runs)
            if (run.run_type == Run::RT_Aggregate && run.aggregate_name == "median") {
                medians[run.run_name.function_name] = run.GetAdjustedCPUTime();
                shown.push_back(run);
            }
        if (!shown.empty())
            ConsoleReporter::ReportRuns(shown);
    }

    std::map<std::string, double> medians; // nanoseconds
};

struct measurement
{
    std::string document, contender;
    std::size_t bytes;
    std::size_t allocations;
};

std::string name_of(const std::string& document, const std::string& contender)
{
    return document + ": " + contender;
}

int report(const char* file)
{
    const auto make = [](const char* name, std::string text, bool list) {
        std::string other = padded(for_value_to(text));
        return document{name, padded(std::move(text)), std::move(other), list};
    };
    static std::vector<document> documents;
    documents.push_back(make("connection", connection_document(1), false));
    documents.push_back(make("escapes", escaped_document(1), false));
    documents.push_back(make("free-form", schemas_document(1), false));
    documents.push_back(make("page of 50", page_document(50), true));
    documents.push_back(
        make("10 MB page", page_document(10'000'000 / connection_document(1).size()), true));
    static const std::string shuffled = shuffled_document(1), unknown = unknown_document(1);

    std::vector<measurement> measurements;
    const auto add = [&](const std::string& d, const std::string& c, std::size_t bytes, auto run) {
        measurements.push_back({d, c, bytes, count_allocations(run)});
        auto* b =
            benchmark::RegisterBenchmark(name_of(d, c).c_str(), [run](benchmark::State& state) {
                for (auto _ : state)
                    run();
            });
        b->Unit(bytes > 100'000 ? benchmark::kMicrosecond : benchmark::kNanosecond);
        b->Repetitions(bytes > 1'000'000 ? 3 : 11)->MinTime(bytes > 1'000'000 ? 0.2 : 0.05);
    };

    for (const document& d : documents) {
        check(d);
        for (const contender* c : contenders) {
            const std::string& text = text_for(d, *c);
            const auto run = d.list ? c->list : c->connection;
            add(d.name, c->name, d.text.size(), [run, &text] { run(text); });
        }
        add(d.name, "Boost.JSON parse", d.text.size(), [&d] { boost_parse(d.text); });
        if (d.list) {
            static std::map<const document*, page> originals;
            const page& original = originals[&d] = ours.checked_list(d.text);
            add(d.name, "copy", d.text.size(), [&original] {
                const page copy = original;
                keep(copy);
            });
        } else {
            static std::map<const document*, openint::connection> originals;
            const openint::connection& original = originals[&d] = ours.checked_connection(d.text);
            add(d.name, "copy", d.text.size(), [&original] {
                const openint::connection copy = original;
                keep(copy);
            });
        }
    }
    for (const auto& [name, text] :
         {std::pair{"shuffled", &shuffled}, {"unknown members", &unknown}})
        add(name, ours.name, text->size(), [t = text] { ours.connection(*t); });

    reporter results;
    benchmark::RunSpecifiedBenchmarks(&results);

    std::map<std::string, double> time; // nanoseconds
    for (const auto& m : measurements) {
        // a name has its repetitions behind it
        for (const auto& [name, value] : results.medians)
            if (name == name_of(m.document, m.contender))
                time[name] = m.bytes > 100'000 ? value * 1e3 : value;
    }
    const auto ratio = [&](const std::string& d, const std::string& c) {
        return time[name_of(d, c)] / time[name_of(d, ours.name)];
    };

    std::ofstream table(file);
    std::printf("\n%-16s %-24s %12s %10s %12s %8s\n", "document", "", "ns", "MB/s", "allocations",
                "times");
    for (const auto& m : measurements) {
        const double ns = time[name_of(m.document, m.contender)];
        const bool alone = m.document == "shuffled" || m.document == "unknown members";
        const double times =
            alone ? ns / time[name_of("connection", ours.name)] : ratio(m.document, m.contender);
        std::printf("%-16s %-24s %12.0f %10.0f %12zu %8.2f\n", m.document.c_str(),
                    m.contender.c_str(), ns, static_cast<double>(m.bytes) * 1e3 / ns, m.allocations,
                    times);
        table << m.document << '\t' << m.contender << '\t' << ns << '\t'
              << static_cast<double>(m.bytes) * 1e3 / ns << '\t' << m.allocations << '\t' << times
              << '\n';
    }
    std::printf("\n");

    const auto goal = [](const std::string& name, double value, bool at_least, double limit) {
        const bool met = at_least ? value >= limit : value <= limit;
        std::printf("goal %s %.2f %s %.2f %s\n", name.c_str(), value,
                    at_least ? "at-least" : "at-most", limit, met ? "met" : "missed");
    };
    struct limit
    {
        const char* contender;
        const char* name;
        double single, list;
    };
    const limit limits[] = {{"Boost.JSON value_to", "value_to", 4, 3.2},
                            {"Boost.JSON parse", "dom", 2, 1.8},
                            {"simdjson on-demand", "simdjson", 1.3, 1.2},
                            {"RapidJSON", "rapidjson", 7, 5},
                            {"nlohmann", "nlohmann", 16, 11}};
    for (const limit& l : limits)
        goal(std::string("connection-times-faster-than-") + l.name,
             ratio("connection", l.contender), true, l.single);
    for (const limit& l : limits)
        goal(std::string("page-times-faster-than-") + l.name, ratio("page of 50", l.contender),
             true, l.list);
    for (const limit& l : limits)
        goal(std::string("escapes-times-faster-than-") + l.name, ratio("escapes", l.contender),
             true, 0.75 * l.single);
    const double plain = time[name_of("connection", ours.name)];
    goal("shuffled-against-plain", time[name_of("shuffled", ours.name)] / plain, false, 1.6);
    goal("unknown-members-against-plain", time[name_of("unknown members", ours.name)] / plain,
         false, 1.6);
    std::size_t reading = 0, copying = 0;
    for (const auto& m : measurements)
        if (m.document == "connection") {
            if (m.contender == ours.name)
                reading = m.allocations;
            else if (m.contender == "copy")
                copying = m.allocations;
        }
    goal("allocations-more-than-copying",
         static_cast<double>(reading) - static_cast<double>(copying), false, 0);
    return 0;
}

#endif

} // namespace

int main(int argc, char** argv)
{
    const std::string_view mode = argc > 1 ? argv[1] : "";
    const std::string text = padded(connection_document(1));
    if (mode == "--ours") {
        std::printf("%.0f\n", nanoseconds_of_ours(text));
        return 0;
    }
    if (mode == "--read" || mode == "--copy") {
        const openint::connection original = ours.checked_connection(text);
        mode == "--read" ? measured_read(text) : measured_copy(original);
        return 0;
    }
#if !defined(OPENINT_JSON_PORTABLE)
    if (mode.starts_with("--report=")) {
        std::string interleave = "--benchmark_enable_random_interleaving=true";
        char* arguments[] = {argv[0], interleave.data(), nullptr};
        int count = 2;
        benchmark::Initialize(&count, arguments);
        return report(argv[1] + std::strlen("--report="));
    }
#endif
    std::fprintf(stderr, "see the head of main.cpp\n");
    return 2;
}
