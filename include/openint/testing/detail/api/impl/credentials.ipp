// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_IMPL_CREDENTIALS_IPP
#define OPENINT_TESTING_DETAIL_API_IMPL_CREDENTIALS_IPP

// What the mock server does with connections' credentials: checks them, and refreshes them at the
// provider. As the real server, it locks nothing meanwhile: of two at once, the later one wins.

#include <openint/testing/detail/api/api.hpp>

#include <openint/timestamp.hpp>

namespace openint::testing::detail {

// Whether the access token has ended by the server's clock.
inline bool api::has_expired(const boost::json::value& settings) const
{
    const timestamp end(text_inside(settings, "/oauth/credentials/expires_at"));
    return end.time() && *end.time() < clock_.now();
}

inline bool api::has_to_be_checked(const row& r, const view& v) const
{
    if (!v.secrets || v.refresh_policy == "none")
        return false;
    const auto* settings = r.value.if_contains("settings");
    return v.refresh_policy == "force" || (settings && has_expired(*settings));
}

// Checks connections, and answers: at once, or when the last provider has answered. The answer is
// made before the time of the change is written: as the real server's, it shows the old one.
inline response api::check(const std::vector<row*>& rows, std::function<response()> answer,
                           bool quiet)
{
    std::vector<check_result> results;
    std::chrono::milliseconds latency{0};
    for (const row* r : rows) {
        results.push_back(begin_check(*r));
        results.back().quiet = quiet;
        latency = (std::max)(latency, results.back().latency);
    }
    auto finish = [this, results = std::move(results), answer = std::move(answer)] {
        for (const check_result& r : results)
            store_result(r);
        response out = answer();
        for (const check_result& r : results)
            store_time(r);
        return out;
    };
    if (latency.count() == 0)
        return finish();
    response later;
    later.script().latency = latency;
    later.script().finish = [finish = std::move(finish)] { return std::move(finish().script()); };
    return later;
}

// Whoever is disconnected has to connect again: nothing is tried. Tokens are refreshed where that
// can be; others are taken to be good until they end, unless "revoked" occurs in them.
inline check_result api::begin_check(const row& r)
{
    check_result out;
    out.id = r.text("id");
    if (const auto* settings = r.value.if_contains("settings"))
        out.settings = *settings;
    if (r.text("status") == "disconnected")
        return out;
    out.tried = true;
    out.status = "healthy";
    const std::string refresh_token = text_inside(out.settings, "/oauth/credentials/refresh_token");
    if (!refresh_token.empty()) {
        refresh(r, refresh_token, out);
    } else if (r.text("connector_name") == "acme-oauth2") { // it would be asked, had it an address
        out.status = "error";
        out.status_message = "Token introspection failed with error Missing introspectUrl. Cannot "
                             "introspect token";
    } else if (has_expired(out.settings)) {
        out.status = "disconnected";
        out.status_message =
            "Token expired at " + text_inside(out.settings, "/oauth/credentials/expires_at");
    } else if ((providers_.of(out.id).refuses && !find_inside(out.settings, "/oauth")) ||
               boost::json::serialize(out.settings).find("revoked") != std::string::npos) {
        out.status = "disconnected";
        out.status_message = "The provider refused the credentials";
    }
    return out;
}

// What a refresh brings replaces the settings. When it fails, they stay, and the reason in
// status_message is full of secrets.
inline void api::refresh(const row& r, const std::string& refresh_token, check_result& out)
{
    const row* config = store_.configs.find(r.text("connector_config_id"));
    const auto of_config = [&](std::string_view pointer) {
        return config ? text_inside(config->value.at("config"), pointer) : std::string();
    };
    out.asked = true;
    out.latency = providers_.of(out.id).latency;
    const auto granted = providers_.refresh(
        out.id, text_inside(out.settings, "/oauth/credentials/access_token"), refresh_token);
    if (granted.access_token.empty()) {
        out.status = "error";
        out.status_message =
            "Token refresh failed with error " +
            boost::json::serialize(boost::json::object{
                {"status", 400},
                {"status_text", "Bad Request"},
                {"headers", {{"content-type", "application/json"}}},
                {"error_text", R"({"error":"invalid_grant"})"},
                {"request_url", "https://provider.example/token"},
                {"request_body", "grant_type=refresh_token&refresh_token=" + refresh_token +
                                     "&client_id=" + of_config("/oauth/client_id") +
                                     "&client_secret=" + of_config("/oauth/client_secret")}});
        return;
    }
    boost::json::object raw{{"access_token", granted.access_token},
                            {"token_type", "Bearer"},
                            {"refresh_token", granted.refresh_token},
                            {"scope", "read"}};
    boost::json::object credentials{{"client_id", of_config("/oauth/client_id")},
                                    {"access_token", granted.access_token},
                                    {"refresh_token", granted.refresh_token}};
    if (const auto life = granted.life.count(); life != 0) {
        raw.emplace("expires_in", life);
        credentials.emplace("expires_in", life);
        credentials.emplace("expires_at", settings_time(clock_.now() + granted.life));
    }
    credentials.emplace("raw", std::move(raw));
    credentials.emplace("scope", "read");
    out.settings = {{"oauth", {{"credentials", std::move(credentials)}}}};
}

inline void api::store_result(const check_result& result)
{
    if (result.asked)
        providers_.answered(result.id);
    row* r = store_.connections.find(result.id);
    if (!r || !result.tried)
        return;
    r->texts = {};
    if (!result.settings.is_null())
        r->value["settings"] = result.settings;
    r->value["status"] = result.status;
    r->value["status_message"] = result.status_message;
}

inline void api::store_time(const check_result& result)
{
    row* r = store_.connections.find(result.id);
    if (!r || !result.tried || result.quiet)
        return;
    r->texts = {};
    r->value["updated_at"] = row_time(clock_.now());
    record("connect.connection-checked",
           {{"connection_id", result.id},
            {"status", r->value.at("status")},
            {"status_message", r->value.at("status_message")},
            {"customer_id", r->text("customer_id")}},
           *r);
}

} // namespace openint::testing::detail

#endif
