// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contenders.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>

// What Boost.JSON needs to convert the types of the library that are no Describe'd classes.

namespace openint {

secret tag_invoke(boost::json::value_to_tag<secret>, const boost::json::value& value)
{
    return secret(std::string_view(value.as_string()));
}

timestamp tag_invoke(boost::json::value_to_tag<timestamp>, const boost::json::value& value)
{
    return timestamp(std::string_view(value.as_string()));
}

secret_json tag_invoke(boost::json::value_to_tag<secret_json>, const boost::json::value& value)
{
    return secret_json(value.as_object());
}

template <class T>
boxed<T> tag_invoke(boost::json::value_to_tag<boxed<T>>, const boost::json::value& value)
{
    boxed<T> out;
    if (!value.is_null())
        out = boost::json::value_to<T>(value);
    return out;
}

template <class E>
open_enum<E> tag_invoke(boost::json::value_to_tag<open_enum<E>>, const boost::json::value& value)
{
    return open_enum<E>(std::string_view(value.as_string()));
}

} // namespace openint

namespace benchmark_parse {

namespace {

struct reader
{
    static openint::connection connection(std::string_view text)
    {
        return boost::json::value_to<openint::connection>(
            boost::json::parse({text.data(), text.size()}));
    }
    static page list(std::string_view text)
    {
        return boost::json::value_to<page>(boost::json::parse({text.data(), text.size()}));
    }

    template <class T>
    static T finish(T value)
    {
        return value;
    }
};

} // namespace

const contender boost_value_to = make_contender<reader>("Boost.JSON value_to");

void boost_parse(std::string_view text) { keep(boost::json::parse({text.data(), text.size()})); }

} // namespace benchmark_parse
