// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_CACHE_IPP
#define OPENINT_IMPL_CREDENTIAL_CACHE_IPP

// The handle: what is good is handed out here, all else is in credential_flight.ipp.

#include <openint/credential_cache.hpp>

#include <openint/error.hpp>
#include <openint/impl/credential_flight.hpp>
#include <openint/impl/credential_store.hpp>

#include <string>
#include <utility>

namespace openint {
namespace detail {

// A frame that Asio has kept from the last time, and nothing else.
template <int...>
boost::asio::awaitable<credentials> ready(credentials c)
{
    co_return std::move(c);
}

template <int...>
boost::asio::awaitable<credentials> no_rejected_credentials()
{
    throw error(errc::invalid_argument, "invalid argument: renew() without credentials");
    co_return credentials();
}

} // namespace detail

inline credential_cache::credential_cache(std::shared_ptr<detail::credential_store> store,
                                          const client& c)
    : store_(std::move(store))
    , client_(c)
    , owner_(std::make_shared<const detail::credential_owner>(detail::credential_owner{
          client_.pool_, client_.options_, detail::digest_of(*client_.options_)}))
{}

OPENINT_DECL credential_cache::credential_cache(const client& c, credential_cache_options options)
    : credential_cache(std::make_shared<detail::credential_store>(std::move(options)), c)
{}

OPENINT_DECL credential_cache credential_cache::with_token(const secret& token) const
{
    return {store_, client_.with_token(token)};
}

OPENINT_OPERATION boost::asio::awaitable<credentials>
credential_cache::get(std::string_view id) const
{
    if (credentials c = store_->hit(store_->key(owner_->digest, id)))
        return detail::ready(std::move(c));
    return detail::acquire(store_, owner_, std::string(id), {});
}

OPENINT_OPERATION credentials credential_cache::try_get(std::string_view id) const
{
    const detail::credential_key_view key = store_->key(owner_->digest, id);
    if (credentials c = store_->hit(key))
        return c;
    detail::credential_store::admission a = store_->peek(key);
    if (a.flight)
        detail::launch(store_, owner_, a.flight);
    return std::move(a.result.given);
}

OPENINT_OPERATION boost::asio::awaitable<credentials>
credential_cache::renew(const credentials& rejected) const
{
    if (!rejected)
        return detail::no_rejected_credentials();
    return detail::acquire(store_, owner_, rejected->id, rejected);
}

OPENINT_DECL void credential_cache::put(connection brought) const
{
    if (brought.settings && !brought.id.empty()) {
        const std::string id = brought.id;
        store_->put(store_->key(owner_->digest, id), std::move(brought));
    }
}

OPENINT_DECL void credential_cache::forget(std::string_view id) const
{
    store_->forget(store_->key(owner_->digest, id));
}

OPENINT_DECL void credential_cache::clear() const { store_->clear(); }

OPENINT_DECL credential_cache_statistics credential_cache::statistics() const
{
    return store_->statistics();
}

} // namespace openint

#endif
