// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_ENGINE_HPP
#define OPENINT_JSON_DETAIL_ENGINE_HPP

#include <openint/detail/config.hpp>
#include <openint/json/detail/keys.hpp>
#include <openint/json/detail/number.hpp>
#include <openint/json/error.hpp>
#include <openint/json/reader.hpp>

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace openint::json::detail {

/// Reads one value into what the pointer points to: an object of a class, or a container to which
/// it is appended.
using read_step = const char* (*)(reader& in, const char* p, void* into);

/// Takes the text of a string that has been read; one without data stands for null.
using text_step = void (*)(void* into, std::string_view text);

/// What null means for a member of a class.
enum class null_rule : unsigned char
{
    absent, // as if it were not there
    value,  // one of the member's values
    refused
};

/// How one member of a class is read: in one of two ways, which get the whole object.
struct member_reader
{
    json::detail::key key; // its text is in the text of all keys
    read_step read;        // nullptr: it is made from the text of a string
    text_step take;
    null_rule null;
};

/// All that reading a Describe'd class takes.
struct class_reader
{
    key_view keys;
    const member_reader* members;
    boost::json::object* (*extra)(void* object); // nullptr: unknown members are skipped
    void (*reset)(void* object);
    const std::uint8_t* required; // the members that must come
    std::size_t required_size;
};

/// The functions that walk the text. Each takes the first byte of a value and returns the place
/// after it, or nullptr after having recorded what is wrong. The place is handed on as an argument
/// and a result, so that it stays in a register.
struct engine
{
    static OPENINT_DECL const char* null(reader& in, const char* p);
    static OPENINT_DECL const char* boolean(reader& in, const char* p, bool& value);
    static OPENINT_DECL const char* integer(reader& in, const char* p, std::int64_t& value,
                                            std::int64_t least, std::int64_t greatest);
    static OPENINT_DECL const char* integer(reader& in, const char* p, std::uint64_t& value,
                                            std::uint64_t greatest);
    static OPENINT_DECL const char* floating(reader& in, const char* p, double& value);
    static OPENINT_DECL const char* floating(reader& in, const char* p, float& value);
    static OPENINT_DECL const char* digits(reader& in, const char* p, std::string_view& text);
    static OPENINT_DECL const char* string(reader& in, const char* p, std::string& value);
    static OPENINT_DECL const char* string(reader& in, const char* p, std::string_view& text);
    static OPENINT_DECL const char* value(reader& in, const char* p, boost::json::value& value);
    static OPENINT_DECL const char* value(reader& in, const char* p, boost::json::object& value);
    static OPENINT_DECL const char* value(reader& in, const char* p, boost::json::array& value);
    static OPENINT_DECL const char* skip(reader& in, const char* p);

    static OPENINT_DECL const char* class_object(reader& in, const char* p, void* object,
                                                 const class_reader& type);
    static OPENINT_DECL const char* array(reader& in, const char* p, void* into, read_step append);
    static OPENINT_DECL const char* map(reader& in, const char* p, void* into,
                                        const char* (*insert)(reader&, const char*, void*,
                                                              std::string_view key));

    /// How many elements of `size` bytes an array should have room for that has `count` of them and
    /// is full; 0 if that is more than may be taken, which has been recorded. Of the outermost
    /// array, the length of the text tells how many will come.
    static OPENINT_DECL std::size_t room(reader& in, const char* p, const void* into,
                                         std::size_t count, std::size_t size);

    /// What follows, for alternatives that are told apart by a member: its text if it is a string.
    static OPENINT_DECL const char* peek_member(reader& in, const char* p, std::string_view member,
                                                std::string_view& text);

    /// Whether as many bytes may be taken for what the text at `p` becomes; if not, that has been
    /// recorded.
    static bool take(reader& in, const char* p, std::size_t bytes)
    {
        if (bytes > in.memory_) [[unlikely]]
            return fail(in, p, errc::too_large, {}, "") != nullptr;
        in.memory_ -= bytes;
        return true;
    }

    // Recording failures; all return nullptr.
    static OPENINT_DECL const char* fail(reader& in, const char* at, errc code,
                                         std::string_view expected, const char* found = nullptr);
    static OPENINT_DECL const char* mismatch(reader& in, const char* at, std::string_view expected);
    static OPENINT_DECL const char* failed(reader& in);

    /// Says that more had been read, up to `p`, when the failure was found that has been recorded.
    static const char* had_read(reader& in, const char* p) noexcept
    {
        in.had_read_ = p;
        return nullptr;
    }

    /// The state to which a reader returns when an alternative did not fit.
    struct attempt
    {
        std::size_t depth;
        std::size_t memory;
        const char* start;
        const void* outermost;
    };
    static attempt begin(const reader& in, const char* p) noexcept
    {
        return {in.depth_, in.memory_, p, in.outermost_};
    }
    static OPENINT_DECL bool retry(reader& in, const attempt& a);

    /// Whether a function that uses the public interface has read a value.
    template <class F>
    static const char* call(reader& in, const char* p, F read)
    {
        in.at_ = in.mark_ = p;
        return read() ? in.at_ : failed(in);
    }

    /// The same for a codec: all that it reads is new, or else nothing is.
    template <class F>
    static const char* call_codec(reader& in, const char* p, F read)
    {
        const bool outer = in.all_again_;
        in.all_again_ = in.again_;
        p = call(in, p, read);
        in.all_again_ = outer;
        return p;
    }

private:
    friend class openint::json::reader;
    struct object_state;

    // Bodies of what must not be inlined go without OPENINT_DECL: GCC warns of `inline noinline`.
    // between values
    static const char* token(reader& in, const char* p);
    [[gnu::noinline]] static OPENINT_DECL const char* space(reader& in, const char* p);
    static const char* open(reader& in, const char* p, char bracket);
    static OPENINT_DECL const char* no_container(reader& in, const char* p, char bracket);
    static OPENINT_DECL const char* no_comma(reader& in, const char* p, char bracket);
    static const char* key(reader& in, const char* p, std::string_view& name);
    static const char* any_key(reader& in, const char* p, std::string_view& name);
    static OPENINT_DECL const char* not_text(reader& in, const char* p, std::string_view& name);
    static const char* collect(reader& in, const char* p, std::string_view name, bool plain,
                               boost::json::object& into);
    static OPENINT_DECL std::size_t guess(reader& in, const char* p, std::size_t count,
                                          std::size_t size) noexcept;
    [[gnu::noinline]] static OPENINT_DECL const char*
    other_member(reader& in, const char* p, void* object, const class_reader& type,
                 const member_reader* expected, object_state& state);
    [[gnu::noinline]] static OPENINT_DECL const char*
    other_text(reader& in, const char* p, void* object, const member_reader& member);
    [[gnu::noinline]] static OPENINT_DECL const char*
    null_member(reader& in, const char* p, void* object, const member_reader& member);

    // scalars
    static const char* literal(reader& in, const char* p, std::string_view text);
    static OPENINT_DECL const char* bad_literal(reader& in, const char* p, std::string_view text);
    static OPENINT_DECL const char* bad_number(reader& in, const char* p, const number& n);
    static OPENINT_DECL const char* bad_integer(reader& in, const char* p, const number& n,
                                                const std::string& range);
    static OPENINT_DECL const char* bad_string(reader& in, const char* p);
    static const char* text(reader& in, const char* p, std::string_view& text);
    [[gnu::noinline]] static OPENINT_DECL const char* string_tail(reader& in, const char* begin,
                                                                  const char* p);
    static const char* skip_characters(reader& in, const char* p);
    [[gnu::noinline]] static OPENINT_DECL const char* decode(reader& in, const char* begin,
                                                             const char* p, std::string_view& text);
    static const char* escape(reader& in, const char* p, std::uint32_t& character);
    static const char* skip_escape(reader& in, const char* p);
    static const char* skip_string(reader& in, const char* p);
    static const char* skip_scalar(reader& in, const char* p);
    static const char* skip_key(reader& in, const char* p);

    // free-form values
    [[gnu::noinline]] static OPENINT_DECL const char* scalar(reader& in, const char* p,
                                                             boost::json::value& value);
    struct container;
    [[gnu::noinline]] static OPENINT_DECL const char* fill(reader& in, const char* p,
                                                           container filled);
    static const char* element(reader& in, const char* p, boost::json::array& into,
                               boost::json::value*& inner);
    static const char* member(reader& in, const char* p, boost::json::object& into,
                              boost::json::value*& inner);
    [[gnu::noinline]] static OPENINT_DECL boost::json::value& add(std::string_view key,
                                                                  boost::json::object& into);
    [[gnu::noinline]] static OPENINT_DECL const char*
    text_member(reader& in, const char* p, std::string_view key, boost::json::object& into);
};

} // namespace openint::json::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/impl/containers.ipp>
#include <openint/json/impl/reader.ipp>
#include <openint/json/impl/scalars.ipp>
#include <openint/json/impl/value.ipp>
#endif

#endif
