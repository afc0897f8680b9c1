// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_IMPL_CONFIGURE_HPP
#define OPENINT_IMPL_CONFIGURE_HPP

#include <openint/client_config.hpp>
#include <openint/detail/config.hpp>
#include <openint/transport/call_options.hpp>
#include <openint/transport/transport_options.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace openint::detail {

/// What a client's connections have in common. Throws `error` (`errc::invalid_argument`) for a
/// configuration that cannot work.
OPENINT_DECL transport::transport_options make_transport(const client_config& config);

/// What a client's requests have in common. Throws as `make_transport` does.
OPENINT_DECL std::shared_ptr<const transport::call_options>
make_options(const client_config& config, const transport::transport_options& t);

// These change the options of one handle. What is wrong becomes `o.problem`, or is returned.

/// Why users cannot set this header field; empty if they can.
OPENINT_DECL std::string header_problem(std::string_view name, std::string_view value);
OPENINT_DECL void set_token(transport::call_options& o, std::string_view token);
OPENINT_DECL void set_times(transport::call_options& o, std::chrono::nanoseconds timeout,
                            std::chrono::nanoseconds total_timeout);
/// Renders the header lines of every request, when everything else is set.
OPENINT_DECL void render_fields(transport::call_options& o);

} // namespace openint::detail

#ifdef OPENINT_HEADER_ONLY
#include <openint/impl/configure.ipp>
#endif

#endif
