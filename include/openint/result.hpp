// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_RESULT_HPP
#define OPENINT_RESULT_HPP

#include <openint/error.hpp>

#include <boost/asio/awaitable.hpp>

#include <concepts>
#include <utility>
#include <variant>

namespace openint {

/// A value, or the `error` that there is instead. What `as_result` delivers.
template <class T>
class [[nodiscard]] result
{
public:
    /// A value-initialized T: what Asio's completion handlers may need before there is a result.
    result() = default;
    /// A value.
    result(T value)
        : state_(std::in_place_index<0>, std::move(value))
    {}
    /// An error instead of a value.
    result(openint::error e) noexcept
        : state_(std::in_place_index<1>, std::move(e))
    {}

    /// Whether there is a value.
    bool has_value() const noexcept { return state_.index() == 0; }
    /// Whether there is an error.
    bool has_error() const noexcept { return state_.index() == 1; }
    /// Whether there is a value.
    explicit operator bool() const noexcept { return has_value(); }

    /// The value; throws the error (as `api_error` where it is one) if there is none.
    T& value() & { return checked(); }
    /// The same for a constant result.
    const T& value() const& { return const_cast<result&>(*this).checked(); }
    /// The same, moved out of a temporary.
    T value() && { return std::move(checked()); }

    /// The value, unchecked: precondition `has_value()`.
    T& operator*() noexcept { return *std::get_if<0>(&state_); }
    /// The same for a constant result.
    const T& operator*() const noexcept { return *std::get_if<0>(&state_); }
    /// A member of the value: precondition `has_value()`.
    T* operator->() noexcept { return std::get_if<0>(&state_); }
    /// The same for a constant result.
    const T* operator->() const noexcept { return std::get_if<0>(&state_); }

    /// The error: precondition `has_error()`.
    const openint::error& error() const noexcept { return *std::get_if<1>(&state_); }

private:
    T& checked()
    {
        if (has_error())
            error().raise();
        return **this;
    }

    std::variant<T, openint::error> state_;
};

namespace detail {

#if defined(__GNUC__) && !defined(__clang__) // sees half of what Asio's frames are made with
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif
template <class T>
boost::asio::awaitable<result<T>> catch_error(boost::asio::awaitable<T> operation)
{
    // No co_await in a catch clause, and no throwing across the result: one try, one await.
    try {
        T value = co_await std::move(operation);
        co_return result<T>(std::move(value));
    } catch (const openint::error& e) {
        co_return result<T>(e);
    }
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

} // namespace detail

/// The same operation without throwing: `co_await openint::as_result(client.get_connection(id))`.
///
/// Every `openint::error` becomes the result's error, a cancelled call included. Other exceptions
/// (`std::bad_alloc`) pass through. Cancellation reaches the operation.
template <class T>
boost::asio::awaitable<result<T>> as_result(boost::asio::awaitable<T> operation)
{
    return detail::catch_error(std::move(operation));
}

} // namespace openint

#endif
