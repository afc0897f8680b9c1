// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_LOG_IPP
#define OPENINT_IMPL_LOG_IPP

// Levels by name, and the line that goes to stderr.

#include <openint/log.hpp>

#include <boost/beast/core/string.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include <array>
#include <cstdio>
#include <string>

namespace openint {

BOOST_DESCRIBE_ENUM(log_level, off, error, warn, info, debug)
BOOST_DESCRIBE_ENUM(log_kind, pool, connect, request, response, retry, credentials, usage)

OPENINT_DECL std::optional<log_level> parse_log_level(std::string_view text) noexcept
{
    for (const log_level level :
         {log_level::off, log_level::error, log_level::warn, log_level::info, log_level::debug})
        if (boost::beast::iequals(text, to_string(level)))
            return level;
    return std::nullopt;
}

OPENINT_DECL std::string_view to_string(log_level level) noexcept
{
    return boost::describe::enum_to_string(level, "");
}

OPENINT_DECL std::string_view to_string(log_kind kind) noexcept
{
    return boost::describe::enum_to_string(kind, "");
}

namespace detail {

OPENINT_DECL void log_to_stderr(const log_event& event)
{
    std::string line = "openint ";
    line += to_string(event.level);
    line += ' ';
    line += to_string(event.kind);
    const auto add = [&line](std::string_view text) {
        if (text.empty())
            return;
        line += ' ';
        for (const char c : text) // no line of its own for what a server wrote
            line += static_cast<unsigned char>(c) < ' ' || c == 0x7f ? ' ' : c;
    };
    add(event.method);
    add(event.target);
    if (event.connection != 0)
        add("connection=" + std::to_string(event.connection));
    if (event.attempt != 0)
        add("attempt=" + std::to_string(event.attempt));
    if (event.status != 0)
        add("status=" + std::to_string(event.status));
    if (event.elapsed.count() != 0)
        add("us=" + std::to_string(event.elapsed.count() / 1000));
    if (event.error)
        add("error=" + event.error.message());
    add(event.message);
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr); // one call, so that lines stay whole
}

OPENINT_DECL void write_log(const log_options& log, const log_event& event) noexcept
{
    if (!logs(log, event.level))
        return;
    try {
        if (log.sink)
            log.sink(event);
        else
            log_to_stderr(event);
    } catch (...) { // NOLINT(bugprone-empty-catch): a log must not change what a call does
    }
}

} // namespace detail
} // namespace openint

#endif
