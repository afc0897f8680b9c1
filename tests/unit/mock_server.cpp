// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The mock server, seen through blocking sockets: nothing of the client library is used here.

#include <openint/testing/mock_server.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/zlib/inflate_stream.hpp>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <poll.h>

namespace asio = boost::asio;
namespace json = boost::json;
using namespace openint::testing;
using namespace std::chrono_literals;
using boost::system::error_code;

namespace {

struct answer_text
{
    std::string head; // status line and headers
    std::string body;

    int status() const { return std::stoi(head.substr(9, 3)); }

    std::string header(std::string_view name) const
    {
        const auto at = head.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos)
            return "(none)";
        const auto from = at + name.size() + 4;
        return head.substr(from, head.find("\r\n", from) - from);
    }

    json::object object() const { return json::parse(body).as_object(); }
};

// A socket whose reads give up after five seconds.
class patient_socket
{
public:
    using lowest_layer_type = asio::ip::tcp::socket::lowest_layer_type;
    using executor_type = asio::ip::tcp::socket::executor_type;

    explicit patient_socket(asio::io_context& io)
        : socket(io)
    {}
    executor_type get_executor() { return socket.get_executor(); }
    lowest_layer_type& lowest_layer() { return socket.lowest_layer(); }

    template <class Buffers>
    std::size_t read_some(const Buffers& buffers, error_code& ec)
    {
        pollfd ready{socket.native_handle(), POLLIN, 0};
        if (::poll(&ready, 1, 5000) != 1) {
            ec = asio::error::timed_out;
            return 0;
        }
        return socket.read_some(buffers, ec);
    }

    template <class Buffers>
    std::size_t write_some(const Buffers& buffers, error_code& ec)
    {
        return socket.write_some(buffers, ec);
    }

    asio::ip::tcp::socket socket;
};

class raw_client
{
public:
    explicit raw_client(const mock_server& server, asio::ssl::context* tls = nullptr,
                        const char* address = "127.0.0.1")
        : socket_(io_)
    {
        socket_.socket.connect({asio::ip::make_address(address), server.port()});
        if (tls) {
            tls_.emplace(socket_, *tls);
            SSL_set_tlsext_host_name(tls_->native_handle(), "localhost");
            tls_->set_verify_callback(asio::ssl::host_name_verification(address));
        }
    }

    error_code handshake()
    {
        error_code ec;
        tls_->handshake(asio::ssl::stream_base::client, ec);
        return ec;
    }

    asio::ip::tcp::socket& socket() { return socket_.socket; }
    SSL* ssl() { return tls_->native_handle(); }

    void send(std::string_view text)
    {
        if (tls_)
            asio::write(*tls_, asio::buffer(text));
        else
            asio::write(socket_.socket, asio::buffer(text));
    }

    void get(std::string_view target, std::string_view token, std::string_view more = {})
    {
        send("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
             std::string(token) + "\r\n" + std::string(more) + "\r\n");
    }

    // Reads something; the error is kept.
    std::string some()
    {
        char room[4096];
        const std::size_t n = tls_ ? tls_->read_some(asio::buffer(room), error)
                                   : socket_.read_some(asio::buffer(room), error);
        return std::string(room, n);
    }

    // Reads until so many bytes are there, or the connection has ended.
    std::string exactly(std::size_t n)
    {
        while (in_.size() < n && !error)
            in_ += some();
        std::string out = in_.substr(0, n);
        in_.erase(0, n);
        return out;
    }

    std::string until(std::string_view mark)
    {
        while (in_.find(mark) == std::string::npos && !error)
            in_ += some();
        const auto end = in_.find(mark);
        return exactly(end == std::string::npos ? in_.size() : end + mark.size());
    }

    std::string all() { return exactly(std::string::npos); }

    // One answer with a Content-Length, or without any body.
    answer_text answer()
    {
        answer_text a;
        a.head = until("\r\n\r\n");
        if (a.head.size() <= 12)
            throw boost::system::system_error(error, "no answer");
        if (const std::string length = a.header("Content-Length"); length != "(none)")
            a.body = exactly(std::stoul(length));
        return a;
    }

    error_code error;

private:
    asio::io_context io_;
    patient_socket socket_;
    std::optional<asio::ssl::stream<patient_socket&>> tls_;
    std::string in_;
};

answer_text get(const mock_server& server, std::string_view target)
{
    raw_client c(server);
    c.get(target, server.token());
    return c.answer();
}

asio::ssl::context trusting(std::string_view pem)
{
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.add_certificate_authority(asio::buffer(pem.data(), pem.size()));
    tls.set_verify_mode(asio::ssl::verify_peer);
    return tls;
}

const std::string github = "/v1/connection/conn_github_1";

} // namespace

BOOST_AUTO_TEST_SUITE(testing_mock_server)

BOOST_AUTO_TEST_SUITE(get_connection)

