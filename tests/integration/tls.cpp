// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// TLS, with authorities of the tests' own.

#include "support/lookups.hpp"
#include "support/service.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::errc;
using openint::error;
using openint::testing::answer;
using openint::testing::certificate_authority;
using openint::testing::mock_server;
using openint::testing::mock_server_options;
using openint::testing::on_accept;
using test::contains;
using test::failure_of;
using test::run;

BOOST_AUTO_TEST_SUITE(tls)

namespace {

// A temporary file with this text.
class file
{
public:
    explicit file(const std::string& text)
    {
        const int descriptor = ::mkstemp(name_.data());
        BOOST_REQUIRE(descriptor != -1);
        BOOST_REQUIRE(::write(descriptor, text.data(), text.size()) ==
                      static_cast<ssize_t>(text.size()));
        ::close(descriptor);
    }
    file(const file&) = delete;
    file& operator=(const file&) = delete;
    ~file() { std::remove(name_.c_str()); }

    const std::string& name() const { return name_; }

private:
    std::string name_ = "/tmp/openint-test-XXXXXX";
};

mock_server_options over_tls(openint::testing::identity certificate)
{
    mock_server_options options;
    options.tls = true;
    options.certificate = std::move(certificate);
    return options;
}

// The key, as a file that asks for this password.
std::string encrypted(const std::string& key, const char* password)
{
    const std::unique_ptr<BIO, int (*)(BIO*)> in(
        BIO_new_mem_buf(key.data(), static_cast<int>(key.size())), BIO_free);
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> plain(
        PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const std::unique_ptr<BIO, int (*)(BIO*)> out(BIO_new(BIO_s_mem()), BIO_free);
    BOOST_REQUIRE(PEM_write_bio_PKCS8PrivateKey(out.get(), plain.get(), EVP_aes_128_cbc(), password,
                                                static_cast<int>(std::strlen(password)), nullptr,
                                                nullptr) == 1);
    std::string text(BIO_ctrl_pending(out.get()), '\0');
    BIO_read(out.get(), text.data(), static_cast<int>(text.size()));
    return text;
}

error refused(const openint::client_config& config)
{
    asio::io_context io;
    return failure_of(io, openint::client(io, config).get_connection("conn_github_1"));
}

std::string get(const openint::client_config& config)
{
    asio::io_context io;
    return run(io, openint::client(io, config).get_connection("conn_github_1")).id;
}

} // namespace

BOOST_AUTO_TEST_CASE(certificates_that_are_refused)
{
    const certificate_authority ours;
    const certificate_authority theirs;
    const file trusted(ours.pem());
    const auto check = [&](const openint::testing::identity& certificate, std::string_view why) {
        mock_server server(over_tls(certificate));
        openint::client_config config = test::config_for(server);
        config.tls.ca_file = trusted.name();
        const error e = refused(config);
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "the certificate of 127.0.0.1 was refused: "));
        BOOST_TEST(contains(e.what(), why));
        BOOST_TEST(e.attempts() == 0);
        BOOST_TEST(server.request_count() == 0u);
        BOOST_TEST(server.connections_accepted() == 1u); // not tried again

        // Nothing of this is looked at by choice.
        config.tls.verify = openint::tls_verification::insecure_accept_any_certificate;
        BOOST_TEST(get(config) == "conn_github_1");
    };
    check(ours.issue({.names = {"other.example"}}), "mismatch");
    check(ours.issue({.names = {"127.0.0.2"}}), "mismatch");
    check(ours.issue({.names = {"*.0.0.1", "localhost"}}), "mismatch");
    check(ours.issue({.valid_until = -1min}), "expired");
    check(ours.issue({.valid_from = 1h}), "not yet valid");
    check(theirs.issue(), "issuer certificate");
}

// RFC 9110, 4.3.4: only the alternative names count.
BOOST_AUTO_TEST_CASE(common_names)
{
    const certificate_authority ours;
    const file trusted(ours.pem());
    for (const auto& names : {std::vector<std::string>{}, std::vector<std::string>{"127.0.0.1"}}) {
        mock_server server(over_tls(ours.issue({.names = names, .common_name = "localhost"})));
        openint::client_config config = test::config_for(server);
        config.tls.ca_file = trusted.name();
        config.base_url = "https://localhost:" + std::to_string(server.port()) + "/v1";
        const error e = refused(config);
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "the certificate of localhost was refused: "));
        BOOST_TEST(contains(e.what(), "mismatch"));
    }
}

