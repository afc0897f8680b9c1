// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The parts of the HTTP layer that do no I/O: tables of input and outcome.

#include <openint/http/proxy.hpp>
#include <openint/http/retry.hpp>
#include <openint/http/url.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http = openint::http;
using namespace std::chrono_literals;

namespace {

std::string problem_of(std::string_view text, http::parse_url_options options = {})
{
    const auto result = http::parse_url(text, options);
    return result ? "" : result.error();
}

http::url parsed(std::string_view text, http::parse_url_options options = {})
{
    const auto result = http::parse_url(text, options);
    BOOST_TEST_REQUIRE(result.has_value(), text << ": " << (result ? "" : result.error()));
    return *result;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
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
        bool numeric;
    } const table[] = {
        {"https://api.openint.dev/v1", true, "api.openint.dev", 443, "/v1", "api.openint.dev",
         false},
        {"https://api.openint.dev/v1/", true, "api.openint.dev", 443, "/v1", "api.openint.dev",
         false},
        {"https://api.openint.dev", true, "api.openint.dev", 443, "", "api.openint.dev", false},
        {"https://api.openint.dev/", true, "api.openint.dev", 443, "", "api.openint.dev", false},
        {"HTTPS://API.OpenInt.Dev/V1", true, "api.openint.dev", 443, "/V1", "api.openint.dev",
         false},
        {"hTTp://localhost", false, "localhost", 80, "", "localhost", false},
        {"http://localhost:80", false, "localhost", 80, "", "localhost", false},
        {"http://localhost:443", false, "localhost", 443, "", "localhost:443", false},
        {"https://localhost:443", true, "localhost", 443, "", "localhost", false},
        {"https://localhost:80", true, "localhost", 80, "", "localhost:80", false},
        {"http://h:1", false, "h", 1, "", "h:1", false},
        {"http://h:65535", false, "h", 65535, "", "h:65535", false},
        {"http://h:08080/", false, "h", 8080, "", "h:8080", false},
        {"http://127.0.0.1:4000/api/v1", false, "127.0.0.1", 4000, "/api/v1", "127.0.0.1:4000",
         true},
        {"http://[::1]", false, "::1", 80, "", "[::1]", true},
        {"https://[::1]:8443/x", true, "::1", 8443, "/x", "[::1]:8443", true},
        {"http://[2001:DB8:0:0::A]:81", false, "2001:db8::a", 81, "", "[2001:db8::a]:81", true},
        {"http://[::ffff:1.2.3.4]", false, "::ffff:1.2.3.4", 80, "", "[::ffff:1.2.3.4]", true},
        {"http://a_b-c.d.e1", false, "a_b-c.d.e1", 80, "", "a_b-c.d.e1", false},
        {"http://3com", false, "3com", 80, "", "3com", false},
        {"http://4f00ba9bc0de:8080", false, "4f00ba9bc0de", 8080, "", "4f00ba9bc0de:8080", false},
        {"http://1.2.3.4.example", false, "1.2.3.4.example", 80, "", "1.2.3.4.example", false},
        {"http://h/a/b/c", false, "h", 80, "/a/b/c", "h", false},
        {"http://h/-._~!$&'()*+,;=:@", false, "h", 80, "/-._~!$&'()*+,;=:@", "h", false},
        {"http://h/%41%C3%a9", false, "h", 80, "/%41%C3%a9", "h", false},
        {"http://h/.../..a/a..", false, "h", 80, "/.../..a/a..", "h", false},
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
            BOOST_TEST(u.is_numeric_host() == row.numeric);
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
        {"http://[::1]x", "behind its address"},
        {"http://[::1]80", "behind its address"},
        {"http://.h", "empty or overlong"},
        {"http://h.", "empty or overlong"},
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

BOOST_AUTO_TEST_CASE(path_segments)
{
    const auto encoded = [](std::string_view segment) {
        std::string out = "/connection/";
        http::append_path_segment(out, segment);
        return out.substr(12);
    };
    using namespace std::string_literals;
    BOOST_TEST(encoded("") == "");
    BOOST_TEST(encoded("conn_github_1") == "conn_github_1");
    BOOST_TEST(encoded("a-b.c~d") == "a-b.c~d");
    BOOST_TEST(encoded("!$&'()*+,;=:@") == "!$&'()*+,;=:@");
    BOOST_TEST(encoded("a/b?c#d%e") == "a%2Fb%3Fc%23d%25e");
    BOOST_TEST(encoded("%2F") == "%252F");
    BOOST_TEST(encoded(" \"<>\\^`{|}[]") == "%20%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D");
    BOOST_TEST(encoded("h\xc3\xa9\xf0\x9f\x98\x80") == "h%C3%A9%F0%9F%98%80");
    BOOST_TEST(encoded("\0\x1f\x7f\xff"s) == "%00%1F%7F%FF");

    // Exactly the bytes of pchar stay.
    const std::string_view kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~!$&'()*+,;=:@";
    for (int i = 0; i != 256; ++i) {
        const std::string one(1, static_cast<char>(i));
        const bool stays = kept.find(one[0]) != std::string_view::npos;
        BOOST_TEST((encoded(one) == one) == stays, i);
        BOOST_TEST(http::needs_encoding(one) == !stays, i);
        BOOST_TEST(encoded(one).size() == (stays ? 1u : 3u), i);
    }
    BOOST_TEST(!http::needs_encoding(""));
    BOOST_TEST(!http::needs_encoding("cus_1"));
    BOOST_TEST(http::needs_encoding("cus 1"));
}

BOOST_AUTO_TEST_CASE(queries)
{
    std::string target = "/connection";
    http::append_query(target, "expand", "connector,integration");
    BOOST_TEST(target == "/connection?expand=connector,integration");
    http::append_query(target, "customer_id", "a&b=c+d #e;f%g");
    BOOST_TEST(target == "/connection?expand=connector,integration"
                         "&customer_id=a%26b%3Dc%2Bd%20%23e%3Bf%25g");
    http::append_query(target, "k[]", "\xc3\xa9\"");
    BOOST_TEST(target.ends_with("&k%5B%5D=%C3%A9%22"));
    std::string empty = "/x";
    http::append_query(empty, "q", "");
    BOOST_TEST(empty == "/x?q=");

    for (int i = 0; i != 256; ++i) {
        std::string one = "/";
        http::append_query(one, "k", std::string(1, static_cast<char>(i)));
        BOOST_TEST(http::check_target(one) == "", one);
        BOOST_TEST(one.find_first_of("&+;#", 4) == std::string::npos, one);
    }
}

BOOST_AUTO_TEST_CASE(field_syntax)
{
    using namespace std::string_literals;
    for (const std::string_view text : {"a", "Content-Type", "x-1", "!#$%&'*+-.^_`|~", "A9"})
        BOOST_TEST(http::is_token(text), text);
    for (const std::string& text :
         {""s,    "a b"s, "a:"s,   "a\r"s,   "a\n"s,   "\0"s,   "a\xc3"s, "(a)"s,
          "a,b"s, "a;b"s, "a=b"s,  "a/b"s,   "\"a\""s, "a\\b"s, "[a]"s,   "{a}"s,
          "a@b"s, "a?b"s, "a<b>"s, "a\x7f"s, " a"s,    "a\t"s})
        BOOST_TEST(!http::is_token(text), text);

    for (const std::string& text :
         {""s, "a"s, "Bearer x.y-z"s, "a b\tc"s, "\xc3\xa9"s, "\"a\"; q=1"s})
        BOOST_TEST(http::is_field_value(text), text);
    for (const std::string& text : {" a"s, "a "s, "\ta"s, "a\t"s, " "s, "a\r\nb: c"s, "a\n"s,
                                    "a\rb"s, "a\0b"s, "a\x7f"s, "a\x1f"s, "a\x01z"s})
        BOOST_TEST(!http::is_field_value(text), text);
}

BOOST_AUTO_TEST_CASE(targets)
{
    using namespace std::string_literals;
    for (const std::string_view text :
         {"/", "/connection", "/connection/conn_1?expand=connector&limit=1", "/a//b", "/a/",
          "/a?b/../c", "/a?x=//y", "/a?filter[x]=1", "/%7Bx%7D", "/a?", "/...", "/a..b",
          "/.well-known", "/a?x=http://b/", "/a:b", "/a%252e%252e"})
        BOOST_TEST(http::check_target(text) == "", text);

    struct
    {
        std::string text;
        std::string_view problem;
    } const table[] = {
        {"", "empty"},
        {"connection", "does not begin with"},
        {"?x=1", "does not begin with"},
        {"#x", "does not begin with"},
        {"../x", "does not begin with"},
        {"\\x", "does not begin with"},
        {" /x", "does not begin with"},
        {"https://evil.example/", "scheme"},
        {"evil.example:80", "scheme"},
        {"javascript:x", "scheme"},
        {"//evil.example/x", "begins with \"//\""},
        {"///x", "begins with \"//\""},
        {"/\\evil.example", "\"\\\""},
        {"/a\\b", "\"\\\""},
        {"/a?b\\c", "\"\\\""},
        {"/a#b", "fragment"},
        {"/a?b#c", "fragment"},
        {"/.", "\"..\" part"},
        {"/..", "\"..\" part"},
        {"/../x", "\"..\" part"},
        {"/a/./b", "\"..\" part"},
        {"/a/..?x", "\"..\" part"},
        {"/a/%2e%2e/b", "\"..\" part"},
        {"/a/%2E./b", "\"..\" part"},
        {"/a/.%2e", "\"..\" part"},
        {"/a%2f..%2fb", "\"..\" part"},
        {"/a/..%2Fb", "\"..\" part"},
        {"/a/..%5Cb", "\"..\" part"},
        {"/a b", "space"},
        {"/a?b c", "space"},
        {"/a\r\nHost: x", "control"},
        {"/a\0"s, "control"},
        {"/a\x7f", "control"},
        {"/\xc3\xa9", "ASCII"},
        {"/a?\xff", "ASCII"},
        {"/100%", "hexadecimal"},
        {"/a?b=%zz", "hexadecimal"},
        {"/{a}", "percent-encoded"},
        {"/a?b=\"c\"", "percent-encoded"},
        {"/a|b", "percent-encoded"},
    };
    for (const auto& row : table)
        BOOST_TEST(contains(http::check_target(row.text), row.problem),
                   row.text << ": " << http::check_target(row.text));
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

BOOST_AUTO_TEST_SUITE(http_retry)

namespace {

using http::attempt;
using http::attempt_end;
using http::attempt_progress;
using http::repeatable;

http::attempt answer(unsigned status, repeatable method = repeatable::safe)
{
    attempt a;
    a.progress = attempt_progress::answering;
    a.status = status;
    a.method = method;
    return a;
}

http::attempt broken(attempt_end end, attempt_progress progress,
                     repeatable method = repeatable::safe)
{
    attempt a;
    a.end = end;
    a.progress = progress;
    a.method = method;
    return a;
}

const http::retry_policy replaying{.replay_unsafe = true};

http::retry_decision decide(const attempt& a, const http::retry_policy& policy = {})
{
    return http::decide_retry(policy, a);
}

std::optional<long long> date(std::string_view text)
{
    const auto d = http::parse_http_date(text);
    return d ? std::optional<long long>(d->time_since_epoch().count()) : std::nullopt;
}

} // namespace

BOOST_AUTO_TEST_CASE(methods)
{
    for (const std::string_view m : {"GET", "HEAD", "OPTIONS", "TRACE"})
        BOOST_CHECK(http::repeatable_of(m) == repeatable::safe);
    for (const std::string_view m : {"PUT", "DELETE"})
        BOOST_CHECK(http::repeatable_of(m) == repeatable::idempotent);
    for (const std::string_view m : {"POST", "PATCH", "get", "", "CONNECT", "X"})
        BOOST_CHECK(http::repeatable_of(m) == repeatable::no);
}

BOOST_AUTO_TEST_CASE(statuses)
{
    for (unsigned status = 100; status != 1000; ++status) {
        const bool listed = status == 408 || status == 409 || status == 429 || status >= 500;
        for (const auto method : {repeatable::safe, repeatable::idempotent}) {
            attempt a = answer(status, method);
            BOOST_TEST(decide(a).again == listed, status);
            BOOST_TEST(!decide(a).reason.empty());
            a.should_retry = "false";
            BOOST_TEST(!decide(a).again, status);
            a.should_retry = "true";
            BOOST_TEST(decide(a).again == (status >= 400), status);
            a.should_retry = "maybe";
            BOOST_TEST(decide(a).again == listed, status);
        }
        attempt post = answer(status, repeatable::no);
        BOOST_TEST(decide(post).again == (status == 408 || status == 429), status);
        post.retry_after = "1";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429 || status == 503), status);
        post.should_retry = "true";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429 || status == 503), status);
        post.should_retry = "false";
        BOOST_TEST(!decide(post).again, status);
        post.retry_after = "soon";
        post.should_retry = "";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429), status);
        post.retry_after = "";
        post.retry_after_ms = "0";
        BOOST_TEST(decide(post).again == (status == 408 || status == 429 || status == 503), status);
        post.retry_after_ms = "";
        BOOST_TEST(decide(post, replaying).again == listed, status);
    }
}

