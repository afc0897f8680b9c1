// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_TEXT_HPP
#define OPENINT_TESTS_SUPPORT_TEXT_HPP

#include <sstream>
#include <string>
#include <string_view>

namespace test {

inline bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// What `<<` writes.
std::string print(const auto& value)
{
    std::ostringstream out;
    out << value;
    return out.str();
}

} // namespace test

#endif
