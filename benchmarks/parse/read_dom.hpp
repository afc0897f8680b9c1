// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_PARSE_READ_DOM_HPP
#define OPENINT_BENCHMARKS_PARSE_READ_DOM_HPP

#include "contenders.hpp"

#include <optional>
#include <string_view>
#include <vector>

// The mapping by hand from the document of another library. `Dom` says how that is looked at:
//
//     using value = ...;
//     static const value* member(const value& object, const char* name);   // nullptr: absent or
//     null static std::string_view text(const value&); static double number(const value&); static
//     bool boolean(const value&); static boost::json::value free(const value&); static void
//     each(const value& array, auto f);

namespace benchmark_parse {

template <class Dom>
struct dom_mapping
{
    using value = typename Dom::value;

    static void set(const value& v, std::string& to) { to = Dom::text(v); }
    static void set(const value& v, openint::secret& to) { to = openint::secret(Dom::text(v)); }
    static void set(const value& v, openint::timestamp& to)
    {
        to = openint::timestamp(Dom::text(v));
    }
    static void set(const value& v, double& to) { to = Dom::number(v); }
    static void set(const value& v, bool& to) { to = Dom::boolean(v); }
    static void set(const value& v, boost::json::value& to) { to = Dom::free(v); }
    static void set(const value& v, boost::json::object& to)
    {
        to = std::move(Dom::free(v).as_object());
    }
    static void set(const value& v, openint::secret_json& to)
    {
        to = openint::secret_json(std::move(Dom::free(v).as_object()));
    }
    template <class E>
    static void set(const value& v, openint::open_enum<E>& to)
    {
        to = openint::open_enum<E>(Dom::text(v));
    }
    template <class T>
    static void set(const value& v, std::vector<T>& to)
    {
        Dom::each(v, [&](const value& item) { set(item, to.emplace_back()); });
    }
    template <class T>
    static void set(const value& v, std::optional<T>& to)
    {
        set(v, to.emplace());
    }
    template <class T>
    static void set(const value& v, openint::boxed<T>& to)
    {
        set(v, to.emplace());
    }

    template <class T>
    static void get(const value& o, const char* name, T& to)
    {
        if (const value* v = Dom::member(o, name))
            set(*v, to);
    }

    static void set(const value& o, openint::connector_scope& to)
    {
        get(o, "scope", to.scope);
        get(o, "display_name", to.display_name);
        get(o, "description", to.description);
    }

    static void set(const value& o, openint::oauth_credentials& to)
    {
        get(o, "access_token", to.access_token);
        get(o, "client_id", to.client_id);
        get(o, "scope", to.scope);
        get(o, "refresh_token", to.refresh_token);
        get(o, "expires_in", to.expires_in);
        get(o, "expires_at", to.expires_at);
        get(o, "token_type", to.token_type);
        get(o, "raw", to.raw);
    }

    static void set(const value& o, openint::oauth_settings& to)
    {
        get(o, "credentials", to.credentials);
        get(o, "created_at", to.created_at);
        get(o, "updated_at", to.updated_at);
        get(o, "last_fetched_at", to.last_fetched_at);
        get(o, "metadata", to.metadata);
    }

    static void set(const value& o, openint::connection_settings& to)
    {
        get(o, "oauth", to.oauth);
        get(o, "access_token", to.access_token);
    }

    static void set(const value& o, openint::connector_schemas& to)
    {
        get(o, "connector_config", to.connector_config);
        get(o, "connection_settings", to.connection_settings);
        get(o, "integration_data", to.integration_data);
        get(o, "webhook_input", to.webhook_input);
        get(o, "pre_connect_input", to.pre_connect_input);
        get(o, "connect_input", to.connect_input);
        get(o, "connect_output", to.connect_output);
    }

    static void set(const value& o, openint::connector& to)
    {
        get(o, "name", to.name);
        get(o, "display_name", to.display_name);
        get(o, "logo_url", to.logo_url);
        get(o, "stage", to.stage);
        get(o, "platforms", to.platforms);
        get(o, "schemas", to.schemas);
        get(o, "auth_type", to.auth_type);
        get(o, "required_scopes", to.required_scopes);
        get(o, "openint_default_scopes", to.openint_default_scopes);
        get(o, "openint_allowed_scopes", to.openint_allowed_scopes);
        get(o, "scopes", to.scopes);
        get(o, "has_openint_credentials", to.has_openint_credentials);
    }

    static void set(const value& o, openint::integration& to)
    {
        get(o, "id", to.id);
        get(o, "standard", to.standard);
        get(o, "external", to.external);
        get(o, "created_at", to.created_at);
        get(o, "updated_at", to.updated_at);
        get(o, "connector_name", to.connector_name);
        get(o, "name", to.name);
        get(o, "logo_url", to.logo_url);
        get(o, "stage", to.stage);
        get(o, "platforms", to.platforms);
        get(o, "category", to.category);
        get(o, "auth_type", to.auth_type);
        get(o, "version", to.version);
    }

    static void set(const value& o, openint::connection& to)
    {
        get(o, "id", to.id);
        get(o, "customer_id", to.customer_id);
        get(o, "connector_config_id", to.connector_config_id);
        get(o, "integration_id", to.integration_id);
        get(o, "status_message", to.status_message);
        get(o, "created_at", to.created_at);
        get(o, "updated_at", to.updated_at);
        get(o, "display_name", to.display_name);
        get(o, "disabled", to.disabled);
        get(o, "status", to.status);
        get(o, "metadata", to.metadata);
        get(o, "connector_name", to.connector_name);
        get(o, "settings", to.settings);
        get(o, "connector", to.connector);
        get(o, "integration", to.integration);
    }

    static void set(const value& o, page& to)
    {
        get(o, "items", to.items);
        get(o, "total", to.total);
        get(o, "limit", to.limit);
        get(o, "offset", to.offset);
    }
};

/// `Dom::parse(text, f)` calls f with the whole document.
template <class Dom>
struct dom_reader
{
    template <class T>
    static T read(std::string_view text)
    {
        T value;
        Dom::parse(text, [&](const typename Dom::value& v) { dom_mapping<Dom>::set(v, value); });
        return value;
    }

    static openint::connection connection(std::string_view text)
    {
        return read<openint::connection>(text);
    }
    static page list(std::string_view text) { return read<page>(text); }

    template <class T>
    static T finish(T value)
    {
        return value;
    }
};

} // namespace benchmark_parse

#endif
