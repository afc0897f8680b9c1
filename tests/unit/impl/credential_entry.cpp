// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

// The machine of one connection's credentials, row by row of the table in doc/credentials.md, with
// time as an argument. `random` is 0 unless it is what a test is about: then nothing is earlier.

#include <openint/impl/credential_entry.hpp>

#include <openint/error.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

using namespace std::chrono_literals;
using openint::connection_status;
using openint::credentials;
using openint::detail::credential_access;
using openint::detail::credential_entry;
using openint::detail::moment;
using answer = credential_entry::answer;
using step = credential_entry::step;

namespace openint::detail {

static std::ostream& operator<<(std::ostream& out, credential_entry::answer a)
{
    return out << (a == credential_entry::answer::hand_out ? "hand_out"
                   : a == credential_entry::answer::wait   ? "wait"
                                                           : "fail");
}
static std::ostream& operator<<(std::ostream& out, credential_entry::step s)
{
    return out << (s == credential_entry::step::done ? "done" : "force");
}

} // namespace openint::detail

namespace {

// Of a connection: a token with an end, in seconds from the beginning of the test; or none.
struct given
{
    std::string token;
    std::optional<std::chrono::seconds> ends = {};
    std::optional<connection_status> status = connection_status::healthy;
    bool renewable = true;
    bool disabled = false;
};

constexpr std::chrono::sys_seconds beginning =
    std::chrono::sys_days(std::chrono::year(2026) / 6 / 1);

openint::connection make_connection(const given& g)
{
    openint::connection c;
    c.id = "conn_1";
    c.connector_name = "github";
    c.disabled = g.disabled;
    if (g.status)
        c.status = *g.status;
    auto& oauth = c.settings.emplace().oauth.emplace().credentials.emplace();
    oauth.access_token = openint::secret(g.token);
    if (g.renewable)
        oauth.refresh_token = openint::secret("refresh");
    if (g.ends)
        oauth.expires_at = openint::timestamp(
            std::chrono::time_point_cast<std::chrono::microseconds>(beginning + *g.ends));
    return c;
}

credentials make(const given& g, std::chrono::milliseconds skew = 0s)
{
    return credential_access::make(make_connection(g), skew);
}

openint::error failed_with(int status, openint::headers fields = {})
{
    openint::error_data data;
    data.code = {status, openint::http_status_category()};
    data.status = static_cast<unsigned>(status);
    data.headers = std::move(fields);
    return openint::error(std::move(data));
}

struct machine
{
    credential_entry entry;
    openint::credential_cache_options rules;
    moment now{beginning, 1000s};
    double random = 0;

    // The time since the beginning.
    void at(std::chrono::milliseconds t) { now = {beginning + t, 1000s + t}; }

    credential_entry::decision ask() { return entry.ask(now); }
    credential_entry::decision reject(const credentials& c) { return entry.reject(c, now); }
    step receive(const credentials& c) { return entry.receive(c, now, random, rules); }
    step receive(const given& g) { return receive(make(g)); }
    void fail(openint::error e)
    {
        entry.fail(std::make_shared<const openint::error>(std::move(e)), now, random, rules);
    }
    void put(const given& g) { entry.put(make(g), now, random, rules); }

    // As after a first look.
    credentials hold(const given& g)
    {
        const auto d = ask();
        BOOST_TEST_REQUIRE(d.look);
        BOOST_TEST_REQUIRE(receive(g) == step::done);
        return entry.current();
    }

    std::string token()
    {
        const credentials c = entry.current();
        return c ? std::string(c->access_token().reveal()) : "none";
    }
    // What somebody gets that has waited: the token or the error.
    std::string result(const credentials& rejected = {})
    {
        const auto r = entry.result(rejected, now);
        return r.given     ? std::string(r.given->access_token().reveal())
               : r.problem ? r.problem->what()
                           : "nothing";
    }
    bool quiet() { return !reached(now, entry.quiet_until(now)); }
};

} // namespace

