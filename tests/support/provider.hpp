// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_PROVIDER_HPP
#define OPENINT_TESTS_SUPPORT_PROVIDER_HPP

#include <openint/credential_cache_options.hpp>
#include <openint/testing/mock_server.hpp>
#include <openint/timestamp.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <map>
#include <mutex>
#include <string>

namespace test {

/// A clock that goes on when it is told to.
class fake_clock
{
public:
    void advance(std::chrono::milliseconds d)
    {
        wall_ += d.count();
        steady_ += d.count();
    }
    /// The machine's wall clock is set, or it has slept.
    void set_wall(std::chrono::milliseconds by) { wall_ += by.count(); }

    openint::clock_reading read() const
    {
        using std::chrono::milliseconds;
        return {std::chrono::sys_days(std::chrono::year(2026) / 6 / 1) + milliseconds(wall_),
                std::chrono::steady_clock::time_point(milliseconds(1'000'000 + steady_))};
    }
    /// The time of everybody else, such as the service.
    std::chrono::sys_seconds true_time() const
    {
        return std::chrono::sys_days(std::chrono::year(2026) / 6 / 1) +
               std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(steady_));
    }

private:
    std::atomic<std::int64_t> wall_{0};
    std::atomic<std::int64_t> steady_{0};
};

/// What the service does about credentials: `auto` renews what has expired, `force` always, with a
/// new token and end each time. The token tells whose it is: "BEARER/ID/NUMBER".
class provider
{
public:
    struct account
    {
        int number = 0;
        std::chrono::sys_seconds ends{};
        int looks = 0;
        int forced = 0;
        int overlapping = 0; // forced renewals that began before another had ended
        std::chrono::steady_clock::time_point busy_until{};
    };

    explicit provider(const fake_clock& clock)
        : clock_(clock)
    {}

    // Set before requests are made, or between them.
    std::atomic<int> life = 3600;    // seconds
    std::atomic<bool> renews = true; // a forced renewal brings a new token
    std::atomic<const char*> status = "healthy";
    std::atomic<bool> disabled = false;
    std::atomic<int> latency = 0; // of a forced renewal, in milliseconds

    openint::testing::response operator()(const openint::testing::request& r)
    {
        const std::string id(r.path().substr(r.path().rfind('/') + 1));
        const std::string bearer(r.header("Authorization").value_or("Bearer none").substr(7));
        const bool forced = r.query().find("refresh_policy=force") != std::string_view::npos;
        const std::lock_guard lock(mutex_);
        account& a = accounts_[id];
        const auto now = clock_.true_time();
        ++(forced ? a.forced : a.looks);
        if (forced) {
            const auto time = std::chrono::steady_clock::now();
            if (time < a.busy_until)
                ++a.overlapping;
            a.busy_until = time + std::chrono::milliseconds(latency);
        }
        if (a.number == 0 || (renews && (forced || a.ends <= now))) {
            ++a.number;
            a.ends = now + std::chrono::seconds(life);
        }
        auto answer = openint::testing::respond(
            200,
            R"({"id":")" + id + R"(","connector_name":"github","status":")" + status.load() +
                R"(","disabled":)" + (disabled ? "true" : "false") +
                R"(,"settings":{"oauth":{"credentials":{"access_token":")" + bearer + "/" + id +
                "/" + std::to_string(a.number) + R"(","refresh_token":"r","expires_at":")" +
                std::string(openint::timestamp(
                                std::chrono::time_point_cast<std::chrono::microseconds>(a.ends))
                                .text()) +
                R"("}}}})");
        answer.header("Date", date(now));
        if (forced && latency > 0)
            answer.delay(std::chrono::milliseconds(latency));
        return answer;
    }

    account of(const std::string& id)
    {
        const std::lock_guard lock(mutex_);
        return accounts_[id];
    }
    int overlapping()
    {
        const std::lock_guard lock(mutex_);
        int n = 0;
        for (const auto& [id, a] : accounts_)
            n += a.overlapping;
        return n;
    }
    /// Somebody else renews it.
    void renew_elsewhere(const std::string& id)
    {
        const std::lock_guard lock(mutex_);
        account& a = accounts_[id];
        ++a.number;
        a.ends = clock_.true_time() + std::chrono::seconds(life);
    }

    static std::string date(std::chrono::sys_seconds t)
    {
        const std::time_t seconds = std::chrono::system_clock::to_time_t(t);
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        char text[40];
        return {text, std::strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts)};
    }

private:
    const fake_clock& clock_;
    std::mutex mutex_;
    std::map<std::string, account> accounts_;
};

} // namespace test

#endif
