// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CALL_IPP
#define OPENINT_TRANSPORT_IMPL_CALL_IPP

// What follows after an attempt (nothing, a redirect, a pause and another attempt), and
// `call::receive`, the loop over attempts. Read from the end.

#include <openint/transport/call.hpp>

#include <openint/error.hpp>
#include <openint/transport/attempt.hpp>
#include <openint/transport/call_error.hpp>
#include <openint/transport/call_state.hpp>
#include <openint/transport/connection_io.hpp>
#include <openint/transport/connection_pool.hpp>
#include <openint/transport/run_on_context.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>
#include <utility>

namespace openint::transport {
namespace detail {

inline double random_fraction()
{
    thread_local unsigned process = fork_count();
    thread_local std::minstd_rand engine{std::random_device{}()};
    if (process != fork_count()) { // forked children must not pause in step
        process = fork_count();
        engine.seed(std::random_device{}());
    }
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

inline retry_decision decide(const call_state& c)
{
    attempt last{.end = c.end,
                 .progress = c.progress,
                 .method = repeatable_of(c.name()),
                 .reused = c.reused,
                 .replaced = c.replaced,
                 .retries = c.retries,
                 .now = std::chrono::system_clock::now(),
                 .random = random_fraction()};
    if (c.end == attempt_end::answered) {
        last.status = c.received().status();
        last.retry_after = {.retry_after_ms = c.received().field("retry-after-ms"),
                            .retry_after = c.received().field("Retry-After"),
                            .date = c.received().field("Date")};
        last.should_retry = c.received().field("x-should-retry");
    }
    last.time_left = std::chrono::floor<std::chrono::milliseconds>(
        c.started + c.options->total_timeout - std::chrono::steady_clock::now());
    return decide_retry(c.options->retry, last);
}

// Gives the request the target that a redirect leads to. False if the answer is none that may be
// followed.
inline bool follow_redirect(call_state& c)
{
    const unsigned status = c.received().status();
    const std::string_view where = c.received().field("Location");
    const bool is_redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (c.request.method != http::verb::get || !is_redirect || where.empty() || c.redirects == 5)
        return false;
    const http::url& origin = c.connections->options().origin;
    auto to = http::resolve_location(origin, c.request.target, where);
    if (!to || !http::same_origin(to->origin, origin))
        return false;
    c.request.target = std::move(to->target);
    ++c.redirects;
    return true;
}

// The head of an error answer says what counts, whatever became of its body.
inline void accept_error_head(call_state& c) noexcept
{
    const bool failed = c.end == attempt_end::connection || c.end == attempt_end::timeout ||
                        c.end == attempt_end::malformed || c.end == attempt_end::too_large;
    if (!failed || c.progress != attempt_progress::answering || c.status() == 0 ||
        c.status() / 100 == 2)
        return;
    c.unread = std::exchange(c.failed, {});
    c.end = attempt_end::answered;
}

// After an attempt: whether another one follows, and after which pause.
inline retry_decision next_step(call_state& c)
{
    accept_error_head(c);
    if (c.end == attempt_end::answered) {
        if (c.received().status() / 100 == 2)
            return {};
        if (follow_redirect(c))
            return {.again = true, .reason = "redirected"};
    }
    const retry_decision next = decide(c);
    c.uncertain = c.uncertain || next.may_have_taken_effect;
    if (!next.again)
        return next;
    log_call(c, {.level = next.replacement ? log_level::debug : log_level::warn,
                 .kind = next.replacement ? log_kind::pool : log_kind::retry,
                 .message = next.reason,
                 .elapsed = next.delay,
                 .error = c.failed.code});
    if (next.replacement)
        c.replaced = true;
    else
        ++c.retries;
    return next;
}

// Fails the call if it cannot be sent as it is.
inline bool begin_call(call_state& c)
{
    std::string_view problem = c.request.problem;
    if (problem.empty())
        problem = c.options->problem;
    if (problem.empty() && c.request.needs_token && c.options->token.empty())
        problem = "invalid argument: no token; set client_config::token or OPENINT_API_KEY";
    if (problem.empty())
        return true;
    c.end = attempt_end::invalid_argument;
    c.failed = {.code = errc::invalid_argument, .detail = std::string(problem)};
    return false;
}

// Before another one.
inline void forget_attempt(call_state& c) noexcept
{
    c.connection.reset();
    c.number = 0;
    c.failed = {};
    c.unread = {};
    c.end = attempt_end::answered;
    c.progress = attempt_progress::nothing_sent;
    c.reused = false;
    c.timings = {};
}

} // namespace detail

OPENINT_DECL call::call(std::shared_ptr<connection_pool> connections,
                        std::shared_ptr<const call_options> options, http::request r)
    : state_(std::make_unique<call_state>(std::move(connections), std::move(options), std::move(r)))
{
    // Early, since a context that shares its parent's epoll descriptor takes events from it.
    try {
        state_->connections->notice_fork();
    } catch (...) { // tried again, and thrown, by the attempt
    }
}
OPENINT_DECL call::call(call&&) noexcept = default;
OPENINT_DECL call& call::operator=(call&&) noexcept = default;
OPENINT_DECL call::~call() = default;

OPENINT_DECL std::string_view call::body() const noexcept { return state_->received().body(); }

OPENINT_DECL std::size_t call::max_memory() const noexcept
{
    constexpr std::size_t times = 32; // a connection of 0.5 KiB comes as more than 100 bytes
    const std::size_t body = state_->connections->options().limits.body;
    return times * (std::min)(body, (std::numeric_limits<std::size_t>::max)() / times);
}

OPENINT_DECL void call::throw_malformed(const json::error_info& problem) const
{
    const bool too_large = problem.code == json::errc::too_large;
    state_->failed = {.code = too_large ? errc::response_too_large : errc::malformed_response,
                      .detail = too_large ? "the answer takes more memory than limits.max_body "
                                            "allows for: " +
                                                problem.message()
                                          : "the answer cannot be read: " + problem.message()};
    throw_call_error(*state_);
}

OPENINT_DECL void call::throw_empty() const
{
    state_->failed = {
        .code = errc::malformed_response,
        .detail = "the answer is empty (" +
                  http_status_category().message(static_cast<int>(state_->received().status())) +
                  ")"};
    throw_call_error(*state_);
}

// The same call, in a coroutine on the client's context.
class call::context_task final : public task
{
public:
    explicit context_task(call&& moved) noexcept
        : sent(std::move(moved))
    {
        sent.state_->on_client_context = true;
    }