#define OPENINT_DECISION(d, expected_what, expected_look)                                          \
    do {                                                                                           \
        const credential_entry::decision decision_ = d;                                            \
        BOOST_TEST(decision_.what == answer::expected_what);                                       \
        BOOST_TEST(decision_.look == expected_look);                                               \
    } while (false)

BOOST_FIXTURE_TEST_SUITE(credential_entry_machine, machine)

BOOST_AUTO_TEST_CASE(good_and_not_due)
{
    hold({"a", 3600s});
    for (const auto t : {0s, 60s, 3000s, 3479s}) {
        at(t);
        BOOST_TEST(quiet());
        OPENINT_DECISION(ask(), hand_out, false);
    }
    BOOST_TEST(token() == "a");
}

BOOST_AUTO_TEST_CASE(due_before_its_end)
{
    hold({"a", 3600s});
    at(3480s); // two minutes before
    BOOST_TEST(!quiet());
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(quiet()); // handed out meanwhile, without another look
    OPENINT_DECISION(ask(), hand_out, false);
    BOOST_TEST(receive({"a", 3600s}) == step::force);
    OPENINT_DECISION(ask(), hand_out, false);
    at(3482s);
    BOOST_TEST(receive({"b", 7082s}) == step::done);
    OPENINT_DECISION(ask(), hand_out, false);
    BOOST_TEST(token() == "b");
    at(6961s);
    BOOST_TEST(quiet());
    at(6962s);
    OPENINT_DECISION(ask(), hand_out, true);
}

BOOST_AUTO_TEST_CASE(no_force_if_the_look_brings_another_token_or_a_later_end)
{
    hold({"a", 3600s});
    at(3500s);
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive({"b", 7200s}) == step::done); // another process has renewed it
    at(7100s);
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive({"b", 9999s}) == step::done); // the same token, longer
    OPENINT_DECISION(ask(), hand_out, false);
    BOOST_TEST(quiet());
}

BOOST_AUTO_TEST_CASE(no_force_where_it_is_of_no_use)
{
    hold({"a", 3600s, connection_status::healthy, false});
    at(3500s);
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive({"a", 3600s, connection_status::healthy, false}) == step::done);

    machine no_force; // switched off
    no_force.rules.force_ahead = false;
    no_force.hold({"a", 3600s});
    no_force.at(3500s);
    OPENINT_DECISION(no_force.ask(), hand_out, true);
    BOOST_TEST(no_force.receive({"a", 3600s}) == step::done);
    OPENINT_DECISION(no_force.ask(), hand_out, false); // a pause
}

BOOST_AUTO_TEST_CASE(due_by_age)
{
    hold({"key"}); // no end known
    at(3599s);
    OPENINT_DECISION(ask(), hand_out, false);
    at(3600s);
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive({"key"}) == step::done); // nothing to be forced
    BOOST_TEST(quiet());
    at(7200s);
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive({"other"}) == step::done);
    BOOST_TEST(token() == "other");

    machine lasting; // its end is far away
    lasting.hold({"a", 86'400s});
    lasting.at(3600s);
    OPENINT_DECISION(lasting.ask(), hand_out, true);
    BOOST_TEST(lasting.receive({"a", 86'400s}) == step::done);

    machine both; // by age first, but nobody asked until it was to be renewed
    both.rules.max_age = 3000s;
    both.hold({"a", 3600s});
    both.at(3500s);
    OPENINT_DECISION(both.ask(), hand_out, true);
    BOOST_TEST(both.receive({"a", 3600s}) == step::force);

    machine sooner;
    sooner.random = 0.999;
    sooner.hold({"key"});
    sooner.at(2699s);
    OPENINT_DECISION(sooner.ask(), hand_out, false);
    sooner.at(2701s);
    OPENINT_DECISION(sooner.ask(), hand_out, true);
}

BOOST_AUTO_TEST_CASE(spread)
{
    rules.max_age = 24h;
    random = 0.5;
    hold({"a", 7200s});
    at(7200s - 120s - 42s); // ln 2 of a minute
    OPENINT_DECISION(ask(), hand_out, false);
    at(7200s - 120s - 41s);
    OPENINT_DECISION(ask(), hand_out, true);
}

BOOST_AUTO_TEST_CASE(within_the_margin)
{
    hold({"a", 3600s});
    at(3570s);
    OPENINT_DECISION(ask(), wait, true);
    OPENINT_DECISION(ask(), wait, false); // the others
    BOOST_TEST(receive({"a", 3600s}) == step::force);
    OPENINT_DECISION(ask(), wait, false);
    BOOST_TEST(receive({"b", 7200s}) == step::done);
    BOOST_TEST(result() == "b");
}

BOOST_AUTO_TEST_CASE(expired)
{
    hold({"a", 3600s});
    at(3600s);
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"b", 7200s}) == step::done); // renewed by the look
    BOOST_TEST(result() == "b");

    at(7200s);
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"b", 7200s, connection_status::error}) == step::done); // has just failed
    BOOST_TEST(result() ==
               "connection conn_1 has a token that has expired and was not renewed; its status is "
               "error");
    BOOST_TEST(token() == "none");
    OPENINT_DECISION(ask(), fail, false);
    at(7204s);
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"b", 7200s}) == step::force); // by another clock it has not expired yet
    BOOST_TEST(receive({"c", 9000s}) == step::done);
    BOOST_TEST(result() == "c");
}

