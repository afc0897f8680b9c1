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

awk '
function median(list,    v, n, i, j, x) {
    n = split(list, v, " ")
    for (i = 2; i <= n; ++i) {
        x = v[i] + 0
        for (j = i - 1; j >= 1 && v[j] + 0 > x; --j) v[j + 1] = v[j]
        v[j + 1] = x
    }
    return n % 2 ? v[(n + 1) / 2] + 0 : (v[n / 2] + v[n / 2 + 1]) / 2
}
function row(name, title) {
    printf "%-46s%8.1f%14.0f%14.0f\n", title, median(seconds[name]), object[name] / 1024, code[name] / 1024
}
function goal(name, of, limit,    value) {
    value = median(seconds[of]) / median(seconds["beast"])
    printf "goal %s %.2f at-most %s %s\n", name, value, limit, value <= limit ? "met" : "missed"
}
{ seconds[$1] = seconds[$1] " " $2; object[$1] = $3; code[$1] = $4 }
END {
    printf "%-46s%8s%14s%14s\n", "one file at -O2", "CPU s", "object, KiB", "its code, KiB"
    row("beast", "Beast and value_to")
    row("header-only", "openint, header-only")
    row("separate", "openint, compiled separately")
    row("src", "  the bodies, once per program")
    printf "\n"
    goal("compile-header-only-against-beast", "header-only", 0.45)
    goal("compile-separate-against-beast", "separate", 0.2)
}' "$work/results"
