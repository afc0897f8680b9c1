// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_IMPL_SERVICE_IPP
#define OPENINT_TESTING_DETAIL_API_IMPL_SERVICE_IPP

// The operations of the mock server: events, and the service itself.

#include <openint/testing/detail/api/api.hpp>
#include <openint/testing/detail/api/catalogue.hpp>

namespace openint::testing::detail {

inline response api::list_events(const call& c)
{
    input in(c);
    const window w(in);
    const std::string search = in.text("search_query");
    std::string since = in.text("since");
    if (const auto refused = in.refused())
        return *refused;
    static constexpr std::string_view date = "0000-00-00";
    if (!since.empty() &&
        !std::equal(date.begin(), date.end(), since.begin(),
                    since.begin() +
                        static_cast<std::ptrdiff_t>((std::min)(since.size(), date.size())),
                    [](char d, char s) { return d == '-' ? s == '-' : s >= '0' && s <= '9'; }))
        return refuse(c, 500,
                      "invalid input syntax for type timestamp with time zone: \"" + since + '"');
    std::replace(since.begin(), since.end(), 'T', ' '); // as in rows
    if (since.ends_with('Z'))
        since.pop_back();

    const auto rows = newest_first(store_.events.select([&](const row& r) {
        return may_see(c, r) && r.text("timestamp") >= since && contains(r, search, {"id"});
    }),
                                   "timestamp");
    return page(w, rows, [](const row* r) { return boost::json::serialize(r->value); });
}

inline void api::record(std::string_view name, boost::json::object data, const row& connection)
{
    const std::string_view customer = connection.text("customer_id"); // "" for null
    store_.events.put({{"id", make_id("evt_")},
                       {"timestamp", row_time(clock_.now())},
                       {"name", name},
                       {"data", std::move(data)},
                       {"user", {{"org_id", "org_mock"}, {"customer_id", customer}}},
                       {"v", nullptr},
                       {"org_id", "org_mock"},
                       {"user_id", nullptr},
                       {"customer_id", customer}});
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
    boost::json::object info{{"connector_name", c.segment}};
    for (const auto& [name, value] : in.body())
        info.emplace(name, value);
    in.one_of(c.segment, connector_names(), {"connector_name"});
    if (const auto refused = in.refused())
        return *refused;
    if (c.segment == "plaid") // the one with a handler, which fails
        return ok({{"status", "error"}, {"info", std::move(info)}});
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
    if (!store_.customers.find(customer))
        return refuse(c, 404, "Customer not found");
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