BOOST_AUTO_TEST_CASE(unknown)
{
    BOOST_TEST(!quiet());
    OPENINT_DECISION(ask(), wait, true);
    OPENINT_DECISION(ask(), wait, false);
    BOOST_TEST(receive({"a", 3600s}) == step::done);
    BOOST_TEST(result() == "a");
}

BOOST_AUTO_TEST_CASE(a_short_life)
{
    hold({"a", 40s}); // a quarter ahead, a quarter margin
    at(29s);
    OPENINT_DECISION(ask(), hand_out, false);
    at(30s);
    OPENINT_DECISION(ask(), wait, true);

    machine spread;
    spread.random = 0.9;
    spread.hold({"a", 100s});
    spread.at(64s); // 100 - 25 - 2.3 * 5
    BOOST_TEST(!spread.quiet());
    spread.at(63s);
    BOOST_TEST(spread.quiet());
}

BOOST_AUTO_TEST_CASE(the_service_fails)
{
    hold({"a", 3600s});
    at(3500s);
    OPENINT_DECISION(ask(), hand_out, true);
    fail(failed_with(503));
    BOOST_TEST(entry.failing());
    OPENINT_DECISION(ask(), hand_out, false); // a second's pause
    BOOST_TEST(quiet());
    at(3501s);
    BOOST_TEST(!quiet());
    OPENINT_DECISION(ask(), hand_out, true);
    fail(failed_with(503));
    at(3502s);
    OPENINT_DECISION(ask(), hand_out, false); // two
    at(3503s);
    OPENINT_DECISION(ask(), hand_out, true);

    at(3580s); // within the margin
    fail(openint::error(openint::errc::timeout, "late"));
    BOOST_TEST(result() == "a"); // who has waited gets what has not expired
    BOOST_TEST(quiet());
    OPENINT_DECISION(ask(), hand_out, false);

    at(3600s); // expired
    BOOST_TEST(!quiet());
    OPENINT_DECISION(ask(), wait, true);
    OPENINT_DECISION(ask(), wait, false);
    fail(openint::error(openint::errc::timeout, "later"));
    BOOST_TEST(result() == "later");
    OPENINT_DECISION(ask(), fail, false);
    BOOST_TEST(result() == "later");
    at(3608s);
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"b", 7200s}) == step::done);
    BOOST_TEST(!entry.failing());
    OPENINT_DECISION(ask(), hand_out, false);
}

BOOST_AUTO_TEST_CASE(pauses_grow_up_to_a_minute)
{
    std::chrono::seconds t = 0s;
    for (const auto pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        at(t);
        OPENINT_DECISION(ask(), wait, true);
        fail(failed_with(500));
        at(t + pause - 1ms);
        OPENINT_DECISION(ask(), fail, false);
        t += pause;
    }
}

