// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "contenders.hpp"

#include <openint/json.hpp>

namespace benchmark_parse {

namespace {

struct reader
{
    static openint::connection connection(std::string_view text)
    {
        return openint::json::read<openint::connection>(text);
    }
    static page list(std::string_view text) { return openint::json::read<page>(text); }

    template <class T>
    static T finish(T value)
    {
        return value;
    }
};

} // namespace

const contender ours = make_contender<reader>("openint");

} // namespace benchmark_parse
