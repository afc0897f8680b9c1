// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_WAITER_IPP
#define OPENINT_TRANSPORT_IMPL_WAITER_IPP

// Letting a coroutine go on, whatever memory is left. What is posted does not own the coroutine:
// where posting fails, that is still here, and the timer of the deadlines tries again.

#include <openint/transport/waiter.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>

#include <chrono>

namespace openint::transport {

OPENINT_DECL waiter::~waiter()
{
    if (deadlines_)
        deadlines_->remove(*this);
    untrack();
}

OPENINT_DECL void waiter::prepare(std::shared_ptr<deadline_queue> deadlines,
                                  const boost::asio::any_io_executor& executor,
                                  boost::asio::cancellation_slot slot)
{
    deadlines_ = std::move(deadlines);
    boost::asio::any_io_executor work =
        boost::asio::prefer(executor, boost::asio::execution::outstanding_work.tracked);
    if (slot.is_connected())
        slot.assign([weak = weak_from_this()](boost::asio::cancellation_type) {
            if (const auto self = weak.lock())
                self->cancelled();
        });
    {
        const std::lock_guard lock(mutex_);
        work_ = std::move(work);
    }
    prepared_ = true;
    track(boost::asio::query(executor, boost::asio::execution::context));
}

OPENINT_DECL bool waiter::complete(stop_reason reason) noexcept
{
    bool stalled = false;
    {
        const std::lock_guard lock(mutex_);
        if (outcome_)
            return false;
        outcome_ = reason;
        stalled = !post();
    }
    if (stalled)
        try_again_soon();
    return true;
}

OPENINT_DECL bool waiter::complete(stop_reason reason, postponed& later) noexcept
{
    const std::lock_guard lock(mutex_);
    if (outcome_)
        return false;
    outcome_ = reason;
    if (next_)
        later.who_ = weak_from_this().lock();
    return true;
}

OPENINT_DECL waiter::postponed::~postponed()
{
    if (!who_)
        return;
    bool stalled = false;
    {
        const std::lock_guard lock(who_->mutex_);
        stalled = !who_->post();
    }
    if (stalled)
        who_->try_again_soon();
}

// With the mutex held, so that the coroutine's context cannot go down meanwhile: lets the coroutine
// go on, if it waits. False if there is no memory.
OPENINT_DECL bool waiter::post() noexcept
{
    if (!next_ || posted_)
        return true;
    try {
        // Never inline: the mutex is held.
        boost::asio::post(work_, [self = shared_from_this()] { self->go_on(); });
    } catch (...) {
        return false;
    }
    posted_ = true;
    work_ = {};
    return true;
}

OPENINT_DECL void waiter::try_again_soon() noexcept
{
    try {
        if (deadlines_)
            deadlines_->set(*this, std::chrono::steady_clock::now());
    } catch (...) { // then at its deadline
    }
}

inline void waiter::go_on()
{
    resumption_ptr next;
    stop_reason reason{};
    {
        const std::lock_guard lock(mutex_);
        next = std::move(next_);
        reason = outcome_.value_or(stop_reason::none);
    }
    if (next)
        next.release()->invoke(reason);
}

OPENINT_DECL bool waiter::expire() noexcept
{
    const std::lock_guard lock(mutex_);
    if (!outcome_)
        outcome_ = stop_reason::timeout;
    return post();
}

// The context of the waiting coroutine goes down: it must not be resumed any more.
OPENINT_DECL void waiter::abandon() noexcept
{
    resumption_ptr next;
    boost::asio::any_io_executor work;
    const std::lock_guard lock(mutex_);
    outcome_ = stop_reason::closed;
    abandoned_ = true;
    work = std::move(work_);
    work_ = {};
    next = std::move(next_);
}

} // namespace openint::transport

#endif