BOOST_AUTO_TEST_CASE(retry_after)
{
    ask();
    fail(failed_with(429, {{"Retry-After", "100"}}));
    at(99s);
    OPENINT_DECISION(ask(), fail, false);
    at(100s);
    OPENINT_DECISION(ask(), wait, true);
    fail(failed_with(503, {{"Retry-After", "1000000"}})); // no longer than an hour
    at(3699s);
    OPENINT_DECISION(ask(), fail, false);
    at(3700s);
    OPENINT_DECISION(ask(), wait, true);
}

BOOST_AUTO_TEST_CASE(an_answer_of_the_service)
{
    for (const int status : {401, 403, 404}) {
        machine m;
        m.hold({"a", 3600s});
        m.at(3500s);
        m.ask();
        m.fail(failed_with(status));
        BOOST_TEST(m.token() == "none");
        OPENINT_DECISION(m.ask(), fail, false);
        m.at(3503s);
        OPENINT_DECISION(m.ask(), fail, false);
        m.at(3504s);
        OPENINT_DECISION(m.ask(), wait, true);
        m.fail(failed_with(status));
        m.at(3511s); // and up
        OPENINT_DECISION(m.ask(), fail, false);
    }
    for (const int status : {400, 429, 500}) {
        machine m;
        m.hold({"a", 3600s});
        m.at(3500s);
        m.ask();
        m.fail(failed_with(status));
        OPENINT_DECISION(m.ask(), hand_out, false);
    }
}

BOOST_AUTO_TEST_CASE(cannot_be_used)
{
    ask();
    BOOST_TEST(receive({"a", 3600s, connection_status::disconnected}) == step::done);
    BOOST_TEST(result() == "connection conn_1 is disconnected: the customer has to connect it "
                           "again; its status is disconnected");
    BOOST_TEST((entry.result({}, now).problem->code() == openint::errc::no_credentials));
    OPENINT_DECISION(ask(), fail, false);
    at(4s);
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"a", 3600s, connection_status::healthy, true, true}) == step::done);
    BOOST_TEST(result() == "connection conn_1 is disabled; its status is healthy");

    at(60s);
    ask();
    openint::connection bare;
    bare.id = "conn_1";
    BOOST_TEST(receive(credential_access::make(std::move(bare), 0s)) == step::done);
    BOOST_TEST(result() == "connection conn_1 came without its settings; it has no status");

    machine lost; // while others were handing it out
    const credentials a = lost.hold({"a", 3600s});
    OPENINT_DECISION(lost.reject(a), wait, true);
    BOOST_TEST(lost.receive({"a", 3600s, connection_status::disconnected}) == step::done);
    BOOST_TEST(lost.token() == "none"); // and nothing was forced
}

BOOST_AUTO_TEST_CASE(a_failed_renewal_leaves_the_old_token)
{
    ask();
    BOOST_TEST(receive({"a", 3600s, connection_status::error}) == step::done);
    BOOST_TEST(result() == "a"); // good until its end
    at(3500s);
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive({"a", 3600s, connection_status::error}) == step::force);
    BOOST_TEST(receive({"a", 3600s, connection_status::error}) == step::done);
    OPENINT_DECISION(ask(), hand_out, false);
    at(3503s);
    OPENINT_DECISION(ask(), hand_out, false); // 4 s, and forced no sooner than in 30
    at(3590s);
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"a", 3600s, connection_status::error}) == step::force);
}

BOOST_AUTO_TEST_CASE(rejected)
{
    const credentials a = hold({"a", 3600s});
    at(100s);
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(!quiet());
    OPENINT_DECISION(ask(), wait, false);     // suspect
    OPENINT_DECISION(reject(a), wait, false); // the other 999
    BOOST_TEST(receive({"a", 3600s}) == step::force);
    OPENINT_DECISION(reject(a), wait, false);
    BOOST_TEST(receive({"b", 3700s}) == step::done);
    BOOST_TEST(result(a) == "b");
    BOOST_TEST(result() == "b");
    OPENINT_DECISION(reject(a), hand_out, false); // late: another one is there, no request
    BOOST_TEST(quiet());
}

