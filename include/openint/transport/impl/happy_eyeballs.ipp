// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_HAPPY_EYEBALLS_IPP
#define OPENINT_TRANSPORT_IMPL_HAPPY_EYEBALLS_IPP

// Tries addresses with a head start for the first, both families by turns (RFC 8305).

#include <openint/transport/happy_eyeballs.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/errc.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <utility>

namespace openint::transport {

OPENINT_DECL std::vector<boost::asio::ip::tcp::endpoint>
interleave_families(const std::vector<boost::asio::ip::tcp::endpoint>& endpoints)
{
    std::vector<boost::asio::ip::tcp::endpoint> families[2];
    for (const auto& e : endpoints)
        families[e.protocol() == endpoints.front().protocol() ? 0 : 1].push_back(e);
    std::vector<boost::asio::ip::tcp::endpoint> order;
    order.reserve(endpoints.size());
    for (std::size_t i = 0; order.size() != endpoints.size(); ++i)
        for (const auto& family : families)
            if (i < family.size())
                order.push_back(family[i]);
    return order;
}

OPENINT_DECL happy_eyeballs::happy_eyeballs(const boost::asio::any_io_executor& executor,
                                            const std::vector<endpoint>& endpoints,
                                            std::shared_ptr<waiter> done)
    : executor_(executor)
    , done_(std::move(done))
    , endpoints_(interleave_families(endpoints))
    , timer_(std::in_place, executor)
{}

OPENINT_DECL void happy_eyeballs::start()
{
    track(boost::asio::query(executor_, boost::asio::execution::context));
    const std::lock_guard lock(mutex_);
    if (!over_)
        try_next();
}

OPENINT_DECL void happy_eyeballs::stop() noexcept
{
    const std::lock_guard lock(mutex_);
    over_ = true;
    if (timer_)
        timer_->cancel();
    boost::system::error_code ignored;
    for (socket& s : attempts_)
        s.close(ignored);
}

OPENINT_DECL std::optional<happy_eyeballs::socket> happy_eyeballs::take()
{
    const std::lock_guard lock(mutex_);
    return std::exchange(winner_, std::nullopt);
}

OPENINT_DECL boost::system::error_code happy_eyeballs::error() const
{
    const std::lock_guard lock(mutex_);
    return error_;
}

// With the mutex held: begins the next attempt, and the time after which the one after it begins.
inline void happy_eyeballs::try_next()
{
    const endpoint target = endpoints_[next_++];
    attempts_.emplace_back(executor_);
    const auto attempt = std::prev(attempts_.end());
    attempt->async_connect(
        target, [self = shared_from_this(), attempt](const boost::system::error_code& ec) {
            self->on_connect(attempt, ec);
        });
    ++running_;
    if (next_ == endpoints_.size())
        return;
    timer_->expires_after(stagger);
    timer_->async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
        if (!ec)
            self->on_timer();
    });
}

// The same where nobody would see an exception: that is this attempt's failure.
inline void happy_eyeballs::try_next_in_handler() noexcept
{
    try {
        try_next();
    } catch (const boost::system::system_error& e) {
        error_ = e.code();
    } catch (...) {
        error_ = make_error_code(boost::system::errc::not_enough_memory);
    }
}

inline void happy_eyeballs::on_connect(std::list<socket>::iterator attempt,
                                       const boost::system::error_code& ec) noexcept
{
    std::unique_lock lock(mutex_);
    --running_;
    if (over_)
        return;
    if (!ec)
        winner_.emplace(std::move(*attempt));
    else {
        error_ = ec;
        boost::system::error_code ignored;
        attempt->close(ignored);
        if (next_ != endpoints_.size()) {
            timer_->cancel();
            try_next_in_handler();
        }
        if (running_ != 0)
            return;
    }
    lock.unlock();
    stop();
    done_->complete(stop_reason::none);
}

inline void happy_eyeballs::on_timer() noexcept
{
    const std::lock_guard lock(mutex_);
    if (!over_ && next_ != endpoints_.size())
        try_next_in_handler();
}

inline void happy_eyeballs::forked() noexcept
{
    stop();
    {
        const std::lock_guard lock(mutex_);
        winner_.reset();
    }
    done_->complete(stop_reason::forked);
}

// The context of the sockets goes down.
inline void happy_eyeballs::abandon() noexcept
{
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
        attempts_.clear();
        timer_.reset();
        winner_.reset();
    }
    done_->complete(stop_reason::closed);
}

} // namespace openint::transport

#endif
