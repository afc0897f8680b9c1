// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_MOCK_SERVER_OPERATIONS_IPP
#define OPENINT_IMPL_MOCK_SERVER_OPERATIONS_IPP

// The bodies of the operations of mock_server_api.ipp.

#include <openint/impl/mock_server_api.ipp>
#include <openint/impl/mock_server_catalogue.ipp>

#include <openssl/evp.h>

namespace openint::testing::detail {

// Connections

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

// Connectors

inline response api::list_connectors(const call& c)
{
    input in(c);
    const window w(in);
    static constexpr std::string_view parts[] = {"schemas"};
    const bool schemas = !in.list("expand", parts).empty();
    if (const auto refused = in.refused())
        return *refused;
    // Here `total` counts the page alone.
    const auto all = catalogue();
    const auto rows = all.subspan(std::min(w.offset, all.size()),
                                  std::min(w.limit, all.size() - std::min(w.offset, all.size())));
    std::string items;
    for (const catalogue_row& r : rows)
        (items += items.empty() ? "" : ",") +=
            boost::json::serialize(describe_connector(r.name, r.oauth, schemas));
    return page(w, items, rows.size(), true);
}

inline response api::connector_status(const call& c)
{
    boost::json::array list;
    std::size_t connected = 0;
    std::size_t healthy = 0;
    for (const catalogue_row& r : catalogue()) {
        const auto rows = store_.connections.select([&](const row& connection) {
            return c.who.role == role::org && connection.text("connector_name") == r.name;
        });
        const bool well =
            !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const row* connection) {
                return connection->text("status") == "healthy";
            });
        connected += rows.empty() ? 0 : 1;
        healthy += well ? 1 : 0;
        list.push_back({{"name", r.name},
                        {"hasConnectionForOrg", !rows.empty()},
                        {"isHealthyForOrg", well},
                        {"hasDefaultCredentials", false},
                        {"complete", false}});
    }
    const std::size_t count = list.size();
    return ok({{"list", std::move(list)},
               {"numTotalConnectors", count},
               {"numWithConnectionForOrg", connected},
               {"numHealthyForOrg", healthy},
               {"numWithDefaultCredentials", 0},
               {"numComplete", 0}});
}

// Connector configurations

inline constexpr std::string_view config_parts[] = {"connector", "connector.schemas",
                                                    "connection_count"};

inline bool is_valid_config(const boost::json::object& config)
{
    const auto* oauth = config.if_contains("oauth");
    return !oauth || oauth->is_null() || oauth->is_object();
}

inline response no_config_refused(const call& c)
{
    return refuse(c, 500,
                  "null value in column \"config\" of relation \"connector_config\" violates "
                  "not-null constraint");
}

// What the real server says when it cannot build the answer, whatever it has done by then.
inline response invalid_output(const call& c) { return refuse(c, 500, "Output validation failed"); }

inline response api::get_config(const call& c)
{
    input in(c);
    in.id("ccfg_");
    const auto expand = in.list("expand", config_parts);
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_config(c, found))
        return *refused;
    if (!is_valid_config(found->value.at("config").as_object()))
        return invalid_output(c);
    return ok(show_config(*found, expand));
}

inline response api::list_configs(const call& c)
{
    input in(c);
    const window w(in);
    const auto expand = in.list("expand", config_parts);
    const auto connectors = in.list("connector_names", connector_names());
    const std::string search = in.text("search_query");
    if (const auto refused = in.refused())
        return *refused;
    if (c.who.role != role::org)
        return refuse(c, 500, "permission denied for table connector_config");
    const auto rows = newest_first(store_.configs.select([&](const row& r) {
        const auto of = std::find(connectors.begin(), connectors.end(), r.text("connector_name"));
        return (!in.has("connector_names") || of != connectors.end()) &&
               contains(r, search, {"id", "connector_name", "display_name"});
    }));
    if (!std::all_of(rows.begin(), rows.end(), [](const row* r) {
            return is_valid_config(r->value.at("config").as_object());
        }))
        return invalid_output(c);
    return page(w, rows, [&](row* r) { return boost::json::serialize(show_config(*r, expand)); });
}

inline response api::create_config(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    const std::string_view connector = in.text_member(body, "connector_name", required);
    const std::string_view display_name = in.text_member(body, "display_name", nullable);
    const auto* disabled = in.member(body, "disabled", boost::json::kind::bool_, nullable);
    const auto* metadata = in.object_member(body, "metadata", nullable);
    const auto* config = in.object_member(body, "config", nullable);
    if (const auto refused = in.refused())
        return *refused;
    const auto& names = connector_names();
    if (std::find(names.begin(), names.end(), connector) == names.end() ||
        (config && !is_valid_config(*config)))
        return refuse(c, 400, "Invalid config for the specified connector_name");
    if (!config && body.contains("config"))
        return no_config_refused(c);
    const std::string now = row_time();
    const row& r = store_.configs.put(
        {{"id", make_id("ccfg_" + std::string(connector) + "_")},
         {"created_at", now},
         {"updated_at", now},
         {"org_id", "org_mock"},
         {"display_name",
          display_name.empty() ? boost::json::value() : boost::json::value(display_name)},
         {"disabled", disabled && disabled->get_bool()},
         {"metadata", metadata ? boost::json::value(*metadata) : nullptr},
         {"connector_name", connector},
         {"config", config ? *config : boost::json::object()}});
    return ok(r.value);
}

