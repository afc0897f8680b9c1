// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "support/service.hpp"

#include <openint.hpp>
#include <openint/testing/mock_server.hpp>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using openint::testing::answer;
using openint::testing::mock_server;
using openint::testing::respond;
using test::config_for;
using test::failure_of;
using test::run;

BOOST_AUTO_TEST_SUITE(get_connection)

namespace {

using fixture = test::service;

std::string expected_head(const mock_server& server, std::string_view target)
{
    std::ostringstream out;
    out << "GET " << target << " HTTP/1.1\r\n"
        << "Host: 127.0.0.1:" << server.port() << "\r\n"
        << "User-Agent: openint-cpp/" OPENINT_VERSION_STRING "\r\n"
        << "Accept: application/json\r\n"
        << "Accept-Encoding: gzip\r\n"
        << "Authorization: Bearer " << server.token() << "\r\n\r\n";
    return out.str();
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_typed_answer, fixture)
{
    const openint::connection conn =
        run(io, client.get_connection("conn_github_1",
                                      {.include_secrets = true,
                                       .refresh_policy = openint::refresh_policy::force,
                                       .expand = openint::connection_expand::connector}));
    BOOST_TEST(conn.id == "conn_github_1");
    BOOST_TEST(conn.connector_name == "github");
    BOOST_TEST(conn.usable());
    BOOST_TEST(!conn.access_token().empty());
    BOOST_REQUIRE(conn.connector.has_value());
    BOOST_TEST(conn.connector->name == "github");
}

BOOST_FIXTURE_TEST_CASE(what_is_sent_without_parameters, fixture)
{
    run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(sent().raw == expected_head(server, "/v1/connection/conn_github_1"));
}

BOOST_FIXTURE_TEST_CASE(what_is_sent_with_parameters, fixture)
{
    const auto target_of = [&](openint::get_connection_params params) {
        run(io, client.get_connection("conn_github_1", params));
        BOOST_TEST(sent().raw == expected_head(server, sent().target));
        return sent().target;
    };
    using openint::connection_expand;
    using openint::refresh_policy;
    const std::string path = "/v1/connection/conn_github_1";
    BOOST_TEST(target_of({.include_secrets = false}) == path);
    BOOST_TEST(target_of({.include_secrets = true}) == path + "?include_secrets=true");
    BOOST_TEST(target_of({.refresh_policy = refresh_policy::none}) ==
               path + "?refresh_policy=none");
    BOOST_TEST(target_of({.refresh_policy = refresh_policy::force}) ==
               path + "?refresh_policy=force");
    BOOST_TEST(target_of({.refresh_policy = refresh_policy::auto_}) ==
               path + "?refresh_policy=auto");
    BOOST_TEST(target_of({.expand = connection_expand::connector}) == path + "?expand=connector");
    BOOST_TEST(target_of({.include_secrets = true,
                          .refresh_policy = refresh_policy::none,
                          .expand = connection_expand::connector}) ==
               path + "?include_secrets=true&refresh_policy=none&expand=connector");
}

BOOST_FIXTURE_TEST_CASE(what_is_sent_for_unusual_ids, fixture)
{
    const std::pair<std::string, std::string> cases[] = {
        {"conn_a-b._~c", "conn_a-b._~c"},
        {"conn_!$&'()*+,;=:@", "conn_!$&'()*+,;=:@"},
        {"conn_a/b", "conn_a%2Fb"},
        {"conn_a?b#c", "conn_a%3Fb%23c"},
        {"conn_100%", "conn_100%25"},
        {"conn_%2D", "conn_%252D"},
        {"conn_a b", "conn_a%20b"},
        {"conn_\"<>\\^`{|}[]", "conn_%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D"},
        {"conn_caf\xc3\xa9", "conn_caf%C3%A9"},
        {"...", "..."},
    };
    for (const auto& [id, segment] : cases) {
        failure_of(io, client.get_connection(id)); // the server knows none of them
        BOOST_TEST(sent().raw == expected_head(server, "/v1/connection/" + segment));
    }
}

BOOST_FIXTURE_TEST_CASE(refused_ids, fixture)
{
    for (const std::string_view id : {"", ".", "..", "conn_a\r\nX: y", "conn_\x7f", "conn_\t"}) {
        const openint::error e = failure_of(io, client.get_connection(id));
        BOOST_TEST(e.code() == openint::errc::invalid_argument);
        BOOST_TEST(e.status() == 0u);
        BOOST_TEST(e.attempts() == 0);
        BOOST_TEST(std::string(e.what()).find("id") != std::string::npos);
    }
    BOOST_TEST(failure_of(io, client.get_connection(std::string_view("conn_\0x", 7))).code() ==
               openint::errc::invalid_argument);
    BOOST_TEST(server.connections_accepted() == 0u);
}

BOOST_FIXTURE_TEST_CASE(error_answers, fixture)
{
    openint::error e = failure_of(io, client.get_connection("conn_nobody_1"));
    BOOST_TEST(e.code() == openint::condition::not_found);
    BOOST_TEST(e.code() == openint::condition::client_error);
    BOOST_TEST(e.code() != openint::condition::server_error);
    BOOST_TEST(e.status() == 404u);
    BOOST_TEST(e.server_code() == "NOT_FOUND");
    BOOST_TEST(e.message() == "Connection not found");
    BOOST_TEST(e.attempts() == 1);
    BOOST_TEST(e.headers().find("content-type").value_or("") == "application/json");
    BOOST_TEST(std::string(e.what()).find("GET /v1/connection/conn_nobody_1: 404") == 0u);

    e = failure_of(io, client.get_connection("foo"));
    BOOST_TEST(e.code() == openint::condition::bad_request);
    BOOST_REQUIRE(e.issues().size() == 1u);
    BOOST_TEST(!e.issues()[0].message.empty());
    BOOST_TEST(e.issues()[0].code.value_or("") == "invalid_string");

    const openint::client stranger = client.with_token(openint::secret("key_wrong"));
    e = failure_of(io, stranger.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::condition::unauthorized);
}

BOOST_FIXTURE_TEST_CASE(an_api_error_is_thrown_and_loses_nothing_when_sliced, fixture)
{
    try {
        run(io, client.get_connection("conn_nobody_1"));
        BOOST_FAIL("no error");
    } catch (const openint::api_error& e) {
        const openint::error sliced = e;
        BOOST_TEST(sliced.status() == 404u);
        BOOST_TEST(sliced.message() == "Connection not found");
        BOOST_CHECK_THROW(sliced.raise(), openint::api_error);
    }
}

BOOST_FIXTURE_TEST_CASE(a_client_without_a_token, fixture)
{
    openint::client_config config = config_for(server);
    config.token = {};
    const openint::client anonymous(io, config);
    const openint::error e = failure_of(io, anonymous.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::errc::invalid_argument);
    BOOST_TEST(std::string(e.what()).find("OPENINT_API_KEY") != std::string::npos);
    BOOST_TEST(server.connections_accepted() == 0u);
}

BOOST_AUTO_TEST_CASE(configurations_that_cannot_work)
{
    asio::io_context io;
    const auto refused = [&](auto change, std::string_view named) {
        openint::client_config config;
        change(config);
        try {
            const openint::client c(io, config);
            BOOST_ERROR("accepted: " << named);
        } catch (const openint::error& e) {
            BOOST_TEST(e.code() == openint::errc::invalid_argument);
            BOOST_TEST(std::string(e.what()).find(named) != std::string::npos, e.what());
        }
    };
    using config = openint::client_config;
    refused([](config& c) { c.base_url = "api.openint.dev"; }, "base_url");
    refused([](config& c) { c.base_url = "ftp://x/"; }, "base_url");
    refused([](config& c) { c.base_url = "http://x/a\r\nb"; }, "base_url");
    refused([](config& c) { c.base_url = "http://user:pw@x/"; }, "base_url");
    refused([](config& c) { c.token = openint::secret("a\r\nX: y"); }, "token");
    refused([](config& c) { c.user_agent = "a\nb"; }, "user_agent");
    refused([](config& c) { c.headers = {{"X-A", "a\r\nb"}}; }, "X-A");
    refused([](config& c) { c.headers = {{"X A", "a"}}; }, "header");
    refused([](config& c) { c.headers = {{"authorization", "a"}}; }, "authorization");
    refused([](config& c) { c.headers = {{"Transfer-Encoding", "chunked"}}; }, "Transfer-Encoding");
    refused([](config& c) { c.timeout = -1s; }, "timeout");
    refused([](config& c) { c.connect_timeout = -1s; }, "timeout");
    refused([](config& c) { c.pool.max_connections = 0; }, "max_connections");
    refused([](config& c) { c.proxy = "http://a b"; }, "proxy");
    refused([](config& c) { c.tls.ca_file = "/does/not/exist.pem"; }, "ca_file");
}

BOOST_FIXTURE_TEST_CASE(with_options_changes_one_handle, fixture)
{
    openint::response_info info;
    run(io, client
                .with_options({.timeout = 5s,
                               .headers = {openint::header{"X-Trace", "t1"}},
                               .query = {openint::query_parameter{"debug", "a b"}},
                               .info = &info})
                .get_connection("conn_github_1", {.include_secrets = true}));
    BOOST_TEST(sent().header("x-trace").value_or("") == "t1");
    BOOST_TEST(sent().target == "/v1/connection/conn_github_1?include_secrets=true&debug=a%20b");
    BOOST_TEST(info.status == 200u);
    BOOST_TEST(info.attempts == 1);
    BOOST_TEST(info.headers.contains("Content-Length"));
    BOOST_TEST(info.timings.total.count() > 0);
    BOOST_TEST(info.timings.connecting.count() > 0);

    run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(!sent().header("x-trace").has_value());

    // What is wrong with options is said by the operation, before any I/O.
    const std::size_t before = server.request_count();
    const openint::client wrong =
        client.with_options({.headers = {openint::header{"Host", "elsewhere"}}});
    BOOST_TEST(failure_of(io, wrong.get_connection("conn_github_1")).code() ==
               openint::errc::invalid_argument);
    BOOST_TEST(server.request_count() == before);
}

BOOST_FIXTURE_TEST_CASE(with_token_sends_another_token, fixture)
{
    server.accept_token("customer-token");
    run(io, client.with_token(openint::secret("customer-token")).get_connection("conn_github_1"));
    BOOST_TEST(sent().header("Authorization").value_or("") == "Bearer customer-token");
}

BOOST_FIXTURE_TEST_CASE(connections_are_kept_alive, fixture)
{
    for (int i = 0; i != 5; ++i)
        run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(server.connections_accepted() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_stale_connection_is_replaced, fixture)
{
    openint::response_info info;
    const openint::client watched = client.with_options({.max_retries = 0, .info = &info});
    run(io, watched.get_connection("conn_github_1"));
    server.close_connections();
    BOOST_REQUIRE(server.wait_until_open(0));
    run(io, watched.get_connection("conn_github_1"));
    BOOST_TEST(info.attempts == 1);

    // The server closes only when the request has come: replaced as well, once.
    server.next(openint::testing::close_before_answer());
    run(io, watched.get_connection("conn_github_1"));
    BOOST_TEST(server.connections_accepted() == 3u);
}

BOOST_FIXTURE_TEST_CASE(failed_attempts_are_repeated, fixture)
{
    openint::response_info info;
    server.next(respond(503)).next(openint::testing::reset_after(50));
    run(io, client.with_options({.info = &info}).get_connection("conn_github_1"));
    BOOST_TEST(info.attempts == 3);

    server.next(respond(500), 3);
    const openint::error e = failure_of(io, client.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::condition::server_error);
    BOOST_TEST(e.attempts() == 3);

    server.next(respond(404));
    BOOST_TEST(failure_of(io, client.get_connection("conn_github_1")).attempts() == 1);
}

BOOST_FIXTURE_TEST_CASE(one_deadline_for_a_whole_attempt, fixture)
{
    const openint::client hasty = client.with_options({.timeout = 100ms, .max_retries = 0});
    for (const auto& fault :
         {openint::testing::stall(), openint::testing::stall_after(20),
          openint::testing::stall_after(openint::testing::in_body(10)), answer().drip(1, 20ms)}) {
        server.next(fault);
        const auto begin = std::chrono::steady_clock::now();
        const openint::error e = failure_of(io, hasty.get_connection("conn_github_1"));
        const auto took = std::chrono::steady_clock::now() - begin;
        BOOST_TEST(e.code() == openint::errc::timeout);
        BOOST_TEST((took >= 100ms));
        BOOST_TEST((took < 2s)); // generous: the machine may be busy
    }
}

BOOST_FIXTURE_TEST_CASE(nothing_keeps_the_context_running, fixture)
{
    std::chrono::steady_clock::time_point answered;
    asio::co_spawn(io, client.get_connection("conn_github_1"),
                   [&](std::exception_ptr e, openint::connection) {
                       BOOST_TEST(!e);
                       answered = std::chrono::steady_clock::now();
                   });
    io.run();
    BOOST_TEST((std::chrono::steady_clock::now() - answered < 100ms));
}

BOOST_AUTO_TEST_CASE(over_tls)
{
    mock_server server({.tls = true});
    asio::io_context io;
    openint::client_config config = config_for(server);
    config.tls.ca_file = server.ca_file();
    const openint::client client(io, config);
    for (int i = 0; i != 3; ++i)
        BOOST_TEST(run(io, client.get_connection("conn_github_1")).id == "conn_github_1");
    BOOST_TEST(server.connections_accepted() == 1u);
    BOOST_TEST(server.requests().back().tls);

    // A new connection resumes the session.
    server.close_connections();
    BOOST_REQUIRE(server.wait_until_open(0));
    run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(server.requests().back().tls_resumed);

    // Without the authority, nothing is sent.
    config.tls.ca_file = {};
    server.clear_requests();
    const openint::error e =
        failure_of(io, openint::client(io, config).get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::errc::tls);
    BOOST_TEST(e.attempts() == 0);
    BOOST_TEST(server.request_count() == 0u);
}

BOOST_FIXTURE_TEST_CASE(answers_that_cannot_be_read, fixture)
{
    const openint::client once = client.with_options({.max_retries = 0});
    server.next(respond(200, R"({"id":"conn_1","settings":{"oauth":{"created_at":7}}})"));
    openint::error e = failure_of(io, once.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::errc::malformed_response);
    BOOST_TEST(e.status() == 200u);
    BOOST_TEST(std::string(e.what()).find("/settings/oauth/created_at: expected string") !=
               std::string::npos);

    server.next(respond(200, "<html>"));
    e = failure_of(io, once.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::errc::malformed_response);

    server.next(openint::testing::raw("SSH-2.0-nonsense\r\n\r\n"));
    e = failure_of(io, once.get_connection("conn_github_1"));
    BOOST_TEST(e.code() == openint::errc::malformed_response);
}

// A result to a callback, with no coroutine of the caller's.
BOOST_FIXTURE_TEST_CASE(as_result_to_a_callback, fixture)
{
    std::string seen;
    const auto store = [&seen](std::exception_ptr e,
                               const openint::result<openint::connection>& r) {
        BOOST_TEST(!e);
        seen += r ? r->id : std::to_string(r.error().status());
        seen += ' ';
    };
    asio::co_spawn(io, openint::as_result(client.get_connection("conn_github_1")), store);
    io.run();
    io.restart();
    asio::co_spawn(io, openint::as_result(client.get_connection("conn_nobody_1")), store);
    io.run();
    BOOST_TEST(seen == "conn_github_1 404 ");
}

BOOST_FIXTURE_TEST_CASE(as_result_and_operators, fixture)
{
    using namespace asio::experimental::awaitable_operators;
    const auto both =
        run(io, [](openint::client c) -> asio::awaitable<std::pair<bool, std::string>> {
            auto good = co_await openint::as_result(c.get_connection("conn_github_1"));
            auto bad = co_await openint::as_result(c.get_connection("conn_nobody_1"));
            const auto pair =
                co_await (c.get_connection("conn_github_1") && c.get_connection("conn_apikey_1"));
            const std::string ids = std::get<0>(pair).id + " " + std::get<1>(pair).id;
            const bool ok = good.has_value() && good->id == "conn_github_1" && bad.has_error() &&
                            bad.error().code() == openint::condition::not_found;
            co_return std::pair(ok, ids);
        }(client));
    BOOST_TEST(both.first);
    BOOST_TEST(both.second == "conn_github_1 conn_apikey_1");
}

BOOST_FIXTURE_TEST_CASE(a_call_can_be_cancelled, fixture)
{
    using namespace asio::experimental::awaitable_operators;
    server.next(openint::testing::stall());
    run(io, [](openint::client c, mock_server& s) -> asio::awaitable<void> {
        asio::steady_timer timer(co_await asio::this_coro::executor, 50ms);
        const auto first = co_await (openint::as_result(c.get_connection("conn_github_1")) ||
                                     timer.async_wait(asio::use_awaitable));
        BOOST_TEST(first.index() == 1u);
        BOOST_TEST(s.request_count() == 1u);
    }(client, server));
    // Its connection is gone, the client goes on.
    BOOST_TEST(server.wait_until_open(0));
    run(io, client.get_connection("conn_github_1"));
    BOOST_TEST(server.connections_accepted() == 2u);
}

BOOST_AUTO_TEST_CASE(error_answers_of_the_service)
{
#ifdef OPENINT_SHARED_DIR
    const std::filesystem::path folder = OPENINT_SHARED_DIR "/recordings";
#else
    const std::filesystem::path folder;
#endif
    if (folder.empty() || !std::filesystem::exists(folder)) {
        BOOST_TEST_MESSAGE("skipped: no recordings beside the project");
        std::puts("skipped: error_answers_of_the_service (no recordings beside the project)");
        return;
    }
    mock_server server;
    asio::io_context io;
    const openint::client client =
        openint::client(io, config_for(server)).with_options({.max_retries = 0});
    int errors = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".http")
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        if (text.size() < 12 || text.compare(0, 9, "HTTP/1.1 ") != 0)
            continue; // the server had closed the connection
        const unsigned status = static_cast<unsigned>(std::stoi(text.substr(9, 3)));
        if (status < 400)
            continue;
        BOOST_TEST_CONTEXT(entry.path().filename())
        {
            ++errors;
            server.next(openint::testing::raw(text).close_after(openint::testing::whole_answer));
            const openint::error e = failure_of(io, client.get_connection("conn_github_1"));
            BOOST_TEST(e.status() == status);
            BOOST_TEST((e.code().category() == openint::http_status_category()));
            const std::string body = text.substr(text.find("\r\n\r\n") + 4);
            BOOST_TEST(e.body() == body);
            boost::system::error_code not_json;
            const auto document = boost::json::parse(body, not_json);
            if (not_json || !document.is_object() || !document.as_object().contains("message")) {
                BOOST_TEST(e.server_code().empty());
                continue;
            }
            BOOST_TEST(e.message() == document.at("message").as_string().c_str());
            BOOST_TEST(e.server_code() == document.at("code").as_string().c_str());
            const auto* issues = document.as_object().if_contains("issues");
            if (!issues) // what the service could not make of its own data
                issues = document.as_object().if_contains("output_issues");
            BOOST_TEST(e.issues().size() == (issues ? issues->as_array().size() : 0u));
        }
    }
    BOOST_TEST(errors > 50);
}

BOOST_AUTO_TEST_SUITE_END()
