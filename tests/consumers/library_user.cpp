// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// A program that understands the errors of a shared library with another copy of this one.

#include "library.hpp"

#include <openint.hpp>

#include <iostream>

namespace {

int failures = 0;

void expect(bool right, const char* what)
{
    if (!right) {
        std::cout << "not so: " << what << '\n';
        ++failures;
    }
}

// The error, by its type.
template <class Error>
Error error_of(void (*function)())
{
    try {
        function();
    } catch (const Error& e) {
        return e;
    }
    throw "nothing was thrown";
}

} // namespace

int main()
{
    expect(library::category() != &openint::error_category(), "there are two copies");

    const auto refused = error_of<openint::error>(library::refused_call);
    expect(refused.code() == openint::errc::invalid_argument, "errc::invalid_argument");
    expect(refused.code() != openint::errc::timeout, "another one of errc");

    const auto missing = error_of<openint::api_error>([] { library::failed_call(404); });
    expect(missing.status() == 404, "the status");
    expect(missing.code() == openint::condition::not_found, "condition::not_found");
    expect(missing.code() == openint::condition::client_error, "condition::client_error");
    expect(missing.code() != openint::condition::server_error, "another condition");

    const auto unreadable = error_of<openint::json::error>(library::unreadable);
    expect(unreadable.code() == openint::json::errc::syntax, "json::errc::syntax");
    return failures;
}
