// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contenders.hpp"

#include <openint/json.hpp>

#include <simdjson.h>

// simdjson's on-demand interface, mapped by hand: members are asked for in the order in which they
// come, which is its fastest way, and free-form parts stay text, copied as it is. The text has the
// padding that it wants; copying it there is not counted.

namespace benchmark_parse {

namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::simdjson_result;

/// A free-form part as its text, in the order of the document.
struct raw_connection : openint::connection
{
    std::string metadata_text, raw_text, oauth_metadata_text, standard_text, external_text;
    std::string schema_texts[7];
};

struct raw_page
{
    std::vector<raw_connection> items;
    double total = 0, limit = 0, offset = 0;
};

using value = simdjson_result<ondemand::value>;

bool present(value& v) { return v.error() == simdjson::SUCCESS && !v.is_null(); }

void set(value v, std::string& to)
{
    if (present(v))
        to = std::string_view(v.get_string());
}
void set(value v, openint::secret& to)
{
    if (present(v))
        to = openint::secret(std::string_view(v.get_string()));
}
void set(value v, openint::timestamp& to)
{
    if (present(v))
        to = openint::timestamp(std::string_view(v.get_string()));
}
void set(value v, double& to)
{
    if (present(v))
        to = v.get_double();
}
void set(value v, bool& to)
{
    if (present(v))
        to = v.get_bool();
}
template <class E>
void set(value v, openint::open_enum<E>& to)
{
    if (present(v))
        to = openint::open_enum<E>(std::string_view(v.get_string()));
}
void set(value v, openint::connector_scope& to);
template <class T>
void set(value v, std::vector<T>& to)
{
    if (present(v))
        for (value item : v.get_array())
            set(item, to.emplace_back());
}
template <class T>
void set(value v, std::optional<T>& to)
{
    if (present(v))
        set(v, to.emplace());
}
void set_raw(value v, std::string& to)
{
    if (present(v))
        to = simdjson::to_json_string(v.value()).value();
}

void set(value v, openint::connector_scope& to)
{
    ondemand::object o = v.get_object();
    set(o["scope"], to.scope);
    set(o["display_name"], to.display_name);
    set(o["description"], to.description);
}

void set(ondemand::object o, openint::oauth_credentials& to, raw_connection& c)
{
    set(o["access_token"], to.access_token);
    set(o["client_id"], to.client_id);
    set(o["scope"], to.scope);
    set(o["refresh_token"], to.refresh_token);
    set(o["expires_in"], to.expires_in);
    set(o["expires_at"], to.expires_at);
    set(o["token_type"], to.token_type);
    set_raw(o["raw"], c.raw_text);
}

void set(ondemand::object o, openint::connection_settings& to, raw_connection& c)
{
    value oauth = o["oauth"];
    if (present(oauth)) {
        ondemand::object a = oauth.get_object();
        auto& into = to.oauth.emplace();
        value credentials = a["credentials"];
        if (present(credentials))
            set(credentials.get_object(), into.credentials.emplace(), c);
        set(a["created_at"], into.created_at);
        set(a["updated_at"], into.updated_at);
        set(a["last_fetched_at"], into.last_fetched_at);
        set_raw(a["metadata"], c.oauth_metadata_text);
    }
    set(o["access_token"], to.access_token);
}

void set(ondemand::object o, openint::connector& to, raw_connection& c)
{
    set(o["name"], to.name);
    set(o["display_name"], to.display_name);
    set(o["logo_url"], to.logo_url);
    set(o["stage"], to.stage);
    set(o["platforms"], to.platforms);
    value schemas = o["schemas"];
    if (present(schemas)) {
        to.schemas.emplace();
        ondemand::object s = schemas.get_object();
        set_raw(s["connector_config"], c.schema_texts[0]);
        set_raw(s["connection_settings"], c.schema_texts[1]);
        set_raw(s["integration_data"], c.schema_texts[2]);
        set_raw(s["webhook_input"], c.schema_texts[3]);
        set_raw(s["pre_connect_input"], c.schema_texts[4]);
        set_raw(s["connect_input"], c.schema_texts[5]);
        set_raw(s["connect_output"], c.schema_texts[6]);
    }
    set(o["auth_type"], to.auth_type);
    set(o["required_scopes"], to.required_scopes);
    set(o["openint_default_scopes"], to.openint_default_scopes);
    set(o["openint_allowed_scopes"], to.openint_allowed_scopes);
    set(o["scopes"], to.scopes);
    set(o["has_openint_credentials"], to.has_openint_credentials);
}

void set(ondemand::object o, openint::integration& to, raw_connection& c)
{
    set(o["id"], to.id);
    set_raw(o["standard"], c.standard_text);
    set_raw(o["external"], c.external_text);
    set(o["created_at"], to.created_at);
    set(o["updated_at"], to.updated_at);
    set(o["connector_name"], to.connector_name);
    set(o["name"], to.name);
    set(o["logo_url"], to.logo_url);
    set(o["stage"], to.stage);
    set(o["platforms"], to.platforms);
    set(o["category"], to.category);
    set(o["auth_type"], to.auth_type);
    set(o["version"], to.version);
}

void set(ondemand::object o, raw_connection& to)
{
    set(o["id"], to.id);
    set(o["customer_id"], to.customer_id);
    set(o["connector_config_id"], to.connector_config_id);
    set(o["integration_id"], to.integration_id);
    set(o["status_message"], to.status_message);
    set(o["created_at"], to.created_at);
    set(o["updated_at"], to.updated_at);
    set(o["display_name"], to.display_name);
    set(o["disabled"], to.disabled);
    set(o["status"], to.status);
    set_raw(o["metadata"], to.metadata_text);
    set(o["connector_name"], to.connector_name);
    value settings = o["settings"];
    if (present(settings))
        set(settings.get_object(), to.settings.emplace(), to);
    value connector = o["connector"];
    if (present(connector))
        set(connector.get_object(), to.connector.emplace(), to);
    value integration = o["integration"];
    if (present(integration))
        set(integration.get_object(), to.integration.emplace(), to);
}

simdjson::padded_string_view padded(std::string_view text)
{
    return simdjson::padded_string_view(text.data(), text.size(),
                                        text.size() + simdjson::SIMDJSON_PADDING);
}

struct reader
{
    static raw_connection connection(std::string_view text)
    {
        static ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(text));
        raw_connection c;
        set(document.get_object(), c);
        return c;
    }

