// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_IMPL_CONTAINERS_IPP
#define OPENINT_JSON_IMPL_CONTAINERS_IPP

#include <openint/json/detail/engine.hpp>
#include <openint/json/detail/steps.hpp>
#include <openint/json/reader.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

// Arrays and objects that become vectors, maps and classes.

namespace openint::json::detail {

OPENINT_DECL const char* engine::array(reader& in, const char* p, void* into, read_step append)
{
    p = open(in, p, '[');
    if (p == nullptr)
        return nullptr;
    if (in.outermost_ == nullptr) {
        in.outermost_ = into;
        in.elements_ = p;
    }
    if (*p != ']') {
        for (;;) {
            if ((p = append(in, p, into)) == nullptr || (p = token(in, p)) == nullptr)
                return nullptr;
            if (*p == ']')
                break;
            if (*p != ',')
                return no_comma(in, p, ']');
            if ((p = token(in, p + 1)) == nullptr)
                return nullptr;
        }
    }
    if (in.outermost_ == into)
        in.outermost_ = nullptr;
    ++in.depth_;
    return p + 1;
}

OPENINT_DECL std::size_t engine::room(reader& in, const char* p, const void* into,
                                      std::size_t count, std::size_t size)
{
    std::size_t more = count;
    if (count == 0) // most arrays are short: their only allocation
        more = std::clamp<std::size_t>(1024 / size, 1, 8);
    else if (into == in.outermost_)
        more = (std::max)(count, guess(in, p, count, size));
    return take(in, p, more * size) ? count + more : 0;
}

// How many more elements the outermost array is expected to have; 0 if that is not worth while.
OPENINT_DECL std::size_t engine::guess(reader& in, const char* p, std::size_t count,
                                       std::size_t size) noexcept
{
    // As many as those so far let expect, and some more, as they differ; but not much more memory
    // than the text itself takes, whatever it pretends and in however many arrays.
    const auto left = static_cast<std::size_t>(in.end_ - p);
    const std::size_t expected = left / (static_cast<std::size_t>(p - in.elements_) / count) + 1;
    const std::size_t whole = 4 * static_cast<std::size_t>(in.end_ - in.begin_);
    const std::size_t most = (std::min)(4 * left, whole - in.guessed_) / size;
    const std::size_t more = (std::min)(expected + expected / 16, most);
    if (more <= count)
        return 0;
    in.guessed_ += more * size;
    return more;
}

OPENINT_DECL const char* engine::map(reader& in, const char* p, void* into,
                                     const char* (*insert)(reader&, const char*, void*,
                                                           std::string_view))
{
    p = open(in, p, '{');
    if (p == nullptr)
        return nullptr;
    if (*p != '}') {
        for (;;) {
            std::string_view name;
            if ((p = key(in, p, name)) == nullptr || (p = insert(in, p, into, name)) == nullptr ||
                (p = token(in, p)) == nullptr)
                return nullptr;
            if (*p == '}')
                break;
            if (*p != ',')
                return no_comma(in, p, '}');
            if ((p = token(in, p + 1)) == nullptr)
                return nullptr;
        }
    }
    ++in.depth_;
    return p + 1;
}

// What reading an object of a class keeps beside the place.
struct engine::object_state
{
    // Members come in runs, each in the order of the class: `run` is where the present one began,
    // `seen` has those of all runs before it, which are below `high`. A member can have come before
    // only if it is among these.
    void end_run(std::size_t behind)
    {
        if (high == 0)
            std::fill(std::begin(seen), std::end(seen), 0);
        const auto end = static_cast<std::uint8_t>(behind);
        for (; run < end; ++run)
            seen[run / 64] |= std::uint64_t{1} << run % 64;
        high = (std::max)(high, end);
    }

    bool came_before(std::size_t index) const noexcept
    {
        return index < high && (seen[index / 64] >> index % 64 & 1) != 0;
    }

    // With the present run, which has come as far as `behind`.
    bool came(std::size_t index, std::size_t behind) const noexcept
    {
        return (index >= run && index < behind) || came_before(index);
    }

