// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// What the sanitizers must not report: nothing of ours.

// The thread sanitizer does not see the atomic operations inside OpenSSL, which is not compiled
// with it, but sees the memory that OpenSSL copies, compares and frees. What OpenSSL shares between
// connections under atomic counters and flags (certificates of a store, sessions to be resumed)
// looks like a race to it. Accesses made by OpenSSL itself are therefore not reported; those made
// on its behalf, by Asio's streams and by us, are.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions()
{
    return "race:libcrypto.so\n"
           "race:libssl.so\n";
}
