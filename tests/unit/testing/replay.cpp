// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What the real server answers, held against the mock server: requests are sent in their order, and
// the answers compared. Those of pairs.hpp are our own; the recorded ones are no part of the project,
// and are skipped where they are not.

#include "pairs.hpp"
#include "support/raw_client.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>

namespace json = boost::json;
using namespace openint::testing;
using namespace test;

namespace {

// Differences that are known, by the names of the recorded requests. Rows are those of the
// table in doc/testing.md; 0 is of the recording itself.
struct known_difference
{
    std::string_view name; // or its beginning
    int row;
};

constexpr known_difference known[] = {
    {"auth-raw:Bearer key_realtwo", 1},
    {"listconn-two", 1},
    {"op-status-org", 2},
    {"connector-status", 2},
    {"op-listcus-org", 3},
    {"listcus", 3},
    {"listcus?search_query=github", 3},
    {"upcus-list", 3},
    {"op-msg-org", 4},
    {"msg-ok", 4},
    {"msg-env", 4},
    {"listconn?offset=99999999999999999999999", 5},
    {"echo-bignum", 5},
    {"echo-proto", 5},
    {"echo-badutf8", 5},
    {"echo-str", 5},
    {"getccfg-ccfg_qbo_1*", 6},
    {"event?since=yesterday", 9},
    {"event?since=2026-13-45", 9},
    {"path-/v1/", 10},
    {"path-/health", 10},
    {"path-/v1/openapi.json", 10},
    {"path-/v1/trpc/viewer", 10},
    {"health-root-post", 10},
    {"ct-*", 11},
    {"end-listconn", 11}, // the rows made by those
    {"end-listccfg", 11},
    {"event?*", 0}, // two reads that were events are left out of the recording
    {"event-cust", 0},
    {"end-events", 0},
};

const known_difference* find_known(std::string_view name)
{
    const auto* found = std::find_if(std::begin(known), std::end(known), [&](const auto& k) {
        return k.name == name ||
               (k.name.ends_with('*') && name.starts_with(k.name.substr(0, k.name.size() - 1)));
    });
    return found == std::end(known) ? nullptr : found;
}

// Texts that are made up anew each time: ids, times, addresses.
std::string normal(std::string_view text)
{
    static const std::regex ulid("01[0-9A-HJKMNP-TV-Z]{24}");
    std::string out = std::regex_replace(std::string(text), ulid, "(id)");
    constexpr std::string_view failed = "Token refresh failed with error";
    if (out == "fetch() URL is invalid") // of an API key; nor has the mock server a network
        return "The provider refused the credentials";
    return out.starts_with(failed) ? std::string(failed) : out;
}

// Where two answers differ first; empty when they do not.
std::string difference(const json::value& real, const json::value& mock, const std::string& at)
{
    static const std::set<std::string, std::less<>> made_up = {
        "updated_at", "created_at",     "timestamp", "expires_at", "logo_url",    "token",
        "api_key",    "magic_link_url", "schemas",   "scopes",     "integration", "connector"};
    if (at.ends_with("_scopes") || made_up.contains(at.substr(at.rfind('/') + 1)))
        return {};
    if (real.is_number() && mock.is_number())
        return at.find("/metadata/") != std::string::npos ||
                       real.to_number<double>() == mock.to_number<double>()
                   ? std::string()
                   : at + ": " + json::serialize(mock) + " for " + json::serialize(real);
    if (real.kind() != mock.kind())
        return at + ": " + json::serialize(mock).substr(0, 60) + " for " +
               json::serialize(real).substr(0, 60);
    if (const auto* o = real.if_object()) {
        const json::object& other = mock.get_object();
        for (const auto& [name, value] : *o) {
            if (!other.contains(name))
                return at + "/" + std::string(name) + ": missing";
            if (auto d = difference(value, other.at(name), at + "/" + std::string(name));
                !d.empty())
                return d;
        }
        for (const auto& [name, value] : other)
            if (!o->contains(name) && name != "integration") // a documented extension
                return at + "/" + std::string(name) + ": added";
        return {};
    }
    if (const auto* a = real.if_array()) {
        const json::array& other = mock.get_array();
        if (a->size() != other.size())
            return at + ": " + std::to_string(other.size()) + " for " + std::to_string(a->size());
        for (std::size_t i = 0; i < a->size(); ++i)
            if (auto d = difference((*a)[i], other[i], at + "/" + std::to_string(i)); !d.empty())
                return d;
        return {};
    }
    const bool same =
        real.is_string() ? normal(real.get_string()) == normal(mock.get_string()) : real == mock;
    return same ? std::string()
                : at + ": " + json::serialize(mock).substr(0, 100) + " for " +
                      json::serialize(real).substr(0, 100);
}

class replay
{
public:
    replay()
    {
        for (const char* gone : {"conn_future_1", "ccfg_teleporter_1"})
            server_.remove(gone);
        server_.set_provider({.refuses = true}); // the real one had no network
        tokens_ = {
            {"org", server_.token()}, {"ckey", "key_cus_made0up1for2ada"}, {"wrong", "key_wrong"}};
        tokens_["cust"] = customer_token("{}");
        tokens_["expired"] = customer_token(R"({"validity_in_seconds": -5})");
    }