    const member_reader* member; // set by other_member
    std::uint64_t seen[(key_view::none + 63) / 64];
    std::uint8_t run = 0;
    std::uint8_t high = 0;
    bool collects = false; // what the class does not know has come
};

// A key that may be no text, having half of a surrogate pair: `name` is without data then.
inline const char* engine::any_key(reader& in, const char* p, std::string_view& name)
{
    const char* const end = key(in, p, name);
    return end != nullptr ? end : not_text(in, p, name);
}

[[gnu::cold]] OPENINT_DECL const char* engine::not_text(reader& in, const char* p,
                                                        std::string_view& name)
{
    if (in.code_ != errc::not_utf8)
        return nullptr;
    in.failed_at_ = nullptr;
    name = {};
    return skip_key(in, p);
}

// A member that the class does not know. It is kept as null if it is JSON, but beyond Boost.JSON's
// values: a number beyond the range of double, half of a surrogate pair.
inline const char* engine::collect(reader& in, const char* p, std::string_view name, bool plain,
                                   boost::json::object& into)
{
    const std::size_t depth = in.depth_;
    boost::json::value* kept = nullptr;
    const char* const end = *p == '"' && plain ? text_member(in, p, name, into)
                                               : value(in, p, *(kept = &add(name, into)));
    if (end != nullptr || (in.code_ != errc::not_utf8 && in.code_ != errc::out_of_range)) [[likely]]
        return end;
    in.failed_at_ = nullptr;
    in.depth_ = depth;
    (kept != nullptr ? *kept : add(name, into)) = nullptr;
    return skip(in, p);
}

// A member that is not where it is expected to be: one with white space in front, another one, or
// one that the class does not know. The latter is read here, and `state.member` is nullptr.
const char* engine::other_member(reader& in, const char* p, void* object, const class_reader& type,
                                 const member_reader* expected, object_state& state)
{
    if ((p = token(in, p)) == nullptr)
        return nullptr;
    const auto index_expected = static_cast<std::size_t>(expected - type.members);
    if (index_expected != type.keys.size && p < in.blocks_ &&
        expected->key.matches(p - 1, in.end_, type.keys.text)) {
        state.member = expected;
        return token(in, p - 1 + expected->key.size);
    }
    std::string_view name;
    const char* const written = p + 1;
    if ((p = any_key(in, p, name)) == nullptr)
        return nullptr;
    const std::size_t index = type.keys.find(name);
    if (index != type.keys.size) {
        state.end_run(index_expected);
        state.run = static_cast<std::uint8_t>(index);
        state.member = type.members + index;
        return p;
    }
    state.member = nullptr;
    if (type.extra == nullptr || name.data() == nullptr)
        return skip(in, p);
    boost::json::object& extra = *type.extra(object);
    if (!state.collects) {
        state.collects = true;
        extra.clear();
        extra.reserve(1);
    }
    return collect(in, p, name, name.data() == written, extra);
}

// The value of a member that is made from text: with white space in front.
const char* engine::other_text(reader& in, const char* p, void* object, const member_reader& member)
{
    std::string_view text;
    p = string(in, p, text);
    if (p != nullptr)
        member.take(object, text);
    return p;
}

// A member that is null.
const char* engine::null_member(reader& in, const char* p, void* object,
                                const member_reader& member)
{
    if (member.null == null_rule::refused)
        return mismatch(in, p, "a value");
    if (member.null == null_rule::absent)
        return null(in, p);
    if (member.take == nullptr)
        return member.read(in, p, object);
    p = null(in, p);
    if (p != nullptr)
        member.take(object, {}); // without data
    return p;
}

OPENINT_DECL const char* engine::class_object(reader& in, const char* p, void* object,
                                              const class_reader& type)
{
    p = open(in, p, '{');
    if (p == nullptr)
        return nullptr;
    if (in.again_) [[unlikely]] {
        in.again_ = false;
        type.reset(object);
    }
    object_state state;
    const member_reader* expected = type.members;
    if (*p != '}') {
        const member_reader* const last = expected + type.keys.size;
        --p; // a key is looked at together with what is in front, a comma from the second one on
        for (;;) {
            const member_reader* member = expected;
            if (expected != last && p < in.blocks_ &&
                expected->key.matches(p, in.end_, type.keys.text)) [[likely]] {
                p += expected->key.size;
            } else {
                if ((p = other_member(in, p + 1, object, type, expected, state)) == nullptr)
                    return nullptr;
                member = state.member;
            }

            if (member != nullptr) [[likely]] {
                expected = member + 1;
                if (member->take != nullptr && p != in.end_ && *p == '"') [[likely]] {
                    std::string_view value;
                    if ((p = text(in, p, value)) == nullptr)
                        return nullptr;
                    member->take(object, value);
                } else {
                    if ((p = token(in, p)) == nullptr)
                        return nullptr;
                    if (*p == 'n') {
                        p = null_member(in, p, object, *member);
                    } else if (member->take != nullptr) [[unlikely]] {
                        p = other_text(in, p, object, *member);
                    } else if (state.high != 0) [[unlikely]] {
                        in.again_ =
                            state.came_before(static_cast<std::size_t>(member - type.members));
                        p = member->read(in, p, object);
                        in.again_ = false;
                    } else {
                        p = member->read(in, p, object);
                    }
                    if (p == nullptr)
                        return nullptr;
                }
            }
            if (p == in.end_ || *p != ',') [[unlikely]] {
                if ((p = token(in, p)) == nullptr)
                    return nullptr;
                if (*p == '}')
                    break;
                if (*p != ',')
                    return no_comma(in, p, '}');
            }
        }
    }
    for (std::size_t i = 0; i != type.required_size; ++i)
        if (!state.came(type.required[i], static_cast<std::size_t>(expected - type.members)))
            [[unlikely]]
            return fail(in, p, errc::missing, type.keys.name(type.required[i]), "");
    ++in.depth_;
    return p + 1;
}

OPENINT_DECL const char* engine::peek_member(reader& in, const char* p, std::string_view member,
                                             std::string_view& text)
{
    const std::size_t depth = in.depth_;
    p = open(in, p, '{');
    while (p != nullptr && *p != '}') {
        std::string_view name;
        p = any_key(in, p, name);
        if (p == nullptr)
            break;
        if (name == member) {
            if ((p = string(in, p, text)) != nullptr)
                in.depth_ = depth;
            return p;
        }
        if ((p = skip(in, p)) == nullptr || (p = token(in, p)) == nullptr)
            break;
        if (*p == ',')
            p = token(in, p + 1);
        else if (*p != '}')
            return no_comma(in, p, '}');
    }
    return p == nullptr ? nullptr
                        : fail(in, p, errc::mismatch, "member \"" + std::string(member) + '"',
                               "end of object");
}

} // namespace openint::json::detail

#endif
