// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include <openint/detail/siphash.hpp>
#include <openint/impl/credential_map.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

using namespace std::chrono_literals;
using openint::detail::credential_access;
using openint::detail::credential_key_view;
using openint::detail::credential_map;
using openint::detail::credential_slot;
using openint::detail::moment;
using openint::detail::siphash;

namespace {

const openint::detail::token_digest mine{1}, other{2};

credential_key_view key(std::string_view id, const openint::detail::token_digest& owner = mine)
{
    return {owner, id, siphash({owner[0], 7}, id)};
}

// A map of at most ten entries.
struct fixture
{
    // As after a flight.
    credential_slot& add(const std::string& id, bool good)
    {
        credential_slot& s = map.find_or_insert(key(id));
        if (good) {
            openint::connection c;
            c.id = id;
            c.settings.emplace().access_token = openint::secret("token");
            const auto fresh = credential_access::make(std::move(c), 0s);
            s.entry.ask(now);
            s.entry.receive(fresh, now, 0, {});
        }
        return s;
    }
    void settle(const std::string& id, bool good) { map.release(add(id, good)); }
    bool has(const std::string& id) { return map.find(key(id)) != nullptr; }

    const moment now{std::chrono::sys_days(std::chrono::year(2026) / 6 / 1), 1000s};
    credential_map map{10};
};

std::string numbered(std::string prefix, int n) { return std::move(prefix) + std::to_string(n); }

} // namespace

BOOST_FIXTURE_TEST_SUITE(credentials_in_memory, fixture)

BOOST_AUTO_TEST_CASE(found_by_token_and_id)
{
    BOOST_TEST(!has("conn_1"));
    credential_slot& s = map.find_or_insert(key("conn_1"));
    BOOST_TEST(map.find(key("conn_1")) == &s);
    BOOST_TEST(&map.find_or_insert(key("conn_1")) == &s);
    BOOST_TEST(map.find(key("conn_1", other)) == nullptr);
    credential_key_view collides = key("conn_1", other);
    collides.hash = key("conn_1").hash;
    BOOST_TEST(map.find(collides) == nullptr);
    credential_key_view of_another = key("conn_2");
    of_another.hash = key("conn_1").hash;
    BOOST_TEST(map.find(of_another) == nullptr);
    BOOST_TEST(map.size() == 1u);
    map.erase(s);
    BOOST_TEST(!has("conn_1"));
}

BOOST_AUTO_TEST_CASE(a_second_chance_for_what_was_used)
{
    for (int i = 0; i != 10; ++i)
        settle(numbered("conn_", i), true);
    settle("conn_a", true); // all are new: the oldest goes
    BOOST_TEST(!has("conn_0"));
    BOOST_TEST(has("conn_a"));
    map.find(key("conn_1"))->used = true;
    settle("conn_b", true);
    BOOST_TEST(has("conn_1"));
    BOOST_TEST(!has("conn_2"));
    BOOST_TEST(map.evicted() == 2u);
    for (int i = 3; i != 10; ++i)
        map.find(key(numbered("conn_", i)))->used = true;
    settle("conn_c", true); // has not been used since
    BOOST_TEST(!has("conn_a"));
    for (const auto& s : {"conn_1", "conn_3", "conn_4", "conn_5", "conn_6", "conn_7", "conn_8",
                          "conn_9", "conn_b", "conn_c"})
        map.find(key(s))->used = true; // all of them: a new one comes in nevertheless
    settle("conn_last", true);
    BOOST_TEST(map.size() == 10u);
    BOOST_TEST(has("conn_last"));
}

BOOST_AUTO_TEST_CASE(a_flood_of_unknown_ids)
{
    credential_map large(200);
    for (int i = 0; i != 150; ++i) {
        credential_slot& s = large.find_or_insert(key(numbered("conn_", i)));
        openint::connection c;
        c.settings.emplace();
        s.entry.put(credential_access::make(std::move(c), 0s), now, 0, {});
        large.release(s);
    }
    for (int i = 0; i != 100'000; ++i)
        large.release(large.find_or_insert(key(numbered("conn_unknown_", i))));
    for (int i = 0; i != 150; ++i)
        BOOST_TEST((large.find(key(numbered("conn_", i))) != nullptr));
    BOOST_TEST(large.size() == 200u);
    BOOST_TEST(large.evicted() == 100'000u - 50);

    // They cannot take much memory, either.
    large.release(large.find_or_insert(key(std::string(257, 'x'))));
    BOOST_TEST((large.find(key(std::string(257, 'x'))) == nullptr));
}

BOOST_AUTO_TEST_CASE(only_good_ones_and_an_unknown_id)
{
    for (int i = 0; i != 10; ++i)
        settle(numbered("conn_", i), true);
    settle("conn_unknown", false);
    BOOST_TEST(!has("conn_unknown"));
    for (int i = 0; i != 10; ++i)
        BOOST_TEST(has(numbered("conn_", i)));
}

BOOST_AUTO_TEST_CASE(what_is_in_flight_stays)
{
    add("conn_flying", false);
    for (int i = 0; i != 100; ++i)
        settle(numbered("conn_", i), i % 2 == 0);
    BOOST_TEST(has("conn_flying"));
    map.clear();
    BOOST_TEST(map.size() == 1u);
    map.release(*map.find(key("conn_flying")));
    credential_slot& s = *map.find(key("conn_flying"));
    map.hold(s);
    BOOST_TEST(map.held().size() == 1u);
}

BOOST_AUTO_TEST_CASE(hashes)
{
    // As of the reference implementation with one and three rounds: the key is 00 01 ... 0f.
    const openint::detail::siphash_key k{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    BOOST_TEST(siphash(k, "") == 0xabac0158050fc4dc); // as others have it
    BOOST_TEST(siphash(k, "") != siphash({1, 2}, ""));
    BOOST_TEST(siphash(k, "") != siphash(k, std::string_view("\0", 1)));
    BOOST_TEST(siphash(k, "12345678") != siphash(k, "12345679"));
    BOOST_TEST(siphash(k, "conn_github_1") != siphash(k, "conn_github_2"));
}

BOOST_AUTO_TEST_SUITE_END()
