// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_CONTEXT_SERVICE_IPP
#define OPENINT_IMPL_HTTP_CONTEXT_SERVICE_IPP

#include <openint/http/context_service.hpp>

namespace openint::http {

OPENINT_DECL void context_service::tracked::track(boost::asio::execution_context& context)
{
    registry_ = boost::asio::use_service<context_service>(context).registry_;
    {
        const std::lock_guard lock(registry_->mutex);
        if (!registry_->shut_down) {
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

} // namespace openint::http

#endif
