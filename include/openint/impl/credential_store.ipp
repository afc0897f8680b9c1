// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_STORE_IPP
#define OPENINT_IMPL_CREDENTIAL_STORE_IPP

// The cache under its lock: hits, callers that come and go, and what flights bring. What is woken
// up is collected first, and goes on when the lock has been released.

#include <openint/impl/credential_store.hpp>

#include <openint/http/date.hpp>
#include <openint/impl/credential_clock.hpp>

#include <algorithm>
#include <mutex>
#include <utility>

#include <unistd.h>

namespace openint::detail {

// What must not overflow, nor make no sense.
inline credential_cache_options checked(credential_cache_options o)
{
    constexpr std::chrono::milliseconds longest = std::chrono::hours(24 * 365 * 10);
    for (std::chrono::milliseconds* d :
         {&o.refresh_ahead, &o.spread, &o.margin, &o.max_age, &o.renew_pause, &o.max_pause}) {
        if (d->count() < 0)
            throw error(errc::invalid_argument,
                        "invalid argument: a time of the cache is negative");
        *d = (std::min)(*d, longest);
    }
    if (o.max_entries == 0)
        throw error(errc::invalid_argument, "invalid argument: max_entries must be at least 1");
    return o;
}

inline siphash_key random_key()
{
    std::random_device source;
    std::uniform_int_distribution<std::uint64_t> any;
    const std::uint64_t first = any(source);
    return {first, any(source)};
}

OPENINT_DECL credential_store::credential_store(credential_cache_options options)
    : options_(checked(std::move(options)))
    , hash_key_(random_key())
    , closed_(std::make_shared<const error>(errc::closed,
                                            "the client's execution context has been shut down"))
    , map_(options_.max_entries)
    , engine_(std::random_device{}())
    , process_(::getpid())
{}

inline credential_key_view credential_store::key(const token_digest& owner,
                                                 std::string_view id) const noexcept
{
    std::uint64_t mine = 0; // as good as random
    for (std::size_t i = 0; i != sizeof(mine); ++i)
        mine = mine << 8 | owner[i];
    return {owner, id, siphash({hash_key_.first ^ mine, hash_key_.second}, id)};
}

OPENINT_DECL moment credential_store::now() const
{
    return options_.clock ? to_moment(options_.clock()) : read_clocks();
}

// The lock, and those who go on when it has been released.
class credential_store::exclusive
{
public:
    explicit exclusive(credential_store& store)
        : lock_(store.mutex_)
        , time(store.now())
    {
        store.notice_fork(time, ended);
    }
    ~exclusive()
    {
        lock_.unlock();
        while (!ended.empty()) {
            const std::shared_ptr<credential_caller> c = std::move(ended.front().self);
            ended.pop_front();
            c->complete(transport::stop_reason::none);
        }
    }

private:
    std::unique_lock<credential_mutex> lock_;

public:
    credential_callers ended;
    const moment time;
};

// Callers

OPENINT_DECL credentials credential_store::hit(const credential_key_view& k)
{
    const moment time = now();
    const std::size_t mine = credential_mutex::mine();
    auto& stripe = mutex_[mine];
    const std::lock_guard lock(stripe.mutex);
    credential_slot* const s = map_.find(k);
    if (!s || reached(time, s->quiet))
        return {};
    credentials& copy = s->copies[mine];
    if (!copy)
        copy = credential_access::with_own_count(s->entry.current());
    if (!s->used.load(std::memory_order_relaxed))
        s->used.store(true, std::memory_order_relaxed);
    ++stripe.data.hits;
    if (s->stale)
        ++stripe.data.stale;
    return copy;
}

OPENINT_DECL credential_store::admission
credential_store::peek(const credential_key_view& k) noexcept
{
    admission out;
    exclusive locked(*this);
    const moment& time = locked.time;
    credential_slot* const s = map_.find(k);
    if (!s || s->forgotten || !s->entry.current())
        return out;
    const auto d = s->entry.ask(time);
    if (d.what == credential_entry::answer::hand_out)
        out.result.given = s->entry.current();
    follow(*s, d, time, out);
    return out;
}

OPENINT_DECL credential_store::admission
credential_store::admit(const credential_key_view& k,
                        const std::shared_ptr<credential_caller>& caller)
{
    admission out;
    exclusive locked(*this);
    const moment& time = locked.time;
    credential_slot& s = map_.find_or_insert(k);
    if (s.forgotten) {
        wait_for(s.late, caller);
        return out;
    }
    const auto d = caller->rejected ? s.entry.reject(caller->rejected, time) : s.entry.ask(time);
    switch (d.what) {
    case credential_entry::answer::hand_out:
        out.result.given = s.entry.current();
        break;
    case credential_entry::answer::fail:
        out.result = s.entry.result(caller->rejected, time);
        break;
    case credential_entry::answer::wait:
        wait_for(s.callers, caller);
        ++counts_.waits;
        break;
    }
    follow(s, d, time, out);
    return out;
}

inline void credential_store::wait_for(credential_callers& list,
                                       const std::shared_ptr<credential_caller>& c) noexcept
{
    c->self = c;
    c->list = &list;
    list.push_back(*c);
}

OPENINT_DECL void credential_store::leave(credential_caller& c) noexcept
{
    std::shared_ptr<credential_caller> self;
    const std::lock_guard lock(mutex_);
    if (!c.list)
        return;
    c.list->erase(c.list->iterator_to(c));
    c.list = nullptr;
    self = std::move(c.self);
}

// After a decision.
inline void credential_store::follow(credential_slot& s, credential_entry::decision d,
                                     const moment& time, admission& out) noexcept
{
    if (out.result.given) {
        s.used.store(true, std::memory_order_relaxed);
        ++counts_.hits;
        if (s.entry.failing())
            ++counts_.stale;
    }
    if (d.look) {
        map_.hold(s);
        out.flight = {&s, generation_};
    }
    s.publish(time);
}

OPENINT_DECL void credential_store::put(const credential_key_view& k, connection&& brought)
{
    const credentials c = credential_access::make(std::move(brought), skew_);
    exclusive locked(*this);
    credential_slot& s = map_.find_or_insert(k);
    if (s.forgotten)
        return;
    const bool idle = !s.entry.in_flight();
    if (idle)
        map_.hold(s);
    const auto settle = [&]() noexcept {
        s.publish(locked.time);
        if (idle)
            map_.release(s);
    };
    try {
        s.entry.put(c, locked.time, random(), options_);
    } catch (...) {
        settle();
        throw;
    }
    settle();
}

OPENINT_DECL void credential_store::forget(const credential_key_view& k) noexcept
{
    const exclusive locked(*this);
    if (credential_slot* const s = map_.find(k))
        forget(*s, locked.time);
}

OPENINT_DECL void credential_store::clear() noexcept
{
    const exclusive locked(*this);
    map_.clear();
    for (credential_slot& s : map_.held())
        forget(s, locked.time);
}

inline void credential_store::forget(credential_slot& s, const moment& time) noexcept
{
    if (s.entry.in_flight()) {
        s.forgotten = true;
        s.publish(time);
    } else {
        map_.erase(s);
    }
}

OPENINT_DECL credential_cache_statistics credential_store::statistics()
{
    const std::lock_guard lock(mutex_);
    credential_cache_statistics out = counts_;
    mutex_.for_each([&](const credential_counts& c) {
        out.hits += c.hits;
        out.stale += c.stale;
    });
    out.entries = map_.size();
    out.evicted = map_.evicted();
    return out;
}

// Flights

OPENINT_DECL bool credential_store::send(const credential_flight_id& f, bool forced,
                                         std::string& id)
{
    const exclusive locked(*this);
    if (f.generation != generation_)
        return false;
    id = f.slot->key->id;
    ++counts_.requests;
    if (forced)
        ++counts_.forced;
    return true;
}

// By how much the service's clock is ahead of ours. Its Date has whole seconds, and is of some time
// between request and answer.
inline std::chrono::milliseconds skew_of(const headers& fields, const moment& sent,
                                         const moment& received)
{
    constexpr auto tolerated = std::chrono::seconds(2);
    const auto date = http::parse_date(fields.find("Date").value_or(std::string_view()));
    if (!date || (*date >= sent.wall - tolerated && *date <= received.wall + tolerated))
        return {};
    return *date - sent.wall;
}

OPENINT_DECL credential_store::next
credential_store::receive(const credential_flight_id& f, connection&& answer, const headers& fields,
                          const moment& sent, const std::shared_ptr<credential_caller>& until)
{
    const auto skew = options_.trust_date ? skew_of(fields, sent, now()) : moment::duration{};
    const credentials c = credential_access::make(std::move(answer), skew);
    next out;
    exclusive locked(*this);
    if (f.generation != generation_)
        return out;
    credential_slot& s = *f.slot;
    skew_ = skew;
    out.step = s.entry.receive(c, locked.time, random(), options_);
    if (out.step == credential_entry::step::done) {
        out.problem = s.entry.problem();
        out.kept = bool(s.entry.current());
        if (out.problem)
            ++counts_.failures;
        land(s, locked.time, locked.ended);
        return out;
    }
    if (credential_slot* const other = renewing(s)) {
        s.entry.look_again();
        wait_for(other->callers, until);
        out.wait = true;
    }
    s.publish(locked.time);
    return out;
}

OPENINT_DECL credential_store::next credential_store::fail(const credential_flight_id& f,
                                                           std::shared_ptr<const error> problem)
{
    next out;
    exclusive locked(*this);
    if (f.generation != generation_)
        return out;
    credential_slot& s = *f.slot;
    s.entry.fail(problem, locked.time, random(), options_);
    ++counts_.failures;
    out.problem = std::move(problem);
    out.kept = bool(s.entry.current());
    land(s, locked.time, locked.ended);
    return out;
}

OPENINT_DECL void credential_store::close(const credential_flight_id& f) noexcept
{
    fail(f, closed_);
}

// Another flight that is forcing a renewal of the same connection, on behalf of another token: two
// at once could lose the customer's tokens.
inline credential_slot* credential_store::renewing(const credential_slot& s) noexcept
{
    const auto found =
        std::find_if(map_.held().begin(), map_.held().end(), [&](const credential_slot& other) {
            return &other != &s && other.entry.forcing() && other.key->id == s.key->id;
        });
    return found == map_.held().end() ? nullptr : &*found;
}

// The flight has ended: everybody gets its result, and those who came after `forget` ask again.
inline void credential_store::land(credential_slot& s, const moment& time,
                                   credential_callers& ended) noexcept
{
    for (credential_caller& c : s.callers) {
        c.result = s.entry.result(c.rejected, time);
        c.again = !c.result.given && !c.result.problem;
        c.list = nullptr;
    }
    for (credential_caller& c : s.late) {
        c.again = true;
        c.list = nullptr;
    }
    ended.splice(ended.end(), s.callers);
    ended.splice(ended.end(), s.late);
    if (s.forgotten) {
        map_.erase(s);
        return;
    }
    s.publish(time);
    map_.release(s);
}

// In a child of the process, the requests that are out are the parent's.
inline void credential_store::notice_fork(const moment& time, credential_callers& ended) noexcept
{
    if (process_ == ::getpid())
        return;
    process_ = ::getpid();
    ++generation_;
    while (!map_.held().empty()) {
        credential_slot& s = map_.held().front();
        s.entry.abandon();
        land(s, time, ended);
    }
}

} // namespace openint::detail

#endif
