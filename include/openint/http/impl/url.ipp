// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_IMPL_URL_IPP
#define OPENINT_HTTP_IMPL_URL_IPP

// Checks and takes apart URLs (RFC 3986): first their authority, then the whole, then redirects.

#include <openint/detail/ascii.hpp>
#include <openint/http/detail/characters.hpp>
#include <openint/http/target.hpp>
#include <openint/http/url.hpp>

#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace openint::http {
namespace detail {

inline const char* host_problem(std::string_view host)
{
    if (host.empty())
        return "has no host";
    if (host.size() > 253)
        return "has a host name longer than 253 characters";
    for (const char c : host) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return "has a host name that is not ASCII; write it in its \"xn--\" form";
        if (is_control(c))
            return "holds a control character";
        if (c == ' ')
            return "holds a space";
        if (!is_alnum(c) && c != '-' && c != '.' && c != '_')
            return "has a character in its host name that does not belong there";
    }
    std::string_view rest = host;
    if (rest.ends_with('.')) // an absolute name: no search domain is tried
        rest.remove_suffix(1);
    for (;;) {
        const auto dot = rest.find('.');
        const auto label = rest.substr(0, dot);
        if (label.empty() || label.size() > 63)
            return "has an empty or overlong part in its host name";
        if (dot == std::string_view::npos) {
            // A name that ends in a number is meant as an address, which some programs read in
            // octal or with parts left out. Only the plain form means the same to all of them.
            const bool hex = label.starts_with("0x") || label.starts_with("0X");
            const bool numeric =
                std::all_of(label.begin() + (hex ? 2 : 0), label.end(),
                            [&](char c) { return hex ? hex_value(c) >= 0 : is_digit(c); });
            boost::system::error_code ec;
            if (numeric)
                (void)boost::asio::ip::make_address_v4(std::string(host), ec);
            return ec ? "has a host that is neither a name nor an address" : "";
        }
        rest.remove_prefix(dot + 1);
    }
}

// Percent-decodes a user name or password; no value when an escape is broken or a control or
// non-ASCII character stands in the text or is meant by an escape.
inline std::optional<std::string> decode_credential(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i != text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int byte = escaped_byte(text.substr(i));
            if (byte < 0)
                return std::nullopt;
            c = static_cast<char>(byte);
            i += 2;
        } else if (!is_pchar(c)) {
            return std::nullopt;
        }
        if (is_control(c))
            return std::nullopt;
        out += c;
    }
    return out;
}

// Reads `//user:password@host:port` at the front of the text and removes it. The problem, or "".
inline const char* read_authority(std::string_view& text, url& out, parse_url_options options)
{
    text.remove_prefix(2);
    const auto end = (std::min)(text.find_first_of("/?#\\"), text.size());
    std::string_view authority = text.substr(0, end);
    text.remove_prefix(end);

    if (const auto at = authority.find('@'); at != std::string_view::npos) {
        if (!options.allow_credentials)
            return "must not hold a user name or password (\"@\")";
        const auto userinfo = authority.substr(0, at);
        authority.remove_prefix(at + 1);
        const auto colon = (std::min)(userinfo.find(':'), userinfo.size());
        auto user = decode_credential(userinfo.substr(0, colon));
        auto password = decode_credential(userinfo.substr((std::min)(colon + 1, userinfo.size())));
        // In basic authentication the first colon ends the user name (RFC 7617).
        if (!user || !password || user->find(':') != std::string::npos)
            return "has a user name or password that is not percent-encoded as it must be";
        out.credentials.emplace(url_credentials{std::move(*user), std::move(*password)});
    }

    out.port = out.tls ? 443 : 80;
    std::string_view port;
    bool has_port = false;
    if (!authority.empty() && authority[0] == '[') {
        const auto bracket = authority.find(']');
        if (bracket == std::string_view::npos)
            return "has a \"[\" without \"]\" in its host";
        const auto host = authority.substr(1, bracket - 1);
        const auto after = authority.substr(bracket + 1);
        boost::system::error_code ec;
        const auto address = boost::asio::ip::make_address_v6(std::string(host), ec);
        // A zone ("%eth0") means something on one machine only, and the system's parser takes it.
        if (ec || host.find_first_not_of("0123456789abcdefABCDEF:.") != std::string_view::npos)
            return "has something in brackets that is not an IPv6 address";
        out.host = address.to_string();
        has_port = !after.empty();
        if (has_port && after[0] != ':')
            return "has something other than a port after its address";
        port = after.substr(has_port ? 1 : 0);
    } else {
        const auto colon = authority.find(':');
        has_port = colon != std::string_view::npos;
        if (has_port) {
            port = authority.substr(colon + 1);
            authority = authority.substr(0, colon);
            if (port.find(':') != std::string_view::npos)
                return "has more than one \":\" in its host; write an IPv6 address in brackets";
        }
        if (const char* problem = host_problem(authority); *problem)
            return problem;
        out.host.assign(authority);
        std::transform(out.host.begin(), out.host.end(), out.host.begin(), to_lower);
    }
    if (has_port) {
        const auto [last, ec] = std::from_chars(port.data(), port.data() + port.size(), out.port);
        if (ec != std::errc{} || last != port.data() + port.size() || out.port == 0)
            return "has a port that is not a number from 1 to 65535";
    }
    return "";
}

