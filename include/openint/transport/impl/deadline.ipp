// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_DEADLINE_IPP
#define OPENINT_TRANSPORT_IMPL_DEADLINE_IPP

// All deadlines of a client on one timer, set again only for an earlier one.

#include <openint/transport/deadline.hpp>

#include <algorithm>

namespace openint::transport {

struct deadline_queue::wait_handler
{
    using allocator_type = operation_allocator<void>;

    std::shared_ptr<deadline_queue> self;
    operation_memory& from = self->memory_; // asked for also where `self` has been moved from

    allocator_type get_allocator() const noexcept { return allocator_type(from); }
    // Also a wait that was ended looks what is to be done.
    void operator()(const boost::system::error_code&) const { self->on_timer(); }
};

OPENINT_DECL deadline_queue::deadline_queue(const boost::asio::any_io_executor& executor)
    : timer_(std::in_place, executor)
{}

OPENINT_DECL void deadline_queue::set(deadline& entry, time_point at)
{
    const std::lock_guard lock(mutex_);
    if (!timer_)
        return;
    if (at < armed_)
        arm(entries_.empty() ? at : (std::min)(at, entries_.begin()->at_));
    if (entry.is_linked())
        entries_.erase(entries_.iterator_to(entry));
    entry.at_ = at;
    entries_.insert(entries_.end(), entry); // later than the others, as a rule
}

OPENINT_DECL void deadline_queue::remove(deadline& entry) noexcept
{
    const std::lock_guard lock(mutex_);
    if (!entry.is_linked())
        return;
    entries_.erase(entries_.iterator_to(entry));
    if (entries_.empty() && timer_) { // nothing of ours may keep the context running
        armed_ = (time_point::max)();
        timer_->cancel();
    }
}

OPENINT_DECL void deadline_queue::shut_down() noexcept
{
    const std::lock_guard lock(mutex_);
    entries_.clear();
    timer_.reset();
}

inline void deadline_queue::arm(time_point at)
{
    armed_ =
        (time_point::max)(); // where a wait was in progress and none can be begun, its end will
    timer_->expires_at(at);
    timer_->async_wait(wait_handler{shared_from_this()});
    armed_ = at;
}

inline void deadline_queue::on_timer()
{
    const std::lock_guard lock(mutex_);
    const time_point now = std::chrono::steady_clock::now();
    if (!timer_ || entries_.empty() || (now < armed_ && armed_ != (time_point::max)()))
        return; // a wait that had ended when the timer was set again
    while (!entries_.empty() && entries_.begin()->at_ <= now) {
        deadline& entry = *entries_.begin();
        entries_.erase(entries_.begin());
        if (!entry.expire()) {
            entry.at_ = now + std::chrono::milliseconds(10);
            entries_.insert(entry);
        }
    }
    armed_ = (time_point::max)();
    if (!entries_.empty())
        arm(entries_.begin()->at_);
}

} // namespace openint::transport

#endif
