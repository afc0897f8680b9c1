// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_POOL_IPP
#define OPENINT_IMPL_HTTP_POOL_IPP

#include <openint/http/pool.hpp>

#include <openint/detail/wipe.hpp>

#include <boost/asio/strand.hpp>

#include <utility>

namespace openint::http {

OPENINT_DECL void lease::reset() noexcept
{
    if (connection_)
        pool_->give_back(std::move(connection_), std::exchange(reusable_, false));
    pool_.reset();
}

inline pool::pool(const boost::asio::any_io_executor& executor, transport_options options)
    : options_(std::move(options))
    , context_(&boost::asio::query(executor, boost::asio::execution::context))
    , deadlines_(std::make_shared<deadline_queue>(executor))
    , resolver_(std::make_shared<http::resolver>(
          executor, options_.proxy ? options_.proxy->host : options_.origin.host,
          options_.proxy ? options_.proxy->port : options_.origin.port))
    , executor_(executor)
{}

OPENINT_DECL std::shared_ptr<pool> pool::make(const boost::asio::any_io_executor& executor,
                                              transport_options options)
{
    // The services of sockets, timers and strands must be shut down after ours: let them exist
    // before.
    const connection::socket socket(executor);
    const auto strand = boost::asio::make_strand(executor);
    std::shared_ptr<pool> p(new pool(executor, std::move(options)));
    p->track(boost::asio::query(executor, boost::asio::execution::context));
    return p;
}

OPENINT_DECL pool::~pool()
{
    abandon();
    untrack();
}

inline pool::connection_ptr pool::make_connection()
{
    auto c = std::make_shared<connection>(++made_, options_.limits);
    idle_.reserve(idle_.size() + leased_.size() + 1); // so that giving it back cannot fail
    return c;
}

OPENINT_DECL bool pool::ask(turn& t, bool fresh, time_point now)
{
    const time_point oldest = fresh ? time_point::max() : now - options_.idle_timeout;
    for (;;) {
        connection_ptr candidate;
        {
            const std::lock_guard lock(mutex_);
            if (closed_)
                return false;
            if (!idle_.empty() && idle_.front()->idle_since < oldest) {
                // closed below, without the lock
            } else if (!idle_.empty()) {
                candidate = std::move(idle_.back());
                idle_.pop_back();
            } else if (leased_.size() < options_.max_connections && turns_.empty()) {
                connection_ptr c = make_connection();
                c->begin_use();
                leased_.push_back(*c);
                t.granted_ = lease(shared_from_this(), std::move(c));
                return true;
            } else {
                t.who_ = std::make_shared<waiter>();
                turns_.push_back(t);
                return true;
            }
            if (candidate)
                leased_.push_back(*candidate);
        }
        if (!candidate) {
            close_idle_since_before(oldest, fresh ? "an idle connection is as stale as another"
                                                  : "a connection has been idle for too long");
            continue;
        }
        candidate->begin_use();
        lease found(shared_from_this(), candidate);
        if (candidate->looks_alive()) {
            t.granted_ = std::move(found);
            return true;
        }
        log(log_level::debug, "the server has closed an idle connection", candidate->number());
    }
}

// The lock is not held while they are closed.
inline void pool::close_idle_since_before(time_point oldest, std::string_view why) noexcept
{
    for (;;) {
        connection_ptr old;
        {
            const std::lock_guard lock(mutex_);
            if (idle_.empty() || idle_.front()->idle_since >= oldest)
                return;
            old = std::move(idle_.front());
            idle_.erase(idle_.begin());
        }
        old->close();
        log(log_level::debug, why, old->number());
    }
}

inline void pool::give_back(connection_ptr c, bool reusable) noexcept
{
    const time_point now = std::chrono::steady_clock::now();
    close_idle_since_before(now - options_.idle_timeout, "a connection has been idle for too long");
    deadlines_->remove(*c);
    openint::detail::wipe(c->output.data(), c->output.size());
    c->output.clear();
    c->answer->wipe();
    if (!reusable || c->stopped() != stop_reason::none)
        c->close();

    waiter::postponed later;
    const std::lock_guard lock(mutex_);
    leased_.erase(leased_.iterator_to(*c));
    if (closed_)
        return;
    while (!turns_.empty()) {
        turn& next = turns_.front();
        turns_.pop_front();
        if (!next.who_->complete(stop_reason::none, later))
            continue; // it has stopped waiting
        if (!c->is_open())
            c->renew(++made_);
        c->begin_use();
        leased_.push_back(*c);
        next.granted_ = lease(shared_from_this(), std::move(c));
        return;
    }
    if (c->is_open()) {
        c->idle_since = now;
        idle_.push_back(std::move(c));
    }
}

OPENINT_DECL lease pool::turn::take() noexcept
{
    if (!who_) // granted at once
        return std::move(granted_);
    lease taken;
    {
        const std::lock_guard lock(pool_.mutex_);
        taken = std::move(granted_);
    }
    // It came straight from another call, which has not looked for what lies behind its answer.
    if (taken && taken->is_open() && !taken->looks_alive())
        pool_.replace(*taken);
    return taken;
}

inline void pool::replace(connection& c) noexcept
{
    log(log_level::debug, "a connection that was waited for is stale", c.number());
    c.close();
    const std::lock_guard lock(mutex_);
    c.renew(++made_);
}

inline void pool::leave(turn& t) noexcept
{
    if (!t.who_)
        return;
    deadlines_->remove(*t.who_);
    const std::lock_guard lock(mutex_);
    if (t.is_linked())
        turns_.erase(turns_.iterator_to(t));
}

OPENINT_DECL boost::asio::any_io_executor pool::executor() const
{
    const std::lock_guard lock(mutex_);
    return executor_;
}

OPENINT_DECL pool::counts pool::count() const
{
    const std::lock_guard lock(mutex_);
    return {idle_.size(), leased_.size(), turns_.size()};
}

inline void pool::log(log_level level, std::string_view message,
                      std::uint64_t connection_number) const
{
    openint::detail::write_log(options_.log, {.level = level,
                                              .kind = log_kind::pool,
                                              .message = message,
                                              .connection = connection_number});
}

inline void pool::abandon() noexcept
{
    deadlines_->shut_down();
    resolver_->shut_down();
    std::unique_lock lock(mutex_);
    closed_ = true;
    executor_ = {}; // a strand must not outlive its context
    idle_.clear();
    for (connection& c : leased_)
        c.close();
    while (!turns_.empty()) {
        const std::shared_ptr<waiter> who = turns_.front().who_;
        turns_.pop_front();
        lock.unlock();
        who->complete(stop_reason::closed);
        lock.lock();
    }
}

} // namespace openint::http

#endif
