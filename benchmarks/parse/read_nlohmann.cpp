// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "read_dom.hpp"

#include <nlohmann/json.hpp>

namespace benchmark_parse {

namespace {

struct nlohmann_values
{
    using value = nlohmann::json;

    template <class F>
    static void parse(std::string_view text, F f)
    {
        f(nlohmann::json::parse(text));
    }

    static const value* member(const value& object, const char* name)
    {
        const auto at = object.find(name);
        return at == object.end() || at->is_null() ? nullptr : &*at;
    }
    static std::string_view text(const value& v) { return v.get_ref<const std::string&>(); }
    static double number(const value& v) { return v.get<double>(); }
    static bool boolean(const value& v) { return v.get<bool>(); }

    template <class F>
    static void each(const value& array, F f)
    {
        for (const value& item : array)
            f(item);
    }

    static boost::json::value free(const value& v)
    {
        switch (v.type()) {
        case value::value_t::object: {
            boost::json::object o;
            o.reserve(v.size());
            for (const auto& [name, item] : v.items())
                o.emplace(name, free(item));
            return o;
        }
        case value::value_t::array: {
            boost::json::array a;
            a.reserve(v.size());
            for (const value& item : v)
                a.push_back(free(item));
            return a;
        }
        case value::value_t::string:
            return boost::json::value(text(v));
        case value::value_t::boolean:
            return boost::json::value(v.get<bool>());
        case value::value_t::number_integer:
        case value::value_t::number_unsigned:
            if (v.is_number_unsigned() && v.get<std::uint64_t>() > INT64_MAX)
                return boost::json::value(v.get<std::uint64_t>());
            return boost::json::value(v.get<std::int64_t>());
        case value::value_t::number_float:
            return boost::json::value(v.get<double>());
        default:
            return nullptr;
        }
    }
};

} // namespace

const contender nlohmann_dom = make_contender<dom_reader<nlohmann_values>>("nlohmann");

} // namespace benchmark_parse
