// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_RESOLVER_HPP
#define OPENINT_TRANSPORT_RESOLVER_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace openint::transport {

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
    /// `answer()` is there. Throws, as if it had not been called, if a look-up cannot be begun.
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

    /// In a forked child: forgets everything. Whoever waits is told by its context.
    OPENINT_DECL void forget() noexcept;

private:
    using results = boost::asio::ip::tcp::resolver::results_type;
    class handler;

    void start();
    void on_resolved(unsigned run, const boost::system::error_code& ec,
                     const results& answer) noexcept;

    const std::string host_;
    const std::uint16_t port_;

    // Recursive, since a handler that cannot be begun is destroyed with it held.
    mutable std::recursive_mutex mutex_;
    std::optional<boost::asio::ip::tcp::resolver> resolver_;
    bool running_ = false;
    unsigned run_ = 0; // whose answer counts
    lookup last_;
    endpoints last_good_;
    std::vector<std::weak_ptr<waiter>> waiting_;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/resolver.ipp>
#endif

#endif
