// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_TLS_IPP
#define OPENINT_TRANSPORT_IMPL_TLS_IPP

// The TLS context that the options ask for, the checks of the server's certificate, and what a
// failure means.

#include <openint/transport/tls.hpp>

#include <openint/error.hpp>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <new>
#include <string_view>

#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace openint::transport {

namespace detail {

// Without one, OpenSSL asks on the terminal and waits.
inline int no_password(char*, int, int, void*) { return -1; }

// Gives the password of the options to OpenSSL while a file is read, and nobody's afterwards.
class password_source
{
public:
    password_source(SSL_CTX* context, const secret& password)
        : context_(context)
        , password_(password.reveal())
    {
        SSL_CTX_set_default_passwd_cb_userdata(context_, this);
        SSL_CTX_set_default_passwd_cb(context_, give);
    }
    password_source(const password_source&) = delete;
    password_source& operator=(const password_source&) = delete;
    ~password_source()
    {
        SSL_CTX_set_default_passwd_cb(context_, no_password);
        SSL_CTX_set_default_passwd_cb_userdata(context_, nullptr);
    }

    // Whether there was something to be decrypted.
    bool asked() const noexcept { return asked_; }

private:
    static int give(char* into, int size, int, void* data)
    {
        password_source& self = *static_cast<password_source*>(data);
        self.asked_ = true;
        if (self.password_.empty() || self.password_.size() > static_cast<std::size_t>(size))
            return -1;
        std::memcpy(into, self.password_.data(), self.password_.size());
        return static_cast<int>(self.password_.size());
    }

    SSL_CTX* const context_;
    const std::string_view password_;
    bool asked_ = false;
};

[[noreturn]] inline void refuse_option(std::string_view option, std::string_view problem,
                                       const boost::system::error_code& cause = {})
{
    throw error({.code = errc::invalid_argument,
                 .cause = cause,
                 .what = std::string(option).append(": ").append(problem)});
}

// The certificate that the client shows, and its key.
inline void use_certificate(boost::asio::ssl::context& context, const tls_options& options)
{
    if (options.certificate_file.empty()) {
        if (!options.private_key_file.empty())
            refuse_option("tls.private_key_file",
                          "is the key of no certificate: tls.certificate_file is empty");
        if (!options.private_key_password.empty())
            refuse_option("tls.private_key_password", "is the password of no key");
        return;
    }
    const password_source password(context.native_handle(), options.private_key_password);
    boost::system::error_code ec;
    context.use_certificate_chain_file(options.certificate_file, ec);
    if (ec)
        refuse_option("tls.certificate_file",
                      "cannot use \"" + options.certificate_file + "\": " + ec.message(), ec);

    const bool together = options.private_key_file.empty();
    const std::string& file = together ? options.certificate_file : options.private_key_file;
    context.use_private_key_file(file, boost::asio::ssl::context::pem, ec);
    if (!ec)
        return;
    const char* const option = together ? "tls.certificate_file" : "tls.private_key_file";
    if (password.asked())
        refuse_option(option,
                      "the key in \"" + file + "\" is encrypted; " +
                          (options.private_key_password.empty()
                               ? "set tls.private_key_password"
                               : "tls.private_key_password does not decrypt it"),
                      ec);
    refuse_option(option,
                  "cannot use the private key of \"" + file + "\": " + ec.message() +
                      (together ? "; if it is in another file, set tls.private_key_file" : ""),
                  ec);
}

} // namespace detail

OPENINT_DECL std::shared_ptr<boost::asio::ssl::context> make_tls_context(const tls_options& options)
{
    namespace ssl = boost::asio::ssl;
    if (options.context)
        return options.context;
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_default_passwd_cb(context->native_handle(), detail::no_password);

    boost::system::error_code ec;
    // These give nothing back with BOOST_ASIO_NO_DEPRECATED.
    if (options.ca_file.empty())
        context->set_default_verify_paths(ec);
    else {
        context->load_verify_file(options.ca_file, ec);
        // Whoever is in the file is trusted, whether somebody else vouches for it or not.
        X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context->native_handle()),
                                    X509_V_FLAG_PARTIAL_CHAIN);
    }
    if (ec)
        detail::refuse_option("tls.ca_file",
                              "cannot use " +
                                  (options.ca_file.empty() ? "the system's authorities"
                                                           : '"' + options.ca_file + '"') +
                                  ": " + ec.message(),
                              ec);
    detail::use_certificate(*context, options);
    return context;
}

