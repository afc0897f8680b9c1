// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_REQUEST_OPTIONS_HPP
#define OPENINT_REQUEST_OPTIONS_HPP

#include <openint/headers.hpp>
#include <openint/response_info.hpp>
#include <openint/view_list.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <type_traits>

namespace openint {

/// One query parameter as a view.
struct query_parameter
{
    std::string_view name;  ///< Encoded where need be, as is the value.
    std::string_view value; ///< Sent even if it is empty.
};

/// Per-request options: `client.with_options({.timeout = 5s, .max_retries = 0})`. What is not set
/// is taken from the handle that it is called on. All texts are copied before `with_options`
/// returns. A header for one call:
///
/// \code
/// conn = co_await client.with_options({.headers = {{"traceparent", parent}}}).get_connection(id);
/// \endcode
struct request_options
{
    std::string_view token = {}; ///< Another token; empty: the client's.
    /// For one attempt, with everything that belongs to it.
    std::optional<std::chrono::nanoseconds> timeout = {};
    /// For all attempts and the pauses between them.
    std::optional<std::chrono::nanoseconds> total_timeout = {};
    std::optional<int> max_retries = {}; ///< 0: one attempt only.
    /// Added to the client's and the library's own; one of the same name replaces it, and one
    /// without a value removes it: `openint::header{"Accept-Encoding", std::nullopt}`.
    view_list<header> headers = {};
    /// Added to every request's query. A parameter replaces all of its name that are there already:
    /// of the handle that this one is made from, of the operation, and of a target.
    view_list<query_parameter> query = {};
    response_info* info = nullptr; ///< Must outlive the call.
};

static_assert(std::is_trivially_copyable_v<request_options> &&
              std::is_trivially_destructible_v<request_options>);

} // namespace openint

#endif
