# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Draws the table of `sh benchmarks/run.sh parse` as an SVG: for the single document and the page,
# megabytes a second of each contender.
#   awk -f benchmarks/parse/table.awk build/benchmarks/parse/parse.tsv >parse.svg

BEGIN { FS = "\t" }
$1 == "connection" || $1 == "page of 50" {
    n++
    document[n] = $1; name[n] = $2; speed[n] = $4; times[n] = $6
    if ($2 != "copy" && $4 > most) most = $4
}
END {
    row = 20; y = 10
    for (i = 1; i <= n; i++) {
        if (name[i] == "copy") continue
        if (document[i] != last) { y += 34; last = document[i]; head[i] = y - 8 }
        at[i] = y; y += row
    }
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n", y + 12
    printf "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n"
    for (i = 1; i <= n; i++) {
        if (name[i] == "copy") continue
        if (head[i]) printf "<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s: MB/s</text>\n", head[i], document[i]
        width = 420 * speed[i] / most
        printf "<text x=\"10\" y=\"%d\">%s</text>\n", at[i] + 12, name[i]
        printf "<rect x=\"170\" y=\"%d\" width=\"%.0f\" height=\"14\" fill=\"%s\"/>\n", at[i], width, name[i] == "openint" ? "#1f6feb" : "#b6bcc5"
        printf "<text x=\"%.0f\" y=\"%d\">%.0f (%.2f &#215; our time)</text>\n", 176 + width, at[i] + 12, speed[i], times[i]
    }
    print "</svg>"
}
