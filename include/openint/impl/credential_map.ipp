// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_MAP_IPP
#define OPENINT_IMPL_CREDENTIAL_MAP_IPP

// The map of credentials: looking up, and who goes when there are too many.

#include <openint/impl/credential_map.hpp>

namespace openint::detail {

OPENINT_DECL void credential_slot::publish(const moment& now) noexcept
{
    quiet = forgotten ? moment{} : entry.quiet_until(now);
    stale = entry.failing();
    const credentials& current = entry.current();
    if (credential_access::same(current, copies.front()))
        return;
    copies.fill({});
    copies.front() = current;
}

OPENINT_DECL credential_map::~credential_map()
{
    held_.clear();
    with_.clear();
    without_.clear();
}

OPENINT_DECL credential_slot* credential_map::find(const credential_key_view& key) noexcept
{
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

OPENINT_DECL credential_slot& credential_map::find_or_insert(const credential_key_view& key)
{
    if (credential_slot* s = find(key))
        return *s;
    const auto made =
        entries_.try_emplace(credential_key{key.hash, std::string(key.id), key.owner}).first;
    credential_slot& s = made->second;
    s.key = &made->first;
    link(s, held_);
    return s;
}

OPENINT_DECL void credential_map::hold(credential_slot& s) noexcept
{
    unlink(s);
    link(s, held_);
}

OPENINT_DECL void credential_map::release(credential_slot& s) noexcept
{
    constexpr std::size_t longest = 256; // strangers make up ids
    unlink(s);
    link(s, s.entry.current() ? with_ : without_);
    s.used = true; // or it would be the first to go where all others are in use
    if (!s.entry.current() && s.key->id.size() > longest)
        erase(s);
    while (with_.size() + without_.size() > max_entries_)
        evict();
}

OPENINT_DECL void credential_map::erase(credential_slot& s) noexcept
{
    unlink(s);
    entries_.erase(entries_.find(*s.key));
}

OPENINT_DECL void credential_map::clear() noexcept
{
    while (!with_.empty())
        erase(with_.front());
    while (!without_.empty())
        erase(without_.front());
}

inline void credential_map::link(credential_slot& s, slots& list) noexcept
{
    list.push_back(s);
    s.list = &list;
}

inline void credential_map::unlink(credential_slot& s) noexcept
{
    s.list->erase(s.list->iterator_to(s));
    s.list = nullptr;
}

inline void credential_map::evict() noexcept
{
    constexpr int chances = 64; // bounds the time that one eviction takes
    if (without_.empty())
        for (int i = 0; i != chances && with_.front().used.exchange(false); ++i)
            with_.splice(with_.end(), with_, with_.begin());
    erase(without_.empty() ? with_.front() : without_.front());
    ++evicted_;
}

} // namespace openint::detail

#endif
