// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_CONTEXT_SERVICE_HPP
#define OPENINT_HTTP_CONTEXT_SERVICE_HPP

#include <openint/detail/config.hpp>

#include <boost/asio/execution_context.hpp>
#include <boost/intrusive/list.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>

namespace openint::http {

/// Tells what depends on an execution context that the context is being shut down, so that it can
/// let go of I/O objects and suspended coroutines while the context's services still exist.
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

    private:
        friend context_service;
        friend registry;

        /// The context is being shut down. Called once, without locks.
        virtual void abandon() noexcept = 0;
        /// Keeps the object alive while it is abandoned; null if it is being destroyed already.
        virtual std::shared_ptr<void> keep_alive() noexcept = 0;

        std::shared_ptr<registry> registry_;
    };

    explicit context_service(boost::asio::execution_context& context)
        : boost::asio::execution_context::service(context)
        , registry_(std::make_shared<registry>())
    {}

private:
    // Shared, since what is tracked may outlive the context and its services.
    struct registry
    {
        std::mutex mutex;
        std::condition_variable untracked;
        boost::intrusive::list<
            tracked, boost::intrusive::base_hook<
                         boost::intrusive::list_base_hook<boost::intrusive::tag<context_service>>>>
            entries;
        bool shut_down = false;
    };

    OPENINT_DECL void shutdown() noexcept override;

    std::shared_ptr<registry> registry_;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_context_service.ipp>
#endif

#endif
