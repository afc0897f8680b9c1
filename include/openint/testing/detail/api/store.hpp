// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_MOCK_SERVER_STORE_IPP
#define OPENINT_IMPL_MOCK_SERVER_STORE_IPP

// The data of the mock server: rows of JSON by id, in the order in which they were added.

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <list>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openint::testing::detail {

// One row, with the texts that have been made of it (by the caller's choice of index).
struct row
{
    boost::json::object value;
    std::array<std::string, 4> texts = {};
    std::size_t number = 0; // in the order in which they were added

    // A member that is text; empty where it is not.
    std::string_view text(std::string_view name) const
    {
        const boost::json::value* v = value.if_contains(name);
        return v && v->is_string() ? std::string_view(v->get_string()) : std::string_view();
    }
};

class table
{
public:
    // Adds a row or replaces the one of this id.
    row& put(boost::json::object value)
    {
        const boost::json::value* id = value.if_contains("id");
        if (!id || !id->is_string())
            throw std::invalid_argument("a row of the mock server needs a text \"id\"");
        std::string key(id->get_string());
        const auto found = index_.find(key);
        if (found != index_.end())
            return *found->second = row{std::move(value), {}, found->second->number};
        rows_.push_back(row{std::move(value), {}, ++added_});
        index_.emplace(std::move(key), std::prev(rows_.end()));
        return rows_.back();
    }

    row* find(std::string_view id)
    {
        const auto found = index_.find(id);
        return found == index_.end() ? nullptr : &*found->second;
    }

    void erase(std::string_view id)
    {
        const auto found = index_.find(id);
        if (found == index_.end())
            return;
        rows_.erase(found->second);
        index_.erase(found);
    }

    template <class Predicate>
    std::vector<row*> select(Predicate which)
    {
        std::vector<row*> out;
        for (row& r : rows_)
            if (which(std::as_const(r)))
                out.push_back(&r);
        return out;
    }

private:
    std::list<row> rows_; // a list, so that rows stay where they are
    std::map<std::string, std::list<row>::iterator, std::less<>> index_;
    std::size_t added_ = 0;
};

struct store
{
    table connections;
    table configs;
    table customers;
    table events;
};

// The order of the real server: what was changed last comes first.
inline std::vector<row*> newest_first(std::vector<row*> rows, std::string_view by = "updated_at")
{
    const auto time = [by](const row* r) {
        const std::string_view text = r->text(by);
        return text.empty() ? std::string_view("~") : text; // changed just now, as it were
    };
    std::sort(rows.begin(), rows.end(), [&](const row* a, const row* b) {
        return std::pair(time(a), a->number) > std::pair(time(b), b->number);
    });
    return rows;
}

inline std::string format_time(std::chrono::system_clock::time_point when, const char* format)
{
    const std::time_t t = std::chrono::system_clock::to_time_t(when);
    std::tm tm{};
    gmtime_r(&t, &tm);
    char text[40];
    return std::string(text, std::strftime(text, sizeof text, format, &tm));
}

// Now, as in rows of the database: "2026-01-02 03:04:05.678901+00".
inline std::string row_time()
{
    const auto now = std::chrono::system_clock::now();
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(
                            now.time_since_epoch() % std::chrono::seconds(1))
                            .count();
    char fraction[16];
    std::snprintf(fraction, sizeof fraction, ".%06d+00", static_cast<int>(micros));
    return format_time(now, "%Y-%m-%d %H:%M:%S") + fraction;
}

// In so many seconds, as in settings: "2026-01-02T03:04:05.000Z".
inline std::string settings_time(std::int64_t seconds)
{
    return format_time(std::chrono::system_clock::now() + std::chrono::seconds(seconds),
                       "%Y-%m-%dT%H:%M:%S.000Z");
}

} // namespace openint::testing::detail

#endif
