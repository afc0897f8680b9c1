// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_RUN_HPP
#define OPENINT_TESTS_SUPPORT_RUN_HPP

#include "support/transcript.hpp"

#include <openint/error.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace test {

/// Runs the operation on the context until it is done; returns or throws what it does.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> operation)
{
    std::optional<T> value;
    std::exception_ptr problem;
    boost::asio::co_spawn(io, std::move(operation), [&](std::exception_ptr e, T result) {
        problem = e;
        if (!e)
            value.emplace(std::move(result));
    });
    io.restart();
    io.run();
    if (problem)
        std::rethrow_exception(problem);
    BOOST_REQUIRE_MESSAGE(value.has_value(), "the operation was never completed");
    return std::move(*value);
}

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> operation)
{
    bool done = false;
    std::exception_ptr problem;
    boost::asio::co_spawn(io, std::move(operation), [&](std::exception_ptr e) {
        done = true;
        problem = e;
    });
    io.restart();
    io.run();
    if (problem)
        std::rethrow_exception(problem);
    BOOST_REQUIRE_MESSAGE(done, "the operation was never completed");
}

/// The error that the operation must end with.
template <class T>
openint::error failure_of(boost::asio::io_context& io, boost::asio::awaitable<T> operation)
{
    try {
        run(io, std::move(operation));
    } catch (const openint::error& e) {
        said().note(e);
        return e;
    }
    BOOST_FAIL("the operation succeeded");
    throw std::exception(); // not reached
}

} // namespace test

#endif
