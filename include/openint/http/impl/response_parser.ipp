// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_RESPONSE_PARSER_IPP
#define OPENINT_HTTP_IMPL_RESPONSE_PARSER_IPP

// Bytes in, one response out. Beast parses the head and the chunks; the fields are kept as places
// in the text of the head, and a body goes through the decoder if it is packed.

#include <openint/http/response_parser.hpp>

#include <openint/detail/ascii.hpp>
#include <openint/detail/wipe.hpp>

#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/none.hpp>

#include <algorithm>
#include <cstring>

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

namespace detail {

// Enough for a typical answer in one read; what is larger goes through it piece by piece.
inline constexpr std::size_t input_size = 16u << 10;
// Kept from one answer to the next; what a larger answer needed is given back.
inline constexpr std::size_t kept_body_capacity = 64u << 10;
// Room before what has been read, for a space that is missing in the status line.
inline constexpr std::size_t headroom = 1;

} // namespace detail

OPENINT_DECL response_parser::response_parser(limits l)
    : limits_(l)
{}

OPENINT_DECL response_parser::~response_parser() { wipe(); }

OPENINT_DECL void response_parser::start(bool head_request)
{
    wipe();
    if (!parser_)
        parser_ = std::make_unique<parser>(*this, head_request);
    else {
        std::destroy_at(parser_.get());
        std::construct_at(parser_.get(), *this, head_request);
    }
    head_request_ = head_request;
    tunnel_ = false;
    at_status_line_ = true;
    started_ = waiting_ = encoded_ = unknown_coding_ = false;
    head_size_ = frame_size_ = 0;
    length_ = 0;
    status_ = 0;
    problem_ = {};
    decoder_.reset(coding::identity);
    if (input_.empty())
        input_.resize(detail::headroom + detail::input_size);
}

OPENINT_DECL void response_parser::start_tunnel()
{
    start(true);
    tunnel_ = true;
}

OPENINT_DECL boost::asio::mutable_buffer response_parser::prepare()
{
    if (input_begin_ != detail::headroom) {
        const std::size_t size = input_end_ - input_begin_;
        std::memmove(input_.data() + detail::headroom, input_.data() + input_begin_, size);
        input_begin_ = detail::headroom;
        input_end_ = input_begin_ + size;
    }
    if (input_end_ == input_.size()) { // a long head: `commit` refuses what exceeds the limit
        std::vector<char> larger(input_.size() * 2);
        std::copy(input_.begin(), input_.end(), larger.begin());
        openint::detail::wipe(input_.data(), input_.size());
        input_.swap(larger);
    }
    return {input_.data() + input_end_, input_.size() - input_end_};
}

OPENINT_DECL boost::system::error_code response_parser::commit(std::size_t size)
{
    started_ = started_ || size != 0;
    input_end_ += size;
    input_used_ = (std::max)(input_used_, input_end_);
    return parse();
}

// Puts a space into a status line that ends right after its code. False if the next byte decides.
inline bool response_parser::mend_status_line() noexcept
{
    constexpr std::string_view pattern = "HTTP/1.d ddd\r\n";
    constexpr std::size_t code_end = 12;
    char* const line = input_.data() + input_begin_;
    const std::size_t size = (std::min)(input_end_ - input_begin_, pattern.size());
    if (size <= code_end)
        return true;
    for (std::size_t i = 0; i != size; ++i)
        if (pattern[i] == 'd' ? !openint::detail::is_digit(line[i]) : line[i] != pattern[i])
            return true;
    if (size != pattern.size())
        return false;
    std::memmove(line - 1, line, code_end);
    line[code_end - 1] = ' ';
    --input_begin_;
    return true;
}

// Gives the fields that say how long a body is other names, in the lines that have come.
inline void response_parser::hide_framing() noexcept
{
    std::size_t at = input_begin_; // of a line
    while (at < input_end_) {
        char* const line = input_.data() + at;
        const std::string_view rest(line, input_end_ - at);
        for (const std::string_view name : {"content-length:", "transfer-encoding:"})
            if (boost::beast::iequals(rest.substr(0, name.size()), name))
                *line = 'x';
        const std::size_t end = rest.find("\r\n");
        if (end == 0 || end == std::string_view::npos)
            return;
        at += end + 2;
    }
}

inline boost::system::error_code response_parser::parse()
{
    while (input_begin_ != input_end_) {
        std::size_t size = input_end_ - input_begin_;
        // Older parsers (Boost 1.83) assert that they do not see the beginning of the last chunk
        // twice before the shortest one, "0" and two line ends, can be there.
        if (parser_->body_seen() && waiting_ && size < 5 && input_[input_begin_] == '0')
            return {};
        const bool in_head = !parser_->is_header_done();
        if (at_status_line_ && !mend_status_line())
            return {};
        if (in_head && tunnel_)
            hide_framing();
        boost::system::error_code ec;
        size = input_end_ - input_begin_;
        const std::size_t parsed =
            parser_->step(boost::asio::const_buffer(input_.data() + input_begin_, size), ec);
        input_begin_ += parsed;
        at_status_line_ = at_status_line_ && parsed == 0;
        if (in_head && (head_size_ += parsed) > limits_.header) {
            has_head_ = false;
            return boost::beast::http::error::header_limit;
        }
        frame_size_ = in_head || parser_->gave_body() ? 0 : frame_size_ + parsed;
        waiting_ = ec == boost::beast::http::error::need_more;
        if (waiting_) {
            // Heads, chunk extensions and trailers wait for their end in the buffer.
            if (input_end_ - input_begin_ + (in_head ? head_size_ : frame_size_) >= limits_.header)
                return boost::beast::http::error::header_limit;
            return {};
        }
        if (ec)
            return ec;
        if (frame_size_ > limits_.header)
            return boost::beast::http::error::header_limit;
        if (!parser_->is_done())
            continue;
        if (parser_->interim()) {
            std::destroy_at(parser_.get());
            std::construct_at(parser_.get(), *this, head_request_);
            at_status_line_ = true;
            continue; // head_size_ keeps growing, so that endless interim answers reach the limit
        }
        ec = on_body_end();
        done_ = !ec;
        return ec;
    }
    return {};
}

