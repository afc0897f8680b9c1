// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_PREPARED_CALL_HPP
#define OPENINT_IMPL_PREPARED_CALL_HPP

#include <openint/http/request.hpp>
#include <openint/json.hpp>
#include <openint/transport/call.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace openint::detail {

/// Everything that a call needs, so that it may outlive the client and the arguments.
struct prepared_call
{
    std::shared_ptr<transport::connection_pool> connections;
    std::shared_ptr<const transport::call_options> options;
    http::request request;
    std::string id = {}; ///< That the answer must have; empty: it may have any, or none.
};

/// What a coroutine returns in order to have the body of its answer read as a T right where the
/// coroutine keeps its result: a T can be large, and would be in its frame a second time otherwise.
template <class T>
struct body_of
{
    const transport::call& answer;
    const std::string& id;

    operator T() const
    {
        T value{};
        json::error_info problem;
        if (answer.body().empty()) { // no content is null, for whatever can be null
            if (json::read_into(value, "null", problem))
                answer.throw_empty();
            return value;
        }
        if (json::read_into(value, answer.body(), problem, {.max_memory = answer.max_memory()}))
            answer.throw_malformed(problem);
        if constexpr (requires { std::string_view(value.id); })
            if (!id.empty() && value.id != id)
                answer.throw_malformed(another_id());
        return value;
    }

    static json::error_info another_id()
    {
        return {.code = json::errc::mismatch,
                .place = {.pointer = "/id"},
                .expected = "the id that was asked for",
                .found = "another"};
    }
};

template <class T>
boost::asio::awaitable<T> receive(transport::call sent, std::string id)
{
    auto receiving = sent.receive();
    co_await std::move(receiving);
    co_return body_of<T>{sent, id};
}

/// Sends the request and reads the answer as a T.
template <class T>
boost::asio::awaitable<T> send(prepared_call c)
{
    return receive<T>(
        transport::call(std::move(c.connections), std::move(c.options), std::move(c.request)),
        std::move(c.id));
}

} // namespace openint::detail

#endif
