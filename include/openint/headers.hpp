// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HEADERS_HPP
#define OPENINT_HEADERS_HPP

#include <openint/detail/config.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace openint {

/// One header field as a view: what request options take. The texts must live until the function
/// that takes them has returned.
struct header
{
    std::string_view name; ///< A token (RFC 9110, 5.6.2), in any case.
    /// Without white space at either end, and without control characters. `std::nullopt`: the field
    /// is not sent, be it the client's or the library's own.
    std::optional<std::string_view> value;
};

/// An owning list of header fields, in order. Names compare without regard to case (RFC 9110, 5.1).
class headers
{
public:
    /// Name and value.
    using value_type = std::pair<std::string, std::string>;
    /// Goes through the fields in order.
    using const_iterator = std::vector<value_type>::const_iterator;

    /// No fields.
    headers() = default;
    /// These fields, in this order.
    headers(std::initializer_list<value_type> fields)
        : fields_(fields)
    {}

    /// The value of the first field of this name, if there is one. The view lives as long as the
    /// list.
    OPENINT_DECL std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// Whether there is a field of this name.
    bool contains(std::string_view name) const noexcept { return find(name).has_value(); }

    /// Adds a field at the end, even if there is one of this name already.
    void add(std::string name, std::string value)
    {
        fields_.emplace_back(std::move(name), std::move(value));
    }

    /// Replaces all fields of this name by one.
    OPENINT_DECL void set(std::string name, std::string value);

    /// Removes all fields of this name.
    OPENINT_DECL void erase(std::string_view name) noexcept;

    /// The first field.
    const_iterator begin() const noexcept { return fields_.begin(); }
    /// Behind the last field.
    const_iterator end() const noexcept { return fields_.end(); }
    /// How many fields there are.
    std::size_t size() const noexcept { return fields_.size(); }
    /// Whether there are none.
    bool empty() const noexcept { return fields_.empty(); }

    friend bool operator==(const headers&, const headers&) = default;

private:
    std::vector<value_type> fields_;
};

} // namespace openint

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/headers.ipp>
#endif

#endif
