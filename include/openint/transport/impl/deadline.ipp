// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_DEADLINE_IPP
#define OPENINT_IMPL_HTTP_DEADLINE_IPP

#include <openint/http/deadline.hpp>

namespace openint::http {

OPENINT_DECL deadline_queue::deadline_queue(const boost::asio::any_io_executor& executor)
    : timer_(std::in_place, executor)
{}

OPENINT_DECL void deadline_queue::set(deadline& entry, time_point at)
{
    const std::lock_guard lock(mutex_);
    if (!timer_)
        return;
    if (entry.is_linked())
        entries_.erase(entries_.iterator_to(entry));
    entry.at_ = at;
    entries_.insert(entries_.end(), entry); // later than the others, as a rule
    if (entries_.begin()->at_ < armed_)
        arm();
}

OPENINT_DECL void deadline_queue::remove(deadline& entry) noexcept
{
    const std::lock_guard lock(mutex_);
    if (!entry.is_linked())
        return;
    entries_.erase(entries_.iterator_to(entry));
    if (entries_.empty() && timer_) { // nothing of ours may keep the context running
        armed_ = time_point::max();
        timer_->cancel();
    }
}

OPENINT_DECL void deadline_queue::shut_down() noexcept
{
    const std::lock_guard lock(mutex_);
    entries_.clear();
    timer_.reset();
}

inline void deadline_queue::arm()
{
    armed_ = entries_.begin()->at_;
    timer_->expires_at(armed_);
    timer_->async_wait([self = shared_from_this()](const boost::system::error_code& ec) {
        if (!ec)
            self->on_timer();
    });
}

inline void deadline_queue::on_timer()
{
    const std::lock_guard lock(mutex_);
    if (!timer_ || std::chrono::steady_clock::now() < armed_)
        return; // a wait that had ended when the timer was set again
    const time_point now = std::chrono::steady_clock::now();
    while (!entries_.empty() && entries_.begin()->at_ <= now) {
        deadline& entry = *entries_.begin();
        entries_.erase(entries_.begin());
        entry.expire();
    }
    armed_ = time_point::max();
    if (!entries_.empty())
        arm();
}

} // namespace openint::http

#endif
