// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_PROVIDER_HPP
#define OPENINT_TESTING_PROVIDER_HPP

#include <chrono>
#include <cstddef>

namespace openint::testing {

/// What a provider (GitHub, say) does when the server refreshes OAuth credentials there. See
/// `mock_server::set_provider`.
///
/// A refresh brings another access token each time. Whatever is set here, a refresh token with
/// "revoked" in it is refused.
struct provider
{
    /// How long the access tokens live that it grants: `expires_in` and `expires_at` of the
    /// credentials. 0: it does not say, and the credentials have neither.
    std::chrono::seconds token_life{3600};

    /// Grants another refresh token each time, and refuses those that have been used. Two refreshes
    /// at once then lose the connection, as at the real server.
    bool rotates_refresh_tokens = false;

    /// Grants the access token that there is once more, with a new end.
    bool keeps_access_token = false;

    /// Refuses every refresh, and API keys when they are checked.
    bool refuses = false;

    /// How long it takes to answer; by the machine's clock, whatever `mock_server::set_time` says.
    /// What the server stores of a refresh, it stores after that.
    std::chrono::milliseconds latency{0};
};

/// What a provider has been asked for one connection.
struct provider_calls
{
    std::size_t granted = 0;      ///< refreshes that brought a token
    std::size_t refused = 0;      ///< refreshes that did not
    std::size_t most_at_once = 0; ///< how many were under way at the same time, at most
};

} // namespace openint::testing

#endif
