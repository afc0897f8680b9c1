// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_IMPL_CONNECTION_IPP
#define OPENINT_IMPL_CONNECTION_IPP

#include <openint/connection.hpp>
#include <openint/error.hpp>

#include <string>

namespace openint {

namespace detail {

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

OPENINT_DECL bool connection::usable() const noexcept
{
    if (disabled.value_or(false))
        return false;
    return !status || *status == connection_status::healthy ||
           *status == connection_status::manual || *status == connection_status::unknown;
}

} // namespace openint

#endif
