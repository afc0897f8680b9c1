// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_HTTP_CONTENT_DECODER_HPP
#define OPENINT_HTTP_CONTENT_DECODER_HPP

#include <openint/detail/config.hpp>
#include <openint/http/content_coding.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace openint::http {

enum class decode_status
{
    ok,
    corrupt,   ///< not what the coding asks for, a wrong checksum, or bytes after the end
    truncated, ///< the body ended before the coded data did (from `finish` only)
    too_large  ///< more than the limit
};

/// Decodes the body of one answer after the other, as its bytes arrive.
///
/// \code
/// d.reset(coding::gzip);
/// while (status == decode_status::ok && more())
///     status = d.put(bytes, out, limit);
/// if (status == decode_status::ok)
///     status = d.finish(out, limit);
/// \endcode
///
/// The working memory (40 kB at most) is allocated with the first coded byte and kept for the
/// answers to come. Throws nothing but `std::bad_alloc`. Not safe for use by two threads at once.
class content_decoder
{
public:
    OPENINT_DECL content_decoder() noexcept;
    OPENINT_DECL content_decoder(content_decoder&&) noexcept;
    OPENINT_DECL content_decoder& operator=(content_decoder&&) noexcept;
    OPENINT_DECL ~content_decoder();

    /// Begins a new body. What was left of the former one is forgotten.
    OPENINT_DECL void reset(coding c) noexcept;

    /// Decodes the next bytes and appends the outcome to `out`.
    ///
    /// No more than `limit` bytes are produced for the whole body: what exceeds it is refused while
    /// it is inflated, so that `out` never takes more than 16 kB beyond the limit, whatever the
    /// input says. Coded input far beyond the limit (by more than the worst case of compression) is
    /// refused also. After anything but `ok` the body is lost, and further calls say the same.
    /// Memory that `out` outgrows is wiped.
    OPENINT_DECL decode_status put(std::string_view coded, std::string& out, std::size_t limit);

    /// To be called once the body has ended. An empty body is an empty document in every coding.
    OPENINT_DECL decode_status finish(std::string& out, std::size_t limit);

    /// Overwrites what the working memory remembers of the decoded data, its last 32 kB.
    OPENINT_DECL void wipe() noexcept;

private:
    struct state;

    std::unique_ptr<state> state_;
    std::size_t consumed_ = 0;
    std::size_t produced_ = 0;
    coding coding_ = coding::identity;
    decode_status status_ = decode_status::ok;
};

} // namespace openint::http

#ifdef OPENINT_HEADER_ONLY
#include <openint/http/impl/content_decoder.ipp>
#endif

#endif
