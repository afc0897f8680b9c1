// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// Nothing that the tests of this program made the library log, throw or print holds a secret: that
// is looked at when all have ended.

#include "support/service.hpp"
#include "support/transcript.hpp"

#include <openint.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

#include <unistd.h>

using openint::log_level;
using openint::testing::respond;
using test::service;
using test::transcript;

namespace {

struct no_secrets
{
    void teardown()
    {
        const auto leaks = test::said().with(test::secrets);
        if (leaks.empty())
            return;
        for (const std::string& text : leaks)
            std::cerr << "a secret was given away: " << text << '\n';
        std::cerr.flush();
        std::_Exit(201); // it is too late for a test to fail
    }
};

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(no_secrets);

BOOST_AUTO_TEST_SUITE(secrets)

namespace {

// What is written to stderr meanwhile.
class captured_stderr
{
public:
    captured_stderr()
    {
        std::fflush(stderr);
        const int to = ::mkstemp(name_.data());
        BOOST_REQUIRE(to >= 0);
        ::dup2(to, 2);
        ::close(to);
    }
    ~captured_stderr() { end(); }

    std::string end()
    {
        if (before_ < 0)
            return {};
        std::fflush(stderr);
        ::dup2(before_, 2);
        ::close(before_);
        before_ = -1;
        std::ifstream file(name_);
        const std::string text(std::istreambuf_iterator<char>(file), {});
        std::remove(name_.c_str());
        return text;
    }

private:
    std::string name_ = "/tmp/openint-stderr-XXXXXX";
    int before_ = ::dup(2);
};

} // namespace

// The search finds what is there: words that are no secrets, through each way that texts come.
BOOST_FIXTURE_TEST_CASE(what_is_said_is_heard, service)
{
    transcript heard;
    openint::client_config config = test::config_for(server);
    int own = 0;
    config.log = heard.hearing(
        {.level = log_level::error, .sink = [&](const openint::log_event&) { ++own; }});
    const openint::client client_(io, config);
    server.next(respond(404, R"({"message":"planted message","code":"PLANTED_CODE",)"
                             R"("issues":[{"message":"planted issue"}]})"));
    const openint::error e = fail(client_);
    BOOST_TEST(own == 1); // what was asked for is passed on
    BOOST_TEST(!heard.with({"/v1/connection/conn_github_1"}).empty());
    BOOST_TEST(heard.with({"planted issue"}).empty());
    heard.note(e);
    for (const char* word : {"planted message", "PLANTED_CODE", "planted issue", "404 Not Found"})
        BOOST_TEST(!heard.with({"nowhere", word}).empty());
    BOOST_TEST(heard.with({"nowhere"}).empty());

    // And all of it has reached the transcript of the program, except what this client logged.
    BOOST_TEST(!test::said().with({"planted issue"}).empty());
    get();
    BOOST_TEST(!test::said().with({"GET /v1/connection/conn_github_1"}).empty());
}

// A secret in what the library says would be noticed.
BOOST_FIXTURE_TEST_CASE(a_planted_secret_is_found, service)
{
    transcript heard;
    heard.note("Bearer " + server.token());
    heard.note(server.connection("conn_github_1"));
    heard.note(server.connection("conn_disconnected_1"));
    BOOST_TEST(heard.with(test::secrets).size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(what_is_printed, service)
{
    captured_stderr capture;
    openint::client_config config = test::config_for(server);
    config.log = {.level = log_level::debug};
    const openint::client client_(io, config);
    server.next(respond(503)).next(respond(401, "no such token: " + server.token()));
    const openint::error e = fail(client_);
    for (const char* id : {"conn_github_1", "conn_expired_1", "conn_disconnected_1"}) {
        const auto conn = test::run(
            io, client_.get_connection(id, {.include_secrets = true,
                                            .refresh_policy = openint::refresh_policy::force}));
        std::cerr << openint::json::write(conn) << '\n';
    }
    std::cerr << e.what() << '\n' << openint::secret(server.token()) << std::endl;
    const std::string printed = capture.end();
    BOOST_TEST(test::contains(printed, "openint warn retry GET /v1/connection/conn_github_1"));
    BOOST_TEST(test::contains(printed, "[redacted]"));
    BOOST_TEST(test::contains(printed, "conn_disconnected_1"));
    test::said().note(printed);
}

BOOST_AUTO_TEST_SUITE_END()
