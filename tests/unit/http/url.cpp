// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// How URLs are read, and where redirects lead.

#include "parsed.hpp"

#include "support/text.hpp"

#include <openint/http/url.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace http = openint::http;
using test::contains;
using test::parsed;

namespace {

std::string problem_of(std::string_view text, http::parse_url_options options = {})
{
    const auto result = http::parse_url(text, options);
    return result ? "" : result.error();
}

} // namespace

BOOST_AUTO_TEST_SUITE(http_url)

BOOST_AUTO_TEST_CASE(accepted_urls)
{
    struct
    {
        std::string_view text;
        bool tls;
        std::string_view host;
        std::uint16_t port;
        std::string_view path;
        std::string_view authority;
    } const table[] = {
        {"https://api.openint.dev/v1", true, "api.openint.dev", 443, "/v1", "api.openint.dev"},
        {"https://api.openint.dev/v1/", true, "api.openint.dev", 443, "/v1", "api.openint.dev"},
        {"https://api.openint.dev", true, "api.openint.dev", 443, "", "api.openint.dev"},
        {"https://api.openint.dev/", true, "api.openint.dev", 443, "", "api.openint.dev"},
        {"HTTPS://API.OpenInt.Dev/V1", true, "api.openint.dev", 443, "/V1", "api.openint.dev"},
        {"https://a.b./v1", true, "a.b.", 443, "/v1", "a.b."},
        {"http://H.:81", false, "h.", 81, "", "h.:81"},
        {"hTTp://localhost", false, "localhost", 80, "", "localhost"},
        {"http://localhost:80", false, "localhost", 80, "", "localhost"},
        {"http://localhost:443", false, "localhost", 443, "", "localhost:443"},
        {"https://localhost:443", true, "localhost", 443, "", "localhost"},
        {"https://localhost:80", true, "localhost", 80, "", "localhost:80"},
        {"http://h:1", false, "h", 1, "", "h:1"},
        {"http://h:65535", false, "h", 65535, "", "h:65535"},
        {"http://h:08080/", false, "h", 8080, "", "h:8080"},
        {"http://127.0.0.1:4000/api/v1", false, "127.0.0.1", 4000, "/api/v1", "127.0.0.1:4000"},
        {"http://[::1]", false, "::1", 80, "", "[::1]"},
        {"https://[::1]:8443/x", true, "::1", 8443, "/x", "[::1]:8443"},
        {"http://[2001:DB8:0:0::A]:81", false, "2001:db8::a", 81, "", "[2001:db8::a]:81"},
        {"http://[::ffff:1.2.3.4]", false, "::ffff:1.2.3.4", 80, "", "[::ffff:1.2.3.4]"},
        {"http://a_b-c.d.e1", false, "a_b-c.d.e1", 80, "", "a_b-c.d.e1"},
        {"http://3com", false, "3com", 80, "", "3com"},
        {"http://4f00ba9bc0de:8080", false, "4f00ba9bc0de", 8080, "", "4f00ba9bc0de:8080"},
        {"http://1.2.3.4.example", false, "1.2.3.4.example", 80, "", "1.2.3.4.example"},
        {"http://h/a/b/c", false, "h", 80, "/a/b/c", "h"},
        {"http://h/-._~!$&'()*+,;=:@", false, "h", 80, "/-._~!$&'()*+,;=:@", "h"},
        {"http://h/%41%C3%a9", false, "h", 80, "/%41%C3%a9", "h"},
        {"http://h/.../..a/a..", false, "h", 80, "/.../..a/a..", "h"},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.text)
        {
            const http::url u = parsed(row.text);
            BOOST_TEST(u.tls == row.tls);
            BOOST_TEST(u.host == row.host);
            BOOST_TEST(u.port == row.port);
            BOOST_TEST(u.path == row.path);
            BOOST_TEST(u.authority() == row.authority);
            BOOST_TEST(u.origin() ==
                       (row.tls ? "https://" : "http://") + std::string(row.authority));
            BOOST_TEST(!u.credentials.has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(refused_urls)
{
    using namespace std::string_literals;
    const std::string long_label(64, 'a');
    std::string long_host;
    while (long_host.size() < 254)
        long_host += "abcdefg.";
    struct
    {
        std::string text;
        std::string_view problem; // a part of it
    } const table[] = {
        {"", "empty"},
        {"api.openint.dev", "does not begin with"},
        {"api.openint.dev/v1", "does not begin with"},
        {"localhost:4000", "does not begin with"},
        {"//api.openint.dev", "does not begin with"},
        {"ftp://h", "does not begin with"},
        {"httpss://h", "does not begin with"},
        {"http:h", "does not begin with"},
        {"http:/h", "does not begin with"},
        {"https", "does not begin with"},
        {" http://h", "does not begin with"},
        {"socks5://h:1", "does not begin with"},
        {"http://", "no host"},
        {"http:///v1", "no host"},
        {"http://:80", "no host"},
        {"http://?", "no host"},
        {"http://h h", "space"},
        {"http://h\t", "control"},
        {"http://h\r\nx", "control"},
        {"http://h\0"s, "control"},
        {"http://h\x7f", "control"},
        {"http://h/a b", "space"},
        {"http://h/a\nb", "control"},
        {"http://h/\0"s, "control"},
        {"http://h/v1 ", "space"},
        {"http://b\xc3\xbc"
         "cher.example",
         "xn--"},
        {"http://h/\xc3\xbc", "not ASCII"},
        {"http://h\\evil", "\\"},
        {"http://h/a\\b", "\\"},
        {"http://h#", "fragment"},
        {"http://h/v1#x", "fragment"},
        {"http://h?x=1", "query"},
        {"http://h/v1?", "query"},
        {"http://h/{id}", "percent-encoded"},
        {"http://h/\"", "percent-encoded"},
        {"http://h/a[1]", "percent-encoded"},
        {"http://h/%", "hexadecimal"},
        {"http://h/%4", "hexadecimal"},
        {"http://h/%4g", "hexadecimal"},
        {"http://h/./v1", "\"..\" part"},
        {"http://h/..", "\"..\" part"},
        {"http://h/v1/..", "\"..\" part"},
        {"http://h/v1/../", "\"..\" part"},
        {"http://h/v1/%2e%2E/x", "\"..\" part"},
        {"http://h/v1/.%2e", "\"..\" part"},
        {"http://h/v1/%2E", "\"..\" part"},
        {"http://h/a%2f..%2Fb", "\"..\" part"},
        {"http://h/a%5c..", "\"..\" part"},
        {"http://h//", "empty part"},
        {"http://h//v1", "empty part"},
        {"http://h/v1//", "empty part"},
        {"http://h/a//b", "empty part"},
        {"http://h:", "port"},
        {"http://h:/v1", "port"},
        {"http://h:0", "port"},
        {"http://h:65536", "port"},
        {"http://h:99999999999999999999", "port"},
        {"http://h:-1", "port"},
        {"http://h:+1", "port"},
        {"http://h:80a", "port"},
        {"http://h: 80", "port"},
        {"http://[::1]:", "port"},
        {"http://[::1]:x", "port"},
        {"http://h:1:2", "more than one"},
        {"http://::1", "more than one"},
        {"http://::1/", "more than one"},
        {"http://[::1", "without"},
        {"http://[]", "not an IPv6"},
        {"http://[h]", "not an IPv6"},
        {"http://[1.2.3.4]", "not an IPv6"},
        {"http://[::1%25eth0]", "not an IPv6"},
        {"http://[fe80::1%eth0]", "not an IPv6"},
        {"http://[fe80::1%1]", "not an IPv6"},
        {"http://[::1]x", "after its address"},
        {"http://[::1]80", "after its address"},
        {"http://.h", "empty or overlong"},
        {"http://.", "empty or overlong"},
        {"http://h..", "empty or overlong"},
        {"http://127.0.0.1.", "neither a name nor an address"},
        {"http://a..b", "empty or overlong"},
        {"http://" + long_label, "empty or overlong"},
        {"http://" + long_host + "x", "longer than 253"},
        {"http://a%2eb", "does not belong"},
        {"http://a*b", "does not belong"},
        {"http://a,b", "does not belong"},
        {"http://127.1", "neither a name nor an address"},
        {"http://2130706433", "neither a name nor an address"},
        {"http://0x7f.0.0.1", "neither a name nor an address"},
        {"http://0x7f000001", "neither a name nor an address"},
        {"http://127.0.0.0x1", "neither a name nor an address"},
        {"http://127.0.0.01", "neither a name nor an address"},
        {"http://256.0.0.1", "neither a name nor an address"},
        {"http://1.2.3.4.5", "neither a name nor an address"},
        {"http://user@h", "user name or password"},
        {"http://user:pw@h", "user name or password"},
        {"http://@h", "user name or password"},
        {"https://api.openint.dev@evil.example/", "user name or password"},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.text)
        {
            const std::string problem = problem_of(row.text);
            BOOST_TEST(contains(problem, row.problem), "\"" << problem << "\"");
            BOOST_TEST(!problem.empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(credentials)
{
    struct
    {
        std::string_view text;
        std::string_view user;
        std::string_view password;
    } const accepted[] = {
        {"http://user:pw@proxy:3128", "user", "pw"},
        {"http://user@proxy:3128", "user", ""},
        {"http://user:@proxy:3128", "user", ""},
        {"http://:pw@proxy:3128", "", "pw"},
        {"http://@proxy:3128", "", ""},
        {"http://us%65r:p%40%3A%2f%25@proxy:3128/", "user", "p@:/%"},
        {"http://u:a:b@proxy:3128", "u", "a:b"},
        {"http://u:%C3%A9@proxy:3128", "u", "\xc3\xa9"},
    };
    for (const auto& row : accepted) {
        BOOST_TEST_CONTEXT(row.text)
        {
            const http::url u = parsed(row.text, {.allow_credentials = true});
            BOOST_TEST_REQUIRE(u.credentials.has_value());
            BOOST_TEST(u.credentials->user == row.user);
            BOOST_TEST(u.credentials->password == row.password);
            BOOST_TEST(u.host == "proxy");
            BOOST_TEST(u.port == 3128);
            BOOST_TEST(u.origin() == "http://proxy:3128");
        }
    }
    BOOST_TEST(!parsed("http://proxy", {.allow_credentials = true}).credentials);

    for (const std::string_view text :
         {"http://secret:se%zzcret@h", "http://secret:secret%4@h", "http://secret:secret%0a@h",
          "http://secret:secret%00@h", "http://sec%3Aret:secret@h", "http://secret:sec ret@h",
          "http://secret:sec\nret@h", "http://secret:secr\xc3\xa9t@h", "http://secret:secret@sec@h",
          "http://secret:secret@", "http://secret:secret@h:secret",
          "http://secret:secret@h/secret ", "http://secret:secret@h#secret",
          "ftp://secret:secret@h", "secret:secret@h"}) {
        BOOST_TEST_CONTEXT(text)
        {
            const std::string problem = problem_of(text, {.allow_credentials = true});
            BOOST_TEST(!problem.empty());
            BOOST_TEST(!contains(problem, "secret"), problem);
            BOOST_TEST(!contains(problem_of(text), "secret"));
        }
    }
}

BOOST_AUTO_TEST_CASE(origins)
{
    const auto same = [](std::string_view a, std::string_view b) {
        return http::same_origin(parsed(a), parsed(b));
    };
    BOOST_TEST(same("https://h/v1", "https://H:443/v2"));
    BOOST_TEST(same("http://[::1]:80", "http://[0:0::1]"));
    BOOST_TEST(!same("https://h", "http://h"));
    BOOST_TEST(!same("https://h:80", "http://h:80"));
    BOOST_TEST(!same("https://h", "https://h:444"));
    BOOST_TEST(!same("https://h", "https://g"));
    BOOST_TEST(!same("https://h", "https://h.h"));
    BOOST_CHECK(parsed("https://h/v1") == parsed("https://H:443/v1/"));
    BOOST_CHECK(parsed("https://h/v1") != parsed("https://h/v2"));
}

BOOST_AUTO_TEST_CASE(redirects)
{
    struct
    {
        std::string_view location;
        std::string_view origin; // empty: refused
        std::string_view target; // or a part of the problem
    } const table[] = {
        {"/v1/other", "https://h:8443", "/v1/other"},
        {"/v1/other?x=1#frag", "https://h:8443", "/v1/other?x=1"},
        {"other", "https://h:8443", "/v1/connection/other"},
        {"./other", "https://h:8443", "/v1/connection/other"},
        {"../other", "https://h:8443", "/v1/other"},
        {"../../../../other", "https://h:8443", "/other"},
        {"..", "https://h:8443", "/v1/"},
        {".", "https://h:8443", "/v1/connection/"},
        {"a/b/../c/./d?q=..", "https://h:8443", "/v1/connection/a/c/d?q=.."},
        {"/a/../b/.", "https://h:8443", "/b/"},
        {"?y=2", "https://h:8443", "/v1/connection/conn_1?y=2"},
        {"https://h:8443/v2", "https://h:8443", "/v2"},
        {"HTTPS://H:8443/v2", "https://h:8443", "/v2"},
        {"https://h:8443", "https://h:8443", "/"},
        {"https://h:8443?x=1", "https://h:8443", "/?x=1"},
        {"https://h:8443/a/../../b", "https://h:8443", "/b"},
        {"http://h:8443/v2", "http://h:8443", "/v2"},
        {"https://h/v2", "https://h", "/v2"},
        {"//h:8443/v2", "https://h:8443", "/v2"},
        {"//other.example/v2", "https://other.example", "/v2"},
        {"//other.example", "https://other.example", "/"},
        {"https://other.example/x?a=b:c", "https://other.example", "/x?a=b:c"},
        {"/a:b", "https://h:8443", "/a:b"},
        {"x?a=b:c", "https://h:8443", "/v1/connection/x?a=b:c"},
        {"", "", "empty"},
        {"#frag", "", "empty"},
        {"ftp://h/x", "", "scheme"},
        {"a:b", "", "scheme"},
        {"javascript:alert(1)", "", "scheme"},
        {"https:x", "", "no host"},
        {"https:/x", "", "no host"},
        {"https://", "", "no host"},
        {"///x", "", "no host"},
        {"https://user:secret@h:8443/x", "", "user name"},
        {"//user@h:8443/x", "", "user name"},
        {"https://h:8443//x", "", "begins with \"//\""},
        {"/.//x", "", "begins with \"//\""},
        {"..//..//x", "https://h:8443", "/v1//x"},
        {"/a\\b", "", "\\"},
        {"\\\\evil", "", "\\"},
        {"/a b", "", "space"},
        {"/\xc3\xa9", "", "ASCII"},
        {"/%2e%2e/x", "", "part"},
        {"https://h:0/x", "", "port"},
    };
    const http::url base = parsed("https://h:8443/v1");
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.location)
        {
            const auto result =
                http::resolve_location(base, "/v1/connection/conn_1?x=/a/b", row.location);
            BOOST_TEST_REQUIRE(result.has_value() == !row.origin.empty(),
                               (result ? result->target : result.error()));
            if (result) {
                BOOST_TEST(result->origin.origin() == row.origin);
                BOOST_TEST(result->origin.path == "");
                BOOST_TEST(result->target == row.target);
            } else {
                BOOST_TEST(contains(result.error(), row.target), result.error());
                BOOST_TEST(!contains(result.error(), "secret"));
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
