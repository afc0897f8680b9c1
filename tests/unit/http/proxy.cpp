// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The proxy that the environment asks for.

#include "parsed.hpp"

#include "support/text.hpp"

#include <openint/http/proxy.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http = openint::http;
using test::contains;
using test::parsed;

BOOST_AUTO_TEST_SUITE(http_proxy)

namespace {

// The environment of the test that runs.
std::vector<std::pair<std::string, std::string>> environment;

const char* lookup(const char* name)
{
    for (const auto& [key, value] : environment) {
        if (key == name)
            return value.c_str();
    }
    return nullptr;
}

std::string chosen(const http::proxy_settings& settings, std::string_view target)
{
    const auto result = http::choose_proxy(settings, parsed(target));
    return !result ? result.error() : *result ? (*result)->origin() : "direct";
}

} // namespace

BOOST_AUTO_TEST_CASE(environment_variables)
{
    struct
    {
        std::vector<std::pair<std::string, std::string>> environment;
        http::proxy_settings settings;
    } const table[] = {
        {{}, {}},
        {{{"HTTPS_PROXY", "http://a"}, {"HTTP_PROXY", "http://b"}, {"NO_PROXY", "c"}},
         {"http://a", "http://b", "c"}},
        {{{"https_proxy", "http://a"}, {"http_proxy", "http://b"}, {"no_proxy", "c"}},
         {"http://a", "http://b", "c"}},
        {{{"https_proxy", "l"},
          {"HTTPS_PROXY", "u"},
          {"http_proxy", "l"},
          {"HTTP_PROXY", "u"},
          {"no_proxy", "l"},
          {"NO_PROXY", "u"}},
         {"l", "l", "l"}},
        {{{"https_proxy", ""},
          {"HTTPS_PROXY", "u"},
          {"http_proxy", " \t"},
          {"HTTP_PROXY", "u"},
          {"no_proxy", " "},
          {"NO_PROXY", "u"}},
         {"u", "u", "u"}},
        {{{"HTTPS_PROXY", " "}, {"HTTP_PROXY", ""}, {"NO_PROXY", "\n"}}, {}},
        {{{"HTTPS_PROXY", " http://a\n"}}, {"http://a", "", ""}},
        {{{"HTTPS_PROXY", "a"}, {"HTTP_PROXY", "evil"}, {"REQUEST_METHOD", "GET"}}, {"a", "", ""}},
        {{{"http_proxy", "b"}, {"HTTP_PROXY", "evil"}, {"REQUEST_METHOD", "GET"}}, {"", "b", ""}},
        {{{"HTTP_PROXY", "b"}, {"REQUEST_METHOD", ""}}, {"", "b", ""}},
    };
    for (const auto& row : table) {
        environment = row.environment;
        BOOST_CHECK(http::proxy_settings_from(lookup) == row.settings);
    }
    environment.clear();
}

BOOST_AUTO_TEST_CASE(choice)
{
    const http::proxy_settings both{"http://s.proxy:3128", "p.proxy:8080", "direct.example"};
    BOOST_TEST(chosen(both, "https://api.openint.dev") == "http://s.proxy:3128");
    BOOST_TEST(chosen(both, "http://api.openint.dev") == "http://p.proxy:8080");
    BOOST_TEST(chosen(both, "https://direct.example") == "direct");
    BOOST_TEST(chosen(both, "http://x.direct.example:81") == "direct");
    for (const std::string_view target :
         {"http://localhost", "https://localhost:4000", "http://LOCALHOST", "http://a.b.localhost",
          "http://127.0.0.1", "http://127.255.255.254:1", "https://[::1]:8443",
          "http://[::ffff:127.0.0.1]"}) {
        BOOST_TEST(chosen(both, target) == "direct", target);
        BOOST_TEST(http::is_loopback(parsed(target)), target);
    }
    for (const std::string_view target :
         {"http://localhost.example", "http://notlocalhost", "http://128.0.0.1", "http://[::2]",
          "http://127.0.0.1.example", "http://0.0.0.0"})
        BOOST_TEST(chosen(both, target) == "http://p.proxy:8080", target);
    BOOST_TEST(chosen({}, "https://h") == "direct");
    BOOST_TEST(chosen({"http://s", "", ""}, "http://h") == "direct");
    BOOST_TEST(chosen({"", "http://p", ""}, "https://h") == "direct");
    BOOST_TEST(chosen({"https://s:8443/", "", ""}, "https://h") == "https://s:8443");
    BOOST_TEST(chosen({"[::1]:3128", "", ""}, "https://h") == "http://[::1]:3128");

    // What is not used is not examined; what is wrong does not lead to a direct connection.
    BOOST_TEST(chosen({"socks5://secret@s", "", ""}, "http://h") == "direct");
    BOOST_TEST(chosen({"socks5://secret@s", "", ""}, "https://localhost") == "direct");
    BOOST_TEST(chosen({"socks5://secret@s", "", ""}, "https://h")
                   .starts_with("https_proxy does not begin"));
    BOOST_TEST(chosen({"", "http://p/x", ""}, "http://h") == "http_proxy has a path");
    for (const std::string text :
         {"http://user:secret@", "http://user:secret@h:x", "user:se cret@h", "://secret",
          "http://user:secret@h/secret", "http://u:secret\r\n@h"}) {
        const std::string problem = chosen({text, "", ""}, "https://h");
        BOOST_TEST(problem.starts_with("https_proxy "), problem);
        BOOST_TEST(!contains(problem, "secret"), problem);
    }
}

