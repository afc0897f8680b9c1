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

#include <openint/impl/call.ipp>
#include <openint/impl/client.ipp>
#include <openint/impl/client_config.ipp>
#include <openint/impl/connection.ipp>
#include <openint/impl/connectors.ipp>
#include <openint/impl/error.ipp>
#include <openint/impl/event.ipp>
#include <openint/impl/headers.ipp>
#include <openint/impl/http_connect.ipp>
#include <openint/impl/http_connection.ipp>
#include <openint/impl/http_context_service.ipp>
#include <openint/impl/http_deadline.ipp>
#include <openint/impl/http_decode.ipp>
#include <openint/impl/http_exchange.ipp>
#include <openint/impl/http_open.ipp>
#include <openint/impl/http_outcome.ipp>
#include <openint/impl/http_pool.ipp>
#include <openint/impl/http_proxy.ipp>
#include <openint/impl/http_relay.ipp>
#include <openint/impl/http_resolver.ipp>
#include <openint/impl/http_retry.ipp>
#include <openint/impl/http_send.ipp>
#include <openint/impl/http_tls.ipp>
#include <openint/impl/http_tls_channel.ipp>
#include <openint/impl/http_url.ipp>
#include <openint/impl/json_containers.ipp>
#include <openint/impl/json_error.ipp>
#include <openint/impl/json_number.ipp>
#include <openint/impl/json_reader.ipp>
#include <openint/impl/json_scalars.ipp>
#include <openint/impl/json_steps.ipp>
#include <openint/impl/json_value.ipp>
#include <openint/impl/json_writer.ipp>
#include <openint/impl/log.ipp>
#include <openint/impl/secret_json.ipp>
#include <openint/impl/timestamp.ipp>

#endif
