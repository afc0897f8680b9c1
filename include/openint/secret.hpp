// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_SECRET_HPP
#define OPENINT_SECRET_HPP

#include <openint/detail/wipe.hpp>
#include <openint/json/codec.hpp>

#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <version>
#if defined(__cpp_lib_format)
#include <format>
#endif

namespace openint {

/// What is printed in place of a secret.
inline constexpr std::string_view redacted = "[redacted]";

/// A token, a key, or any other text that must not end up in a log by accident.
///
/// It is made from text explicitly and never turns into text by itself: `operator<<`,
/// `std::format`, `openint::json::write` and `boost::json::value_from` all print `[redacted]`.
/// `reveal()` is the one way out, easy to search for:
///
/// \code
/// openint::secret token(std::getenv("TOKEN"));
/// std::cout << token;                               // [redacted]
/// request.set("Authorization", "Bearer " + std::string(token.reveal()));
/// \endcode
///
/// Its bytes are overwritten when it is destroyed, assigned to or moved from, whether it is short
/// or long. What it cannot wipe: copies that were made of the revealed text, and the text that it
/// was copied from. Whether it is empty is no secret.
///
/// As safe among threads as a `std::string`: any number may read one that nobody changes.
class secret
{
public:
    /// Empty.
    secret() noexcept = default;

    /// Holds a copy of `text`, which is not wiped.
    explicit secret(std::string_view text)
        : text_(text)
    {}

    /// Holds a copy of `text`, which must not be null.
    explicit secret(const char* text)
        : text_(text)
    {}

    /// Takes the text over and wipes what is left in `text`. Allocates nothing.
    explicit secret(std::string&& text) noexcept { take(text); }

    /// A copy; both are wiped in their own time.
    secret(const secret& other) = default;

    /// `other` is empty and wiped afterwards.
    secret(secret&& other) noexcept { take(other.text_); }

    /// The old text is wiped. Without effect if copying throws.
    secret& operator=(const secret& other) { return *this = secret(other); }

    /// The old text is wiped; `other` is empty and wiped afterwards.
    secret& operator=(secret&& other) noexcept
    {
        if (this != &other) {
            detail::wipe(text_);
            take(other.text_);
        }
        return *this;
    }

    ~secret() { detail::wipe(text_); }

    /// The text, valid until this secret is changed or destroyed; therefore not for temporaries.
    std::string_view reveal() const& noexcept { return text_; }
    std::string_view reveal() const&& = delete;

    /// Whether there is no text, as in one that was made without or moved from.
    bool empty() const noexcept { return text_.empty(); }

    /// Compares the texts. Not in constant time: do not check what strangers send with it.
    friend bool operator==(const secret&, const secret&) = default;

    /// Prints `[redacted]`.
    friend std::ostream& operator<<(std::ostream& out, const secret&) { return out << redacted; }

    /// `boost::json::value_from` gives `"[redacted]"`.
    friend void tag_invoke(const boost::json::value_from_tag&, boost::json::value& out,
                           const secret&)
    {
        out = redacted;
    }

private:
    friend json::codec<secret>;

    // Moves `from` into text_, which is empty and wiped: a string that becomes a long one would
    // leave its own short text behind in the object, as the one that is moved from does.
    void take(std::string& from) noexcept
    {
        const std::size_t size = from.size();
        text_ = std::move(from);
        // NOLINTNEXTLINE(bugprone-use-after-move): what is left in it
        if (size <= from.capacity()) {
            from.resize(size);
            detail::wipe(from);
        }
    }

    std::string text_;
};

} // namespace openint

/// JSON: a string; written as `"[redacted]"` unless the writer is told to reveal secrets.
template <>
struct openint::json::codec<openint::secret>
{
    static constexpr bool from_text = true;
    static bool read(reader& in, secret& value)
    {
        std::string_view text;
        if (!in.string(text))
            return false;
        openint::detail::wipe(value.text_);
        value.text_ = text;
        return true;
    }
    static void write(writer& out, const secret& value) { out.secret(value.reveal()); }
};

#if defined(__cpp_lib_format)
/// `std::format` prints `[redacted]`, with the format specification of a string.
template <>
struct std::formatter<openint::secret> : std::formatter<std::string_view>
{
    template <class Context>
    auto format(const openint::secret&, Context& context) const
    {
        return std::formatter<std::string_view>::format(openint::redacted, context);
    }
};
#endif

#endif