BOOST_AUTO_TEST_CASE(exceptions)
{
    struct
    {
        std::string_view list;
        std::string_view target;
        bool direct;
    } const table[] = {
        {"", "http://h", false},
        {",, ,", "http://h", false},
        {"*", "http://h", true},
        {"*", "http://1.2.3.4", true},
        {"a, *", "http://h", true},
        {"**", "http://h", false},
        {"*h", "http://h", false},
        {"h", "http://h", true},
        {"H", "http://h", true},
        {"h", "http://x.h", true},
        {"h", "http://xh", false},
        {"x.h", "http://h", false},
        {"example.com", "https://EXAMPLE.com:8443", true},
        {".example.com", "https://a.example.com", true},
        {".example.com", "https://example.com", true},
        {"*.example.com", "https://a.b.example.com", true},
        {".Example.COM.", "https://a.example.com", true},
        {".example.com", "https://badexample.com", false},
        {"example.com", "https://badexample.com", false},
        {"example.com", "https://example.com.evil", false},
        {"example", "https://example.com", false},
        {"h", "http://h.", true},
        {"h.", "http://x.h.", true},
        {".", "http://h", false},
        {".", "http://h.", false},
        {"*.", "http://h", false},
        {"a,b ,\tc\nexample.com", "https://example.com", true},
        {"a b example.com", "https://example.com", true},
        {"h:80", "http://h", true},
        {"h:80", "http://h:81", false},
        {"h:443", "https://x.h", true},
        {".h:443", "https://x.h", true},
        {"h:", "http://h", false},
        {"h:x", "http://h", false},
        {"h:99999", "http://h", false},
        {":80", "http://h", false},
        {"1.2.3.4", "http://1.2.3.4", true},
        {"1.2.3.4:80", "http://1.2.3.4", true},
        {"1.2.3.4:81", "http://1.2.3.4", false},
        {"1.2.3.4", "http://1.2.3.5", false},
        {"3.4", "http://1.2.3.4", false},
        {".3.4", "http://1.2.3.4", false},
        {"1.2.3.4", "http://a.1.2.3.4.example", false},
        {"1.2.3.4", "http://[::ffff:1.2.3.4]", true},
        {"::2", "http://[::2]", true},
        {"0:0::2", "http://[::2]", true},
        {"[::2]", "http://[::2]", true},
        {"[::2]:80", "http://[::2]", true},
        {"[::2]:81", "http://[::2]", false},
        {"[::2", "http://[::2]", false},
        {"[::2]x", "http://[::2]", false},
        {"[]", "http://h", false},
        {"[", "http://h", false},
        {"]", "http://h", false},
        {"::3", "http://[::2]", false},
        {"fe80::2%eth0", "http://[fe80::2]", false},
        {"10.0.0.0/8", "http://10.255.1.2", true},
        {"10.0.0.0/8", "http://11.0.0.1", false},
        {"10.1.2.3/8", "http://10.9.9.9", true},
        {"192.168.4.0/22", "http://192.168.7.255", true},
        {"192.168.4.0/22", "http://192.168.8.0", false},
        {"1.2.3.4/32", "http://1.2.3.4", true},
        {"1.2.3.4/32", "http://1.2.3.5", false},
        {"0.0.0.0/0", "http://9.9.9.9", true},
        {"0.0.0.0/0", "http://[2001::1]", false},
        {"0.0.0.0/0", "http://h", false},
        {"1.2.3.4/33", "http://1.2.3.4", false},
        {"1.2.3.4/", "http://1.2.3.4", false},
        {"1.2.3.4/-1", "http://1.2.3.4", false},
        {"1.2.3.4/8x", "http://1.2.3.4", false},
        {"/8", "http://1.2.3.4", false},
        {"h/8", "http://h", false},
        {"2001:db8::/32", "http://[2001:db8:1::5]", true},
        {"2001:db8::/32", "http://[2001:db9::5]", false},
        {"2001:db8::/33", "http://[2001:db8:8000::]", false},
        {"2001:db8::1/128", "http://[2001:db8::1]", true},
        {"::/0", "http://[2001:db8::1]", true},
        {"::/0", "http://1.2.3.4", false},
        {"::/129", "http://[2001:db8::1]", false},
        {"bad/entry,[::,h", "http://h", true},
    };
    for (const auto& row : table)
        BOOST_TEST(http::bypasses_proxy(row.list, parsed(row.target)) == row.direct,
                   row.list << " " << row.target);
}

BOOST_AUTO_TEST_CASE(authorization)
{
    const auto field = [](std::string_view text) {
        return http::proxy_authorization(*http::parse_proxy(text));
    };
    BOOST_TEST(field("http://proxy") == "");
    BOOST_TEST(field("http://Aladdin:open%20sesame@proxy") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    BOOST_TEST(field("user:pass@proxy:3128") == "Basic dXNlcjpwYXNz");
    BOOST_TEST(field("http://user@proxy") == "Basic dXNlcjo=");
    BOOST_TEST(field("http://@proxy") == "Basic Og==");
    BOOST_TEST(field("http://u:p%40%3A%2F%C3%A9@proxy") == "Basic dTpwQDovw6k=");
    const std::string longer(3000, 'x');
    BOOST_TEST(field("http://u:" + longer + "@proxy").size() == 6 + 4004u);
}

BOOST_AUTO_TEST_SUITE_END()
