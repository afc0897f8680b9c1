// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// What the sanitizers must not report: nothing of ours.

// The thread sanitizer does not see the atomic operations inside OpenSSL, which is not compiled
// with it, but sees the memory that OpenSSL copies, compares and frees. What OpenSSL shares between
// connections under atomic counters and flags (certificates of a store, sessions to be resumed)
// looks like a race to it. Accesses made by OpenSSL itself are therefore not reported; those made
// on its behalf, by Asio's streams and by us, are.
//
// Nor does it understand the fence with which Asio counts down the references to an executor that
// is too large to be kept in place (a strand), before the last one destroys it.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions()
{
    return "race:libcrypto.so\n"
           "race:libssl.so\n"
           "race:shared_target_executor::~shared_target_executor\n";
}
