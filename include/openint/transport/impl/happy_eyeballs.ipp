// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_CONNECT_IPP
#define OPENINT_IMPL_HTTP_CONNECT_IPP

#include <openint/http/connect.hpp>

#include <boost/asio/error.hpp>

#include <algorithm>
#include <utility>

namespace openint::http {

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

OPENINT_DECL connect_race::connect_race(const boost::asio::any_io_executor& executor,
                                        const std::vector<endpoint>& endpoints,
                                        std::shared_ptr<waiter> done)
    : executor_(executor)
    , done_(std::move(done))
    , endpoints_(interleave_families(endpoints))
    , timer_(std::in_place, executor)
{}

OPENINT_DECL void connect_race::start()
{
    track(boost::asio::query(executor_, boost::asio::execution::context));
    const std::lock_guard lock(mutex_);
    if (!over_)
        try_next();
}

OPENINT_DECL void connect_race::stop() noexcept
{
    const std::lock_guard lock(mutex_);
    over_ = true;
    if (timer_)
        timer_->cancel();
    boost::system::error_code ignored;
    for (socket& s : attempts_)
        s.close(ignored);
}

OPENINT_DECL std::optional<connect_race::socket> connect_race::take()
{
    const std::lock_guard lock(mutex_);
    return std::exchange(winner_, std::nullopt);
}

OPENINT_DECL boost::system::error_code connect_race::error() const
{
    const std::lock_guard lock(mutex_);
    return error_;
}

// With the mutex held: begins the next attempt, and the time after which the one behind it begins.
inline void connect_race::try_next()
{
    const endpoint target = endpoints_[next_++];
    attempts_.emplace_back(executor_);
    ++running_;
    const auto attempt = std::prev(attempts_.end());
    attempt->async_connect(
        target, [self = shared_from_this(), attempt](const boost::system::error_code& ec) {
            self->on_connect(attempt, ec);
        });
    if (next_ == endpoints_.size())
        return;
    timer_->expires_after(stagger);
    timer_->async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
        if (!ec)
            self->on_timer();
    });
}

inline void connect_race::on_connect(std::list<socket>::iterator attempt,
                                     const boost::system::error_code& ec)
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
            try_next();
            return;
        }
        if (running_ != 0)
            return;
    }
    lock.unlock();
    stop();
    done_->complete(stop_reason::none);
}

inline void connect_race::on_timer()
{
    const std::lock_guard lock(mutex_);
    if (!over_ && next_ != endpoints_.size())
        try_next();
}

// The context of the sockets goes down.
inline void connect_race::abandon() noexcept
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

} // namespace openint::http

#endif
