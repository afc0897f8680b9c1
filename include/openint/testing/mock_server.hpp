// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_MOCK_SERVER_HPP
#define OPENINT_TESTING_MOCK_SERVER_HPP

#include <openint/detail/config.hpp>
#include <openint/testing/certificate.hpp>
#include <openint/testing/mock_server_options.hpp>
#include <openint/testing/provider.hpp>
#include <openint/testing/request.hpp>
#include <openint/testing/response.hpp>

#include <boost/json/fwd.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// \namespace openint::testing
/// The service in the process of a test: see `mock_server`.
namespace openint::testing {

namespace detail {
class mock_server_core;
}

/// An OpenInt server for tests: in this process, on a thread of its own, on a loopback port.
///
///     openint::testing::mock_server server;
///     openint::client client{
///         io, {.token = openint::secret(server.token()), .base_url = server.url()}};
///     server.next(respond(503).header("Retry-After", "0"));     // once; afterwards as usual
///     ... co_await client.get_connection("conn_github_1") ...
///     for (const auto& r : server.requests()) std::cout << r.method << ' ' << r.target << '\n';
///
/// It speaks all operations of the API on data that it keeps in memory, errors and oddities of the
/// real server included: lists say `has_next_page` the wrong way round, a configuration that is in
/// use cannot be deleted (500), customers' tokens and keys see their own connections and events
/// only. Checks and deletions of connections become events. At the beginning there are some
/// configurations (such as `ccfg_github_1`), two customers, all connectors that the library knows,
/// and these connections, all of customer `cus_ada` unless said otherwise:
///
/// - `conn_github_1`: healthy, every member that the documentation shows (integration, too, when
///   expanded)
/// - `conn_disconnected_1`: `status_message` holds a client secret
/// - `conn_expired_1`: the token has expired, and refreshing it fails: status error
/// - `conn_apikey_1`: an API key, no OAuth
/// - `conn_disabled_1`, `conn_manual_1`: disabled, status manual
/// - `conn_null_1`: null wherever null may be
/// - `conn_unicode_1`: all kinds of text and numbers in `metadata`, customer `cus_ünïcödé-日本`
/// - `conn_future_1`: members and enumerators that nobody knows yet
/// - `conn_removed_1`: exists, but its connector is gone: 404, and not in lists
///
/// Reading a connection with its secrets checks it, by force, or because its `expires_at` has
/// passed. With a refresh token, the provider is asked for other credentials (`set_provider`),
/// which replace the settings; if it refuses, status and `status_message` say so, and all else
/// stays. Without one, credentials that have ended make the connection disconnected. Nothing is
/// tried for a connection that is disconnected already. The answer still has the old `updated_at`.
///
/// Scripts: `next()` is for one request, in the order given; when nothing is left, `when()` and
/// `always()`, the newest first; then the server's own answer.
///
/// Every member function may be called from any thread, except that the destructor, `stop()` and
/// the waiting functions must not run on the server's thread (in handlers). Destruction ends
/// everything that is outstanding, promptly. Constructors throw `boost::system::system_error`.
class mock_server
{
public:
    /// Listens on a free port of 127.0.0.1, without TLS.
    OPENINT_DECL mock_server();
    /// Listens as `options` say.
    OPENINT_DECL explicit mock_server(mock_server_options options);
    OPENINT_DECL ~mock_server();
    mock_server(const mock_server&) = delete;
    mock_server& operator=(const mock_server&) = delete;

    /// The base URL for clients, as in "http://127.0.0.1:40123/v1".
    OPENINT_DECL std::string url() const;

    /// The same without path.
    OPENINT_DECL std::string origin() const;

    /// The port that it listens on.
    OPENINT_DECL std::uint16_t port() const;

    /// The API key that the server accepts.
    OPENINT_DECL std::string token() const;

    /// Accepts this token, too.
    OPENINT_DECL mock_server& accept_token(std::string_view token);

    /// The certificate of the server's own authority; empty without TLS.
    OPENINT_DECL std::string ca_pem() const;

    /// The name of a temporary file that holds `ca_pem()`; removed with the server.
    OPENINT_DECL std::string ca_file() const;

    // Data

    /// Adds a connection, or replaces the one of the same id. Members that the real server always
    /// sends are completed with null. With an id that begins with `ccfg_`: a configuration, which
    /// has to be whole. Throws `std::invalid_argument` without a text `id`.
    OPENINT_DECL mock_server& add(const boost::json::object& connection);

    /// The same from JSON text.
    OPENINT_DECL mock_server& add(std::string_view connection);

    /// Removes the connection or configuration of this id, if there is one, without a trace.
    OPENINT_DECL mock_server& remove(std::string_view id);

