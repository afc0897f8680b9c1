// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_SEND_HPP
#define OPENINT_HTTP_SEND_HPP

#include <openint/detail/config.hpp>
#include <openint/http/request.hpp>
#include <openint/http/send_options.hpp>
#include <openint/json/error.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace openint::http {

class pool;
struct call;

/// One call, and then its answer. Holds the connection of the answer, which goes back to the pool
/// with it.
class answer
{
public:
    OPENINT_DECL answer(std::shared_ptr<pool> connections,
                        std::shared_ptr<const send_options> options, request r);
    OPENINT_DECL answer(answer&&) noexcept;
    OPENINT_DECL answer& operator=(answer&&) noexcept;
    OPENINT_DECL ~answer();

    /// Sends the request and reads the answer: attempts, pauses and redirects, within the
    /// deadlines. Throws `error` for whatever is not an answer of success, cancellation included.
    /// To be awaited once, on any context, without moving this object meanwhile.
    OPENINT_DECL boost::asio::awaitable<void> receive();

    /// Valid once it has been received, as long as this object.
    OPENINT_DECL std::string_view body() const noexcept;

    /// Bytes that structs may take that the body becomes.
    OPENINT_DECL std::size_t max_memory() const noexcept;

    /// The body cannot be read: throws `error` with `errc::malformed_response`, or
    /// `errc::response_too_large` if it takes too much memory.
    [[noreturn]] OPENINT_DECL void refuse(const json::error_info& problem) const;

private:
    class abroad;
    boost::asio::awaitable<void> receive_abroad();

    std::unique_ptr<call> call_;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_send.ipp>
#endif

#endif
