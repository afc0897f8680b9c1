// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CALL_ERROR_IPP
#define OPENINT_TRANSPORT_IMPL_CALL_ERROR_IPP

// Notes what went wrong in an attempt, and makes the `error` that the caller gets of it.

#include <openint/transport/call_error.hpp>

#include <openint/error.hpp>
#include <openint/transport/error_answer.hpp>
#include <openint/transport/server_text.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace openint::transport {
namespace detail {

inline headers copy_fields(const http::response_parser& received)
{
    headers fields;
    for (std::size_t i = 0; i != received.field_count(); ++i)
        fields.add(std::string(received.field_name(i)), std::string(received.field_value(i)));
    return fields;
}

inline void write_info(const call_state& c)
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

} // namespace detail

[[noreturn]] OPENINT_DECL void throw_call_error(const call_state& c)
{
    const std::string_view token = c.options->token.reveal();
    error_data data;
    data.attempts = c.written;
    data.what = std::string(c.name()) + " " + c.request.target + ": ";
    if (c.status() != 0) {
        data.status = c.status();
        data.headers = detail::copy_fields(c.received());
        data.body = c.received().body();
    }
    if (c.failed) {
        data.code = c.failed.code;
        data.cause = c.failed.cause;
        data.message = presentable(c.failed.detail, token);
        data.what += data.message;
    } else {
        data.cause = c.unread.cause;
        describe_error_answer(data, token, c.unread.detail);
    }
    if (data.attempts > 1)
        data.what += " (after " + std::to_string(data.attempts) + " attempts)";
    if (c.uncertain)
        data.what += "; the request may have taken effect";
    strike_out(data.what, token);
    const std::string message = one_line(data.message, 1000);
    log_call(c, {.level = log_level::error,
                 .kind = log_kind::response,
                 .message = message,
                 .elapsed = std::chrono::steady_clock::now() - c.started,
                 .error = data.code});
    error(std::move(data)).raise();
}

OPENINT_DECL void note_malformed(call_state& c, const boost::system::error_code& ec)
{
    using http_error = boost::beast::http::error;
    const std::string_view problem = c.received().problem();
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
                    .detail = !problem.empty() ? std::string(problem)
                              : ec == http_error::end_of_stream
                                  ? "the server closed the connection without an answer"
                                  : "the server closed the connection inside the answer"};
    } else {
        c.end = attempt_end::malformed;
        c.failed = {.code = errc::malformed_response,
                    .cause = ec,
                    .detail = problem.empty() ? "the answer is not valid HTTP: " + ec.message()
                                              : std::string(problem)};
    }
}

OPENINT_DECL void note_stopped(call_state& c, failure why)
{
    c.end = why.code == errc::timeout ? attempt_end::timeout : attempt_end::cancelled;
    c.failed = std::move(why);
}

OPENINT_DECL void note_cancelled(call_state& c, const char* doing)
{
    note_stopped(c, stopped_failure(stop_reason::cancelled, doing));
}

OPENINT_DECL void note_io_failure(call_state& c, const boost::system::error_code& ec,
                                  const char* doing)
{
    if (c.connection->stopped() != stop_reason::none)
        return note_stopped(c, stopped_failure(c.connection->stopped(), doing));
    c.end = attempt_end::connection;
    const bool tls = ec.category() == boost::asio::error::get_ssl_category();
    c.failed = {.code = tls ? errc::tls : errc::connection_lost, .cause = ec};
    // With TLS 1.3, the server's verdict on the handshake comes only here.
    std::string refusal = c.reused ? std::string() : alert_problem(ec);
    if (refusal.empty()) {
        c.failed.detail =
            std::string("the connection was lost while ") + doing + ": " + ec.message();
        return;
    }
    c.end = attempt_end::refused;
    c.failed.detail = "the TLS connection failed: " + std::move(refusal);
    c.connections->sessions().forget();
    if (c.progress != attempt_progress::answering && c.connection->tls() &&
        SSL_version(c.connection->tls()->native_handle()) == TLS1_3_VERSION)
        c.progress = attempt_progress::nothing_sent; // nobody has read the request
}

OPENINT_DECL void note_open_failure(call_state& c, failure why)
{
    if (why.code == errc::timeout)
        c.end = attempt_end::timeout;
    else if (why.code == errc::closed || why.code == boost::asio::error::operation_aborted)
        c.end = attempt_end::cancelled;
    else if (why.refused)
        c.end = attempt_end::refused;
    else
        c.end = why.certificate ? attempt_end::certificate : attempt_end::connection;
    c.failed = std::move(why);
}

OPENINT_DECL void complete(const call_state& c)
{
    detail::write_info(c);
    if (c.failed || c.received().status() / 100 != 2)
        throw_call_error(c);
}

} // namespace openint::transport

#endif
