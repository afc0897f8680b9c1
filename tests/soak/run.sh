#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh tests/soak/run.sh [SECONDS [SEED]]
# Builds the hostile soak twice and runs it for half of SECONDS (60) under the address and undefined
# behaviour sanitizers, and for the other half under the thread sanitizer. CXX is the compiler.

cd "$(dirname "$0")/../.." || exit 1
seconds=${1:-60}
seed=${2:-}
out=$(pwd)/build/soak
mkdir -p "$out"
boost=${OPENINT_BOOST_INCLUDE_DIR:+-isystem $OPENINT_BOOST_INCLUDE_DIR}

build()
{
    # shellcheck disable=SC2086
    ${CXX:-g++} -std=c++20 -O1 -g1 -w -fsanitize="$1" -DOPENINT_SEPARATE_COMPILATION -Iinclude $boost \
        tests/soak/soak.cpp tests/sanitizers.cpp tests/compiled.cpp tests/compiled_testing.cpp -o "$out/$2" \
        -lboost_json -lssl -lcrypto -lpthread
}
build address,undefined asan &
first=$!
build thread tsan || exit 1
wait "$first" || exit 1

run= # the thread sanitizer cannot start where the kernel scatters memory too widely
if setarch "$(uname -m)" -R true 2>/dev/null; then
    run="setarch $(uname -m) -R"
fi
# shellcheck disable=SC2086
"$out/asan" $((seconds / 2)) $seed && $run "$out/tsan" $((seconds - seconds / 2)) $seed
