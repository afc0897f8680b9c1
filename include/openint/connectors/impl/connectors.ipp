// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_CONNECTORS_IMPL_CONNECTORS_IPP
#define OPENINT_CONNECTORS_IMPL_CONNECTORS_IPP

// From a connection's settings, as they came, to the struct of its connector.

#include <openint/connectors.hpp>
#include <openint/detail/wipe.hpp>
#include <openint/error.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace openint {
namespace connectors {

OPENINT_DECL std::span<const std::string_view> names() noexcept
{
    static constexpr std::string_view all[] = {
#define OPENINT_CONNECTOR(tag, wire_name, settings_type, config_type) wire_name,
#include <openint/connectors/list.inc>
    };
    return all;
}

} // namespace connectors

namespace detail {

inline connector_document::connector_document(std::string row, std::string_view member,
                                              std::string_view connector_name,
                                              std::string_view connector)
    : row_(std::move(row))
    , member_(member)
    , connector_(connector)
{
    if (connector_name == connector)
        return;
    row_.append(" is of connector ").append(connector_name);
    if (!std::ranges::binary_search(connectors::names(), connector_name))
        row_ += " (which this version of openint does not know)";
    throw error(errc::settings_mismatch, row_.append(", not ").append(connector));
}

OPENINT_DECL connector_document::connector_document(const connection& conn,
                                                    std::string_view connector)
    : connector_document("connection " + conn.id, "/settings", conn.connector_name, connector)
{
    if (!conn.settings)
        throw error(errc::no_credentials,
                    row_ + " came without its settings: ask for them with include_secrets");
    write(*conn.settings);
}

OPENINT_DECL connector_document::connector_document(const connector_config& config,
                                                    std::string_view connector)
    : connector_document("connector configuration " + config.id, "/config", config.connector_name,
                         connector)
{
    if (!config.config)
        throw error(errc::settings_mismatch, row_ + " came without its content");
    write(*config.config);
}

OPENINT_DECL connector_document::~connector_document() { wipe(text_); }

template <class T>
void connector_document::write(const T& value)
{
    // Room enough not to grow, which would leave copies of its beginning in freed memory.
    text_.reserve(std::size_t{16} * 1024);
    json::writer out(text_, {.reveal_secrets = true});
    out.write(value);
    if (!out.ok())
        fail(out.error());
}

OPENINT_DECL void connector_document::require(std::span<const std::string_view> names) const
{
    std::vector<std::string_view> missing(names.begin(), names.end());
    json::reader in(text_);
    in.object([&](std::string_view name) {
        if (in.peek() != boost::json::kind::null)
            std::erase(missing, name);
        std::string_view value;
        return in.raw(value);
    });
    if (missing.empty())
        return;
    json::error_info info;
    info.code = json::errc::mismatch;
    info.place.pointer = '/' + std::string(missing.front());
    info.expected = "a value";
    info.found = "none";
    fail(info);
}

OPENINT_DECL void connector_document::fail(const json::error_info& info) const
{
    std::string what = row_ + " does not fit ";
    what.append(connector_).append(": ").append(member_).append(info.place.pointer);
    what.append(": expected ").append(info.expected).append(", found ").append(info.found);
    throw error(error_data{
        .code = errc::settings_mismatch, .cause = info.code, .what = what, .message = what});
}

} // namespace detail
} // namespace openint

#endif
