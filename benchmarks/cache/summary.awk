# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Results of benchmarks/cache/run.sh as a table, then the goals.

function goal(name, value, limit)
{
    goals = goals sprintf("goal %s %.2f at-most %s %s\n", name, value, limit,
                          value <= limit ? "met" : "missed")
}
# 0 where the machine was too busy for two threads at once.
function time(way, ids, threads) { return (way, ids, threads) in taken ? median(taken[way, ids, threads]) : 0 }

$1 == "time" {
    taken[$2, $3, $4] = taken[$2, $3, $4] " " $5
    if ($6 > allocations[$2])
        allocations[$2] = $6
}
$1 == "entry" { bytes = $2; size = $3 }

END {
    title["map", 1] = "map under a mutex"
    title["map", 2] = "map under a mutex, two threads, each"
    title["try_get", 1] = "try_get"
    title["try_get", 2] = "try_get, two threads, each"
    title["get", 1] = "co_await get"
    printf "\n%-38s%12s%12s%12s\n", "nanoseconds; connections:", 1, 100, 10000
    n = split("map try_get get map try_get", way, " ")
    split("1 1 1 2 2", threads, " ")
    for (i = 1; i <= n; ++i)
        printf "%-38s%12.1f%12.1f%12.1f\n", title[way[i], threads[i]], time(way[i], 1, threads[i]),
            time(way[i], 100, threads[i]), time(way[i], 10000, threads[i])
    printf "%-38s%12.0f   (CPU time of the caller alone)\n", "call without the cache", time("call", 1, 1)
    printf "\nAllocations: try_get %.3f, get %.3f, call %.0f. An entry takes %d bytes beside its texts,\n" \
        "of which a connection's struct %d.\n\n", allocations["try_get"], allocations["get"],
        allocations["call"], bytes, size

    goal("try-get-of-1-in-ns", time("try_get", 1, 1), 100)
    goal("try-get-of-10000-in-ns", time("try_get", 10000, 1), 200)
    goal("try-get-allocations", allocations["try_get"], 0)
    goal("get-beyond-try-get-in-ns", time("get", 1, 1) - time("try_get", 1, 1), 25)
    goal("get-allocations", allocations["get"], 0)
    if (time("try_get", 1, 2))
        goal("two-threads-on-one-id-against-one", time("try_get", 1, 2) / time("try_get", 1, 1), 2)
    goal("entry-in-bytes", bytes, 1228)
    printf "%s", goals
}
