// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "read_dom.hpp"

#include <rapidjson/document.h>

#include <stdexcept>

namespace benchmark_parse {

namespace {

struct rapid
{
    using value = rapidjson::Value;

    template <class F>
    static void parse(std::string_view text, F f)
    {
        rapidjson::Document document;
        document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag>(
            text.data(), text.size());
        if (document.HasParseError())
            throw std::runtime_error("RapidJSON cannot read it");
        f(document);
    }

    static const value* member(const value& object, const char* name)
    {
        const auto at = object.FindMember(name);
        return at == object.MemberEnd() || at->value.IsNull() ? nullptr : &at->value;
    }
    static std::string_view text(const value& v) { return {v.GetString(), v.GetStringLength()}; }
    static double number(const value& v) { return v.GetDouble(); }
    static bool boolean(const value& v) { return v.GetBool(); }

    template <class F>
    static void each(const value& array, F f)
    {
        for (const value& item : array.GetArray())
            f(item);
    }

    static boost::json::value free(const value& v)
    {
        if (v.IsObject()) {
            boost::json::object o;
            o.reserve(v.MemberCount());
            for (const auto& member : v.GetObject())
                o.emplace(text(member.name), free(member.value));
            return o;
        }
        if (v.IsArray()) {
            boost::json::array a;
            a.reserve(v.Size());
            for (const value& item : v.GetArray())
                a.push_back(free(item));
            return a;
        }
        if (v.IsString())
            return boost::json::value(text(v));
        if (v.IsBool())
            return boost::json::value(v.GetBool());
        if (v.IsInt64())
            return boost::json::value(v.GetInt64());
        if (v.IsUint64())
            return boost::json::value(v.GetUint64());
        if (v.IsNumber())
            return boost::json::value(v.GetDouble());
        return nullptr;
    }
};

} // namespace

const contender rapidjson_dom = make_contender<dom_reader<rapid>>("RapidJSON");

} // namespace benchmark_parse
