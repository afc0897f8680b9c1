// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// What the shared library shows.

#ifndef CONSUMER_LIBRARY_HPP
#define CONSUMER_LIBRARY_HPP

#define CONSUMER_SHOWN __attribute__((visibility("default")))

namespace library {

// These throw errors.
CONSUMER_SHOWN void refused_call();
CONSUMER_SHOWN void failed_call(unsigned status);
CONSUMER_SHOWN void unreadable();

// Of its copy.
CONSUMER_SHOWN const void* category();

} // namespace library

#endif
