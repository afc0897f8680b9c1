// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_JSON_DETAIL_CLASS_WRITER_HPP
#define OPENINT_JSON_DETAIL_CLASS_WRITER_HPP

#include <openint/detail/config.hpp>
#include <openint/json/detail/keys.hpp>
#include <openint/json/writer.hpp>

#include <boost/json/object.hpp>

#include <string_view>

namespace openint::json::detail {

/// Writes one member of an object, unless it is absent. `key` has quotes and colon.
using member_writer = void (*)(writer& out, const void* object, std::string_view key);

/// All that writing a Describe'd class takes.
struct class_writer
{
    key_view keys;
    const member_writer* members;
    // writes the members that the class does not know; nullptr: it keeps none
    void (*extra)(writer& out, const void* object, const key_view& keys);

    /// With another member in front, if `tag` is not empty.
    OPENINT_DECL void write(writer& out, const void* object, std::string_view tag = {},
                            std::string_view name = {}) const;

    static OPENINT_DECL void key(writer& out, std::string_view written);
    static OPENINT_DECL void write_extra(writer& out, const boost::json::object& extra,
                                         const key_view& keys, bool secret);
};

} // namespace openint::json::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/json/impl/writer.ipp>
#endif

#endif
