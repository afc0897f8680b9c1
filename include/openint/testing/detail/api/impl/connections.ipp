// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_MOCK_SERVER_CONNECTIONS_IPP
#define OPENINT_IMPL_MOCK_SERVER_CONNECTIONS_IPP

// The bodies of mock_server_api.ipp: connections.

#include <openint/impl/mock_server_api.ipp>
#include <openint/impl/mock_server_catalogue.ipp>

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
    if (v.secrets && v.refresh_policy != "none")
        refresh(*found, v.refresh_policy == "force");
    return respond(200, show(*found, v));
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
    return page(w, rows, [&](row* r) {
        if (v.secrets && v.refresh_policy != "none")
            refresh(*r, v.refresh_policy == "force");
        return show(*r, v);
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

    const std::string now = row_time();
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
            o.emplace("expires_at",
                      settings_time(static_cast<std::int64_t>(seconds->to_number<double>())));
        if (const auto* token = o.if_contains("access_token"))
            kept.get_object()["access_token"] = *token;
    }
    stored.emplace("settings", std::move(kept));
    row& r = store_.connections.put(complete_connection(stored));
    record("db.connection-created", {{"connection_id", r.text("id")}}, r);
    if (check_it && check_it->get_bool())
        check(r);
    return ok(r.value);
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
    check(*found);
    const boost::json::object& o = found->value;
    record("connect.connection-checked",
           {{"connection_id", c.segment},
            {"status", o.at("status")},
            {"status_message", o.at("status_message")},
            {"customer_id", found->text("customer_id")}},
           *found);
    return ok({{"id", c.segment},
               {"status", o.at("status")},
               {"status_message", o.at("status_message")}});
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
    if (v.connector && !out.contains("connector")) {
        const std::string_view name = r.text("connector_name");
        out.emplace("connector", describe_connector(name, is_oauth(name), true));
    }
    return text = boost::json::serialize(out);
}

// Tries the credentials: they are good unless "revoked" occurs in them, or the connection is
// disconnected already. Those that have expired, or may have, are refreshed.
inline void api::check(row& r)
{
    const boost::json::value settings =
        r.value.contains("settings") ? r.value.at("settings") : boost::json::value();
    boost::system::error_code ec;
    const bool may_have_expired = !settings.find_pointer("/oauth/credentials/expires_at", ec);
    if (r.text("status") == "disconnected" || refresh(r, may_have_expired))
        return;
    const bool revoked = boost::json::serialize(settings).find("revoked") != std::string::npos;
    r.value["status"] = revoked ? "disconnected" : "healthy";
    r.value["status_message"] =
        revoked ? boost::json::value("The provider refused the credentials") : nullptr;
    r.value["updated_at"] = row_time();
    r.texts = {};
}

// As the real server: a token that has expired (or any, by force) is replaced; when that fails, the
// answer is 200 all the same, and the reason in status_message is full of secrets. A refresh token
// with "revoked" in it fails. Returns whether it was tried.
inline bool api::refresh(row& r, bool force)
{
    boost::json::object& connection = r.value;
    boost::system::error_code ec;
    auto* settings = connection.if_contains("settings");
    auto* found = settings ? settings->find_pointer("/oauth/credentials", ec) : nullptr;
    if (!found || !found->is_object())
        return false;
    boost::json::object& credentials = found->get_object();
    const auto text = [&](const char* name) {
        const auto* v = credentials.if_contains(name);
        return v && v->is_string() ? std::string(v->get_string()) : std::string();
    };
    const std::string expires_at = text("expires_at");
    const bool expired = !expires_at.empty() && expires_at < settings_time(0);
    const std::string refresh_token = text("refresh_token");
    if ((!force && !expired) || refresh_token.empty())
        return false;

    r.texts = {};
    connection["updated_at"] = row_time();
    if (refresh_token.find("revoked") != std::string::npos) {
        connection["status"] = "error";
        connection["status_message"] =
            "Token refresh failed with error " +
            boost::json::serialize(boost::json::object{
                {"status", 400},
                {"request_url", "https://provider.example/token"},
                {"request_body", "grant_type=refresh_token&refresh_token=" + refresh_token +
                                     "&client_id=" + text("client_id") +
                                     "&client_secret=made-up-client-secret"}});
        return true;
    }
    const std::string token = "made-up-token-" + std::to_string(++refreshes_);
    credentials["access_token"] = token;
    credentials["expires_in"] = 3600;
    credentials["expires_at"] = settings_time(3600);
    // Looked up again: an assignment to a member moves the others.
    if (auto& all = connection["settings"].get_object(); all.contains("access_token"))
        all["access_token"] = token;
    connection["status"] = "healthy";
    connection["status_message"] = nullptr;
    return true;
}

} // namespace openint::testing::detail

#endif
