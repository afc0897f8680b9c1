// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_PARSE_CONTENDERS_HPP
#define OPENINT_BENCHMARKS_PARSE_CONTENDERS_HPP

#include "documents.hpp"

#include <memory>
#include <string_view>

namespace benchmark_parse {

/// A way to get from a text to the classes of the library.
struct contender
{
    const char* name;

    /// Reads a text into a finished object and destroys it again; what is timed.
    void (*connection)(std::string_view text);
    void (*list)(std::string_view text);

    /// What is read, for the check. Parts that were left as text are made values.
    openint::connection (*checked_connection)(std::string_view text);
    page (*checked_list)(std::string_view text);
};

/// Keeps a result alive for the compiler.
template <class T>
inline void keep(const T& value)
{
    asm volatile("" : : "r"(std::addressof(value)) : "memory");
}

/// A contender from the two functions of a class, and one that finishes what they return.
template <class Reader>
constexpr contender make_contender(const char* name)
{
    return {name, [](std::string_view text) { keep(Reader::connection(text)); },
            [](std::string_view text) { keep(Reader::list(text)); },
            [](std::string_view text) { return Reader::finish(Reader::connection(text)); },
            [](std::string_view text) { return Reader::finish(Reader::list(text)); }};
}

extern const contender ours;
extern const contender boost_value_to; // wants the texts of for_value_to()
extern const contender simdjson_on_demand;
extern const contender simdjson_texts; // does less: free-form parts stay text
extern const contender rapidjson_dom;
extern const contender nlohmann_dom;

/// Boost.JSON's document, without any mapping.
void boost_parse(std::string_view text);

} // namespace benchmark_parse

#endif
