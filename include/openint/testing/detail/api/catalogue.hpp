// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_CATALOGUE_HPP
#define OPENINT_TESTING_DETAIL_API_CATALOGUE_HPP

// The connectors that the mock server offers: all that the library knows.

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <functional>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openint::testing::detail {

struct catalogue_row
{
    std::string_view name;
    std::string_view settings; // the class that the library has for them
    bool oauth;
};

inline std::span<const catalogue_row> all_connectors()
{
    static constexpr catalogue_row all[] = {
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type)                              \
    {wire_name, #settings_type, std::string_view(#config_type) == "with_oauth"},
#include <openint/connectors/list.inc>
    };
    return all;
}

// In the order of the real server: those made by a generator come first.
inline std::span<const catalogue_row> catalogue()
{
    static const std::vector<catalogue_row> all = [] {
        const auto rows = all_connectors();
        const auto generated = [](const catalogue_row& r) {
            return r.oauth || r.name == "acme-apikey";
        };
        std::vector<catalogue_row> sorted;
        sorted.reserve(rows.size());
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(sorted), generated);
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(sorted), std::not_fn(generated));
        const auto zoho = std::find_if(sorted.begin(), sorted.end(),
                                       [](const catalogue_row& r) { return r.name == "zoho"; });
        std::iter_swap(zoho, zoho + 1); // zoho-desk comes first, by the names of their files
        return sorted;
    }();
    return all;
}

inline const std::vector<std::string_view>& connector_names()
{
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> names;
        for (const catalogue_row& r : all_connectors())
            names.push_back(r.name);
        return names;
    }();
    return all;
}

inline const std::vector<std::string_view>& connector_names_in_order()
{
    static const std::vector<std::string_view> all = [] {
        std::vector<std::string_view> names;
        for (const catalogue_row& r : catalogue())
            names.push_back(r.name);
        return names;
    }();
    return all;
}

// The row of this connector; null where there is none.
inline const catalogue_row* find_connector(std::string_view name)
{
    const auto all = all_connectors();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const catalogue_row& r) { return r.name == name; });
    return found == all.end() ? nullptr : &*found;
}

inline bool is_oauth(std::string_view connector)
{
    const auto all = catalogue();
    return std::any_of(all.begin(), all.end(),
                       [&](const catalogue_row& r) { return r.oauth && r.name == connector; });
}

inline boost::json::value connector_schemas(bool oauth)
{
    static constexpr std::string_view with_oauth = R"json({
        "connector_config": {"type": "object", "properties": {
          "oauth": {"type": ["object", "null"], "properties": {
            "client_id": {"type": ["string", "null"]},
            "client_secret": {"type": ["string", "null"]},
            "scopes": {"type": ["array", "null"], "items": {"type": "string"}},
            "redirect_uri": {"type": ["string", "null"]}}}}},
        "connection_settings": {"type": "object", "properties": {
          "oauth": {"type": "object", "properties": {
            "credentials": {"type": "object", "properties": {
              "access_token": {"type": "string"}, "client_id": {"type": "string"},
              "scope": {"type": "string"}, "refresh_token": {"type": "string"},
              "expires_in": {"type": "number"}, "expires_at": {"type": "string"},
              "token_type": {"type": "string"}, "raw": {"type": "object"}},
              "required": ["access_token"]}}},
          "access_token": {"type": "string"}}, "required": ["oauth"]},
        "integration_data": {"type": "object"}, "webhook_input": {"type": "object"},
        "pre_connect_input": {"type": "object", "properties": {
          "connection_id": {"type": "string"}}},
        "connect_input": {"type": "object", "properties": {
          "authorization_url": {"type": "string"}}, "required": ["authorization_url"]},
        "connect_output": {"type": "object", "properties": {
          "code": {"type": "string"}, "state": {"type": "string"}},
          "required": ["code", "state"]}})json";
    static constexpr std::string_view without = R"json({
        "connector_config": {"type": "object"}, "connection_settings": {"type": "object"},
        "integration_data": {"type": "object"}, "webhook_input": {"type": "object"},
        "pre_connect_input": {"type": "object"}, "connect_input": {"type": "object"},
        "connect_output": {"type": "object"}})json";
    return boost::json::parse(oauth ? with_oauth : without);
}

