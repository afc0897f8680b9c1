# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Results of benchmarks/request/run.sh as an SVG: CPU time per request, 64 in flight.

$1 == "time" && $4 == 64 { cpu[$3, $2] = cpu[$3, $2] " " $6 }

END {
    n = split("openint bare beast curl", contender, " ")
    title["openint"] = "openint, typed answer"
    title["bare"] = "Asio by hand, nothing read"
    title["beast"] = "Beast and value_to"
    title["curl"] = "libcurl and nlohmann"
    split("plain tls", kinds, " ")
    heading["plain"] = "HTTP"
    heading["tls"] = "HTTPS"
    for (k = 1; k <= 2; ++k)
        for (c = 1; c <= n; ++c) {
            value[k, c] = median(cpu[kinds[k], contender[c]])
            if (value[k, c] > most)
                most = value[k, c]
        }
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"790\" height=\"250\"" \
        " font-family=\"sans-serif\" font-size=\"13\">"
    print "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
    y = 36
    for (k = 1; k <= 2; ++k) {
        printf "<text x=\"10\" y=\"%d\" font-weight=\"bold\">%s: microseconds of CPU time per request%s</text>\n", y,
            heading[kinds[k]], k == 1 ? ", 64 in flight; shorter is better" : ""
        for (c = 1; c <= n; ++c) {
            y += 20
            width = 400 * value[k, c] / most
            printf "<text x=\"10\" y=\"%d\">%s</text>\n", y, title[contender[c]]
            printf "<rect x=\"200\" y=\"%d\" width=\"%.0f\" height=\"14\" fill=\"%s\"/>\n", y - 12, width,
                contender[c] == "openint" ? "#1f6feb" : "#b6bcc5"
            printf "<text x=\"%.0f\" y=\"%d\">%.1f (%.2f &#215; our time)</text>\n", 206 + width, y, value[k, c],
                value[k, c] / value[k, 1]
        }
        y += 34
    }
    print "</svg>"
}
