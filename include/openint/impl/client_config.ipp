// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CLIENT_CONFIG_IPP
#define OPENINT_IMPL_CLIENT_CONFIG_IPP

// What a configuration takes from the environment.

#include <openint/client_config.hpp>

#include <openint/error.hpp>
#include <openint/http/proxy.hpp>
#include <openint/http/url.hpp>

#include <cstdlib>
#include <utility>

namespace openint {
namespace detail {

// Blank counts as unset.
inline std::string environment(const char* name)
{
    const char* const value = std::getenv(name);
    if (!value)
        return {};
    const std::string_view text = value;
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

} // namespace detail

OPENINT_DECL client_config client_config::from_env()
{
    client_config config;
    config.token = secret(detail::environment("OPENINT_API_KEY"));
    if (std::string base_url = detail::environment("OPENINT_BASE_URL"); !base_url.empty())
        config.base_url = std::move(base_url);
    if (const std::string level = detail::environment("OPENINT_LOG"); !level.empty()) {
        const auto parsed = parse_log_level(level);
        if (!parsed)
            throw error(errc::invalid_argument, "invalid argument: OPENINT_LOG is none of off, "
                                                "error, warn, info, debug");
        config.log.level = *parsed;
    }
    // A base URL that cannot be read is refused where it is used.
    const auto parsed = http::parse_url(config.base_url);
    if (const http::url* const origin = parsed.operator->()) {
        const auto settings = http::proxy_settings_from(
            [](const char* name) -> const char* { return std::getenv(name); });
        const auto proxy = http::choose_proxy(settings, *origin);
        if (!proxy)
            throw error(errc::invalid_argument, "invalid argument: " + proxy.error());
        if (*proxy)
            config.proxy = origin->tls ? settings.https_proxy : settings.http_proxy;
    }
    return config;
}

} // namespace openint

#endif
