// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// Answers of a real server, if they are kept beside the project.

#include "support/models.hpp"

#include <openint/connection.hpp>
#include <openint/json.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(recordings)

#ifndef OPENINT_SHARED_DIR

BOOST_AUTO_TEST_CASE(connections)
{
    std::cout << "skipped: no recordings beside the project" << std::endl;
    BOOST_TEST(true);
}

#else

// The body of a recorded answer that is one connection, or nothing.
std::string connection_body(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const auto end_of_head = text.find("\r\n\r\n");
    if (!text.starts_with("HTTP/1.1 200") || end_of_head == text.npos)
        return {};
    std::string body = text.substr(end_of_head + 4);
    return body.starts_with(R"({"id":"conn_)") && body.find("connector_name") != body.npos
               ? body
               : std::string();
}

BOOST_AUTO_TEST_CASE(connections)
{
    const std::filesystem::path folder = OPENINT_SHARED_DIR "/recordings";
    if (!std::filesystem::exists(folder)) {
        std::cout << "skipped: no " << folder << std::endl;
        BOOST_TEST(true);
        return;
    }
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::string body = connection_body(file.path());
        if (body.empty())
            continue;
        BOOST_TEST_CONTEXT(file.path().filename())
        {
            const auto conn = openint::json::read<openint::connection>(body);
            const auto written =
                boost::json::parse(openint::json::write(conn, {.reveal_secrets = true}));
            BOOST_TEST(models::normal(written) == models::normal(boost::json::parse(body)));
            BOOST_TEST(conn.created_at.time().has_value());
            BOOST_TEST(conn.updated_at.time().has_value());
            BOOST_TEST(conn.extra.empty());
            ++count;
        }
    }
    BOOST_TEST(count >= 40);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
