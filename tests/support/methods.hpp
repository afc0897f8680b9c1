// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_METHODS_HPP
#define OPENINT_TESTS_SUPPORT_METHODS_HPP

#include <openint.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>

#include <functional>
#include <utility>

namespace test {

// POST and PATCH, which are not repeated, and those that are.
using call_of_method =
    std::function<boost::asio::awaitable<boost::json::value>(const openint::client&)>;
inline const std::pair<const char*, call_of_method> unsafe_methods[] = {
    {"POST", [](const openint::client& c) { return c.post("/v1/x"); }},
    {"PATCH", [](const openint::client& c) { return c.patch("/v1/x"); }},
};
inline const std::pair<const char*, call_of_method> idempotent_methods[] = {
    {"GET", [](const openint::client& c) { return c.get("/v1/x"); }},
    {"PUT", [](const openint::client& c) { return c.put("/v1/x"); }},
    {"DELETE", [](const openint::client& c) { return c.del("/v1/x"); }},
};

} // namespace test

#endif
