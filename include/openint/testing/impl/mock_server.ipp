// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_IMPL_MOCK_SERVER_IPP
#define OPENINT_TESTING_IMPL_MOCK_SERVER_IPP

// What the test asks of the server: passed on to its core, its sessions or its API.

#include <openint/testing/mock_server.hpp>

#include <openint/testing/detail/http/core.hpp>
#include <openint/testing/detail/http/session.hpp>

namespace openint::testing {

OPENINT_DECL mock_server::mock_server()
    : mock_server(mock_server_options{})
{}

OPENINT_DECL mock_server::mock_server(mock_server_options options)
    : core_(std::make_unique<detail::mock_server_core>(std::move(options)))
{}

OPENINT_DECL mock_server::~mock_server() = default;

OPENINT_DECL std::string mock_server::url() const
{
    return core_->origin() + core_->options.base_path;
}
OPENINT_DECL std::string mock_server::origin() const { return core_->origin(); }
OPENINT_DECL std::uint16_t mock_server::port() const { return core_->port; }
OPENINT_DECL std::string mock_server::token() const { return core_->token; }

OPENINT_DECL mock_server& mock_server::accept_token(std::string_view token)
{
    core_->state.with_api([&](detail::api& a) { a.accept(token); });
    return *this;
}

OPENINT_DECL std::string mock_server::ca_pem() const { return core_->ca_pem(); }
OPENINT_DECL std::string mock_server::ca_file() const { return core_->ca_file(); }

OPENINT_DECL mock_server& mock_server::add(const boost::json::object& connection)
{
    core_->state.with_api([&](detail::api& a) { a.add(connection); });
    return *this;
}

OPENINT_DECL mock_server& mock_server::add(std::string_view connection)
{
    return add(boost::json::parse(connection).as_object());
}

OPENINT_DECL mock_server& mock_server::remove(std::string_view id)
{
    core_->state.with_api([&](detail::api& a) { a.remove(id); });
    return *this;
}

OPENINT_DECL std::string mock_server::connection(std::string_view id) const
{
    return core_->state.with_api([&](detail::api& a) { return a.connection(id); });
}

OPENINT_DECL mock_server& mock_server::set_provider(provider p)
{
    core_->state.with_api([&](detail::api& a) { a.providers().set(p); });
    return *this;
}

OPENINT_DECL mock_server& mock_server::set_provider(std::string_view connection, provider p)
{
    core_->state.with_api([&](detail::api& a) { a.providers().set(connection, p); });
    return *this;
}

OPENINT_DECL provider_calls mock_server::refreshes(std::string_view connection) const
{
    return core_->state.with_api([&](detail::api& a) { return a.providers().calls(connection); });
}

OPENINT_DECL std::chrono::system_clock::time_point mock_server::time() const
{
    return core_->state.now();
}

OPENINT_DECL mock_server& mock_server::set_time(std::chrono::system_clock::time_point t)
{
    core_->state.with_api([&](detail::api& a) { a.clock().stop_at(t); });
    return *this;
}

OPENINT_DECL mock_server& mock_server::advance_time(std::chrono::milliseconds d)
{
    core_->state.with_api([&](detail::api& a) { a.clock().advance(d); });
    return *this;
}

OPENINT_DECL mock_server& mock_server::next(response r, std::size_t times)
{
    core_->state.add_once({{}, std::move(r), {}, times});
    return *this;
}

OPENINT_DECL mock_server& mock_server::next(predicate which, response r, std::size_t times)
{
    core_->state.add_once({std::move(which), std::move(r), {}, times});
    return *this;
}

OPENINT_DECL mock_server& mock_server::next(handler h, std::size_t times)
{
    core_->state.add_once({{}, {}, std::move(h), times});
    return *this;
}

OPENINT_DECL mock_server& mock_server::when(predicate which, handler h)
{
    core_->state.add_rule({std::move(which), {}, std::move(h)});
    return *this;
}

OPENINT_DECL mock_server& mock_server::when(predicate which, response r)
{
    core_->state.add_rule({std::move(which), std::move(r), {}});
    return *this;
}

OPENINT_DECL mock_server& mock_server::when(std::string_view path, handler h)
{
    return when([whole = std::string(path), behind = core_->options.base_path + std::string(path)](
                    const request& r) { return r.path() == whole || r.path() == behind; },
                std::move(h));
}

OPENINT_DECL mock_server& mock_server::when(std::string_view path, response r)
{
    return when(path, handler([r = std::move(r)](const request&) { return r; }));
}

OPENINT_DECL mock_server& mock_server::always(handler h) { return when(predicate(), std::move(h)); }
OPENINT_DECL mock_server& mock_server::always(response r)
{
    return when(predicate(), std::move(r));
}

OPENINT_DECL mock_server& mock_server::next_connection(on_accept what, std::size_t times)
{
    core_->state.add_connection_script(what, times);
    return *this;
}

OPENINT_DECL mock_server& mock_server::clear_scripts()
{
    core_->state.clear_scripts();
    return *this;
}

OPENINT_DECL std::size_t mock_server::scripts_left() const { return core_->state.scripts_left(); }

OPENINT_DECL mock_server& mock_server::release()
{
    core_->for_each_session_on_thread([](detail::session& s) { s.release(); });
    return *this;
}

OPENINT_DECL mock_server& mock_server::on_request(std::function<void(const request&)> hook)
{
    core_->state.set_hook(std::move(hook));
    return *this;
}

OPENINT_DECL std::vector<request> mock_server::requests() const { return core_->state.requests(); }
OPENINT_DECL std::size_t mock_server::request_count() const
{
    return core_->state.count().requests;
}

OPENINT_DECL mock_server& mock_server::clear_requests()
{
    core_->state.clear_requests();
    return *this;
}

OPENINT_DECL std::size_t mock_server::connections_accepted() const
{
    return core_->state.count().accepted;
}
OPENINT_DECL std::size_t mock_server::open_connections() const { return core_->state.count().open; }

using counters = detail::mock_server_state::counters;

OPENINT_DECL bool mock_server::wait_for_requests(std::size_t n,
                                                 std::chrono::milliseconds timeout) const
{
    return core_->state.wait(timeout, [&](const counters& c) { return c.requests >= n; });
}

OPENINT_DECL bool mock_server::wait_for_connections(std::size_t n,
                                                    std::chrono::milliseconds timeout) const
{
    return core_->state.wait(timeout, [&](const counters& c) { return c.accepted >= n; });
}

OPENINT_DECL bool mock_server::wait_until_open(std::size_t n,
                                               std::chrono::milliseconds timeout) const
{
    return core_->state.wait(timeout, [&](const counters& c) { return c.open == n; });
}

OPENINT_DECL bool mock_server::wait_until_held(std::size_t n,
                                               std::chrono::milliseconds timeout) const
{
    return core_->state.wait(timeout, [&](const counters& c) { return c.held == n; });
}

OPENINT_DECL bool mock_server::wait_until_idle(std::chrono::milliseconds timeout) const
{
    return core_->state.wait(timeout, [](const counters& c) { return c.busy == 0; });
}

OPENINT_DECL mock_server& mock_server::close_connections(bool reset)
{
    core_->for_each_session_on_thread([reset](detail::session& s) { s.drop(reset); });
    return *this;
}

OPENINT_DECL void mock_server::stop() { core_->stop(); }

} // namespace openint::testing

#endif
