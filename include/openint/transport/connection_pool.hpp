// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_POOL_HPP
#define OPENINT_HTTP_POOL_HPP

#include <openint/client_config.hpp>
#include <openint/detail/config.hpp>
#include <openint/http/connection.hpp>
#include <openint/http/context_service.hpp>
#include <openint/http/deadline.hpp>
#include <openint/http/resolver.hpp>
#include <openint/http/tls.hpp>
#include <openint/http/url.hpp>
#include <openint/http/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace openint::http {

class pool;

/// What connections of one client have in common. Immutable.
struct transport_options
{
    url origin;
    std::optional<url> proxy;
    std::shared_ptr<boost::asio::ssl::context> tls; ///< Null for plain HTTP.
    tls_verification verify = tls_verification::peer_and_host;
    std::chrono::nanoseconds connect_timeout{};
    std::size_t max_connections = 1;
    std::chrono::nanoseconds idle_timeout{};
    exchange::limits limits;
    std::string user_agent; ///< For CONNECT requests.
    log_options log;
};

/// The right to use one connection of the pool. Gives it back on destruction: for reuse if
/// `reusable` was called, otherwise it is closed.
class lease
{
public:
    lease() = default;
    lease(std::shared_ptr<pool> owner, std::shared_ptr<connection> c) noexcept
        : pool_(std::move(owner))
        , connection_(std::move(c))
    {}
    lease(lease&& other) noexcept = default;
    lease& operator=(lease&& other) noexcept
    {
        reset();
        pool_ = std::move(other.pool_);
        connection_ = std::move(other.connection_);
        reusable_ = other.reusable_;
        return *this;
    }
    ~lease() { reset(); }

    explicit operator bool() const noexcept { return connection_ != nullptr; }
    connection& operator*() const noexcept { return *connection_; }
    connection* operator->() const noexcept { return connection_.get(); }
    const std::shared_ptr<connection>& get() const noexcept { return connection_; }

    void reusable() noexcept { reusable_ = true; }
    OPENINT_DECL void reset() noexcept;

private:
    std::shared_ptr<pool> pool_;
    std::shared_ptr<connection> connection_;
    bool reusable_ = false;
};

/// The connections of one client to its origin: kept alive between requests, at most
/// `max_connections`, given out first come first served. Idle ones are examined when they are given
/// out, and swept whenever one comes back; no timer runs for them. Thread safe.
class pool final : public std::enable_shared_from_this<pool>, private context_service::tracked
{
public:
    /// A place in the queue. Lives in the coroutine that waits.
    class turn : public boost::intrusive::list_base_hook<>
    {
    public:
        explicit turn(pool& p)
            : pool_(p)
        {}
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;
        ~turn() { pool_.leave(*this); }

        /// To be waited for. Null where a lease was there at once.
        const std::shared_ptr<waiter>& who() const noexcept { return who_; }
        /// What was granted, if anything.
        OPENINT_DECL lease take() noexcept;

    private:
        friend pool;

        pool& pool_;
        std::shared_ptr<waiter> who_;
        lease granted_;
    };

    struct counts
    {
        std::size_t idle = 0;
        std::size_t leased = 0;
        std::size_t waiting = 0;
    };

    OPENINT_DECL static std::shared_ptr<pool> make(const boost::asio::any_io_executor& executor,
                                                   transport_options options);
    OPENINT_DECL ~pool();

    /// Asks for a connection, idle or still to be opened, into `t`: granted at once, or `t.who()`
    /// is completed when it is. `fresh`: idle ones will not do. False: the context was shut down.
    OPENINT_DECL bool ask(turn& t, bool fresh, time_point now);

    OPENINT_DECL counts count() const;

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
    deadline_queue& deadlines() const noexcept { return *deadlines_; }
    http::resolver& resolver() const noexcept { return *resolver_; }
    tls_session_cache& sessions() noexcept { return sessions_; }

private:
    friend lease;

    pool(const boost::asio::any_io_executor& executor, transport_options options);

    using connection_ptr = std::shared_ptr<connection>;

    connection_ptr make_connection();
    void give_back(connection_ptr c, bool reusable) noexcept;
    void close_idle_since_before(time_point oldest, std::string_view why) noexcept;
    void leave(turn& t) noexcept;
    void replace(connection& c) noexcept;
    void log(log_level level, std::string_view message, std::uint64_t connection_number) const;
    void abandon() noexcept override;
    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    const transport_options options_;
    const boost::asio::execution_context* const context_; // may be gone: only to be compared
    const std::shared_ptr<deadline_queue> deadlines_;
    const std::shared_ptr<http::resolver> resolver_;
    tls_session_cache sessions_;

    mutable std::mutex mutex_;
    boost::asio::any_io_executor executor_;
    std::vector<connection_ptr> idle_; // the last one used at the back
    boost::intrusive::list<connection> leased_;
    boost::intrusive::list<turn> turns_;
    std::uint64_t made_ = 0;
    bool closed_ = false;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_pool.ipp>
#endif

#endif