    /// A connection as it is stored, with all secrets; JSON text. Throws `std::out_of_range`.
    OPENINT_DECL std::string connection(std::string_view id) const;

    // Credentials and time

    /// What the provider does from now on when the server refreshes credentials of any connection.
    OPENINT_DECL mock_server& set_provider(provider p);

    /// The same for one connection, whatever is said for all.
    OPENINT_DECL mock_server& set_provider(std::string_view connection, provider p);

    /// What the provider has been asked for this connection since the beginning.
    OPENINT_DECL provider_calls refreshes(std::string_view connection) const;

    /// What the server's clock shows: it decides which tokens have ended, and is in `Date`, in
    /// `expires_at`, `updated_at` and the times of events. The machine's clock unless set.
    OPENINT_DECL std::chrono::system_clock::time_point time() const;

    /// Sets the server's clock, and stops it: from now on only `advance_time` moves it.
    OPENINT_DECL mock_server& set_time(std::chrono::system_clock::time_point t);

    /// Puts the server's clock forward (or back), whether it is stopped or not.
    OPENINT_DECL mock_server& advance_time(std::chrono::milliseconds d);

    // Scripts

    /// The next requests, `times` in number, get this response.
    OPENINT_DECL mock_server& next(response r, std::size_t times = 1);

    /// The next requests that `which` selects; others pass by.
    OPENINT_DECL mock_server& next(predicate which, response r, std::size_t times = 1);

    /// The next request gets what the handler returns.
    OPENINT_DECL mock_server& next(handler h, std::size_t times = 1);

    /// Every request that `which` selects.
    OPENINT_DECL mock_server& when(predicate which, handler h);
    /// The same with one response for all.
    OPENINT_DECL mock_server& when(predicate which, response r);

    /// Every request for this path, given without query, either whole or after the base path.
    OPENINT_DECL mock_server& when(std::string_view path, handler h);
    /// The same with one response for all.
    OPENINT_DECL mock_server& when(std::string_view path, response r);

    /// Every request.
    OPENINT_DECL mock_server& always(handler h);
    /// The same with one response for all.
    OPENINT_DECL mock_server& always(response r);

    /// What happens to the next connections, `times` in number.
    OPENINT_DECL mock_server& next_connection(on_accept what, std::size_t times = 1);

    /// Forgets all scripts.
    OPENINT_DECL mock_server& clear_scripts();

    /// How many responses given to `next()` have not been used.
    OPENINT_DECL std::size_t scripts_left() const;

    /// Lets go the answers that `response::hold()` keeps back now.
    OPENINT_DECL mock_server& release();

    /// Called on the server's thread for every request, before it is answered.
    OPENINT_DECL mock_server& on_request(std::function<void(const request&)> hook);

    // What happened

    /// The requests read so far.
    OPENINT_DECL std::vector<request> requests() const;
    /// How many there are.
    OPENINT_DECL std::size_t request_count() const;
    /// Forgets them.
    OPENINT_DECL mock_server& clear_requests();

    /// How many connections were accepted since the beginning.
    OPENINT_DECL std::size_t connections_accepted() const;
    /// How many are open now.
    OPENINT_DECL std::size_t open_connections() const;

    /// Waits until `n` requests have been read since the beginning, or the last `clear_requests()`:
    /// true as soon as that is so, false when the time is over.
    OPENINT_DECL bool wait_for_requests(std::size_t n,
                                        std::chrono::milliseconds timeout = default_wait) const;
    /// The same until `n` connections have been accepted.
    OPENINT_DECL bool wait_for_connections(std::size_t n,
                                           std::chrono::milliseconds timeout = default_wait) const;
    /// The same until exactly `n` connections are open.
    OPENINT_DECL bool wait_until_open(std::size_t n,
                                      std::chrono::milliseconds timeout = default_wait) const;
    /// The same until exactly `n` answers are held back.
    OPENINT_DECL bool wait_until_held(std::size_t n,
                                      std::chrono::milliseconds timeout = default_wait) const;
    /// The same until no request is being read or answered.
    OPENINT_DECL bool wait_until_idle(std::chrono::milliseconds timeout = default_wait) const;

    /// Closes all connections now, as a server that is restarted: FIN, or RST.
    OPENINT_DECL mock_server& close_connections(bool reset = false);

    /// Stops listening and closes all connections: clients are refused from now on. What was
    /// recorded stays. Final.
    OPENINT_DECL void stop();

    /// How long the waiting functions wait unless told otherwise.
    static constexpr std::chrono::milliseconds default_wait{5000};

private:
    std::unique_ptr<detail::mock_server_core> core_;
};

} // namespace openint::testing

#ifdef OPENINT_HEADER_ONLY
#include <openint/testing/impl/mock_server.ipp>
#endif

#endif