OPENINT_DECL void prepare_tls(SSL* ssl, std::string host, tls_verification verify)
{
    if (host.ends_with('.')) // of the absolute name, which neither knows (RFC 6066, 3)
        host.pop_back();
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
        // Common names are for people (RFC 9110, 4.3.4).
        X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                                        X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
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

namespace detail {

// What to do about an alert, if anything. Numbers and names are those of RFC 8446, 6.
struct alert
{
    int number;
    std::string_view name;
    std::string_view advice;
};

inline constexpr std::string_view wants_certificate =
    "it wants a client certificate; set tls.certificate_file and tls.private_key_file";
inline constexpr std::string_view refuses_certificate =
    "it wants a client certificate, or another than that of tls.certificate_file";
inline constexpr std::string_view no_common_version =
    "it speaks no version of TLS that this client accepts (1.2 or newer)";

inline constexpr alert alerts[] = {
    {10, "unexpected_message", {}},
    {30, "decompression_failure", {}},
    {40, "handshake_failure",
     "it has no cipher in common with this client, or wants a client "
     "certificate (tls.certificate_file)"},
    {41, "no_certificate", wants_certificate},
    {42, "bad_certificate", refuses_certificate},
    {43, "unsupported_certificate", refuses_certificate},
    {44, "certificate_revoked", refuses_certificate},
    {45, "certificate_expired", refuses_certificate},
    {46, "certificate_unknown", refuses_certificate},
    {47, "illegal_parameter", {}},
    {48, "unknown_ca", refuses_certificate},
    {49, "access_denied", "the client certificate is valid, but may not do this"},
    {50, "decode_error", {}},
    {51, "decrypt_error", {}},
    {60, "export_restriction", {}},
    {70, "protocol_version", no_common_version},
    {71, "insufficient_security", "it wants stronger ciphers than this client's"},
    {86, "inappropriate_fallback", no_common_version},
    {100, "no_renegotiation", {}},
    {109, "missing_extension", {}},
    {110, "unsupported_extension", {}},
    {111, "certificate_unobtainable", {}},
    {112, "unrecognized_name", "it does not know the host of base_url"},
    {113, "bad_certificate_status_response", {}},
    {114, "bad_certificate_hash_value", {}},
    {115, "unknown_psk_identity", {}},
    {116, "certificate_required", wants_certificate},
    {120, "no_application_protocol", {}}};

// Whether the same alert need not come again.
inline bool may_pass(int alert_number) noexcept
{
    switch (alert_number) {
    case 0:  // close_notify
    case 20: // bad_record_mac
    case 21: // decryption_failed
    case 22: // record_overflow
    case 80: // internal_error
    case 90: // user_canceled
        return true;
    default:
        return false;
    }
}

// OpenSSL's reason; 0 if the error is of another part of it, or none of OpenSSL's.
inline int ssl_reason(const boost::system::error_code& ec) noexcept
{
    const auto packed = static_cast<unsigned long>(ec.value());
    return ec.category() == boost::asio::error::get_ssl_category() &&
                   ERR_GET_LIB(packed) == ERR_LIB_SSL
               ? ERR_GET_REASON(packed)
               : 0;
}

} // namespace detail

OPENINT_DECL std::string alert_problem(const boost::system::error_code& ec)
{
    const int number = detail::ssl_reason(ec) - SSL_AD_REASON_OFFSET;
    if (number < 0 || number > 255 || detail::may_pass(number))
        return {};
    const auto* const known =
        std::find_if(std::begin(detail::alerts), std::end(detail::alerts),
                     [&](const detail::alert& a) { return a.number == number; });
    const bool found = known != std::end(detail::alerts);
    std::string text = "the server refused it with the alert ";
    text += found ? std::string(known->name) : std::to_string(number);
    if (found && !known->advice.empty())
        text.append(": ").append(known->advice);
    return text;
}

OPENINT_DECL std::string handshake_problem(const boost::system::error_code& ec)
{
    switch (detail::ssl_reason(ec)) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
        return ec.message() + ": the server's version of TLS is none that this client accepts";
    case SSL_R_WRONG_VERSION_NUMBER:
        return ec.message() + ": the server does not speak TLS; check scheme and port of base_url";
    case SSL_R_DH_KEY_TOO_SMALL:
    case SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED:
    case SSL_R_WRONG_CIPHER_RETURNED:
    case SSL_R_WRONG_SIGNATURE_TYPE:
        return ec.message() + ": the server's TLS is weaker than OpenSSL allows";
    default:
        return alert_problem(ec);
    }
}

OPENINT_DECL bool tls_session_cache::offer(SSL* to) noexcept
{
    const std::lock_guard lock(mutex_);
    return session_ && SSL_set_session(to, session_.get()) == 1;
}

OPENINT_DECL void tls_session_cache::store(SSL* from) noexcept
{
    constexpr int most_refusals = 2;
    std::unique_ptr<SSL_SESSION, free_session> session(SSL_get1_session(from));
    const std::lock_guard lock(mutex_);
    if (SSL_session_reused(from) == 1)
        refusals_ = 0;
    if (session && SSL_SESSION_is_resumable(session.get()) && refusals_ < most_refusals)
        session_.swap(session); // the old one is freed without the lock
}

OPENINT_DECL void tls_session_cache::forget() noexcept
{
    const std::lock_guard lock(mutex_);
    session_.reset();
}

OPENINT_DECL void tls_session_cache::refused() noexcept
{
    const std::lock_guard lock(mutex_);
    session_.reset();
    ++refusals_;
}

} // namespace openint::transport

#endif
