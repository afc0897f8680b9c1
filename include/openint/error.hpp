// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_ERROR_HPP
#define OPENINT_ERROR_HPP

#include <openint/detail/config.hpp>
#include <openint/headers.hpp>

#include <boost/config.hpp>
#include <boost/describe/class.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>

#include <chrono>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace openint {

/// What can go wrong on the client's side. `error::code()` holds one of these, the HTTP status of
/// an error answer (see `condition`), or `boost::asio::error::operation_aborted` for a cancelled
/// call.
enum class errc
{
    invalid_argument = 1, ///< Refused before any I/O: the message names the argument and the rule.
    no_credentials,       ///< The connection holds no access token, or secrets were not asked for.
    resolve,              ///< The host's name could not be looked up; `cause()` has the reason.
    connect,              ///< No address of the host could be connected to.
    proxy,                ///< The proxy refused, or did not speak HTTP.
    tls,                  ///< Handshake, certificate or host name check failed.
    connection_lost,      ///< The connection ended before the answer did.
    timeout,              ///< `timeout`, `connect_timeout` or `total_timeout` ran out.
    malformed_response,   ///< Not HTTP, not JSON, or JSON of another shape: the message says where.
    response_too_large,   ///< Beyond `limits`: as bytes, decompressed or not, or in memory.
    settings_mismatch,    ///< Settings or configuration of another connector, or of another shape.
    pagination_stuck, ///< A list did not move on: the server repeats itself or ignores `offset`.
    closed            ///< The client's execution context has been shut down.
};

/// Groups of failures, to compare with: `e.code() == openint::condition::not_found`.
enum class condition
{
    client_error = 1,  ///< Any 4xx.
    server_error,      ///< Any 5xx.
    bad_request,       ///< 400
    unauthorized,      ///< 401: the token is wrong or expired.
    permission_denied, ///< 403: the token is missing, or may not do this.
    not_found,         ///< 404
    conflict,          ///< 409
    unprocessable,     ///< 422
    rate_limited       ///< 429
};

/// The category of `errc`.
OPENINT_DECL const boost::system::error_category& error_category() noexcept;
/// The category whose values are HTTP status codes.
OPENINT_DECL const boost::system::error_category& http_status_category() noexcept;
/// The category of `condition`.
OPENINT_DECL const boost::system::error_category& condition_category() noexcept;

/// Makes `errc` usable as an error code.
inline boost::system::error_code make_error_code(errc e) noexcept
{
    return {static_cast<int>(e), error_category()};
}

/// Makes `condition` something to compare an error code with.
inline boost::system::error_condition make_error_condition(condition c) noexcept
{
    return {static_cast<int>(c), condition_category()};
}

/// Prints what the code means.
OPENINT_DECL std::ostream& operator<<(std::ostream& out, errc e);
/// Prints what the condition means.
OPENINT_DECL std::ostream& operator<<(std::ostream& out, condition c);

/// One entry of `issues` in an error answer: what exactly the server refused. Or one of
/// `output_issues` in a 500: what of its own data it could not send.
struct issue
{
    std::string message;             ///< What is wrong, for people.
    std::optional<std::string> code; ///< The kind of problem, such as `invalid_type`.
    boost::json::value path;         ///< Where, an array of names and indexes.
    boost::json::object extra;       ///< Members that this version does not know.
};
BOOST_DESCRIBE_STRUCT(issue, (), (message, code, path, extra))

/// Everything known about a failure. Filled by the library, once.
struct error_data
{
    boost::system::error_code code = {};  ///< What `error::code()` gives.
    boost::system::error_code cause = {}; ///< What `error::cause()` gives.
    std::string what = {}; ///< For people: what was asked, what came, what to do. Never a secret.
    unsigned status = 0;   ///< 0 without an answer.
    std::string server_code = {};   ///< `code` of an error answer.
    std::string message = {};       ///< The server's, or the library's own.
    std::vector<issue> issues = {}; ///< What exactly the server refused.
    openint::headers headers = {};  ///< Of the answer.
    std::string body = {};          ///< Of the answer, decompressed.
    int attempts = 0;               ///< Requests written.
};

/// A failed call. All data sits in one shared, immutable block: copies never throw, slicing loses
/// nothing, and a move is a copy. Thread safe to share.
class BOOST_SYMBOL_VISIBLE error : public boost::system::system_error
{
public:
    /// An error of these parts.
    OPENINT_DECL explicit error(error_data data);
    /// An error with nothing but a code and a text.
    OPENINT_DECL error(boost::system::error_code code, const std::string& what);

    /// The same failure; also what a move does.
    error(const error&) noexcept = default;
    /// The same.
    error& operator=(const error&) noexcept = default;

    /// What was asked, what came, what to do; never a secret.
    OPENINT_DECL const char* what() const noexcept override;
    /// The system's own reason (of the socket, resolver, TLS or JSON layer), if there is one.
    const boost::system::error_code& cause() const noexcept { return data_->cause; }
    /// The HTTP status; 0 without an answer.
    unsigned status() const noexcept { return data_->status; }
    /// `code` of an error answer, such as `NOT_FOUND`, or what stands for it in another shape; may
    /// be one that the description does not list.
    const std::string& server_code() const noexcept { return data_->server_code; }
    /// The server's `message`, or what stands for it in another shape; the library's own
    /// description where the answer could not be read, or there was none. UTF-8 on one line, as are
    /// `server_code()` and the messages of `issues()`.
    const std::string& message() const noexcept { return data_->message; }
    /// What exactly the server refused; empty where it did not say.
    const std::vector<issue>& issues() const noexcept { return data_->issues; }
    /// The answer's header fields; empty without an answer.
    const openint::headers& headers() const noexcept { return data_->headers; }
    /// The answer's body as it came (decompressed), as far as it came. May quote what was sent, or
    /// hold credentials: do not log it.
    const std::string& body() const noexcept { return data_->body; }
    /// How long the server asked to wait before another request: nothing if it did not, or if there
    /// was no answer. In the past, a date means 0. There is no upper limit.
    ///
    /// Source: the answer's `retry-after-ms`, else `Retry-After` (RFC 9110, 10.2.3) in seconds or
    /// as a date, which is compared with the answer's own `Date`, or with this machine's clock
    /// where there is none.
    OPENINT_DECL std::optional<std::chrono::milliseconds> retry_after() const;
    /// How many requests were written, retries included; 0 if none was.
    int attempts() const noexcept { return data_->attempts; }

    /// Throws a copy: `api_error` where there was an error answer, else `error`.
    [[noreturn]] OPENINT_DECL void raise() const;

private:
    std::shared_ptr<const error_data> data_;
};

/// Thrown for an HTTP error status. Adds only its type to `error`.
class BOOST_SYMBOL_VISIBLE api_error : public error
{
public:
    /// The same failure under this type.
    explicit api_error(const error& e)
        : error(e)
    {}
};

} // namespace openint

template <>
struct boost::system::is_error_code_enum<openint::errc> : std::true_type
{};
template <>
struct boost::system::is_error_condition_enum<openint::condition> : std::true_type
{};

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/error.ipp>
#endif

#endif
