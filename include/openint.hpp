// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_HPP
#define OPENINT_HPP

/// \file
/// The whole client. Beside it are <openint/testing/mock_server.hpp>, for tests, and
/// <openint/src.hpp>, for separate compilation; <openint/connectors.hpp>, settings by connector.

/// \namespace openint
/// The client, what it is configured with, and what it answers.

/// \namespace openint::json
/// JSON to structs described by Boost.Describe, and back: see <openint/json.hpp>.

#include <openint/client.hpp>
#include <openint/client_config.hpp>
#include <openint/connection.hpp>
#include <openint/connector.hpp>
#include <openint/connector_config.hpp>
#include <openint/credential_cache.hpp>
#include <openint/credential_cache_options.hpp>
#include <openint/credentials.hpp>
#include <openint/customer.hpp>
#include <openint/enum_set.hpp>
#include <openint/error.hpp>
#include <openint/event.hpp>
#include <openint/field.hpp>
#include <openint/headers.hpp>
#include <openint/integration.hpp>
#include <openint/json.hpp>
#include <openint/json_ref.hpp>
#include <openint/log.hpp>
#include <openint/open_enum.hpp>
#include <openint/page.hpp>
#include <openint/pager.hpp>
#include <openint/params.hpp>
#include <openint/request_options.hpp>
#include <openint/response_info.hpp>
#include <openint/result.hpp>
#include <openint/retry_options.hpp>
#include <openint/secret.hpp>
#include <openint/secret_json.hpp>
#include <openint/secret_value.hpp>
#include <openint/service.hpp>
#include <openint/timestamp.hpp>
#include <openint/tls_options.hpp>
#include <openint/version.hpp>
#include <openint/view_list.hpp>

#endif
