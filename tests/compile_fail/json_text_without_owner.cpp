// expect: page::title
// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// A view can be written, but nothing would own what it would refer to when read.

#include <openint/json.hpp>

struct page
{
    std::string_view title;
};
BOOST_DESCRIBE_STRUCT(page, (), (title))

page read_page(std::string_view text) { return openint::json::read<page>(text); }
