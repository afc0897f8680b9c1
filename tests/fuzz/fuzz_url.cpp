// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Everything that reads small texts: URLs, targets, redirects, proxies, dates and pauses. The text
// is taken whole, and in two parts cut at the first line end where a function wants two.

#include <openint/http/content_decoder.hpp>
#include <openint/http/field.hpp>
#include <openint/http/proxy.hpp>
#include <openint/http/target.hpp>
#include <openint/http/url.hpp>
#include <openint/transport/retry.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace http = openint::http;
namespace transport = openint::transport;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

// Nothing that could end a line, or be read as something else, gets to the wire.
void require_clean(std::string_view text)
{
    require(std::all_of(text.begin(), text.end(),
                        [](char c) { return c > 0x20 && c < 0x7F && c != '\\' && c != '#'; }));
}

std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            require(i + 2 < text.size());
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

void check_url(std::string_view text)
{
    const auto u = http::parse_url(text);
    const auto p = http::parse_url(text, {.allow_credentials = true});
    require(!u || p == u);
    require(u || !u.error().empty());
    if (!p)
        return;
    require(p->port != 0);
    require(!p->host.empty());
    require_clean(p->origin() + p->path);
    require(!p->path.ends_with('/'));
    require(p->path.empty() || http::check_target(p->path).empty());
    http::url plain = *p;
    plain.credentials.reset();
    const auto again = http::parse_url(p->origin() + p->path);
    require(again && *again == plain);
    require(http::is_field_value(http::proxy_authorization(*p)));
    (void)http::is_loopback(*p);
}

void check_texts(std::string_view text)
{
    std::string path = "/x/";
    http::append_path_segment(path, text);
    require_clean(path);
    require(unescaped(path.substr(3)) == text);
    require((path.substr(3) != text) == http::needs_encoding(text));

    std::string query = path;
    http::append_query(query, text, text);
    require_clean(query);
    require(std::count(query.begin(), query.end(), '=') -
                std::count(path.begin(), path.end(), '=') ==
            1);
    require(unescaped(query) ==
            "/x/" + std::string(text) + "?" + std::string(text) + "=" + std::string(text));

    if (http::check_target(text).empty())
        require_clean(text);
    if (http::is_token(text))
        require(http::is_field_value(text));
    if (http::is_field_value(text))
        require(text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    (void)http::coding_from(text);

    transport::attempt a;
    a.status = 503;
    a.retry_after.retry_after = text;
    a.retry_after.retry_after_ms = text.substr(0, text.size() / 2);
    a.retry_after.date = text.substr(text.size() / 2);
    const auto delay = http::retry_after(a.retry_after, a.now);
    require(!delay || delay->count() >= 0);
    require(transport::decide_retry({}, a).delay <= std::chrono::seconds(60));
}

void check_pair(std::string_view first, std::string_view second)
{
    const http::url base{.tls = true, .host = "h", .port = 443, .path = "/v1", .credentials = {}};
    const auto where = http::resolve_location(base, first, second);
    if (where) {
        require_clean(where->target);
        require(where->target.starts_with('/') && !where->target.starts_with("//"));
        require_clean(where->origin.origin());
        require(!where->origin.credentials);
        // An absolute form of the outcome leads to the same place.
        const auto again =
            http::resolve_location(base, "/", where->origin.origin() + where->target);
        require(again && *again == *where);
    } else {
        require(!where.error().empty());
    }
    if (const auto target = http::parse_url(second)) {
        (void)http::bypasses_proxy(first, *target);
        const std::string list =
            first.empty() ? std::string(target->host) : std::string(first) + " " + target->host;
        require(http::bypasses_proxy(list, *target));
        (void)http::choose_proxy({std::string(first), std::string(first), ""}, *target);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_url(text);
    check_texts(text);
    const auto cut = std::min(text.find('\n'), text.size());
    check_pair(text.substr(0, cut), text.substr(std::min(cut + 1, text.size())));
    return 0;
}