    static raw_page list(std::string_view text)
    {
        static ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(text));
        ondemand::object o = document.get_object();
        raw_page p;
        for (value item : o["items"].get_array())
            set(item.get_object(), p.items.emplace_back());
        set(o["total"], p.total);
        set(o["limit"], p.limit);
        set(o["offset"], p.offset);
        return p;
    }

    static openint::connection finish(raw_connection c)
    {
        const auto object = [](const std::string& text) {
            return openint::json::read<boost::json::object>(text);
        };
        const auto any = [](const std::string& text) {
            return openint::json::read<boost::json::value>(text);
        };
        c.metadata = object(c.metadata_text);
        c.settings->oauth->credentials->raw = openint::secret_json(object(c.raw_text));
        c.settings->oauth->metadata = object(c.oauth_metadata_text);
        c.integration->standard = any(c.standard_text);
        c.integration->external = any(c.external_text);
        auto& s = *c.connector->schemas;
        boost::json::value* const schemas[] = {
            &s.connector_config,  &s.connection_settings, &s.integration_data, &s.webhook_input,
            &s.pre_connect_input, &s.connect_input,       &s.connect_output};
        for (int i = 0; i < 7; ++i)
            *schemas[i] = any(c.schema_texts[i]);
        return c;
    }

    static page finish(raw_page p)
    {
        page whole{{}, p.total, p.limit, p.offset};
        for (raw_connection& c : p.items)
            whole.items.push_back(finish(std::move(c)));
        return whole;
    }
};

} // namespace

const contender simdjson_on_demand = make_contender<reader>("simdjson on-demand");

} // namespace benchmark_parse
