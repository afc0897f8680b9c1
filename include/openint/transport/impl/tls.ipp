// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_TLS_IPP
#define OPENINT_TRANSPORT_IMPL_TLS_IPP

// The TLS context that the options ask for, and the checks of the server's certificate.

#include <openint/transport/tls.hpp>

#include <openint/error.hpp>

#include <boost/asio/ip/address.hpp>

#include <new>

#include <openssl/x509v3.h>

namespace openint::transport {

OPENINT_DECL std::shared_ptr<boost::asio::ssl::context> make_tls_context(const tls_options& options)
{
    namespace ssl = boost::asio::ssl;
    if (options.context)
        return options.context;
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);

    const auto use = [](const boost::system::error_code& ec, const char* option,
                        const std::string& file) {
        if (ec)
            throw error(
                {.code = errc::invalid_argument,
                 .cause = ec,
                 .what = std::string(option) + ": cannot use \"" + file + "\": " + ec.message()});
    };
    boost::system::error_code ec;
    // These give nothing back with BOOST_ASIO_NO_DEPRECATED.
    if (options.ca_file.empty()) {
        context->set_default_verify_paths(ec);
        use(ec, "tls.ca_file", "the system's authorities");
    } else {
        context->load_verify_file(options.ca_file, ec);
        use(ec, "tls.ca_file", options.ca_file);
    }
    if (!options.certificate_file.empty()) {
        context->use_certificate_chain_file(options.certificate_file, ec);
        use(ec, "tls.certificate_file", options.certificate_file);
    }
    if (!options.private_key_file.empty()) {
        context->use_private_key_file(options.private_key_file, ssl::context::pem, ec);
        use(ec, "tls.private_key_file", options.private_key_file);
    }
    return context;
}

OPENINT_DECL void prepare_tls(SSL* ssl, const std::string& host, tls_verification verify)
{
    boost::system::error_code not_an_address;
    boost::asio::ip::make_address(host, not_an_address);
    if (not_an_address) // RFC 6066: addresses are not sent as server names
        SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
                 const_cast<char*>(host.c_str())); // the macro for it casts in the style of C
    if (verify == tls_verification::insecure_accept_any_certificate) {
        SSL_set_verify(ssl, SSL_VERIFY_NONE, nullptr);
        return;
    }
    SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
    X509_VERIFY_PARAM* const parameters = SSL_get0_param(ssl);
    int set = 0;
    if (not_an_address) {
        X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        set = X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size());
    } else
        set = X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str());
    if (set != 1) // or every name would do
        throw std::bad_alloc();
}

OPENINT_DECL std::string certificate_problem(SSL* ssl)
{
    if (SSL_get_verify_mode(ssl) == SSL_VERIFY_NONE)
        return {};
    const long result = SSL_get_verify_result(ssl);
    return result == X509_V_OK ? std::string() : X509_verify_cert_error_string(result);
}

OPENINT_DECL void tls_session_cache::offer(SSL* to) noexcept
{
    const std::lock_guard lock(mutex_);
    if (session_)
        SSL_set_session(to, session_.get());
}

OPENINT_DECL void tls_session_cache::store(SSL* from) noexcept
{
    std::unique_ptr<SSL_SESSION, free_session> session(SSL_get1_session(from));
    if (!session || !SSL_SESSION_is_resumable(session.get()))
        return;
    const std::lock_guard lock(mutex_);
    session_ = std::move(session);
}

OPENINT_DECL void tls_session_cache::forget() noexcept
{
    const std::lock_guard lock(mutex_);
    session_.reset();
}

} // namespace openint::transport

#endif
