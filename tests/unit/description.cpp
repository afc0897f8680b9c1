// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The operations, their parameters and answers against the API description, if it is kept beside
// the project. What differs is named. (Settings by connector: connectors_description.cpp.)

#include <openint/client.hpp>

#include <boost/json/parse.hpp>
#include <boost/mp11/algorithm.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

BOOST_AUTO_TEST_SUITE(description)

namespace {

namespace js = boost::json;
namespace mp = boost::mp11;
using openint::client;

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <template <class...> class Template, class... T>
inline constexpr bool is_a<Template<T...>, Template> = true;
template <class T>
inline constexpr bool is_enum_set = false;
template <class E>
inline constexpr bool is_enum_set<openint::enum_set<E>> = true;
template <class T>
inline constexpr bool is_open_enum = false;
template <class E>
inline constexpr bool is_open_enum<openint::open_enum<E>> = true;

template <class T>
inline constexpr bool is_text =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view> ||
    std::is_same_v<T, openint::secret> || std::is_same_v<T, openint::timestamp>;
// Free-form JSON: any of it, or an object.
template <class T>
inline constexpr bool is_any = std::is_same_v<T, js::value> || std::is_same_v<T, openint::json_ref>;
template <class T>
inline constexpr bool is_object =
    std::is_same_v<T, js::object> || std::is_same_v<T, openint::secret_json>;

// Where the library and the description differ: "where: how".
class comparison
{
public:
    explicit comparison(const js::value& document)
        : document_(document)
    {}

    const std::set<std::string>& differences() const { return differences_; }
    void differ(const std::string& where, const std::string& how)
    {
        differences_.insert(where + ": " + how);
    }

    // A schema with references followed, and the parts of an allOf put together. Of a choice (which
    // connector, which event) only the names of the members count, since each is a case of its own.
    js::object flat(const js::value& schema) const
    {
        const js::object& o = schema.as_object();
        if (const auto* ref = o.if_contains("$ref"))
            return flat(document_.at_pointer(std::string(ref->as_string()).substr(1)));
        js::object out = o;
        js::object properties =
            o.contains("properties") ? o.at("properties").as_object() : js::object();
        js::array required = o.contains("required") ? o.at("required").as_array() : js::array();
        const auto take = [&](const js::object& part, bool names_only) {
            for (const auto& [key, value] : part)
                if (key != "properties" && key != "required" && !names_only)
                    out.insert_or_assign(key, value);
            if (const auto* more = part.if_contains("properties"))
                for (const auto& [name, value] : more->as_object())
                    properties.insert_or_assign(name, names_only ? js::value(js::object()) : value);
            if (const auto* more = part.if_contains("required"))
                required.insert(required.end(), more->as_array().begin(), more->as_array().end());
        };
        if (const auto* parts = o.if_contains("allOf"))
            for (const js::value& part : parts->as_array())
                take(flat(part), false);
        if (const auto* choices = o.if_contains("oneOf"))
            take(flat(choices->at(0)), true);
        out.erase("allOf");
        out.erase("oneOf");
        if (!properties.empty()) {
            out.insert_or_assign("properties", properties);
            out.insert_or_assign("required", required);
            out.insert_or_assign("type", "object");
        }
        return out;
    }

    // Whether a schema's type is, or includes, this one; one that says nothing includes all.
    static bool is(const js::object& schema, std::string_view type)
    {
        const auto* t = schema.if_contains("type");
        if (!t)
            return true;
        if (t->is_string())
            return t->as_string() == type;
        for (const js::value& v : t->as_array())
            if (v.as_string() == type)
                return true;
        return false;
    }

    static bool is_nullable(const js::object& schema)
    {
        return schema.contains("type") && is(schema, "null");
    }

