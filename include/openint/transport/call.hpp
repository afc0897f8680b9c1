// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CALL_HPP
#define OPENINT_TRANSPORT_CALL_HPP

#include <openint/detail/config.hpp>
#include <openint/http/request.hpp>
#include <openint/json/error.hpp>
#include <openint/transport/call_options.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace openint::transport {

class connection_pool;
struct call_state;

/// One call: sent once, then it has a body. Holds the connection that the answer came on, which
/// goes back to the pool with the call.
class call
{
public:
    OPENINT_DECL call(std::shared_ptr<connection_pool> connections,
                      std::shared_ptr<const call_options> options, http::request r);
    OPENINT_DECL call(call&&) noexcept;
    OPENINT_DECL call& operator=(call&&) noexcept;
    OPENINT_DECL ~call();

    /// Sends the request and reads the answer: attempts, pauses and redirects, within the
    /// deadlines. Throws `error` unless the answer is a success, cancellation included.
    /// Await it once, on any context, and do not move the call meanwhile.
    OPENINT_DECL boost::asio::awaitable<void> receive();

    /// The answer's body. Valid after `receive`, as long as this object.
    OPENINT_DECL std::string_view body() const noexcept;

    /// The most bytes that the structs made of the body may take.
    OPENINT_DECL std::size_t max_memory() const noexcept;

    /// The body cannot be read: throws `error` with `errc::malformed_response`, or
    /// `errc::response_too_large` if the structs would take too much memory.
    [[noreturn]] OPENINT_DECL void throw_malformed(const json::error_info& problem) const;
    /// The body is empty, where it should not be: throws `error` with `errc::malformed_response`.
    [[noreturn]] OPENINT_DECL void throw_empty() const;

private:
    class context_task;
    boost::asio::awaitable<void> receive_on_context();

    std::unique_ptr<call_state> state_;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/call.ipp>
#endif

#endif
