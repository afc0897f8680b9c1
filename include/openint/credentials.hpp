// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CREDENTIALS_HPP
#define OPENINT_CREDENTIALS_HPP

#include <openint/connection.hpp>
#include <openint/detail/config.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace openint {

namespace detail {

/// What `credentials` point to.
struct credential_data
{
    openint::connection connection;
    /// By this machine's clock. Milliseconds reach beyond the year 9999.
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> ends;
    bool renewable = false; // there was a refresh token
};

struct credential_access;

} // namespace detail

/// A connection with credentials that were good when they were handed out, from a
/// `credential_cache`: a pointer, to be copied; what it points to is immutable, and lives as long
/// as a copy. Safe to share between threads. Moved from, it has none.
///
/// \code
/// openint::credentials conn = co_await cache.get(id);
/// use(conn->access_token());
/// \endcode
///
/// Of the connection, the refresh token, `raw` and `status_message` are not there: nobody needs
/// them here, and they are secrets.
class credentials
{
public:
    /// None.
    credentials() noexcept = default;

    /// Whether there are any.
    explicit operator bool() const noexcept { return data_ != nullptr; }

    /// The connection, valid as long as this object; therefore not for temporaries. There must be
    /// one.
    const connection& operator*() const& noexcept { return data_->connection; }
    const connection& operator*() const&& = delete;
    /// Its members: `conn->access_token()`, `conn->settings_as<...>()`.
    const connection* operator->() const& noexcept { return &data_->connection; }
    const connection* operator->() const&& = delete;

    /// When the token ends, by the clock of this machine: a difference of more than 2 s to the
    /// clock of the service has been taken out. Nothing if it is not known. An end that cannot be
    /// represented (the year 9999) is the last time that can. There must be a connection.
    OPENINT_DECL std::optional<std::chrono::system_clock::time_point> expires_at() const noexcept;

private:
    friend detail::credential_access;

    explicit credentials(std::shared_ptr<const detail::credential_data> data) noexcept
        : data_(std::move(data))
    {}

    std::shared_ptr<const detail::credential_data> data_;
};

namespace detail {

/// What the cache does with credentials, and others do not.
struct credential_access
{
    using wall_time = std::chrono::sys_time<std::chrono::milliseconds>;

    /// Of an answer of the service, whose clock is ahead of this machine's by `skew`.
    OPENINT_DECL static credentials make(connection&& from, std::chrono::milliseconds skew);

    static const std::optional<wall_time>& ends(const credentials& c) noexcept
    {
        return c.data_->ends;
    }
    static bool renewable(const credentials& c) noexcept { return c.data_->renewable; }

    static bool same(const credentials& a, const credentials& b) noexcept
    {
        return a.data_ == b.data_;
    }

    /// Whether `access_token()` has something to give.
    OPENINT_DECL static bool has_token(const credentials& c) noexcept;

    /// The same under a reference count of its own, for one stripe of readers: threads that use one
    /// count take its cache line from each other.
    OPENINT_DECL static credentials with_own_count(const credentials& c);

    /// Whether `a` has other credentials than `b`, or the same with a later end.
    OPENINT_DECL static bool newer(const credentials& a, const credentials& b) noexcept;
};

} // namespace detail
} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/credentials.ipp>
#endif

#endif
