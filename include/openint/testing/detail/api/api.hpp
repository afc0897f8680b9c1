// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_API_HPP
#define OPENINT_TESTING_DETAIL_API_API_HPP

// The operations of the mock server: a table of routes over data in memory. Not thread-safe.
//
// A new operation is a row in `routes()` and a member function that returns a response; the bodies
// are in the files that it includes at its end.

#include <openint/testing/detail/api/clock.hpp>
#include <openint/testing/detail/api/initial_data.hpp>
#include <openint/testing/detail/api/input.hpp>
#include <openint/testing/detail/api/path.hpp>
#include <openint/testing/detail/api/providers.hpp>
#include <openint/testing/detail/api/search.hpp>
#include <openint/testing/mock_server_options.hpp>

#include <chrono>
#include <functional>
#include <limits>
#include <map>
#include <span>
#include <utility>

namespace openint::testing::detail {

// What a check of credentials has found, to be stored when the provider's answer is there.
struct check_result
{
    std::string id;
    boost::json::value settings; // null: as they are
    std::string status;
    boost::json::value status_message;
    std::chrono::milliseconds latency{0};
    bool tried = false; // else everything stays
    bool quiet = false; // no event, and the time of the change stays
    bool asked = false; // the provider
};

class api
{
public:
    api(std::string base_path, std::string_view token, service_quirks quirks)
        : base_path_(std::move(base_path))
        , quirks_(quirks)
    {
        accept(token);
        add_initial_data(store_);
        for (const row* r : store_.customers.select([](const row&) { return true; }))
            accept_key_of(*r);
    }

    void accept(std::string_view token)
    {
        tokens_.insert_or_assign(std::string(token), principal{role::org, {}, 0});
    }

    void add(const boost::json::object& o)
    {
        const auto* id = o.if_contains("id");
        if (id && id->is_string() && id->get_string().starts_with("ccfg_"))
            store_.configs.put(o);
        else
            store_.connections.put(complete_connection(o));
    }

    void remove(std::string_view id)
    {
        store_.connections.erase(id);
        store_.configs.erase(id);
    }

    std::string connection(std::string_view id)
    {
        const row* found = store_.connections.find(id);
        if (!found)
            throw std::out_of_range("the mock server has no connection " + std::string(id));
        return boost::json::serialize(found->value);
    }

    server_clock& clock() { return clock_; }
    testing::detail::providers& providers() { return providers_; }

    // The server's own answer.
    response answer(const request& r)
    {
        const std::string path = normal_path(r.target);
        std::string_view rest = path;
        if (rest.substr(0, base_path_.size()) != base_path_ ||
            (rest.size() > base_path_.size() && rest[base_path_.size()] != '/'))
            return respond(404, "NOT_FOUND").header("Content-Type", "text/plain;charset=utf-8");
        rest.remove_prefix(base_path_.size());

        if (r.method == "HEAD" || r.method == "OPTIONS")
            return response().status(204);
        for (const route& candidate : routes()) {
            call c{r, candidate.operation, {}, {}};
            if (candidate.method != r.method || !matches(candidate.pattern, rest, c.segment))
                continue;
            const auto refused = check_token(c, candidate.open_to);
            return refused ? *refused : (this->*candidate.run)(c);
        }
        return respond(404, error_body(404, "Not found"));
    }

private:
    enum class access : std::uint8_t
    {
        anybody, // a token is not needed, but a wrong one is refused
        members, // customers, and the organization
        admins   // the organization
    };

    struct route
    {
        std::string_view method;
        std::string_view pattern;
        std::string_view operation;
        access open_to;
        response (api::*run)(const call&);
    };

