// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_ENTRY_HPP
#define OPENINT_IMPL_CREDENTIAL_ENTRY_HPP

#include <openint/credential_cache_options.hpp>
#include <openint/credentials.hpp>
#include <openint/detail/config.hpp>
#include <openint/error.hpp>

#include <chrono>
#include <cstdint>
#include <memory>

namespace openint::detail {

/// A point in time by both clocks. In milliseconds, which reach beyond the year 9999.
struct moment
{
    using duration = std::chrono::milliseconds;

    std::chrono::sys_time<duration> wall{};
    duration steady{};

    /// After every other one.
    static constexpr moment never() noexcept
    {
        return {(std::chrono::sys_time<duration>::max)(), (duration::max)()};
    }
    moment operator+(duration d) const noexcept { return {wall + d, steady + d}; }
};

/// Whether either clock says so: the wall clock after a sleep, the steady one after a set-back.
inline bool reached(const moment& now, const moment& point) noexcept
{
    return now.wall >= point.wall || now.steady >= point.steady;
}

/// What the cache knows about one connection, and what it is to do: a pure machine, without I/O,
/// locks or clocks of its own. At most one request (a flight) is out at a time: a look, which has
/// the service renew what has expired, and perhaps a forced renewal after it.
class credential_entry
{
public:
    using rules = credential_cache_options;

    enum class answer : std::uint8_t
    {
        hand_out, ///< `current()`
        wait,     ///< for the flight: then `result()`
        fail      ///< with `result()`
    };
    /// What a caller gets, and whether a flight is to begin with a look now.
    struct decision
    {
        answer what = answer::wait;
        bool look = false;
    };

    /// After a request: the flight has ended, or goes on.
    enum class step : std::uint8_t
    {
        done,
        force
    };

    /// Somebody wants credentials.
    OPENINT_DECL decision ask(const moment& now) noexcept;
    /// Somebody's credentials were rejected by whom they are for.
    OPENINT_DECL decision reject(const credentials& rejected, const moment& now) noexcept;

    /// The flight's request was answered. `random` is from [0, 1). Without effect if it throws.
    OPENINT_DECL step receive(const credentials& answer, const moment& now, double random,
                              const rules& r);
    /// The flight's request failed.
    OPENINT_DECL void fail(std::shared_ptr<const error> problem, const moment& now, double random,
                           const rules& r) noexcept;
    /// Looks again instead of forcing: somebody else has just renewed these.
    void look_again() noexcept { phase_ = phase::look; }
    /// The flight is over without a result.
    OPENINT_DECL void abandon() noexcept;

    /// Another call has brought these. Without effect if it throws.
    OPENINT_DECL void put(const credentials& brought, const moment& now, double random,
                          const rules& r);

    const credentials& current() const noexcept { return current_; }
    bool in_flight() const noexcept { return phase_ != phase::idle; }
    bool forcing() const noexcept { return phase_ == phase::force; }
    /// Whether the last attempt has failed.
    bool failing() const noexcept { return problem_ != nullptr; }
    const std::shared_ptr<const error>& problem() const noexcept { return problem_; }

    /// What somebody gets that has waited, or failed: credentials, or the reason why not.
    /// `rejected` is what they have rejected, or null.
    struct result_type
    {
        credentials given;
        std::shared_ptr<const error> problem;
    };
    OPENINT_DECL result_type result(const credentials& rejected, const moment& now) const noexcept;

    /// Before this moment, `ask` hands out `current()` and changes nothing.
    OPENINT_DECL moment quiet_until(const moment& now) const noexcept;

private:
    using duration = moment::duration;
    enum class phase : std::uint8_t
    {
        idle,
        look,
        force
    };

    bool ended(const moment& now) const noexcept { return reached(now, end_); }
    decision begin() noexcept;
    bool ends_soon(const credentials& answer, const moment& now) const noexcept;
    bool may_force(const credentials& answer, bool over, const moment& now,
                   const rules& r) const noexcept;
    void begin_force(const moment& now, const rules& r) noexcept;
    void install(const credentials& fresh, const moment& now, double random,
                 const rules& r) noexcept;
    void drop() noexcept;
    void pause(duration first, const moment& now, double random, const rules& r) noexcept;

    credentials current_;
    credentials replaced_;                 // what the flight is to bring something newer than
    std::shared_ptr<const error> problem_; // why the last attempt brought nothing new
    // Of `current_`.
    moment due_ = moment::never();    // for a look, in the background
    moment renew_ = moment::never();  // for a forced renewal, if that brings nothing newer
    moment margin_ = moment::never(); // not to be handed out while it can be renewed
    moment end_ = moment::never();
    // By the steady clock.
    duration retry_at_ = (duration::min)(); // no request before
    duration force_at_ = (duration::min)(); // no forced renewal before
    duration force_pause_{};                // after the next one; 0: the usual one
    duration quiet_at_ = (duration::min)(); // when the last rejection is forgotten
    std::uint8_t failures_ = 0;             // in a row
    phase phase_ = phase::idle;
    bool rejected_ = false; // the flight is for somebody who has rejected `replaced_`
};

} // namespace openint::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/credential_entry.ipp>
#endif

#endif
