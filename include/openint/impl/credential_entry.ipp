// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_ENTRY_IPP
#define OPENINT_IMPL_CREDENTIAL_ENTRY_IPP

// The machine of one connection's credentials: questions first, then what a request has brought,
// then the times that follow from it.

#include <openint/impl/credential_entry.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace openint::detail {

OPENINT_DECL credential_entry::decision credential_entry::ask(const moment& now) noexcept
{
    const bool may_look = !in_flight() && now.steady >= retry_at_;
    if (current_ && !ended(now) && !(in_flight() && rejected_)) {
        if (!reached(now, due_))
            return {answer::hand_out};
        if (!reached(now, margin_)) {
            if (may_look)
                begin();
            return {answer::hand_out, may_look};
        }
        if (!in_flight() && !may_look)
            return {answer::hand_out}; // the last attempt has failed
    }
    if (in_flight())
        return {answer::wait};
    if (problem_ && !may_look)
        return {answer::fail};
    return begin();
}

OPENINT_DECL credential_entry::decision credential_entry::reject(const credentials& rejected,
                                                                 const moment& now) noexcept
{
    if (current_ && credential_access::newer(current_, rejected))
        return ask(now);
    if (now.steady >= quiet_at_)
        force_pause_ = {};
    quiet_at_ = now.steady + std::chrono::hours(1);
    decision d{answer::wait};
    if (!in_flight()) {
        if (problem_ && now.steady < retry_at_)
            return {answer::fail};
        d = begin();
    }
    rejected_ = true;
    if (!replaced_)
        replaced_ = rejected;
    return d;
}

inline credential_entry::decision credential_entry::begin() noexcept
{
    phase_ = phase::look;
    rejected_ = false;
    replaced_ = current_;
    return {answer::wait, true};
}

// Where this machine's clock was set, the answer has another end.
inline bool credential_entry::ends_soon(const credentials& fresh, const moment& now) const noexcept
{
    const auto& end = credential_access::ends(fresh);
    return current_ && reached(now, renew_) && end && *end <= end_.wall + std::chrono::seconds(5);
}

inline bool credential_entry::may_force(const credentials& fresh, bool over, const moment& now,
                                        const rules& r) const noexcept
{
    if (now.steady < force_at_)
        return false;
    if (rejected_)
        return credential_access::has_token(fresh);
    if (!credential_access::renewable(fresh))
        return false;
    if (over) // unless the service has just tried
        return !(fresh->status && *fresh->status == connection_status::error);
    return r.force_ahead && ends_soon(fresh, now);
}

inline void credential_entry::begin_force(const moment& now, const rules& r) noexcept
{
    phase_ = phase::force;
    const duration this_pause = (std::max)(force_pause_, r.renew_pause);
    force_at_ = now.steady + this_pause;
    if (rejected_)
        force_pause_ = (std::min<duration>)(2 * this_pause, std::chrono::hours(1));
}

// Why a connection cannot be used whatever its token; null if it can.
inline const char* unusable(const connection& c) noexcept
{
    if (c.disabled.value_or(false))
        return " is disabled";
    if (c.status && *c.status == connection_status::disconnected)
        return " is disconnected: the customer has to connect it again";
    return c.settings ? nullptr : " came without its settings";
}

// Names no secret.
inline std::shared_ptr<const error> no_credentials(const connection& c, const char* why)
{
    std::string text = "connection " + c.id + why;
    text += c.status ? "; its status is " + std::string(c.status->text())
                     : std::string("; it has no status");
    return std::make_shared<const error>(errc::no_credentials, text);
}

OPENINT_DECL credential_entry::step credential_entry::receive(const credentials& fresh,
                                                              const moment& now, double random,
                                                              const rules& r)
{
    constexpr auto first_pause = std::chrono::seconds(4); // it is an answer that says no
    if (const char* why = unusable(*fresh)) {
        auto problem = no_credentials(*fresh, why);
        drop();
        problem_ = std::move(problem);
        pause(first_pause, now, random, r);
        abandon();
        return step::done;
    }

    const auto& end = credential_access::ends(fresh);
    const bool over = end && *end <= now.wall;
    if (!over && (!replaced_ || credential_access::newer(fresh, replaced_))) {
        install(fresh, now, random, r);
        abandon();
        return step::done;
    }
    if (current_ && replaced_ && credential_access::newer(current_, replaced_)) {
        abandon(); // put in the meantime
        return step::done;
    }
    if (!forcing() && may_force(fresh, over, now, r)) {
        begin_force(now, r);
        return step::force;
    }

    const bool in_vain = over || forcing() || rejected_ || ends_soon(fresh, now);
    std::shared_ptr<const error> problem;
    if (in_vain)
        problem = no_credentials(*fresh, over ? " has a token that has expired and was not renewed"
                                              : " has the same token as before");
    const std::uint8_t failures = failures_;
    if (over)
        drop();
    else
        install(fresh, now, random, r);
    if (in_vain) {
        problem_ = std::move(problem);
        failures_ = failures;
        pause(first_pause, now, random, r);
    }
    abandon();
    return step::done;
}

