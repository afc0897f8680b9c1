#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh examples/quickstart.sh [ARGUMENTS OF get_connection]
# Installs what is missing (see cmake/install-dependencies.sh), builds the example that fetches a
# connection, and runs it.

cd "$(dirname "$0")/.." || exit 1
sh cmake/install-dependencies.sh >&2 || exit 1

folder=build/quickstart
{
    cmake -S . -B "$folder" --log-level=WARNING -DCMAKE_BUILD_TYPE=Debug -DOPENINT_BUILD_TESTS=OFF \
        -DOPENINT_BUILD_BENCHMARKS=OFF \
        -DOPENINT_BOOST_INCLUDE_DIR="${OPENINT_BOOST_INCLUDE_DIR:-}" &&
        cmake --build "$folder" -j "$(nproc)" --target get_connection
} >&2 || exit 1
exec "$folder/examples/get_connection" "$@"
