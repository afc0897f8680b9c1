// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_TESTING_DETAIL_HTTP_RESPONSE_SCRIPT_HPP
#define OPENINT_TESTING_DETAIL_HTTP_RESPONSE_SCRIPT_HPP

// The data of a scripted response.

#include <openint/testing/place.hpp>
#include <openint/testing/request.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace openint::testing::detail {

enum class coding : std::uint8_t
{
    identity,
    gzip,
    deflate,
    raw_deflate
};
enum class framing : std::uint8_t
{
    length,
    chunked,
    to_end
};
enum class ending : std::uint8_t
{
    keep,
    close,
    reset,
    stall,
    endless
};

// What a response says. Unset parts are taken from the server's own answer.
struct response_script
{
    std::optional<int> status;
    std::string reason;
    std::vector<header_line> headers;
    std::vector<std::string> removed_headers;
    std::optional<std::string> body;
    std::optional<std::string> raw;
    std::string before;
    std::string after;
    std::size_t copies = 1;

    detail::coding coding = coding::identity;
    detail::framing framing = framing::length;
    std::vector<std::size_t> chunk_sizes;
    std::string chunk_extension;
    std::vector<header_line> trailers;

    std::optional<std::size_t> early; // after so many bytes of the request
    std::chrono::milliseconds delay{0};
    bool held = false;
    std::size_t drip_bytes = 0;
    std::chrono::milliseconds drip_interval{0};
    std::optional<place> pause_place;
    std::chrono::milliseconds pause{0};

    detail::ending ending = ending::keep;
    place end_place = whole_answer;
    std::string endless_piece;
    bool close_notify = true;

    // Of the server's own answer: what is done when other servers have answered, and its result.
    std::chrono::milliseconds latency{0};
    std::function<response_script()> finish;
};

} // namespace openint::testing::detail

#endif
