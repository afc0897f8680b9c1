// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_IMPL_RESPONSE_IPP
#define OPENINT_TESTING_IMPL_RESPONSE_IPP

// Each function writes down one part of a script; the session carries it out.

#include <openint/testing/response.hpp>

#include <openint/testing/detail/http/compress.hpp>
#include <openint/testing/detail/http/head.hpp>

#include <utility>

namespace openint::testing {

OPENINT_DECL response& response::status(int code, std::string_view reason)
{
    script_.status = code;
    script_.reason = reason;
    return *this;
}

OPENINT_DECL response& response::header(std::string_view name, std::string_view value)
{
    script_.headers.push_back({std::string(name), std::string(value)});
    return *this;
}

OPENINT_DECL response& response::without(std::string_view name)
{
    script_.removed_headers.emplace_back(name);
    return *this;
}

OPENINT_DECL response& response::body(std::string_view text)
{
    script_.body = std::string(text);
    return *this;
}

OPENINT_DECL response& response::informational(int code, const std::vector<header_line>& headers)
{
    detail::append_head(script_.before, code, {}, headers);
    return *this;
}

OPENINT_DECL response& response::gzip()
{
    script_.coding = detail::coding::gzip;
    return *this;
}

OPENINT_DECL response& response::deflate()
{
    script_.coding = detail::coding::deflate;
    return *this;
}

OPENINT_DECL response& response::raw_deflate()
{
    script_.coding = detail::coding::raw_deflate;
    return *this;
}

OPENINT_DECL response& response::chunked(std::vector<std::size_t> sizes, std::string_view extension)
{
    script_.framing = detail::framing::chunked;
    script_.chunk_sizes = std::move(sizes);
    script_.chunk_extension = extension;
    return *this;
}

OPENINT_DECL response& response::trailer(std::string_view name, std::string_view value)
{
    script_.framing = detail::framing::chunked;
    script_.trailers.push_back({std::string(name), std::string(value)});
    return *this;
}

OPENINT_DECL response& response::to_end_of_stream()
{
    script_.framing = detail::framing::to_end;
    return close_after(whole_answer);
}

OPENINT_DECL response& response::connection_close()
{
    header("Connection", "close");
    return close_after(whole_answer);
}

OPENINT_DECL response& response::followed_by(std::string_view bytes)
{
    script_.after += bytes;
    return *this;
}

OPENINT_DECL response& response::copies(std::size_t n)
{
    script_.copies = n;
    return *this;
}

OPENINT_DECL response& response::delay(std::chrono::milliseconds d)
{
    script_.delay = d;
    return *this;
}

OPENINT_DECL response& response::hold()
{
    script_.held = true;
    return *this;
}

OPENINT_DECL response& response::drip(std::size_t bytes, std::chrono::milliseconds interval)
{
    script_.drip_bytes = bytes;
    script_.drip_interval = interval;
    return *this;
}

OPENINT_DECL response& response::pause_after(place where, std::chrono::milliseconds d)
{
    script_.pause_place = where;
    script_.pause = d;
    return *this;
}

OPENINT_DECL response& response::stall_after(place where)
{
    script_.ending = detail::ending::stall;
    script_.end_place = where;
    return *this;
}

OPENINT_DECL response& response::close_after(place where)
{
    script_.ending = detail::ending::close;
    script_.end_place = where;
    return *this;
}

OPENINT_DECL response& response::without_close_notify()
{
    script_.close_notify = false;
    return *this;
}

OPENINT_DECL response& response::reset_after(place where)
{
    script_.ending = detail::ending::reset;
    script_.end_place = where;
    return *this;
}

OPENINT_DECL response& response::early(std::size_t bytes_of_the_request)
{
    script_.early = bytes_of_the_request;
    return *this;
}

OPENINT_DECL response& response::endless(std::string_view piece)
{
    script_.ending = detail::ending::endless;
    script_.end_place = whole_answer;
    script_.endless_piece = piece;
    return *this;
}

OPENINT_DECL response answer() { return {}; }
OPENINT_DECL response respond(int status) { return response().status(status); }
OPENINT_DECL response respond(int status, std::string_view body)
{
    return response().status(status).body(body);
}

OPENINT_DECL response raw(std::string_view bytes)
{
    response r;
    r.script().raw = std::string(bytes);
    return r;
}

OPENINT_DECL response stall_after(place where) { return response().stall_after(where); }
OPENINT_DECL response close_after(place where) { return response().close_after(where); }
OPENINT_DECL response reset_after(place where) { return response().reset_after(where); }
OPENINT_DECL response close_before_request() { return response().close_after(in_request(0)); }
OPENINT_DECL response reset_before_request() { return response().reset_after(in_request(0)); }
OPENINT_DECL response close_before_answer() { return response().close_after(0); }
OPENINT_DECL response reset_before_answer() { return response().reset_after(0); }
OPENINT_DECL response close_after_answer() { return response().close_after(whole_answer); }
OPENINT_DECL response reset_after_answer() { return response().reset_after(whole_answer); }
OPENINT_DECL response stall() { return response().stall_after(0); }

OPENINT_DECL std::string gzip(std::string_view text)
{
    return detail::compress(text, detail::coding::gzip);
}
OPENINT_DECL std::string deflate(std::string_view text)
{
    return detail::compress(text, detail::coding::deflate);
}
OPENINT_DECL std::string raw_deflate(std::string_view text)
{
    return detail::compress(text, detail::coding::raw_deflate);
}

} // namespace openint::testing

#endif
