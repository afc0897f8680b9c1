// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Servers that refuse the client by TLS: what it is told, how often it tries, and whether what it
// asked for may have been done.

#include "support/service.hpp"
#include "support/tls_peer.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace asio = boost::asio;
using openint::errc;
using openint::error;
using openint::testing::certificate_authority;
using openint::testing::mock_server;
using openint::testing::on_accept;
using test::contains;
using test::failure_of;
using test::run;
using test::tls::document;
using test::tls::peer;
using test::tls::server;

BOOST_AUTO_TEST_SUITE(tls_refusals)

namespace {

constexpr std::string_view may_have = "may have taken effect";

error get_refused(const openint::client_config& config)
{
    asio::io_context io;
    return failure_of(io, openint::client(io, config).get_connection("conn_1"));
}

error post_refused(const openint::client_config& config, std::size_t size = 1)
{
    asio::io_context io;
    const openint::client client(io, config);
    const boost::json::object body{{"x", std::string(size, 'x')}};
    return failure_of(io, client.post("/v1/x", body));
}

std::vector<server::deed> often(const server::deed& deed) { return {4, deed}; }

// A certificate of a client, which any server may refuse.
void show_certificate(openint::client_config& config)
{
    const auto shown = certificate_authority("clients").issue({.names = {"client.example"}});
    config.tls.context->use_certificate_chain(asio::buffer(shown.certificate));
    config.tls.context->use_private_key(asio::buffer(shown.key), asio::ssl::context::pem);
}

// Finds this wrong with the client's certificate.
template <int Problem>
int find(int, X509_STORE_CTX* store)
{
    X509_STORE_CTX_set_error(store, Problem);
    return 0;
}

using verdict = int (*)(int, X509_STORE_CTX*);

server::deed demanding_certificate(verdict judge = nullptr)
{
    return [judge](peer& p) {
        SSL_set_verify(p.ssl(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, judge);
        p.handshake();
    };
}

} // namespace

BOOST_AUTO_TEST_CASE(alerts_in_the_handshake)
{
    const auto check = [](int alert, std::string_view name, int connections) {
        BOOST_TEST_CONTEXT("alert " << alert)
        {
            server s(TLS1_3_VERSION, often([alert](peer& p) { p.refuse(alert); }));
            s.config().retry.max_retries = 2;
            const error e = post_refused(s.config());
            BOOST_TEST(e.code() == errc::tls);
            BOOST_TEST(contains(e.what(), "the TLS handshake with 127.0.0.1:"));
            BOOST_TEST(contains(e.what(), name));
            BOOST_TEST(!contains(e.what(), may_have));
            BOOST_TEST(e.attempts() == 0);
            BOOST_TEST((e.cause().category() == asio::error::get_ssl_category() || alert == 0));
            BOOST_TEST(s.accepted() == connections);
        }
    };
    check(40, "the alert handshake_failure: it has no cipher in common with this client, or", 1);
    check(42, "the alert bad_certificate: it wants a client certificate, or another", 1);
    check(46, "the alert certificate_unknown: ", 1);
    check(47, "the alert illegal_parameter", 1);
    check(48, "the alert unknown_ca: ", 1);
    check(49, "the alert access_denied: the client certificate is valid, but may not", 1);
    check(70, "the alert protocol_version: it speaks no version of TLS that this client", 1);
    check(71, "the alert insufficient_security: ", 1);
    check(112, "the alert unrecognized_name: it does not know the host of base_url", 1);
    check(116, "the alert certificate_required: it wants a client certificate; set tls.", 1);
    check(120, "the alert no_application_protocol", 1);
    check(200, "the alert 200", 1);
    // These may pass.
    check(0, "", 3);
    check(20, "bad record mac", 3);
    check(80, "internal error", 3);
}

BOOST_AUTO_TEST_CASE(nothing_in_common)
{
    {
        mock_server old({.tls = true, .max_tls = openint::testing::tls_version::v1_1});
        const error e = get_refused(test::config_for(old));
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "protocol_version"));
        BOOST_TEST(old.connections_accepted() == 1u);
    }
    {
        server s(TLS1_2_VERSION, often([](peer& p) {
                     SSL_set_cipher_list(p.ssl(), "AES128-SHA"); // for another kind of key
                     p.handshake();
                     p.linger();
                 }));
        s.config().retry.max_retries = 2;
        const error e = get_refused(s.config());
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "handshake_failure"));
        BOOST_TEST(s.accepted() == 1);
    }
    { // what is found on this side: a version that the client does not accept, no TLS at all
        mock_server current({.tls = true, .max_tls = openint::testing::tls_version::v1_2});
        openint::client_config config = test::config_for(current);
        config.tls.context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
        SSL_CTX_set_min_proto_version(config.tls.context->native_handle(), TLS1_3_VERSION);
        const error e = get_refused(config);
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(current.connections_accepted() == 1u);
    }
    {
        mock_server plain({.tls = true});
        plain.next_connection(on_accept::plain_text, 3);
        const error e = get_refused(test::config_for(plain));
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "the server does not speak TLS; check scheme and port"));
        BOOST_TEST(plain.connections_accepted() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(client_certificates)
{
    struct
    {
        verdict judge; // null: no certificate is shown
        std::string_view alert;
    } const cases[] = {{nullptr, "certificate_required"},
                       {find<X509_V_ERR_CERT_REVOKED>, "certificate_revoked"},
                       {find<X509_V_ERR_CERT_HAS_EXPIRED>, "certificate_expired"},
                       {find<X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT>, "unknown_ca"},
                       {find<X509_V_ERR_CERT_REJECTED>, "bad_certificate"},
                       {find<X509_V_ERR_INVALID_PURPOSE>, "unsupported_certificate"}};
    for (const int version : test::tls::versions)
        for (const auto& c : cases)
            // Also where the server is gone before all of the request has been written.
            for (const std::size_t size : {std::size_t{1}, std::size_t{20'000'000}})
                BOOST_TEST_CONTEXT(version << ' ' << c.alert << ' ' << size)
                {
                    const bool late = version == TLS1_3_VERSION; // after the client's handshake
                    server s(version, often(demanding_certificate(c.judge)));
                    s.config().retry.max_retries = 2;
                    if (c.judge)
                        show_certificate(s.config());
                    const error e = post_refused(s.config(), size);
                    BOOST_TEST(e.code() == errc::tls);
                    BOOST_TEST(contains(e.what(), late || c.judge ? c.alert : "handshake_failure"));
                    BOOST_TEST(contains(e.what(), "tls.certificate_file"));
                    BOOST_TEST(!contains(e.what(), may_have));
                    BOOST_TEST(e.attempts() == (late ? 1 : 0));
                    BOOST_TEST(s.accepted() == 1);
                }
}

BOOST_AUTO_TEST_CASE(an_alert_after_the_handshake_that_may_pass)
{
    const auto deeds = often(demanding_certificate(find<X509_V_ERR_UNSPECIFIED>));
    {
        server s(TLS1_3_VERSION, deeds);
        s.config().retry.max_retries = 2;
        show_certificate(s.config());
        const error e = get_refused(s.config());
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "internal error"));
        BOOST_TEST(s.accepted() == 3);
    }
    {
        server s(TLS1_3_VERSION, deeds);
        s.config().retry.max_retries = 2;
        show_certificate(s.config());
        BOOST_TEST(contains(post_refused(s.config()).what(), may_have));
        BOOST_TEST(s.accepted() == 1);
    }
}

