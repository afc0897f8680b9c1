// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_RELAY_HPP
#define OPENINT_HTTP_RELAY_HPP

#include <openint/detail/config.hpp>
#include <openint/http/context_service.hpp>
#include <openint/http/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <exception>
#include <memory>
#include <mutex>
#include <utility>

namespace openint::http {

class pool;

/// What a coroutine does on another context than its caller's.
class errand
{
public:
    virtual ~errand() = default;

    /// The work. To be called once.
    virtual boost::asio::awaitable<void> run() = 0;
    /// It has ended, or its context was shut down: nothing that belongs to that context may be kept
    /// any longer. Called there, when nothing of `run` is left.
    virtual void leave() noexcept = 0;
};

/// Has an errand run on a strand of the pool's context, for a coroutine on another context.
///
/// Either context may be shut down first. If it is the caller's, the work is cancelled; if it is
/// the pool's, the caller goes on. Thread safe.
class relay final : public std::enable_shared_from_this<relay>, private context_service::tracked
{
public:
    OPENINT_DECL explicit relay(std::shared_ptr<errand> work);
    ~relay() { untrack(); }

    /// Runs the errand and waits for its end; the caller's cancellation ends it. Throws what it
    /// throws. False if the pool's context was shut down before the end. Either way, nobody else
    /// uses the errand any more.
    OPENINT_DECL static boost::asio::awaitable<bool> run(pool& p, std::shared_ptr<errand> work);

private:
    class duty;
    class end_of_work;
    struct guard;
    struct step;

    static boost::asio::awaitable<void> perform(duty d);
    bool start(pool& p);
    void cancel() noexcept;
    void end() noexcept;
    void abandon() noexcept override;
    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    const std::shared_ptr<errand> work_;
    const std::shared_ptr<end_of_work> done_;
    // Written by the work, read by the caller when it is done.
    std::exception_ptr problem_;
    bool ended_ = false;

    std::mutex mutex_;
    boost::asio::any_io_executor executor_; // a strand; empty when it may not be used any more
    // Emitted on the strand. Owned by the work, since what Asio keeps in it must go with the
    // context.
    std::weak_ptr<boost::asio::cancellation_signal> stop_;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_relay.ipp>
#endif

#endif
