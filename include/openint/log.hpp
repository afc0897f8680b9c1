// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_LOG_HPP
#define OPENINT_LOG_HPP

#include <openint/detail/config.hpp>

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

namespace openint {

/// How much is reported: each level includes those before it.
enum class log_level : std::uint8_t
{
    off,
    error, ///< Calls that failed.
    warn,  ///< Retries, and requests that will not do what they seem to say.
    info,  ///< Each answer.
    debug  ///< Each connection, request and pool event.
};

/// What a log event is about.
enum class log_kind : std::uint8_t
{
    pool,        ///< Waiting for a connection, a stale or broken one replaced.
    connect,     ///< A connection was opened, or could not be.
    request,     ///< A request was written.
    response,    ///< An answer was read, or an attempt failed.
    retry,       ///< A pause before the next attempt; `elapsed` is its length.
    credentials, ///< A `credential_cache` looks, renews by force, or has failed to.
    usage        ///< A call that will not have the effect that its arguments suggest.
};

/// One event. Holds no token, no header value and no body. The views live as long as the call of
/// the log function.
struct log_event
{
    log_level level = log_level::off;  ///< How important it is.
    log_kind kind = log_kind::request; ///< What it is about.
    std::string_view method = {};      ///< Empty where the event is not about a request.
    std::string_view target = {};      ///< Path and query.
    std::string_view message = {};     ///< For people; may be empty.
    int attempt = 0;                   ///< From 1; 0 where it does not apply.
    unsigned status = 0;               ///< The HTTP status; 0 without an answer.
    std::uint64_t connection = 0; ///< A number per connection, from 1; 0 where it does not apply.
    std::chrono::nanoseconds elapsed{};   ///< What the event took, or the length of a pause.
    boost::system::error_code error = {}; ///< What went wrong; none otherwise.
};

/// Called from whichever thread the event happens on, possibly from several at once. Exceptions
/// that it throws are swallowed: a log must not change what a call does.
using log_function = std::function<void(const log_event&)>;

/// Where events go. The default is silence.
struct log_options
{
    log_level level = log_level::off; ///< Events beyond it are not even made.
    log_function sink = {};           ///< Empty: one line each to stderr.
};

/// The level of this name (`off`, `error`, `warn`, `info`, `debug`), regardless of case.
OPENINT_DECL std::optional<log_level> parse_log_level(std::string_view text) noexcept;

/// The name of a level, as `parse_log_level` knows it. Valid for ever.
OPENINT_DECL std::string_view to_string(log_level level) noexcept;
/// The name of a kind of event, such as `retry`. Valid for ever.
OPENINT_DECL std::string_view to_string(log_kind kind) noexcept;

namespace detail {

// The default sink: one line to stderr.
OPENINT_DECL void log_to_stderr(const log_event& event);

OPENINT_DECL void write_log(const log_options& log, const log_event& event) noexcept;

inline bool logs(const log_options& log, log_level level) noexcept { return log.level >= level; }

} // namespace detail
} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/log.ipp>
#endif

#endif
