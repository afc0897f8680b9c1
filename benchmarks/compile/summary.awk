# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Results of benchmarks/compile/run.sh as a table, then the goals.

function row(name, title)
{
    printf "%-46s%8.1f%14.0f%14.0f\n", title, median(seconds[name]), object[name] / 1024, code[name] / 1024
}

function goal(name, of, limit,    value)
{
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
}
