// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server over TLS.

#include "support/raw_client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace asio = boost::asio;
using namespace openint::testing;
using namespace std::chrono_literals;
using namespace test;

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(over_tls)

BOOST_AUTO_TEST_CASE(the_certificate_is_good_for_those_who_trust_the_authority)
{
    mock_server server{{.tls = true}};
    BOOST_TEST(server.url().starts_with("https://127.0.0.1:"));
    asio::ssl::context tls = trusting(server.ca_pem());
    raw_client c(server, &tls);
    BOOST_REQUIRE(!c.handshake());
    c.get(github, server.token());
    BOOST_TEST(c.answer().status() == 200);
    const request r = server.requests().at(0);
    BOOST_TEST(r.tls);
    BOOST_TEST(r.tls_version == "TLSv1.3");
    BOOST_TEST(r.server_name == "localhost");
    BOOST_TEST(!r.tls_resumed);
}

BOOST_AUTO_TEST_CASE(closing_with_and_without_close_notify)
{
    mock_server server{{.tls = true}};
    asio::ssl::context tls = trusting(server.ca_pem());
    const auto ending = [&](response r) {
        server.next(std::move(r));
        raw_client c(server, &tls);
        BOOST_REQUIRE(!c.handshake());
        c.get(github, server.token());
        c.all();
        return c.error;
    };
    BOOST_TEST(ending(close_after_answer()) == asio::error::eof);
    BOOST_TEST(ending(close_after(20)) == asio::error::eof);
    BOOST_TEST(ending(close_before_request()) == asio::error::eof);
    BOOST_TEST(ending(close_after_answer().without_close_notify()) ==
               asio::ssl::error::stream_truncated);
    BOOST_TEST(ending(close_after(20).without_close_notify()) ==
               asio::ssl::error::stream_truncated);
    BOOST_TEST(ending(reset_after(20)) == asio::error::connection_reset);
    BOOST_TEST(server.wait_until_open(0));
}

// The reason for which OpenSSL refused the server's certificate.
long verification(const mock_server& server, std::string_view trusted)
{
    asio::ssl::context tls = trusting(trusted);
    raw_client c(server, &tls);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(c.ssl()), "127.0.0.1");
    c.handshake();
    return SSL_get_verify_result(c.ssl());
}

