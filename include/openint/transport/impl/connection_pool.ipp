// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CONNECTION_POOL_IPP
#define OPENINT_TRANSPORT_IMPL_CONNECTION_POOL_IPP

// Who gets which connection next, what is examined before it is given out, and what is swept.

#include <openint/transport/connection_pool.hpp>

#include <boost/asio/strand.hpp>

#include <utility>

namespace openint::transport {

OPENINT_DECL void pooled_connection::reset() noexcept
{
    if (connection_)
        pool_->give_back(std::move(connection_), std::exchange(reusable_, false));
    pool_.reset();
}

inline connection_pool::connection_pool(const boost::asio::any_io_executor& executor,
                                        transport_options options)
    : options_(std::move(options))
    , context_(&boost::asio::query(executor, boost::asio::execution::context))
    , deadlines_(std::make_shared<deadline_queue>(executor))
    , resolver_(std::make_shared<transport::resolver>(
          executor, options_.proxy ? options_.proxy->host : options_.origin.host,
          options_.proxy ? options_.proxy->port : options_.origin.port))
    , executor_(executor)
{}

OPENINT_DECL std::shared_ptr<connection_pool>
connection_pool::make(const boost::asio::any_io_executor& executor, transport_options options)
{
    // The services of sockets, timers and strands must be shut down after ours: let them exist
    // before.
    const connection::socket socket(executor);
    const auto strand = boost::asio::make_strand(executor);
    std::shared_ptr<connection_pool> p(new connection_pool(executor, std::move(options)));
    p->track(boost::asio::query(executor, boost::asio::execution::context));
    return p;
}

OPENINT_DECL connection_pool::~connection_pool()
{
    abandon();
    untrack();
}

inline connection_pool::connection_ptr connection_pool::make_connection()
{
    auto c = std::make_shared<connection>(++made_, options_.limits);
    idle_.reserve(idle_.size() + in_use_.size() + 1); // so that giving it back cannot fail
    return c;
}

OPENINT_DECL bool connection_pool::try_acquire(pool_request& r, bool fresh, time_point now)
{
    notice_fork();
    const time_point oldest = fresh ? (time_point::max)() : now - options_.idle_timeout;
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
            } else if (in_use_.size() < options_.max_connections && queue_.empty()) {
                connection_ptr c = make_connection();
                c->begin_use();
                in_use_.push_back(*c);
                r.granted_ = pooled_connection(shared_from_this(), std::move(c));
                return true;
            } else {
                r.waiter_ = std::make_shared<waiter>();
                queue_.push_back(r);
                return true;
            }
            if (candidate)
                in_use_.push_back(*candidate);
        }
        if (!candidate) {
            close_idle_since_before(oldest, fresh ? "an idle connection is as stale as another"
                                                  : "a connection has been idle for too long");
            continue;
        }
        candidate->begin_use();
        pooled_connection found(shared_from_this(), candidate);
        if (candidate->looks_alive()) {
            r.granted_ = std::move(found);
            return true;
        }
        log(log_level::debug, "the server has closed an idle connection, or is about to",
            candidate->number());
    }
}

// The lock is not held while they are closed.
inline void connection_pool::close_idle_since_before(time_point oldest,
                                                     std::string_view why) noexcept
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

inline void connection_pool::give_back(connection_ptr c, bool reusable) noexcept
{
    const time_point now = std::chrono::steady_clock::now();
    close_idle_since_before(now - options_.idle_timeout, "a connection has been idle for too long");
    deadlines_->remove(*c);
    c->begin_output();
    c->parser->wipe();
    if (!reusable || c->stopped() != stop_reason::none)
        c->close();

    waiter::postponed later;
    const std::lock_guard lock(mutex_);
    in_use_.erase(in_use_.iterator_to(*c));
    if (closed_)
        return;
    while (!queue_.empty()) {
        pool_request& next = queue_.front();
        queue_.pop_front();
        if (!next.waiter_->complete(stop_reason::none, later))
            continue; // it has stopped waiting
        if (!c->is_open())
            c->renew(++made_);
        c->begin_use();
        in_use_.push_back(*c);
        next.granted_ = pooled_connection(shared_from_this(), std::move(c));
        return;
    }
    if (c->is_open()) {
        c->idle_since = now;
        idle_.push_back(std::move(c));
    }
}

OPENINT_DECL pooled_connection pool_request::take() noexcept
{
    if (!waiter_) // granted at once
        return std::move(granted_);
    pooled_connection taken;
    {
        const std::lock_guard lock(pool_.mutex_);
        taken = std::move(granted_);
    }
    // It came straight from another call, which has not looked for what lies after its answer.
    if (taken && taken->is_open() && taken->stopped() == stop_reason::none && !taken->looks_alive())
        pool_.replace(*taken);
    return taken;
}

inline void connection_pool::replace(connection& c) noexcept
{
    log(log_level::debug, "a connection that was waited for is stale", c.number());
    c.close();
    const std::lock_guard lock(mutex_);
    c.renew(++made_);
}

OPENINT_DECL void pool_request::cancel() noexcept
{
    if (!waiter_)
        return;
    pool_.deadlines_->remove(*waiter_);
    const std::lock_guard lock(pool_.mutex_);
    if (is_linked())
        pool_.queue_.erase(pool_.queue_.iterator_to(*this));
}

OPENINT_DECL boost::asio::any_io_executor connection_pool::executor() const
{
    const std::lock_guard lock(mutex_);
    return executor_;
}

inline void connection_pool::log(log_level level, std::string_view message,
                                 std::uint64_t connection_number) const
{
    openint::detail::write_log(options_.log, {.level = level,
                                              .kind = log_kind::pool,
                                              .message = message,
                                              .connection = connection_number});
}

inline void connection_pool::forked() noexcept
{
    resolver_->forget();
    sessions_.forget();
    forks_ = fork_count();
    std::unique_lock lock(mutex_);
    idle_.clear();
    for (connection& c : in_use_)
        c.disown();
    while (!queue_.empty()) {
        const std::shared_ptr<waiter> who = queue_.front().waiter_;
        queue_.pop_front();
        lock.unlock();
        who->complete(stop_reason::forked);
        lock.lock();
    }
}

inline void connection_pool::abandon() noexcept
{
    deadlines_->shut_down();
    resolver_->shut_down();
    std::unique_lock lock(mutex_);
    closed_ = true;
    executor_ = {}; // a strand must not outlive its context
    idle_.clear();
    for (connection& c : in_use_)
        c.close();
    while (!queue_.empty()) {
        const std::shared_ptr<waiter> who = queue_.front().waiter_;
        queue_.pop_front();
        lock.unlock();
        who->complete(stop_reason::closed);
        lock.lock();
    }
}

} // namespace openint::transport

#endif
