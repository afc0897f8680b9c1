// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_RESPONSE_PARSER_HPP
#define OPENINT_HTTP_RESPONSE_PARSER_HPP

#include <openint/detail/config.hpp>
#include <openint/http/content_decoder.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace openint::http {

/// Reads one answer after the other from the bytes of a connection, without doing any I/O.
///
/// All storage is kept from one answer to the next. Interim (1xx) answers are skipped, 101 is
/// refused; the body may be delimited by Content-Length, by chunks, or by the end of the stream,
/// and encoded by gzip or deflate. Limits hold before memory is spent. Not thread safe.
///
/// Source: RFC 9112 (messages), RFC 9110 (semantics). Beyond them, a status line may end right
/// after the code, without the space, as curl and Node read it. Versions from HTTP/1.2 on are
/// refused, as by both: nobody speaks them, so such a line is damage.
class response_parser
{
public:
    struct limits
    {
        std::size_t header = 64u << 10; ///< Bytes of all heads, interim answers included.
        std::size_t body = 64u << 20;   ///< Bytes after decompression.
    };

    OPENINT_DECL explicit response_parser(limits l);
    response_parser(const response_parser&) = delete;
    response_parser& operator=(const response_parser&) = delete;
    OPENINT_DECL ~response_parser();

    /// Begins a new answer; wipes what is left of the one before. `head_request`: no body will
    /// come.
    OPENINT_DECL void start(bool head_request);

    /// Begins the answer to CONNECT: it ends with its head, whatever its fields say of a body
    /// (RFC 9110, 9.3.6).
    OPENINT_DECL void start_tunnel();

    /// Where the next bytes are to be read to; valid until `commit`.
    OPENINT_DECL boost::asio::mutable_buffer prepare();

    /// Takes the first `size` bytes of `prepare()`. Errors are those of Boost.Beast's
    /// `http::error`.
    OPENINT_DECL boost::system::error_code commit(std::size_t size);

    /// The peer has ended the stream: the end of a body that nothing else delimits, else
    /// `http::error::partial_message` or `http::error::end_of_stream`.
    OPENINT_DECL boost::system::error_code end_of_stream();

    /// What is wrong with the answer, where its error code does not say it all; else empty.
    std::string_view problem() const noexcept { return problem_; }

    bool done() const noexcept { return done_; }
    /// Whether the head has come whole: status and fields are known, whatever becomes of the body.
    bool has_head() const noexcept { return has_head_; }
    /// Whether any byte came since `start`.
    bool started() const noexcept { return started_; }
    /// Whether nothing came after the answer.
    bool drained() const noexcept { return done_ && input_begin_ == input_end_; }
    /// Whether the connection can carry another request: keep-alive, and nothing left over.
    OPENINT_DECL bool reusable() const noexcept;

    /// Valid with the head, as are the fields.
    unsigned status() const noexcept { return status_; }
    /// The decoded body, as far as it has come. Valid until `start`.
    std::string_view body() const noexcept { return whole_body_.data() ? whole_body_ : body_; }

    std::size_t field_count() const noexcept { return fields_.size(); }
    OPENINT_DECL std::string_view field_name(std::size_t i) const noexcept;
    OPENINT_DECL std::string_view field_value(std::size_t i) const noexcept;
    /// The value of the first field of this name; an empty view (data() == nullptr) without one.
    OPENINT_DECL std::string_view field(std::string_view name) const noexcept;

    /// Bytes that its buffers take.
    std::size_t memory() const noexcept
    {
        return input_.capacity() + head_.capacity() + body_.capacity() +
               fields_.capacity() * sizeof(field_place);
    }

    /// Overwrites everything that came, and gives back what a large answer made grow.
    OPENINT_DECL void wipe() noexcept;

private:
    class parser;
    struct field_place
    {
        std::uint32_t name, name_end, value_end;
    };

    boost::system::error_code parse();
    bool mend_status_line() noexcept;
    void hide_framing() noexcept;
    boost::system::error_code on_field(boost::beast::http::field known, std::string_view name,
                                       std::string_view value);
    void on_content_encoding(std::string_view value);
    boost::system::error_code on_body(std::string_view data);
    boost::system::error_code on_body_end();
    boost::system::error_code decoded(decode_status status);

    limits limits_;
    std::unique_ptr<parser> parser_;
    content_decoder decoder_;
    std::vector<char> input_;
    std::size_t input_begin_ = 0;
    std::size_t input_end_ = 0;
    std::size_t input_used_ = 0; // since the last wipe
    std::size_t head_size_ = 0;  // with interim answers
    std::size_t frame_size_ = 0; // of a chunk's header, or of the last one's and its trailers
    std::string head_;
    std::vector<field_place> fields_;
    std::string body_;
    std::string_view whole_body_; // in input_, if it came in one piece as it is
    std::uint64_t length_ = 0;    // of the body, as announced
    std::string_view problem_;    // static text
    unsigned status_ = 0;
    bool head_request_ = false;
    bool tunnel_ = false;
    bool at_status_line_ = false;
    bool started_ = false;
    bool waiting_ = false; // for more bytes of what the parser takes only whole
    bool has_head_ = false;
    bool done_ = false;
    bool encoded_ = false;
    bool unknown_coding_ = false;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/response_parser.ipp>
#endif

#endif
