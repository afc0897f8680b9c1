// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_STACK_HPP
#define OPENINT_TESTS_SUPPORT_STACK_HPP

#include <boost/test/unit_test.hpp>

#include <pthread.h>

#include <cstddef>
#include <cstring>
#include <memory>

namespace test {

/// How the program is built, which decides how large its frames are.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif
#if defined(__OPTIMIZE__)
inline constexpr bool optimized = true;
#else
inline constexpr bool optimized = false;
#endif

/// The stack that a function takes, in bytes: it is run on one that has been painted.
template <class F>
std::size_t stack_use(F function)
{
    constexpr std::size_t size = 4 << 20;
    constexpr unsigned char paint = 0xA5;
    std::unique_ptr<unsigned char[]> stack{new unsigned char[size]};
    std::memset(stack.get(), paint, size);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    BOOST_TEST_REQUIRE(pthread_attr_setstack(&attributes, stack.get(), size) == 0);
    pthread_t thread;
    const auto run = [](void* f) -> void* {
        (*static_cast<F*>(f))();
        return nullptr;
    };
    BOOST_TEST_REQUIRE(pthread_create(&thread, &attributes, run, &function) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
    std::size_t untouched = 0;
    while (untouched < size && stack[untouched] == paint)
        ++untouched;
    return size - untouched;
}

} // namespace test

#endif
