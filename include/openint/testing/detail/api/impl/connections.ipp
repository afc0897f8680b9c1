// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_IMPL_CONNECTIONS_IPP
#define OPENINT_TESTING_DETAIL_API_IMPL_CONNECTIONS_IPP

// The operations of the mock server: connections.

#include <openint/testing/detail/api/api.hpp>
#include <openint/testing/detail/api/catalogue.hpp>
#include <openint/testing/detail/api/shape.hpp>

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
    if (const auto refused = v.secrets ? without_settings(c, *found, {}) : std::nullopt)
        return *refused;
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
               contains(r, search, {"id", "customer_id", "connector_name"});
    }));
    const auto shown = w.of(std::span(rows));
    for (std::size_t i = 0; v.secrets && i < shown.size(); ++i)
        if (const auto refused = without_settings(c, *shown[i], {"items", i}))
            return *refused;
    std::vector<row*> due;
    for (row* r : shown)
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

// Settings of OAuth connections have the access token a second time, where it is easily found.
inline void repeat_access_token(boost::json::value& settings)
{
    const auto* token = find_inside(settings, "/oauth/credentials/access_token");
    if (token && !settings.get_object().contains("access_token"))
        settings.get_object().emplace("access_token", boost::json::value(*token));
}

inline response api::create_connection(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    const std::string_view config_id = in.text_member(body, "connector_config_id", required);
    if (body.contains("connector_config_id") && !config_id.empty())
        in.starts_with(config_id, "ccfg_", {"connector_config_id"});
    const std::string_view customer = in.text_member(body, "customer_id", required);
    const auto* data = in.object_member(body, "data", required);
    const auto* metadata = in.object_member(body, "metadata", optional);
    const bool check_it = in.truth(body, "check_connection");
    std::string_view connector;
    const boost::json::object* settings = nullptr;
    if (data) {
        if (const auto* name = data->if_contains("connector_name"); name && name->is_string())
            connector = name->get_string();
        if (!find_connector(connector)) {
            in.unknown_kind(connector_names_in_order(), {"data", "connector_name"});
            return *in.refused();
        }
        settings = in.object_member(
            *data, "settings", quirks_.creates_without_settings ? optional : required, {"data"});
        if (settings)
            check_shape(in, shapes_of(connector).settings(), *settings, !is_oauth(connector),
                        {"data", "settings"});
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
    if (!settings)
        return *without_settings(c, store_.connections.put(complete_connection(stored)), {});
    boost::json::value kept = known_members(shapes_of(connector).settings(), *settings);
    boost::system::error_code ec;
    if (auto* credentials = kept.find_pointer("/oauth/credentials", ec);
        credentials && credentials->is_object()) {
        auto& o = credentials->get_object();
        const auto* seconds = o.if_contains("expires_in");
        if (seconds && seconds->is_number() && seconds->to_number<double>() != 0 &&
            !o.contains("expires_at"))
            o.emplace("expires_at", settings_time(after(seconds->to_number<double>())));
    }
    if (is_oauth(connector))
        repeat_access_token(kept);
    stored.emplace("settings", std::move(kept));
    row& r = store_.connections.put(complete_connection(stored));
    if (!check_it)
        return ok(r.value);
    return check(
        {&r},
        [this, id = std::string(r.text("id"))] {
            const row* made = store_.connections.find(id);
            return made ? ok(made->value)
                        : respond(404, error_body(404, "Connection not found", "createConnection"));
        },
        true);
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
    record("connect.connection-deleted",
           {{"connection_id", c.segment}, {"customer_id", found->text("customer_id")}}, *found);
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
    if (!has_connector(*found))
        return ok({{"id", c.segment}, {"status", "healthy"}, {"status_message", nullptr}});
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

// The real server's words for a connection that has no settings, where it may exist.
inline std::optional<response> api::without_settings(const call& c, const row& r,
                                                     boost::json::array path) const
{
    if (!quirks_.creates_without_settings || r.value.contains("settings"))
        return std::nullopt;
    input out(c);
    path.emplace_back("settings");
    check_shape(out, shapes_of(r.text("connector_name")).settings(), boost::json::object(), false,
                path);
    return out.refused_output();
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
