#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Run by `sh benchmarks/run.sh parse`. Results stay in build/benchmarks/parse: parse.tsv, parse.svg.
# Environment: CXX, the compiler (g++).

cd "$(dirname "$0")/../.." || exit 1
cxx=${CXX:-g++}
out=build/benchmarks/parse
mkdir -p "$out"

missing=
has() { printf '#include <%s>\nint main() {}\n' "$1" | $cxx -std=c++20 -x c++ -E - >/dev/null 2>&1; }
has boost/json.hpp || missing="$missing libboost-json-dev"
has benchmark/benchmark.h || missing="$missing libbenchmark-dev"
has simdjson.h || missing="$missing libsimdjson-dev"
has rapidjson/document.h || missing="$missing rapidjson-dev"
has nlohmann/json.hpp || missing="$missing nlohmann-json3-dev"
command -v valgrind >/dev/null || missing="$missing valgrind"
if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "Missing on this machine:$missing" >&2
        exit 1
    fi
    apt-get update -q >/dev/null
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-remove --no-install-recommends $missing ||
        exit 1
fi

flags="-std=c++20 -O2 -DNDEBUG -Iinclude -Ibenchmarks/parse"
objects=
for name in allocations documents main read_openint read_boost read_simdjson read_rapidjson \
    read_nlohmann; do
    echo "building $name"
    # shellcheck disable=SC2086
    $cxx $flags -c "benchmarks/parse/$name.cpp" -o "$out/$name.o" || exit 1
    objects="$objects $out/$name.o"
done
# shellcheck disable=SC2086
$cxx $objects -o "$out/parse" -lboost_json -lsimdjson -lbenchmark -lpthread || exit 1
echo "building the portable reader"
# shellcheck disable=SC2086
$cxx $flags -DOPENINT_JSON_PORTABLE benchmarks/parse/allocations.cpp benchmarks/parse/documents.cpp \
    benchmarks/parse/main.cpp benchmarks/parse/read_openint.cpp -o "$out/parse_portable" \
    -lboost_json -lbenchmark -lpthread || exit 1

"$out/parse" --report="$out/parse.tsv" 2>/dev/null >"$out/report.txt" || { cat "$out/report.txt"; exit 1; }
grep -v '^goal' "$out/report.txt"
awk -f benchmarks/parse/table.awk "$out/parse.tsv" >"$out/parse.svg"

instructions() # --read or --copy: for one time
{
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "--toggle-collect=measured_${1#--}" \
        "$out/parse" "$1" 2>&1 | awk '/Collected/ { printf "%d\n", $NF / 100 }'
}

goal() # NAME VALUE LIMIT: at most
{
    awk -v name="$1" -v value="$2" -v limit="$3" 'BEGIN {
        printf "goal %s %.2f at-most %.2f %s\n", name, value, limit, value <= limit ? "met" : "missed" }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

compile() # FILE: seconds of CPU, the median of five
{
    for _ in 1 2 3 4 5; do
        # shellcheck disable=SC2086
        bash -c "TIMEFORMAT=%U; time $cxx $flags -c $1 -o $out/compiled.o" 2>&1
    done | median
}

grep '^goal' "$out/report.txt"
read=$(instructions --read) copy=$(instructions --copy)
echo "instructions: reading $read, copying $copy"
goal instructions-against-copying "$(awk "BEGIN { print $read / $copy }")" 2.0
for _ in 1 2 3 4 5; do "$out/parse" --ours; done | median >"$out/native"
for _ in 1 2 3 4 5; do "$out/parse_portable" --ours; done | median >"$out/portable"
goal portable-against-native "$(paste "$out/portable" "$out/native" | awk '{ print $1 / $2 }')" 2.0
ours=$(compile benchmarks/parse/read_openint.cpp) theirs=$(compile benchmarks/parse/read_boost.cpp)
echo "compiling: $ours s, with value_to $theirs s"
goal compile-time-against-value_to "$(awk "BEGIN { print $ours / $theirs }")" 1.0
