// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The examples in the comments of the headers, each line as it is there.

#include <openint.hpp>
#include <openint/connectors.hpp>
#include <openint/http/content_decoder.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/describe.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// clang-format off

namespace asio = boost::asio;
using openint::connection_expand;

template <class... T>
void use(const T&...)
{}
void show(const openint::connection&) {}

// connectors.hpp
void typed_settings(const openint::connection& conn)
{
if (conn.is<openint::connectors::plaid>()) {
    const auto settings = conn.settings_as<openint::connectors::plaid>();
    use(settings.accessToken.reveal(), settings.itemId);
}
}

struct my_settings { std::string region; };
BOOST_DESCRIBE_STRUCT(my_settings, (), (region))
struct my_connector
{
    static constexpr std::string_view name = "my-connector";
    using settings = my_settings;   // described with BOOST_DESCRIBE_STRUCT
    using config = openint::connectors::config::untyped;
};
void settings_of_mine(const openint::connection& conn)
{
    if (conn.is<my_connector>())
        use(conn.settings_as<my_connector>().region);
}

// json/members.hpp
struct account { std::string id; std::optional<int> rank; };
BOOST_DESCRIBE_STRUCT(account, (), (id, rank))

constexpr auto json_required(const account*) { return std::array{"id"}; }
constexpr auto json_lenient(const account*) { return std::array{"rank"}; }
static_assert(json_required(static_cast<const account*>(nullptr)).size() == 1);
static_assert(json_lenient(static_cast<const account*>(nullptr)).size() == 1);

// credential_cache.hpp
struct response_of_github { int status = 0; std::string body; };
struct service
{
    asio::awaitable<response_of_github> get(std::string, const openint::secret&) { co_return response_of_github(); }
};
asio::awaitable<std::string> issues(openint::credential_cache cache, service& github,
                                    std::string id)
{
    openint::credentials conn = co_await cache.get(id);
    auto answer = co_await github.get("/issues", conn->access_token());
    if (answer.status == 401) {                      // revoked, or renewed elsewhere
        conn = co_await cache.renew(conn);
        answer = co_await github.get("/issues", conn->access_token());
    }
    co_return answer.body;
}

// credentials.hpp
asio::awaitable<void> handed_out(openint::credential_cache cache, std::string id)
{
openint::credentials conn = co_await cache.get(id);
use(conn->access_token());
}

// enum_set.hpp
void sets(connection_expand a, connection_expand b)
{
    const openint::get_connection_params one{
.expand = connection_expand::connector            // one
    }, two{
.expand = a | b                                   // two, of an enumeration with enable_enum_set
    }, none{
.expand = {}                                      // none, the default
    };
    use(one, two, none);
}

// field.hpp
void fields()
{
    const openint::create_connector_config_params text{
.connector_name = "plaid",
.display_name = "Production"                      // "display_name": "Production"
    }, null{
.connector_name = "plaid",
.display_name = openint::null                     // "display_name": null
    }, absent{
.connector_name = "plaid",
                                                  // not mentioned: not sent
    };
    use(text, null, absent);
}

// http/decode.hpp
using openint::http::coding;
using openint::http::decode_status;
decode_status decode(openint::http::content_decoder& d, bool (*more)(), std::string_view bytes,
                     std::string& out, std::size_t limit)
{
    decode_status status = decode_status::ok;
d.reset(coding::gzip);
while (status == decode_status::ok && more())
    status = d.put(bytes, out, limit);
if (status == decode_status::ok)
    status = d.finish(out, limit);
return status;
}

// json.hpp
struct user { std::string name; std::optional<int> age; std::vector<std::string> tags; };
BOOST_DESCRIBE_STRUCT(user, (), (name, age, tags))
void read_and_write()
{
auto u = openint::json::read<user>(R"({"name": "Ada", "tags": ["a", "b"]})");
std::string text = openint::json::write(u, {.pretty = true});
}

