// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_RESOLVER_IPP
#define OPENINT_IMPL_HTTP_RESOLVER_IPP

#include <openint/http/resolver.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>

#include <utility>

namespace openint::http {

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
    waiting_.push_back(who);
    if (running_)
        return std::nullopt;
    running_ = true;
    resolver_->async_resolve(
        host_, std::to_string(port_), boost::asio::ip::tcp::resolver::numeric_service,
        [self = shared_from_this()](const boost::system::error_code& ec,
                                    const boost::asio::ip::tcp::resolver::results_type& results) {
            endpoints found;
            for (const auto& entry : results)
                found.push_back(entry.endpoint());
            self->on_resolved(ec, std::move(found));
        });
    return std::nullopt;
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

inline void resolver::on_resolved(const boost::system::error_code& ec, endpoints found)
{
    std::vector<std::weak_ptr<waiter>> waiting;
    {
        const std::lock_guard lock(mutex_);
        running_ = false;
        last_.error = !ec && found.empty() ? boost::asio::error::host_not_found : ec;
        last_.addresses = std::move(found);
        if (!last_.error)
            last_good_ = last_.addresses;
        waiting.swap(waiting_);
    }
    for (const auto& weak : waiting)
        if (const auto who = weak.lock())
            who->complete(stop_reason::none);
}

} // namespace openint::http

#endif
