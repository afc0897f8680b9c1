// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_DETAIL_RARE_STRING_HPP
#define OPENINT_DETAIL_RARE_STRING_HPP

#include <memory>
#include <string>
#include <string_view>

namespace openint::detail {

/// A string that is absent nearly always: one pointer, null while it is empty; copies are deep.
class rare_string
{
public:
    rare_string() noexcept = default;
    explicit rare_string(std::string_view text)
        : text_(text.empty() ? nullptr : std::make_unique<const std::string>(text))
    {}
    rare_string(const rare_string& other)
        : rare_string(other.view())
    {}
    rare_string(rare_string&&) noexcept = default;
    rare_string& operator=(const rare_string& other) { return *this = rare_string(other); }
    rare_string& operator=(rare_string&&) noexcept = default;
    ~rare_string() = default;

    bool empty() const noexcept { return !text_; }
    std::string_view view() const noexcept
    {
        return text_ ? std::string_view(*text_) : std::string_view();
    }

private:
    std::unique_ptr<const std::string> text_;
};

} // namespace openint::detail

#endif