// json/codec.hpp
struct color
{
    bool parse(std::string_view text);
    std::string text() const;
};
template <>
struct openint::json::codec<color>
{
    static bool read(reader& in, color& value)        // consumes exactly one value
    {
        std::string_view text;
        return in.string(text) && (value.parse(text) || in.fail("a color like #aabbcc"));
    }
    static void write(writer& out, const color& value) { out.string(value.text()); }
};
std::string again(std::string_view text)
{
    return openint::json::write(openint::json::read<color>(text));
}

// json/names.hpp
struct headers { std::string content_type; };
BOOST_DESCRIBE_STRUCT(headers, (), (content_type))
constexpr std::string_view json_name(const headers*, std::string_view member)
{
    return member == "content_type" ? "content-type" : "";   // empty: the rule above
}
std::string again(const headers& h) { return openint::json::write(h); }

// json/variant.hpp
struct circle { double radius; };
BOOST_DESCRIBE_STRUCT(circle, (), (radius))
struct square { double side; };
BOOST_DESCRIBE_STRUCT(square, (), (side))
template <>
struct openint::json::variant_tag<std::variant<circle, square>>
{
    static constexpr std::string_view member = "type";
    // in the order of the variant's alternatives
    static constexpr std::string_view names[] = {"circle", "square"};
};
std::variant<circle, square> shape(std::string_view text)
{
    return openint::json::read<std::variant<circle, square>>(text);
}

// json_ref.hpp
asio::awaitable<void> post(openint::client client)
{
const boost::json::object body{{"id", "1"}};
co_await client.post("/customer", body);
// co_await client.post("/customer", boost::json::object{{"id", "1"}}) does not compile
}

// open_enum.hpp
void status(const openint::connection& conn)
{
const bool healthy = conn.status == openint::connection_status::healthy; // compares with E
if (!conn.status->known())
    std::cout << "new status " << *conn.status;               // prints what the server said
use(healthy);
}

// pager.hpp
asio::awaitable<void> all_pages(openint::client client)
{
auto pages = client.list_connections_pages({.limit = 100});
while (auto page = co_await pages.next())
    for (const openint::connection& conn : page->items)
        show(conn);
}

// request_options.hpp
asio::awaitable<void> header(openint::client client, std::string id, std::string parent)
{
openint::connection conn;
conn = co_await client.with_options({.headers = {{"traceparent", parent}}}).get_connection(id);
}

// secret.hpp
void authorize(boost::beast::http::request<boost::beast::http::empty_body>& request)
{
openint::secret token(std::getenv("TOKEN"));
std::cout << token;                               // [redacted]
request.set("Authorization", "Bearer " + std::string(token.reveal()));
}

// secret_json.hpp
void extra_settings(const openint::connection& conn)
{
const auto& extra = conn.settings->extra.reveal();
if (const auto* key = extra.if_contains("api_key"))
    use(key->as_string());
}

// timestamp.hpp
void age(const openint::connection& conn)
{
const auto when = conn.updated_at.time();
if (when && *when < std::chrono::system_clock::now() - std::chrono::hours(24))
    std::cout << "unchanged since " << conn.updated_at;       // prints it as received
}
asio::awaitable<void> events(openint::client client)
{
using namespace std::chrono;
const openint::timestamp hour_ago(floor<microseconds>(system_clock::now() - hours(1)));
const auto recent = co_await client.list_events({.since = hour_ago.text()});
use(recent.items.size());
}

// view_list.hpp
void lists(const std::vector<std::string_view>& names, std::string_view parent)
{
    struct { openint::view_list<std::string_view> names; } in_place{
.names = {"github", "slack"}                      // in place
    }, elsewhere{
.names = names                                    // a std::vector<std::string_view>
    };
    const openint::request_options structs{
.headers = {{"traceparent", parent}}              // braces for each value that is a struct
    };
    use(in_place.names, elsewhere.names, structs.headers);
}
