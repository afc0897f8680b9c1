// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_CONNECTION_POOL_HPP
#define OPENINT_TRANSPORT_CONNECTION_POOL_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/connection.hpp>
#include <openint/transport/context_service.hpp>
#include <openint/transport/deadline.hpp>
#include <openint/transport/resolver.hpp>
#include <openint/transport/tls.hpp>
#include <openint/transport/transport_options.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/intrusive/list.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace openint::transport {

class connection_pool;

/// The right to use one connection of a pool. The destructor gives it back: for reuse after
/// `mark_reusable`, to be closed otherwise.
class pooled_connection
{
public:
    pooled_connection() = default;
    pooled_connection(std::shared_ptr<connection_pool> pool, std::shared_ptr<connection> c) noexcept
        : pool_(std::move(pool))
        , connection_(std::move(c))
    {}
    pooled_connection(pooled_connection&& other) noexcept = default;
    pooled_connection& operator=(pooled_connection&& other) noexcept
    {
        reset();
        pool_ = std::move(other.pool_);
        connection_ = std::move(other.connection_);
        reusable_ = other.reusable_;
        return *this;
    }
    ~pooled_connection() { reset(); }

    explicit operator bool() const noexcept { return connection_ != nullptr; }
    connection& operator*() const noexcept { return *connection_; }
    connection* operator->() const noexcept { return connection_.get(); }
    const std::shared_ptr<connection>& get() const noexcept { return connection_; }

    /// The answer lets the connection live, unless its Keep-Alive field says otherwise.
    void mark_reusable() noexcept { reusable_ = connection_->obey_keep_alive(); }
    /// Gives the connection back now.
    OPENINT_DECL void reset() noexcept;

private:
    std::shared_ptr<connection_pool> pool_;
    std::shared_ptr<connection> connection_;
    bool reusable_ = false;
};

/// One coroutine's request for a connection, and its place in the queue. Lives in that coroutine.
class pool_request : public boost::intrusive::list_base_hook<>
{
public:
    explicit pool_request(connection_pool& pool)
        : pool_(pool)
    {}
    pool_request(const pool_request&) = delete;
    pool_request& operator=(const pool_request&) = delete;
    ~pool_request() { cancel(); }

    /// What to wait for. Null where a connection was granted at once.
    const std::shared_ptr<waiter>& pending() const noexcept { return waiter_; }
    /// The connection that was granted, if any.
    OPENINT_DECL pooled_connection take() noexcept;

private:
    friend connection_pool;

    OPENINT_DECL void cancel() noexcept;

    connection_pool& pool_;
    std::shared_ptr<waiter> waiter_;
    pooled_connection granted_;
};

/// The connections of one client to its origin: kept alive between requests, at most
/// `max_connections`, given out first come first served. Idle ones are examined when they are given
/// out, and swept whenever one comes back; no timer runs for them. What the server says in its
/// Keep-Alive fields is obeyed, but never prolongs `idle_timeout`. Thread safe.
///
/// A forked child makes no use of its parent's connections. Where nobody has called the context's
/// `notify_fork`, the pool does so when the child makes its first call.
class connection_pool final : public std::enable_shared_from_this<connection_pool>,
                              private context_service::tracked
{
public:
    OPENINT_DECL static std::shared_ptr<connection_pool>
    make(const boost::asio::any_io_executor& executor, transport_options options);
    OPENINT_DECL ~connection_pool();

    /// Asks for a connection, idle or still to be opened. It is granted at once, or
    /// `r.pending()` is completed when it is. `fresh`: an idle one will not do. False if the
    /// context was shut down.
    OPENINT_DECL bool try_acquire(pool_request& r, bool fresh, time_point now);

    /// Tells the context that this process is a forked child, where nobody else has. No other
    /// thread may use the context then.
    void notice_fork()
    {
        if (forks_.load(std::memory_order_relaxed) != fork_count()) [[unlikely]]
            notify_child();
    }

    const transport_options& options() const noexcept { return options_; }
    /// Where all I/O is done; empty once the context has been shut down.
    OPENINT_DECL boost::asio::any_io_executor executor() const;
    /// Whether the executor belongs to the same context.
    bool runs_on(const boost::asio::any_io_executor& executor) const
    {
        return &boost::asio::query(executor, boost::asio::execution::context) == context_;
    }
    /// Calls `start` with the executor, during which the context is not shut down. False, without a
    /// call, if it has been.
    template <class Start>
    bool while_open(Start start)
    {
        const std::lock_guard lock(mutex_);
        if (!closed_)
            start(executor_);
        return !closed_;
    }
    const std::shared_ptr<deadline_queue>& deadlines() const noexcept { return deadlines_; }
    transport::resolver& resolver() const noexcept { return *resolver_; }
    tls_session_cache& sessions() noexcept { return sessions_; }

private:
    friend pooled_connection;
    friend pool_request;

    connection_pool(const boost::asio::any_io_executor& executor, transport_options options);

    using connection_ptr = std::shared_ptr<connection>;

    connection_ptr make_connection();
    void give_back(connection_ptr c, bool reusable) noexcept;
    void close_idle_since_before(time_point oldest, std::string_view why) noexcept;
    void replace(connection& c) noexcept;
    void log(log_level level, std::string_view message, std::uint64_t connection_number) const;
    void abandon() noexcept override;
    void forked() noexcept override;
    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    const transport_options options_;
    const boost::asio::execution_context* const context_; // may be gone: only to be compared
    const std::shared_ptr<deadline_queue> deadlines_;
    const std::shared_ptr<transport::resolver> resolver_;
    tls_session_cache sessions_;

    std::atomic<unsigned> forks_ = fork_count(); // when what it holds was opened

    mutable std::mutex mutex_;
    boost::asio::any_io_executor executor_;
    std::vector<connection_ptr> idle_; // the last one used at the back
    boost::intrusive::list<connection> in_use_;
    boost::intrusive::list<pool_request> queue_;
    std::uint64_t made_ = 0;
    bool closed_ = false;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/connection_pool.ipp>
#endif

#endif
