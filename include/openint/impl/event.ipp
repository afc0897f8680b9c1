// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_EVENT_IPP
#define OPENINT_IMPL_EVENT_IPP

// The kind of an event, by its name.

#include <openint/event.hpp>

namespace openint {

OPENINT_DECL std::optional<event_kind> event::kind() const noexcept
{
    event_kind known{};
    if (json::from_name(name, known))
        return known;
    return std::nullopt;
}

} // namespace openint

#endif