    template <class T>
    void compare(const std::string& where, const js::value& described)
    {
        const js::object schema = flat(described);
        const auto expect = [&](std::string_view type) {
            if (!is(schema, type))
                differ(where, "described as other than " + std::string(type));
        };
        if constexpr (is_a<T, std::optional> || is_a<T, openint::boxed> ||
                      is_a<T, openint::field>) {
            compare<std::remove_cvref_t<decltype(*std::declval<const T&>())>>(where, schema);
        } else if constexpr (is_a<T, std::vector>) {
            expect("array");
            compare<typename T::value_type>(where + "[]", schema.at("items"));
        } else if constexpr (is_a<T, std::map>) {
            expect("object");
            compare<typename T::mapped_type>(where + "{}", schema.at("additionalProperties"));
        } else if constexpr (is_a<T, openint::view_list>) {
            expect("array");
            compare<std::string_view>(where + "[]", schema.at("items"));
        } else if constexpr (is_enum_set<T>) {
            expect("array");
            [&]<class E>(openint::enum_set<E>) {
                compare<E>(where + "[]", schema.at("items"));
            }(T{});
        } else if constexpr (is_open_enum<T>) {
            [&]<class E>(const openint::open_enum<E>&) { compare<E>(where, schema); }(T{});
        } else if constexpr (std::is_enum_v<T>) {
            if (!schema.contains("enum"))
                return differ(where, "described without values");
            for (const js::value& v : schema.at("enum").as_array())
                if (T e{}; !v.is_null() && !openint::json::from_name(v.as_string(), e))
                    differ(where, "lacks the value " + std::string(v.as_string()));
        } else if constexpr (std::is_same_v<T, bool>) {
            expect("boolean");
        } else if constexpr (std::is_integral_v<T>) {
            expect("integer");
        } else if constexpr (std::is_floating_point_v<T>) {
            expect("number");
        } else if constexpr (is_text<T>) {
            expect("string");
            // Texts that have a list of values are enumerations, but for names of connectors.
            const auto* values = schema.if_contains("enum");
            if (values && values->as_array().size() < 100)
                differ(where, "is text, but described with values");
        } else if constexpr (is_any<T>) {
            // whatever is described
        } else if constexpr (is_object<T>) {
            expect("object");
        } else {
            expect("object");
            compare_members<T>(where, schema);
        }
    }

private:
    template <class T>
    void compare_members(const std::string& where, const js::object& schema)
    {
        if (!schema.contains("properties"))
            return; // only its existence is described
        const js::object& properties = schema.at("properties").as_object();
        std::set<std::string> required;
        if (const auto* names = schema.if_contains("required"))
            for (const js::value& name : names->as_array())
                required.emplace(name.as_string());
        std::set<std::string_view> known;
        mp::mp_for_each<openint::json::detail::named_members<T>>([&]<class D>(D) {
            using type = openint::json::detail::member_type<T, D>;
            const std::string name(openint::json::detail::wire_name<T>(D::name));
            const std::string place = where + '.' + name;
            known.insert(*names_.insert(name).first);
            const auto* described = properties.if_contains(name);
            if (!described)
                return differ(place, "not described");
            const js::object member = flat(*described);
            const bool must = required.contains(name) && !is_nullable(member);
            constexpr bool optional = is_a<type, std::optional> || is_a<type, openint::boxed> ||
                                      is_a<type, openint::field> ||
                                      is_a<type, openint::view_list> || is_any<type>;
            const bool in_query = schema.contains("query"); // where all are left out if not set
            if (in_query)
                return compare<type>(place, member);
            if (must && optional && !member.empty() && !is_any<type>)
                differ(place, "optional, but described as required");
            if (!must && !optional && !member.empty())
                differ(place, "not optional, but described so");
            if (is_a<type, openint::field> && !is_nullable(member))
                differ(place, "may be null, but is not described so");
            compare<type>(place, member);
        });
        for (const auto& [name, value] : properties)
            if (!known.contains(name))
                differ(where + '.' + std::string(name), "missing");
    }

    const js::value& document_;
    std::set<std::string> differences_;
    std::set<std::string> names_;
};

// What a member function of the client takes and gives.
template <class T>
struct signature;
template <class Answer, class... Arguments>
struct signature<boost::asio::awaitable<Answer> (client::*)(Arguments...) const>
{
    using answer = Answer;
    using last = mp::mp_back<mp::mp_push_front<mp::mp_list<Arguments...>, void>>;
};

// The parameters in the query, as if they were members of an object.
js::object query_of(const js::object& operation)
{
    js::object properties;
    if (const auto* parameters = operation.if_contains("parameters"))
        for (const js::value& p : parameters->as_array())
            if (p.at("in").as_string() == "query")
                properties.emplace(p.at("name").as_string(), p.at("schema"));
    return {{"type", "object"}, {"properties", properties}, {"query", true}};
}

template <class Function>
void compare_operation(comparison& all, const std::string& name, const js::object& operation)
{
    using s = signature<Function>;
    all.compare<typename s::answer>(
        name,
        operation.at("responses").at("200").at("content").at("application/json").at("schema"));

    using parameters = typename s::last;
    const auto* body = operation.if_contains("requestBody");
    const js::object query = query_of(operation);
    if constexpr (openint::json::described_class<parameters>) {
        if (body)
            all.compare<parameters>(name + "()",
                                    body->at("content").at("application/json").at("schema"));
        else
            all.compare<parameters>(name + "()", query);
    } else {
        if (!query.at("properties").as_object().empty())
            all.differ(name + "()", "takes no parameters");
        if (body && !std::is_same_v<parameters, openint::json_ref> && name != "check_connection")
            all.differ(name + "()", "takes no body");
    }
}

std::string snake_case(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c >= 'A' && c <= 'Z')
            (out += '_') += static_cast<char>(c - 'A' + 'a');
        else
            out += c;
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(operations)
{
#ifdef OPENINT_SHARED_DIR
    const std::filesystem::path path = OPENINT_SHARED_DIR "/openapi.json";
#else
    const std::filesystem::path path;
#endif
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::puts("skipped: description/operations (no API description beside the project)");
        return;
    }
    const js::value document = js::parse(std::string(std::istreambuf_iterator<char>(file), {}));
    comparison all(document);

