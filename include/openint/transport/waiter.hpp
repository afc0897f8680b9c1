// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_WAITER_HPP
#define OPENINT_TRANSPORT_WAITER_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/context_service.hpp>
#include <openint/transport/deadline.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

namespace openint::transport {

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
    OPENINT_DECL virtual ~waiter();

    /// Makes ready for a coroutine on this executor, with its cancellation, so that nothing of the
    /// wait can fail any more: may throw, in the coroutine, before it waits. Where the memory to
    /// let it go on is lacking later, `deadlines` tries again.
    OPENINT_DECL void prepare(std::shared_ptr<deadline_queue> deadlines,
                              const boost::asio::any_io_executor& executor,
                              boost::asio::cancellation_slot slot);

    /// Lets the coroutine go on. False if something else has done so before.
    OPENINT_DECL bool complete(stop_reason reason) noexcept;

    class postponed;
    /// The same where a lock is held that the coroutine may need: it goes on when `later` is
    /// destroyed.
    OPENINT_DECL bool complete(stop_reason reason, postponed& later) noexcept;

    /// Waits; completes with why it ended, `none` for an ordinary `complete`.
    template <class CompletionToken>
    auto async_wait(CompletionToken&& token)
    {
        return boost::asio::async_initiate<CompletionToken, void(stop_reason)>(initiation{this},
                                                                               token);
    }

private:
    // The suspended coroutine.
    struct resumption
    {
        virtual ~resumption() = default;
        virtual void invoke(stop_reason reason) = 0; // and destroys itself before
    };

    template <class Handler>
    struct resumption_of final : resumption
    {
        explicit resumption_of(Handler&& h)
            : handler(std::move(h))
        {}

        void invoke(stop_reason reason) override
        {
            Handler h(std::move(handler));
            this->~resumption_of();
            h(reason);
        }

        Handler handler;
    };

    struct destroy_in_place
    {
        void operator()(resumption* r) const noexcept { r->~resumption(); }
    };
    using resumption_ptr = std::unique_ptr<resumption, destroy_in_place>; // in `memory_`

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
        static_assert(sizeof(resumption_of<Handler>) <= sizeof memory_);
        if (!prepared_)
            prepare({}, boost::asio::get_associated_executor(handler),
                    boost::asio::get_associated_cancellation_slot(handler));
        bool stalled = false;
        {
            const std::lock_guard lock(mutex_);
            if (abandoned_)
                return; // and the coroutine is destroyed
            next_.reset(new (static_cast<void*>(memory_))
                            resumption_of<Handler>(std::move(handler)));
            stalled = outcome_ && !post();
        }
        if (stalled)
            try_again_soon();
    }

    // The caller's cancellation.
    virtual void cancelled() noexcept { complete(stop_reason::cancelled); }

    OPENINT_DECL bool post() noexcept;
    OPENINT_DECL void try_again_soon() noexcept;
    void go_on();
    OPENINT_DECL bool expire() noexcept override;
    OPENINT_DECL void abandon() noexcept override;
    void forked() noexcept override { complete(stop_reason::forked); }
    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    std::shared_ptr<deadline_queue> deadlines_;
    bool prepared_ = false;

    std::mutex mutex_;
    std::optional<stop_reason> outcome_;
    boost::asio::any_io_executor work_; // counted, so that the coroutine's context goes on
    resumption_ptr next_;
    bool posted_ = false;
    bool abandoned_ = false;
    alignas(std::max_align_t) std::byte memory_[64]; // of `next_`
};

/// A coroutine that is about to go on.
class waiter::postponed
{
public:
    postponed() = default;
    postponed(const postponed&) = delete;
    postponed& operator=(const postponed&) = delete;
    OPENINT_DECL ~postponed();

private:
    friend waiter;

    std::shared_ptr<waiter> who_;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/waiter.ipp>
#endif

#endif