BOOST_AUTO_TEST_CASE(rejected_and_renewed_elsewhere)
{
    const credentials a = hold({"a", 3600s});
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(receive({"b", 3600s}) == step::done); // the look is enough
    BOOST_TEST(result(a) == "b");

    machine empty; // the entry has gone meanwhile
    OPENINT_DECISION(empty.reject(a), wait, true);
    BOOST_TEST(empty.receive({"a", 3600s}) == step::force);
    BOOST_TEST(empty.receive({"b", 3600s}) == step::done);
}

BOOST_AUTO_TEST_CASE(rejected_while_a_look_is_out)
{
    const credentials a = hold({"a"});
    at(3600s);
    OPENINT_DECISION(ask(), hand_out, true); // by age: nothing would be forced
    OPENINT_DECISION(reject(a), wait, false);
    OPENINT_DECISION(ask(), wait, false);
    BOOST_TEST(receive({"a"}) == step::force);
    BOOST_TEST(receive({"b"}) == step::done);
    BOOST_TEST(result(a) == "b");
}

BOOST_AUTO_TEST_CASE(rejected_and_the_same_token_again)
{
    const credentials a = hold({"a", 86'400s});
    at(100s);
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(receive({"a", 86'400s}) == step::force);
    BOOST_TEST(receive({"a", 86'400s}) == step::done);
    BOOST_TEST(result(a) ==
               "connection conn_1 has the same token as before; its status is healthy");
    BOOST_TEST(result() == "a"); // others go on with it
    OPENINT_DECISION(ask(), hand_out, false);
    BOOST_TEST(quiet());
    OPENINT_DECISION(reject(a), fail, false);
    at(104s);
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(receive({"a", 86'400s}) == step::done); // not forced again so soon
    at(111s);
    OPENINT_DECISION(reject(a), fail, false); // 8 s
    at(130s);
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(receive({"a", 86'400s}) == step::force);
}

BOOST_AUTO_TEST_CASE(rejected_and_the_same_token_with_a_later_end)
{
    const credentials a = hold({"a", 3600s});
    reject(a);
    BOOST_TEST(receive({"a", 3600s}) == step::force);
    BOOST_TEST(receive({"a", 7200s}) == step::done);
    BOOST_TEST(result(a) == "a"); // counts as renewed
}

BOOST_AUTO_TEST_CASE(rejected_and_the_service_fails)
{
    const credentials a = hold({"a", 3600s});
    reject(a);
    fail(openint::error(openint::errc::timeout, "late"));
    BOOST_TEST(result(a) == "late");
    BOOST_TEST(result() == "a");
    OPENINT_DECISION(reject(a), fail, false);
    OPENINT_DECISION(ask(), hand_out, false);
    at(1s);
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(receive({"a", 3600s}) == step::force);
    fail(openint::error(openint::errc::timeout, "late")); // it may have taken effect
    at(3s);
    OPENINT_DECISION(reject(a), wait, true);
    BOOST_TEST(receive({"b", 3600s}) == step::done);
}

BOOST_AUTO_TEST_CASE(rejected_every_minute_of_a_day)
{
    credentials c = hold({"0", 1'000'000s});
    int forced = 0, refused = 0;
    for (int minute = 0; minute != 1440; ++minute) {
        at(std::chrono::minutes(minute));
        const auto d = reject(c);
        if (d.what == answer::wait && receive(c) == step::force) {
            ++forced;
            receive({std::to_string(forced), 1'000'000s});
        }
        const auto r = entry.result(c, now);
        if (r.given)
            c = r.given;
        else
            ++refused;
    }
    BOOST_TEST(forced == 30);
    BOOST_TEST(refused == 1440 - forced);

    at(std::chrono::minutes(1440 + 60)); // forgotten after an hour
    reject(c);
    BOOST_TEST(receive(c) == step::force);
    receive({"new", 1'000'000s});
    at(std::chrono::minutes(1440 + 60) + 30s);
    c = entry.current();
    reject(c);
    BOOST_TEST(receive(c) == step::force);
}

BOOST_AUTO_TEST_CASE(an_api_key_cannot_be_renewed)
{
    openint::connection c;
    c.id = "conn_1";
    c.settings.emplace();
    const auto key = [&] { return credential_access::make(openint::connection(c), 0s); };
    ask();
    BOOST_TEST(receive(key()) == step::done);
    BOOST_TEST(bool(entry.result({}, now).given));
    reject(key());
    BOOST_TEST(receive(key()) == step::done); // nothing forced
    BOOST_TEST(!entry.result(key(), now).given);
}

BOOST_AUTO_TEST_CASE(put_by_another_call)
{
    put({"a", 3600s});
    OPENINT_DECISION(ask(), hand_out, false);
    put({"old", 1800s}); // from before the last renewal
    BOOST_TEST(token() == "a");
    put({"over", -1s});
    BOOST_TEST(token() == "a");
    put({"b", 7200s});
    BOOST_TEST(token() == "b");

    const credentials b = entry.current();
    reject(b);
    put({"b", 7200s}); // changes nothing
    BOOST_TEST(!quiet());
    put({"c", 7300s});
    BOOST_TEST(receive({"b", 7200s}) == step::done); // was on its way; nothing to force any more
    BOOST_TEST(result(b) == "c");

    put({"c", 7300s, connection_status::disconnected});
    OPENINT_DECISION(ask(), fail, false);
    put({"d", 7200s}); // connected again
    OPENINT_DECISION(ask(), hand_out, false);
}

BOOST_AUTO_TEST_CASE(two_clocks)
{
    hold({"a", 3600s});
    now = {beginning + 3600s, 1001s}; // the machine slept
    OPENINT_DECISION(ask(), wait, true);
    BOOST_TEST(receive({"b", 7200s}) == step::done);

    now.wall = beginning - 24h; // set back
    OPENINT_DECISION(ask(), hand_out, false);
    now.steady += 3600s;
    OPENINT_DECISION(ask(), wait, true);
    // The answer's Date shows the skew; what is left of the token is the same.
    BOOST_TEST(receive(make({"c", 3600s + 3600s}, 25h)) == step::done);
    BOOST_TEST(quiet());

    machine forward; // set forward, and the service knows better: no forced renewal
    forward.hold({"a", 3600s});
    forward.now.wall += 24h;
    OPENINT_DECISION(forward.ask(), wait, true);
    BOOST_TEST(forward.receive(make({"a", 3600s}, -24h)) == step::done);
    OPENINT_DECISION(forward.ask(), hand_out, false);
    BOOST_TEST(!forward.entry.failing());
}

BOOST_AUTO_TEST_CASE(the_year_9999)
{
    openint::connection c = make_connection({"a"});
    c.settings->oauth->credentials->expires_at = openint::timestamp("9999-12-31T23:59:59Z");
    const credentials lasting = credential_access::make(std::move(c), 0s);
    BOOST_TEST((lasting.expires_at() == std::chrono::system_clock::time_point::max()));
    ask();
    BOOST_TEST(receive(lasting) == step::done);
    at(3599s);
    OPENINT_DECISION(ask(), hand_out, false);
    at(3600s); // by age
    OPENINT_DECISION(ask(), hand_out, true);
    BOOST_TEST(receive(lasting) == step::done);
    OPENINT_DECISION(ask(), hand_out, false);
}

BOOST_AUTO_TEST_CASE(what_is_kept)
{
    openint::connection c = make_connection({"a", 3600s});
    c.status_message = openint::secret("refresh failed: refresh_token=x");
    c.settings->oauth->credentials->raw.emplace();
    const credentials kept = credential_access::make(std::move(c), 10s);
    BOOST_TEST(!kept->status_message);
    BOOST_TEST(!kept->settings->oauth->credentials->refresh_token);
    BOOST_TEST(!kept->settings->oauth->credentials->raw);
    BOOST_TEST(kept->access_token().reveal() == "a");
    BOOST_TEST((*kept.expires_at() == beginning + 3590s)); // by this machine's clock
    BOOST_TEST((*kept->expires_at() == beginning + 3600s));
    const credentials copy = credential_access::with_own_count(kept);
    BOOST_TEST(&*copy == &*kept);
}

BOOST_AUTO_TEST_SUITE_END()
