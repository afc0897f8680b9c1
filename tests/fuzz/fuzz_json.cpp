// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The reader against Boost.JSON's parser: both accept the same texts, and read the same from them.
// Exceptions, on purpose: a byte order mark in front is ignored, a number beyond the range of
// double is refused, and one with an exponent of any length below it is not. Doubles are compared
// with strtod, as not every Boost.JSON rounds correctly.
//
//   clang++-19 -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -Iinclude
//       tests/fuzz/fuzz_json.cpp -lboost_json

#include <openint/json.hpp>

#include <boost/json/parse.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace json = openint::json;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

bool has_infinity(const boost::json::value& value)
{
    if (const auto* o = value.if_object()) {
        for (const auto& member : *o)
            if (has_infinity(member.value()))
                return true;
    } else if (const auto* a = value.if_array()) {
        for (const auto& item : *a)
            if (has_infinity(item))
                return true;
    }
    return value.is_double() && std::isinf(value.get_double());
}

// Equal, but for the last digits of doubles.
bool alike(const boost::json::value& a, const boost::json::value& b)
{
    if (a.kind() != b.kind())
        return false;
    if (const auto* o = a.if_object()) {
        if (o->size() != b.get_object().size())
            return false;
        for (const auto& member : *o) {
            const auto* other = b.get_object().if_contains(member.key());
            if (other == nullptr || !alike(member.value(), *other))
                return false;
        }
        return true;
    }
    if (const auto* list = a.if_array()) {
        if (list->size() != b.get_array().size())
            return false;
        for (std::size_t i = 0; i < list->size(); ++i)
            if (!alike((*list)[i], b.get_array()[i]))
                return false;
        return true;
    }
    if (a.is_double()) {
        const double x = a.get_double(), y = b.get_double();
        if (x == 0 && std::isnan(y)) // Boost.JSON 1.81 makes that of 0e400
            return true;
        if (std::isinf(y) &&
            std::abs(x) > 1.797e308) // it rounds up what is just below the greatest
            return true;
        return x == y || std::abs(x - y) <= 1e-9 * std::abs(x) || std::abs(x - y) < 1e-300;
    }
    return a == b;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto ours = json::try_read<boost::json::value>(text);
    // What is kept as text need not be representable.
    const bool raw = json::try_read<json::raw_json>(text).has_value();
    require(raw == ours.has_value() || (raw && (ours.error().code == json::errc::not_utf8 ||
                                                ours.error().code == json::errc::out_of_range)));
    if (!ours) {
        require(ours.error().place.offset <= size);
        (void)ours.error().message();
    }

    std::string_view plain = text;
    if (plain.starts_with("\xEF\xBB\xBF"))
        plain.remove_prefix(3);
    boost::json::parse_options options;
    options.max_depth = 512;
    boost::system::error_code code;
    const auto theirs = boost::json::parse({plain.data(), plain.size()}, code, {}, options);
    if (code == boost::json::error::exponent_overflow) {
        // Boost.JSON's own limit: exponents of more digits than an int has.
    } else if (ours && code) {
        std::abort();
    } else if (!ours && !code) {
        // Overflow is refused wherever it is, also in a member that a later one of its name
        // replaces.
        require(ours.error().code == json::errc::out_of_range);
    } else if (ours) {
        require(alike(*ours, theirs));
        require(!has_infinity(*ours));
        // What is written is read as the same.
        const std::string written = json::write(*ours);
        require(json::read<boost::json::value>(written) == *ours);
        require(json::read<boost::json::value>(json::write(*ours, {.pretty = true})) == *ours);
    }

    // A text that is one number.
    if (ours && ours->is_double()) {
        const double expected = std::strtod(std::string(plain).c_str(), nullptr);
        const double got = ours->get_double();
        require(std::memcmp(&expected, &got, sizeof got) == 0);
    }
    return 0;
}
