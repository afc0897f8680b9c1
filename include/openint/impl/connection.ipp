// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_IMPL_CONNECTION_IPP
#define OPENINT_IMPL_CONNECTION_IPP

// Where a connection keeps its token, and whether it can be used.

#include <openint/connection.hpp>
#include <openint/error.hpp>

#include <chrono>
#include <string>

namespace openint {

namespace detail {

/// The system's clock has nanoseconds and ends in 2262; a timestamp goes on to the year 9999.
inline std::chrono::system_clock::time_point to_system_time(timestamp::time_type time) noexcept
{
    using clock = std::chrono::system_clock;
    using std::chrono::floor;
    constexpr auto last = floor<std::chrono::microseconds>((clock::time_point::max)());
    constexpr auto first = floor<std::chrono::microseconds>((clock::time_point::min)());
    if (time > last)
        return (clock::time_point::max)();
    if (time <= first)
        return (clock::time_point::min)();
    return std::chrono::time_point_cast<clock::duration>(time);
}

/// Says what to do about a connection without a token. Names no secret.
[[noreturn]] OPENINT_DECL void throw_no_credentials(const connection& conn);

OPENINT_DECL void throw_no_credentials(const connection& conn)
{
    std::string text = "connection " + conn.id;
    if (!conn.settings) {
        text += " came without its settings: ask for them with include_secrets";
    } else {
        text += " of " + conn.connector_name + " has no access token";
        if (!conn.settings->extra.empty())
            text += " (settings->extra holds what this connector has instead)";
    }
    if (conn.disabled.value_or(false))
        text += "; it is disabled";
    text += conn.status ? "; its status is " + std::string(conn.status->text())
                        : std::string("; it has no status");
    throw error(errc::no_credentials, text);
}

} // namespace detail

OPENINT_DECL const secret& connection::access_token() const
{
    if (settings) {
        if (settings->oauth && settings->oauth->credentials &&
            !settings->oauth->credentials->access_token.empty())
            return settings->oauth->credentials->access_token;
        if (settings->access_token && !settings->access_token->empty())
            return *settings->access_token;
    }
    detail::throw_no_credentials(*this);
}

OPENINT_DECL std::optional<std::chrono::system_clock::time_point>
connection::expires_at() const noexcept
{
    if (!settings || !settings->oauth || !settings->oauth->credentials)
        return std::nullopt;
    const oauth_credentials& oauth = *settings->oauth->credentials;
    if (oauth.access_token.empty() || !oauth.expires_at)
        return std::nullopt;
    const auto end = oauth.expires_at->time();
    return end ? std::optional(detail::to_system_time(*end)) : std::nullopt;
}

OPENINT_DECL bool connection::usable() const noexcept
{
    if (id.empty() || disabled.value_or(false))
        return false;
    return !status || *status == connection_status::healthy ||
           *status == connection_status::manual || *status == connection_status::unknown;
}

} // namespace openint

#endif
