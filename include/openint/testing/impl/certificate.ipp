// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_IMPL_CERTIFICATE_IPP
#define OPENINT_TESTING_IMPL_CERTIFICATE_IPP

// Makes keys and certificates with OpenSSL.

#include <openint/testing/certificate.hpp>

#include <openint/testing/detail/openssl_check.hpp>

#include <boost/asio/ip/address.hpp>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace openint::testing {

namespace detail {

template <auto Free>
struct openssl_free
{
    template <class T>
    void operator()(T* p) const
    {
        Free(p);
    }
};

using key_ptr = std::unique_ptr<EVP_PKEY, openssl_free<&EVP_PKEY_free>>;
using x509_ptr = std::unique_ptr<X509, openssl_free<&X509_free>>;
using bio_ptr = std::unique_ptr<BIO, openssl_free<&BIO_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, openssl_free<&X509_EXTENSION_free>>;

inline std::string bio_text(BIO* bio)
{
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return std::string(data, static_cast<std::size_t>(size));
}

inline std::string pem_text(X509* certificate)
{
    bio_ptr bio(BIO_new(BIO_s_mem()));
    openssl_check(bio && PEM_write_bio_X509(bio.get(), certificate) == 1, "writing a certificate");
    return bio_text(bio.get());
}

inline std::string pem_text(EVP_PKEY* key)
{
    bio_ptr bio(BIO_new(BIO_s_mem()));
    openssl_check(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr,
                                                       nullptr) == 1,
                  "writing a key");
    return bio_text(bio.get());
}

inline key_ptr make_key()
{
    key_ptr key(EVP_EC_gen("P-256"));
    openssl_check(key != nullptr, "making a key");
    return key;
}

inline void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value)
{
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    openssl_check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

// A certificate with everything but its extensions and signature.
inline x509_ptr make_certificate(EVP_PKEY* key, const std::string& common_name,
                                 const X509_NAME* issuer, std::chrono::seconds from,
                                 std::chrono::seconds until)
{
    x509_ptr certificate(X509_new());
    X509* x = certificate.get();
    openssl_check(x && X509_set_version(x, X509_VERSION_3) == 1, "making a certificate");

    // Serial numbers differ, or clients that have seen an earlier certificate would object.
    unsigned char serial[8];
    openssl_check(RAND_bytes(serial, sizeof serial) == 1, "making a serial number");
    std::uint64_t number = 0;
    for (unsigned char c : serial)
        number = number << 8 | c;
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(x), number >> 1);

    using seconds = std::chrono::duration<long>; // fewer than std::chrono's where long has 32 bits
    X509_gmtime_adj(X509_getm_notBefore(x), std::chrono::duration_cast<seconds>(from).count());
    X509_gmtime_adj(X509_getm_notAfter(x), std::chrono::duration_cast<seconds>(until).count());
    X509_NAME* subject = X509_get_subject_name(x);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1,
                               0);
    openssl_check(X509_set_issuer_name(x, issuer ? issuer : subject) == 1 &&
                      X509_set_pubkey(x, key) == 1,
                  "filling in a certificate");
    return certificate;
}

inline std::string alternative_names(const std::vector<std::string>& names)
{
    std::string out;
    for (const std::string& name : names) {
        boost::system::error_code not_an_address;
        boost::asio::ip::make_address(name, not_an_address);
        out += (out.empty() ? "" : ",");
        out += (not_an_address ? "DNS:" : "IP:") + name;
    }
    return out;
}

} // namespace detail

struct certificate_authority::keys
{
    detail::key_ptr key = detail::make_key();
    detail::x509_ptr certificate;
    std::string pem;
    std::string chain; // with those that vouch for it, unless it vouches for itself
};

OPENINT_DECL certificate_authority::certificate_authority(std::string_view name)
{
    make(name, nullptr);
}

OPENINT_DECL certificate_authority::certificate_authority(std::string_view name,
                                                          const certificate_authority& issuer)
{
    make(name, issuer.keys_.get());
}

inline void certificate_authority::make(std::string_view name, const keys* issuer)
{
    auto made = std::make_shared<keys>();
    made->certificate = detail::make_certificate(
        made->key.get(), std::string(name),
        issuer ? X509_get_subject_name(issuer->certificate.get()) : nullptr,
        std::chrono::hours(-48), std::chrono::hours(48));
    X509* x = made->certificate.get();
    X509* by = issuer ? issuer->certificate.get() : x;
    detail::add_extension(x, by, NID_basic_constraints, "critical,CA:TRUE");
    detail::add_extension(x, by, NID_key_usage, "critical,keyCertSign,cRLSign");
    detail::add_extension(x, by, NID_subject_key_identifier, "hash");
    if (issuer)
        detail::add_extension(x, by, NID_authority_key_identifier, "keyid");
    detail::openssl_check(X509_sign(x, (issuer ? *issuer : *made).key.get(), EVP_sha256()) > 0,
                          "signing");
    made->pem = detail::pem_text(x);
    if (issuer)
        made->chain = made->pem + issuer->chain;
    keys_ = std::move(made);
}

OPENINT_DECL const std::string& certificate_authority::pem() const { return keys_->pem; }

OPENINT_DECL identity certificate_authority::issue(const certificate_options& options) const
{
    const detail::key_ptr key = detail::make_key();
    X509* issuer = keys_->certificate.get();
    const detail::x509_ptr certificate = detail::make_certificate(
        key.get(),
        !options.common_name.empty() ? options.common_name
        : options.names.empty()      ? "nobody"
                                     : options.names.front(),
        X509_get_subject_name(issuer), options.valid_from, options.valid_until);
    X509* x = certificate.get();
    detail::add_extension(x, issuer, NID_basic_constraints, "critical,CA:FALSE");
    detail::add_extension(x, issuer, NID_key_usage, "critical,digitalSignature");
    detail::add_extension(x, issuer, NID_ext_key_usage, "serverAuth,clientAuth");
    detail::add_extension(x, issuer, NID_subject_key_identifier, "hash");
    detail::add_extension(x, issuer, NID_authority_key_identifier, "keyid");
    if (!options.names.empty())
        detail::add_extension(x, issuer, NID_subject_alt_name,
                              detail::alternative_names(options.names));
    detail::openssl_check(X509_sign(x, keys_->key.get(), EVP_sha256()) > 0, "signing");
    return {detail::pem_text(x) + keys_->chain, detail::pem_text(key.get())};
}

} // namespace openint::testing

#endif