BOOST_AUTO_TEST_CASE(an_answer_looks_like_the_real_servers)
{
    mock_server server;
    BOOST_TEST(server.url() == "http://127.0.0.1:" + std::to_string(server.port()) + "/v1");
    const answer_text a = get(server, github);
    BOOST_TEST(a.head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"));
    BOOST_TEST(a.header("Vary") == "*");
    BOOST_TEST(a.header("Access-Control-Allow-Methods") == "GET");
    BOOST_TEST(a.header("Access-Control-Allow-Headers") == "host, authorization");
    BOOST_TEST(a.header("Date").ends_with(" GMT"));
    BOOST_TEST(a.header("Connection") == "(none)");

    const json::object o = a.object();
    BOOST_TEST(o.at("id") == "conn_github_1");
    BOOST_TEST(o.at("status") == "healthy");
    BOOST_TEST(o.at("status_message").is_null());
    for (const char* absent : {"settings", "connector", "integration"})
        BOOST_TEST(!o.contains(absent), absent);
}

BOOST_AUTO_TEST_CASE(the_document_is_whole_with_everything_asked_for)
{
    mock_server server;
    const answer_text a =
        get(server, github + "?include_secrets=true&refresh_policy=none&expand=connector");
    BOOST_TEST(a.body.size() > 3500u);
    BOOST_TEST(a.body.size() < 4700u);
    BOOST_TEST((json::parse(a.body) == json::parse(server.connection("conn_github_1"))));
    BOOST_CHECK_THROW(server.connection("conn_nobody"), std::out_of_range);
}

BOOST_AUTO_TEST_CASE(include_secrets_is_any_text)
{
    mock_server server;
    const auto has_settings = [&](const char* query) {
        return get(server, github + query).object().contains("settings");
    };
    BOOST_TEST(has_settings("?include_secrets=true"));
    BOOST_TEST(has_settings("?include_secrets=false"));
    BOOST_TEST(has_settings("?include_secrets=0"));
    BOOST_TEST(has_settings("?include_secrets=&include_secrets="));
    BOOST_TEST(!has_settings("?include_secrets="));
    BOOST_TEST(!has_settings("?include_secrets"));
    BOOST_TEST(!has_settings(""));
}

BOOST_AUTO_TEST_CASE(expand_is_a_list)
{
    mock_server server;
    const auto has_connector = [&](const char* query) {
        return get(server, github + query).object().contains("connector");
    };
    BOOST_TEST(has_connector("?expand=connector"));
    BOOST_TEST(has_connector("?expand=connector,connector"));
    BOOST_TEST(has_connector("?expand=connector%2Cconnector"));
    BOOST_TEST(has_connector("?expand=connector&expand=connector"));
    BOOST_TEST(!has_connector("?expand[]=connector"));
    BOOST_TEST(!has_connector("?expand[0]=connector"));
    BOOST_TEST(!has_connector("?expand="));

    const answer_text a = get(server, github + "?expand=connector,bogus");
    BOOST_TEST(a.status() == 400);
    BOOST_TEST(a.body ==
               R"({"message":"Input validation failed","code":"BAD_REQUEST","data":{"code":)"
               R"("BAD_REQUEST","httpStatus":400,"path":"getConnection"},"issues":[{"received":)"
               R"("bogus","code":"invalid_enum_value","options":["connector"],"path":["expand",1],)"
               R"("message":"Invalid enum value. Expected 'connector', received 'bogus'"}]})");
}

BOOST_AUTO_TEST_CASE(refresh_policy_is_checked)
{
    mock_server server;
    for (const char* good : {"none", "force", "auto"})
        BOOST_TEST(get(server, github + "?refresh_policy=" + good).status() == 200, good);
    for (const char* bad : {"", "always", "None", "none,auto"}) {
        const answer_text a = get(server, github + "?refresh_policy=" + bad);
        BOOST_TEST(a.status() == 400, bad);
        const json::value issue = a.object().at("issues").at(0);
        BOOST_TEST(issue.at("received") == bad);
        BOOST_TEST(issue.at("code") == "invalid_enum_value");
    }
    const answer_text twice = get(server, github + "?refresh_policy=none&refresh_policy=none");
    BOOST_TEST(twice.status() == 400);
    BOOST_TEST(twice.object().at("issues").at(0).at("received") == "array");
}

BOOST_AUTO_TEST_CASE(ids_are_never_decoded)
{
    mock_server server;
    const auto status = [&](std::string_view id) {
        return get(server, "/v1/connection/" + std::string(id)).status();
    };
    BOOST_TEST(status("conn_github_1") == 200);
    BOOST_TEST(status("conn_github_1/") == 200);
    BOOST_TEST(status("../connection/./conn_github_1") == 200);
    BOOST_TEST(status("foo") == 400);
    BOOST_TEST(status("conn%5Fgithub_1") == 400);
    BOOST_TEST(status("conn_github%5F1") == 404);
    BOOST_TEST(status("conn_github_1%3Fexpand=connector") == 404);
    BOOST_TEST(status("conn_nobody") == 404);
    BOOST_TEST(status("conn_%00") == 404);
    BOOST_TEST(status("conn_a/b") == 404);
    BOOST_TEST(status("conn_github_1%zz") == 500);
    BOOST_TEST(status("conn_github_1%4") == 500);
    BOOST_TEST(status("conn_%ff") == 500);
    BOOST_TEST(status("conn_removed_1") == 404);

    BOOST_TEST(get(server, "/v1/connection/foo").body ==
               R"({"message":"Input validation failed","code":"BAD_REQUEST","data":{"code":)"
               R"("BAD_REQUEST","httpStatus":400,"path":"getConnection"},"issues":[{"code":)"
               R"("invalid_string","validation":{"startsWith":"conn_"},"message":)"
               R"("Invalid input: must start with \"conn_\"","path":["id"]}]})");
    BOOST_TEST(get(server, "/v1/connection/conn_nobody").body ==
               R"({"message":"Connection not found","code":"NOT_FOUND","data":{"code":)"
               R"("NOT_FOUND","httpStatus":404,"path":"getConnection"}})");
    BOOST_TEST(get(server, "/v1/connection/conn_removed_1").object().at("message") ==
               "Connector not found for connection conn_removed_1");
}

BOOST_AUTO_TEST_CASE(tokens_are_checked_before_anything_else)
{
    mock_server server{{.token = "key_mine"}};
    BOOST_TEST(server.token() == "key_mine");
    server.accept_token("key_other");
    const auto message = [&](std::string_view authorization, int status) {
        raw_client c(server);
        c.send("GET /v1/connection/foo HTTP/1.1\r\nHost: x\r\n" + std::string(authorization) +
               "\r\n");
        const answer_text a = c.answer();
        BOOST_TEST(a.status() == status);
        return std::string(a.object().at("message").as_string());
    };
    BOOST_TEST(message("", 403) == "Authentication required");
    BOOST_TEST(message("Authorization: \r\n", 403) == "Authentication required");
    BOOST_TEST(message("Authorization: Bearer wrong\r\n", 401) == "Invalid API key");
    BOOST_TEST(message("Authorization: Bearer  key_mine\r\n", 401) == "Invalid API key");
    for (const char* odd : {"bearer key_mine", "key_mine", "Bearer "})
        BOOST_TEST(message("Authorization: " + std::string(odd) + "\r\n", 401) ==
                   "Invalid Authorization header, expecting Bearer with token");
    BOOST_TEST(message("Authorization: Bearer a.b.c\r\n", 401).starts_with("TRPCError"));
    for (const char* good : {"key_mine", "key_other"})
        BOOST_TEST(message("Authorization: Bearer " + std::string(good) + "\r\n", 400) ==
                   "Input validation failed");
}

