// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#include "support/text.hpp"

#include <openint/connection.hpp>
#include <openint/json.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value_from.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#define OPENINT_TEST_ASAN
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OPENINT_TEST_ASAN
#endif
#endif

using test::print;

namespace {

// Blocks are inspected at the moment they are freed: what a block that held the marker contains
// then is what somebody else gets to see.
constexpr std::string_view marker = "MARKER-0123456789";

thread_local bool inspecting = false;
thread_local int freed_with_marker = 0;

#ifndef OPENINT_TEST_ASAN
thread_local int allocations = 0;

void inspect(const void* block, std::size_t size) noexcept
{
    if (inspecting && block &&
        std::string_view(static_cast<const char*>(block), size).find(marker) !=
            std::string_view::npos)
        ++freed_with_marker;
}
#endif

// Whether the storage holds four bytes of the marker in a row.
bool holds_marker(const unsigned char* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (std::size_t i = 0; i + 4 <= marker.size(); ++i)
        if (bytes.find(marker.substr(i, 4)) != bytes.npos)
            return true;
    return false;
}

// An object in storage that can be looked at after it has been destroyed.
template <class T>
class exposed
{
public:
    template <class... Args>
    explicit exposed(Args&&... args)
    {
        object_ = new (storage_) T(std::forward<Args>(args)...);
    }
    exposed(const exposed&) = delete;
    exposed& operator=(const exposed&) = delete;
    ~exposed() { destroy(); }

    T& operator*() { return *object_; }
    T* operator->() { return object_; }
    void destroy()
    {
        if (object_)
            object_->~T();
        object_ = nullptr;
    }
    bool holds_marker() const { return ::holds_marker(storage_, sizeof storage_); }

private:
    alignas(T) unsigned char storage_[sizeof(T)] = {};
    T* object_ = nullptr;
};

const std::string short_text(marker.substr(0, 15)); // fits into a std::string itself
const std::string long_text = std::string(marker) + std::string(marker) + std::string(marker);

template <class F>
int leaks(F&& f)
{
    freed_with_marker = 0;
    inspecting = true;
    f();
    inspecting = false;
    return freed_with_marker;
}

} // namespace

#ifndef OPENINT_TEST_ASAN
// The size stands in front of each block, so that it can be inspected when it is freed.
void* operator new(std::size_t size)
{
    constexpr std::size_t front = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
    auto* block = static_cast<unsigned char*>(std::malloc(size + front));
    if (!block)
        throw std::bad_alloc();
    std::memcpy(block, &size, sizeof size);
    ++allocations;
    return block + front;
}
void operator delete(void* pointer) noexcept
{
    if (!pointer)
        return;
    auto* block = static_cast<unsigned char*>(pointer) - __STDCPP_DEFAULT_NEW_ALIGNMENT__;
    std::size_t size = 0;
    std::memcpy(&size, block, sizeof size);
    inspect(pointer, size);
    std::free(block);
}
void operator delete(void* pointer, std::size_t) noexcept { operator delete(pointer); }
#endif

using openint::secret;
using openint::secret_json;

BOOST_AUTO_TEST_SUITE(secret_hpp)

BOOST_AUTO_TEST_CASE(is_made_explicitly_and_gives_nothing_away)
{
    static_assert(!std::is_convertible_v<std::string, secret>);
    static_assert(!std::is_convertible_v<const char*, secret>);
    static_assert(!std::is_convertible_v<std::string_view, secret>);
    static_assert(std::is_constructible_v<secret, std::string>);
    static_assert(std::is_constructible_v<secret, const std::string&>);
    static_assert(std::is_constructible_v<secret, const char*>);
    static_assert(std::is_constructible_v<secret, std::string_view>);
    static_assert(!std::is_convertible_v<secret, std::string>);
    static_assert(!std::is_convertible_v<secret, std::string_view>);
    static_assert(!std::is_constructible_v<std::string, secret>);
    static_assert(!std::is_constructible_v<boost::json::value, secret>);
    static_assert(std::is_nothrow_move_constructible_v<secret>);
    static_assert(std::is_nothrow_move_assignable_v<secret>);

    BOOST_TEST(secret("abc").empty() == false);
    BOOST_TEST(secret().empty());
    const secret a("abc"), b(std::string_view("abc")), c(std::string("abc")), d("abd");
    BOOST_TEST(a.reveal() == "abc");
    BOOST_TEST((a == b && b == c && a != d));
    const std::string text = "abc";
    BOOST_TEST(secret(text) == a);
    BOOST_TEST(text == "abc");
}

