// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_HAPPY_EYEBALLS_HPP
#define OPENINT_TRANSPORT_HAPPY_EYEBALLS_HPP

#include <openint/detail/config.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace openint::transport {

/// The order in which to try addresses: the families in turn, the first address's family first
/// (RFC 8305, section 4).
OPENINT_DECL std::vector<boost::asio::ip::tcp::endpoint>
interleave_families(const std::vector<boost::asio::ip::tcp::endpoint>& endpoints);

/// Connects to the first address that answers (RFC 8305): one after the other, the next one as soon
/// as one fails, or after 250 ms. Completes `done` when a socket is connected or all have failed.
/// Thread safe.
class happy_eyeballs final : public std::enable_shared_from_this<happy_eyeballs>,
                             private context_service::tracked
{
public:
    using endpoint = boost::asio::ip::tcp::endpoint;
    using socket = boost::asio::ip::tcp::socket;

    static constexpr std::chrono::milliseconds stagger{250};

    OPENINT_DECL happy_eyeballs(const boost::asio::any_io_executor& executor,
                                const std::vector<endpoint>& endpoints,
                                std::shared_ptr<waiter> done);
    ~happy_eyeballs() { untrack(); }

    OPENINT_DECL void start();
    /// Gives up what is still in progress. May be called at any time.
    OPENINT_DECL void stop() noexcept;

    /// The connected socket; nothing if there is none, and `error()` is why.
    OPENINT_DECL std::optional<socket> take();
    OPENINT_DECL boost::system::error_code error() const;

private:
    void try_next();
    void try_next_in_handler() noexcept;
    void on_connect(std::list<socket>::iterator attempt,
                    const boost::system::error_code& ec) noexcept;
    void on_timer() noexcept;
    void abandon() noexcept override;
    void forked() noexcept override;
    std::shared_ptr<void> keep_alive() noexcept override { return weak_from_this().lock(); }

    const boost::asio::any_io_executor executor_;
    const std::shared_ptr<waiter> done_;

    mutable std::mutex mutex_;
    std::vector<endpoint> endpoints_;
    std::size_t next_ = 0;
    std::size_t running_ = 0;
    std::list<socket> attempts_;
    std::optional<boost::asio::steady_timer> timer_;
    std::optional<socket> winner_;
    boost::system::error_code error_;
    bool over_ = false;
};

} // namespace openint::transport

#ifdef OPENINT_HEADER_ONLY
#include <openint/transport/impl/happy_eyeballs.ipp>
#endif

#endif
