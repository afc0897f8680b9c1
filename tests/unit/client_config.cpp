// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// What client_config::from_env() takes from the environment.

#include <openint/client_config.hpp>
#include <openint/error.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(client_config)

namespace {

// An environment with these variables of ours and no other; restores the former one.
class environment
{
public:
    environment(std::initializer_list<std::pair<const char*, const char*>> variables)
    {
        for (const char* name :
             {"OPENINT_API_KEY", "OPENINT_BASE_URL", "OPENINT_LOG", "HTTPS_PROXY", "HTTP_PROXY",
              "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "REQUEST_METHOD"}) {
            const char* const value = std::getenv(name);
            before_[name] = value ? std::optional<std::string>(value) : std::nullopt;
            ::unsetenv(name);
        }
        for (const auto& [name, value] : variables)
            ::setenv(name, value, 1);
    }
    ~environment()
    {
        for (const auto& [name, value] : before_) {
            if (value)
                ::setenv(name.c_str(), value->c_str(), 1);
            else
                ::unsetenv(name.c_str());
        }
    }
    environment(const environment&) = delete;
    environment& operator=(const environment&) = delete;

private:
    std::map<std::string, std::optional<std::string>> before_;
};

using config = openint::client_config;

} // namespace

BOOST_AUTO_TEST_CASE(nothing_set)
{
    const environment none({});
    const config c = config::from_env();
    BOOST_TEST(c.token.empty());
    BOOST_TEST(c.base_url == "https://api.openint.dev/v1");
    BOOST_TEST((c.log.level == openint::log_level::off));
    BOOST_TEST(c.proxy == "");
}

BOOST_AUTO_TEST_CASE(all_set)
{
    const environment all({{"OPENINT_API_KEY", " key_1\n"},
                           {"OPENINT_BASE_URL", "https://api.example/v2"},
                           {"OPENINT_LOG", "Debug"},
                           {"HTTPS_PROXY", "http://user:pw@proxy.example:3128"},
                           {"HTTP_PROXY", "other.example"}});
    config c = config::from_env();
    BOOST_TEST((c.token.reveal() == "key_1"));
    BOOST_TEST(c.base_url == "https://api.example/v2");
    BOOST_TEST((c.log.level == openint::log_level::debug));
    BOOST_TEST(c.proxy == "http://user:pw@proxy.example:3128");

    // An explicit configuration takes nothing from it.
    c = config{};
    BOOST_TEST(c.token.empty());
    BOOST_TEST(c.base_url == "https://api.openint.dev/v1");
    BOOST_TEST(c.proxy == "");
}

BOOST_AUTO_TEST_CASE(blank_counts_as_unset)
{
    const environment blank({{"OPENINT_API_KEY", " \t"},
                             {"OPENINT_BASE_URL", ""},
                             {"OPENINT_LOG", " "},
                             {"HTTPS_PROXY", "  "}});
    const config c = config::from_env();
    BOOST_TEST(c.token.empty());
    BOOST_TEST(c.base_url == "https://api.openint.dev/v1");
    BOOST_TEST((c.log.level == openint::log_level::off));
    BOOST_TEST(c.proxy == "");
}

BOOST_AUTO_TEST_CASE(levels)
{
    using openint::log_level;
    for (const auto& [text, level] :
         {std::pair("off", log_level::off), std::pair("error", log_level::error),
          std::pair("WARN", log_level::warn), std::pair("info", log_level::info)}) {
        const environment set({{"OPENINT_LOG", text}});
        BOOST_TEST((config::from_env().log.level == level));
    }
    const environment wrong({{"OPENINT_LOG", "loud"}});
    BOOST_CHECK_EXCEPTION(config::from_env(), openint::error, [](const openint::error& e) {
        return e.code() == openint::errc::invalid_argument &&
               std::string(e.what()).find("OPENINT_LOG") != std::string::npos;
    });
}

BOOST_AUTO_TEST_CASE(proxies)
{
    const auto proxy = [](const char* base_url,
                          std::initializer_list<std::pair<const char*, const char*>> more) {
        const environment set(more);
        ::setenv("OPENINT_BASE_URL", base_url, 1);
        return config::from_env().proxy;
    };
    BOOST_TEST(proxy("http://a.example/", {{"HTTP_PROXY", "http://p:1"}}) == "http://p:1");
    BOOST_TEST(proxy("http://a.example/", {{"HTTPS_PROXY", "http://p:1"}}) == "");
    BOOST_TEST(proxy("https://a.example/", {{"HTTP_PROXY", "http://p:1"}}) == "");
    BOOST_TEST(proxy("https://a.example/", {{"https_proxy", "p:1"}, {"HTTPS_PROXY", "q:1"}}) ==
               "p:1");

    // In a CGI program, HTTP_PROXY is what a client sent.
    BOOST_TEST(proxy("http://a.example/",
                     {{"HTTP_PROXY", "http://p:1"}, {"REQUEST_METHOD", "GET"}}) == "");
    BOOST_TEST(proxy("http://a.example/",
                     {{"http_proxy", "http://p:1"}, {"REQUEST_METHOD", "GET"}}) == "http://p:1");
    BOOST_TEST(proxy("https://a.example/",
                     {{"HTTPS_PROXY", "http://p:1"}, {"REQUEST_METHOD", "GET"}}) == "http://p:1");

    // Never for loopback, nor for what NO_PROXY names.
    for (const char* url : {"http://127.0.0.1:80/", "http://localhost/", "http://[::1]/"})
        BOOST_TEST(proxy(url, {{"HTTP_PROXY", "http://p:1"}}) == "");
    for (const char* list : {"*", "example", "b.example, a.example", ".example", "a.example:443"})
        BOOST_TEST(proxy("https://a.example/", {{"HTTPS_PROXY", "p:1"}, {"NO_PROXY", list}}) == "");
    for (const char* list : {"", "b.example", "ample", "a.example:444", "10.0.0.0/8"})
        BOOST_TEST(proxy("https://a.example/", {{"HTTPS_PROXY", "p:1"}, {"NO_PROXY", list}}) ==
                   "p:1");

    // What cannot be read is said without quoting it.
    const environment wrong({{"HTTPS_PROXY", "http://user:hidden@ bad"}});
    BOOST_CHECK_EXCEPTION(config::from_env(), openint::error, [](const openint::error& e) {
        return std::string(e.what()).find("https_proxy") != std::string::npos &&
               std::string(e.what()).find("hidden") == std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()
