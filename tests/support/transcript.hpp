// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTS_SUPPORT_TRANSCRIPT_HPP
#define OPENINT_TESTS_SUPPORT_TRANSCRIPT_HPP

#include <openint/error.hpp>
#include <openint/log.hpp>

#include <cstddef>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

/// What the library has said: logged, thrown or printed. Thread safe.
class transcript
{
public:
    void note(std::string_view text)
    {
        const std::lock_guard lock(mutex_);
        texts_.emplace(text);
    }
    void note(const openint::log_event& e)
    {
        note(std::string(e.method) + ' ' + std::string(e.target) + ' ' + std::string(e.message) +
             ' ' + e.error.message());
    }
    /// All of it but `body()` and `headers()`, which are what the server has sent.
    void note(const openint::error& e)
    {
        note(std::string_view(e.what()));
        note(e.message());
        note(e.server_code());
        note(e.code().message() + ' ' + e.cause().message());
        for (const openint::issue& i : e.issues())
            note(i.message);
    }

    /// Hears everything, and passes on what `own` would have got.
    openint::log_options hearing(openint::log_options own = {})
    {
        return {.level = openint::log_level::debug,
                .sink = [this, own = std::move(own)](const openint::log_event& e) {
                    note(e);
                    if (own.sink && e.level <= own.level)
                        own.sink(e);
                }};
    }

    /// The texts in which one of these words occurs.
    std::vector<std::string> with(const std::vector<std::string_view>& words) const
    {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> found;
        for (const std::string& text : texts_)
            for (const std::string_view word : words)
                if (text.find(word) != std::string::npos) {
                    found.push_back(text);
                    break;
                }
        return found;
    }

private:
    mutable std::mutex mutex_;
    std::set<std::string, std::less<>> texts_;
};

/// Of the whole program.
inline transcript& said()
{
    static transcript all;
    return all;
}

/// What must not occur in it. Tokens of the mock server and secrets in its documents have parts
/// that occur nowhere else; tests use the others.
inline const std::vector<std::string_view> secrets{
    "key_mock",         "made-up",        "made0up",   "t\xc3\xb8ken",    "key_wrong",
    "other-token",      "customer-token", "hidden-pw", "hidden-of-proxy", "dXNlcjpoaWRkZW4tcHc",
    "dXMgZXI6cGFzcw==", "us%20er:pass",
};

} // namespace test

#endif
