// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_FLIGHT_HPP
#define OPENINT_IMPL_CREDENTIAL_FLIGHT_HPP

#include <openint/credentials.hpp>
#include <openint/detail/config.hpp>
#include <openint/impl/credential_map.hpp>
#include <openint/impl/credential_store.hpp>
#include <openint/transport/call_options.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace openint::transport {
class connection_pool;
}

namespace openint::detail {

/// On whose behalf a cache is asked: what of a client its calls are made of, and its token.
struct credential_owner
{
    std::shared_ptr<transport::connection_pool> connections;
    std::shared_ptr<const transport::call_options> options;
    token_digest digest;
};

/// Runs a flight on the client's context. It ends by itself, whoever waits for it.
OPENINT_OPERATION void launch(const std::shared_ptr<credential_store>& store,
                              const std::shared_ptr<const credential_owner>& owner,
                              const credential_flight_id& f);

/// Good credentials, others than `rejected` if not null: waits for a flight if need be, which
/// begins if there is none.
OPENINT_OPERATION boost::asio::awaitable<credentials>
acquire(std::shared_ptr<credential_store> store, std::shared_ptr<const credential_owner> owner,
        std::string id, credentials rejected);

/// The digest of the token.
OPENINT_DECL token_digest digest_of(const transport::call_options& o);

} // namespace openint::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/credential_flight.ipp>
#endif

#endif
