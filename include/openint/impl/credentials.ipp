// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIALS_IPP
#define OPENINT_IMPL_CREDENTIALS_IPP

// Credentials: what of an answer is kept, when they end, and which of two are the newer ones.

#include <openint/credentials.hpp>

#include <algorithm>

namespace openint {

OPENINT_DECL std::optional<std::chrono::system_clock::time_point>
credentials::expires_at() const noexcept
{
    using clock = std::chrono::system_clock;
    const auto& end = data_->ends;
    if (!end)
        return std::nullopt;
    constexpr auto last = std::chrono::floor<std::chrono::milliseconds>((clock::time_point::max)());
    constexpr auto first = std::chrono::ceil<std::chrono::milliseconds>((clock::time_point::min)());
    return *end > last    ? (clock::time_point::max)()
           : *end < first ? (clock::time_point::min)()
                          : std::chrono::time_point_cast<clock::duration>(*end);
}

namespace detail {

// Null without any.
inline const oauth_credentials* oauth_of(const connection& c) noexcept
{
    return c.settings && c.settings->oauth && c.settings->oauth->credentials
               ? &*c.settings->oauth->credentials
               : nullptr;
}

inline const secret* token_of(const connection& c) noexcept
{
    const oauth_credentials* oauth = oauth_of(c);
    if (oauth && !oauth->access_token.empty())
        return &oauth->access_token;
    return c.settings && c.settings->access_token && !c.settings->access_token->empty()
               ? &*c.settings->access_token
               : nullptr;
}

OPENINT_DECL credentials credential_access::make(connection&& from, std::chrono::milliseconds skew)
{
    auto data = std::make_shared<credential_data>();
    data->connection = std::move(from);
    connection& c = data->connection;
    c.status_message.reset(); // can quote the refresh token
    if (c.settings && c.settings->oauth && c.settings->oauth->credentials) {
        oauth_credentials& oauth = *c.settings->oauth->credentials;
        data->renewable = oauth.refresh_token && !oauth.refresh_token->empty();
        if (!oauth.access_token.empty() && oauth.expires_at)
            if (const auto end = oauth.expires_at->time())
                data->ends = std::chrono::floor<std::chrono::milliseconds>(*end) - skew;
        oauth.refresh_token.reset();
        oauth.raw.reset();
    }
    return credentials(std::move(data));
}

OPENINT_DECL bool credential_access::has_token(const credentials& c) noexcept
{
    return token_of(*c) != nullptr;
}

OPENINT_DECL credentials credential_access::with_own_count(const credentials& c)
{
    struct alignas(64) owner // alone in its cache line
    {
        std::shared_ptr<const credential_data> data;
    };
    auto o = std::make_shared<owner>();
    o->data = c.data_;
    return credentials(std::shared_ptr<const credential_data>(std::move(o), c.data_.get()));
}

OPENINT_DECL bool credential_access::newer(const credentials& a, const credentials& b) noexcept
{
    const secret* x = token_of(*a);
    const secret* y = token_of(*b);
    if (!x != !y || (x && !(*x == *y)))
        return true;
    // Connectors without a token have keys of other names among their settings.
    if (!x && a->settings && b->settings && !(a->settings->extra == b->settings->extra))
        return true;
    // As the service wrote it: the skew is not measured as exactly.
    const auto end = a->expires_at();
    return end && (!b->expires_at() || *end > *b->expires_at());
}

} // namespace detail
} // namespace openint

#endif