// Whoever is in the file is trusted, root or not.
BOOST_AUTO_TEST_CASE(an_intermediate_authority)
{
    const certificate_authority root("root");
    const certificate_authority intermediate("intermediate", root);
    mock_server server(over_tls(intermediate.issue()));
    openint::client_config config = test::config_for(server);
    for (const auto& authority : {root, intermediate}) {
        const file trusted(authority.pem());
        config.tls.ca_file = trusted.name();
        BOOST_TEST(get(config) == "conn_github_1");
    }
    const file other(certificate_authority("intermediate", root).pem()); // another key
    config.tls.ca_file = other.name();
    BOOST_TEST(refused(config).code() == errc::tls);
}

BOOST_AUTO_TEST_CASE(names_and_addresses)
{
    mock_server server({.tls = true});
    openint::client_config config = test::config_for(server);
    BOOST_TEST(get(config) == "conn_github_1");
    BOOST_TEST(server.requests().back().server_name == ""); // an address is not indicated
    config.base_url = "https://localhost:" + std::to_string(server.port()) + "/v1";
    BOOST_TEST(get(config) == "conn_github_1");
    BOOST_TEST(server.requests().back().server_name == "localhost");
    config.base_url = "https://LOCALHOST:" + std::to_string(server.port()) + "/v1";
    BOOST_TEST(get(config) == "conn_github_1");

    // An absolute name: the dot at its end is no part of what TLS knows.
    test::lookups::set("absolute.test.", {"127.0.0.1"});
    const certificate_authority ours;
    const file trusted(ours.pem());
    mock_server absolute(over_tls(ours.issue({.names = {"absolute.test"}})));
    config = test::config_for(absolute);
    config.tls.ca_file = trusted.name();
    const std::string authority = "absolute.test.:" + std::to_string(absolute.port());
    config.base_url = "https://" + authority + "/v1";
    BOOST_TEST(get(config) == "conn_github_1");
    BOOST_TEST(absolute.requests().back().server_name == "absolute.test");
    BOOST_TEST(absolute.requests().back().header("Host").value_or("") == authority);
}

BOOST_AUTO_TEST_CASE(versions_and_resumption)
{
    for (const auto version :
         {openint::testing::tls_version::v1_2, openint::testing::tls_version::v1_3}) {
        mock_server server({.tls = true, .max_tls = version});
        openint::client_config config = test::config_for(server);
        asio::io_context io;
        const openint::client client(io, config);
        run(io, client.get_connection("conn_github_1"));
        BOOST_TEST(server.requests().back().tls_version ==
                   (version == openint::testing::tls_version::v1_2 ? "TLSv1.2" : "TLSv1.3"));
        BOOST_TEST(!server.requests().back().tls_resumed);
        for (int i = 0; i != 3; ++i) {
            server.close_connections(i == 1);
            BOOST_REQUIRE(server.wait_until_open(0));
            run(io, client.get_connection("conn_github_1"));
            BOOST_TEST(server.requests().back().tls_resumed);
        }
    }
    mock_server old({.tls = true, .max_tls = openint::testing::tls_version::v1_1});
    openint::client_config config = test::config_for(old);
    config.retry.max_retries = 0;
    BOOST_TEST(refused(config).code() == errc::tls);
}

BOOST_AUTO_TEST_CASE(what_is_configured)
{
    mock_server server({.tls = true});
    openint::client_config config = test::config_for(server);

    // A context of one's own is used instead of the file, and verified all the same.
    config.tls.ca_file = "/does/not/exist";
    config.tls.context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    BOOST_TEST(refused(config).code() == errc::tls);
    config.tls.context->add_certificate_authority(asio::buffer(server.ca_pem()));
    BOOST_TEST(get(config) == "conn_github_1");

    // Files that cannot be used are named.
    const file rubbish("this is no certificate");
    for (const std::string& name : {std::string("/does/not/exist"), rubbish.name()}) {
        openint::client_config bad = test::config_for(server);
        bad.tls.ca_file = name;
        asio::io_context io;
        try {
            const openint::client client(io, bad);
            BOOST_ERROR("accepted");
        } catch (const error& e) {
            BOOST_TEST(e.code() == errc::invalid_argument);
            BOOST_TEST(contains(e.what(), name));
        }
    }
}

