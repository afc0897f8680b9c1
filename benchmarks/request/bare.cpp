// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contender.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <charconv>
#include <vector>

// The floor: a loop written by hand with Asio's callbacks that writes the same bytes again and
// again, and looks only for the end of the body. No deadlines, no limits, no errors but exceptions.

namespace asio = boost::asio;

namespace bench {
namespace {

using socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;
using tls_stream = asio::ssl::stream<socket>;

template <class Stream>
class session
{
public:
    template <class... Arguments>
    session(const setup& s, asio::io_context& io, Arguments&... arguments)
        : stream_(io, arguments...)
        , request_("GET " + target_of(0) + " HTTP/1.1\r\nHost: 127.0.0.1:" + s.port +
                   "\r\nUser-Agent: bench\r\nAccept: application/json\r\nAuthorization: Bearer " +
                   api_key + "\r\n\r\n")
    {
        socket& tcp = lowest();
        tcp.connect({asio::ip::make_address_v4("127.0.0.1"),
                     static_cast<asio::ip::port_type>(std::stoi(s.port))});
        tcp.set_option(asio::ip::tcp::no_delay(true));
        if constexpr (!std::is_same_v<Stream, socket>) {
            SSL_clear_mode(stream_.native_handle(), SSL_MODE_RELEASE_BUFFERS);
            stream_.set_verify_mode(asio::ssl::verify_peer);
            stream_.set_verify_callback(asio::ssl::host_name_verification("127.0.0.1"));
            stream_.handshake(asio::ssl::stream_base::client);
        }
    }

    void start(ledger& l)
    {
        ledger_ = &l;
        next();
    }

private:
    socket& lowest()
    {
        if constexpr (std::is_same_v<Stream, socket>)
            return stream_;
        else
            return stream_.next_layer();
    }

    void next()
    {
        std::size_t number = 0;
        if (!ledger_->next(number))
            return;
        asio::async_write(stream_, asio::buffer(request_),
                          [this](const boost::system::error_code& ec, std::size_t) {
                              if (ec)
                                  throw boost::system::system_error(ec);
                              received_ = end_ = 0;
                              read();
                          });
    }

    void read()
    {
        stream_.async_read_some(asio::buffer(input_.data() + received_, input_.size() - received_),
                                [this](const boost::system::error_code& ec, std::size_t size) {
                                    if (ec)
                                        throw boost::system::system_error(ec);
                                    received_ += size;
                                    if (end_ == 0)
                                        find_end();
                                    if (end_ == 0 || received_ < end_)
                                        return read();
                                    ledger_->answered(length_);
                                    next();
                                });
    }

    void find_end()
    {
        const std::string_view text(input_.data(), received_);
        const auto head = text.find("\r\n\r\n");
        if (head == text.npos)
            return;
        constexpr std::string_view name = "\r\nContent-Length: ";
        const auto field = text.find(name);
        if (field == text.npos || field > head)
            throw std::runtime_error("an answer without length");
        std::from_chars(text.data() + field + name.size(), text.data() + head, length_);
        end_ = head + 4 + length_;
    }

    Stream stream_;
    const std::string request_;
    std::array<char, 16384> input_;
    std::size_t received_ = 0;
    std::size_t end_ = 0; // of the answer in input_, once known
    std::size_t length_ = 0;
    ledger* ledger_ = nullptr;
};

class bare final : public contender
{
public:
    explicit bare(const setup& s)
    {
        if (s.tls())
            context_.load_verify_file(s.ca_file);
        for (std::size_t i = 0; i != s.in_flight; ++i)
            if (s.tls())
                tls_.push_back(std::make_unique<session<tls_stream>>(s, io_, context_));
            else
                plain_.push_back(std::make_unique<session<socket>>(s, io_));
    }

    void run(ledger& l) override
    {
        for (const auto& s : plain_)
            s->start(l);
        for (const auto& s : tls_)
            s->start(l);
        io_.restart();
        io_.run();
    }

private:
    asio::io_context io_{1};
    asio::ssl::context context_{asio::ssl::context::tls_client};
    std::vector<std::unique_ptr<session<socket>>> plain_;
    std::vector<std::unique_ptr<session<tls_stream>>> tls_;
};

} // namespace

std::unique_ptr<contender> make_bare(const setup& s) { return std::make_unique<bare>(s); }

} // namespace bench
