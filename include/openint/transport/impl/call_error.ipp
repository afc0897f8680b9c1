// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_CALL_ERROR_IPP
#define OPENINT_TRANSPORT_IMPL_CALL_ERROR_IPP

// Notes what went wrong in an attempt, and makes the `error` that the caller gets of it, with what
// the server said.

#include <openint/transport/call_error.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/error.hpp>
#include <openint/json.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/describe/class.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openint::transport {
namespace detail {

struct error_answer
{
    std::string message;
    std::string code;
    std::vector<issue> issues;
};
BOOST_DESCRIBE_STRUCT(error_answer, (), (message, code, issues))

// Puts `[redacted]` in place of the token, in one pass. A token of fewer than 8 characters is
// struck out only where it stands alone as a word: the text would be unreadable otherwise.
inline void strike_out(std::string& text, std::string_view token)
{
    if (token.empty())
        return;
    const auto in_word = [&](std::size_t at) {
        return at < text.size() && openint::detail::is_alnum(text[at]);
    };
    const bool anywhere = token.size() >= 8;
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = text.find(token, at)) != std::string::npos;) {
        const std::size_t end = at + token.size();
        if (!anywhere && ((at != 0 && in_word(at - 1)) || in_word(end))) {
            ++at;
            continue;
        }
        out.append(text, copied, at - copied).append(redacted);
        copied = at = end;
    }
    if (copied != 0)
        text = out.append(text, copied);
}

// The beginning of what a server wrote, on one line.
inline std::string excerpt(std::string_view body, std::size_t most)
{
    if (body.size() > most)
        while (most != 0 && (body[most] & 0xC0) == 0x80) // not inside a character
            --most;
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

inline void describe_answer(const call_state& c, error_data& data)
{
    const http::response_parser& received = c.received();
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
    } else {                                           // plain text, or a gateway's HTML
        data.message = data.body.substr(0, 64u << 10); // only its beginning is kept
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

} // namespace detail

[[noreturn]] OPENINT_DECL void throw_call_error(const call_state& c)
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
            data.headers = detail::copy_fields(c.received());
        }
        data.what += data.message;
    } else
        detail::describe_answer(c, data);
    if (data.attempts > 1)
        data.what += " (after " + std::to_string(data.attempts) + " attempts)";
    if (c.uncertain)
        data.what += "; the request may have taken effect";
    detail::strike_out(data.what, c.options->token.reveal());
    log_call(c, {.level = log_level::error,
                 .kind = log_kind::response,
                 .message = data.message,
                 .elapsed = std::chrono::steady_clock::now() - c.started,
                 .error = data.code});
    error(std::move(data)).raise();
}

OPENINT_DECL void note_malformed(call_state& c, const boost::system::error_code& ec)
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
