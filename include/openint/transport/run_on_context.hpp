// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_RUN_ON_CONTEXT_HPP
#define OPENINT_TRANSPORT_RUN_ON_CONTEXT_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/context_service.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <exception>
#include <memory>
#include <mutex>
#include <utility>

namespace openint::transport {

class connection_pool;
class task;

/// Runs a task on a strand of the pool's context, for a coroutine on another context, and waits for
/// its end; the caller's cancellation ends it. Throws what the task throws. False if the pool's
/// context was shut down before the end. Either way, nobody else uses the task any more.
OPENINT_DECL boost::asio::awaitable<bool> run_on_context(connection_pool& p,
                                                         std::shared_ptr<task> work);

/// What a coroutine does on another context than its caller's.
class task
{
public:
    virtual ~task() = default;

    /// The work. Called once.
    virtual boost::asio::awaitable<void> run() = 0;
    /// The work has ended, or its context was shut down: lets go of whatever belongs to that
    /// context. Called there, when nothing of `run` is left.
    virtual void release() noexcept = 0;
};

/// One task on a strand of the pool's context, and the coroutine on another context that waits for
/// it.
///
/// Either context may be shut down first. If it is the caller's, the task is cancelled; if it is
/// the pool's, the caller goes on. Thread safe.
class context_run final : public std::enable_shared_from_this<context_run>,
                          private context_service::tracked
{
public:
    OPENINT_DECL context_run(std::shared_ptr<deadline_queue> deadlines, std::shared_ptr<task> work);
    OPENINT_DECL ~context_run();

    bool start(connection_pool& p);
    void cancel() noexcept;

private:
    friend boost::asio::awaitable<bool> run_on_context(connection_pool& p,
                                                       std::shared_ptr<task> work);
    class lifetime;
    class end_of_task;
    class late_cancellation;
    struct step;

    static boost::asio::awaitable<void> perform(lifetime l);
    bool try_cancel() noexcept;
    void end() noexcept;
    void abandon() noexcept override;
    void forked() noexcept override {} // what the work waits for is told
    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    const std::shared_ptr<deadline_queue> deadlines_;
    const std::shared_ptr<task> work_;
    const std::shared_ptr<end_of_task> done_;
    const std::unique_ptr<late_cancellation> later_;
    // Written by the task, read by the caller when it is done.
    std::exception_ptr problem_;
    bool starting_ = false; // its coroutine is being made
    bool ended_ = false;

    std::mutex mutex_;
    boost::asio::any_io_executor executor_; // a strand; empty when it may not be used any more
    // Emitted on the strand. Owned by the task, since what Asio keeps in it must go with the
    // context.
    std::weak_ptr<boost::asio::cancellation_signal> stop_;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/run_on_context.ipp>
#endif

#endif
