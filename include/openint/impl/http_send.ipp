// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_HTTP_SEND_IPP
#define OPENINT_IMPL_HTTP_SEND_IPP

#include <openint/http/send.hpp>

#include <openint/detail/wipe.hpp>
#include <openint/error.hpp>
#include <openint/http/open.hpp>
#include <openint/http/pool.hpp>
#include <openint/http/relay.hpp>
#include <openint/json.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>

#include <algorithm>
#include <random>
#include <utility>

namespace openint::http {

// One call, from the first attempt to the last.
struct answer::state
{
    state(std::shared_ptr<pool> p, std::shared_ptr<const send_options> o, http::request r) noexcept
        : connections(std::move(p))
        , options(std::move(o))
        , request(std::move(r))
    {}

    const std::shared_ptr<pool> connections;
    const std::shared_ptr<const send_options> options;
    http::request request;

    time_point started; // when it was awaited
    int written = 0;    // requests
    int retries = 0;
    int redirects = 0;
    bool replaced = false;  // a stale connection
    bool uncertain = false; // an attempt may have taken effect

    // Of the attempt in progress, or the last one.
    lease connection;
    std::uint64_t number = 0; // of the connection
    failure failed;
    attempt_end end = attempt_end::answered;
    attempt_progress progress = attempt_progress::nothing_sent;
    bool reused = false;
    call_timings timings;

    // The connection is left behind when the call goes on elsewhere; then its answer is here.
    std::unique_ptr<exchange> detached;
    bool relayed = false; // this is another coroutine than the caller's

    cancellation_watch caller;

