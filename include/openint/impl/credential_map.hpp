// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_MAP_HPP
#define OPENINT_IMPL_CREDENTIAL_MAP_HPP

#include <openint/credentials.hpp>
#include <openint/detail/config.hpp>
#include <openint/detail/striped_mutex.hpp>
#include <openint/impl/credential_caller.hpp>
#include <openint/impl/credential_entry.hpp>

#include <boost/intrusive/list.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace openint::detail {

/// What a token is known by: SHA-256.
using token_digest = std::array<unsigned char, 32>;

/// Whose credentials of which connection. No token sees what another one has brought.
struct credential_key_view
{
    const token_digest& owner;
    std::string_view id;
    std::uint64_t hash; // of both
};

struct credential_key
{
    std::uint64_t hash;
    std::string id;
    token_digest owner;
};

/// What readers have to themselves, stripe by stripe.
struct credential_counts
{
    std::uint64_t hits = 0;
    std::uint64_t stale = 0;
};

/// The cache's lock: shared by those who find good credentials, exclusive for all else.
using credential_mutex = striped_mutex<credential_counts>;

/// What readers see: written under the exclusive lock; a copy under its stripe's lock, too. Next to
/// the key, so that as few cache lines as possible are looked at.
struct credential_face
{
    moment quiet{};                // until then `copies` are handed out
    std::atomic<bool> used{false}; // since it was last considered for eviction
    bool stale = false;
    std::array<credentials, credential_mutex::stripes> copies;
};

/// An entry with its place in the map and the callers that wait for it.
struct credential_slot : credential_face, boost::intrusive::list_base_hook<>
{
    const credential_key* key = nullptr;
    boost::intrusive::list<credential_slot>* list = nullptr; // that it is in
    credential_entry entry;

    credential_callers callers; // who waits for the flight
    // `forget` has come after the flight began: its result is for `callers` alone. Later ones ask
    // again.
    bool forgotten = false;
    credential_callers late;

    /// Shows readers what the entry says.
    OPENINT_DECL void publish(const moment& now) noexcept;
};

/// The entries. Those with a request out are held; of the others there are at most so many. Not
/// thread safe, but for `find` beside itself.
class credential_map
{
public:
    explicit credential_map(std::size_t max_entries) noexcept
        : max_entries_(max_entries)
    {}
    OPENINT_DECL ~credential_map();

    OPENINT_DECL credential_slot* find(const credential_key_view& key) noexcept;
    /// The one that is there, or a new one, which is held. Without effect if it throws.
    OPENINT_DECL credential_slot& find_or_insert(const credential_key_view& key);

    /// Keeps it until it is released.
    OPENINT_DECL void hold(credential_slot& s) noexcept;
    /// It may be evicted from now on. Others, or it itself, go at once if there are too many: first
    /// those without credentials, the oldest first, then those that have not been used since they
    /// were last considered.
    OPENINT_DECL void release(credential_slot& s) noexcept;
    OPENINT_DECL void erase(credential_slot& s) noexcept;
    /// Erases all that are not held.
    OPENINT_DECL void clear() noexcept;

    using slots = boost::intrusive::list<credential_slot>;
    slots& held() noexcept { return held_; }

    std::size_t size() const noexcept { return entries_.size(); }
    std::uint64_t evicted() const noexcept { return evicted_; }

private:
    struct hash
    {
        using is_transparent = void;
        template <class Key>
        std::size_t operator()(const Key& k) const noexcept
        {
            return static_cast<std::size_t>(k.hash);
        }
    };
    struct equal
    {
        using is_transparent = void;
        template <class A, class B>
        bool operator()(const A& a, const B& b) const noexcept
        {
            return a.hash == b.hash && a.id == b.id && a.owner == b.owner;
        }
    };

    void link(credential_slot& s, slots& list) noexcept;
    void unlink(credential_slot& s) noexcept;
    void evict() noexcept;

    const std::size_t max_entries_;
    std::unordered_map<credential_key, credential_slot, hash, equal> entries_;
    // Every entry is in one of these.
    slots held_;
    slots with_; // credentials
    slots without_;
    std::uint64_t evicted_ = 0;
};

} // namespace openint::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/credential_map.ipp>
#endif

#endif
