// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_RESOLVER_HPP
#define OPENINT_HTTP_RESOLVER_HPP

#include <openint/detail/config.hpp>
#include <openint/http/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace openint::http {

/// Looks up the addresses of one host. Thread safe.
///
/// The system's look-up cannot be interrupted, and Asio runs one at a time per context: so there is
/// one for all who ask, who wait with deadlines of their own; while one hangs, the last good answer
/// serves. Numeric hosts need none.
class resolver : public std::enable_shared_from_this<resolver>
{
public:
    using endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

    OPENINT_DECL resolver(const boost::asio::any_io_executor& executor, std::string host,
                          std::uint16_t port);

    /// The addresses, or, where they must be waited for, nothing: then `who` is completed when
    /// `answer()` is there.
    OPENINT_DECL std::optional<endpoints> ask(const std::shared_ptr<waiter>& who);

    struct lookup
    {
        boost::system::error_code error;
        endpoints addresses;
    };
    /// What the latest look-up that ended has found.
    OPENINT_DECL lookup answer() const;

    /// Destroys the I/O object; whoever waits is told `closed`.
    OPENINT_DECL void shut_down() noexcept;

private:
    void on_resolved(const boost::system::error_code& ec, endpoints found);

    const std::string host_;
    const std::uint16_t port_;

    mutable std::mutex mutex_;
    std::optional<boost::asio::ip::tcp::resolver> resolver_;
    bool running_ = false;
    lookup last_;
    endpoints last_good_;
    std::vector<std::weak_ptr<waiter>> waiting_;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/http_resolver.ipp>
#endif

#endif
