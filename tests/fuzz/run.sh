#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh tests/fuzz/run.sh [SECONDS [NAME...]]
# Builds every fuzz target (fuzz_NAME.cpp) and runs each for SECONDS (60), one for each processor at
# once, beginning with the documents in corpus/NAME. Needs clang with its fuzzer runtime: CXX,
# clang++-19 by default. Inputs that are found stay in build/fuzz; what fails is written there as well,
# and named. OPENINT_FUZZ_SEED makes a run that begins as another one with the same number did (0: as
# none did before).

cd "$(dirname "$0")/../.." || exit 1
seconds=${1:-60}
[ $# -eq 0 ] || shift
cxx=${CXX:-clang++-19}
if ! printf 'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }\n' |
    $cxx -fsanitize=fuzzer -x c++ - -o /dev/null 2>/dev/null; then
    echo "skipped: $cxx cannot build fuzz targets (install clang-19 and libclang-rt-19-dev, or set CXX)"
    exit 0
fi
out=$(pwd)/build/fuzz
mkdir -p "$out"
boost=${OPENINT_BOOST_INCLUDE_DIR:+-isystem $OPENINT_BOOST_INCLUDE_DIR}
[ $# -gt 0 ] || set -- $(ls tests/fuzz/fuzz_*.cpp | sed 's|.*/fuzz_||; s|\.cpp$||')

fuzz() # NAME
{
    name=$1
    # shellcheck disable=SC2086
    if ! $cxx -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
        -Iinclude $boost "tests/fuzz/fuzz_$name.cpp" -o "$out/fuzz_$name" \
        -lboost_json -lssl -lcrypto -lpthread; then
        echo "$name: does not build"
        return 1
    fi
    mkdir -p "$out/found/$name"
    corpus=tests/fuzz/corpus/$name
    [ -d "$corpus" ] || corpus=
    # shellcheck disable=SC2086
    if "$out/fuzz_$name" -max_total_time="$seconds" -seed="${OPENINT_FUZZ_SEED:-0}" -timeout=10 -rss_limit_mb=2048 -max_len=8192 \
        -artifact_prefix="$out/$name-" -print_final_stats=1 "$out/found/$name" $corpus \
        >"$out/$name.log" 2>&1; then
        echo "$name: $(grep -E 'stat::number_of_executed_units' "$out/$name.log")"
    else
        tail -n 30 "$out/$name.log"
        echo "$name: FAILED (see $out/$name.log)"
        return 1
    fi
}

if [ $# -eq 1 ]; then
    fuzz "$1"
else
    printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 sh tests/fuzz/run.sh "$seconds"
fi