OPENINT_DECL boost::system::error_code response_parser::end_of_stream()
{
    if (!started_)
        return boost::beast::http::error::end_of_stream;
    if (!parser_->got_some()) // after an interim answer
        return boost::beast::http::error::partial_message;
    boost::system::error_code ec;
    parser_->put_eof(ec);
    if (!ec)
        ec = on_body_end();
    done_ = !ec;
    return ec;
}

OPENINT_DECL bool response_parser::reusable() const noexcept
{
    return drained() && parser_->persistent();
}

inline boost::system::error_code response_parser::on_field(boost::beast::http::field known,
                                                           std::string_view name,
                                                           std::string_view value)
{
    if (parser_->interim())
        return {};
    const auto place = static_cast<std::uint32_t>(head_.size());
    openint::detail::reserve_more(head_, name.size() + value.size());
    head_.append(name).append(value);
    fields_.push_back({place, place + static_cast<std::uint32_t>(name.size()),
                       static_cast<std::uint32_t>(head_.size())});
    if (tunnel_)
        return {};
    if (known == boost::beast::http::field::transfer_encoding &&
        !boost::beast::iequals({value.data(), value.size()}, "chunked"))
        return boost::beast::http::error::bad_transfer_encoding;
    if (known == boost::beast::http::field::content_encoding)
        on_content_encoding(value);
    return {};
}

// One coding at most. Another one matters only if there is a body.
inline void response_parser::on_content_encoding(std::string_view value)
{
    const auto named = coding_from(value);
    if (!named || (encoded_ && *named != coding::identity)) {
        unknown_coding_ = true;
    } else if (*named != coding::identity) {
        encoded_ = true;
        decoder_.reset(*named);
    }
}

inline boost::system::error_code response_parser::on_body(std::string_view data)
{
    if (unknown_coding_) {
        problem_ = "the answer's Content-Encoding is not supported";
        return boost::beast::http::error::bad_value;
    }
    if (!encoded_ && data.size() == length_) { // all of it: stays where it is
        whole_body_ = data;
        return {};
    }
    if (body_.empty()) // the length is the server's word: believe it only so far
        body_.reserve(
            static_cast<std::size_t>((std::min<std::uint64_t>)(length_, std::uint64_t{1} << 20)));
    return decoded(decoder_.put(data, body_, limits_.body));
}

inline boost::system::error_code response_parser::on_body_end()
{
    if (!encoded_ || unknown_coding_ || !parser_->body_seen())
        return {};
    return decoded(decoder_.finish(body_, limits_.body));
}

inline boost::system::error_code response_parser::decoded(decode_status status)
{
    switch (status) {
    case decode_status::ok:
        return {};
    case decode_status::truncated:
        problem_ = "the answer's compressed body ends too early";
        return boost::beast::http::error::partial_message;
    case decode_status::too_large:
        return boost::beast::http::error::body_limit;
    case decode_status::corrupt:
        break;
    }
    problem_ = "the answer's compressed body is corrupt";
    return boost::beast::http::error::bad_value;
}

OPENINT_DECL std::string_view response_parser::field_name(std::size_t i) const noexcept
{
    const field_place& f = fields_[i];
    return std::string_view(head_).substr(f.name, f.name_end - f.name);
}

OPENINT_DECL std::string_view response_parser::field_value(std::size_t i) const noexcept
{
    const field_place& f = fields_[i];
    return std::string_view(head_).substr(f.name_end, f.value_end - f.name_end);
}

OPENINT_DECL std::string_view response_parser::field(std::string_view name) const noexcept
{
    for (std::size_t i = 0; i != fields_.size(); ++i)
        if (boost::beast::iequals(field_name(i), name))
            return field_value(i);
    return {};
}

OPENINT_DECL void response_parser::wipe() noexcept
{
    openint::detail::wipe(input_.data(), input_used_);
    openint::detail::wipe(body_.data(), body_.size());
    openint::detail::wipe(head_.data(), head_.size());
    decoder_.wipe();
    input_begin_ = input_end_ = detail::headroom;
    input_used_ = 0;
    has_head_ = done_ = false;
    head_.clear();
    fields_.clear();
    body_.clear();
    whole_body_ = {};
    if (body_.capacity() > detail::kept_body_capacity)
        std::string().swap(body_); // an assignment would keep the memory
    if (input_.size() > detail::headroom + detail::input_size)
        std::vector<char>().swap(input_);
}

} // namespace openint::http

#endif
