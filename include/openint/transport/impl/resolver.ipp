// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_RESOLVER_IPP
#define OPENINT_TRANSPORT_IMPL_RESOLVER_IPP

// One look-up at a time for each host, shared by all that wait for it.

#include <openint/transport/resolver.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/system/errc.hpp>

#include <utility>

namespace openint::transport {

// Where Asio lacks the memory for the addresses, its handler is destroyed instead of called: those
// who wait are told all the same.
class resolver::handler
{
public:
    handler(std::shared_ptr<resolver> of, unsigned run) noexcept
        : self_(std::move(of))
        , run_(run)
    {}
    handler(handler&&) noexcept = default;
    ~handler()
    {
        if (self_)
            self_->on_resolved(run_, make_error_code(boost::system::errc::not_enough_memory), {});
    }

    void operator()(const boost::system::error_code& ec, const results& found)
    {
        std::exchange(self_, nullptr)->on_resolved(run_, ec, found);
    }

private:
    std::shared_ptr<resolver> self_;
    unsigned run_;
};

OPENINT_DECL resolver::resolver(const boost::asio::any_io_executor& executor, std::string host,
                                std::uint16_t port)
    : host_(std::move(host))
    , port_(port)
    , resolver_(std::in_place, executor)
{}

OPENINT_DECL std::optional<resolver::endpoints> resolver::ask(const std::shared_ptr<waiter>& who)
{
    boost::system::error_code not_numeric;
    const auto address = boost::asio::ip::make_address(host_, not_numeric);
    if (!not_numeric)
        return endpoints{{address, port_}};

    const std::lock_guard lock(mutex_);
    if (running_ && !last_good_.empty())
        return last_good_;
    if (!resolver_) {
        who->complete(stop_reason::closed);
        return std::nullopt;
    }
    std::erase_if(waiting_, [](const auto& weak) { return weak.expired(); });
    waiting_.reserve(waiting_.size() + 1);
    if (!running_)
        start(); // which may throw: nothing has changed yet
    running_ = true;
    waiting_.push_back(who);
    return std::nullopt;
}

// With the mutex held: nobody is told before it is released.
inline void resolver::start()
{
    const std::string port = std::to_string(port_);
    handler told(shared_from_this(), run_ + 1); // no one's, should it be destroyed here
    resolver_->async_resolve(host_, port, boost::asio::ip::tcp::resolver::numeric_service,
                             std::move(told));
    ++run_;
}

OPENINT_DECL resolver::lookup resolver::answer() const
{
    const std::lock_guard lock(mutex_);
    return last_;
}

OPENINT_DECL void resolver::shut_down() noexcept
{
    std::vector<std::weak_ptr<waiter>> waiting;
    {
        const std::lock_guard lock(mutex_);
        resolver_.reset();
        waiting.swap(waiting_);
    }
    for (const auto& weak : waiting)
        if (const auto who = weak.lock())
            who->complete(stop_reason::closed);
}

OPENINT_DECL void resolver::forget() noexcept
{
    const std::lock_guard lock(mutex_);
    ++run_;
    running_ = false;
    last_ = {};
    last_good_.clear();
    waiting_.clear();
}

inline void resolver::on_resolved(unsigned run, const boost::system::error_code& ec,
                                  const results& answer) noexcept
{
    lookup found{ec, {}};
    endpoints good;
    try {
        for (const auto& entry : answer)
            found.addresses.push_back(entry.endpoint());
        good = found.addresses;
    } catch (...) { // an exception would leave those who wait without an answer
        found = {make_error_code(boost::system::errc::not_enough_memory), {}};
    }
    if (!found.error && found.addresses.empty())
        found.error = boost::asio::error::host_not_found;

    std::vector<std::weak_ptr<waiter>> waiting;
    {
        const std::lock_guard lock(mutex_);
        if (run != run_)
            return;
        running_ = false;
        if (!found.error)
            last_good_ = std::move(good);
        last_ = std::move(found);
        waiting.swap(waiting_);
    }
    for (const auto& weak : waiting)
        if (const auto who = weak.lock())
            who->complete(stop_reason::none);
}

} // namespace openint::transport

#endif
