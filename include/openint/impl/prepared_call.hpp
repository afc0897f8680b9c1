// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_DETAIL_CALL_HPP
#define OPENINT_DETAIL_CALL_HPP

#include <openint/detail/config.hpp>
#include <openint/http/request.hpp>
#include <openint/http/send.hpp>
#include <openint/json.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace openint::detail {

/// Everything that a call needs, so that it may outlive the client and the arguments.
struct operation
{
    std::shared_ptr<http::pool> connections;
    std::shared_ptr<const http::send_options> options;
    http::request request;
};

/// What a coroutine returns in order to have the body of its answer read as a T right where the
/// coroutine keeps its result: a T can be large, and would be in its frame a second time otherwise.
template <class T>
struct body_of
{
    const http::answer& answer;

    operator T() const
    {
        T value{};
        json::error_info problem;
        if (json::read_into(value, answer.body(), problem, {.max_memory = answer.max_memory()}))
            answer.refuse(problem);
        return value;
    }
};

template <class T>
boost::asio::awaitable<T> receive(http::answer a)
{
    auto receiving = a.receive();
    co_await std::move(receiving);
    co_return body_of<T>{a};
}

/// Sends the request and reads the answer as a T.
template <class T>
boost::asio::awaitable<T> call(operation o)
{
    return receive<T>(
        http::answer(std::move(o.connections), std::move(o.options), std::move(o.request)));
}

/// Where in a list a pager is.
class list_position
{
public:
    /// `limit` is refused by `page` unless it is 1 to 3000.
    list_position(operation list, int limit, std::int64_t offset)
        : list_(std::move(list))
        , limit_(limit)
        , offset_(offset)
    {}

    bool ended() const noexcept { return ended_; }
    std::int64_t offset() const noexcept { return offset_; }

    /// The request for the next page, of `most` items at most.
    OPENINT_DECL operation page(std::size_t most);

    /// Moves on behind a page. Throws `errc::pagination_stuck` where the server does not.
    OPENINT_DECL void advance(std::size_t items, std::optional<std::int64_t> limit,
                              std::optional<std::int64_t> offset, bool repeated);

private:
    operation list_;
    int limit_;
    int asked_ = 0; // the limit of the page that is on its way
    std::int64_t offset_;
    bool ended_ = false;
};

} // namespace openint::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/call.ipp>
#endif

#endif
