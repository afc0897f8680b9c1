// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contenders.hpp"

#include <openint/json.hpp>

#include <simdjson.h>

// simdjson's on-demand interface, mapped by hand: members are asked for in the order in which they
// come, which is its fastest way. The text has the padding that it wants; copying it there is not
// counted. There are two of it: one makes values of the free-form parts, as every other contender
// does, and one copies their text, which is less than what is asked for, but what some do with it.

namespace benchmark_parse {

namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::simdjson_result;

/// With the free-form parts as text, in the order of the document, if that is wanted.
struct raw_connection : openint::connection
{
    bool as_text = false;
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
boost::json::value free(ondemand::value v)
{
    switch (ondemand::json_type(v.type())) {
    case ondemand::json_type::object: {
        boost::json::object members;
        for (auto field : v.get_object()) {
            if (members.empty())
                members.reserve(4);
            const std::string_view key = field.unescaped_key();
            members.emplace(key, free(field.value()));
        }
        return members;
    }
    case ondemand::json_type::array: {
        boost::json::array items;
        for (value item : v.get_array()) {
            if (items.empty())
                items.reserve(4);
            items.push_back(free(item.value()));
        }
        return items;
    }
    case ondemand::json_type::string:
        return boost::json::value(std::string_view(v.get_string()));
    case ondemand::json_type::boolean:
        return boost::json::value(bool(v.get_bool()));
    case ondemand::json_type::number: {
        const ondemand::number n = v.get_number();
        if (n.is_int64())
            return boost::json::value(n.get_int64());
        if (n.is_uint64())
            return boost::json::value(n.get_uint64());
        return boost::json::value(n.get_double());
    }
    default:
        if (!v.is_null())
            throw simdjson::simdjson_error(simdjson::INCORRECT_TYPE);
        return nullptr;
    }
}

void set_free(value v, boost::json::value& to) { to = free(v.value()); }
void set_free(value v, boost::json::object& to) { to = std::move(free(v.value()).as_object()); }
void set_free(value v, openint::secret_json& to)
{
    to = openint::secret_json(std::move(free(v.value()).as_object()));
}
template <class T>
void set_free(value v, std::optional<T>& to)
{
    set_free(v, to.emplace());
}
template <class T>
void set_free(value v, const raw_connection& c, T& to, std::string& text)
{
    if (v.error() != simdjson::SUCCESS)
        return;
    if (c.as_text)
        text = simdjson::to_json_string(v.value()).value();
    else
        set_free(v, to);
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
    set_free(o["raw"], c, to.raw, c.raw_text);
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
        set_free(a["metadata"], c, into.metadata, c.oauth_metadata_text);
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
        auto& into = to.schemas.emplace();
        ondemand::object s = schemas.get_object();
        set_free(s["connector_config"], c, into.connector_config, c.schema_texts[0]);
        set_free(s["connection_settings"], c, into.connection_settings, c.schema_texts[1]);
        set_free(s["integration_data"], c, into.integration_data, c.schema_texts[2]);
        set_free(s["webhook_input"], c, into.webhook_input, c.schema_texts[3]);
        set_free(s["pre_connect_input"], c, into.pre_connect_input, c.schema_texts[4]);
        set_free(s["connect_input"], c, into.connect_input, c.schema_texts[5]);
        set_free(s["connect_output"], c, into.connect_output, c.schema_texts[6]);
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
    set_free(o["standard"], c, to.standard, c.standard_text);
    set_free(o["external"], c, to.external, c.external_text);
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
    set_free(o["metadata"], to, to.metadata, to.metadata_text);
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

template <bool AsText>
struct reader
{
    static raw_connection connection(std::string_view text)
    {
        static ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(text));
        raw_connection c;
        c.as_text = AsText;
        set(document.get_object(), c);
        return c;
    }

    static raw_page list(std::string_view text)
    {
        static ondemand::parser parser;
        ondemand::document document = parser.iterate(padded(text));
        ondemand::object o = document.get_object();
        raw_page p;
        for (value item : o["items"].get_array()) {
            raw_connection& c = p.items.emplace_back();
            c.as_text = AsText;
            set(item.get_object(), c);
        }
        set(o["total"], p.total);
        set(o["limit"], p.limit);
        set(o["offset"], p.offset);
        return p;
    }

    static openint::connection finish(raw_connection c)
    {
        if (!AsText)
            return c;
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

const contender simdjson_on_demand = make_contender<reader<false>>("simdjson on-demand");
const contender simdjson_texts = make_contender<reader<true>>("simdjson, parts as text");

} // namespace benchmark_parse