BOOST_AUTO_TEST_CASE(failures)
{
    struct
    {
        attempt_end end;
        bool retried;
    } const ends[] = {
        {attempt_end::connection, true},   {attempt_end::timeout, true},
        {attempt_end::certificate, false}, {attempt_end::invalid_argument, false},
        {attempt_end::cancelled, false},   {attempt_end::malformed, false},
        {attempt_end::too_large, false},   {attempt_end::refused, false},
    };
    for (const auto& row : ends) {
        for (const auto progress : {attempt_progress::nothing_sent, attempt_progress::sent,
                                    attempt_progress::answering}) {
            const bool unsent = progress == attempt_progress::nothing_sent;
            for (const auto method : {repeatable::safe, repeatable::idempotent, repeatable::no}) {
                attempt a = broken(row.end, progress, method);
                const auto d = decide(a);
                BOOST_TEST(d.again == (row.retried && (unsent || method != repeatable::no)));
                BOOST_TEST(!d.replacement);
                BOOST_TEST(!d.reason.empty());
                BOOST_TEST(d.may_have_taken_effect == (!unsent && method != repeatable::safe));
                BOOST_TEST(decide(a, replaying).again == row.retried);
                // What comes with an answer does not count where none came.
                a.should_retry = "true";
                a.retry_after = "7";
                BOOST_TEST(decide(a, replaying).again == row.retried);
                if (row.retried)
                    BOOST_CHECK(decide(a, replaying).delay == 500ms);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(taken_effect)
{
    for (const auto method : {repeatable::idempotent, repeatable::no}) {
        BOOST_TEST(decide(answer(500, method)).may_have_taken_effect);
        BOOST_TEST(decide(answer(502, method)).may_have_taken_effect);
        BOOST_TEST(decide(answer(503, method)).may_have_taken_effect);
        attempt busy = answer(503, method);
        busy.retry_after = "1";
        BOOST_TEST(!decide(busy).may_have_taken_effect);
        for (const unsigned status : {200u, 302u, 400u, 404u, 408u, 409u, 429u})
            BOOST_TEST(!decide(answer(status, method)).may_have_taken_effect, status);
    }
    BOOST_TEST(!decide(answer(500)).may_have_taken_effect);
}

BOOST_AUTO_TEST_CASE(number_of_retries)
{
    for (const int most : {-1, 0, 1, 2, 5}) {
        for (int done = 0; done != 8; ++done) {
            attempt a = answer(500);
            a.retries = done;
            BOOST_TEST(http::decide_retry({.max_retries = most}, a).again == (done < most));
        }
    }
}

BOOST_AUTO_TEST_CASE(stale_connections)
{
    for (const auto method : {repeatable::safe, repeatable::idempotent, repeatable::no}) {
        attempt a = broken(attempt_end::connection, attempt_progress::sent, method);
        a.reused = true;
        a.retries = 2; // does not count
        a.time_left = 1ms;
        auto d = http::decide_retry({.max_retries = 0}, a);
        BOOST_TEST(d.again == (method != repeatable::no));
        BOOST_TEST(d.replacement == d.again);
        BOOST_CHECK(d.delay == 0ms);
        BOOST_TEST(d.may_have_taken_effect == (method != repeatable::safe));

        a.progress = attempt_progress::nothing_sent;
        d = decide(a);
        BOOST_TEST(d.again);
        BOOST_TEST(d.replacement);
        BOOST_TEST(!d.may_have_taken_effect);

        a.replaced = true; // once a call
        BOOST_TEST(!decide(a).again);
        a.retries = 0;
        a.time_left.reset();
        BOOST_TEST(decide(a).again);
        BOOST_TEST(!decide(a).replacement);
        BOOST_CHECK(decide(a).delay == 500ms);

        a.replaced = false;
        a.progress = attempt_progress::answering;
        BOOST_TEST(!decide(a).replacement);
        BOOST_TEST(decide(a).again == (method != repeatable::no));

        a.progress = attempt_progress::nothing_sent;
        a.time_left = 0ms;
        BOOST_TEST(!decide(a).again);
        a.time_left.reset();
        a.end = attempt_end::timeout; // a slow server is not a stale connection
        BOOST_TEST(!decide(a).replacement);
        a.end = attempt_end::connection;
        a.reused = false;
        BOOST_TEST(!decide(a).replacement);
    }
    attempt opted = broken(attempt_end::connection, attempt_progress::sent, repeatable::no);
    opted.reused = true;
    BOOST_TEST(!decide(opted).replacement);
    BOOST_TEST(decide(opted, replaying).replacement);
}

BOOST_AUTO_TEST_CASE(backoff)
{
    struct
    {
        int retries;
        double random;
        std::chrono::milliseconds delay;
    } const table[] = {
        {0, 0, 500ms},   {1, 0, 1000ms}, {2, 0, 2000ms},        {3, 0, 4000ms},
        {4, 0, 8000ms},  {5, 0, 8000ms}, {1000, 0, 8000ms},     {2'000'000'000, 0, 8000ms},
        {0, 0.5, 438ms}, {0, 1, 375ms},  {4, 0.999999, 6001ms}, {-3, 0, 500ms},
    };
    for (const auto& row : table) {
        attempt a = broken(attempt_end::connection, attempt_progress::sent);
        a.retries = row.retries;
        a.random = row.random;
        const auto d = http::decide_retry({.max_retries = 2'100'000'000}, a);
        BOOST_TEST(d.again);
        BOOST_CHECK_MESSAGE(d.delay == row.delay, row.retries << " " << d.delay.count());
    }
    const attempt first = broken(attempt_end::timeout, attempt_progress::sent);
    BOOST_CHECK(http::decide_retry({.initial_delay = 0ms}, first).delay == 0ms);
    BOOST_CHECK(http::decide_retry({.initial_delay = -5ms}, first).delay == 0ms);
    BOOST_CHECK(http::decide_retry({.initial_delay = 9s, .max_delay = 1s}, first).delay == 1s);
    BOOST_CHECK(http::decide_retry({.max_delay = -1s}, first).delay == 0ms);
    const auto forever = std::chrono::milliseconds::max();
    BOOST_TEST(http::decide_retry({.initial_delay = forever, .max_delay = forever}, first).again);
}

BOOST_AUTO_TEST_CASE(time_left)
{
    attempt a = answer(500);
    a.time_left = 501ms;
    BOOST_TEST(decide(a).again);
    a.time_left = 500ms; // the pause alone would use it up
    BOOST_TEST(!decide(a).again);
    BOOST_CHECK(decide(a).delay == 0ms);
    for (const auto left : {0ms, -1ms, std::chrono::milliseconds::min()}) {
        a.time_left = left;
        BOOST_TEST(!decide(a).again);
    }
    a = answer(429);
    a.retry_after = "3";
    a.time_left = 3001ms;
    BOOST_TEST(decide(a).again);
    a.time_left = 3000ms;
    BOOST_TEST(!decide(a).again);
}

BOOST_AUTO_TEST_CASE(requested_delays)
{
    const auto now =
        std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 12h + 0min + 0s + 250ms;
    struct
    {
        std::string_view ms;
        std::string_view after;
        std::string_view date;
        std::optional<std::chrono::milliseconds> delay;
    } const table[] = {
        {"", "", "", std::nullopt},
        {"", "0", "", 0ms},
        {"", "7", "", 7s},
        {"", "007", "", 7s},
        {"", "1.5", "", 1500ms},
        {"", "0.0001", "", 1ms},
        {"", "60", "", 60s},
        {"", "99999999999999999999999999", "", 1'000'000'000'000'000ms},
        {"", "-1", "", std::nullopt},
        {"", "+1", "", std::nullopt},
        {"", "1e3", "", std::nullopt},
        {"", "0x10", "", std::nullopt},
        {"", "nan", "", std::nullopt},
        {"", "inf", "", std::nullopt},
        {"", "1.", "", std::nullopt},
        {"", ".5", "", std::nullopt},
        {"", ".", "", std::nullopt},
        {"", "1.2.3", "", std::nullopt},
        {"", "1 ", "", std::nullopt},
        {"", "1s", "", std::nullopt},
        {"", "soon", "", std::nullopt},
        {"250", "", "", 250ms},
        {"250", "7", "", 250ms},
        {"0.5", "7", "", 1ms},
        {"x", "7", "", 7s},
        {"-1", "x", "", std::nullopt},
        {"", "Mon, 23 Nov 2026 12:00:10 GMT", "", 9750ms},
        {"", "Mon, 23 Nov 2026 12:00:00 GMT", "", 0ms},
        {"", "Mon, 23 Nov 2026 11:00:00 GMT", "", 0ms},
        {"", "Sun, 06 Nov 1994 08:49:37 GMT", "", 0ms},
        {"", "Monday, 23-Nov-26 12:00:10 GMT", "", 9750ms},
        {"", "Mon Nov 23 12:00:10 2026", "", 9750ms},
        // The server's clock is off by an hour.
        {"", "Mon, 23 Nov 2026 13:00:10 GMT", "Mon, 23 Nov 2026 13:00:00 GMT", 10s},
        {"", "Mon, 23 Nov 2026 12:00:10 GMT", "not a date", 9750ms},
        {"", "Mon, 23 Nov 2026 12:00:10", "", std::nullopt},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.ms << "|" << row.after << "|" << row.date)
        {
            attempt a = answer(503);
            a.now = now;
            a.retry_after_ms = row.ms;
            a.retry_after = row.after;
            a.date = row.date;
            BOOST_CHECK(http::requested_delay(a) == row.delay);
            const auto d = decide(a);
            BOOST_TEST(d.again == (!row.delay || *row.delay <= 60s));
            if (d.again)
                BOOST_CHECK(d.delay == row.delay.value_or(500ms));
        }
    }
    attempt far = answer(503);
    far.now = now;
    far.retry_after = "Fri, 31 Dec 9999 23:59:59 GMT";
    BOOST_CHECK(http::requested_delay(far).value() > 24h * 365 * 7000);
    BOOST_TEST(!decide(far).again);

    attempt a = answer(429);
    a.retry_after = "61";
    BOOST_TEST(!decide(a).again);
    BOOST_TEST(contains(decide(a).reason, "max_retry_after"));
    BOOST_TEST(http::decide_retry({.max_retry_after = 61s}, a).again);
    a.retry_after = "0";
    BOOST_TEST(http::decide_retry({.max_retry_after = 0s}, a).again);
    // Above max_delay, which is for pauses of our own choice.
    a.retry_after = "20";
    BOOST_CHECK(decide(a).delay == 20s);
}

BOOST_AUTO_TEST_CASE(http_dates)
{
    BOOST_TEST((date("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777));
    BOOST_TEST((date("Sunday, 06-Nov-94 08:49:37 GMT") == 784111777));
    BOOST_TEST((date("Sun Nov  6 08:49:37 1994") == 784111777));
    BOOST_TEST((date("Thu, 01 Jan 1970 00:00:00 GMT") == 0));
    BOOST_TEST((date("Thursday, 01-Jan-70 00:00:00 GMT") == 0));
    BOOST_TEST((date("Tuesday, 01-Jan-69 00:00:00 GMT") == 3124224000));
    BOOST_TEST((date("Thu, 29 Feb 2024 23:59:59 GMT") == 1709251199));
    BOOST_TEST((date("Sat, 31 Dec 2016 23:59:60 GMT") == 1483228800)); // a leap second
    BOOST_TEST((date("Wed, 31 Dec 1969 23:59:59 GMT") == -1));
    BOOST_TEST((date("Mon Nov 23 12:00:10 2026") == 1795435210));
    const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (unsigned m = 0; m != 12; ++m) {
        const auto expected =
            std::chrono::sys_days{std::chrono::year{2025} / std::chrono::month{m + 1} / 1};
        BOOST_CHECK(http::parse_http_date("Mon, 01 " + std::string(months[m]) +
                                          " 2025 00:00:00 GMT") == expected);
    }
    for (const std::string_view text : {"",
                                        "Sun",
                                        "Sun,",
                                        "Sun, ",
                                        "06 Nov 1994 08:49:37 GMT",
                                        "Sun, 6 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 Nov 94 08:49:37 GMT",
                                        "Sun, 06 Nov 1994 08:49:37",
                                        "Sun, 06 Nov 1994 08:49:37 UTC",
                                        "Sun, 06 Nov 1994 08:49:37 GMT ",
                                        " Sun, 06 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 Nov 1994 8:49:37 GMT",
                                        "Sun, 06 Nov 1994 24:00:00 GMT",
                                        "Sun, 06 Nov 1994 08:60:37 GMT",
                                        "Sun, 06 Nov 1994 08:49:61 GMT",
                                        "Sun, 31 Nov 1994 08:49:37 GMT",
                                        "Wed, 29 Feb 2023 00:00:00 GMT",
                                        "Sun, 00 Nov 1994 08:49:37 GMT",
                                        "Sun, -6 Nov 1994 08:49:37 GMT",
                                        "sun, 06 nov 1994 08:49:37 gmt",
                                        "Xyz, 06 Nov 1994 08:49:37 GMT",
                                        "Sun, 06 Xyz 1994 08:49:37 GMT",
                                        "Sun, 06-Nov-94 08:49:37 GMT",
                                        "Sunday, 06 Nov 1994 08:49:37 GMT",
                                        "Sunday, 06-Nov-1994 08:49:37 GMT",
                                        "Sun Nov 06 08:49:37 94",
                                        "Sun Nov   08:49:37 1994",
                                        "Sun Nov  0 08:49:37 1994",
                                        "Sun Nov 6 08:49:37 1994",
                                        "1994-11-06T08:49:37Z",
                                        "784111777"})
        BOOST_TEST(!date(text).has_value(), text);
    BOOST_TEST(
        (date("Sun Nov 06 08:49:37 1994") == 784111777)); // a zero for the space does no harm
}

BOOST_AUTO_TEST_SUITE_END()

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
        {".", "http://h", false},
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
