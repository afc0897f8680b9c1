// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_IMPL_CONNECTOR_CONFIGS_IPP
#define OPENINT_TESTING_DETAIL_API_IMPL_CONNECTOR_CONFIGS_IPP

// The operations of the mock server: connectors and their configurations.

#include <openint/testing/detail/api/api.hpp>
#include <openint/testing/detail/api/catalogue.hpp>
#include <openint/testing/detail/api/shape.hpp>

namespace openint::testing::detail {

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
    const auto rows =
        all.subspan((std::min)(w.offset, all.size()),
                    (std::min)(w.limit, all.size() - (std::min)(w.offset, all.size())));
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
    for (const catalogue_row& r : all_connectors()) {
        const auto rows = store_.connections.select([&](const row& connection) {
            return c.who.role == role::org && connection.text("connector_name") == r.name;
        });
        const bool well =
            !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const row* connection) {
                return connection->text("status") == "healthy";
            });
        connected += rows.empty() ? 0u : 1u;
        healthy += well ? 1u : 0u;
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

// What is wrong with a configuration; of connectors that nobody knows, nothing is.
inline input check_config(const call& c, std::string_view connector,
                          const boost::json::object& config, const boost::json::array& path = {})
{
    input in(c);
    if (find_connector(connector))
        check_shape(in, shapes_of(connector).config(), config, true, path);
    return in;
}

inline bool is_valid(const call& c, const row& config)
{
    return !check_config(c, config.text("connector_name"), config.value.at("config").as_object())
                .refused();
}

// Without the members that the connector does not know.
inline boost::json::value known_config(std::string_view connector, const boost::json::object& given)
{
    return find_connector(connector) ? known_members(shapes_of(connector).config(), given)
                                     : boost::json::value(given);
}

inline response no_config_refused(const call& c)
{
    return refuse(c, 500,
                  "null value in column \"config\" of relation \"connector_config\" violates "
                  "not-null constraint");
}

// What the real server says when it cannot build the answer, whatever it has done by then.
inline response invalid_output(const call& c, const row& config)
{
    return check_config(c, config.text("connector_name"), config.value.at("config").as_object(),
                        {"config"})
        .refused_output();
}

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
    if (!is_valid(c, *found))
        return invalid_output(c, *found);
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
        return (connectors.empty() || of != connectors.end()) &&
               contains(r, trimmed(search), {"id", "connector_name"});
    }));
    for (const row* r : rows)
        if (!is_valid(c, *r))
            return refuse(c, 500, "Attempted to assign to readonly property.");
    return page(w, rows,
                [&](row* r) { return boost::json::serialize(show_config(*r, expand, true)); });
}

inline response api::create_config(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    const std::string_view connector = in.text_member(body, "connector_name", required);
    const std::string_view display_name = in.text_member(body, "display_name", nullable);
    const bool disabled = in.truth(body, "disabled");
    const auto* metadata = in.object_member(body, "metadata", nullable);
    const auto* config = in.object_member(body, "config", nullable);
    if (const auto refused = in.refused())
        return *refused;
    const auto& names = connector_names();
    if (std::find(names.begin(), names.end(), connector) == names.end() && !config)
        return refuse(c, 400, "Invalid connector_name");
    if (std::find(names.begin(), names.end(), connector) == names.end() ||
        (config && check_config(c, connector, *config).refused()))
        return refuse(c, 400, "Invalid config for the specified connector_name");
    if (!config && body.contains("config"))
        return no_config_refused(c);
    const auto given = [&](std::string_view name) {
        const auto* v = body.if_contains(name);
        return v && !v->is_null();
    };
    const std::string now = row_time(clock_.now());
    const row& r = store_.configs.put(
        {{"id", make_id("ccfg_" + std::string(connector) + "_")},
         {"created_at", now},
         {"updated_at", now},
         {"org_id", "org_mock"},
         {"display_name", given("display_name") ? boost::json::value(display_name) : nullptr},
         {"disabled",
          body.contains("disabled") && !given("disabled") ? boost::json::value() : disabled},
         {"metadata", metadata ? boost::json::value(*metadata) : nullptr},
         {"connector_name", connector},
         {"config", config ? known_config(connector, *config) : boost::json::object()}});
    return ok(r.value);
}

inline response api::update_config(const call& c)
{
    input in(c);
    using enum input::presence;
    in.id("ccfg_");
    const boost::json::object& body = in.body();
    in.text_member(body, "display_name", optional);
    const bool disabled = in.truth(body, "disabled");
    const auto* config = in.object_member(body, "config", nullable);
    if (const auto refused = in.refused())
        return *refused;
    row* found = nullptr;
    if (const auto refused = find_config(c, found))
        return *refused;
    if (!config && body.contains("config"))
        return no_config_refused(c);
    if (body.contains("disabled"))
        found->value["disabled"] = disabled;
    if (const auto* name = body.if_contains("display_name"))
        found->value["display_name"] = *name;
    if (config)
        found->value["config"] = known_config(found->text("connector_name"), *config);
    found->value["updated_at"] = row_time(clock_.now());
    if (config && !is_valid(c, *found))
        return invalid_output(c, *found);
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

inline boost::json::object api::show_config(const row& r, const std::vector<std::string>& expand,
                                            bool lists_scopes)
{
    const auto wanted = [&](std::string_view part) {
        return std::find(expand.begin(), expand.end(), part) != expand.end();
    };
    boost::json::object out = r.value;
    const std::string_view name = r.text("connector_name");
    if (is_oauth(name) && lists_scopes)
        if (auto* oauth = out["config"].as_object().if_contains("oauth");
            oauth && oauth->is_object())
            oauth->get_object().emplace("scopes", boost::json::array());
    if (wanted("connector") || wanted("connector.schemas"))
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

} // namespace openint::testing::detail

#endif