    const exchange& received() const noexcept { return detached ? *detached : *connection->answer; }
    unsigned status() const noexcept
    {
        return (detached || connection) && received().done() ? received().status() : 0;
    }
    std::string_view name() const noexcept { return to_string(request.method); }
};

namespace detail {

using call = answer::state;

struct error_answer
{
    std::string message;
    std::string code;
    std::vector<issue> issues;
};
BOOST_DESCRIBE_STRUCT(error_answer, (), (message, code, issues))

inline bool logs(const call& c, log_level level) noexcept
{
    return openint::detail::logs(c.connections->options().log, level);
}

inline void log_call(const call& c, log_event event)
{
    const log_options& log = c.connections->options().log;
    if (!openint::detail::logs(log, event.level))
        return;
    event.method = c.name();
    event.target = c.request.target;
    event.attempt = c.retries + 1;
    event.status = c.status();
    event.connection = c.number;
    openint::detail::write_log(log, event);
}

inline void strike_out(std::string& text, std::string_view token)
{
    if (token.empty())
        return;
    for (std::size_t at = 0; (at = text.find(token, at)) != std::string::npos;)
        text.replace(at, token.size(), redacted);
}

// The beginning of what a server wrote, on one line.
inline std::string excerpt(std::string_view body, std::size_t most)
{
    std::string out;
    for (const char ch : body.substr(0, most)) {
        const bool space = static_cast<unsigned char>(ch) <= ' ' || ch == 0x7f;
        if (!space)
            out += ch;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    return body.size() > most ? out + "..." : out;
}

inline const char* advice(unsigned status) noexcept
{
    switch (status) {
    case 401:
        return "; check the token (OPENINT_API_KEY)";
    case 403:
        return "; check that a token is set (OPENINT_API_KEY) and that it may do this";
    case 404:
        return "; check the id, and that the token may see it";
    case 429:
        return "; slow down, or allow for longer pauses (retry.max_retry_after)";
    default:
        return "";
    }
}

inline headers copy_fields(const exchange& received)
{
    headers fields;
    for (std::size_t i = 0; i != received.field_count(); ++i)
        fields.add(std::string(received.field_name(i)), std::string(received.field_value(i)));
    return fields;
}

inline void write_info(const call& c)
{
    if (!c.options->info)
        return;
    response_info& info = *c.options->info;
    info.status = c.status();
    info.headers = info.status != 0 ? copy_fields(c.received()) : headers();
    info.attempts = c.written;
    info.timings = c.timings;
    info.timings.total = std::chrono::steady_clock::now() - c.started;
}

inline void describe_answer(const call& c, error_data& data)
{
    const exchange& received = c.received();
    data.status = received.status();
    data.code = {static_cast<int>(data.status), http_status_category()};
    data.headers = copy_fields(received);
    data.body = received.body();
    data.what += http_status_category().message(static_cast<int>(data.status));

    // Struck out before anything is cut short, which would leave a part of it.
    const auto strike = [&](std::string& text) { strike_out(text, c.options->token.reveal()); };
    auto parsed = json::try_read<error_answer>(data.body);
    if (parsed.has_value()) {
        data.message = std::move(parsed->message);
        data.server_code = std::move(parsed->code);
        data.issues = std::move(parsed->issues);
        strike(data.message);
    } else { // plain text, or a gateway's HTML
        data.message = data.body;
        strike(data.message);
        data.message = excerpt(data.message, 200);
    }
    strike(data.server_code);
    if (!data.message.empty())
        data.what += ": " + excerpt(data.message, 1000);
    if (!data.server_code.empty())
        data.what += " [" + excerpt(data.server_code, 100) + "]";
    for (issue& i : data.issues) {
        strike(i.message);
        if (data.what.size() < 2000)
            data.what += "; " + excerpt(i.message, 200);
    }
    if (data.status / 100 == 3) {
        std::string location(received.field("Location"));
        strike(location);
        data.what += "; not followed to \"" + excerpt(location, 200) + "\"";
    }
    data.what += advice(data.status);
}

[[noreturn]] inline void throw_failure(const call& c)
{
    error_data data;
    data.attempts = c.written;
    data.what = std::string(c.name()) + " " + c.request.target + ": ";
    if (c.failed) {
        data.code = c.failed.code;
        data.cause = c.failed.cause;
        data.message = c.failed.detail;
        if (c.status() != 0) { // an answer that is not what it should be
            data.status = c.status();
            data.headers = copy_fields(c.received());
        }
        data.what += data.message;
    } else
        describe_answer(c, data);
    if (data.attempts > 1)
        data.what += " (after " + std::to_string(data.attempts) + " attempts)";
    if (c.uncertain)
        data.what += "; the request may have taken effect";
    strike_out(data.what, c.options->token.reveal());
    log_call(c, {.level = log_level::error,
                 .kind = log_kind::response,
                 .message = data.message,
                 .elapsed = std::chrono::steady_clock::now() - c.started,
                 .error = data.code});
    error(std::move(data)).raise();
}

// What an error of the exchange means.
inline void fail_reading(call& c, const boost::system::error_code& ec)
{
    using http_error = boost::beast::http::error;
    if (ec == http_error::body_limit || ec == http_error::header_limit) {
        c.end = attempt_end::too_large;
        c.failed = {.code = errc::response_too_large,
                    .cause = ec,
                    .detail = ec == http_error::header_limit
                                  ? "the answer's head is larger than limits.max_header"
                                  : "the answer's body is larger than limits.max_body"};
    } else if (ec == http_error::end_of_stream || ec == http_error::partial_message) {
        c.end = attempt_end::connection;
        c.failed = {.code = errc::connection_lost,
                    .cause = ec,
                    .detail = ec == http_error::end_of_stream
                                  ? "the server closed the connection without an answer"
                                  : "the server closed the connection inside the answer"};
    } else {
        const std::string_view problem = c.received().problem();
        c.end = attempt_end::malformed;
        c.failed = {.code = errc::malformed_response,
                    .cause = ec,
                    .detail = problem.empty() ? "the answer is not valid HTTP: " + ec.message()
                                              : std::string(problem)};
    }
}

inline void fail_stopped(call& c, failure why)
{
    c.end = why.code == errc::timeout ? attempt_end::timeout : attempt_end::cancelled;
    c.failed = std::move(why);
}

inline void fail_cancelled(call& c, const char* doing)
{
    fail_stopped(c, stopped_failure(stop_reason::cancelled, doing));
}

inline void fail_io(call& c, const boost::system::error_code& ec, const char* doing)
{
    if (c.connection->stopped() != stop_reason::none)
        return fail_stopped(c, stopped_failure(c.connection->stopped(), doing));
    c.end = attempt_end::connection;
    // With TLS 1.3, a server that refuses the client's certificate says so only here.
    const bool tls = ec.category() == boost::asio::error::get_ssl_category();
    c.failed = {.code = tls ? errc::tls : errc::connection_lost,
                .cause = ec,
                .detail =
                    std::string("the connection was lost while ") + doing + ": " + ec.message()};
}

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

// Of a failed `open`.
inline attempt_end end_of_opening(const failure& f) noexcept
{
    if (f.code == errc::timeout)
        return attempt_end::timeout;
    if (f.code == errc::closed || f.code == boost::asio::error::operation_aborted)
        return attempt_end::cancelled;
    if (f.refused)
        return attempt_end::refused;
    return f.certificate ? attempt_end::certificate : attempt_end::connection;
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
            auto waiting = wait(p, turn.who(), deadline);
            const stop_reason reason = co_await std::move(waiting);
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
        c.failed = co_await std::move(opening);
        c.timings.connecting = std::chrono::steady_clock::now() - connecting;
        log_call(c, {.level = log_level::debug,
                     .kind = log_kind::connect,
                     .message = c.failed.detail,
                     .elapsed = c.timings.connecting,
                     .error = c.failed.code});
        if (c.failed) {
            c.end = end_of_opening(c.failed);
            co_return;
        }
    }

    if (c.caller.cancelled())
        co_return fail_cancelled(c, "sending the request");
    p.deadlines().set(link, deadline);
    link.answer->start(c.request.method == verb::head);
    render_request(c);

    std::tuple<boost::system::error_code, std::size_t> outcome;
    for (std::size_t sent = 0; sent != link.output.size();) {
        auto operation = link.async_write_some(boost::asio::buffer(link.output) + sent, as_outcome);
        outcome = co_await std::move(operation);
        boost::system::error_code ec = std::get<0>(outcome);
        sent += std::get<1>(outcome);
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
    const time_point sent_at = std::chrono::steady_clock::now();
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

inline boost::asio::awaitable<stop_reason> pause(std::chrono::milliseconds delay)
{
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, delay);
    auto operation = timer.async_wait(boost::asio::as_tuple(boost::asio::deferred));
    const auto outcome = co_await std::move(operation);
    co_return std::get<0>(outcome) ? stop_reason::cancelled : stop_reason::none;
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

// The call has ended: throws unless it has succeeded.
inline void finish(const call& c)
{
    write_info(c);
    if (c.failed || c.received().status() / 100 != 2)
        throw_failure(c);
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
    : state_(std::make_unique<state>(std::move(connections), std::move(options), std::move(r)))
{}
OPENINT_DECL answer::answer(answer&&) noexcept = default;
OPENINT_DECL answer& answer::operator=(answer&&) noexcept = default;
OPENINT_DECL answer::~answer() = default;

OPENINT_DECL std::string_view answer::body() const noexcept { return state_->received().body(); }

OPENINT_DECL void answer::refuse(const std::string& problem) const
{
    state_->failed = {.code = errc::malformed_response,
                      .detail = "the answer cannot be read: " + problem};
    detail::throw_failure(*state_);
}

// The same call, in a coroutine on the client's context.
class answer::abroad final : public errand
{
public:
    explicit abroad(answer&& a) noexcept
        : call(std::move(a))
    {
        call.state_->relayed = true;
    }

    boost::asio::awaitable<void> run() override { return call.receive(); }
    void leave() noexcept override { call.state_->connection.reset(); }

    answer call;
};

inline boost::asio::awaitable<void> answer::receive_abroad()
{
    const auto work = std::make_shared<abroad>(std::move(*this));
    auto relaying = relay::run(*work->call.state_->connections, work);
    const bool ended = co_await std::move(relaying);
    *this = std::move(work->call);
    if (!ended)
        detail::fail_stopped(*state_, stopped_failure(stop_reason::closed, ""));
}

OPENINT_DECL boost::asio::awaitable<void> answer::receive()
{
    state& c = *state_;
    if (!c.relayed) {
        c.started = std::chrono::steady_clock::now();
        if (!detail::may_begin(c))
            co_return detail::finish(c);
        if (!c.connections->runs_on(co_await boost::asio::this_coro::executor)) {
            auto receiving = receive_abroad();
            co_await std::move(receiving);
            co_return detail::finish(c);
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
                    auto pausing = detail::pause(next.delay);
                    reason = co_await std::move(pausing);
                }
                if (reason != stop_reason::none || c.caller.cancelled()) {
                    detail::fail_cancelled(c, "waiting to try again");
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
        detail::fail_cancelled(c, "working");
    }
    if (!c.relayed)
        detail::finish(c);
    else if (c.connection) {
        c.detached = c.connection->take_answer();
        c.connection.reset();
    }
}

} // namespace openint::http

#endif
