// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_PAGER_HPP
#define OPENINT_PAGER_HPP

#include <openint/error.hpp>
#include <openint/impl/prepared_call.hpp>
#include <openint/page.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace openint {
namespace detail {

/// Where in a list a pager is.
class list_position
{
public:
    /// `limit` is refused by `page` unless it is 1 to 3000.
    list_position(prepared_call list, int limit, std::int64_t offset)
        : list_(std::move(list))
        , limit_(limit)
        , offset_(offset)
    {}

    bool ended() const noexcept { return ended_; }
    std::int64_t offset() const noexcept { return offset_; }

    /// The request for the next page, of `most` items at most.
    OPENINT_DECL prepared_call page(std::size_t most);

    /// Of the client.
    OPENINT_DECL std::shared_ptr<transport::deadline_queue> deadlines() const;

    /// Moves on after a page. Throws `errc::pagination_stuck` where the server does not.
    OPENINT_DECL void advance(std::size_t items, std::optional<std::int64_t> limit,
                              std::optional<std::int64_t> offset, bool repeated);

private:
    prepared_call list_;
    int limit_;
    int asked_ = 0; // the limit of the page that is on its way
    std::int64_t offset_;
    bool ended_ = false;
};

} // namespace detail

/// The items that `pager::collect` has gathered.
template <class T>
struct collected
{
    std::vector<T> items; ///< in the order of the list
    bool complete = true; ///< false: it stopped at the maximum, and there may be more
};

/// A list, page by page:
///
/// \code
/// auto pages = client.list_connections_pages({.limit = 100});
/// while (auto page = co_await pages.next())
///     for (const openint::connection& conn : page->items)
///         show(conn);
/// \endcode
///
/// It ends with an empty page, or one shorter than the page size in force (the smaller of what was
/// asked for and what the server says that it sends). What the server says about `total` or further
/// pages does not count, since it is not always true.
///
/// The next page begins where the last one ended, by number. When rows are inserted or deleted in
/// between, an item may come twice or be missed, as always with numbered pages.
///
/// Each page is a call with retries and deadlines of its own. A page that failed can be asked for
/// again by calling `next()` again. It needs neither the client nor the parameters it was made
/// from. One `next()` or `collect()` at a time.
template <class T>
class pager
{
public:
    /// A pager that was moved from can only be destroyed. Not during `next()` or `collect()`.
    pager(pager&&) noexcept = default;
    pager& operator=(pager&&) = delete;
    /// Cancels a page that is being fetched ahead.
    ~pager()
    {
        if (ahead_)
            ahead_->stop.emit(boost::asio::cancellation_type::terminal);
    }

    /// From now on the next page is fetched while the caller works on the current one. Then the
    /// pager must be destroyed where its coroutine runs.
    pager& prefetch(bool on = true) noexcept
    {
        prefetch_ = on;
        return *this;
    }

    /// The next page; nothing when the list has ended. Throws what the list operation throws,
    /// `errc::invalid_argument` for a limit that is not from 1 to 3000, and
    /// `errc::pagination_stuck` if the server sends the same page again, or other rows than asked
    /// for.
    boost::asio::awaitable<std::optional<page<T>>> next() { return next_page(*this, no_limit); }

    /// All items that are left, `max` at most. Throws what `next()` throws; the items gathered
    /// until then are lost, and another call goes on after them: to keep them, call `next()` page
    /// by page.
    boost::asio::awaitable<collected<T>> collect(std::size_t max = no_limit)
    {
        return collect_items(*this, max);
    }

    /// Where the next page begins in the whole list.
    std::int64_t offset() const noexcept { return position_.offset(); }

private:
    friend class client;

    static constexpr std::size_t no_limit = (std::numeric_limits<std::size_t>::max)();

    // A page that is being fetched ahead. Shared, since the pager may go first.
    struct fetch
    {
        std::shared_ptr<transport::waiter> done = std::make_shared<transport::waiter>();
        boost::asio::cancellation_signal stop;
        bool ended = false; // and not only destroyed
        page<T> got;
        std::exception_ptr problem;
    };

    explicit pager(detail::list_position position)
        : position_(std::move(position))
    {}

    static boost::asio::awaitable<std::optional<page<T>>> next_page(pager& self, std::size_t most)
    {
        if (self.position_.ended())
            co_return std::nullopt;
        page<T> got;
        if (self.ahead_) {
            const auto caller = co_await boost::asio::this_coro::cancellation_state;
            self.ahead_->done->prepare(self.position_.deadlines(),
                                       co_await boost::asio::this_coro::executor, caller.slot());
            auto waiting = self.ahead_->done->async_wait(boost::asio::deferred);
            const transport::stop_reason reason = co_await std::move(waiting);
            const std::shared_ptr<fetch> ahead = std::move(self.ahead_);
            if (reason != transport::stop_reason::none) {
                ahead->stop.emit(boost::asio::cancellation_type::terminal);
                throw error(boost::asio::error::operation_aborted, "waiting for a page: cancelled");
            }
            if (!ahead->ended)
                throw std::bad_alloc();
            if (ahead->problem)
                std::rethrow_exception(ahead->problem);
            got = std::move(ahead->got);
        } else {
            auto fetching = detail::send<page<T>>(self.position_.page(most));
            got = co_await std::move(fetching);
        }
        const bool repeated =
            !got.items.empty() && self.first_ && *self.first_ == got.items.front();
        self.position_.advance(got.items.size(), got.limit, got.offset, repeated);
        if (got.items.empty())
            co_return std::nullopt;
        self.first_ = got.items.front();
        if (self.prefetch_ && most == no_limit && !self.position_.ended()) {
            try {
                self.fetch_ahead(co_await boost::asio::this_coro::executor);
            } catch (const std::bad_alloc&) { // then it is fetched when it is asked for
            }
        }
        co_return std::optional<page<T>>(std::move(got));
    }

    void fetch_ahead(const boost::asio::any_io_executor& executor)
    {
        const auto ahead = std::make_shared<fetch>();
        // Also where the handler is destroyed uncalled.
        const std::shared_ptr<void> end(
            nullptr, [ahead](void*) { ahead->done->complete(transport::stop_reason::none); });
        boost::asio::co_spawn(
            executor, detail::send<page<T>>(position_.page(no_limit)),
            boost::asio::bind_cancellation_slot(ahead->stop.slot(),
                                                [ahead, end](std::exception_ptr e, page<T> got) {
                                                    ahead->problem = e;
                                                    ahead->got = std::move(got);
                                                    ahead->ended = true;
                                                }));
        ahead_ = ahead;
    }

    static boost::asio::awaitable<collected<T>> collect_items(pager& self, std::size_t max)
    {
        collected<T> all;
        while (!self.position_.ended()) {
            if (all.items.size() >= max) {
                all.complete = false;
                break;
            }
            auto fetching = next_page(self, max == no_limit ? max : max - all.items.size());
            std::optional<page<T>> got = co_await std::move(fetching);
            if (got)
                std::move(got->items.begin(), got->items.end(), std::back_inserter(all.items));
        }
        co_return all;
    }

    detail::list_position position_;
    std::optional<T> first_; // of the page before
    std::shared_ptr<fetch> ahead_;
    bool prefetch_ = false;
};

} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/pager.ipp>
#endif

#endif
