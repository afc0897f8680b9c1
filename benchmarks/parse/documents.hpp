// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_BENCHMARKS_PARSE_DOCUMENTS_HPP
#define OPENINT_BENCHMARKS_PARSE_DOCUMENTS_HPP

#include <openint/connection.hpp>

#include <boost/describe/class.hpp>

#include <cstddef>
#include <string>
#include <vector>

// The texts that are read: made here, in the shape in which the API answers, compact as a server
// writes.

namespace benchmark_parse {

/// A page of a list.
struct page
{
    std::vector<openint::connection> items;
    double total = 0, limit = 0, offset = 0;
};
BOOST_DESCRIBE_STRUCT(page, (), (items, total, limit, offset))

/// A connection with settings, connector and integration: about 4.2 kB, every member of every class
/// present, none that the classes do not know.
std::string connection_document(std::size_t number);

/// Likewise, full of escapes and of text that is not ASCII.
std::string escaped_document(std::size_t number);

/// Likewise, with schemas as connectors have them: a good part of it is free-form.
std::string schemas_document(std::size_t number);

/// The same members and values as `connection_document`, the members of all typed objects shuffled.
std::string shuffled_document(std::size_t number);

/// `connection_document` with a member that the class does not know in the middle of each object.
std::string unknown_document(std::size_t number);

/// A page of connections.
std::string page_document(std::size_t items);

/// The text with an empty member "extra" in each typed object, which Boost.JSON's conversion of
/// Describe'd classes demands.
std::string for_value_to(const std::string& text);

} // namespace benchmark_parse

#endif
