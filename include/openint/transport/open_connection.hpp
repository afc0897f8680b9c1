// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_OPEN_HPP
#define OPENINT_HTTP_OPEN_HPP

#include <openint/detail/config.hpp>
#include <openint/http/pool.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <string>
#include <utility>

namespace openint::http {

/// Why something did not work out. Ok while `code` is empty.
struct failure
{
    boost::system::error_code code = {};  ///< An `errc`, or `operation_aborted`.
    boost::system::error_code cause = {}; ///< Of the system, where there is one.
    std::string detail = {};              ///< For people.
    bool certificate = false;             ///< It is the certificate: trying again cannot help.
    bool refused = false;                 ///< By the proxy: trying again cannot help.

    explicit operator bool() const noexcept { return static_cast<bool>(code); }
};

/// The failure that a stop means.
OPENINT_DECL failure stopped_failure(stop_reason reason, const char* doing);

/// Whether a coroutine has been cancelled since this was made. Asio says so by an exception at the
/// next `co_await`, but only if the coroutine has not turned that off; and what was cancelled
/// before is meant to go on then.
class cancellation_watch
{
public:
    cancellation_watch() = default;
    explicit cancellation_watch(const boost::asio::cancellation_state& state) noexcept
        : state_(state)
        , before_(state.cancelled())
    {}

    bool cancelled() const noexcept
    {
        const auto now = state_.cancelled();
        return now != boost::asio::cancellation_type::none && now != before_;
    }

private:
    boost::asio::cancellation_state state_;
    boost::asio::cancellation_type before_ = boost::asio::cancellation_type::none;
};

/// The token of operations on connections: errors are part of the result.
inline constexpr auto as_outcome = boost::asio::as_tuple(boost::asio::deferred);

/// Waits for what a write or a handshake that would have blocked needs to go on.
OPENINT_DECL boost::asio::awaitable<boost::system::error_code> unblock(connection& c);

/// Opens a leased connection: look-up, connect, proxy, TLS handshake, until `at` at the latest.
OPENINT_DECL boost::asio::awaitable<failure> open(pool& p, const std::shared_ptr<connection>& c,
                                                  time_point at);

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_open.ipp>
#endif

#endif
