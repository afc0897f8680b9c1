// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CREDENTIAL_CACHE_HPP
#define OPENINT_CREDENTIAL_CACHE_HPP

#include <openint/client.hpp>
#include <openint/connection.hpp>
#include <openint/credential_cache_options.hpp>
#include <openint/credentials.hpp>
#include <openint/detail/config.hpp>
#include <openint/secret.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string_view>

namespace openint {

namespace detail {
class credential_store;
struct credential_owner;
} // namespace detail

/// Hands out credentials that are good now, nearly always without a request.
///
/// \code
/// asio::awaitable<std::string> issues(openint::credential_cache cache, service& github,
///                                     std::string id)
/// {
///     openint::credentials conn = co_await cache.get(id);
///     auto answer = co_await github.get("/issues", conn->access_token());
///     if (answer.status == 401) {                      // revoked, or renewed elsewhere
///         conn = co_await cache.renew(conn);
///         answer = co_await github.get("/issues", conn->access_token());
///     }
///     co_return answer.body;
/// }
/// \endcode
///
/// What has not expired is handed out at once; it is renewed in the background ahead of its end,
/// with one request however many ask. A renewal by force comes only after a look at what the
/// service has, and never twice at once for a connection. While the service fails, what has not
/// expired is handed out. doc/credentials.md tells the whole story.
///
/// A cheap handle: copies share the memory, which is the handles' alone: one cache for a program. A
/// move is a copy, so a cache that was moved from is as good as before.
/// Nothing runs by itself: what nobody asks for is not renewed, and `io_context::run()` returns.
///
/// *Failure*: `openint::error`, where the awaitable is awaited: `errc::no_credentials` where the
/// connection is disabled or disconnected, or its token has expired or was rejected and not
/// renewed; otherwise what `client::get_connection` fails with. The service is asked again after a
/// pause (`credential_cache_options::max_pause`); who asks meanwhile gets the same error at once.
///
/// *Threads*: any number, strands and contexts at once. Requests run on the client's context, which
/// must be running; callers go on on their own executors.
///
/// *Cancellation*: every type that reaches the call; it ends with
/// `boost::asio::error::operation_aborted`. Only that caller ends, the request does not.
///
/// *Lifetime*: that of the client's calls. When the client's context has been shut down, what is
/// good is still handed out, and calls that need a request fail with `errc::closed`. After a fork,
/// the child has the credentials, and requests again what was on its way.
class credential_cache
{
public:
    /// An empty memory for this client. Throws `error` (`errc::invalid_argument`) for a negative
    /// time or no entries at all.
    OPENINT_DECL explicit credential_cache(const client& c, credential_cache_options options = {});

    /// Another handle on the same; also what a move does.
    credential_cache(const credential_cache&) noexcept = default;
    /// The same.
    credential_cache& operator=(const credential_cache&) noexcept = default;

    /// A handle on the same memory with another token, such as a customer's. No token is given what
    /// another one has brought.
    OPENINT_DECL credential_cache with_token(const secret& token) const;

    /// The credentials of the connection with this id (`conn_...`). At once if they are there and
    /// good when this is called; otherwise after a request, one for all who wait.
    OPENINT_OPERATION boost::asio::awaitable<credentials> get(std::string_view id) const;

    /// What is there and good; none otherwise. Never waits, and may be called anywhere. What is due
    /// is renewed in the background; what was never asked for with `get` is not.
    OPENINT_OPERATION credentials try_get(std::string_view id) const;

    /// Other credentials than these, which were rejected (status 401) by whom they are for. If
    /// there are others, those, at once. Otherwise the service is asked for newer ones, then for a
    /// renewal by force: one for all who ask. If it still has the same, `errc::no_credentials`;
    /// callers of `get` go on with them. Repeated, it is forced ever more seldom
    /// (`credential_cache_options::renew_pause`).
    OPENINT_OPERATION boost::asio::awaitable<credentials> renew(const credentials& rejected) const;

    /// Takes over what another call has brought, such as `create_connection`: credentials that are
    /// newer than those that are there. Without effect if it came without its settings.
    OPENINT_DECL void put(connection brought) const;

    /// Gives up what is known about a connection. The result of a request that is out goes to those
    /// who wait for it, and is not kept.
    OPENINT_DECL void forget(std::string_view id) const;

    /// Gives up all, of every token.
    OPENINT_DECL void clear() const;

    /// What it has done since it was made, with whichever token. Cheap.
    OPENINT_DECL credential_cache_statistics statistics() const;

private:
    credential_cache(std::shared_ptr<detail::credential_store> store, const client& c);

    std::shared_ptr<detail::credential_store> store_;
    client client_;
    std::shared_ptr<const detail::credential_owner> owner_;
};

} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/credential_cache.ipp>
#endif

#endif
