// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_SEND_IPP
#define OPENINT_IMPL_HTTP_SEND_IPP

#include <openint/http/send.hpp>

#include <openint/detail/wipe.hpp>
#include <openint/error.hpp>
#include <openint/http/call.hpp>
#include <openint/http/open.hpp>
#include <openint/http/outcome.hpp>
#include <openint/http/pool.hpp>
#include <openint/http/relay.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>
#include <tuple>
#include <utility>

namespace openint::http {
namespace detail {

inline void render_request(call& c)
{
    const transport_options& transport = c.connections->options();
    const bool absolute_form = transport.proxy && !transport.tls; // RFC 9112, 3.2.2
    openint::detail::wipe(c.connection->output);                  // of a CONNECT request
    append_message(c.connection->output, c.request,
                   absolute_form ? transport.origin.origin() : std::string(),
                   c.options->fields.empty() ? std::string_view(c.options->public_fields)
                                             : c.options->fields.reveal());
}

// One attempt: from waiting for a connection to the last byte. Leaves the outcome in the call. One
// coroutine, since every nested one costs an allocation in every request.
inline boost::asio::awaitable<void> attempt_once(call& c, bool fresh)
{
    pool& p = *c.connections;
    const time_point begin =
        c.written == 0 && c.retries == 0 ? c.started : std::chrono::steady_clock::now();
    const time_point deadline =
        std::min(begin + c.options->timeout, c.started + c.options->total_timeout);

    {
        pool::turn turn(p);
        if (!p.ask(turn, fresh, begin))
            co_return fail_stopped(c, stopped_failure(stop_reason::closed, ""));
        if (turn.who()) {
            // In this coroutine, since there may be many that wait: another frame for each would be
            // an eighth of what they take.
            p.deadlines().set(*turn.who(), deadline); // removed by the turn
            auto waiting = turn.who()->async_wait(boost::asio::deferred);
            stop_reason reason = co_await std::move(waiting);
            if (reason == stop_reason::none && c.caller.cancelled())
                reason = stop_reason::cancelled; // it came too late for the waiter
            c.timings.waiting = std::chrono::steady_clock::now() - begin;
            log_call(c, {.level = log_level::debug,
                         .kind = log_kind::pool,
                         .message = "waited for a connection",
                         .elapsed = c.timings.waiting});
            if (reason != stop_reason::none)
                co_return fail_stopped(c, stopped_failure(reason, "waiting for a connection"));
        }
        c.connection = turn.take();
    }
    connection& link = *c.connection;
    c.number = link.number();
    if (c.caller.cancelled())
        co_return fail_cancelled(c, "connecting");

    c.reused = link.is_open();
    if (!c.reused) {
        const time_point connecting = std::chrono::steady_clock::now();
        auto opening = open(p, c.connection.get(),
                            std::min(deadline, connecting + p.options().connect_timeout));
        failure problem = co_await std::move(opening);
        c.timings.connecting = std::chrono::steady_clock::now() - connecting;
        log_call(c, {.level = log_level::debug,
                     .kind = log_kind::connect,
                     .message = problem.detail,
                     .elapsed = c.timings.connecting,
                     .error = problem.code});
        if (problem)
            co_return fail_opening(c, std::move(problem));
    }

    if (c.caller.cancelled())
        co_return fail_cancelled(c, "sending the request");
    p.deadlines().set(link, deadline);
    link.answer->start(c.request.method == verb::head);
    render_request(c);

    std::tuple<boost::system::error_code, std::size_t> outcome;
    for (std::size_t sent = 0; sent != link.output.size();) {
        boost::system::error_code ec;
        sent += link.write_some(boost::asio::buffer(link.output) + sent, ec);
        if (sent != 0 && c.progress == attempt_progress::nothing_sent) {
            c.progress = attempt_progress::sent;
            ++c.written;
        }
        if (ec == boost::asio::error::would_block) {
            auto waiting = unblock(link);
            ec = co_await std::move(waiting);
        }
        if (ec || link.stopped() != stop_reason::none)
            co_return fail_io(c, ec, "sending the request");
    }
    const time_point sent_at =
        c.options->info ? std::chrono::steady_clock::now() : time_point(); // reading clocks costs
    if (logs(c, log_level::debug))
        log_call(c, {.level = log_level::debug, .kind = log_kind::request});
    if (c.caller.cancelled())
        co_return fail_cancelled(c, "reading the answer");

    auto got = link.take_buffered();
    while (!link.answer->done() && !got.stream && !got.answer) {
        auto operation = link.async_receive(as_outcome);
        outcome = co_await std::move(operation);
        got = link.take(std::get<0>(outcome), std::get<1>(outcome));
        if (link.stopped() != stop_reason::none)
            break;
        if (link.answer->started() && c.progress != attempt_progress::answering) {
            c.progress = attempt_progress::answering;
            if (c.options->info)
                c.timings.first_byte = std::chrono::steady_clock::now() - sent_at;
        }
    }
    if (got.stream || link.stopped() != stop_reason::none)
        co_return fail_io(c, got.stream, "reading the answer");
    if (got.answer)
        co_return fail_reading(c, got.answer);
    if (link.tls() && !c.reused) // after the first answer, since TLS 1.3 sends tickets late
        p.sessions().store(link.tls()->native_handle());
    if (link.answer->reusable())
        c.connection.reusable();
    if (logs(c, log_level::info))
        log_call(c, {.level = log_level::info,
                     .kind = log_kind::response,
                     .elapsed = std::chrono::steady_clock::now() - begin});
}

inline double random_fraction()
{
    thread_local std::minstd_rand engine{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(engine);
}

inline retry_decision decide(const call& c)
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
        last.retry_after_ms = c.received().field("retry-after-ms");
        last.retry_after = c.received().field("Retry-After");
        last.should_retry = c.received().field("x-should-retry");
        last.date = c.received().field("Date");
    }
    last.time_left = std::chrono::floor<std::chrono::milliseconds>(
        c.started + c.options->total_timeout - std::chrono::steady_clock::now());
    return decide_retry(c.options->retry, last);
}

// Whether the answer is a redirect that may be followed; then the request has its new target.
inline bool redirected(call& c)
{
    const unsigned status = c.received().status();
    const std::string_view where = c.received().field("Location");
    const bool is_redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (c.request.method != verb::get || !is_redirect || where.empty() || c.redirects == 5)
        return false;
    const url& origin = c.connections->options().origin;
    auto to = resolve_location(origin, c.request.target, where);
    if (!to || !same_origin(to->origin, origin))
        return false;
    c.request.target = std::move(to->target);
    ++c.redirects;
    return true;
}

// After an attempt: whether another one follows, and after which pause.
inline retry_decision next_step(call& c)
{
    if (c.end == attempt_end::answered) {
        if (c.received().status() / 100 == 2)
            return {};
        if (redirected(c))
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

// Whether the call may begin at all; otherwise it has failed.
inline bool may_begin(call& c)
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
inline void forget_attempt(call& c) noexcept
{
    c.connection.reset();
    c.number = 0;
    c.failed = {};
    c.end = attempt_end::answered;
    c.progress = attempt_progress::nothing_sent;
    c.reused = false;
    c.timings = {};
}

} // namespace detail

OPENINT_DECL answer::answer(std::shared_ptr<pool> connections,
                            std::shared_ptr<const send_options> options, request r)
    : call_(std::make_unique<call>(std::move(connections), std::move(options), std::move(r)))
{}
OPENINT_DECL answer::answer(answer&&) noexcept = default;
OPENINT_DECL answer& answer::operator=(answer&&) noexcept = default;
OPENINT_DECL answer::~answer() = default;

OPENINT_DECL std::string_view answer::body() const noexcept { return call_->received().body(); }

OPENINT_DECL std::size_t answer::max_memory() const noexcept
{
    constexpr std::size_t times = 32; // a connection of 2 KiB comes as more than 100 bytes
    const std::size_t body = call_->connections->options().limits.body;
    return times * std::min(body, std::numeric_limits<std::size_t>::max() / times);
}

OPENINT_DECL void answer::refuse(const json::error_info& problem) const
{
    const bool too_large = problem.code == json::errc::too_large;
    call_->failed = {.code = too_large ? errc::response_too_large : errc::malformed_response,
                     .detail = too_large ? "the answer takes more memory than limits.max_body "
                                           "allows for: " +
                                               problem.message()
                                         : "the answer cannot be read: " + problem.message()};
    throw_failure(*call_);
}

// The same call, in a coroutine on the client's context.
class answer::abroad final : public errand
{
public:
    explicit abroad(answer&& a) noexcept
        : call(std::move(a))
    {
        call.call_->relayed = true;
    }

    boost::asio::awaitable<void> run() override { return call.receive(); }
    void leave() noexcept override { call.call_->connection.reset(); }

    answer call;
};

inline boost::asio::awaitable<void> answer::receive_abroad()
{
    const auto work = std::make_shared<abroad>(std::move(*this));
    auto relaying = relay::run(*work->call.call_->connections, work);
    const bool ended = co_await std::move(relaying);
    *this = std::move(work->call);
    if (!ended)
        fail_stopped(*call_, stopped_failure(stop_reason::closed, ""));
}

OPENINT_DECL boost::asio::awaitable<void> answer::receive()
{
    call& c = *call_;
    if (!c.relayed) {
        c.started = std::chrono::steady_clock::now();
        if (!detail::may_begin(c))
            co_return finish(c);
        if (!c.connections->runs_on(co_await boost::asio::this_coro::executor)) {
            auto receiving = receive_abroad();
            co_await std::move(receiving);
            co_return finish(c);
        }
    }
    c.caller = cancellation_watch(co_await boost::asio::this_coro::cancellation_state);
    try {
        for (bool fresh = false;;) {
            auto attempt = detail::attempt_once(c, fresh);
            co_await std::move(attempt);
            const retry_decision next = detail::next_step(c);
            if (!next.again)
                break;
            if (next.delay.count() != 0) {
                c.connection.reset(); // others may use it meanwhile
                stop_reason reason = stop_reason::cancelled;
                if (!c.caller.cancelled()) {
                    auto pausing = detail::wait(*c.connections, std::make_shared<waiter>(),
                                                std::chrono::steady_clock::now() + next.delay);
                    reason = co_await std::move(pausing);
                }
                if (reason != stop_reason::timeout || c.caller.cancelled()) {
                    fail_cancelled(c, "waiting to try again");
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
        fail_cancelled(c, "working");
    }
    if (!c.relayed)
        finish(c);
    else if (c.connection) {
        c.detached = c.connection->take_answer();
        c.connection.reset();
    }
}

} // namespace openint::http

#endif
