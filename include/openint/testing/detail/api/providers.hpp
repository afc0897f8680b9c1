// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_PROVIDERS_HPP
#define OPENINT_TESTING_DETAIL_API_PROVIDERS_HPP

// The providers' side of OAuth: which refresh tokens are good, and what they grant.

#include <openint/testing/provider.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace openint::testing::detail {

class providers
{
public:
    // Of one refresh; no access token: refused.
    struct grant
    {
        std::string access_token;
        std::string refresh_token;
        std::chrono::seconds life{0};
    };

    void set(provider p) { usual_ = p; }
    void set(std::string_view connection, provider p)
    {
        special_.insert_or_assign(std::string(connection), p);
    }

    const provider& of(std::string_view connection) const
    {
        const auto found = special_.find(connection);
        return found == special_.end() ? usual_ : found->second;
    }

    provider_calls calls(std::string_view connection) const
    {
        const auto found = asked_.find(connection);
        return found == asked_.end() ? provider_calls() : found->second.calls;
    }

    // The provider decides when it is asked; the server hears of it `latency` later, and says so by
    // `answered`.
    grant refresh(std::string_view connection, std::string_view access_token,
                  std::string_view refresh_token)
    {
        const provider& p = of(connection);
        record& asked = asked_[std::string(connection)];
        asked.calls.most_at_once = (std::max)(asked.calls.most_at_once, ++asked.under_way);
        if (p.refuses || refresh_token.find("revoked") != std::string_view::npos ||
            used_.contains(refresh_token)) {
            ++asked.calls.refused;
            return {};
        }
        ++asked.calls.granted;
        const std::string number = std::to_string(++granted_);
        grant out{"made-up-token-" + number, std::string(refresh_token), p.token_life};
        if (p.keeps_access_token)
            out.access_token = access_token;
        if (p.rotates_refresh_tokens) {
            used_.emplace(refresh_token);
            out.refresh_token = "made-up-refresh-token-" + number;
        }
        return out;
    }

    void answered(std::string_view connection) { --asked_.find(connection)->second.under_way; }

private:
    struct record
    {
        provider_calls calls;
        std::size_t under_way = 0;
    };

    provider usual_;
    std::map<std::string, provider, std::less<>> special_; // by connection
    std::map<std::string, record, std::less<>> asked_;     // by connection
    std::set<std::string, std::less<>> used_;              // refresh tokens that were rotated away
    std::size_t granted_ = 0;
};

} // namespace openint::testing::detail

#endif