BOOST_AUTO_TEST_CASE(prints_redacted)
{
    const secret value("hunter2");
    BOOST_TEST(print(value) == "[redacted]");
    BOOST_TEST(print(secret()) == "[redacted]");
    BOOST_TEST(boost::json::value_from(value) == "[redacted]");
    BOOST_TEST(openint::json::write(value) == R"("[redacted]")");
    BOOST_TEST(openint::json::write(value, {.reveal_secrets = true}) == R"("hunter2")");
#if defined(__cpp_lib_format)
    BOOST_TEST(std::format("{} {:>12}", value, value) == "[redacted]   [redacted]");
#endif
}

BOOST_AUTO_TEST_CASE(copies_and_moves)
{
    for (const std::string& text : {short_text, long_text}) {
        secret a(text);
        secret b(a);
        BOOST_TEST((a == b));
        secret c(std::move(b));
        BOOST_TEST(c.reveal() == text);
        BOOST_TEST(b.empty());
        b = c;
        BOOST_TEST((b == c));
        a = secret("other");
        a = std::move(c);
        BOOST_TEST(a.reveal() == text);
        BOOST_TEST(c.empty());
        auto& same = a;
        a = same;
        BOOST_TEST(a.reveal() == text);
        a = std::move(same);
        BOOST_TEST(a.reveal() == text);
        std::swap(a, c);
        BOOST_TEST(c.reveal() == text);
    }
}

BOOST_AUTO_TEST_CASE(wipes_what_lies_in_the_object)
{
    exposed<secret> destroyed(short_text);
    BOOST_TEST(destroyed.holds_marker()); // the test can see it
    destroyed.destroy();
    BOOST_TEST(!destroyed.holds_marker());

    exposed<secret> moved(short_text);
    const secret target(std::move(*moved));
    BOOST_TEST(!moved.holds_marker());

    exposed<secret> move_assigned(short_text);
    secret other;
    other = std::move(*move_assigned);
    BOOST_TEST(!move_assigned.holds_marker());

    exposed<secret> overwritten(short_text);
    *overwritten = secret("x");
    BOOST_TEST(!overwritten.holds_marker());

    // A string that becomes long keeps half of its short buffer.
    exposed<secret> grown(short_text);
    *grown = secret(std::string(100, 'x'));
    BOOST_TEST(!grown.holds_marker());

    exposed<std::string> source(short_text);
    const secret taken(std::move(*source));
    BOOST_TEST(!source.holds_marker());
    BOOST_TEST(taken.reveal() == short_text);
}

BOOST_AUTO_TEST_CASE(wipes_what_lies_on_the_heap)
{
#ifdef OPENINT_TEST_ASAN
    std::cout << "skipped: operator delete belongs to the sanitizer" << std::endl;
    BOOST_TEST(true);
#else
    BOOST_TEST(leaks([] { std::string plain(long_text); }) == 1); // the test can see it
    BOOST_TEST(leaks([] { secret a(long_text); }) == 0);
    BOOST_TEST(leaks([] { secret a{std::string(long_text)}; }) == 0);
    BOOST_TEST(leaks([] {
                   secret a(long_text);
                   secret b(a);
                   secret c(std::move(a));
                   b = c;
                   c = std::move(b);
               }) == 0);
    BOOST_TEST(leaks([] {
                   secret a(long_text);
                   a = secret("x");
               }) == 0);
    BOOST_TEST(leaks([] {
                   std::vector<secret> list;
                   for (int i = 0; i < 20; ++i)
                       list.emplace_back(long_text);
               }) == 0);
    BOOST_TEST(leaks([] {
                   std::optional<secret> a(std::in_place, long_text);
                   a.reset();
               }) == 0);
    // A member that comes twice is read over what was there; escapes are decoded in a buffer.
    const std::string twice = R"({"access_token":")" + long_text +
                              R"(","access_token":"x","refresh_token":"\u0041)" + long_text + "\"}";
    BOOST_TEST(leaks([&] { openint::json::read<openint::oauth_credentials>(twice); }) == 0);
