#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh benchmarks/run.sh request [ROUNDS [REQUESTS]]
# Runs each contender against a server in a process of its own, on the other of two cores: ROUNDS
# times (5), REQUESTS requests (10000) each time. Prints medians, then the goals; draws
# build/benchmarks/request.svg. Installs what is missing if run as root on Debian.

set -e
cd "$(dirname "$0")/../.."
rounds=${1:-5} requests=${2:-10000}

sh cmake/install-dependencies.sh
missing=
[ -n "$(command -v curl-config)" ] || missing="$missing libcurl4-openssl-dev"
[ -r /usr/include/nlohmann/json.hpp ] || missing="$missing nlohmann-json3-dev"
[ -n "$(command -v valgrind)" ] || missing="$missing valgrind"
[ -n "$(command -v wrk)" ] || missing="$missing wrk"
if [ -n "$missing" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-remove \
        --no-install-recommends $missing </dev/null
fi

build=build/benchmarks
cmake -S . -B $build -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DOPENINT_BUILD_TESTS=OFF -DOPENINT_BUILD_EXAMPLES=OFF -DOPENINT_BUILD_BENCHMARKS=ON >/dev/null
cmake --build $build --target benchmark_request benchmark_request_server \
    benchmark_request_allocations
cd $build/benchmarks/request

mkfifo ports.$$
./benchmark_request_server ca.pem >ports.$$ &
server=$!
trap 'kill $server 2>/dev/null; rm -f ports.$$' EXIT
trap 'exit 1' INT TERM
read -r plain tls <ports.$$
rm -f ports.$$

ask() # CONTENDER KIND IN_FLIGHT REQUESTS [WRAPPER...]: one run
{
    contender=$1 kind=$2 in_flight=$3 number=$4
    shift 4
    if [ "$kind" = tls ]; then
        "$@" ./benchmark_request "$contender" "$tls" "$in_flight" "$number" ca.pem
    else
        "$@" ./benchmark_request "$contender" "$plain" "$in_flight" "$number"
    fi
}

: >results
for round in $(seq "$rounds"); do
    for kind in plain tls; do
        for in_flight in 1 8 64 256; do
            echo "round $round of $rounds: $kind, $in_flight in flight" >&2
            for contender in bare openint beast curl; do
                echo "time $(ask $contender $kind $in_flight "$requests")" >>results
            done
        done
    done
done

if command -v wrk >/dev/null; then
    for in_flight in 1 8 64 256; do
        taskset -c 1 wrk -t 1 -c "$in_flight" -d 1 \
            "http://127.0.0.1:$plain/v1/connection/conn_github_bench00" |
            awk -v n="$in_flight" '/^Requests\/sec/ { print "wrk", n, $2 }' >>results
    done
fi

echo "allocations and memory" >&2
counting=LD_PRELOAD=$PWD/libbenchmark_request_allocations.so
for contender in bare openint beast curl reading; do
    # Two numbers of requests, since beginning costs something, too.
    echo "allocations $(ask $contender plain 64 1000 env "$counting") \
        $(ask $contender plain 64 3000 env "$counting")" | tr -d '\n' >>results
    echo >>results
done
# The allocator's own cache of freed blocks would count as in use.
ask memory plain 64 100000 env GLIBC_TUNABLES=glibc.malloc.tcache_count=0 >>results

if command -v valgrind >/dev/null; then
    # Callgrind takes each repetition of "rep stosb" for an instruction: let memset do without.
    threshold=1000000000
    tunables=glibc.cpu.x86_rep_stosb_threshold=$threshold:glibc.cpu.x86_rep_movsb_threshold=$threshold
    for contender in bare openint beast curl reading; do
        echo "instructions: $contender" >&2
        ask $contender plain 64 2000 env GLIBC_TUNABLES=$tunables valgrind -q --tool=callgrind --collect-atstart=no \
            --toggle-collect=openint_bench_measured --callgrind-out-file=callgrind.$contender \
            >/dev/null
        awk -v name=$contender '/^summary:/ { print "instructions", name, $2 / 2000 }' \
            callgrind.$contender >>results
    done
fi

awks=$OLDPWD/benchmarks
awk -f "$awks/median.awk" -f "$awks/request/chart.awk" results >../../request.svg
awk -f "$awks/median.awk" -f "$awks/request/summary.awk" results
