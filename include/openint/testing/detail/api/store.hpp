// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_API_STORE_HPP
#define OPENINT_TESTING_DETAIL_API_STORE_HPP

// The data of the mock server: rows of JSON by id, in the order in which they were added.

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
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
        return time(a) != time(b) ? time(a) > time(b) : a->text("id") < b->text("id");
    });
    return rows;
}

// A value inside of another one; null where there is none.
inline const boost::json::value* find_inside(const boost::json::value& in, std::string_view pointer)
{
    boost::system::error_code ec;
    return in.find_pointer(pointer, ec);
}

inline std::string text_inside(const boost::json::value& in, std::string_view pointer)
{
    const boost::json::value* found = find_inside(in, pointer);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

} // namespace openint::testing::detail

#endif