    using check = void (*)(comparison&, const std::string&, const js::object&);
#define OPERATION(name) {#name, &compare_operation<decltype(&client::name)>}
    std::map<std::string, check> library{
        OPERATION(get_connection),
        OPERATION(list_connections),
        OPERATION(create_connection),
        OPERATION(delete_connection),
        OPERATION(check_connection),
        OPERATION(list_connectors),
        OPERATION(connector_status),
        OPERATION(get_connector_config),
        OPERATION(list_connector_configs),
        OPERATION(create_connector_config),
        OPERATION(update_connector_config),
        OPERATION(delete_connector_config),
        OPERATION(list_customers),
        OPERATION(upsert_customer),
        OPERATION(create_token),
        OPERATION(list_events),
        OPERATION(viewer),
        OPERATION(health),
        OPERATION(health_echo),
        OPERATION(handle_webhook),
        OPERATION(message_template),
    };
#undef OPERATION
    for (const auto& [path_, methods] : document.at("paths").as_object())
        for (const auto& [method, operation] : methods.as_object()) {
            const std::string name = snake_case(operation.at("operationId").as_string());
            const auto found = library.find(name);
            if (found == library.end()) {
                all.differ(name, "missing");
                continue;
            }
            found->second(all, name, operation.as_object());
            library.erase(found);
        }
    for (const auto& [name, f] : library)
        all.differ(name, "not described");

    // Events: each kind by its name, with what it carries.
    std::set<std::string_view> kinds;
    for (const auto& kind : openint::json::detail::enumerators<openint::event_kind>)
        kinds.insert(kind.name);
    for (const js::value& choice :
         document.at_pointer("/components/schemas/core.event/allOf/1").at("oneOf").as_array()) {
        const std::string name(choice.at_pointer("/properties/name/const").as_string());
        const js::value& data = choice.at_pointer("/properties/data");
        if (kinds.erase(name) == 0)
            all.differ("event " + name, "missing");
        else if (name == "webhook.received")
            all.compare<openint::events::webhook>("event " + name, data);
        else if (name.starts_with("connect.session-"))
            all.compare<openint::events::connect_session>("event " + name, data);
        else if (name == "connect.loading-error")
            all.compare<openint::events::loading_error>("event " + name, data);
        else if (name == "pageview")
            all.compare<openint::events::page_view>("event " + name, data);
        else if (name == "connect.connection-checked") // the others have fewer members
            all.compare<openint::events::connection_change>("event " + name, data);
    }
    for (const std::string_view kind : kinds)
        all.differ("event " + std::string(kind), "not described");

    // What differs on purpose.
    std::set<std::string> wanted{
        // Answers of one class, whatever was asked for.
        "create_connection.connector: not described",
        "create_connection.integration: not described",
        "create_connector_config.connection_count: not described",
        "create_connector_config.connector: not described",
        "create_connector_config.integrations: not described",
        "update_connector_config.connection_count: not described",
        "update_connector_config.connector: not described",
        "update_connector_config.integrations: not described",
        // One class for all that happens to connections; others do not name the customer.
        "event connect.connection-checked.customer_id: optional, but described as required",
        "event connect.connection-checked.status: described without values", // as in connections
    };
    for (const std::string list : {"list_connections", "list_connectors", "list_connector_configs",
                                   "list_customers", "list_events"}) {
        // Servers have been seen to leave these out, and the last one is the wrong way round.
        for (const std::string member : {"total", "limit", "offset"})
            wanted.insert(list + "." + member + ": optional, but described as required");
        wanted.insert(list + ".has_next_page: missing");
    }
    for (const std::string& d : all.differences())
        if (wanted.erase(d) == 0)
            BOOST_ERROR(d);
    for (const std::string& d : wanted)
        BOOST_ERROR("no longer so: " + d);
}

BOOST_AUTO_TEST_SUITE_END()