// Reads `https:` at the front of the text and removes it; false if it does not begin so.
inline bool read_scheme(std::string_view& text, bool& tls)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return false;
    const auto scheme = text.substr(0, colon);
    tls = equal_ignoring_case(scheme, "https");
    if (!tls && !equal_ignoring_case(scheme, "http"))
        return false;
    text.remove_prefix(colon + 1);
    return true;
}

// RFC 3986 5.2.4, for an absolute path.
inline std::string remove_dot_segments(std::string_view path)
{
    std::string out;
    while (!path.empty()) {
        const auto end = (std::min)(path.find('/', 1), path.size());
        const auto segment = path.substr(0, end);
        path.remove_prefix(end);
        if (segment == "/." || segment == "/..") {
            if (segment == "/..")
                out.resize((std::min)(out.rfind('/'), out.size()));
            if (path.empty())
                out += '/';
        } else {
            out += segment;
        }
    }
    return out;
}

} // namespace detail

OPENINT_DECL std::string url::authority() const
{
    std::string out;
    if (host.find(':') == std::string::npos)
        out = host;
    else
        out.append("[").append(host).append("]");
    if (port != (tls ? 443 : 80))
        out.append(":").append(std::to_string(port));
    return out;
}

OPENINT_DECL std::string url::origin() const
{
    return (tls ? "https://" : "http://") + authority();
}

OPENINT_DECL bool same_origin(const url& a, const url& b)
{
    return a.tls == b.tls && a.port == b.port && a.host == b.host;
}

OPENINT_DECL boost::system::result<url, std::string> parse_url(std::string_view text,
                                                               parse_url_options options)
{
    url out;
    if (text.empty())
        return std::string("is empty");
    if (!detail::read_scheme(text, out.tls) || !text.starts_with("//"))
        return std::string("does not begin with \"http://\" or \"https://\"");
    if (const char* problem = detail::read_authority(text, out, options); *problem)
        return std::string(problem);
    if (const char* problem = detail::character_problem(text, "/"); *problem)
        return std::string(problem);
    if (text.ends_with('/'))
        text.remove_suffix(1);
    if (text.ends_with('/') || text.find("//") != std::string_view::npos)
        return std::string("has an empty part (\"//\") in its path");
    if (detail::has_dot_segment(text))
        return std::string("has a \".\" or \"..\" part in its path");
    out.path.assign(text);
    return out;
}

boost::system::result<location, std::string>
resolve_location(const url& base, std::string_view current_target, std::string_view location_field)
{
    std::string_view text = location_field.substr(0, location_field.find('#'));
    if (text.empty())
        return std::string("is empty");

    location out;
    out.origin = base;
    out.origin.path.clear();
    out.origin.credentials.reset();
    const auto colon = text.find(':');
    const bool absolute = colon < text.find_first_of("/?");
    if (absolute && !detail::read_scheme(text, out.origin.tls))
        return std::string("has a scheme other than http and https");
    if (text.starts_with("//")) {
        if (const char* problem = detail::read_authority(text, out.origin, {}); *problem)
            return std::string(problem);
        if (!text.starts_with('/'))
            out.target = "/";
    } else if (absolute) {
        return std::string("has no host");
    }

    const auto current_path = current_target.substr(0, current_target.find('?'));
    std::string_view path = text.substr(0, text.find('?'));
    const std::string_view query = text.substr(path.size());
    if (!out.target.empty() || path.starts_with('/')) {
        out.target += detail::remove_dot_segments(path);
    } else if (path.empty()) {
        out.target = current_path;
    } else {
        const auto folder = current_path.substr(0, current_path.rfind('/') + 1);
        out.target = detail::remove_dot_segments(std::string(folder).append(path));
    }
    out.target += query;
    if (std::string problem = check_target(out.target); !problem.empty())
        return problem;
    return out;
}

} // namespace openint::http

#endif
