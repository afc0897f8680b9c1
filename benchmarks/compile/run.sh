#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh benchmarks/run.sh compile [ROUNDS]
# What it costs to compile a file with a coroutine that calls get_connection, at -O2: with everything
# inline, and with the library compiled separately; against the same program written with Boost.Beast
# and Boost.JSON alone. ROUNDS times (3), in turns. CPU time, not the clock's: medians. Then the
# goals. Environment: CXX.

set -e
cd "$(dirname "$0")/../.."
rounds=${1:-3}
cxx=${CXX:-c++}
sh cmake/install-dependencies.sh
work=build/benchmarks/compile
mkdir -p "$work"

measure() # NAME FILE FLAGS...: a line "NAME SECONDS BYTES BYTES", of CPU time, object and code
{
    name=$1 file=$2
    shift 2
    # What the shell says about its children, before and after.
    seconds=$( (
        "$cxx" -std=c++20 -O2 -Iinclude "$@" -c "$file" -o "$work/$name.o" || exit
        times
    ) | awk 'NR == 2 { for (i = 1; i <= 2; ++i) { split($i, t, "[ms]"); s += t[1] * 60 + t[2] }
                       printf "%.2f", s }')
    echo "$name $seconds $(wc -c <"$work/$name.o") $(size "$work/$name.o" |
        awk 'NR == 2 { print $1 }')"
}

: >"$work/results"
for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    measure header-only benchmarks/compile/openint.cpp >>"$work/results"
    measure separate benchmarks/compile/openint.cpp -DOPENINT_SEPARATE_COMPILATION >>"$work/results"
    measure beast benchmarks/compile/beast.cpp >>"$work/results"
done
printf '#include <openint/src.hpp>\n' >"$work/src.cpp"
measure src "$work/src.cpp" -DOPENINT_SEPARATE_COMPILATION >>"$work/results"

awk -f benchmarks/median.awk -f benchmarks/compile/summary.awk "$work/results"
