// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_DEADLINE_HPP
#define OPENINT_TRANSPORT_DEADLINE_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/operation_memory.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/set.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

namespace openint::transport {

class deadline_queue;

using time_point = std::chrono::steady_clock::time_point;

/// Why something was stopped from outside.
enum class stop_reason : std::uint8_t
{
    none,
    timeout,
    cancelled, ///< By the caller.
    closed,    ///< The execution context is shutting down.
    forked     ///< This process is a child of the one that began it.
};

/// Something that can be late: a call that waits, or a connection that works for one.
class deadline : public boost::intrusive::set_base_hook<boost::intrusive::optimize_size<true>>
{
public:
    deadline() = default;
    deadline(const deadline&) = delete;
    deadline& operator=(const deadline&) = delete;

    friend bool operator<(const deadline& a, const deadline& b) noexcept { return a.at_ < b.at_; }

protected:
    ~deadline() = default;

private:
    friend deadline_queue;

    /// Called at or after the time, by whichever thread runs the timer, with the queue locked.
    /// False if there was not enough memory: then it is called again, 10 ms later.
    virtual bool expire() noexcept = 0;

    time_point at_{};
};

/// All running deadlines of a client, on one timer that runs only while there are any. Thread safe.
///
/// The timer is set again only for an earlier deadline: calls that end in time, which is nearly
/// all, do not touch it while others run.
class deadline_queue : public std::enable_shared_from_this<deadline_queue>
{
public:
    OPENINT_DECL explicit deadline_queue(const boost::asio::any_io_executor& executor);

    /// Starts the deadline, or moves it. Without effect after `shut_down`, or if it throws, which
    /// it does not while another one runs.
    OPENINT_DECL void set(deadline& entry, time_point at);

    /// After this returned, `expire` is neither running nor going to be called.
    OPENINT_DECL void remove(deadline& entry) noexcept;

    /// Destroys the timer and forgets all deadlines.
    OPENINT_DECL void shut_down() noexcept;

private:
    struct wait_handler;

    void arm(time_point at);
    void on_timer();

    operation_memory memory_;
    std::mutex mutex_;
    std::optional<boost::asio::steady_timer> timer_;
    boost::intrusive::multiset<deadline> entries_;
    time_point armed_ = (time_point::max)();
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/deadline.ipp>
#endif

#endif
