// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_PAGE_HPP
#define OPENINT_PAGE_HPP

#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace openint {

/// One page of a list.
///
/// Whether more follow cannot be told from one page: `total` is not always the number of all items,
/// and the server's `has_next_page` says the opposite of what it should (it is in `extra`). The
/// `..._pages` operations of `client` know when a list ends.
template <class T>
struct page
{
    std::vector<T> items; ///< in the order of the server, the newest first in most lists
    std::optional<std::int64_t> total;  ///< what the server says, which is not always true
    std::optional<std::int64_t> limit;  ///< the most items that the server was willing to send
    std::optional<std::int64_t> offset; ///< of the first item in the whole list
    boost::json::object extra;          ///< members that this version does not know

    friend bool operator==(const page&, const page&) = default;

    BOOST_DESCRIBE_CLASS(page, (), (items, total, limit, offset, extra), (), ())
    /// What no such answer is without.
    friend constexpr auto json_required(const page*) { return std::array{"items"}; }
    /// What does not matter.
    friend constexpr auto json_lenient(const page*)
    {
        return std::array{"total", "limit", "offset"};
    }
};

} // namespace openint

#endif