BOOST_AUTO_TEST_CASE(certificates_of_ones_own)
{
    const certificate_authority ca, stranger("somebody else");
    const auto result = [&](const certificate_options& o) {
        mock_server server{{.tls = true, .certificate = ca.issue(o)}};
        return verification(server, ca.pem());
    };
    BOOST_TEST(result({}) == X509_V_OK);
    BOOST_TEST(result({.names = {"127.0.0.1"}}) == X509_V_OK);
    BOOST_TEST(result({.names = {"other.example"}}) == X509_V_ERR_IP_ADDRESS_MISMATCH);
    BOOST_TEST(result({.names = {}}) == X509_V_ERR_IP_ADDRESS_MISMATCH);
    BOOST_TEST(result({.valid_until = -1s}) == X509_V_ERR_CERT_HAS_EXPIRED);
    BOOST_TEST(result({.valid_from = 1h}) == X509_V_ERR_CERT_NOT_YET_VALID);
    certificate_authority from = ca;
    const certificate_authority to = std::move(from);
    mock_server server{
        {.tls = true, .certificate = from.issue()}}; // NOLINT(bugprone-use-after-move)
    BOOST_TEST(verification(server, to.pem()) == X509_V_OK);
    BOOST_TEST(verification(server, stranger.pem()) ==
               X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    BOOST_CHECK_THROW((mock_server{{.tls = true, .certificate = identity{"no", "no"}}}),
                      boost::system::system_error);
}

BOOST_AUTO_TEST_CASE(a_client_certificate_can_be_demanded)
{
    const certificate_authority clients("clients"), others;
    mock_server server{{.tls = true, .client_ca_pem = clients.pem()}};
    const auto ask = [&](const identity* id) {
        asio::ssl::context tls = trusting(server.ca_pem());
        if (id) {
            tls.use_certificate_chain(asio::buffer(id->certificate));
            tls.use_private_key(asio::buffer(id->key), asio::ssl::context::pem);
        }
        raw_client c(server, &tls);
        BOOST_REQUIRE(!c.handshake()); // TLS 1.3: the refusal comes with the first read
        c.get("/v1/health", server.token());
        return !c.until("\r\n\r\n").empty();
    };
    const identity good = clients.issue({.names = {"ada"}}), bad = others.issue();
    BOOST_TEST(ask(&good));
    BOOST_TEST(server.requests().at(0).client_name == "ada");
    BOOST_TEST(!ask(&bad));
    BOOST_TEST(!ask(nullptr));
}

BOOST_AUTO_TEST_CASE(sessions_are_resumed)
{
    mock_server server{{.tls = true, .max_tls = tls_version::v1_2}};
    asio::ssl::context tls = trusting(server.ca_pem());
    SSL_SESSION* session = nullptr;
    for (int i = 0; i < 2; ++i) {
        raw_client c(server, &tls);
        if (session)
            SSL_set_session(c.ssl(), session);
        BOOST_REQUIRE(!c.handshake());
        c.get("/v1/health", server.token());
        c.answer();
        SSL_SESSION_free(session);
        session = SSL_get1_session(c.ssl());
        SSL_set_shutdown(c.ssl(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
    SSL_SESSION_free(session);
    const std::vector<request> all = server.requests();
    BOOST_TEST(all.at(0).tls_version == "TLSv1.2");
    BOOST_TEST(!all.at(0).tls_resumed);
    BOOST_TEST(all.at(1).tls_resumed);
}

BOOST_AUTO_TEST_CASE(an_old_server)
{
    mock_server server{{.tls = true, .max_tls = tls_version::v1_1}};
    asio::ssl::context modern = trusting(server.ca_pem());
    SSL_CTX_set_min_proto_version(modern.native_handle(), TLS1_2_VERSION);
    BOOST_TEST(raw_client(server, &modern).handshake());

    asio::ssl::context old = trusting(server.ca_pem());
    SSL_CTX_set_security_level(old.native_handle(), 0);
    SSL_CTX_set_min_proto_version(old.native_handle(), TLS1_1_VERSION);
    raw_client c(server, &old);
    BOOST_TEST(!c.handshake());
    BOOST_TEST(SSL_get_version(c.ssl()) == std::string("TLSv1.1"));
}

BOOST_AUTO_TEST_CASE(handshakes_that_fail)
{
    mock_server server{{.tls = true}};
    asio::ssl::context tls = trusting(server.ca_pem());
    const auto result = [&](on_accept what) {
        server.next_connection(what);
        return raw_client(server, &tls).handshake();
    };
    BOOST_TEST(result(on_accept::close));
    BOOST_TEST(result(on_accept::reset) == asio::error::connection_reset);
    BOOST_TEST(result(on_accept::close_in_handshake) == asio::ssl::error::stream_truncated);
    BOOST_TEST(result(on_accept::reset_in_handshake) == asio::error::connection_reset);
    const error_code not_tls = result(on_accept::plain_text);
    BOOST_TEST(ERR_GET_REASON(static_cast<unsigned long>(not_tls.value())) ==
               SSL_R_WRONG_VERSION_NUMBER);

    // Plain HTTP on the TLS port, and TLS on a plain port.
    raw_client plain(server);
    plain.get(github, server.token());
    plain.all();
    BOOST_TEST(plain.error);
    mock_server plain_server;
    BOOST_TEST(raw_client(plain_server, &tls).handshake());
    BOOST_TEST(server.request_count() + plain_server.request_count() == 0u);
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_CASE(a_handshake_that_never_ends)
{
    mock_server server{{.tls = true}};
    server.next_connection(on_accept::stall);
    asio::ssl::context tls = trusting(server.ca_pem());
    raw_client c(server, &tls);
    error_code ec;
    std::thread client([&] { ec = c.handshake(); });
    BOOST_TEST(server.wait_for_connections(1));
    BOOST_TEST(server.open_connections() == 1u);
    c.socket().shutdown(asio::ip::tcp::socket::shutdown_both);
    client.join();
    BOOST_TEST(ec);
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_CASE(the_authority_in_a_file)
{
    std::string name;
    {
        mock_server server{{.tls = true}};
        name = server.ca_file();
        BOOST_TEST(server.ca_file() == name);
        std::ifstream in(name);
        const std::string text(std::istreambuf_iterator<char>(in), {});
        BOOST_TEST(text == server.ca_pem());
        asio::ssl::context tls(asio::ssl::context::tls_client);
        tls.load_verify_file(name);
        tls.set_verify_mode(asio::ssl::verify_peer);
        raw_client c(server, &tls);
        BOOST_TEST(!c.handshake());
    }
    BOOST_TEST(!std::ifstream(name));
    BOOST_TEST(mock_server().ca_pem().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
