// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#include "support/lookups.hpp"

#include <condition_variable>
#include <map>
#include <mutex>
#include <string_view>

#include <dlfcn.h>
#include <netdb.h>

namespace {

struct names
{
    std::mutex mutex;
    std::condition_variable released;
    std::map<std::string, std::vector<std::string>> addresses;
    bool hang = false;
    std::size_t hanging = 0;
    std::size_t made = 0;
};

names& all()
{
    static names n;
    return n;
}

} // namespace

namespace test::lookups {

void set(const std::string& name, std::vector<std::string> addresses)
{
    const std::lock_guard lock(all().mutex);
    all().addresses[name] = std::move(addresses);
}

void hang()
{
    const std::lock_guard lock(all().mutex);
    all().hang = true;
}

void release()
{
    const std::lock_guard lock(all().mutex);
    all().hang = false;
    all().released.notify_all();
}

std::size_t hanging()
{
    const std::lock_guard lock(all().mutex);
    return all().hanging;
}

std::size_t made()
{
    const std::lock_guard lock(all().mutex);
    return all().made;
}

} // namespace test::lookups

// Takes the place of the system's, which is called for all other names.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints,
                           addrinfo** result)
{
    static const auto system =
        reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
    {
        const std::lock_guard lock(all().mutex);
        ++all().made;
    }
    const std::string_view name = node ? node : "";
    if (!name.ends_with(".test") && !name.ends_with(".test."))
        return system(node, service, hints, result);

    std::vector<std::string> addresses;
    {
        std::unique_lock lock(all().mutex);
        ++all().hanging;
        all().released.wait(lock, [] { return !all().hang; });
        --all().hanging;
        addresses = all().addresses[node];
    }
    if (addresses.empty())
        return EAI_NONAME;
    *result = nullptr;
    for (addrinfo** last = result; const std::string& address : addresses) {
        const int problem = system(address.c_str(), service, hints, last);
        if (problem != 0)
            return problem;
        while (*last)
            last = &(*last)->ai_next;
    }
    return 0;
}
