// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TRANSPORT_IMPL_ERROR_ANSWER_IPP
#define OPENINT_TRANSPORT_IMPL_ERROR_ANSWER_IPP

// Puts the texts of an error answer together: what the server said, and what to do about it.

#include <openint/transport/error_answer.hpp>

#include <openint/transport/error_body.hpp>
#include <openint/transport/server_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace openint::transport {
namespace detail {

// How much of a body is looked at.
inline constexpr std::size_t most_of_body = 64u << 10;

inline const char* advice(unsigned status) noexcept
{
    switch (status) {
    case 401:
        return "; check the token (OPENINT_API_KEY)";
    case 403:
        return "; check that a token is set (OPENINT_API_KEY) and that it may do this";
    case 404:
        return "; check the id, and that the token may see it";
    case 429:
        return "; slow down, or allow for longer pauses (retry.max_retry_after)";
    default:
        return "";
    }
}

} // namespace detail

OPENINT_DECL void describe_error_answer(error_data& data, std::string_view token,
                                        std::string_view unread)
{
    const auto show = [&](std::string_view text) { return presentable(text, token); };
    const auto body = std::string_view(data.body).substr(0, detail::most_of_body);
    auto said = read_error_body(body, token, !unread.empty() || body.size() != data.body.size());
    data.code = {static_cast<int>(data.status), http_status_category()};
    data.message = show(said.message);
    data.server_code = show(said.code);
    data.issues = std::move(said.issues);
    const std::string first = data.message;
    if (!unread.empty()) {
        data.message = "the answer's body could not be read: " + show(unread);
        if (!first.empty())
            data.message += "; it began: " + first;
    }

    data.what += http_status_category().message(static_cast<int>(data.status));
    if (!data.message.empty())
        data.what += ": " + one_line(data.message, 1000);
    if (!data.server_code.empty())
        data.what += " [" + one_line(data.server_code, 100) + "]";
    for (issue& i : data.issues) {
        i.message = show(i.message);
        if (i.code)
            i.code = show(*i.code);
        if (!i.message.empty() && i.message != first && data.what.size() < 2000)
            data.what += "; " + one_line(i.message, 200);
    }
    if (data.status / 100 == 3) {
        const auto location = data.headers.find("Location");
        if (location)
            data.what += "; not followed to \"" + one_line(show(*location), 200) + "\"";
        else if (data.status != 300 && data.status != 304)
            data.what += "; it does not say where to (no Location)";
    }
    data.what += detail::advice(data.status);
    data.what = show(data.what);
}

} // namespace openint::transport

#endif