    static std::span<const route> routes()
    {
        using enum access;
        static constexpr route all[] = {
            {"GET", "/connection/{}", "getConnection", members, &api::get_connection},
            {"GET", "/connection", "listConnections", members, &api::list_connections},
            {"POST", "/connection", "createConnection", admins, &api::create_connection},
            {"DELETE", "/connection/{}", "deleteConnection", members, &api::delete_connection},
            {"POST", "/connection/{}/check", "checkConnection", members, &api::check_connection},
            {"GET", "/connector", "listConnectors", anybody, &api::list_connectors},
            {"GET", "/connector-status", "connectorStatus", anybody, &api::connector_status},
            {"GET", "/connector-config/{}", "getConnectorConfig", members, &api::get_config},
            {"GET", "/connector-config", "listConnectorConfigs", members, &api::list_configs},
            {"POST", "/connector-config", "createConnectorConfig", admins, &api::create_config},
            {"PUT", "/connector-config/{}", "updateConnectorConfig", admins, &api::update_config},
            {"DELETE", "/connector-config/{}", "deleteConnectorConfig", admins,
             &api::delete_config},
            {"GET", "/customer", "listCustomers", admins, &api::list_customers},
            {"PUT", "/customer", "upsertCustomer", admins, &api::upsert_customer},
            {"POST", "/customer/{}/token", "createToken", admins, &api::create_token},
            {"GET", "/event", "listEvents", members, &api::list_events},
            {"GET", "/viewer", "viewer", anybody, &api::viewer},
            {"GET", "/health", "health", anybody, &api::health},
            {"POST", "/health", "healthEcho", anybody, &api::health_echo},
            {"POST", "/webhook/{}", "handleWebhook", anybody, &api::handle_webhook},
            {"GET", "/ai/message_template", "messageTemplate", admins, &api::message_template},
        };
        return all;
    }

    // Finds out on whose behalf the token speaks; a response if it does not suffice.
    std::optional<response> check_token(call& c, access open_to) const
    {
        const std::string_view header = c.req.header("Authorization").value_or("");
        if (header.empty())
            return open_to == access::anybody
                       ? std::optional<response>()
                       : refuse(c, 403,
                                open_to == access::admins ? "Org admin only"
                                                          : "Authentication required");
        constexpr std::string_view scheme = "Bearer ";
        if (header.substr(0, scheme.size()) != scheme)
            return refuse(c, 401, "Invalid Authorization header, expecting Bearer with token");
        const std::string_view token = header.substr(scheme.size());
        const auto found = tokens_.find(token);
        const auto dots = std::count(token.begin(), token.end(), '.');
        if (found == tokens_.end())
            return refuse(c, 401,
                          dots == 0   ? "Invalid API key"
                          : dots != 2 ? "TRPCError: JWSInvalid: Invalid Compact JWS"
                          : token.starts_with("eyJ") // {"
                              ? "TRPCError: JWSSignatureVerificationFailed: signature verification "
                                "failed"
                              : "TRPCError: JWSInvalid: JWS Protected Header is invalid");
        c.who = found->second;
        if (c.who.expires != 0 &&
            c.who.expires <= std::chrono::system_clock::to_time_t(clock_.now()))
            return refuse(c, 401, "TRPCError: JWTExpired: \"exp\" claim timestamp check failed");
        if (open_to == access::admins && c.who.role != role::org)
            return refuse(c, 403, "Org admin only");
        return std::nullopt;
    }

    void accept_key_of(const row& customer)
    {
        if (const std::string_view key = customer.text("api_key"); !key.empty())
            tokens_.insert_or_assign(
                std::string(key), principal{role::customer, std::string(customer.text("id")), 0});
    }

    // Ids as the real server makes them: later ones are greater.
    std::string make_id(std::string_view prefix)
    {
        const auto now = clock_.now().time_since_epoch();
        const auto digits = [](std::uint64_t n, std::size_t width) {
            std::string out(width, '0');
            for (std::size_t i = width; i-- > 0; n /= 32)
                out[i] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[n % 32];
            return out;
        };
        const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
        return std::string(prefix) + digits(static_cast<std::uint64_t>(millis), 10) +
               digits(++made_, 16);
    }

    // So many seconds from now, within what a clock can hold.
    server_clock::time_point after(double seconds) const
    {
        constexpr double most = 7e9; // two centuries
        return clock_.now() + std::chrono::duration_cast<server_clock::duration>(
                                  std::chrono::duration<double>(std::clamp(seconds, -most, most)));
    }

    static bool may_see(const call& c, const row& r)
    {
        return c.who.role == role::org || r.text("customer_id") == c.who.customer_id;
    }

    // Parameters that all lists have.
    struct window
    {
        explicit window(input& in)
            : limit(in.number("limit", 50, 3000))
            , offset(in.number("offset", 0, (std::numeric_limits<std::size_t>::max)() / 2048 + 1))
        {}

