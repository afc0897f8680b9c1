// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_BEAST_PARSER_IPP
#define OPENINT_HTTP_IMPL_BEAST_PARSER_IPP

// How the response_parser hears what Beast's parser finds.

#include <openint/http/response_parser.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/none.hpp>

#include <cstddef>
#include <cstdint>

namespace openint::http {

// Boost.Beast's parser, with its events sent to the response_parser: no container of fields in
// between.
class response_parser::parser final : public boost::beast::http::basic_parser<false>
{
public:
    parser(response_parser& owner, bool head_request)
        : owner_(owner)
    {
        skip(head_request);
        header_limit(static_cast<std::uint32_t>(owner.limits_.header));
        body_limit(boost::none); // counted by the response_parser, after decompression
    }

    bool interim() const noexcept { return status_ >= 100 && status_ < 200; }
    bool body_seen() const noexcept { return body_seen_; }
    // Whether the last `step` was a part of the body, rather than what frames it.
    bool gave_body() const noexcept { return gave_body_; }
    // Not with HTTP/1.0, where chunks and connections kept alive mean different things to different
    // servers (RFC 9112, 6.1 and C.2.2).
    bool persistent() const { return persistent_ && keep_alive(); }

    std::size_t step(boost::asio::const_buffer bytes, boost::system::error_code& ec)
    {
        gave_body_ = false;
        return put(bytes, ec);
    }

private:
    using error_code = boost::system::error_code;
    using string_view = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, string_view, string_view, int,
                         error_code&) override
    {}

    void on_response_impl(int code, string_view, int version, error_code& ec) override
    {
        status_ = static_cast<unsigned>(code);
        owner_.status_ = status_;
        persistent_ = version >= 11;
        if (code < 100 || code == 101) // nobody asked for another protocol
            ec = boost::beast::http::error::bad_status;
        else
            ec = {};
    }

    void on_field_impl(boost::beast::http::field known, string_view name, string_view value,
                       error_code& ec) override
    {
        // Trailers come after the body: they cannot change how it is read, and nobody asked for
        // them.
        ec = body_seen_
                 ? error_code()
                 : owner_.on_field(known, {name.data(), name.size()}, {value.data(), value.size()});
    }

    void on_header_impl(error_code& ec) override
    {
        owner_.has_head_ = !interim();
        ec = {};
    }

    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code& ec) override
    {
        ec = {};
        body_seen_ = true;
        if (!length)
            return;
        if (!owner_.encoded_ && *length > owner_.limits_.body)
            ec = boost::beast::http::error::body_limit;
        owner_.length_ = *length;
    }

    std::size_t on_body_impl(string_view data, error_code& ec) override
    {
        gave_body_ = true;
        ec = owner_.on_body({data.data(), data.size()});
        return data.size();
    }

    void on_chunk_header_impl(std::uint64_t, string_view, error_code& ec) override { ec = {}; }

    std::size_t on_chunk_body_impl(std::uint64_t, string_view data, error_code& ec) override
    {
        gave_body_ = true;
        ec = owner_.on_body({data.data(), data.size()});
        return data.size();
    }

    void on_finish_impl(error_code& ec) override { ec = {}; }

    response_parser& owner_;
    unsigned status_ = 0;
    bool body_seen_ = false;
    bool gave_body_ = false;
    bool persistent_ = false;
};

} // namespace openint::http

#endif
