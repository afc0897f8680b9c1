// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

#ifndef OPENINT_FWD_HPP
#define OPENINT_FWD_HPP

#include <type_traits>

/// \file
/// Declarations without definitions, for headers that only mention the library's types. Everything
/// else in this library includes what it uses; nobody has to include this.

namespace openint {

class api_error;
class client;
class error;
class headers;
class json_ref;
class secret;
class secret_json;
class secret_value;
class timestamp;

enum class auth_type;
enum class condition;
enum class connection_expand;
enum class connection_status;
enum class connector_stage;
enum class errc;
enum class platform;
enum class refresh_policy;

struct client_config;
struct connection;
struct connection_check;
struct connection_settings;
struct connector;
struct connector_config;
struct connector_schemas;
struct connector_scope;
struct customer;
struct customer_summary;
struct customer_token;
struct event;
struct get_connection_params;
struct header;
struct integration;
struct log_event;
struct oauth_credentials;
struct oauth_settings;
struct request_options;
struct response_info;

template <class E>
requires std::is_enum_v<E>
class enum_set;
template <class T>
class field;
template <class E>
requires std::is_enum_v<E>
class open_enum;
template <class T>
struct page;
template <class T>
class pager;
template <class T>
class result;
template <class T>
requires std::is_trivially_copyable_v<T>
class view_list;

} // namespace openint

#endif
