// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The reader into the classes of the library: whatever comes, it does not crash, and what it has
// read is the same after writing and reading it again.
//
//   clang++-19 -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Iinclude
//       tests/fuzz/fuzz_connection.cpp -lboost_json

#include <openint/connection.hpp>
#include <openint/json.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace json = openint::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto first = json::try_read<openint::connection>(text);
    if (!first) {
        if (first.error().place.offset > size)
            std::abort();
        (void)first.error().message();
        return 0;
    }
    (void)json::write(*first);
    const std::string written = json::write(*first, {.reveal_secrets = true});
    const auto second = json::read<openint::connection>(written);
    if (json::write(second, {.reveal_secrets = true}) != written)
        std::abort();
    return 0;
}
