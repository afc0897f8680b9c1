// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// TLS from a server that decides which bytes of which records are sent when.

#include "support/service.hpp"
#include "support/tls_peer.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/ssl.h>

namespace asio = boost::asio;
using asio::ip::tcp;
using openint::errc;
using test::failure_of;
using test::ok;
using test::run;
using test::tls::document;
using test::tls::peer;
using test::tls::server;
using test::tls::versions;

BOOST_AUTO_TEST_SUITE(tls_records)

namespace {

// What a client gets that calls twice, one after the other.
std::pair<std::string, std::string> get_two(server& s)
{
    asio::io_context io;
    const openint::client client(io, s.config());
    std::string first = run(io, client.get_connection("conn_1")).connector_name;
    std::string second = run(io, client.get_connection("conn_1")).connector_name;
    return {std::move(first), std::move(second)};
}

void answer_one(peer& p, std::string_view id)
{
    if (p.handshake() && p.request())
        p.send(p.seal(document(id)));
    p.linger();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_record_that_has_only_begun_behind_the_answer)
{
    // As much of it as a header's part, a header, and a header with a part of the rest.
    for (const int version : versions)
        for (const std::size_t part : {1u, 5u, 20u}) {
            BOOST_TEST_CONTEXT(version << ", " << part)
            {
                server s(version, {[part](peer& p) {
                                       if (!p.handshake() || !p.request())
                                           return;
                                       const std::string first = p.seal(document("first"));
                                       const std::string forged = p.seal(document("forged"));
                                       p.send(first + forged.substr(0, part));
                                       if (p.request()) // it should not be asked again
                                           p.send(std::string_view(forged).substr(part));
                                       p.linger();
                                   },
                                   [](peer& p) { answer_one(p, "second"); }});
                const auto got = get_two(s);
                BOOST_TEST(got.first == "first");
                BOOST_TEST(got.second == "second");
            }
        }
}

BOOST_AUTO_TEST_CASE(whole_records_behind_the_answer)
{
    for (const int version : versions)
        for (const bool closing : {false, true}) {
            server s(version,
                     {[closing](peer& p) {
                          if (!p.handshake() || !p.request())
                              return;
                          const std::string first = p.seal(document("first"));
                          p.send(first + (closing ? p.close_notify() : p.seal(document("forged"))));
                          p.read();
                          p.linger();
                      },
                      [](peer& p) { answer_one(p, "second"); }});
            const auto got = get_two(s);
            BOOST_TEST(got.first == "first");
            BOOST_TEST(got.second == "second");
        }
}

BOOST_AUTO_TEST_CASE(tickets_right_before_the_answer)
{
    // Also with a context that wants to be told of each.
    for (const bool retry : {true, false}) {
        server s(TLS1_3_VERSION, {[](peer& p) {
                     if (!p.handshake(false)) // its tickets
                         return;
                     const std::string tickets = p.sealed();
                     if (p.request())
                         p.send(tickets + p.seal(document("first")));
                     if (p.request())
                         p.send(p.seal(document("second")));
                     p.linger();
                 }});
        if (!retry)
            SSL_CTX_clear_mode(s.config().tls.context->native_handle(), SSL_MODE_AUTO_RETRY);
        const auto got = get_two(s);
        BOOST_TEST(got.first == "first");
        BOOST_TEST(got.second == "second");
    }
}

// The certificate is what is wrong, even if the alert that says so cannot be sent any more.
BOOST_AUTO_TEST_CASE(a_certificate_of_nobody_from_a_server_that_is_gone)
{
    for (const int version : versions)
        for (int i = 0; i != 10; ++i) {
            server s(version, {&peer::vanish, &peer::vanish});
            s.config().tls.context =
                std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
            s.config().retry.max_retries = 1;
            asio::io_context io;
            const openint::client client(io, s.config());
            const openint::error e = failure_of(io, client.get_connection("conn_1"));
            BOOST_TEST(e.code() == errc::tls);
            BOOST_TEST(e.attempts() == 0); // it is not tried again
            BOOST_TEST(test::contains(e.what(), "the certificate of 127.0.0.1 was refused"));
            BOOST_TEST((e.cause().category() == asio::error::get_ssl_category()));
        }
}

BOOST_AUTO_TEST_CASE(new_keys)
{
    // The server changes its key, and wants the client to change its own.
    for (const int update : {SSL_KEY_UPDATE_NOT_REQUESTED, SSL_KEY_UPDATE_REQUESTED}) {
        server s(TLS1_3_VERSION, {[update](peer& p) {
                     if (!p.handshake() || !p.request())
                         return;
                     const std::string answer = document("first");
                     SSL_key_update(p.ssl(), update);
                     std::string bytes = p.seal(answer.substr(0, 10)); // behind the new key
                     SSL_key_update(p.ssl(), update);
                     bytes += p.seal(answer.substr(10));
                     p.send(bytes);
                     if (p.request())
                         p.send(p.seal(document("second")));
                     p.linger();
                 }});
        const auto got = get_two(s);
        BOOST_TEST(got.first == "first");
        BOOST_TEST(got.second == "second");
    }
}

BOOST_AUTO_TEST_CASE(renegotiation)
{
    server s(TLS1_2_VERSION, {[](peer& p) {
                 if (!p.handshake() || !p.request())
                     return;
                 if (!p.renegotiate())
                     return;
                 p.send(p.seal(document("first")));
                 if (p.request())
                     p.send(p.seal(document("second")));
                 p.linger();
             }});
    const auto got = get_two(s);
    BOOST_TEST(got.first == "first");
    BOOST_TEST(got.second == "second");
}

BOOST_AUTO_TEST_CASE(every_byte_by_itself)
{
    for (const int version : versions) {
        server s(version, {[](peer& p) {
                     p.drip();
                     if (!p.handshake())
                         return;
                     for (const char* id : {"first", "second"})
                         if (p.request())
                             p.send(p.seal(document(id)));
                     p.linger();
                 }});
        const auto got = get_two(s);
        BOOST_TEST(got.first == "first");
        BOOST_TEST(got.second == "second");
    }
}

BOOST_AUTO_TEST_CASE(the_end_at_each_place)
{
    const std::string body = R"({"id":"conn_1","connector_name":"whole"})";
    const std::string length = document("whole");
    const std::string chunked =
        ok("Transfer-Encoding: chunked\r\n", "28\r\n" + body + "\r\n0\r\n\r\n");
    const std::string to_the_end = ok("", body);
    for (const int version : versions)
        for (const bool proper : {true, false})
            for (const std::string& form : {length, chunked, to_the_end})
                for (const std::size_t size :
                     {std::size_t{0}, std::size_t{9}, form.size() - 1, form.size()}) {
                    server s(version, {[&, proper, size](peer& p) {
                                 if (!p.handshake() || !p.request())
                                     return;
                                 std::string bytes = size == 0 ? "" : p.seal(form.substr(0, size));
                                 if (proper)
                                     bytes += p.close_notify();
                                 p.send(bytes);
                                 p.linger();
                             }});
                    asio::io_context io;
                    const openint::client client(io, s.config());
                    if (size == form.size() && (form != to_the_end || proper))
                        BOOST_TEST(run(io, client.get_connection("conn_1")).connector_name ==
                                   "whole");
                    else if (form == to_the_end && proper && size == form.size() - 1)
                        BOOST_TEST(failure_of(io, client.get_connection("conn_1")).code() ==
                                   errc::malformed_response); // the JSON is not whole
                    else
                        BOOST_TEST(failure_of(io, client.get_connection("conn_1")).code() ==
                                   errc::connection_lost);
                }
}

BOOST_AUTO_TEST_CASE(a_large_request_answered_early_or_never)
{
    const std::string large(8'000'000, 'x');
    for (const int version : versions) {
        // An answer before the request has come whole, or a reset.
        enum
        {
            early_answer,
            reset
        };
        for (const int what : {early_answer, reset}) {
            server s(version, {[what](peer& p) {
                         if (!p.handshake())
                             return;
                         std::size_t read = p.read().size();
                         if (what == reset) {
                             p.socket().set_option(asio::socket_base::linger(true, 0));
                             return;
                         }
                         if (SSL_version(p.ssl()) == TLS1_3_VERSION)
                             SSL_key_update(p.ssl(), SSL_KEY_UPDATE_REQUESTED);
                         p.send(p.seal(document("early")));
                         while (read < 8'000'000u) {
                             const std::size_t more = p.read().size();
                             if (more == 0)
                                 return;
                             read += more;
                         }
                         p.linger();
                     }});
            asio::io_context io;
            const openint::client client(io, s.config());
            const boost::json::object body{{"x", large}};
            if (what == reset)
                BOOST_TEST(failure_of(io, client.post("/v1/x", body)).code() ==
                           errc::connection_lost);
            else
                BOOST_TEST(run(io, client.post("/v1/x", body)).at("connector_name").as_string() ==
                           "early");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