    boost::asio::awaitable<void> run() override { return sent.receive(); }
    void release() noexcept override { sent.state_->connection.reset(); }

    call sent;
};

inline boost::asio::awaitable<void> call::receive_on_context()
{
    const auto work = std::make_shared<context_task>(std::move(*this));
    auto running = run_on_context(*work->sent.state_->connections, work);
    const bool ended = co_await std::move(running);
    *this = std::move(work->sent);
    if (!ended)
        note_stopped(*state_, stopped_failure(stop_reason::closed, ""));
}

OPENINT_DECL boost::asio::awaitable<void> call::receive()
{
    call_state& c = *state_;
    if (!c.on_client_context) {
        c.started = std::chrono::steady_clock::now();
        c.forks = fork_count();
        if (!detail::begin_call(c))
            co_return complete(c);
        if (!c.connections->runs_on(co_await boost::asio::this_coro::executor)) {
            auto receiving = receive_on_context();
            co_await std::move(receiving);
            co_return complete(c);
        }
    }
    c.caller = cancellation_watch(co_await boost::asio::this_coro::cancellation_state);
    try {
        for (bool fresh = false;;) {
            auto attempt = attempt_once(c, fresh);
            co_await std::move(attempt);
            const retry_decision next = detail::next_step(c);
            if (!next.again)
                break;
            if (next.delay.count() != 0) {
                c.connection.reset(); // others may use it meanwhile
                stop_reason reason = stop_reason::cancelled;
                if (!c.caller.cancelled()) {
                    auto pausing = wait_until(*c.connections, std::make_shared<waiter>(),
                                              std::chrono::steady_clock::now() + next.delay);
                    reason = co_await std::move(pausing);
                }
                if (reason == stop_reason::forked) {
                    note_stopped(c, stopped_failure(reason, ""));
                    break;
                }
                if (reason != stop_reason::timeout || c.caller.cancelled()) {
                    note_cancelled(c, "waiting to try again");
                    break;
                }
            }
            detail::forget_attempt(c);
            fresh = next.replacement;
        }
    } catch (const boost::system::system_error& e) {
        // Asio refuses to wait in a coroutine that has been cancelled in between.
        if (e.code() != boost::asio::error::operation_aborted)
            throw;
        if (c.connection)
            note_written(c);
        note_cancelled(c, "working");
    }
    if (!c.on_client_context)
        complete(c);
    else if (c.connection) {
        c.detached = c.connection->take_parser();
        c.connection.reset();
    }
}

} // namespace openint::transport

#endif
