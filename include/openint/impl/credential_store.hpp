// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_STORE_HPP
#define OPENINT_IMPL_CREDENTIAL_STORE_HPP

#include <openint/connection.hpp>
#include <openint/credential_cache_options.hpp>
#include <openint/credentials.hpp>
#include <openint/detail/config.hpp>
#include <openint/detail/siphash.hpp>
#include <openint/error.hpp>
#include <openint/headers.hpp>
#include <openint/impl/credential_caller.hpp>
#include <openint/impl/credential_entry.hpp>
#include <openint/impl/credential_map.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace openint::detail {

/// A slot that has a flight, for whoever runs it. Without effect after a fork: then the flight is
/// the parent's.
struct credential_flight_id
{
    credential_slot* slot = nullptr;
    unsigned generation = 0;

    explicit operator bool() const noexcept { return slot != nullptr; }
};

/// What all handles of a cache share: the entries, their lock, and the callers that wait. Thread
/// safe. Does no I/O; nobody is woken up under its lock.
class credential_store
{
public:
    OPENINT_DECL explicit credential_store(credential_cache_options options);

    /// The key for a connection's credentials that belong to a token.
    credential_key_view key(const token_digest& owner, std::string_view id) const noexcept;

    // For callers

    /// What is there and good and not due; null otherwise. The way that nearly all go.
    OPENINT_DECL credentials hit(const credential_key_view& key);

    /// What a caller gets now. If it is nothing, the caller waits. If there is a flight, it has to
    /// be run.
    struct admission
    {
        credential_entry::result_type result;
        credential_flight_id flight;
    };
    /// Without waiting: nothing is nothing.
    OPENINT_DECL admission peek(const credential_key_view& key) noexcept;
    OPENINT_DECL admission admit(const credential_key_view& key,
                                 const std::shared_ptr<credential_caller>& caller);
    /// Does not wait any more.
    OPENINT_DECL void leave(credential_caller& caller) noexcept;

    OPENINT_DECL void put(const credential_key_view& key, connection&& brought);
    OPENINT_DECL void forget(const credential_key_view& key) noexcept;
    OPENINT_DECL void clear() noexcept;
    OPENINT_DECL credential_cache_statistics statistics();

    // For flights

    OPENINT_DECL moment now() const;
    /// A request is about to be sent: for which connection. False if the flight has no effect any
    /// more.
    OPENINT_DECL bool send(const credential_flight_id& f, bool forced, std::string& id);

    /// What follows after a request.
    struct next
    {
        credential_entry::step step = credential_entry::step::done;
        bool wait = false; ///< first for `until`, since another flight renews the same connection
        std::shared_ptr<const error> problem; ///< why nothing new came; null otherwise
        bool kept = false;                    ///< what there is can still be handed out
    };
    /// It was answered. `until` may become a caller of another flight.
    OPENINT_DECL next receive(const credential_flight_id& f, connection&& answer,
                              const headers& fields, const moment& sent,
                              const std::shared_ptr<credential_caller>& until);
    /// It has failed.
    OPENINT_DECL next fail(const credential_flight_id& f, std::shared_ptr<const error> problem);
    /// Ends the flight, if it has not ended, since the client's context was shut down.
    OPENINT_DECL void close(const credential_flight_id& f) noexcept;

private:
    double random() { return std::uniform_real_distribution<double>(0, 1)(engine_); }
    class exclusive;
    void notice_fork(const moment& now, credential_callers& ended) noexcept;
    void follow(credential_slot& s, credential_entry::decision d, const moment& now,
                admission& out) noexcept;
    void wait_for(credential_callers& list, const std::shared_ptr<credential_caller>& c) noexcept;
    credential_slot* renewing(const credential_slot& s) noexcept;
    void land(credential_slot& s, const moment& now, credential_callers& ended) noexcept;
    void forget(credential_slot& s, const moment& now) noexcept;

    const credential_cache_options options_;
    const siphash_key hash_key_;
    const std::shared_ptr<const error> closed_;     // made in time
    std::atomic<std::chrono::milliseconds> skew_{}; // of the last answer

    credential_mutex mutex_;
    // Under the exclusive lock, but for what readers do.
    credential_map map_;
    std::minstd_rand engine_;
    credential_cache_statistics counts_;
    ::pid_t process_;
    unsigned generation_ = 0; // how often it has been found forked
};

} // namespace openint::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/credential_store.ipp>
#endif

#endif