// A connection that has served before is replaced, as if it had been closed.
BOOST_AUTO_TEST_CASE(a_used_connection_that_is_refused)
{
    const server::deed demanding_later = [](peer& p) {
        if (!p.handshake() || !p.request())
            return;
        p.send(p.seal(document("first")));
        if (!p.request())
            return;
        SSL_set_verify(p.ssl(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        SSL_verify_client_post_handshake(p.ssl());
        SSL_do_handshake(p.ssl());
        p.send(p.sealed());
        p.read(); // no certificate
        p.send(p.sealed());
        p.linger();
    };
    const server::deed answering = [](peer& p) {
        if (p.handshake() && p.request())
            p.send(p.seal(document("second")));
        p.linger();
    };
    server s(TLS1_3_VERSION, {demanding_later, answering});
    SSL_CTX_set_post_handshake_auth(s.config().tls.context->native_handle(), 1);
    asio::io_context io;
    const openint::client client(io, s.config());
    BOOST_TEST(run(io, client.get_connection("conn_1")).connector_name == "first");
    BOOST_TEST(run(io, client.get_connection("conn_1")).connector_name == "second");
    BOOST_TEST(s.accepted() == 2);
}

// As servers do that ask for client certificates and have no session id context.
BOOST_AUTO_TEST_CASE(a_server_that_refuses_resumption)
{
    const server::deed once = [](peer& p) {
        SSL_set_verify(p.ssl(), SSL_VERIFY_PEER, nullptr);
        if (p.handshake() && p.request())
            p.send(p.seal(test::ok("Connection: close\r\nContent-Length: 44\r\n",
                                   R"({"id":"conn_1","connector_name":"unresumed"})")));
        p.linger();
    };
    for (const int version : test::tls::versions) {
        // Whole; resumed in vain, whole; the same again; whole, and no other is offered.
        server s(version, std::vector<server::deed>(9, once));
        asio::io_context io;
        const openint::client client(io, s.config());
        const int accepted[] = {1, 3, 5, 6, 7};
        for (const int expected : accepted) {
            openint::response_info info;
            const auto conn =
                run(io, client.with_options({.info = &info}).get_connection("conn_1"));
            BOOST_TEST(conn.connector_name == "unresumed");
            BOOST_TEST(info.attempts == 1);
            BOOST_TEST(s.accepted() == expected);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
