// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_READER_HPP
#define OPENINT_JSON_READER_HPP

#include <openint/detail/config.hpp>
#include <openint/json/detail/scan.hpp>
#include <openint/json/detail/scratch.hpp>
#include <openint/json/error.hpp>

#include <boost/json/kind.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace openint::json {

class reader;

namespace detail {
struct engine;
template <class T>
const char* read_value(reader& in, const char* p, T& value);
} // namespace detail

/// How a text is read.
struct read_options
{
    /// Arrays and objects may be nested this deep; deeper ones are `errc::too_deep`.
    ///
    /// At the default, what is free-form or not known takes less than 64 KiB of stack to be read or
    /// destroyed, where Boost.JSON is optimized. A class that contains itself takes some 150 to 250
    /// bytes for each level in optimized programs, which fits the 128 KiB of a stackful coroutine,
    /// and three times as many in others.
    std::size_t max_depth = 512;

    /// Bytes that the elements of vectors, the values of maps and what is pointed to may take in
    /// all, room for more elements included; more is `errc::too_large`. No limit by default.
    ///
    /// For texts of which not everything can be trusted: `{}` can become a large struct, and a
    /// list of them a thousand times as large as its text. Strings, and what becomes Boost.JSON's
    /// values, are not counted, since they keep a proportion to the text.
    std::size_t max_memory = (std::numeric_limits<std::size_t>::max)();
};

/// Walks a text once and stores what it says into C++ objects.
///
/// This is what a `codec` is given; to read a text, use `read` and its kin in <openint/json.hpp>.
/// When a codec is called, the reader stands before a value, and the codec consumes exactly that
/// value by one of the functions below. Each returns false after a failure; then the codec returns
/// false at once. Reading accepts what RFC 8259 allows and nothing else, and a byte order mark in
/// front.
///
/// A reader never touches a byte outside of the text, keeps no copy of it, and is used by one
/// thread.
class reader
{
public:
    /// Reads `text`, which must stay alive as long as the reader.
    explicit reader(std::string_view text, const read_options& options = {}) noexcept;
    reader(const reader&) = delete;
    reader& operator=(const reader&) = delete;

    /// What kind of value comes next; every number is `double_`, and what is no value at all
    /// `null`.
    OPENINT_DECL boost::json::kind peek() const noexcept;

    /// Reads a value of any type that can be mapped. `value` must be as its class makes it, or a
    /// part of what the codec was given.
    template <class T>
    bool read(T& value);

    /// Reads a string. `text` is valid until the next call.
    OPENINT_DECL bool string(std::string_view& text);

    /// Reads a number and gives its digits as they are written. They are valid as long as the text.
    OPENINT_DECL bool number(std::string_view& digits);

    /// Reads any value and gives it as it is written. It is valid as long as the text.
    OPENINT_DECL bool raw(std::string_view& text);

    /// Reads an array: calls `bool element()` before each element, which must read it.
    template <class F>
    bool array(F&& element);

    /// Reads an object: calls `bool member(std::string_view key)` before each value, which must
    /// read it. `key` is valid until something is read.
    template <class F>
    bool object(F&& member);

    /// Says that the value just read, or the next one if none has been, is not what it should be.
    /// `expected` completes "expected ...": "an ISO date". Returns false.
    OPENINT_DECL bool fail(std::string_view expected);

    /// Reads the whole text into `value`, followed by nothing but white space. What `value` held
    /// before is lost, even if the text does not mention it; a value that is `fresh` holds nothing.
    template <class T>
    bool document(T& value, bool fresh = false);

    /// What was wrong, after a function has returned false. Finding the place takes a walk through
    /// the text.
    OPENINT_DECL error_info error() const;

private:
    friend struct detail::engine;

    using step = const char* (*)(reader&, const char*, void*);
    OPENINT_DECL bool whole(void* value, step read_value, bool again);
    bool begin_value();
    bool end_value(const char* end);
    OPENINT_DECL bool each_element(void* f, bool (*call)(void*));
    OPENINT_DECL bool each_member(void* f, bool (*call)(void*, std::string_view));

    const char* const begin_;
    const char* const end_;
    const char* const blocks_;        // before it, sixteen bytes can be read
    const char* at_;                  // where functions of this class continue
    const char* mark_;                // the value that fail() speaks of
    std::size_t depth_;               // levels that may still be opened
    std::size_t memory_;              // bytes that may still be taken
    const void* outermost_ = nullptr; // the array that is in no other one,
    const char* elements_ = nullptr;  // and where its elements begin
    bool again_ = false;              // the value that is read next has been read before,
    bool all_again_ = false;          // and so have all that the present codec reads
    std::size_t guessed_ = 0;         // bytes of elements that were only expected to come
    std::size_t retried_ = 0;         // bytes read in vain, looking for the alternative that fits

    // what went wrong first
    const char* failed_at_ = nullptr;
    const char* had_read_ = nullptr; // at least up to there
    const char* found_ = nullptr;    // nullptr: what is there says it
    errc code_{};
    std::string expected_;

    std::string_view tail_;   // the last string that was not plain
    detail::scratch scratch_; // decoded strings
};

inline reader::reader(std::string_view text, const read_options& options) noexcept
    : begin_(text.data())
    , end_(text.data() + text.size())
    , blocks_(detail::end_of_blocks(begin_, end_))
    , at_(begin_)
    , mark_(begin_)
    , depth_(options.max_depth)
    , memory_(options.max_memory)
{}

template <class T>
bool reader::read(T& value)
{
    if (at_ == end_)
        return fail("value");
    const char* const start = at_;
    again_ = all_again_;
    const char* const end = detail::read_value(*this, start, value);
    again_ = false;
    if (end == nullptr)
        return false;
    at_ = end;
    mark_ = start;
    return true;
}

template <class T>
bool reader::document(T& value, bool fresh)
{
    const step read_value = [](reader& in, const char* p, void* v) {
        return detail::read_value(in, p, *static_cast<T*>(v));
    };
    return whole(&value, read_value, !fresh);
}

template <class F>
bool reader::array(F&& element)
{
    using function = std::remove_reference_t<F>;
    return each_element(const_cast<void*>(static_cast<const void*>(std::addressof(element))),
                        [](void* f) -> bool { return (*static_cast<function*>(f))(); });
}

template <class F>
bool reader::object(F&& member)
{
    using function = std::remove_reference_t<F>;
    return each_member(
        const_cast<void*>(static_cast<const void*>(std::addressof(member))),
        [](void* f, std::string_view key) -> bool { return (*static_cast<function*>(f))(key); });
}

} // namespace openint::json

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/detail/engine.hpp>
#endif

#endif
