// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_RUN_ON_CONTEXT_IPP
#define OPENINT_TRANSPORT_IMPL_RUN_ON_CONTEXT_IPP

// `start` posts a step that spawns the task on a strand; the caller waits until the task's
// `lifetime` ends, which it does with its coroutine. `run_on_context` is at the end.

#include <openint/transport/run_on_context.hpp>

#include <openint/transport/connection_pool.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/this_coro.hpp>

#include <chrono>
#include <new>
#include <utility>

namespace openint::transport {

// Goes with the coroutine of the work, however that ends.
class context_run::lifetime
{
public:
    explicit lifetime(std::shared_ptr<context_run> r) noexcept
        : run_(std::move(r))
    {}
    lifetime(lifetime&&) noexcept = default;
    ~lifetime()
    {
        if (run_)
            run_->end();
    }

    context_run& operator*() const noexcept { return *run_; }
    const std::shared_ptr<context_run>& get() const noexcept { return run_; }

private:
    std::shared_ptr<context_run> run_;
};

// The caller's cancellation is passed on to the work: it then ends, and says what it was doing.
class context_run::end_of_task final : public waiter
{
public:
    std::weak_ptr<context_run> of;

private:
    void cancelled() noexcept override
    {
        if (const auto run = of.lock())
            run->cancel();
    }

    void forked() noexcept override {} // the work ends first
};

// The caller's cancellation, where there was no memory for it.
class context_run::late_cancellation final : public deadline
{
public:
    explicit late_cancellation(context_run& r) noexcept
        : run_(r)
    {}

private:
    bool expire() noexcept override { return run_.try_cancel(); }

    context_run& run_;
};

// What is posted to the strand, for both purposes one type.
struct context_run::step
{
    lifetime work;                                           // to be begun,
    std::shared_ptr<boost::asio::cancellation_signal> stop;  // with its signal,
    std::weak_ptr<boost::asio::cancellation_signal> stopped; // or to be cancelled

    void operator()()
    {
        if (stop) {
            const boost::asio::any_io_executor strand = (*work).executor_;
            const std::shared_ptr<context_run> run = work.get();
            run->starting_ = true;
            try {
                boost::asio::co_spawn(strand, perform(std::move(work)),
                                      boost::asio::bind_cancellation_slot(
                                          stop->slot(), [s = stop](const std::exception_ptr&) {}));
            } catch (...) { // the end of `work` has told the caller
            }
        } else if (const auto signal = stopped.lock())
            signal->emit(boost::asio::cancellation_type::terminal);
    }
};

OPENINT_DECL context_run::context_run(std::shared_ptr<deadline_queue> deadlines,
                                      std::shared_ptr<task> work)
    : deadlines_(std::move(deadlines))
    , work_(std::move(work))
    , done_(std::make_shared<end_of_task>())
    , later_(std::make_unique<late_cancellation>(*this))
{}

OPENINT_DECL context_run::~context_run()
{
    deadlines_->remove(*later_);
    untrack();
}

inline bool context_run::start(connection_pool& p)
{
    return p.while_open([&](const boost::asio::any_io_executor& executor) {
        const auto stop = std::make_shared<boost::asio::cancellation_signal>();
        stop_ = stop;
        // A strand of its own: from `track` on, `abandon` may take the member away. The context is
        // there as long as the pool is open.
        const boost::asio::any_io_executor strand = boost::asio::make_strand(executor);
        executor_ = strand;
        track(boost::asio::query(executor, boost::asio::execution::context));
        boost::asio::post(strand, step{lifetime(shared_from_this()), stop, {}});
    });
}

inline boost::asio::awaitable<void> context_run::perform(lifetime l)
{
    context_run& self = *l;
    self.starting_ = false;
    try {
        auto running = self.work_->run();
        co_await std::move(running);
        self.ended_ = true;
    } catch (...) {
        self.problem_ = std::current_exception();
    }
}

inline bool context_run::try_cancel() noexcept
{
    const std::lock_guard lock(mutex_);
    try {
        if (executor_)
            boost::asio::post(executor_, step{lifetime(nullptr), nullptr, stop_});
        return true;
    } catch (...) {
        return false;
    }
}

inline void context_run::cancel() noexcept
{
    if (try_cancel())
        return;
    try {
        deadlines_->set(*later_, std::chrono::steady_clock::now());
    } catch (...) { // the task goes on to its end
    }
}

// On the strand, or while its context is shut down.
inline void context_run::end() noexcept
{
    work_->release();
    abandon();
    done_->complete(stop_reason::none);
}

// A strand must not outlive its context. The coroutine of the work is about to be destroyed.
inline void context_run::abandon() noexcept
{
    boost::asio::any_io_executor released;
    const std::lock_guard lock(mutex_);
    released = std::move(executor_);
    executor_ = {};
}

namespace detail {

// Ends the task also where the caller's coroutine is destroyed while it waits.
struct run_guard
{
    const std::shared_ptr<context_run> run;
    ~run_guard() { run->cancel(); }
};

} // namespace detail

OPENINT_DECL boost::asio::awaitable<bool> run_on_context(connection_pool& p,
                                                         std::shared_ptr<task> work)
{
    const detail::run_guard guard{std::make_shared<context_run>(p.deadlines(), std::move(work))};
    context_run& run = *guard.run;
    run.done_->of = guard.run;
    const auto caller = co_await boost::asio::this_coro::cancellation_state;
    run.done_->prepare(p.deadlines(), co_await boost::asio::this_coro::executor, caller.slot());
    if (!run.start(p))
        co_return false;
    auto waiting = run.done_->async_wait(boost::asio::deferred);
    co_await std::move(waiting);
    if (run.starting_)
        throw std::bad_alloc();
    if (run.problem_)
        std::rethrow_exception(run.problem_);
    co_return run.ended_;
}

} // namespace openint::transport

#endif
