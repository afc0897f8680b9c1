// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What is reported, and what never is.

#include "support/service.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using openint::log_event;
using openint::log_kind;
using openint::log_level;
using openint::testing::respond;
using test::contains;
using test::run;
using test::service;

BOOST_AUTO_TEST_SUITE(logging)

namespace {

struct seen
{
    log_level level;
    log_kind kind;
    std::string text;
    log_event event;
};

struct logged : test::service
{
    std::vector<seen> events;

    openint::client at(log_level level)
    {
        openint::client_config config = test::config_for(server);
        config.log = {.level = level, .sink = [this](const log_event& e) {
                          test::said().note(e);
                          events.push_back({e.level, e.kind,
                                            std::string(e.method) + ' ' + std::string(e.target) +
                                                ' ' + std::string(e.message) + ' ' +
                                                e.error.message(),
                                            e});
                      }};
        return openint::client(io, config);
    }
    std::ptrdiff_t count(log_kind kind) const
    {
        return std::count_if(events.begin(), events.end(),
                             [&](const seen& s) { return s.kind == kind; });
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(events_of_a_call, logged)
{
    server.next(respond(503));
    get(at(log_level::debug));
    BOOST_TEST(count(log_kind::connect) == 1);
    BOOST_TEST(count(log_kind::request) == 2);
    BOOST_TEST(count(log_kind::response) == 2);
    BOOST_TEST(count(log_kind::retry) == 1);
    for (const seen& s : events) {
        BOOST_TEST(contains(s.text, "GET /v1/connection/conn_github_1"));
        if (s.kind == log_kind::connect || s.kind == log_kind::response)
            BOOST_TEST((s.event.elapsed.count() > 0));
        if (s.kind == log_kind::request)
            BOOST_TEST(s.event.connection == 1u);
    }
    BOOST_TEST(events.back().event.status == 200u);
    BOOST_TEST(events.back().event.attempt == 2);
}

BOOST_FIXTURE_TEST_CASE(levels, logged)
{
    for (const log_level level :
         {log_level::off, log_level::error, log_level::warn, log_level::info, log_level::debug}) {
        events.clear();
        const openint::client client_ = at(level);
        server.next(respond(500), 3);
        fail(client_);
        run(io, client_.get_connection("conn_github_1",
                                       {.refresh_policy = openint::refresh_policy::force}));
        for (const seen& s : events)
            BOOST_TEST((s.level <= level && s.level != log_level::off));
        BOOST_TEST(events.empty() == (level == log_level::off));
        BOOST_TEST(count(log_kind::usage) == (level >= log_level::warn ? 1 : 0));
        BOOST_TEST(count(log_kind::retry) == (level >= log_level::warn ? 2 : 0));
    }
}

BOOST_FIXTURE_TEST_CASE(a_sink_that_throws, service)
{
    openint::client_config config = test::config_for(server);
    config.log.level = log_level::debug;
    config.log.sink = [](const log_event&) { throw std::runtime_error("no"); };
    server.next(respond(503));
    BOOST_TEST(get(openint::client(io, config)) == "conn_github_1");
}

BOOST_FIXTURE_TEST_CASE(no_secrets, logged)
{
    const openint::client client_ = at(log_level::debug);
    std::string all;
    for (const char* id : {"conn_github_1", "conn_expired_1", "conn_disconnected_1"}) {
        const auto conn = run(io, client_.get_connection(id, {.include_secrets = true}));
        if (conn.settings && conn.settings->oauth && conn.settings->oauth->credentials) {
            const std::string token(conn.settings->oauth->credentials->access_token.reveal());
            for (const seen& s : events)
                BOOST_TEST((token.empty() || !contains(s.text, token)));
        }
    }
    server.next(respond(401, "wrong token " + server.token()));
    all += fail(client_).what();
    for (const seen& s : events)
        all += s.text;
    BOOST_TEST(!contains(all, server.token()));
    BOOST_TEST(!contains(all, "client_secret"));
}

BOOST_AUTO_TEST_SUITE_END()