BOOST_AUTO_TEST_CASE(client_certificates)
{
    const certificate_authority clients("clients");
    for (const auto version :
         {openint::testing::tls_version::v1_2, openint::testing::tls_version::v1_3}) {
        mock_server server({.tls = true, .max_tls = version, .client_ca_pem = clients.pem()});
        openint::client_config config = test::config_for(server);
        config.retry.max_retries = 0;
        BOOST_TEST(refused(config).code() == errc::tls);
        // Where any certificate will do, it is not the server's that is wrong.
        openint::client_config trusting = config;
        trusting.tls.ca_file.clear();
        trusting.tls.verify = openint::tls_verification::insecure_accept_any_certificate;
        BOOST_TEST(!contains(refused(trusting).what(), "the certificate of"));

        const auto identity = clients.issue({.names = {"client.example"}});
        const file certificate(identity.certificate);
        const file key(identity.key);
        config.tls.certificate_file = certificate.name();
        config.tls.private_key_file = key.name();
        BOOST_TEST(get(config) == "conn_github_1");
        BOOST_TEST(server.requests().back().client_name == "client.example");
    }
}

BOOST_AUTO_TEST_CASE(files_of_client_certificates)
{
    const certificate_authority clients("clients");
    mock_server server({.tls = true, .client_ca_pem = clients.pem()});
    const openint::client_config base = test::config_for(server);
    const auto shown = clients.issue({.names = {"client.example"}});
    const file certificate(shown.certificate);
    const file key(shown.key);
    const file both(shown.certificate + shown.key);
    const file encrypted_key(encrypted(shown.key, "open sesame"));
    const file encrypted_both(shown.certificate + encrypted(shown.key, "open sesame"));
    const file other_key(clients.issue().key);
    const auto with = [&](const std::string& certificate_file, const std::string& key_file,
                          const std::string& password) {
        openint::client_config config = base;
        config.tls.certificate_file = certificate_file;
        config.tls.private_key_file = key_file;
        config.tls.private_key_password = openint::secret(password);
        return config;
    };
    const auto works = [&](const openint::client_config& config) {
        BOOST_TEST(get(config) == "conn_github_1");
        BOOST_TEST(server.requests().back().client_name == "client.example");
    };
    works(with(certificate.name(), key.name(), ""));
    works(with(both.name(), "", ""));
    works(with(both.name(), both.name(), ""));
    works(with(certificate.name(), encrypted_key.name(), "open sesame"));
    works(with(encrypted_both.name(), "", "open sesame"));
    works(with(certificate.name(), key.name(), "not needed"));

    const auto fails = [&](const openint::client_config& config, const std::string& why) {
        asio::io_context io;
        try {
            const openint::client client(io, config);
            BOOST_ERROR("accepted");
        } catch (const error& e) {
            test::said().note(e);
            BOOST_TEST(e.code() == errc::invalid_argument);
            BOOST_TEST(contains(e.what(), why), e.what());
            BOOST_TEST(!contains(e.what(), "sesame"));
        }
    };
    fails(with(certificate.name(), encrypted_key.name(), ""),
          "tls.private_key_file: the key in \"" + encrypted_key.name() +
              "\" is encrypted; set tls.private_key_password");
    fails(with(certificate.name(), encrypted_key.name(), "close sesame"),
          "tls.private_key_password does not decrypt it");
    fails(with(certificate.name(), encrypted_key.name(), std::string(100'000, 'x')),
          "tls.private_key_password does not decrypt it");
    fails(with(encrypted_both.name(), "", ""),
          "tls.certificate_file: the key in \"" + encrypted_both.name() + "\" is encrypted");
    fails(with(certificate.name(), "", ""), "if it is in another file, set tls.private_key_file");
    fails(with("", key.name(), ""), "tls.private_key_file: is the key of no certificate");
    fails(with("", both.name(), ""), "tls.certificate_file is empty");
    fails(with("", "", "open sesame"), "tls.private_key_password: is the password of no key");
    fails(with(certificate.name(), other_key.name(), ""), "tls.private_key_file: cannot use");
    fails(with(certificate.name(), certificate.name(), ""), "tls.private_key_file: cannot use");
    fails(with(key.name(), "", ""), "tls.certificate_file: cannot use");
    fails(with("/does/not/exist", "", ""), "/does/not/exist");
    fails(with(certificate.name(), "/does/not/exist", ""), "/does/not/exist");
}

BOOST_AUTO_TEST_CASE(handshakes_that_go_wrong)
{
    mock_server server({.tls = true});
    openint::client_config config = test::config_for(server);
    config.retry.max_retries = 0;
    for (const on_accept fault : {on_accept::close, on_accept::reset, on_accept::close_in_handshake,
                                  on_accept::reset_in_handshake, on_accept::plain_text}) {
        server.next_connection(fault);
        const error e = refused(config);
        BOOST_TEST(e.attempts() == 0);
        if (fault == on_accept::reset && e.code() == errc::connect)
            continue; // the reset was there first
        BOOST_TEST(e.code() == errc::tls);
        BOOST_TEST(contains(e.what(), "the TLS handshake with 127.0.0.1:"));
    }
    // It is worth another attempt.
    config.retry.max_retries = 2;
    server.next_connection(on_accept::reset_in_handshake, 2);
    BOOST_TEST(get(config) == "conn_github_1");

    // One that never ends.
    config.retry.max_retries = 0;
    config.connect_timeout = 150ms;
    server.next_connection(on_accept::stall);
    const auto begin = std::chrono::steady_clock::now();
    const error e = refused(config);
    BOOST_TEST(e.code() == errc::timeout);
    BOOST_TEST(contains(e.what(), "TLS handshake"));
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 150ms));

    // A server that does not speak TLS at all.
    mock_server plain;
    config = test::config_for(plain);
    config.retry.max_retries = 0;
    config.timeout = 2s;
    config.base_url = "https://127.0.0.1:" + std::to_string(plain.port()) + "/v1";
    BOOST_TEST(refused(config).attempts() == 0);
    BOOST_TEST(plain.request_count() == 0u);
}

