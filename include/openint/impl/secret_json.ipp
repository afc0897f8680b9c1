// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_IMPL_SECRET_JSON_IPP
#define OPENINT_IMPL_SECRET_JSON_IPP

#include <openint/secret_json.hpp>

#include <boost/json/value.hpp>

namespace openint::detail {

// Recursive: what a parser made is no deeper than the parser's limit.
OPENINT_DECL void wipe(boost::json::value& value) noexcept
{
    if (auto* text = value.if_string())
        wipe(text->data(), text->size());
    else if (auto* object = value.if_object())
        wipe(*object);
    else if (auto* array = value.if_array())
        for (auto& element : *array)
            wipe(element);
    value = nullptr;
}

OPENINT_DECL void wipe(boost::json::object& object) noexcept
{
    for (auto& member : object)
        wipe(member.value());
    object.clear();
}

} // namespace openint::detail

#endif
