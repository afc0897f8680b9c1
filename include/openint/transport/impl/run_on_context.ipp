// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_RELAY_IPP
#define OPENINT_IMPL_HTTP_RELAY_IPP

#include <openint/http/relay.hpp>

#include <openint/http/pool.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <utility>

namespace openint::http {

// Goes with the coroutine of the work, however that ends.
class relay::duty
{
public:
    explicit duty(std::shared_ptr<relay> r) noexcept
        : relay_(std::move(r))
    {}
    duty(duty&&) noexcept = default;
    ~duty()
    {
        if (relay_)
            relay_->end();
    }

    relay& operator*() const noexcept { return *relay_; }
    const std::shared_ptr<relay>& get() const noexcept { return relay_; }

private:
    std::shared_ptr<relay> relay_;
};

// Ends the work also where the caller's coroutine is destroyed while it waits.
struct relay::guard
{
    const std::shared_ptr<relay> relayed;
    ~guard() { relayed->cancel(); }
};

// The caller's cancellation is passed on to the work: it then ends, and says what it was doing.
class relay::end_of_work final : public waiter
{
public:
    std::weak_ptr<relay> of;

private:
    void cancelled() noexcept override
    {
        if (const auto relayed = of.lock())
            relayed->cancel();
    }
};

// What is posted to the strand, for both purposes one type.
struct relay::step
{
    duty work;                                               // to be begun,
    std::shared_ptr<boost::asio::cancellation_signal> stop;  // with its signal,
    std::weak_ptr<boost::asio::cancellation_signal> stopped; // or to be cancelled

    void operator()()
    {
        if (stop) {
            const boost::asio::any_io_executor strand = (*work).executor_;
            boost::asio::co_spawn(strand, perform(std::move(work)),
                                  boost::asio::bind_cancellation_slot(
                                      stop->slot(), [s = stop](const std::exception_ptr&) {}));
        } else if (const auto signal = stopped.lock())
            signal->emit(boost::asio::cancellation_type::terminal);
    }
};

OPENINT_DECL relay::relay(std::shared_ptr<errand> work)
    : work_(std::move(work))
    , done_(std::make_shared<end_of_work>())
{}

OPENINT_DECL boost::asio::awaitable<bool> relay::run(pool& p, std::shared_ptr<errand> work)
{
    const guard g{std::make_shared<relay>(std::move(work))};
    if (!g.relayed->start(p))
        co_return false;
    g.relayed->done_->of = g.relayed;
    auto waiting = g.relayed->done_->async_wait(boost::asio::deferred);
    co_await std::move(waiting);
    if (g.relayed->problem_)
        std::rethrow_exception(g.relayed->problem_);
    co_return g.relayed->ended_;
}

inline bool relay::start(pool& p)
{
    return p.while_open([&](const boost::asio::any_io_executor& executor) {
        const auto stop = std::make_shared<boost::asio::cancellation_signal>();
        stop_ = stop;
        executor_ = boost::asio::make_strand(executor);
        boost::asio::post(executor_, step{duty(shared_from_this()), stop, {}});
        track(boost::asio::query(executor, boost::asio::execution::context));
    });
}

inline boost::asio::awaitable<void> relay::perform(duty d)
{
    relay& self = *d;
    try {
        auto running = self.work_->run();
        co_await std::move(running);
        self.ended_ = true;
    } catch (...) {
        self.problem_ = std::current_exception();
    }
}

inline void relay::cancel() noexcept
{
    const std::lock_guard lock(mutex_);
    if (executor_)
        boost::asio::post(executor_, step{duty(nullptr), nullptr, stop_});
}

// On the strand, or while its context is shut down.
inline void relay::end() noexcept
{
    work_->leave();
    abandon();
    done_->complete(stop_reason::none);
}

// A strand must not outlive its context. The coroutine of the work is about to be destroyed.
inline void relay::abandon() noexcept
{
    boost::asio::any_io_executor released;
    const std::lock_guard lock(mutex_);
    released = std::move(executor_);
    executor_ = {};
}

} // namespace openint::http

#endif