inline response api::update_config(const call& c)
{
    input in(c);
    using enum input::presence;
    in.id("ccfg_");
    const boost::json::object& body = in.body();
    in.text_member(body, "display_name", optional);
    in.member(body, "disabled", boost::json::kind::bool_, optional);
    const auto* config = in.object_member(body, "config", nullable);
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_config(c, found))
        return *refused;
    if (!config && body.contains("config"))
        return no_config_refused(c);
    for (const char* name : {"display_name", "disabled", "config"})
        if (const auto* v = body.if_contains(name))
            found->value[name] = *v;
    found->value["updated_at"] = row_time();
    if (config && !is_valid_config(*config))
        return invalid_output(c);
    return ok(found->value);
}

inline response api::delete_config(const call& c)
{
    input in(c);
    in.id("ccfg_");
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_config(c, found))
        return *refused;
    if (connections_of("connector_config_id", c.segment) != 0)
        return refuse(c, 500,
                      "update or delete on table \"connector_config\" violates foreign key "
                      "constraint \"fk_connector_config_id\" on table \"connection\"");
    store_.configs.erase(c.segment);
    return ok({{"id", c.segment}});
}

inline std::optional<response> api::find_config(const call& c, row*& found)
{
    if (c.who.role != role::org)
        return refuse(c, 500, "permission denied for table connector_config");
    found = store_.configs.find(c.segment);
    if (!found)
        return refuse(c, 404,
                      "Connector config with ID \"" + std::string(c.segment) + "\" not found");
    return std::nullopt;
}

inline boost::json::object api::show_config(const row& r, const std::vector<std::string>& expand)
{
    const auto wanted = [&](std::string_view part) {
        return std::find(expand.begin(), expand.end(), part) != expand.end();
    };
    boost::json::object out = r.value;
    const std::string_view name = r.text("connector_name");
    if (wanted("connector"))
        out.emplace("connector",
                    describe_connector(name, is_oauth(name), wanted("connector.schemas")));
    if (wanted("connection_count"))
        out.emplace("connection_count", connections_of("connector_config_id", r.text("id")));
    return out;
}

inline std::size_t api::connections_of(std::string_view member, std::string_view id)
{
    return store_.connections.select([&](const row& r) { return r.text(member) == id; }).size();
}

// Customers

inline response api::list_customers(const call& c)
{
    input in(c);
    const window w(in);
    const std::string search = in.text("search_query");
    if (const auto refused = in.refused())
        return *refused;
    const auto rows =
        store_.customers.select([&](const row& r) { return contains(r, search, {"id"}); });
    return page(w, rows, [&](row* r) {
        return boost::json::serialize(
            boost::json::object{{"id", r->text("id")},
                                {"connection_count", connections_of("customer_id", r->text("id"))},
                                {"created_at", r->text("created_at")},
                                {"updated_at", r->text("updated_at")}});
    });
}

inline response api::upsert_customer(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    std::string id(in.text_member(body, "id", optional));
    const auto* metadata = in.object_member(body, "metadata", optional);
    if (const auto refused = in.refused())
        return *refused;
    if (id.empty())
        id = make_id("cus_");
    row& r = make_customer(id);
    if (metadata) // replaced, not merged
        r.value["metadata"] = *metadata;
    r.value["updated_at"] = row_time();
    return ok(r.value);
}

// The customer of this id, made if need be.
inline row& api::make_customer(std::string_view id)
{
    if (row* found = store_.customers.find(id)) {
        if (found->text("api_key").empty())
            found->value["api_key"] = make_id("key_cus_");
        accept_key_of(*found);
        return *found;
    }
    const std::string now = row_time();
    row& r = store_.customers.put({{"org_id", "org_mock"},
                                   {"id", id},
                                   {"api_key", make_id("key_cus_")},
                                   {"metadata", nullptr},
                                   {"created_at", now},
                                   {"updated_at", now}});
    accept_key_of(r);
    return r;
}

inline std::string base64url(std::string_view bytes)
{
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int n = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                  reinterpret_cast<const unsigned char*>(bytes.data()),
                                  static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(n));
    std::replace(out.begin(), out.end(), '+', '-');
    std::replace(out.begin(), out.end(), '/', '_');
    out.erase(std::find(out.begin(), out.end(), '='), out.end());
    return out;
}