#endif
}

BOOST_AUTO_TEST_CASE(reads_at_the_price_of_a_string)
{
#ifdef OPENINT_TEST_ASAN
    std::cout << "skipped: operator new belongs to the sanitizer" << std::endl;
    BOOST_TEST(true);
#else
    const std::string text = '"' + long_text + '"';
    const auto count = [&text]<class T>(T value) {
        const int before = allocations;
        value = openint::json::read<T>(text);
        return allocations - before;
    };
    BOOST_TEST(count(secret()) == count(std::string()));
#endif
    const auto decoded = openint::json::read<secret>(R"("a\u00e9\n")");
    BOOST_TEST(decoded.reveal() == "a\u00e9\n");
    BOOST_TEST(openint::json::read<std::vector<secret>>("[null]").at(0).empty());
    BOOST_CHECK_THROW(openint::json::read<secret>("1"), openint::json::error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(secret_json_hpp)

BOOST_AUTO_TEST_CASE(is_redacted_as_a_whole)
{
    const auto value = openint::json::read<secret_json>(R"({"key":"hunter2","n":[1,{"a":null}]})");
    BOOST_TEST(print(value) == "[redacted]");
    BOOST_TEST(boost::json::value_from(value) == "[redacted]");
    BOOST_TEST(openint::json::write(value) == R"("[redacted]")");
    BOOST_TEST(openint::json::write(value, {.reveal_secrets = true}) ==
               R"({"key":"hunter2","n":[1,{"a":null}]})");
    BOOST_TEST(value.reveal().at("key") == "hunter2");
    static_assert(!std::is_convertible_v<secret_json, boost::json::object>);
    static_assert(!std::is_convertible_v<secret_json, boost::json::value>);
    static_assert(!std::is_convertible_v<boost::json::object, secret_json>);
#if defined(__cpp_lib_format)
    BOOST_TEST(std::format("{}", value) == "[redacted]");
#endif
}

BOOST_AUTO_TEST_CASE(copies_compares_and_changes)
{
    secret_json a(boost::json::object{{"key", "value"}});
    secret_json b = a;
    BOOST_TEST((a == b));
    b.reveal()["more"] = 1;
    BOOST_TEST((a != b));
    a = b;
    BOOST_TEST((a == b));
    b = std::move(a);
    BOOST_TEST(b.reveal().size() == 2u);
    auto& same = b;
    b = std::move(same);
    BOOST_TEST(b.reveal().size() == 2u);
    BOOST_TEST(secret_json().empty());
}

BOOST_AUTO_TEST_CASE(wipes_its_strings)
{
#ifdef OPENINT_TEST_ASAN
    std::cout << "skipped: operator delete belongs to the sanitizer" << std::endl;
    BOOST_TEST(true);
#else
    const auto nested = [] {
        const boost::json::string text(long_text);
        return boost::json::object{
            {"a", text}, {"b", {{"c", {1, text, {{"d", text}}}}}}, {"e", marker.substr(0, 12)}};
    };
    BOOST_TEST(leaks([&] { auto plain = nested(); }) > 0); // the test can see it
    std::optional<secret_json> value;
    value.emplace(nested());
    secret_json copy = *value;
    BOOST_TEST(leaks([&] { value.reset(); }) == 0);
    BOOST_TEST(leaks([&] { copy = secret_json(); }) == 0);
#endif
}

BOOST_AUTO_TEST_SUITE_END()
