// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.

// A shared library whose symbols are hidden, with a copy of this library of its own.

#include "library.hpp"

#include <openint.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <utility>

namespace library {

void refused_call()
{
    boost::asio::io_context io;
    boost::asio::co_spawn(io, openint::client(io, {}).get_connection(""),
                          [](std::exception_ptr e, const openint::connection&) {
                              if (e)
                                  std::rethrow_exception(e);
                          });
    io.run();
}

void failed_call(unsigned status)
{
    openint::error_data data;
    data.code = {static_cast<int>(status), openint::http_status_category()};
    data.status = status;
    openint::error(std::move(data)).raise();
}

void unreadable() { (void)openint::json::read<int>("x"); }

const void* category() { return &openint::error_category(); }

} // namespace library
