#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh benchmarks/run.sh cache [ROUNDS]
# What it costs to get credentials that are in the cache, beside a map under a mutex and a call
# without it: ROUNDS times (3). Prints medians, then the goals; draws build/benchmarks/cache.svg.

set -e
cd "$(dirname "$0")/../.."
rounds=${1:-3}

sh cmake/install-dependencies.sh
build=build/benchmarks
cmake -S . -B $build -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DOPENINT_BUILD_TESTS=OFF -DOPENINT_BUILD_EXAMPLES=OFF -DOPENINT_BUILD_BENCHMARKS=ON >/dev/null
cmake --build $build --target benchmark_cache
cd $build/benchmarks/cache

: >results
for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    # The allocator's own cache of freed blocks would count as in use.
    GLIBC_TUNABLES=glibc.malloc.tcache_count=0 ./benchmark_cache memory >>results
    ./benchmark_cache >>results
done

awks=$OLDPWD/benchmarks
awk -f "$awks/median.awk" -f "$awks/cache/chart.awk" results >../../cache.svg
awk -f "$awks/median.awk" -f "$awks/cache/summary.awk" results
