# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Results of benchmarks/request/run.sh as tables, then the goals.

# The median over the rounds of how many times b's CPU time a needs.
function ratio(kind, in_flight, a, b,    x, y, n, i, list)
{
    n = split(cpu[kind, in_flight, a], x, " ")
    split(cpu[kind, in_flight, b], y, " ")
    for (i = 1; i <= n; ++i)
        list = list " " x[i] / y[i]
    return median(list)
}

function goal(name, value, direction, limit,    met)
{
    met = direction == "at-least" ? value >= limit : value <= limit
    goals = goals sprintf("goal %s %.2f %s %s %s\n", name, value, direction, limit,
                          met ? "met" : "missed")
}

$1 == "time" {
    speed[$3, $4, $2] = speed[$3, $4, $2] " " $5
    cpu[$3, $4, $2] = cpu[$3, $4, $2] " " $6
}
$1 == "wrk" { wrk[$2] = $3 }
$1 == "allocations" { allocations[$2] = (3000 * $13 - 1000 * $7) / 2000 }
$1 == "instructions" { instructions[$2] = $3; counted = 1 }
$1 == "memory" { before = $2; after = $3 }

END {
    split("bare openint beast curl", contender, " ")
    title["bare"] = "hand-written Asio loop, reads nothing"
    title["openint"] = "openint, typed answer"
    title["beast"] = "Beast and value_to, typed answer"
    title["curl"] = "libcurl and nlohmann, typed answer"
    split("1 8 64 256", flight, " ")
    split("plain tls", kinds, " ")
    for (k = 1; k <= 2; ++k) {
        printf "\n%-39s%36s\n%-39s", kinds[k] == "plain" ? "HTTP" : "HTTPS", "CPU us per request (requests/s)",
            "requests in flight"
        for (f = 1; f <= 4; ++f)
            printf "%16s", flight[f]
        printf "\n"
        for (c = 1; c <= 4; ++c) {
            printf "%-39s", title[contender[c]]
            for (f = 1; f <= 4; ++f)
                printf "%7.1f (%6.0f)", median(cpu[kinds[k], flight[f], contender[c]]),
                    median(speed[kinds[k], flight[f], contender[c]])
            printf "\n"
        }
        if (kinds[k] == "plain" && 64 in wrk) {
            printf "%-39s", "wrk, reads nothing"
            for (f = 1; f <= 4; ++f)
                printf "%7s (%6.0f)", "", wrk[flight[f]]
            printf "\n"
        }
    }
    printf "\n%-39s%16s%16s\n", "64 in flight, HTTP, per request", "allocations", "instructions"
    title["reading"] = "reading alone: typed answer from text"
    contender[5] = "reading"
    for (c = 1; c <= 5; ++c)
        printf "%-39s%16.1f%16.0f\n", title[contender[c]], allocations[contender[c]],
            instructions[contender[c]]
    printf "\nTLS alone (the loop over TLS less the loop): %.1f us per request\n",
        median(cpu["tls", 64, "bare"]) - median(cpu["plain", 64, "bare"])
    printf "Memory in use after 1,100 connections and 110,000 requests: %d bytes, of which new since\n" \
        "the first 100 and 10,000: %d\n\n", after, after - before

    goal("cpu-against-hand-written-loop", ratio("plain", 64, "openint", "bare"), "at-most", 2)
    goal("cpu-of-beast-and-value-to-against-ours", ratio("plain", 64, "beast", "openint"), "at-least", 2.5)
    goal("cpu-of-libcurl-and-nlohmann-against-ours", ratio("plain", 64, "curl", "openint"), "at-least", 5)
    if (counted)
        goal("instructions-without-reading", instructions["openint"] - instructions["reading"], "at-most", 20000)
    goal("tls-cpu-against-hand-written-loop", ratio("tls", 64, "openint", "bare"), "at-most", 1.6)
    goal("allocations-beyond-the-answer", allocations["openint"] - allocations["reading"], "at-most", 4)
    goal("memory-growth-bytes", after - before, "at-most", 16384)
    printf "%s", goals
}