    // What differs; empty when nothing does.
    std::string step(const json::object& pair)
    {
        const json::object& real = pair.at("answer").as_object();
        const answer_text mock = send(pair);
        const json::value& status = real.at("status");
        if (!status.is_int64())
            return "status: " + std::to_string(mock.status()) + " for none";
        if (status != mock.status())
            return "status: " + std::to_string(mock.status()) + " for " + json::serialize(status) +
                   ", " + mock.body.substr(0, 100);
        if (status.as_int64() == 204)
            return {};
        if (mock.header("Content-Type") != real.at("content_type").as_string())
            return "content type: " + mock.header("Content-Type");
        boost::system::error_code ec;
        json::value expected = real.at("body"); // a text as it came, or the JSON in it
        if (const auto* text = expected.if_string()) {
            const json::value inside = json::parse(*text, ec);
            if (ec)
                return *text == mock.body ? "" : "body: " + mock.body;
            expected = inside;
        }
        const json::value got = json::parse(mock.body, ec);
        if (ec)
            return "body: " + mock.body.substr(0, 100);
        if (const auto* save = pair.if_contains("save"); save && status == 200)
            saved_[std::string(save->as_string())] = got.at("id").as_string();
        return difference(expected, got, "");
    }

private:
    static std::string replaced(std::string text, std::string_view what, std::string_view by)
    {
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what))
            text.replace(at, what.size(), by);
        return text;
    }

    std::string customer_token(const std::string& body)
    {
        const answer_text a = send({{"method", "POST"},
                                    {"target", "/v1/customer/cus_ada/token"},
                                    {"as", "org"},
                                    {"body", body}});
        return std::string(a.object().at("token").as_string());
    }

    answer_text send(const json::object& pair)
    {
        const std::string method(pair.at("method").as_string());
        std::string target(pair.at("target").as_string());
        for (const auto& [name, id] : saved_)
            target = replaced(target, "{" + name + "}", id);
        std::string head = method + " " + target + " HTTP/1.1\r\nHost: x\r\n";

        const std::string as(pair.at("as").as_string());
        if (as.starts_with("raw:"))
            head += "Authorization: " + replaced(as.substr(4), "KEY", server_.token()) + "\r\n";
        else if (as != "none")
            head += "Authorization: Bearer " + tokens_.at(as) + "\r\n";
        if (const auto* more = pair.if_contains("headers"))
            for (const auto& [name, value] : more->as_object())
                head += std::string(name) + ": " + std::string(value.as_string()) + "\r\n";

        const json::value& given = pair.at("body");
        std::string body;
        if (!given.is_null())
            body = given.is_string() ? std::string(given.get_string()) : json::serialize(given);
        for (const auto& [name, id] : saved_)
            body = replaced(body, "{" + name + "}", id);
        if (const auto* type = pair.if_contains("content_type"); type && type->is_string())
            head += "Content-Type: " + std::string(type->as_string()) + "\r\n";
        else if (!type && (method != "GET" || !given.is_null()) && method != "HEAD" &&
                 method != "OPTIONS")
            head += "Content-Type: application/json\r\n";
        if (!body.empty() || method == "POST" || method == "PUT")
            head += "Content-Length: " + std::to_string(body.size()) + "\r\n";

        raw_client c(server_);
        c.send(head + "\r\n" + body);
        answer_text a;
        a.head = c.until("\r\n\r\n");
        if (const std::string size = a.header("Content-Length");
            size != "(none)" && method != "HEAD")
            a.body = c.exactly(std::stoul(size));
        return a;
    }

    mock_server server_{{.quirks = {.creates_without_settings = true}}};
    std::map<std::string, std::string> tokens_;
    std::map<std::string, std::string> saved_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_CASE(it_answers_pairs_of_our_own_as_the_real_server)
{
    replay r;
    const json::value all = json::parse(pairs);
    for (const json::value& pair : all.as_array()) {
        const std::string what = r.step(pair.as_object());
        BOOST_TEST(what.empty(), pair.at("name") << ": " << what);
    }
}

BOOST_AUTO_TEST_CASE(it_answers_as_the_real_server)
{
#ifdef OPENINT_SHARED_DIR
    std::ifstream file(OPENINT_SHARED_DIR "/pairs/sequence.jsonl");
#else
    std::ifstream file;
    file.setstate(std::ios::failbit);
#endif
    if (!file) {
        std::puts("skipped: the real server's answers are not here");
        return;
    }
    replay r;
    std::size_t compared = 0, same = 0;
    std::map<int, std::size_t> by_row;
    for (std::string line; std::getline(file, line);) {
        const json::value pair = json::parse(line);
        const std::string name(pair.at("name").as_string());
        const std::string what = r.step(pair.as_object());
        ++compared;
        const known_difference* expected = find_known(name);
        if (what.empty())
            ++same;
        else if (expected)
            ++by_row[expected->row];
        else
            BOOST_TEST(what.empty(), "difference: " << compared - 1 << " " << name << " "
                                                    << pair.at("target") << " " << what);
    }
    std::printf("replay: %zu compared, %zu the same\n", compared, same);
    for (const auto& [row, n] : by_row)
        std::printf("replay: row %d: %zu\n", row, n);
    BOOST_TEST(compared == 533u);
}

BOOST_AUTO_TEST_SUITE_END()
