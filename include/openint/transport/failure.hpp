// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_FAILURE_HPP
#define OPENINT_TRANSPORT_FAILURE_HPP

#include <openint/error.hpp>
#include <openint/transport/deadline.hpp>

#include <boost/asio/error.hpp>
#include <boost/system/error_code.hpp>

#include <string>

namespace openint::transport {

/// Why an attempt did not work out. Ok while `code` is empty.
struct failure
{
    boost::system::error_code code = {};  ///< An `errc`, or `operation_aborted`.
    boost::system::error_code cause = {}; ///< The system's own code, where there is one.
    std::string detail = {};              ///< For people.
    bool certificate = false;             ///< The certificate is wrong: trying again cannot help.
    bool refused = false;       ///< The proxy or the server refused: trying again cannot help.
    bool stale_session = false; ///< TLS that was to go on with an old session: a new one may do.

    explicit operator bool() const noexcept { return static_cast<bool>(code); }
};

/// The failure of something that was stopped while it was `doing` this ("connecting").
inline failure stopped_failure(stop_reason reason, const char* doing)
{
    switch (reason) {
    case stop_reason::timeout:
        return {.code = errc::timeout, .detail = std::string("timed out while ") + doing};
    case stop_reason::cancelled:
        return {.code = boost::asio::error::operation_aborted,
                .detail = std::string("cancelled while ") + doing};
    case stop_reason::forked:
        return {.code = errc::closed,
                .detail = "the process was forked: the call goes on in the parent"};
    default:
        return {.code = errc::closed, .detail = "the client's execution context was shut down"};
    }
}

} // namespace openint::transport

#endif