// How far a connector is; empty where the real server does not say.
inline std::string_view connector_stage(std::string_view name)
{
    static constexpr std::string_view ga[] = {
        "acme-apikey",  "acme-oauth2", "aircall",      "confluence",      "discord",
        "facebook",     "github",      "gong",         "google-calendar", "google-docs",
        "google-drive", "google-mail", "google-sheet", "hubspot",         "instagram",
        "intercom",     "jira",        "lever",        "linear",          "linkedin",
        "notion",       "outreach",    "pipedrive",    "quickbooks",      "reddit",
        "salesloft",    "sharepoint",  "slack",        "twitter",         "xero",
        "zoho-desk",    "openledger",  "plaid",        "postgres"};
    static constexpr std::string_view beta[] = {"apollo",     "brex",   "coda",  "finch",
                                                "greenhouse", "heron",  "merge", "ramp",
                                                "stripe",     "teller", "twenty"};
    static constexpr std::string_view unknown[] = {
        "airtable", "firebase",  "foreceipt", "lunchmoney", "moota", "onebrick",
        "saltedge", "splitwise", "toggl",     "venmo",      "wise",  "yodlee"};
    const auto in = [&](const auto& names) {
        return std::find(std::begin(names), std::end(names), name) != std::end(names);
    };
    return in(ga) ? "ga" : in(beta) ? "beta" : in(unknown) ? "" : "alpha";
}

// The name for people: "google-docs" is "Google Docs", but for these.
inline std::string connector_display_name(std::string_view name)
{
    static constexpr std::pair<std::string_view, std::string_view> special[] = {
        {"acme-apikey", "Acme API Key"},
        {"acme-oauth2", "Acme OAuth"},
        {"aws", "AWS"},
        {"bamboohr", "BambooHR (OAuth)"},
        {"battlenet", "Battle.net"},
        {"bigcommerce", "BigCommerce"},
        {"boldsign", "BoldSign"},
        {"clickup", "ClickUp"},
        {"copper", "Copper (OAuth)"},
        {"digitalocean", "DigitalOcean"},
        {"docusign", "DocuSign"},
        {"ebay", "eBay"},
        {"freshbooks", "FreshBooks"},
        {"github", "GitHub"},
        {"gitlab", "GitLab"},
        {"google-mail", "Gmail"},
        {"grain", "Grain (OAuth)"},
        {"highlevel", "HighLevel"},
        {"hubspot", "HubSpot"},
        {"linkedin", "LinkedIn"},
        {"linkhut", "LinkHut"},
        {"nationbuilder", "NationBuilder"},
        {"netsuite", "NetSuite (OAuth)"},
        {"odoo", "Odoo (OAuth)"},
        {"pagerduty", "PagerDuty"},
        {"servicem8", "ServiceM8"},
        {"servicenow", "ServiceNow"},
        {"sharepoint", "SharePoint Online"},
        {"shopify", "Shopify (OAuth)"},
        {"signnow", "SignNow"},
        {"spotify", "Spotify (OAuth)"},
        {"stackexchange", "Stack Exchange"},
        {"strava", "Strava (Mobile)"},
        {"ticktick", "TickTick"},
        {"tsheetsteam", "TSheets"},
        {"vimeo", "Vimeo (OAuth)"},
        {"wordpress", "WordPress"},
        {"heron", "Heron Data"},
        {"merge", "merge.dev"},
        {"openledger", "OpenLedger"},
        {"sharepoint-onprem", "SharePoint On-Premise"}};
    for (const auto& [of, display_name] : special)
        if (of == name)
            return std::string(display_name);
    std::string out(name);
    bool first = true;
    for (char& c : out) {
        if (first && c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        first = c == '-';
        if (first)
            c = ' ';
    }
    return out;
}

inline const boost::json::array* connector_required_scopes(std::string_view name)
{
    static const boost::json::value all = boost::json::parse(R"json({
        "adobe": ["openid", "offline_access"], "battlenet": ["openid", "profile"],
        "facebook": ["offline_access", "email"], "github": ["read:user", "user:email", "repo"],
        "hubspot": [], "jira": ["offline_access", "read:jira-user"], "notion": ["user:read"],
        "webflow": ["cms:read", "sites:read"], "zoom": ["user:read:user:admin"]})json");
    const auto* found = all.get_object().if_contains(name);
    return found ? &found->get_array() : nullptr;
}

inline boost::json::object describe_connector(std::string_view name, bool oauth, bool schemas)
{
    boost::json::object out{
        {"name", name},
        {"display_name", connector_display_name(name)},
        {"logo_url", "https://assets.example/logos/" + std::string(name) + ".svg"}};
    if (const std::string_view stage = connector_stage(name); !stage.empty())
        out.emplace("stage", stage);
    if (schemas)
        out.emplace("schemas", connector_schemas(oauth));
    out.emplace("auth_type", oauth ? "OAUTH2" : name == "acme-apikey" ? "API_KEY" : "CUSTOM");
    if (oauth) {
        if (const auto* required = connector_required_scopes(name))
            out.emplace("required_scopes", *required);
        out.emplace("openint_default_scopes", boost::json::array{"read"});
        out.emplace("openint_allowed_scopes", boost::json::array{"read"});
        out.emplace("scopes", boost::json::array{boost::json::object{
                                  {"scope", "read"}, {"description", "See everything"}}});
    }
    out.emplace("has_openint_credentials", false);
    return out;
}

} // namespace openint::testing::detail

#endif