        // What of the rows is on this page.
        template <class Row>
        std::span<Row> of(std::span<Row> rows) const
        {
            const std::size_t begin = (std::min)(offset, rows.size());
            return rows.subspan(begin, (std::min)(limit, rows.size() - begin));
        }

        std::size_t limit;
        std::size_t offset;
    };

    // A page of a list, as the real server makes it: past its end nothing counts, and whether there
    // is more is the wrong way round.
    template <class Rows, class Write>
    static response page(const window& w, const Rows& rows, Write write)
    {
        const std::span shown = w.of(std::span(rows));
        std::string items;
        for (const auto& r : shown)
            (items += items.empty() ? "" : ",") += write(r);
        return page(w, items, shown.empty() ? 0 : rows.size(),
                    shown.empty() || w.offset + shown.size() >= rows.size());
    }

    static response page(const window& w, const std::string& items, std::size_t total,
                         bool has_next_page)
    {
        return respond(200, "{\"items\":[" + items + "],\"total\":" + std::to_string(total) +
                                ",\"limit\":" + std::to_string(w.limit) +
                                ",\"offset\":" + std::to_string(w.offset) +
                                ",\"has_next_page\":" + (has_next_page ? "true}" : "false}"));
    }

    static response ok(const boost::json::object& body)
    {
        return respond(200, boost::json::serialize(body));
    }

    // Whether one of these members has what is searched for, in any case.
    static bool contains(const row& r, std::string_view what,
                         std::initializer_list<std::string_view> members)
    {
        return what.empty() || std::any_of(members.begin(), members.end(), [&](std::string_view m) {
                   return r.value.contains(m) && r.value.at(m).is_string() &&
                          is_like(r.text(m), '%' + std::string(what) + '%');
               });
    }

    // The operations

    // What is shown of connections.
    struct view
    {
        view(input& in, std::string_view policy);

        bool secrets;
        std::string refresh_policy;
        bool connector;
    };

    response get_connection(const call& c);
    response list_connections(const call& c);
    response create_connection(const call& c);
    response delete_connection(const call& c);
    response check_connection(const call& c);
    std::optional<response> find_connection(const call& c, row*& found);
    static const std::string& show(row& r, const view& v);
    static bool has_connector(const row& r);
    std::optional<response> without_settings(const call& c, const row& r,
                                             boost::json::array path) const;

    bool has_expired(const boost::json::value& settings) const;
    bool has_to_be_checked(const row& r, const view& v) const;
    response check(const std::vector<row*>& rows, std::function<response()> answer,
                   bool quiet = false);
    check_result begin_check(const row& r);
    void refresh(const row& r, const std::string& refresh_token, check_result& out);
    void store_result(const check_result& result);
    void store_time(const check_result& result);

    response list_connectors(const call& c);
    response connector_status(const call& c);

    response get_config(const call& c);
    response list_configs(const call& c);
    response create_config(const call& c);
    response update_config(const call& c);
    response delete_config(const call& c);
    std::optional<response> find_config(const call& c, row*& found);
    boost::json::object show_config(const row& r, const std::vector<std::string>& expand,
                                    bool lists_scopes = false);
    std::size_t connections_of(std::string_view member, std::string_view id);

    response list_customers(const call& c);
    response upsert_customer(const call& c);
    response create_token(const call& c);
    row& make_customer(std::string_view id);

    response list_events(const call& c);
    void record(std::string_view name, boost::json::object data, const row& connection);

    response viewer(const call& c);
    response health(const call& c);
    response health_echo(const call& c);
    response handle_webhook(const call& c);
    response message_template(const call& c);

    std::string base_path_;
    service_quirks quirks_;
    std::map<std::string, principal, std::less<>> tokens_;
    store store_;
    server_clock clock_;
    testing::detail::providers providers_;
    std::uint64_t made_ = 0; // ids
};

} // namespace openint::testing::detail

#include <openint/testing/detail/api/impl/connections.ipp>
#include <openint/testing/detail/api/impl/connector_configs.ipp>
#include <openint/testing/detail/api/impl/credentials.ipp>
#include <openint/testing/detail/api/impl/customers.ipp>
#include <openint/testing/detail/api/impl/service.ipp>

#endif