BOOST_AUTO_TEST_CASE(other_routes)
{
    mock_server server;
    BOOST_TEST(get(server, "/v1/nope").body ==
               R"({"message":"Not found","code":"NOT_FOUND","data":{"code":"NOT_FOUND",)"
               R"("httpStatus":404}})");
    const answer_text outside = get(server, "/nope");
    BOOST_TEST(outside.status() == 404);
    BOOST_TEST(outside.body == "NOT_FOUND");
    BOOST_TEST(outside.header("Content-Type") == "text/plain;charset=utf-8");
    BOOST_TEST(get(server, "/v1/health").body == R"({"ok":true})");
    BOOST_TEST(get(server, "/v1/viewer").object().at("role") == "org");

    raw_client c(server);
    c.send("PUT /v1/connection/conn_github_1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_TEST(c.answer().status() == 404);
    c.send("POST /v1/health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
           "5\r\n{\"a\":\r\n2;x=y\r\n1}\r\n0\r\nTrailer: t\r\n\r\n");
    BOOST_TEST(c.answer().body == R"({"input":{"a":1}})");
    BOOST_TEST(server.requests().back().body == R"({"a":1})");
    c.get("http://somewhere:1/v1/health", server.token());
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_CASE(every_connection_can_be_fetched_and_has_all_keys)
{
    mock_server server;
    for (const char* id : {"github", "disconnected", "expired", "apikey", "disabled", "manual",
                           "null", "unicode", "future"}) {
        const answer_text a =
            get(server, "/v1/connection/conn_" + std::string(id) + "_1?expand=connector");
        BOOST_TEST(a.status() == 200, id);
        const json::object o = a.object();
        for (const char* key : {"customer_id", "integration_id", "status_message", "display_name",
                                "disabled", "status", "metadata", "connector_name", "connector"})
            BOOST_TEST(o.contains(key), id << " has no " << key);
    }
}

BOOST_AUTO_TEST_CASE(refreshing)
{
    mock_server server;
    const auto fetch = [&](const char* id, const char* query) {
        return get(server, "/v1/connection/" + std::string(id) + query).object();
    };
    // Without secrets nothing is refreshed, by policy none neither.
    BOOST_TEST(fetch("conn_expired_1", "").at("status") == "healthy");
    BOOST_TEST(fetch("conn_expired_1", "?refresh_policy=force").at("status") == "healthy");
    BOOST_TEST(fetch("conn_expired_1", "?include_secrets=true&refresh_policy=none").at("status") ==
               "healthy");
    const json::object failed = fetch("conn_expired_1", "?include_secrets=true");
    BOOST_TEST(failed.at("status") == "error");
    BOOST_TEST(failed.at("status_message").as_string().find("client_secret=") !=
               json::string::npos);

    const char* token = "/settings/oauth/credentials/access_token";
    const json::value before = fetch("conn_github_1", "?include_secrets=true");
    const json::value after = fetch("conn_github_1", "?include_secrets=true&refresh_policy=force");
    BOOST_TEST((before.at_pointer(token) != after.at_pointer(token)));
    BOOST_TEST((after.at_pointer(token) == after.at_pointer("/settings/access_token")));
    BOOST_TEST((after == fetch("conn_github_1", "?include_secrets=true")));
}

BOOST_AUTO_TEST_CASE(connections_can_be_added)
{
    mock_server server;
    server.add(json::object{{"id", "conn_mine"}, {"connector_name", "plaid"}, {"answer", 42}})
        .add(R"({"id":"conn_text","settings":{"oauth":{}}})");
    const json::object mine = get(server, "/v1/connection/conn_mine?expand=connector").object();
    BOOST_TEST(mine.at("answer") == 42);
    BOOST_TEST(mine.at("customer_id").is_null());
    BOOST_TEST(mine.at("connector").at("name") == "plaid");
    BOOST_TEST(get(server, "/v1/connection/conn_text").status() == 200);
    server.add(json::object{{"id", "conn_mine"}, {"answer", 43}});
    BOOST_TEST(get(server, "/v1/connection/conn_mine").object().at("answer") == 43);
    BOOST_CHECK_THROW(server.add(json::object{{"id", 1}}), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(records)

BOOST_AUTO_TEST_CASE(requests_are_recorded_byte_for_byte)
{
    mock_server server;
    raw_client c(server);
    const std::string first = "GET /v1/health?a=1&b=%20x+y&a HTTP/1.1\r\nHost: x\r\nx-A:  b \r\n"
                              "X-a: c\r\n\r\n";
    const std::string second = "POST /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"
                               "null";
    c.send(first);
    c.answer();
    c.send(second);
    c.answer();
    get(server, "/v1/health");

    const std::vector<request> all = server.requests();
    BOOST_REQUIRE(all.size() == 3u);
    const request& r = all[0];
    BOOST_TEST(r.raw == first);
    BOOST_TEST(r.method == "GET");
    BOOST_TEST(r.target == "/v1/health?a=1&b=%20x+y&a");
    BOOST_TEST(r.path() == "/v1/health");
    BOOST_TEST(r.query() == "a=1&b=%20x+y&a");
    BOOST_TEST((r.parameters("a") == std::vector<std::string>{"1", ""}));
    BOOST_TEST((r.parameters("b") == std::vector<std::string>{" x y"}));
    BOOST_TEST(r.header("X-A").value() == "b");
    BOOST_TEST(r.count("x-a") == 2u);
    BOOST_TEST(!r.header("Nope"));
    BOOST_TEST(!r.tls);
    BOOST_TEST(all[1].raw == second);
    BOOST_TEST(all[1].body == "null");
    BOOST_TEST((all[1].time >= all[0].time));
    for (std::size_t i = 0; i < 3; ++i)
        BOOST_TEST(all[i].number == i + 1);
    BOOST_TEST(all[0].connection == all[1].connection);
    BOOST_TEST(all[1].ordinal == 2u);
    BOOST_TEST(all[2].connection == all[0].connection + 1);
    BOOST_TEST(all[2].ordinal == 1u);
    server.clear_requests();
    BOOST_TEST(server.request_count() == 0u);
}

BOOST_AUTO_TEST_CASE(connections_are_counted)
{
    mock_server server;
    BOOST_TEST(server.connections_accepted() == 0u);
    {
        raw_client a(server), b(server);
        BOOST_TEST(server.wait_for_connections(2));
        BOOST_TEST(server.wait_until_open(2));
    }
    BOOST_TEST(server.wait_until_open(0));
    BOOST_TEST(server.connections_accepted() == 2u);
    BOOST_TEST(!server.wait_for_requests(1, 1ms));
    get(server, github);
    BOOST_TEST(server.wait_for_requests(1));
    BOOST_TEST(server.wait_until_idle());
}

BOOST_AUTO_TEST_CASE(a_hook_sees_the_request_before_the_answer_is_made)
{
    mock_server server;
    server.on_request([&](const request& r) {
        if (r.path() == github)
            server.next(respond(418));
    });
    BOOST_TEST(get(server, github).status() == 418);
}

BOOST_AUTO_TEST_CASE(pipelined_requests_get_no_answer)
{
    mock_server server;
    raw_client c(server);
    c.send("GET /v1/health HTTP/1.1\r\nHost: x\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    BOOST_TEST(server.wait_for_requests(1));
    BOOST_TEST(server.requests()[0].pipelined);
    c.socket().shutdown(asio::ip::tcp::socket::shutdown_send);
    BOOST_TEST(c.all().empty());
}

BOOST_AUTO_TEST_CASE(rubbish_is_refused)
{
    mock_server server;
    for (const char* rubbish : {"\x16\x03\x01", "get / HTTP/1.1\r\n", "GET\r\n\r\n",
                                "GET / HTTP/2\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"}) {
        raw_client c(server);
        c.send(rubbish);
        BOOST_TEST(c.all().starts_with("HTTP/1.1 400 Bad Request\r\n"));
    }
    BOOST_TEST(server.request_count() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(scripts)

BOOST_AUTO_TEST_CASE(one_after_the_other_then_as_usual)
{
    mock_server server;
    server.next(respond(503).header("Retry-After", "1")).next(respond(429, "{}"), 2);
    BOOST_TEST(server.scripts_left() == 3u);
    raw_client c(server);
    const auto ask = [&] {
        c.get(github, server.token());
        return c.answer();
    };
    const answer_text first = ask();
    BOOST_TEST(first.head.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
    BOOST_TEST(first.header("Retry-After") == "1");
    BOOST_TEST(first.body == R"({"message":"Service Unavailable","code":"SERVICE_UNAVAILABLE",)"
                             R"("data":{"code":"SERVICE_UNAVAILABLE","httpStatus":503}})");
    BOOST_TEST(ask().body == "{}");
    BOOST_TEST(ask().status() == 429);
    BOOST_TEST(server.scripts_left() == 0u);
    BOOST_TEST(ask().status() == 200);
}

BOOST_AUTO_TEST_CASE(by_path_by_predicate_by_handler)
{
    mock_server server;
    server.when("/health", respond(500))
        .when([](const request& r) { return r.method == "PATCH"; }, respond(409))
        .when("/echo", [](const request& r) { return respond(200, r.raw); });
    server.next([](const request& r) { return r.path() == github; }, respond(410));
    BOOST_TEST(get(server, "/v1/health").status() == 500);
    BOOST_TEST(get(server, "/v1/viewer").status() == 200);
    BOOST_TEST(get(server, github).status() == 410);
    BOOST_TEST(get(server, github).status() == 200);
    BOOST_TEST(get(server, "/echo").body.starts_with("GET /echo HTTP/1.1\r\n"));

    server.always(respond(502));
    BOOST_TEST(get(server, "/v1/health").status() == 502);
    server.next([](const request& r) -> response { throw std::runtime_error("oh " + r.method); });
    const answer_text thrown = get(server, github);
    BOOST_TEST(thrown.status() == 500);
    BOOST_TEST(thrown.body == "oh GET");
    server.clear_scripts();
    BOOST_TEST(get(server, "/v1/health").status() == 200);
}

BOOST_AUTO_TEST_CASE(closed_and_reset_at_every_place)
{
    mock_server server;
    const answer_text usual = get(server, github);
    const std::size_t head = usual.head.size();
    const std::string whole = usual.head + usual.body;
    struct row
    {
        response what;
        std::size_t bytes;
        error_code error;
    };
    const error_code eof = asio::error::eof;
    const error_code reset = asio::error::connection_reset;
    const row rows[] = {
        {close_before_request(), 0, eof},
        {close_before_answer(), 0, eof},
        {close_after(10), 10, eof},
        {close_after(in_body(0)), head, eof},
        {close_after(in_body(25)), head + 25, eof},
        {close_after_answer(), whole.size(), eof},
        {close_after(in_request(20)), 0, eof},
        {reset_before_request(), 0, reset},
        {reset_before_answer(), 0, reset},
        {reset_after(in_request(9999)), 0, reset},
    };
    for (const row& r : rows) {
        server.next(r.what);
        raw_client c(server);
        c.get(github, server.token());
        const std::string got = c.all();
        BOOST_TEST(got.size() == r.bytes);
        BOOST_TEST(c.error == r.error);
    }
    // What was sent before a reset may be lost.
    for (const response& r : {reset_after(10), reset_after(in_body(3)), reset_after_answer()}) {
        server.next(r);
        raw_client c(server);
        c.get(github, server.token());
        c.all();
        BOOST_TEST(c.error == reset);
    }
    BOOST_TEST(server.scripts_left() == 0u);
    BOOST_TEST(server.wait_until_open(0));
    BOOST_TEST(get(server, github).status() == 200);
}

BOOST_AUTO_TEST_CASE(a_stall_lasts_until_the_client_closes)
{
    mock_server server;
    server.next(stall_after(30));
    raw_client c(server);
    c.get(github, server.token());
    BOOST_TEST(c.exactly(30).size() == 30u);
    BOOST_TEST(server.open_connections() == 1u);
    BOOST_TEST(!server.wait_until_idle(1ms));
    c.socket().close();
    BOOST_TEST(server.wait_until_open(0));
    BOOST_TEST(server.wait_until_idle());
}

BOOST_AUTO_TEST_CASE(a_server_that_stops_reading)
{
    for (const bool at_once : {true, false}) {
        mock_server server;
        if (at_once)
            server.next_connection(on_accept::stall);
        else
            server.next(stall_after(in_request(1000)));
        {
            raw_client c(server);
            c.send("POST /v1/health HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n");
            // Writes until the buffers of both sides are full.
            c.socket().non_blocking(true);
            const std::string piece(100000, 'x');
            error_code ec;
            std::size_t sent = 0;
            while (sent < 99'000'000 && ec != asio::error::would_block) {
                sent += c.socket().write_some(asio::buffer(piece), ec);
                if (ec == asio::error::would_block) {
                    pollfd room{c.socket().native_handle(), POLLOUT, 0};
                    if (::poll(&room, 1, 100) == 1)
                        ec = {};
                }
            }
            BOOST_TEST(ec == asio::error::would_block);
            BOOST_TEST(server.open_connections() == 1u);
            c.socket().set_option(asio::socket_base::linger(true, 0));
            c.socket().close();
        }
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_CASE(delays_and_holds_end_when_the_client_goes)
{
    for (const bool tls : {false, true}) {
        mock_server server{{.tls = tls}};
        asio::ssl::context context =
            trusting(tls ? server.ca_pem() : certificate_authority().pem());
        server.next(answer().delay(1h)).next(answer().hold());
        {
            raw_client a(server, tls ? &context : nullptr), b(server, tls ? &context : nullptr);
            if (tls)
                BOOST_REQUIRE((!a.handshake() && !b.handshake()));
            a.get(github, server.token());
            BOOST_TEST(server.wait_for_requests(1));
            b.get(github, server.token());
            BOOST_TEST(server.wait_until_held(1));
            BOOST_TEST(server.open_connections() == 2u);
        }
        BOOST_TEST(server.wait_until_open(0));
        BOOST_TEST(server.wait_until_held(0));
    }
}

BOOST_AUTO_TEST_CASE(held_answers_are_released)
{
    mock_server server;
    server.next(answer().hold());
    raw_client c(server);
    c.get(github, server.token());
    BOOST_TEST(server.wait_until_held(1));
    server.release();
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_CASE(delay_drip_and_pause_take_their_time)
{
    mock_server server, tls_server{{.tls = true}};
    asio::ssl::context context = trusting(tls_server.ca_pem());
    const auto timed = [&](response r) {
        const auto start = std::chrono::steady_clock::now();
        server.next(r);
        BOOST_TEST(get(server, "/v1/health").body == R"({"ok":true})");
        const auto took = std::chrono::steady_clock::now() - start;
        // Over TLS, the connection is good for another request.
        tls_server.next(r);
        raw_client c(tls_server, &context);
        BOOST_REQUIRE(!c.handshake());
        for (int i = 0; i < 2; ++i) {
            c.get("/v1/health", tls_server.token());
            BOOST_TEST(c.answer().body == R"({"ok":true})");
        }
        return took;
    };
    BOOST_TEST((timed(answer().delay(20ms)) >= 20ms));
    BOOST_TEST((timed(answer().pause_after(in_body(2), 20ms)) >= 20ms));
    BOOST_TEST((timed(answer().drip(50, 3ms)) >= 12ms));
}

BOOST_AUTO_TEST_CASE(no_request_is_read_from_a_connection_refused)
{
    mock_server server;
    server.next_connection(on_accept::close)
        .next_connection(on_accept::reset)
        .next_connection(on_accept::close_in_handshake)
        .next_connection(on_accept::reset_in_handshake);
    for (const bool talk : {false, false, true, true}) {
        raw_client c(server);
        if (talk)
            c.send("G");
        BOOST_TEST(c.all().empty());
    }
    server.next_connection(on_accept::stall);
    {
        raw_client c(server);
        c.get(github, server.token());
        BOOST_TEST(server.wait_for_connections(5));
        BOOST_TEST(server.wait_until_open(1));
    }
    BOOST_TEST(server.request_count() == 0u);
    BOOST_TEST(get(server, github).status() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(headers_can_be_added_replaced_and_left_out)
{
    mock_server server;
    server.next(answer()
                    .header("X-New", "1")
                    .header("content-type", "text/x-odd")
                    .without("Date")
                    .without("VARY"));
    const answer_text a = get(server, github);
    BOOST_TEST(a.header("X-New") == "1");
    BOOST_TEST(a.header("content-type") == "text/x-odd");
    BOOST_TEST(a.header("Content-Type") == "(none)");
    BOOST_TEST(a.header("Date") == "(none)");
    BOOST_TEST(a.header("Vary") == "(none)");
    BOOST_TEST(a.object().at("id") == "conn_github_1");

    server.next(
        response().status(299, "Odd").header("Content-Length", "99").close_after(whole_answer));
    const answer_text lying = get(server, github);
    BOOST_TEST(lying.head.starts_with("HTTP/1.1 299 Odd\r\n"));
    BOOST_TEST(lying.body == "{}");
}

BOOST_AUTO_TEST_CASE(heads_without_bodies)
{
    mock_server server;
    server.next(respond(204)).next(respond(304));
    raw_client c(server);
    for (const int status : {204, 304}) {
        c.get(github, server.token());
        const answer_text a = c.answer();
        BOOST_TEST(a.status() == status);
        BOOST_TEST(a.header("Content-Length") == "(none)");
    }
    server.next(respond(200, "12345"));
    c.send("HEAD /v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string head = c.until("\r\n\r\n");
    BOOST_TEST(head.find("Content-Length: 5\r\n") != std::string::npos);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.answer().body == R"({"ok":true})");
}

BOOST_AUTO_TEST_CASE(informational_heads_come_first)
{
    mock_server server;
    server.next(answer().informational(100).informational(103, {{"Link", "<x>"}}));
    raw_client c(server);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    BOOST_TEST(c.until("\r\n\r\n") == "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n");
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_CASE(chunks)
{
    mock_server server;
    const auto body = [&](response r) {
        server.next(std::move(r.close_after(whole_answer)));
        raw_client c(server);
        c.get("/v1/health", server.token());
        const std::string head = c.until("\r\n\r\n");
        BOOST_TEST(head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
        BOOST_TEST(head.find("Content-Length") == std::string::npos);
        return c.all();
    };
    BOOST_TEST(body(respond(200, "0123456789abcdef0").chunked()) ==
               "11\r\n0123456789abcdef0\r\n0\r\n\r\n");
    BOOST_TEST(body(respond(200, "abcdef").chunked({1, 2}, ";n=v")) ==
               "1;n=v\r\na\r\n2;n=v\r\nbc\r\n2;n=v\r\nde\r\n1;n=v\r\nf\r\n0;n=v\r\n\r\n");
    BOOST_TEST(body(respond(200, "a").trailer("X-T", "t")) == "1\r\na\r\n0\r\nX-T: t\r\n\r\n");
    BOOST_TEST(body(respond(200, "").chunked()) == "0\r\n\r\n");
}

// Undoes what the server did, with another implementation.
std::string inflated(std::string_view text)
{
    namespace zlib = boost::beast::zlib;
    zlib::inflate_stream stream;
    std::string out(1 << 20, '\0');
    zlib::z_params z;
    z.next_in = text.data();
    z.avail_in = text.size();
    z.next_out = out.data();
    z.avail_out = out.size();
    boost::beast::error_code ec;
    stream.write(z, zlib::Flush::finish, ec);
    BOOST_TEST((ec == zlib::error::end_of_stream));
    BOOST_TEST(z.avail_in == 0u);
    out.resize(z.total_out);
    return out;
}

BOOST_AUTO_TEST_CASE(compressed_bodies)
{
    mock_server server;
    const std::string plain = get(server, github + "?expand=connector").body;
    server.next(answer().gzip()).next(answer().deflate()).next(answer().raw_deflate());
    const answer_text a = get(server, github + "?expand=connector");
    BOOST_TEST(a.header("Content-Encoding") == "gzip");
    BOOST_TEST(a.body == gzip(plain));
    BOOST_TEST(a.body.size() < plain.size() / 2);
    BOOST_TEST(inflated(a.body.substr(10, a.body.size() - 18)) == plain);
    const answer_text b = get(server, github + "?expand=connector");
    BOOST_TEST(b.header("Content-Encoding") == "deflate");
    BOOST_TEST(inflated(b.body.substr(2, b.body.size() - 6)) == plain);
    const answer_text c = get(server, github + "?expand=connector");
    BOOST_TEST(c.header("Content-Encoding") == "deflate");
    BOOST_TEST(inflated(c.body) == plain);

    // Known answers: the checks at the end.
    BOOST_TEST(gzip("123456789").substr(gzip("123456789").size() - 8) ==
               std::string("\x26\x39\xf4\xcb\x09\0\0\0", 8));
    BOOST_TEST(deflate("Wikipedia").substr(deflate("Wikipedia").size() - 4) == "\x11\xe6\x03\x98");
    BOOST_TEST(inflated(raw_deflate("")).empty());
}

BOOST_AUTO_TEST_CASE(compression_for_those_who_accept_it)
{
    mock_server server{{.compress = true}};
    raw_client c(server);
    c.get(github, server.token(), "Accept-Encoding: br, gzip\r\n");
    BOOST_TEST(c.answer().header("Content-Encoding") == "gzip");
    c.get(github, server.token());
    BOOST_TEST(c.answer().header("Content-Encoding") == "(none)");
}

BOOST_AUTO_TEST_CASE(bytes_as_they_are)
{
    mock_server server;
    server.next(raw("HTTP/9.9 what\n"))
        .next(answer().followed_by("rubbish"))
        .next(answer().copies(2));
    raw_client c(server);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.exactly(14) == "HTTP/9.9 what\n");
    c.get("/v1/health", server.token());
    BOOST_TEST(c.answer().body == R"({"ok":true})");
    BOOST_TEST(c.exactly(7) == "rubbish");
    c.get("/v1/health", server.token());
    const answer_text one = c.answer(), two = c.answer();
    BOOST_TEST(one.head == two.head);
    BOOST_TEST(one.body == two.body);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_body_is_the_end_of_the_connection)
{
    mock_server server;
    server.next(answer().to_end_of_stream()).next(answer().connection_close());
    {
        raw_client c(server);
        c.get("/v1/health", server.token());
        const answer_text a = c.answer();
        BOOST_TEST(a.header("Content-Length") == "(none)");
        BOOST_TEST(a.header("Connection") == "close");
        BOOST_TEST(c.all() == R"({"ok":true})");
        BOOST_TEST(c.error == asio::error::eof);
    }
    raw_client c(server);
    c.get("/v1/health", server.token());
    BOOST_TEST(c.answer().header("Connection") == "close");
    BOOST_TEST(c.all().empty());
    BOOST_TEST(c.error == asio::error::eof);
}

BOOST_AUTO_TEST_CASE(an_endless_body_ends_with_the_client)
{
    mock_server server;
    server.next(raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").endless("1\r\nx\r\n"));
    {
        raw_client c(server);
        c.get("/v1/health", server.token());
        c.until("\r\n\r\n");
        std::string expected;
        for (int i = 0; i < 3000; ++i)
            expected += "1\r\nx\r\n";
        BOOST_TEST((c.exactly(expected.size()) == expected));
    }
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(life)

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_when_asked_for)
{
    for (const bool tls : {false, true}) {
        mock_server server{{.tls = tls, .idle_timeout = 20ms}};
        asio::ssl::context context =
            trusting(tls ? server.ca_pem() : certificate_authority().pem());
        raw_client c(server, tls ? &context : nullptr);
        if (tls)
            BOOST_REQUIRE(!c.handshake());
        const auto start = std::chrono::steady_clock::now();
        c.get(github, server.token());
        BOOST_TEST(c.answer().status() == 200);
        BOOST_TEST(c.all().empty());
        BOOST_TEST(c.error == asio::error::eof); // not stream_truncated, over TLS
        BOOST_TEST((std::chrono::steady_clock::now() - start >= 20ms));
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_CASE(a_slow_answer_is_not_idle)
{
    mock_server server{{.idle_timeout = 5ms}};
    server.next(answer().delay(30ms));
    BOOST_TEST(get(server, github).status() == 200);
}

BOOST_AUTO_TEST_CASE(all_connections_closed_at_once)
{
    mock_server server;
    for (const bool reset : {false, true}) {
        raw_client a(server), b(server);
        a.get(github, server.token());
        a.answer();
        server.next(stall());
        b.get(github, server.token());
        BOOST_TEST(server.wait_until_open(2));
        BOOST_TEST(server.wait_for_requests(2));
        server.clear_requests().close_connections(reset);
        for (raw_client* c : {&a, &b}) {
            BOOST_TEST(c->all().empty());
            BOOST_TEST(c->error == (reset ? error_code(asio::error::connection_reset)
                                          : error_code(asio::error::eof)));
        }
        BOOST_TEST(server.wait_until_open(0));
    }
}

BOOST_AUTO_TEST_CASE(a_stopped_server_refuses_but_remembers)
{
    mock_server server;
    raw_client c(server);
    c.get(github, server.token());
    c.answer();
    server.stop();
    server.stop();
    BOOST_TEST(c.all().empty());
    BOOST_TEST(server.open_connections() == 0u);
    BOOST_TEST(server.request_count() == 1u);
    BOOST_CHECK_EXCEPTION(raw_client{server}, boost::system::system_error, [](const auto& e) {
        return e.code() == asio::error::connection_refused;
    });
}

BOOST_AUTO_TEST_CASE(destruction_ends_whatever_is_outstanding)
{
    for (const bool tls : {false, true}) {
        std::optional<mock_server> server;
        server.emplace(mock_server_options{.tls = tls});
        asio::ssl::context context =
            trusting(tls ? server->ca_pem() : certificate_authority().pem());
        server->next(stall_after(10))
            .next(answer().delay(1h))
            .next(answer().hold())
            .next(answer().drip(1, 1h))
            .next(raw("x").endless("endless"));
        std::vector<std::unique_ptr<raw_client>> clients;
        for (std::size_t i = 0; i < 7; ++i) {
            if (i == 6)
                server->next_connection(on_accept::stall);
            clients.push_back(std::make_unique<raw_client>(*server, tls ? &context : nullptr));
            if (tls && i < 5)
                BOOST_REQUIRE(!clients.back()->handshake());
            if (i < 5) {
                clients.back()->get(github, server->token());
                BOOST_TEST(server->wait_for_requests(i + 1));
            }
        }
        BOOST_TEST(server->wait_until_open(7));
        const auto start = std::chrono::steady_clock::now();
        server.reset();
        BOOST_TEST((std::chrono::steady_clock::now() - start < 1s));
        clients.back()->all();
        BOOST_TEST(clients.back()->error);
    }
}

BOOST_AUTO_TEST_CASE(used_from_many_threads)
{
    mock_server server;
    std::atomic<int> good = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            raw_client c(server);
            for (int i = 0; i < 50; ++i) {
                server.next([t](const request& r) { return r.target.back() == 'a' + t; },
                            respond(200, std::to_string(t)));
                c.get(std::string("/v1/") + static_cast<char>('a' + t), server.token());
                good += c.answer().body == std::to_string(t);
                server.requests();
                server.add(json::object{{"id", "conn_" + std::to_string(t)}});
            }
        });
    for (std::thread& t : threads)
        t.join();
    BOOST_TEST(good == 200);
    BOOST_TEST(server.request_count() == 200u);
}

BOOST_AUTO_TEST_CASE(addresses_ports_and_paths)
{
    mock_server first;
    BOOST_CHECK_THROW((mock_server{{.address = "not an address"}}), boost::system::system_error);
    BOOST_CHECK_THROW((mock_server{{.port = first.port()}}), boost::system::system_error);

    mock_server other{{.base_path = "/api/v7", .record = false}};
    BOOST_TEST(other.url() == other.origin() + "/api/v7");
    BOOST_TEST(get(other, "/api/v7/health").status() == 200);
    BOOST_TEST(get(other, "/v1/health").body == "NOT_FOUND");
    BOOST_TEST(other.requests().empty());
    BOOST_TEST(other.request_count() == 2u);
    BOOST_TEST(other.token() != first.token());
}

BOOST_AUTO_TEST_CASE(ipv6)
{
    std::optional<mock_server> server;
    try {
        server.emplace(mock_server_options{.address = "::1", .tls = true});
    } catch (const boost::system::system_error& e) {
        std::printf("skipped: no IPv6 here (%s)\n", e.what());
        return;
    }
    BOOST_TEST(server->url() == "https://[::1]:" + std::to_string(server->port()) + "/v1");
    asio::ssl::context tls = trusting(server->ca_pem());
    raw_client c(*server, &tls, "::1");
    BOOST_REQUIRE(!c.handshake());
    c.get(github, server->token());
    BOOST_TEST(c.answer().status() == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(over_tls)

BOOST_AUTO_TEST_CASE(the_certificate_is_good_for_those_who_trust_the_authority)
{
    mock_server server{{.tls = true}};
    BOOST_TEST(server.url().starts_with("https://127.0.0.1:"));
    asio::ssl::context tls = trusting(server.ca_pem());
    raw_client c(server, &tls);
    BOOST_REQUIRE(!c.handshake());
    c.get(github, server.token());
    BOOST_TEST(c.answer().status() == 200);
    const request r = server.requests().at(0);
    BOOST_TEST(r.tls);
    BOOST_TEST(r.tls_version == "TLSv1.3");
    BOOST_TEST(r.server_name == "localhost");
    BOOST_TEST(!r.tls_resumed);
}

BOOST_AUTO_TEST_CASE(closing_with_and_without_close_notify)
{
    mock_server server{{.tls = true}};
    asio::ssl::context tls = trusting(server.ca_pem());
    const auto ending = [&](response r) {
        server.next(std::move(r));
        raw_client c(server, &tls);
        BOOST_REQUIRE(!c.handshake());
        c.get(github, server.token());
        c.all();
        return c.error;
    };
    BOOST_TEST(ending(close_after_answer()) == asio::error::eof);
    BOOST_TEST(ending(close_after(20)) == asio::error::eof);
    BOOST_TEST(ending(close_before_request()) == asio::error::eof);
    BOOST_TEST(ending(close_after_answer().without_close_notify()) ==
               asio::ssl::error::stream_truncated);
    BOOST_TEST(ending(close_after(20).without_close_notify()) ==
               asio::ssl::error::stream_truncated);
    BOOST_TEST(ending(reset_after(20)) == asio::error::connection_reset);
    BOOST_TEST(server.wait_until_open(0));
}

// The reason for which OpenSSL refused the server's certificate.
long verification(const mock_server& server, std::string_view trusted)
{
    asio::ssl::context tls = trusting(trusted);
    raw_client c(server, &tls);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(c.ssl()), "127.0.0.1");
    c.handshake();
    return SSL_get_verify_result(c.ssl());
}

BOOST_AUTO_TEST_CASE(certificates_of_ones_own)
{
    const certificate_authority ca, stranger("somebody else");
    const auto result = [&](const certificate_options& o) {
        mock_server server{{.tls = true, .certificate = ca.issue(o)}};
        return verification(server, ca.pem());
    };
    BOOST_TEST(result({}) == X509_V_OK);
    BOOST_TEST(result({.names = {"127.0.0.1"}}) == X509_V_OK);
    BOOST_TEST(result({.names = {"other.example"}}) == X509_V_ERR_IP_ADDRESS_MISMATCH);
    BOOST_TEST(result({.names = {}}) == X509_V_ERR_IP_ADDRESS_MISMATCH);
    BOOST_TEST(result({.valid_until = -1s}) == X509_V_ERR_CERT_HAS_EXPIRED);
    BOOST_TEST(result({.valid_from = 1h}) == X509_V_ERR_CERT_NOT_YET_VALID);
    mock_server server{{.tls = true, .certificate = ca.issue()}};
    BOOST_TEST(verification(server, stranger.pem()) ==
               X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    BOOST_CHECK_THROW((mock_server{{.tls = true, .certificate = identity{"no", "no"}}}),
                      boost::system::system_error);
}

BOOST_AUTO_TEST_CASE(a_client_certificate_can_be_demanded)
{
    const certificate_authority clients("clients"), others;
    mock_server server{{.tls = true, .client_ca_pem = clients.pem()}};
    const auto ask = [&](const identity* id) {
        asio::ssl::context tls = trusting(server.ca_pem());
        if (id) {
            tls.use_certificate_chain(asio::buffer(id->certificate));
            tls.use_private_key(asio::buffer(id->key), asio::ssl::context::pem);
        }
        raw_client c(server, &tls);
        BOOST_REQUIRE(!c.handshake()); // TLS 1.3: the refusal comes with the first read
        c.get("/v1/health", server.token());
        return !c.until("\r\n\r\n").empty();
    };
    const identity good = clients.issue({.names = {"ada"}}), bad = others.issue();
    BOOST_TEST(ask(&good));
    BOOST_TEST(server.requests().at(0).client_name == "ada");
    BOOST_TEST(!ask(&bad));
    BOOST_TEST(!ask(nullptr));
}

BOOST_AUTO_TEST_CASE(sessions_are_resumed)
{
    mock_server server{{.tls = true, .max_tls = tls_version::v1_2}};
    asio::ssl::context tls = trusting(server.ca_pem());
    SSL_SESSION* session = nullptr;
    for (int i = 0; i < 2; ++i) {
        raw_client c(server, &tls);
        if (session)
            SSL_set_session(c.ssl(), session);
        BOOST_REQUIRE(!c.handshake());
        c.get("/v1/health", server.token());
        c.answer();
        SSL_SESSION_free(session);
        session = SSL_get1_session(c.ssl());
        SSL_set_shutdown(c.ssl(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
    }
    SSL_SESSION_free(session);
    const std::vector<request> all = server.requests();
    BOOST_TEST(all.at(0).tls_version == "TLSv1.2");
    BOOST_TEST(!all.at(0).tls_resumed);
    BOOST_TEST(all.at(1).tls_resumed);
}

BOOST_AUTO_TEST_CASE(an_old_server)
{
    mock_server server{{.tls = true, .max_tls = tls_version::v1_1}};
    asio::ssl::context modern = trusting(server.ca_pem());
    SSL_CTX_set_min_proto_version(modern.native_handle(), TLS1_2_VERSION);
    BOOST_TEST(raw_client(server, &modern).handshake());

    asio::ssl::context old = trusting(server.ca_pem());
    SSL_CTX_set_security_level(old.native_handle(), 0);
    SSL_CTX_set_min_proto_version(old.native_handle(), TLS1_1_VERSION);
    raw_client c(server, &old);
    BOOST_TEST(!c.handshake());
    BOOST_TEST(SSL_get_version(c.ssl()) == std::string("TLSv1.1"));
}

BOOST_AUTO_TEST_CASE(handshakes_that_fail)
{
    mock_server server{{.tls = true}};
    asio::ssl::context tls = trusting(server.ca_pem());
    const auto result = [&](on_accept what) {
        server.next_connection(what);
        return raw_client(server, &tls).handshake();
    };
    BOOST_TEST(result(on_accept::close));
    BOOST_TEST(result(on_accept::reset) == asio::error::connection_reset);
    BOOST_TEST(result(on_accept::close_in_handshake) == asio::ssl::error::stream_truncated);
    BOOST_TEST(result(on_accept::reset_in_handshake) == asio::error::connection_reset);
    const error_code not_tls = result(on_accept::plain_text);
    BOOST_TEST(ERR_GET_REASON(static_cast<unsigned long>(not_tls.value())) ==
               SSL_R_WRONG_VERSION_NUMBER);

    // Plain HTTP on the TLS port, and TLS on a plain port.
    raw_client plain(server);
    plain.get(github, server.token());
    plain.all();
    BOOST_TEST(plain.error);
    mock_server plain_server;
    BOOST_TEST(raw_client(plain_server, &tls).handshake());
    BOOST_TEST(server.request_count() + plain_server.request_count() == 0u);
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_CASE(a_handshake_that_never_ends)
{
    mock_server server{{.tls = true}};
    server.next_connection(on_accept::stall);
    asio::ssl::context tls = trusting(server.ca_pem());
    raw_client c(server, &tls);
    error_code ec;
    std::thread client([&] { ec = c.handshake(); });
    BOOST_TEST(server.wait_for_connections(1));
    BOOST_TEST(server.open_connections() == 1u);
    c.socket().shutdown(asio::ip::tcp::socket::shutdown_both);
    client.join();
    BOOST_TEST(ec);
    BOOST_TEST(server.wait_until_open(0));
}

BOOST_AUTO_TEST_CASE(the_authority_in_a_file)
{
    std::string name;
    {
        mock_server server{{.tls = true}};
        name = server.ca_file();
        BOOST_TEST(server.ca_file() == name);
        std::ifstream in(name);
        const std::string text(std::istreambuf_iterator<char>(in), {});
        BOOST_TEST(text == server.ca_pem());
        asio::ssl::context tls(asio::ssl::context::tls_client);
        tls.load_verify_file(name);
        tls.set_verify_mode(asio::ssl::verify_peer);
        raw_client c(server, &tls);
        BOOST_TEST(!c.handshake());
    }
    BOOST_TEST(!std::ifstream(name));
    BOOST_TEST(mock_server().ca_pem().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE_END()
