// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_CERTIFICATE_HPP
#define OPENINT_TESTING_CERTIFICATE_HPP

#include <openint/detail/config.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace openint::testing {

/// A certificate and its private key, as PEM text.
struct identity
{
    std::string certificate; ///< the certificate, and those that vouch for it, if any
    std::string key;         ///< the private key
};

/// What a certificate says. Times are relative to now.
struct certificate_options
{
    /// Host names and IP addresses that it is for; the first is its common name.
    std::vector<std::string> names = {"localhost", "127.0.0.1", "::1"};

    /// Another common name, which good clients do not look at.
    std::string common_name = {};

    /// When it becomes valid.
    std::chrono::seconds valid_from = std::chrono::hours(-1);
    /// When it expires.
    std::chrono::seconds valid_until = std::chrono::hours(24);
};

/// A certificate authority made at run time (elliptic curve keys: a millisecond or two), for tests
/// of certificate checks: what it issues is trusted by whoever trusts `pem()`, and by nobody else.
///
///     certificate_authority ca;
///     mock_server server{{.tls = true, .certificate = ca.issue({.names = {"other.example"}})}};
///
/// Cheap to copy; copies are the same authority, and a move is a copy. Errors of OpenSSL are thrown
/// as `boost::system::system_error`.
class certificate_authority
{
public:
    /// A new authority with a key and a name of its own.
    OPENINT_DECL explicit certificate_authority(std::string_view name = "openint test authority");

    /// An intermediate authority, which another one vouches for.
    OPENINT_DECL certificate_authority(std::string_view name, const certificate_authority& issuer);

    /// The same authority; also what a move does.
    certificate_authority(const certificate_authority&) noexcept = default;
    /// The same.
    certificate_authority& operator=(const certificate_authority&) noexcept = default;

    /// The authority's own certificate.
    OPENINT_DECL const std::string& pem() const;

    /// A new key with a certificate for it, good for servers and for clients.
    OPENINT_DECL identity issue(const certificate_options& options = {}) const;

private:
    struct keys;

    void make(std::string_view name, const keys* issuer);

    std::shared_ptr<const keys> keys_;
};

} // namespace openint::testing

#ifdef OPENINT_HEADER_ONLY
#include <openint/testing/impl/certificate.ipp>
#endif

#endif
