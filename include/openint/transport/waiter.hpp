// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_WAITER_HPP
#define OPENINT_HTTP_WAITER_HPP

#include <openint/detail/config.hpp>
#include <openint/http/context_service.hpp>
#include <openint/http/deadline.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/query.hpp>
#include <boost/intrusive/list.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace openint::http {

/// Suspends one coroutine until another party lets it go on: by `complete`, its deadline, or the
/// caller's cancellation, whichever is first. `complete` may come before the wait begins.
///
/// Thread safe, except that only one coroutine may wait, once. When the context of either side is
/// shut down, the suspended coroutine is destroyed, as Asio does with its own operations.
class waiter : public deadline,
               public boost::intrusive::list_base_hook<>,
               public std::enable_shared_from_this<waiter>,
               private context_service::tracked
{
public:
    waiter() = default;
    virtual ~waiter() { untrack(); }

    /// Lets the coroutine go on. False if something else has done so before.
    bool complete(stop_reason reason) noexcept
    {
        // Held while resuming, and until the work is counted down: the coroutine's context cannot
        // go down meanwhile.
        const std::lock_guard lock(mutex_);
        if (outcome_)
            return false;
        outcome_ = reason;
        const std::unique_ptr<resumption> next = std::move(next_);
        if (next)
            next->resume(reason);
        return true;
    }

    class postponed;
    /// The same where a lock is held that the coroutine may need, which a strand that has been shut
    /// down destroys at once: it goes on when `later` is destroyed.
    bool complete(stop_reason reason, postponed& later) noexcept;

    /// Waits; completes with why it ended, `none` for an ordinary `complete`.
    template <class CompletionToken>
    auto async_wait(CompletionToken&& token)
    {
        return boost::asio::async_initiate<CompletionToken, void(stop_reason)>(initiation{this},
                                                                               token);
    }

private:
    // The caller's cancellation.
    virtual void cancelled() noexcept { complete(stop_reason::cancelled); }

    // The suspended coroutine, with work counted for its executor so that its context goes on.
    struct resumption
    {
        virtual ~resumption() = default;
        virtual void resume(stop_reason reason) = 0;
    };

    template <class Handler>
    struct resumption_of final : resumption
    {
        using executor_type = boost::asio::associated_executor_t<Handler>;

        explicit resumption_of(Handler&& h)
            : handler(std::move(h))
            , work(boost::asio::prefer(boost::asio::get_associated_executor(handler),
                                       boost::asio::execution::outstanding_work.tracked))
        {}

        void resume(stop_reason reason) override
        {
            // Never inline: the mutex is held.
            boost::asio::post(work, [h = std::move(handler), reason]() mutable { h(reason); });
        }

        Handler handler;
        decltype(boost::asio::prefer(std::declval<executor_type>(),
                                     boost::asio::execution::outstanding_work.tracked)) work;
    };

    struct initiation
    {
        waiter* self;

        template <class Handler>
        void operator()(Handler handler) const
        {
            self->begin(std::move(handler));
        }
    };

    template <class Handler>
    void begin(Handler handler)
    {
        const auto executor = boost::asio::get_associated_executor(handler);
        auto slot = boost::asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected())
            slot.assign([weak = weak_from_this()](boost::asio::cancellation_type) {
                if (const auto self = weak.lock())
                    self->cancelled();
            });
        track(boost::asio::query(executor, boost::asio::execution::context));
        std::unique_ptr<resumption> next =
            std::make_unique<resumption_of<Handler>>(std::move(handler));
        std::optional<stop_reason> outcome;
        {
            const std::lock_guard lock(mutex_);
            outcome = outcome_;
            if (!outcome) {
                next_ = std::move(next);
                return;
            }
        }
        next->resume(*outcome);
    }

    void expire() noexcept override { complete(stop_reason::timeout); }

    // The context of the waiting coroutine goes down: it must not be resumed any more.
    void abandon() noexcept override
    {
        std::unique_ptr<resumption> next;
        const std::lock_guard lock(mutex_);
        outcome_ = stop_reason::closed;
        next = std::move(next_);
    }

    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    std::mutex mutex_;
    std::optional<stop_reason> outcome_;
    std::unique_ptr<resumption> next_;
};

/// A coroutine that is about to go on.
class waiter::postponed
{
public:
    postponed() = default;
    postponed(const postponed&) = delete;
    postponed& operator=(const postponed&) = delete;
    ~postponed()
    {
        if (next_)
            next_->resume(reason_);
    }

private:
    friend waiter;

    stop_reason reason_ = stop_reason::none;
    std::unique_ptr<resumption> next_;
};

inline bool waiter::complete(stop_reason reason, postponed& later) noexcept
{
    const std::lock_guard lock(mutex_);
    if (outcome_)
        return false;
    outcome_ = reason;
    later.reason_ = reason;
    later.next_ = std::move(next_);
    return true;
}

} // namespace openint::http

#endif
