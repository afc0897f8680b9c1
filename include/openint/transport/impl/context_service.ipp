// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CONTEXT_SERVICE_IPP
#define OPENINT_TRANSPORT_IMPL_CONTEXT_SERVICE_IPP

// Lets go of sockets and waiters when the context is destroyed, and in a forked child.

#include <openint/transport/context_service.hpp>

#include <new>

#include <pthread.h>

namespace openint::transport {

OPENINT_DECL context_service::context_service(boost::asio::execution_context& context)
    : boost::asio::execution_context::service(context)
    , registry_(std::make_shared<registry>())
{
    registry_->owner = this;
    static const int counted = ::pthread_atfork(nullptr, nullptr, [] { ++detail::forks; });
    if (counted != 0)
        throw std::bad_alloc();
}

OPENINT_DECL void context_service::tracked::track(boost::asio::execution_context& context)
{
    registry_ = boost::asio::use_service<context_service>(context).registry_;
    {
        const std::lock_guard lock(registry_->mutex);
        if (!registry_->shut_down) {
            told_ = registry_->notifications;
            registry_->entries.push_back(*this);
            return;
        }
    }
    abandon();
}

OPENINT_DECL void context_service::tracked::untrack() noexcept
{
    if (!registry_)
        return;
    const std::lock_guard lock(registry_->mutex);
    if (!is_linked())
        return;
    registry_->entries.erase(registry_->entries.iterator_to(*this));
    if (registry_->shut_down)
        registry_->untracked.notify_all();
}

OPENINT_DECL void context_service::tracked::notify_child()
{
    registry_->owner->context().notify_fork(boost::asio::execution_context::fork_child);
}

OPENINT_DECL void
context_service::notify_fork(boost::asio::execution_context::fork_event event) noexcept
{
    if (event != boost::asio::execution_context::fork_child)
        return;
    auto& entries = registry_->entries;
    std::unique_lock lock(registry_->mutex);
    ++registry_->notifications;
    // Those that have been told are moved to the back.
    while (!entries.empty() && entries.front().told_ != registry_->notifications) {
        tracked& entry = entries.front();
        entry.told_ = registry_->notifications;
        entries.splice(entries.end(), entries, entries.iterator_to(entry));
        std::shared_ptr<void> guard = entry.keep_alive();
        if (!guard)
            continue;
        lock.unlock();
        entry.forked();
        guard.reset();
        lock.lock();
    }
}

OPENINT_DECL void context_service::shutdown() noexcept
{
    std::unique_lock lock(registry_->mutex);
    registry_->shut_down = true;
    while (!registry_->entries.empty()) {
        tracked& entry = registry_->entries.front();
        std::shared_ptr<void> guard = entry.keep_alive();
        if (!guard) { // another thread is destroying it
            registry_->untracked.wait(lock);
            continue;
        }
        registry_->entries.pop_front();
        lock.unlock();
        entry.abandon();
        // The last reference may go here: what it destroys untracks itself, and needs the lock.
        guard.reset();
        lock.lock();
    }
}

} // namespace openint::transport

#endif
