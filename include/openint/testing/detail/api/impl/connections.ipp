// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_IMPL_CONNECTIONS_IPP
#define OPENINT_TESTING_DETAIL_API_IMPL_CONNECTIONS_IPP

// The operations of the mock server: connections.

#include <openint/testing/detail/api/api.hpp>
#include <openint/testing/detail/api/catalogue.hpp>

namespace openint::testing::detail {

inline api::view::view(input& in, std::string_view policy)
    : secrets(in.flag("include_secrets"))
{
    static constexpr std::string_view policies[] = {"none", "force", "auto"};
    static constexpr std::string_view parts[] = {"connector"};
    refresh_policy = in.choice("refresh_policy", policies, policy);
    connector = !in.list("expand", parts).empty();
}

inline response api::get_connection(const call& c)
{
    input in(c);
    in.id("conn_");
    const view v(in, "auto");
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_connection(c, found))
        return *refused;
    if (!has_connector(*found))
        return refuse(c, 404, "Connector not found for connection " + std::string(c.segment));
    if (!has_to_be_checked(*found, v))
        return respond(200, show(*found, v));
    return check({found}, [this, v, id = std::string(c.segment)] {
        row* r = store_.connections.find(id);
        return r ? respond(200, show(*r, v))
                 : respond(404, error_body(404, "Connection not found", "getConnection"));
    });
}

inline response api::list_connections(const call& c)
{
    input in(c);
    const window w(in);
    const auto connectors = in.list("connector_names", connector_names());
    const std::string customer = in.text("customer_id");
    const std::string config = in.text("connector_config_id", "ccfg_");
    const std::string search = in.text("search_query");
    const view v(in, "none");
    if (const auto refused = in.refused())
        return *refused;

    const auto rows = newest_first(store_.connections.select([&](const row& r) {
        const auto of = std::find(connectors.begin(), connectors.end(), r.text("connector_name"));
        return may_see(c, r) && has_connector(r) &&
               (!in.has("connector_names") || of != connectors.end()) &&
               (customer.empty() || r.text("customer_id") == customer) &&
               (config.empty() || r.text("connector_config_id") == config) &&
               contains(r, search, {"id", "customer_id", "connector_name", "display_name"});
    }));
    std::vector<row*> due;
    for (row* r : w.of(std::span(rows)))
        if (has_to_be_checked(*r, v))
            due.push_back(r);
    std::vector<std::string> ids; // rows may be gone when they have been checked
    ids.reserve(rows.size());
    for (const row* r : rows)
        ids.emplace_back(r->text("id"));
    return check(due, [this, v, w, ids = std::move(ids)] {
        std::vector<row*> left;
        for (const std::string& id : ids)
            if (row* r = store_.connections.find(id))
                left.push_back(r);
        return page(w, left, [&](row* r) { return show(*r, v); });
    });
}

