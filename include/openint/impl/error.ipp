// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_ERROR_IPP
#define OPENINT_IMPL_ERROR_IPP

// The texts of error codes, and what an error keeps.

#include <openint/error.hpp>

#include <openint/detail/wipe.hpp>
#include <openint/http/retry_after.hpp>

#include <boost/beast/http/status.hpp>

#include <ostream>
#include <utility>

namespace openint {
namespace detail {

// Each has an id, by which categories compare: a program and a shared library with a copy of this
// each have the same ones.

class errc_category final : public boost::system::error_category
{
public:
    errc_category() noexcept
        : boost::system::error_category(0xA76738C4EE249856)
    {}

    const char* name() const noexcept override { return "openint"; }

    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::invalid_argument:
            return "invalid argument";
        case errc::no_credentials:
            return "no credentials";
        case errc::resolve:
            return "host name lookup failed";
        case errc::connect:
            return "connecting failed";
        case errc::proxy:
            return "the proxy failed";
        case errc::tls:
            return "TLS failed";
        case errc::connection_lost:
            return "connection lost";
        case errc::timeout:
            return "timed out";
        case errc::malformed_response:
            return "malformed response";
        case errc::response_too_large:
            return "response too large";
        case errc::settings_mismatch:
            return "settings do not fit the connector";
        case errc::pagination_stuck:
            return "the list does not move on";
        case errc::closed:
            return "client closed";
        }
        return "unknown error";
    }
};

class status_category final : public boost::system::error_category
{
public:
    status_category() noexcept
        : boost::system::error_category(0xCB67B56664064286)
    {}

    const char* name() const noexcept override { return "openint.http"; }

    std::string message(int value) const override
    {
        const auto reason = boost::beast::http::obsolete_reason(
            boost::beast::http::int_to_status(static_cast<unsigned>(value)));
        return std::to_string(value) + " " + std::string(reason.data(), reason.size());
    }
};

class condition_category_impl final : public boost::system::error_category
{
public:
    condition_category_impl() noexcept
        : boost::system::error_category(0xE84B248D694FD74A)
    {}

    const char* name() const noexcept override { return "openint.condition"; }

    std::string message(int value) const override
    {
        switch (static_cast<condition>(value)) {
        case condition::client_error:
            return "client error";
        case condition::server_error:
            return "server error";
        default:
            return http_status_category().message(status_of(value));
        }
    }

    bool equivalent(const boost::system::error_code& code, int value) const noexcept override
    {
        if (code.category() != http_status_category())
            return false;
        switch (static_cast<condition>(value)) {
        case condition::client_error:
            return code.value() / 100 == 4;
        case condition::server_error:
            return code.value() / 100 == 5;
        default:
            return code.value() == status_of(value);
        }
    }

private:
    static int status_of(int value) noexcept
    {
        switch (static_cast<condition>(value)) {
        case condition::bad_request:
            return 400;
        case condition::unauthorized:
            return 401;
        case condition::permission_denied:
            return 403;
        case condition::not_found:
            return 404;
        case condition::conflict:
            return 409;
        case condition::unprocessable:
            return 422;
        case condition::rate_limited:
            return 429;
        default:
            return 0;
        }
    }
};

// An answer's body may hold credentials.
struct wiped_error_data : error_data
{
    explicit wiped_error_data(error_data&& data)
        : error_data(std::move(data))
    {}
    ~wiped_error_data() { wipe(body); }
};

} // namespace detail

OPENINT_DECL const boost::system::error_category& error_category() noexcept
{
    static const detail::errc_category category;
    return category;
}

OPENINT_DECL const boost::system::error_category& http_status_category() noexcept
{
    static const detail::status_category category;
    return category;
}

OPENINT_DECL const boost::system::error_category& condition_category() noexcept
{
    static const detail::condition_category_impl category;
    return category;
}

OPENINT_DECL std::ostream& operator<<(std::ostream& out, errc e)
{
    return out << make_error_code(e).message();
}

OPENINT_DECL std::ostream& operator<<(std::ostream& out, condition c)
{
    return out << make_error_condition(c).message();
}

OPENINT_DECL error::error(error_data data)
    : system_error(data.code)
    , data_(std::make_shared<detail::wiped_error_data>(std::move(data)))
{}

OPENINT_DECL error::error(boost::system::error_code code, const std::string& what)
    : error(error_data{.code = code, .what = what, .message = what})
{}

OPENINT_DECL const char* error::what() const noexcept { return data_->what.c_str(); }

OPENINT_DECL std::optional<std::chrono::milliseconds> error::retry_after() const
{
    const auto field = [this](std::string_view name) {
        return headers().find(name).value_or(std::string_view());
    };
    return http::retry_after({.retry_after_ms = field("retry-after-ms"),
                              .retry_after = field("Retry-After"),
                              .date = field("Date")},
                             std::chrono::system_clock::now());
}

OPENINT_DECL void error::raise() const
{
    if (code().category() == http_status_category())
        throw api_error(*this);
    throw *this;
}

} // namespace openint

#endif
