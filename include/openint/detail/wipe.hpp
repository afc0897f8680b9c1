// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_DETAIL_WIPE_HPP
#define OPENINT_DETAIL_WIPE_HPP

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace openint::detail {

/// Overwrites `size` bytes with zeros in a way that the optimizer does not remove, even when the
/// memory is freed right afterwards.
inline void wipe(void* data, std::size_t size) noexcept
{
    if (size == 0)
        return;
#if defined(__GNUC__)
    std::memset(data, 0, size);
    asm volatile("" : : "r"(data) : "memory");
#else
    for (auto* p = static_cast<volatile unsigned char*>(data); size != 0; ++p, --size)
        *p = 0;
#endif
}

/// Wipes the text and leaves it empty. What lies after its end, in a string that was longer before
/// or was moved from, is not touched.
inline void wipe(std::string& text) noexcept
{
    wipe(text.data(), text.size());
    text.clear();
}

/// Makes room for `more` characters, at least twice as much as there was. What the text outgrows is
/// wiped, which `std::string` itself would leave behind.
inline void reserve_more(std::string& text, std::size_t more)
{
    if (more <= text.capacity() - text.size())
        return;
    std::string larger;
    larger.reserve((std::max)(text.size() + more, 2 * text.capacity()));
    larger.append(text);
    wipe(text);
    text.swap(larger);
}

/// A text that is wiped when it is destroyed or assigned to.
class wiped_string
{
public:
    wiped_string() = default;
    wiped_string(const wiped_string&) = default;
    wiped_string(wiped_string&& other) noexcept { text_.swap(other.text_); }
    wiped_string& operator=(wiped_string other) noexcept
    {
        text_.swap(other.text_);
        return *this;
    }
    ~wiped_string() { wipe(text_); }

    /// To write to. A text of fewer than 16 characters leaves a copy behind when it is moved,
    /// unless room for more has been reserved.
    std::string& text() noexcept { return text_; }
    std::string_view view() const noexcept { return text_; }

private:
    std::string text_;
};

} // namespace openint::detail

#endif
