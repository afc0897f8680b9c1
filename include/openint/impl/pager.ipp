// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_PAGER_IPP
#define OPENINT_IMPL_PAGER_IPP

// Asks for the next page, or the one after it ahead of time, until a list ends.

#include <openint/pager.hpp>

#include <openint/error.hpp>
#include <openint/http/target.hpp>
#include <openint/impl/query.hpp>
#include <openint/transport/connection_pool.hpp>

#include <algorithm>
#include <string>

namespace openint::detail {

OPENINT_DECL prepared_call list_position::page(std::size_t most)
{
    prepared_call next = list_;
    asked_ = static_cast<int>((std::min<std::size_t>)(static_cast<std::size_t>(limit_), most));
    if ((limit_ < 1 || limit_ > 3000) && next.request.problem.empty())
        next.request.problem = "invalid argument: limit is not from 1 to 3000";
    if (offset_ < 0 && next.request.problem.empty())
        next.request.problem = "invalid argument: offset is negative";
    erase_parameters(next.request.target, "limit"); // the pager's own go before a handle's
    erase_parameters(next.request.target, "offset");
    http::append_query(next.request.target, "limit", std::to_string(asked_));
    http::append_query(next.request.target, "offset", std::to_string(offset_));
    return next;
}

OPENINT_DECL std::shared_ptr<transport::deadline_queue> list_position::deadlines() const
{
    return list_.connections->deadlines();
}

OPENINT_DECL void list_position::advance(std::size_t items, std::optional<std::int64_t> limit,
                                         std::optional<std::int64_t> offset, bool repeated)
{
    const auto stuck = [this](const std::string& why) {
        throw error(errc::pagination_stuck, std::string(to_string(list_.request.method)) + " " +
                                                list_.request.target + ": at offset " +
                                                std::to_string(offset_) + " " + why);
    };
    if (items != 0 && offset && *offset != offset_)
        stuck("the server sent the items from offset " + std::to_string(*offset));
    if (repeated)
        stuck("the server sent the page before again");

    std::int64_t size = asked_; // in force
    if (limit && *limit > 0)
        size = (std::min)(size, *limit);
    ended_ = static_cast<std::int64_t>(items) < size;
    offset_ += static_cast<std::int64_t>(items);
}

} // namespace openint::detail

#endif
