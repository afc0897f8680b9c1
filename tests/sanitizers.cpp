// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// What the sanitizers must not report: nothing of ours.

// The thread sanitizer does not see the atomic operations inside OpenSSL, which is not compiled
// with it. A certificate in a shared store gets its key identifier from the first thread that
// verifies with it; the others see it through an atomic flag (ossl_x509v3_cache_extensions), then
// compare it.
extern "C" const char* __tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() { return "race:^ASN1_STRING_cmp$\n"; }
