// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_RESPONSE_HPP
#define OPENINT_TESTING_RESPONSE_HPP

#include <openint/detail/config.hpp>
#include <openint/testing/detail/http/response_script.hpp>
#include <openint/testing/place.hpp>
#include <openint/testing/request.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace openint::testing {

/// What the server does with one request: which answer, and how it is delivered. Begin with one of
/// the functions below the class, and add to it:
///
///     server.next(respond(503).header("Retry-After", "1"));
///     server.next(answer().gzip().drip(7, 1ms).close_after(in_body(40)));
///
/// What is not said is the server's own answer, delivered at once, on a connection that stays open.
/// Every member function returns the object. A value without connection to any server.
class response
{
public:
    // The message

    /// The status, and its text (the usual one when empty). With a status of its own, a response
    /// has nothing of the server's own answer: the body is then `body()`, or for an error status
    /// the JSON that the real server sends with it.
    OPENINT_DECL response& status(int code, std::string_view reason = {});

    /// Adds a header; one that the server would send by itself under this name is left out.
    OPENINT_DECL response& header(std::string_view name, std::string_view value);

    /// Leaves out a header that the server would send by itself.
    OPENINT_DECL response& without(std::string_view name);

    /// The body. The content type is application/json unless `header()` says otherwise.
    OPENINT_DECL response& body(std::string_view text);

    /// An informational head (1xx) before the answer; may be given more than once.
    OPENINT_DECL response& informational(int code, const std::vector<header_line>& headers = {});

    /// Compresses the body and says so; `raw_deflate` (RFC 1951 without the zlib header) is what
    /// some servers call deflate.
    OPENINT_DECL response& gzip();
    /// The same with deflate (RFC 1950).
    OPENINT_DECL response& deflate();
    /// The same with deflate as RFC 1951 has it.
    OPENINT_DECL response& raw_deflate();

    /// Sends the body in chunks of these sizes; the last size is used for what remains, no size
    /// at all makes one chunk. `extension` (";name=value") follows every size.
    OPENINT_DECL response& chunked(std::vector<std::size_t> sizes = {},
                                   std::string_view extension = {});

    /// A trailer field after the last chunk.
    OPENINT_DECL response& trailer(std::string_view name, std::string_view value);

    /// No length: the body ends when the server closes the connection.
    OPENINT_DECL response& to_end_of_stream();

    /// Says "Connection: close" and closes after the answer.
    OPENINT_DECL response& connection_close();

    /// Bytes that follow the answer at once, in the same write: rubbish, or a second answer.
    OPENINT_DECL response& followed_by(std::string_view bytes);

    /// The whole answer this many times, at once.
    OPENINT_DECL response& copies(std::size_t n);

    // The delivery

    /// Waits this long before the first byte. A client that hangs up meanwhile is noticed.
    OPENINT_DECL response& delay(std::chrono::milliseconds d);

    /// Waits until `mock_server::release()` before the first byte.
    OPENINT_DECL response& hold();

    /// Sends this many bytes at a time, with this pause between.
    OPENINT_DECL response& drip(std::size_t bytes, std::chrono::milliseconds interval);

    /// Pauses once, at this place.
    OPENINT_DECL response& pause_after(place where, std::chrono::milliseconds d);

    /// Sends what comes before this place, then nothing more, and leaves the connection open until
    /// the client closes it or the server stops. Within the request: reads no more, either
    /// (the end of a client whose bytes are stuck on the way is then seen only if it is a reset).
    OPENINT_DECL response& stall_after(place where);

    /// Sends what comes before this place, then closes the connection in good order (FIN; over
    /// TLS a close_notify first).
    OPENINT_DECL response& close_after(place where);

    /// Over TLS: closes without close_notify.
    OPENINT_DECL response& without_close_notify();

    /// Sends what comes before this place, then resets the connection (RST).
    OPENINT_DECL response& reset_after(place where);

    /// Answers as soon as this many bytes of the request have arrived, or all of it, and reads no
    /// more of it, unless it is to `stall_after` the answer. The connection serves no other
    /// request. As with `in_request`, the request is not recorded.
    OPENINT_DECL response& early(std::size_t bytes_of_the_request);

    /// Sends this piece again and again after the answer, until the client closes.
    OPENINT_DECL response& endless(std::string_view piece);

    /// \cond
    // For the server.
    const detail::response_script& script() const noexcept { return script_; }
    detail::response_script& script() noexcept { return script_; }
    /// \endcond

private:
    detail::response_script script_;
};

/// The answer that the server would give by itself; for additions, as in `answer().delay(1s)`.
OPENINT_DECL response answer();

/// An answer with this status.
OPENINT_DECL response respond(int status);

/// An answer with this status and body.
OPENINT_DECL response respond(int status, std::string_view body);

/// These bytes and nothing else instead of an answer; the connection stays open.
OPENINT_DECL response raw(std::string_view bytes);

/// The server's own answer, which stops at this place: as the member function of this name.
OPENINT_DECL response stall_after(place where);
/// The server's own answer, cut off at this place: as the member function of this name.
OPENINT_DECL response close_after(place where);
/// The server's own answer, cut off at this place: as the member function of this name.
OPENINT_DECL response reset_after(place where);
/// Closes instead of reading the request.
OPENINT_DECL response close_before_request();
/// Resets instead of reading the request.
OPENINT_DECL response reset_before_request();
/// Reads the request, then closes without an answer.
OPENINT_DECL response close_before_answer();
/// Reads the request, then resets without an answer.
OPENINT_DECL response reset_before_answer();
/// Answers as usual, then closes without having said so.
OPENINT_DECL response close_after_answer();
/// Answers as usual, then resets.
OPENINT_DECL response reset_after_answer();

/// No answer at all, and the connection stays open.
OPENINT_DECL response stall();

/// `text` compressed by gzip (RFC 1952), for bodies made by hand.
OPENINT_DECL std::string gzip(std::string_view text);
/// The same by deflate (RFC 1950).
OPENINT_DECL std::string deflate(std::string_view text);
/// The same by deflate without the zlib header (RFC 1951).
OPENINT_DECL std::string raw_deflate(std::string_view text);

/// Makes the response for a request; runs on the server's thread. An exception that leaves it
/// is answered with status 500 and its `what()`.
using handler = std::function<response(const request&)>;

/// Selects requests; runs on the server's thread.
using predicate = std::function<bool(const request&)>;

} // namespace openint::testing

#ifdef OPENINT_HEADER_ONLY
#include <openint/testing/impl/response.ipp>
#endif

#endif
