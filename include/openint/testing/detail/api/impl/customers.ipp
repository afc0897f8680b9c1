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
    r.value["updated_at"] = row_time(clock_.now());
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
    const std::time_t now = std::chrono::system_clock::to_time_t(clock_.now());
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

} // namespace openint::testing::detail

#endif
