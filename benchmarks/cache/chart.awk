# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Results of benchmarks/cache/run.sh as an SVG: nanoseconds to get credentials that are there.

function time(way, ids, threads) { return (way, ids, threads) in taken ? median(taken[way, ids, threads]) : 0 }
$1 == "time" { taken[$2, $3, $4] = taken[$2, $3, $4] " " $5 }

function bar(name, value, ours)
{
    width = 400 * value / most
    printf "<text x=\"10\" y=\"%d\">%s</text>\n", y, name
    printf "<rect x=\"240\" y=\"%d\" width=\"%.0f\" height=\"14\" fill=\"%s\"/>\n", y - 12, width,
        ours ? "#1f6feb" : "#b6bcc5"
    printf "<text x=\"%.0f\" y=\"%d\">%.0f ns</text>\n", 246 + width, y, value
    y += 20
}

END {
    split("1 100 10000", ids, " ")
    split("map try_get get map try_get", way, " ")
    split("1 1 1 2 2", threads, " ")
    split("map under a mutex;try_get;co_await get;map, two threads;try_get, two threads", title, ";")
    for (k = 1; k <= 3; ++k)
        for (i = 1; i <= 5; ++i)
            if (time(way[i], ids[k], threads[i]) > most)
                most = time(way[i], ids[k], threads[i])
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"790\" height=\"424\"" \
        " font-family=\"sans-serif\" font-size=\"13\">"
    print "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
    y = 30
    for (k = 1; k <= 3; ++k) {
        printf "<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s connection%s%s</text>\n", y,
            ids[k], k == 1 ? "" : "s", k == 1 ? ": nanoseconds; shorter is better" : ""
        y += 20
        for (i = 1; i <= 5; ++i)
            bar(title[i], time(way[i], ids[k], threads[i]), way[i] != "map")
        y += 14
    }
    printf "<text x=\"10\" y=\"%d\">A call without the cache: %.0f ns of CPU time, and a round trip.</text>\n", y,
        time("call", 1, 1)
    print "</svg>"
}
