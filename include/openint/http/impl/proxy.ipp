// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_PROXY_IPP
#define OPENINT_HTTP_IMPL_PROXY_IPP

// Which proxy the environment names, and for which hosts it is not used.

#include <openint/detail/ascii.hpp>
#include <openint/http/proxy.hpp>

#include <boost/asio/ip/address.hpp>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace openint::http {
namespace detail {

using namespace openint::detail; // ascii.hpp

// A name without the dot that makes it absolute.
inline std::string_view undotted(std::string_view host)
{
    return host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
}

// The address that a host is written as. IPv4 within IPv6 is what it stands for.
inline std::optional<boost::asio::ip::address> to_address(std::string_view host)
{
    namespace ip = boost::asio::ip;
    boost::system::error_code ec;
    ip::address address = ip::make_address(std::string(host), ec);
    if (ec || host.find('%') != std::string_view::npos)
        return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

template <class Bytes>
bool same_network(const Bytes& a, const Bytes& b, unsigned bits)
{
    for (std::size_t i = 0; i != a.size() && bits != 0; ++i) {
        const unsigned here = (std::min)(bits, 8u);
        if ((a[i] ^ b[i]) >> (8 - here))
            return false;
        bits -= here;
    }
    return true;
}

// Decimal digits and nothing else.
template <class Number>
std::optional<Number> to_number(std::string_view text)
{
    Number value{};
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// "10.0.0.0/8": the network as it is written, host bits do not matter.
inline bool in_network(std::string_view entry, const boost::asio::ip::address& host)
{
    const auto slash = entry.find('/');
    const auto bits = to_number<unsigned>(entry.substr(slash + 1));
    const auto network = to_address(entry.substr(0, slash));
    if (!network || !bits || *bits > (network->is_v4() ? 32u : 128u) ||
        network->is_v4() != host.is_v4())
        return false;
    return host.is_v4() ? same_network(host.to_v4().to_bytes(), network->to_v4().to_bytes(), *bits)
                        : same_network(host.to_v6().to_bytes(), network->to_v6().to_bytes(), *bits);
}

inline bool matches(std::string_view entry, const url& target,
                    const std::optional<boost::asio::ip::address>& address)
{
    if (entry == "*")
        return true;
    if (entry.find('/') != std::string_view::npos)
        return address && in_network(entry, *address);

    // A port follows a bracket, or the only colon: more of them are an address without port.
    const auto bracket = entry.starts_with('[') ? entry.find(']') : std::string_view::npos;
    const auto colon = entry.rfind(':');
    const bool has_port =
        colon != std::string_view::npos &&
        (entry.starts_with('[') ? colon == bracket + 1 : colon == entry.find(':'));
    if (has_port) {
        if (to_number<std::uint16_t>(entry.substr(colon + 1)) != target.port)
            return false;
        entry = entry.substr(0, colon);
    }
    if (entry.starts_with('[')) {
        if (bracket + 1 != entry.size())
            return false;
        entry = entry.substr(1, bracket - 1);
    }
    if (const auto listed = to_address(entry))
        return address == listed;
    if (address)
        return false;

    if (entry.starts_with("*."))
        entry.remove_prefix(1);
    if (entry.starts_with('.'))
        entry.remove_prefix(1);
    entry = undotted(entry);
    const std::string_view host = undotted(target.host);
    if (entry.empty() || entry.size() > host.size())
        return false;
    const auto before = host.size() - entry.size();
    return equal_ignoring_case(host.substr(before), entry) &&
           (before == 0 || host[before - 1] == '.');
}

} // namespace detail

OPENINT_DECL proxy_settings proxy_settings_from(const char* (*lookup)(const char*))
{
    // Blanks around it do not count either.
    const auto get = [&](const char* name) {
        const char* value = lookup(name);
        return std::string(value ? detail::trimmed(value) : "");
    };
    const auto first = [&](const char* lower, const char* upper) {
        std::string value = get(lower);
        return value.empty() ? get(upper) : value;
    };
    const bool cgi = !get("REQUEST_METHOD").empty();
    return {first("https_proxy", "HTTPS_PROXY"),
            cgi ? get("http_proxy") : first("http_proxy", "HTTP_PROXY"),
            first("no_proxy", "NO_PROXY")};
}

OPENINT_DECL boost::system::result<url, std::string> parse_proxy(std::string_view text)
{
    const bool has_scheme = text.find("://") != std::string_view::npos;
    auto result = parse_url(has_scheme ? std::string(text) : std::string("http://").append(text),
                            {.allow_credentials = true});
    if (result && !result->path.empty())
        return std::string("has a path");
    return result;
}

OPENINT_DECL bool is_loopback(const url& target)
{
    const auto address = detail::to_address(target.host);
    const std::string_view name = detail::undotted(target.host);
    return address ? address->is_loopback() : name == "localhost" || name.ends_with(".localhost");
}

OPENINT_DECL bool bypasses_proxy(std::string_view no_proxy, const url& target)
{
    constexpr std::string_view separators = ", \t\r\n";
    const auto address = detail::to_address(target.host);
    for (;;) {
        no_proxy.remove_prefix((std::min)(no_proxy.find_first_not_of(separators), no_proxy.size()));
        if (no_proxy.empty())
            return false;
        const auto end = (std::min)(no_proxy.find_first_of(separators), no_proxy.size());
        if (detail::matches(no_proxy.substr(0, end), target, address))
            return true;
        no_proxy.remove_prefix(end);
    }
}

OPENINT_DECL boost::system::result<std::optional<url>, std::string>
choose_proxy(const proxy_settings& settings, const url& target)
{
    const std::string& text = target.tls ? settings.https_proxy : settings.http_proxy;
    if (text.empty() || is_loopback(target) || bypasses_proxy(settings.no_proxy, target))
        return std::optional<url>();
    auto proxy = parse_proxy(text);
    if (!proxy)
        return (target.tls ? "https_proxy " : "http_proxy ") + proxy.error();
    return std::optional<url>(std::move(*proxy));
}

OPENINT_DECL std::string proxy_authorization(const url& proxy)
{
    if (!proxy.credentials)
        return {};
    std::string plain = proxy.credentials->user + ':' + proxy.credentials->password;
    // EVP_EncodeBlock writes a zero after the text.
    constexpr std::string_view scheme = "Basic ";
    std::string out(scheme);
    out.resize(scheme.size() + (plain.size() + 2) / 3 * 4 + 1);
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data() + scheme.size()),
                    reinterpret_cast<const unsigned char*>(plain.data()),
                    static_cast<int>(plain.size()));
    out.pop_back();
    OPENSSL_cleanse(plain.data(), plain.size());
    return out;
}

} // namespace openint::http

#endif
