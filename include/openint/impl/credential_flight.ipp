// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_FLIGHT_IPP
#define OPENINT_IMPL_CREDENTIAL_FLIGHT_IPP

// The coroutines of the cache: a flight, which sends a look and perhaps a forced renewal, and a
// caller, which waits for one.

#include <openint/impl/credential_flight.hpp>

#include <openint/impl/prepared_call.hpp>
#include <openint/impl/request_builder.hpp>
#include <openint/log.hpp>
#include <openint/params.hpp>
#include <openint/transport/connection_pool.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <openssl/evp.h>

#include <new>
#include <string_view>
#include <utility>

namespace openint::detail {

OPENINT_DECL token_digest digest_of(const transport::call_options& o)
{
    // A handle that was given a token that cannot be sent is not one of the client's own token.
    secret whole(std::string(o.problem).append("\n").append(o.token.reveal()));
    token_digest out{};
    const std::string_view text = whole.reveal();
    if (::EVP_Digest(text.data(), text.size(), out.data(), nullptr, ::EVP_sha256(), nullptr) != 1)
        throw std::bad_alloc();
    return out;
}

/// The duty to end a flight: with the destructor, if not before. That is how it ends where the
/// context is shut down.
class credential_flight
{
public:
    credential_flight(std::shared_ptr<credential_store> s,
                      std::shared_ptr<const credential_owner> o,
                      const credential_flight_id& f) noexcept
        : store(std::move(s))
        , owner(std::move(o))
        , id(f)
    {}
    credential_flight(credential_flight&&) noexcept = default;
    ~credential_flight()
    {
        if (store)
            store->close(id);
    }

    void end() noexcept { store = nullptr; }

    std::shared_ptr<credential_store> store;
    std::shared_ptr<const credential_owner> owner;
    credential_flight_id id;
};

/// A caller's place among those who wait, for as long as it waits.
class credential_ticket
{
public:
    explicit credential_ticket(credential_store& store, credentials rejected = {})
        : store_(store)
        , caller(std::make_shared<credential_caller>(std::move(rejected)))
    {}
    credential_ticket(const credential_ticket&) = delete;
    credential_ticket& operator=(const credential_ticket&) = delete;
    ~credential_ticket() { store_.leave(*caller); }

private:
    credential_store& store_;

public:
    const std::shared_ptr<credential_caller> caller;
};

inline void log_flight(const credential_owner& owner, log_level level, std::string_view target,
                       std::string_view message, const error* problem = nullptr) noexcept
{
    log_event event{.level = level, .kind = log_kind::credentials};
    event.method = "GET";
    event.target = target;
    event.message = message;
    if (problem) {
        event.status = problem->status();
        event.error = problem->code();
    }
    write_log(owner.connections->options().log, event);
}

// One request: what it brings, or why it brings nothing.
template <int...>
boost::asio::awaitable<credential_store::next> send_one(const credential_flight& flight,
                                                        std::string id, bool forced,
                                                        std::shared_ptr<credential_caller> until)
{
    credential_store& store = *flight.store;
    response_info info;
    get_connection_params params;
    params.include_secrets = true;
    if (forced)
        params.refresh_policy = refresh_policy::force;
    const moment sent = store.now();
    std::shared_ptr<const error> problem;
    try {
        auto options = std::make_shared<transport::call_options>(*flight.owner->options);
        options->info = &info;
        auto asked = openint::detail::send<connection>(
            request_builder(flight.owner->connections, options, http::verb::get, options->base_path)
                .path("/connection/")
                .segment("id", id)
                .query(params));
        connection answer = co_await std::move(asked);
        co_return store.receive(flight.id, std::move(answer), info.headers, sent, until);
    } catch (const error& e) {
        problem = std::make_shared<const error>(e);
    }
    co_return store.fail(flight.id, std::move(problem));
}

template <int...>
boost::asio::awaitable<void> fly(credential_flight flight)
{
    credential_store& store = *flight.store;
    const credential_owner& owner = *flight.owner;
    std::string id;
    for (bool forced = false; store.send(flight.id, forced, id);) {
        const std::string target = "/connection/" + id;
        log_flight(owner, forced ? log_level::info : log_level::debug, target,
                   forced ? "renews the credentials by force" : "looks for credentials");
        credential_ticket other(store);
        auto sending = send_one(flight, id, forced, other.caller);
        const credential_store::next next = co_await std::move(sending);
        if (next.problem)
            log_flight(owner, log_level::warn, target,
                       next.kept ? "no new credentials; those that have not expired are handed out"
                                 : "no credentials",
                       next.problem.get());
        if (next.wait) {
            auto waiting = other.caller->async_wait(boost::asio::deferred);
            co_await std::move(waiting);
        } else if (next.step == credential_entry::step::done) {
            break;
        }
        forced = !next.wait;
    }
    flight.end();
}

// What begins a flight, on the client's context.
struct takeoff
{
    credential_flight flight;
    boost::asio::any_io_executor executor;

    void operator()()
    {
        try {
            boost::asio::co_spawn(executor, fly(std::move(flight)), boost::asio::detached);
        } catch (...) { // no memory: the flight has ended
        }
    }
};

OPENINT_OPERATION void launch(const std::shared_ptr<credential_store>& store,
                              const std::shared_ptr<const credential_owner>& owner,
                              const credential_flight_id& f)
{
    credential_flight flight(store, owner, f); // ends here where the context has been shut down
    owner->connections->while_open([&](const boost::asio::any_io_executor& on) {
        boost::asio::post(on, takeoff{std::move(flight), on});
    });
}

[[noreturn]] inline void throw_cancelled(const std::string& id)
{
    throw error(boost::asio::error::operation_aborted,
                "cancelled while waiting for the credentials of connection " + id);
}

OPENINT_OPERATION boost::asio::awaitable<credentials>
acquire(std::shared_ptr<credential_store> store, std::shared_ptr<const credential_owner> owner,
        std::string id, credentials rejected)
{
    const auto state = co_await boost::asio::this_coro::cancellation_state;
    for (;;) {
        if (state.cancelled() != boost::asio::cancellation_type::none)
            throw_cancelled(id);
        const credential_ticket ticket(*store, rejected);
        credential_store::admission a = store->admit(store->key(owner->digest, id), ticket.caller);
        if (a.flight)
            launch(store, owner, a.flight);
        if (a.result.given)
            co_return std::move(a.result.given);
        if (a.result.problem)
            a.result.problem->raise();
        auto waiting = ticket.caller->async_wait(boost::asio::deferred);
        const transport::stop_reason reason = co_await std::move(waiting);
        if (reason != transport::stop_reason::none)
            throw_cancelled(id);
        credential_entry::result_type& result = ticket.caller->result;
        if (result.given)
            co_return std::move(result.given);
        if (result.problem)
            result.problem->raise();
        // Forgotten while it waited.
    }
}

} // namespace openint::detail

#endif