BOOST_AUTO_TEST_CASE(closed_without_close_notify)
{
    using openint::testing::in_body;
    mock_server server({.tls = true, .close_notify = false});
    openint::client_config config = test::config_for(server);
    config.retry.max_retries = 0;
    for (const auto& cut :
         {openint::testing::close_before_answer(), openint::testing::close_after(30),
          openint::testing::close_after(in_body(10)), answer().to_end_of_stream(),
          answer().chunked({9}).close_after(in_body(40))}) {
        server.next(cut);
        BOOST_TEST(refused(config).code() == errc::connection_lost);
    }
    // A whole answer is whole.
    server.next(openint::testing::close_after_answer());
    BOOST_TEST(get(config) == "conn_github_1");

    // With close_notify, the end of the stream is the end of the body.
    mock_server polite({.tls = true});
    config = test::config_for(polite);
    polite.next(answer().to_end_of_stream());
    BOOST_TEST(get(config) == "conn_github_1");
}

// More than the socket takes at once, and more than one record.
BOOST_AUTO_TEST_CASE(large_messages)
{
    for (const auto version :
         {openint::testing::tls_version::v1_2, openint::testing::tls_version::v1_3}) {
        mock_server server({.tls = true, .max_tls = version});
        asio::io_context io;
        const openint::client client(io, test::config_for(server));
        const boost::json::object large{{"x", std::string(20'000'000, 'x')}};
        server.next(
            openint::testing::respond(200, R"({"y":")" + std::string(20'000'000, 'y') + R"("})"));
        const boost::json::value got = run(io, client.post("/v1/x", large));
        BOOST_TEST((got.at("y").as_string() == std::string(20'000'000, 'y')));
        BOOST_TEST((server.requests().back().body == openint::json::write(large)));

        // Refused in the middle.
        server.next(openint::testing::close_before_answer());
        const error e =
            failure_of(io, client.with_options({.max_retries = 0}).post("/v1/x", large));
        BOOST_TEST(e.code() == errc::connection_lost);
        BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    }
}

BOOST_AUTO_TEST_CASE(what_tls_has_read_ahead)
{
    // The answer fills one record exactly, and another one lies behind it.
    mock_server server({.tls = true});
    asio::io_context io;
    const openint::client client(io, test::config_for(server));
    const std::string forged = "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{\"id\":\"forged\"}";
    const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: ";
    const std::size_t size = 16'384 - head.size() - 5 - 4;
    std::string body = R"({"id":"conn_github_1","connector_name":"github"})";
    body.resize(size, ' ');
    server.next(openint::testing::raw(head + std::to_string(size) + "\r\n\r\n" + body + forged));

    std::string id;
    asio::co_spawn(io, client.get_connection("conn_github_1"),
                   [&](std::exception_ptr e, const openint::connection& c) {
                       BOOST_TEST(!e);
                       id = c.id;
                   });
    while (server.request_count() == 0)
        io.poll();
    BOOST_REQUIRE(server.wait_until_idle()); // all of it has been sent
    io.restart();
    io.run();
    BOOST_TEST(id == "conn_github_1");
    BOOST_TEST(run(io, client.get_connection("conn_apikey_1")).id == "conn_apikey_1");
    BOOST_TEST(server.connections_accepted() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
