// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_IMPL_CUSTOMERS_IPP
#define OPENINT_TESTING_DETAIL_API_IMPL_CUSTOMERS_IPP

// The operations of the mock server: customers and their tokens.

#include <openint/testing/detail/api/api.hpp>
#include <openint/testing/detail/api/catalogue.hpp>

#include <openssl/evp.h>

namespace openint::testing::detail {

inline response api::list_customers(const call& c)
{
    input in(c);
    const window w(in);
    const std::string search = in.text("search_query");
    if (const auto refused = in.refused())
        return *refused;
    // The real server knows only customers that have connections here; nobody's are one, too.
    std::vector<boost::json::object> groups;
    std::map<std::string, std::size_t> index;
    for (const row* r : store_.connections.select([&](const row& connection) {
             return contains(connection, trimmed(search), {"customer_id", "connector_name"});
         })) {
        const boost::json::value& id = r->value.at("customer_id");
        const auto [at, is_new] = index.try_emplace(boost::json::serialize(id), groups.size());
        if (is_new)
            groups.push_back({{"id", id},
                              {"connection_count", 0},
                              {"created_at", r->text("created_at")},
                              {"updated_at", r->text("updated_at")}});
        boost::json::object* group = &groups[at->second];
        ++group->at("connection_count").as_int64();
        if (r->text("created_at") < group->at("created_at").as_string())
            group->at("created_at") = r->text("created_at");
        if (r->text("updated_at") > group->at("updated_at").as_string())
            group->at("updated_at") = r->text("updated_at");
    }
    return page(w, groups, [](const auto& group) { return boost::json::serialize(group); });
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
    if (!body.contains("id"))
        id = make_id("cus_");
    row& r = make_customer(id);
    // Replaced, not merged, and erased where there is none.
    r.value["metadata"] = metadata ? boost::json::value(*metadata) : nullptr;
    r.value["updated_at"] = row_time(clock_.now());
    return ok(r.value);
}

// The customer of this id, made if need be.
inline row& api::make_customer(std::string_view id)
{
    if (row* found = store_.customers.find(id))
        return *found;
    const std::string now = row_time(clock_.now());
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

inline void check_connect_options(input& in, const boost::json::object& options)
{
    using enum input::presence;
    static constexpr std::string_view views[] = {"add", "manage"};
    in.text_member(options, "return_url", optional, {"connect_options"});
    if (const auto* names = options.if_contains("connector_names"); names && names->is_array())
        for (const auto& name : names->get_array())
            if (name.is_string())
                in.one_of(
                    name.get_string(), connector_names(),
                    {"connect_options", "connector_names", &name - names->get_array().data()});
    const std::string_view view = in.text_member(options, "view", optional, {"connect_options"});
    if (!view.empty())
        in.one_of(view, views, {"connect_options", "view"});
}

inline response api::create_token(const call& c)
{
    input in(c);
    using enum input::presence;
    const boost::json::object& body = in.body();
    const std::optional<double> validity = in.coerced_number(body, "validity_in_seconds");
    const auto* options = in.object_member(body, "connect_options", optional);
    if (options)
        check_connect_options(in, *options);
    if (const auto refused = in.refused())
        return *refused;
    if (!is_decodable(c.segment))
        return refuse(c, 500, "Internal server error");

    row& customer = make_customer(c.segment);
    customer.value["metadata"] = nullptr; // as the real server, which upserts the id alone
    const std::time_t now = std::chrono::system_clock::to_time_t(clock_.now());
    const double seconds = validity.value_or(2592000);
    const auto expires = static_cast<std::time_t>(
        std::clamp(static_cast<double>(now) + seconds, -1e15, 1e15)); // times in milliseconds fit
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

} // namespace openint::testing::detail

#endif
