// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CREDENTIAL_CALLER_HPP
#define OPENINT_IMPL_CREDENTIAL_CALLER_HPP

#include <openint/credentials.hpp>
#include <openint/impl/credential_entry.hpp>
#include <openint/transport/waiter.hpp>

#include <boost/intrusive/list.hpp>

#include <memory>
#include <utility>

namespace openint::detail {

class credential_caller;
using credential_callers =
    boost::intrusive::list<credential_caller,
                           boost::intrusive::base_hook<boost::intrusive::list_base_hook<
                               boost::intrusive::tag<credential_caller>>>>;

/// A coroutine that waits for a flight. The flight belongs to nobody: a caller that is cancelled
/// leaves, and only it.
class credential_caller final
    : public transport::waiter,
      public boost::intrusive::list_base_hook<boost::intrusive::tag<credential_caller>>
{
public:
    explicit credential_caller(credentials rejected_before = {}) noexcept
        : rejected(std::move(rejected_before))
    {}

    const credentials rejected; // null for one who simply asks
    // Written by the flight before it completes the wait.
    credential_entry::result_type result;
    bool again = false; // no result: ask once more

    // Under the cache's lock, until the flight has ended.
    credential_callers* list = nullptr;      // that it is in
    std::shared_ptr<credential_caller> self; // for the list
};

} // namespace openint::detail

#endif
