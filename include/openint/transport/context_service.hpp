// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CONTEXT_SERVICE_HPP
#define OPENINT_TRANSPORT_CONTEXT_SERVICE_HPP

#include <openint/detail/config.hpp>

#include <boost/asio/execution_context.hpp>
#include <boost/intrusive/list.hpp>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>

namespace openint::transport {

/// How many forks lie between the program's start and this process.
inline unsigned fork_count() noexcept;

/// Tells what depends on an execution context that the context is being shut down, so that it can
/// let go of I/O objects and suspended coroutines while the context's services still exist; and
/// that this process is a forked child, in which the context's descriptors are the parent's.
class context_service final : public boost::asio::execution_context::service
{
    struct registry;

public:
    using key_type = context_service;
    inline static boost::asio::execution_context::id id;

    /// Base of what depends on a context. It may outlive the context.
    class tracked : public boost::intrusive::list_base_hook<boost::intrusive::tag<context_service>>
    {
    public:
        tracked() = default;
        tracked(const tracked&) = delete;
        tracked& operator=(const tracked&) = delete;

    protected:
        ~tracked() = default;

        /// From now on `abandon` is called when the context is shut down; at once if it has been.
        OPENINT_DECL void track(boost::asio::execution_context& context);
        /// To be called by destructors, when nothing that belongs to the context is left: until
        /// then the context's shutdown waits. May be called again.
        OPENINT_DECL void untrack() noexcept;

        /// Tells the context that this process is a forked child, as its program should have done.
        /// No other thread may use the context.
        OPENINT_DECL void notify_child();

    private:
        friend context_service;
        friend registry;

        /// The context is being shut down. Called once, without locks.
        virtual void abandon() noexcept = 0;
        /// Keeps the object alive while it is abandoned; null if it is being destroyed already.
        virtual std::shared_ptr<void> keep_alive() noexcept = 0;
        /// This process is a forked child: what is open or in progress is the parent's. Called
        /// without locks, while no other thread uses the context.
        virtual void forked() noexcept = 0;

        std::shared_ptr<registry> registry_;
        unsigned told_ = 0; // how many notifications it has had; guarded by the registry's mutex
    };

    OPENINT_DECL explicit context_service(boost::asio::execution_context& context);

private:
    // Shared, since what is tracked may outlive the context and its services.
    struct registry
    {
        context_service* owner; // valid until it is shut down
        std::mutex mutex;
        std::condition_variable untracked;
        boost::intrusive::list<
            tracked, boost::intrusive::base_hook<
                         boost::intrusive::list_base_hook<boost::intrusive::tag<context_service>>>>
            entries;
        unsigned notifications = 0; // of forks
        bool shut_down = false;
    };

    OPENINT_DECL void shutdown() noexcept override;
    OPENINT_DECL void
    notify_fork(boost::asio::execution_context::fork_event event) noexcept override;

    std::shared_ptr<registry> registry_;
};

namespace detail {

// Counted by a handler of `pthread_atfork`, which costs a check nothing but a load.
inline std::atomic<unsigned> forks = 0;

} // namespace detail

inline unsigned fork_count() noexcept { return detail::forks.load(std::memory_order_relaxed); }

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/context_service.ipp>
#endif

#endif
