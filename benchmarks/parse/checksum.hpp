// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_PARSE_CHECKSUM_HPP
#define OPENINT_BENCHMARKS_PARSE_CHECKSUM_HPP

#include "documents.hpp"

#include <boost/describe/members.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace benchmark_parse {

/// A sum over all fields of a result, whatever read it. The order of members of free-form objects
/// does not count, as some contenders sort them.
class checksum
{
public:
    template <class T>
    static std::uint64_t of(const T& value)
    {
        checksum sum;
        sum.add(value);
        return sum.state_;
    }

private:
    void mix(std::uint64_t x) { state_ = (state_ ^ x) * 0x9E3779B97F4A7C15 + (state_ >> 29); }

    void add(std::string_view text) { mix(std::hash<std::string_view>{}(text)); }
    void add(const std::string& text) { add(std::string_view(text)); }
    void add(const openint::secret& value) { add(value.reveal()); }
    void add(const openint::timestamp& value) { add(value.text()); }
    void add(const openint::secret_json& value) { add(value.reveal()); }
    void add(bool value) { mix(value ? 2 : 1); }
    void add(double value) { mix(std::hash<double>{}(value)); }
    template <class E>
    void add(const openint::open_enum<E>& value)
    {
        add(value.known());
        add(value.text());
    }

    void add(const boost::json::object& value)
    {
        std::uint64_t members = value.size();
        for (const auto& member : value) {
            checksum one;
            one.add(std::string_view(member.key().data(), member.key().size()));
            one.add(member.value());
            members += one.state_;
        }
        mix(members);
    }
    void add(const boost::json::value& value)
    {
        mix(static_cast<std::uint64_t>(value.kind()));
        if (const auto* o = value.if_object())
            add(*o);
        else if (const auto* a = value.if_array())
            for (const auto& item : *a)
                add(item);
        else if (const auto* s = value.if_string())
            add(std::string_view(s->data(), s->size()));
        else if (value.is_bool())
            add(value.get_bool());
        else if (!value.is_null())
            add(value.to_number<double>());
    }

    template <class T>
    void add(const std::optional<T>& value)
    {
        mix(value ? 4 : 3);
        if (value)
            add(*value);
    }

    template <class T>
    void add(const openint::boxed<T>& value)
    {
        mix(value ? 4 : 3);
        if (value)
            add(*value);
    }
    template <class T>
    void add(const std::vector<T>& value)
    {
        mix(value.size());
        for (const T& item : value)
            add(item);
    }
    template <class T>
    requires boost::describe::has_describe_members<T>::value void add(const T& value)
    {
        using members = boost::describe::describe_members<T, boost::describe::mod_public>;
        boost::mp11::mp_for_each<members>([&](auto member) { add(value.*member.pointer); });
    }

    std::uint64_t state_ = 1;
};

} // namespace benchmark_parse

#endif