inline response api::create_connection(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    const std::string_view config_id = in.text_member(body, "connector_config_id", required);
    const std::string_view customer = in.text_member(body, "customer_id", required);
    const auto* data = in.object_member(body, "data", required);
    const auto* metadata = in.object_member(body, "metadata", nullable);
    const auto* check_it = in.member(body, "check_connection", boost::json::kind::bool_, optional);
    std::string_view connector;
    const boost::json::object* settings = nullptr;
    if (data) {
        connector = in.text_member(*data, "connector_name", required, {"data"});
        if (!connector.empty())
            in.one_of(connector, connector_names(), {"data", "connector_name"});
        settings = in.object_member(*data, "settings", required, {"data"});
        if (settings && is_oauth(connector))
            in.object_member(*settings, "oauth", required, {"data", "settings"});
    }
    if (const auto refused = in.refused())
        return *refused;

    const row* config = store_.configs.find(config_id);
    if (!config)
        return refuse(c, 404, "Connector config " + std::string(config_id) + " not found");
    if (config->text("connector_name") != connector)
        return refuse(c, 400,
                      "Connector name mismatch: config is " +
                          std::string(config->text("connector_name")) + " but input is " +
                          std::string(connector));

    const std::string now = row_time(clock_.now());
    boost::json::object stored{
        {"id", make_id("conn_" + std::string(connector) + "_")},
        {"customer_id", customer},
        {"connector_config_id", config_id},
        {"status_message", "Connection was imported without checking its status"},
        {"created_at", now},
        {"updated_at", now},
        {"disabled", false},
        {"status", "unknown"},
        {"connector_name", connector}};
    if (metadata)
        stored.emplace("metadata", *metadata);
    boost::json::value kept(*settings);
    boost::system::error_code ec;
    if (auto* credentials = kept.find_pointer("/oauth/credentials", ec);
        credentials && credentials->is_object()) {
        auto& o = credentials->get_object();
        const auto* seconds = o.if_contains("expires_in");
        if (seconds && seconds->is_number() && !o.contains("expires_at"))
            o.emplace("expires_at", settings_time(after(seconds->to_number<double>())));
        if (const auto* token = o.if_contains("access_token"))
            kept.get_object()["access_token"] = *token;
    }
    stored.emplace("settings", std::move(kept));
    row& r = store_.connections.put(complete_connection(stored));
    record("db.connection-created", {{"connection_id", r.text("id")}}, r);
    if (!check_it || !check_it->get_bool())
        return ok(r.value);
    return check({&r}, [this, id = std::string(r.text("id"))] {
        const row* made = store_.connections.find(id);
        return made ? ok(made->value)
                    : respond(404, error_body(404, "Connection not found", "createConnection"));
    });
}

inline response api::delete_connection(const call& c)
{
    input in(c);
    in.id("conn_");
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_connection(c, found))
        return *refused;
    record("db.connection-deleted", {{"connection_id", c.segment}}, *found);
    store_.connections.erase(c.segment);
    return ok({{"id", c.segment}});
}

inline response api::check_connection(const call& c)
{
    input in(c);
    in.id("conn_");
    in.body();
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_connection(c, found))
        return *refused;
    return check({found}, [this, id = std::string(c.segment)] {
        const row* r = store_.connections.find(id);
        return r ? ok({{"id", id},
                       {"status", r->value.at("status")},
                       {"status_message", r->value.at("status_message")}})
                 : respond(404, error_body(404, "Connection not found", "checkConnection"));
    });
}

// The connection that the path names; a response if there is none for this caller.
inline std::optional<response> api::find_connection(const call& c, row*& found)
{
    if (!is_decodable(c.segment))
        return refuse(c, 500, "Internal server error");
    found = store_.connections.find(c.segment);
    if (!found || !may_see(c, *found))
        return refuse(c, 404, "Connection not found");
    return std::nullopt;
}

// False for a connection whose connector has been removed.
inline bool api::has_connector(const row& r)
{
    const auto* connector = r.value.if_contains("connector");
    return !connector || !connector->is_null();
}

// Settings of OAuth connections have the access token a second time, where it is easily found.
inline void repeat_access_token(boost::json::value& settings)
{
    const auto* token = find_inside(settings, "/oauth/credentials/access_token");
    if (token && !settings.get_object().contains("access_token"))
        settings.get_object().emplace("access_token", boost::json::value(*token));
}

// What a call shows of a connection; made once.
inline const std::string& api::show(row& r, const view& v)
{
    std::string& text = r.texts[(v.secrets ? 1u : 0u) + (v.connector ? 2u : 0u)];
    if (!text.empty())
        return text;
    boost::json::object out;
    for (const auto& [name, value] : r.value) {
        if (name == "settings" ? v.secrets
                               : v.connector || (name != "connector" && name != "integration"))
            out.emplace(name, value);
    }
    if (auto* settings = out.if_contains("settings"))
        repeat_access_token(*settings);
    if (v.connector && !out.contains("connector")) {
        const std::string_view name = r.text("connector_name");
        out.emplace("connector", describe_connector(name, is_oauth(name), true));
    }
    return text = boost::json::serialize(out);
}

} // namespace openint::testing::detail

#endif