inline response api::create_token(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    const auto* validity =
        in.member(body, "validity_in_seconds", boost::json::kind::double_, optional);
    const auto* options = in.object_member(body, "connect_options", optional);
    if (const auto refused = in.refused())
        return *refused;

    const row& customer = make_customer(c.segment);
    const std::time_t now = std::time(nullptr);
    const double seconds = validity ? validity->to_number<double>() : 2592000;
    const auto expires = static_cast<std::time_t>(static_cast<double>(now) + seconds);
    boost::json::object claims{{"role", "customer"},
                               {"exp", expires},
                               {"sub", "org_mock/" + std::string(c.segment)},
                               {"customer_id", c.segment},
                               {"org_id", "org_mock"}};
    std::string more;
    if (options) {
        claims.emplace("connect_options", *options);
        for (const std::string_view name : {"return_url", "view"})
            if (const auto* v = options->if_contains(name); v && v->is_string())
                ((((more += '&') += name) += '=')) += percent_encode(v->get_string());
    }
    claims.emplace("iat", now);
    const std::string token = base64url(R"({"alg":"HS256"})") + "." +
                              base64url(boost::json::serialize(claims)) + "." +
                              base64url(make_id("not-really-a-signature"));
    tokens_.insert_or_assign(token, principal{role::customer, std::string(c.segment), expires});
    return ok({{"token", token},
               {"magic_link_url", (c.req.tls ? "https://" : "http://") +
                                      std::string(c.req.header("Host").value_or("localhost")) +
                                      "/connect?token=" + token + more},
               {"api_key", customer.text("api_key")}});
}

// Events

inline response api::list_events(const call& c)
{
    input in(c);
    const window w(in);
    const std::string search = in.text("search_query");
    const bool prompt = in.flag("include_prompt");
    std::string since = in.text("since");
    if (const auto refused = in.refused())
        return *refused;
    static constexpr std::string_view date = "0000-00-00";
    if (!since.empty() &&
        !std::equal(date.begin(), date.end(), since.begin(),
                    since.begin() +
                        static_cast<std::ptrdiff_t>(std::min(since.size(), date.size())),
                    [](char d, char s) { return d == '-' ? s == '-' : s >= '0' && s <= '9'; }))
        return refuse(c, 500,
                      "invalid input syntax for type timestamp with time zone: \"" + since + '"');
    std::replace(since.begin(), since.end(), 'T', ' '); // as in rows
    if (since.ends_with('Z'))
        since.pop_back();

    const auto rows = newest_first(store_.events.select([&](const row& r) {
        return may_see(c, r) && r.text("timestamp") >= since &&
               contains(r, search, {"id", "name", "customer_id"});
    }),
                                   "timestamp");
    return page(w, rows, [&](const row* r) {
        boost::json::object out = r->value;
        if (!prompt)
            out.erase("prompt");
        return boost::json::serialize(out);
    });
}

inline void api::record(std::string_view name, boost::json::object data, const row& connection)
{
    store_.events.put({{"id", make_id("evt_")},
                       {"timestamp", row_time()},
                       {"name", name},
                       {"data", std::move(data)},
                       {"user", nullptr},
                       {"v", nullptr},
                       {"org_id", "org_mock"},
                       {"user_id", nullptr},
                       {"customer_id", connection.value.at("customer_id")},
                       {"prompt", nullptr}});
}

// The service

inline response api::viewer(const call& c)
{
    switch (c.who.role) {
    case role::org:
        return ok({{"role", "org"}, {"orgId", "org_mock"}});
    case role::customer:
        return ok({{"role", "customer"}, {"customerId", c.who.customer_id}, {"orgId", "org_mock"}});
    default:
        return ok({{"role", "anon"}});
    }
}

inline response api::health(const call&) { return ok({{"ok", true}}); }

inline response api::health_echo(const call& c)
{
    input in(c);
    const boost::json::object& body = in.body();
    const auto refused = in.refused();
    return refused ? *refused : ok({{"input", body}});
}

inline response api::handle_webhook(const call& c)
{
    input in(c);
    in.one_of(c.segment, connector_names(), {"connector_name"});
    if (const auto refused = in.refused())
        return *refused;
    return refuse(c, 501, "Connector " + std::string(c.segment) + " does not support webhooks");
}

inline response api::message_template(const call& c)
{
    input in(c);
    static constexpr std::string_view languages[] = {"javascript"};
    const std::string language = in.choice("language", languages, "javascript");
    const std::string customer = in.required_text("customer_id");
    if (const auto refused = in.refused())
        return *refused;
    const std::string key = in.flag("use_environment_variables") ? "process.env.OPENINT_API_KEY"
                                                                 : "'the key of your organization'";
    return ok({{"language", language},
               {"template", "const answer = await fetch('https://api.openint.dev/v1/customer/" +
                                customer +
                                "/token', {\n  method: 'POST',\n  headers: {Authorization: "
                                "'Bearer ' + " +
                                key +
                                ", 'Content-Type': 'application/json'},\n  body: '{}'\n});\n"
                                "const {magic_link_url} = await answer.json();\n"}});
}

} // namespace openint::testing::detail

#endif