OPENINT_DECL void credential_entry::fail(std::shared_ptr<const error> problem, const moment& now,
                                         double random, const rules& r) noexcept
{
    const unsigned status = problem->status();
    if (status == 401 || status == 403 || status == 404)
        drop(); // an answer
    const bool says_no = status / 100 == 4 && status != 408 && status != 429;
    pause(std::chrono::seconds(says_no ? 4 : 1), now, random, r);
    if (const auto asked = problem->retry_after())
        retry_at_ =
            (std::max)(retry_at_, now.steady + (std::min<duration>)(*asked, std::chrono::hours(1)));
    problem_ = std::move(problem);
    abandon();
}

OPENINT_DECL void credential_entry::abandon() noexcept
{
    phase_ = phase::idle;
    rejected_ = false;
    replaced_ = {};
}

OPENINT_DECL void credential_entry::put(const credentials& brought, const moment& now,
                                        double random, const rules& r)
{
    if (unusable(*brought)) {
        if (!in_flight())
            receive(brought, now, random, r);
        return;
    }
    const auto& end = credential_access::ends(brought);
    if (end && *end <= now.wall)
        return;
    if (current_) {
        if (!credential_access::newer(brought, current_))
            return;
        const auto& other = credential_access::ends(current_);
        if (end && other && *end < *other)
            return; // from before the last renewal
    }
    install(brought, now, random, r);
}

OPENINT_DECL credential_entry::result_type
credential_entry::result(const credentials& rejected, const moment& now) const noexcept
{
    if (current_ && !ended(now) && (!rejected || credential_access::newer(current_, rejected)))
        return {current_, nullptr};
    return {{}, problem_};
}

OPENINT_DECL moment credential_entry::quiet_until(const moment& now) const noexcept
{
    if (!current_ || (in_flight() && rejected_))
        return {};
    if (in_flight())
        return margin_;
    if (now.steady < retry_at_ && reached(now, due_))
        return {end_.wall, (std::min)(end_.steady, retry_at_)};
    return due_;
}

inline void credential_entry::drop() noexcept
{
    current_ = {};
    due_ = renew_ = margin_ = end_ = moment::never();
}

// When the credentials are due, and when they end. Of a short life every time is cut.
inline void credential_entry::install(const credentials& fresh, const moment& now, double random,
                                      const rules& r) noexcept
{
    using real = std::chrono::duration<double, std::milli>;
    current_ = fresh;
    problem_ = nullptr;
    failures_ = 0;
    retry_at_ = (duration::min)();

    const duration age = std::chrono::floor<duration>(real(r.max_age) * (1 - random / 4));
    due_ = now + age;
    renew_ = margin_ = end_ = moment::never();
    if (const auto& end = credential_access::ends(fresh)) {
        const duration left = *end - now.wall;
        const real mean = (std::min)(r.spread, left / 20);
        const real share = (std::min<real>)(-std::log(1 - random) * mean, left / 2);
        const duration ahead =
            (std::min)(r.refresh_ahead, left / 4) + std::chrono::floor<duration>(share);
        renew_ = now + (left - ahead);
        due_ = now + (std::min)(age, left - ahead);
        margin_ = now + (left - (std::min)(r.margin, left / 4));
        end_ = now + left;
    }
}

// Before the next request. Longer with each failure in a row.
inline void credential_entry::pause(duration first, const moment& now, double random,
                                    const rules& r) noexcept
{
    using real = std::chrono::duration<double, std::milli>;
    const real longer = real(first) * std::ldexp(1 + random / 4, (std::min<int>)(failures_, 20));
    retry_at_ = now.steady + std::chrono::floor<duration>(std::min<real>(longer, r.max_pause));
    if (failures_ != 255)
        ++failures_;
}

} // namespace openint::detail

#endif
