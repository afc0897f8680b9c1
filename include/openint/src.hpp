// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,
// Version 1.0.

#ifndef OPENINT_SRC_HPP
#define OPENINT_SRC_HPP

// Include this in exactly one source file of a program that is built with
// OPENINT_SEPARATE_COMPILATION. It brings all bodies that are not templates.

#include <openint/detail/config.hpp>

#if defined(OPENINT_HEADER_ONLY)
#error "<openint/src.hpp> needs OPENINT_SEPARATE_COMPILATION to be defined in every source file"
#endif

#if defined(OPENINT_INCLUDE_JSON_SRC)
#include <boost/json/src.hpp>
#endif

#include <openint/connectors/impl/connectors.ipp>
#include <openint/http/impl/content_coding.ipp>
#include <openint/http/impl/content_decoder.ipp>
#include <openint/http/impl/date.ipp>
#include <openint/http/impl/field.ipp>
#include <openint/http/impl/keep_alive.ipp>
#include <openint/http/impl/proxy.ipp>
#include <openint/http/impl/response_parser.ipp>
#include <openint/http/impl/retry_after.ipp>
#include <openint/http/impl/target.ipp>
#include <openint/http/impl/url.ipp>
#include <openint/impl/client.ipp>
#include <openint/impl/client_config.ipp>
#include <openint/impl/configure.ipp>
#include <openint/impl/connection.ipp>
#include <openint/impl/credential_cache.ipp>
#include <openint/impl/credential_entry.ipp>
#include <openint/impl/credential_flight.ipp>
#include <openint/impl/credential_map.ipp>
#include <openint/impl/credential_store.ipp>
#include <openint/impl/credentials.ipp>
#include <openint/impl/error.ipp>
#include <openint/impl/event.ipp>
#include <openint/impl/headers.ipp>
#include <openint/impl/log.ipp>
#include <openint/impl/operations.ipp>
#include <openint/impl/pager.ipp>
#include <openint/impl/secret_json.ipp>
#include <openint/impl/timestamp.ipp>
#include <openint/json/impl/containers.ipp>
#include <openint/json/impl/decimal.ipp>
#include <openint/json/impl/error.ipp>
#include <openint/json/impl/number.ipp>
#include <openint/json/impl/reader.ipp>
#include <openint/json/impl/scalars.ipp>
#include <openint/json/impl/value.ipp>
#include <openint/json/impl/writer.ipp>
#include <openint/transport/impl/attempt.ipp>
#include <openint/transport/impl/call.ipp>
#include <openint/transport/impl/call_error.ipp>
#include <openint/transport/impl/connection.ipp>
#include <openint/transport/impl/connection_io.ipp>
#include <openint/transport/impl/connection_pool.ipp>
#include <openint/transport/impl/context_service.ipp>
#include <openint/transport/impl/deadline.ipp>
#include <openint/transport/impl/error_answer.ipp>
#include <openint/transport/impl/error_body.ipp>
#include <openint/transport/impl/happy_eyeballs.ipp>
#include <openint/transport/impl/open_connection.ipp>
#include <openint/transport/impl/resolver.ipp>
#include <openint/transport/impl/retry.ipp>
#include <openint/transport/impl/run_on_context.ipp>
#include <openint/transport/impl/server_text.ipp>
#include <openint/transport/impl/tls.ipp>
#include <openint/transport/impl/tls_channel.ipp>
#include <openint/transport/impl/waiter.ipp>

#endif
