# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# Results of benchmarks/request/run.sh as an SVG: CPU time per request, 64 in flight.

function median(list,    values, n, i, j, v)
{
    n = split(list, values, " ")
    for (i = 2; i <= n; ++i) {
        v = values[i] + 0
        for (j = i - 1; j >= 1 && values[j] + 0 > v; --j)
            values[j + 1] = values[j]
        values[j + 1] = v
    }
    return n % 2 ? values[(n + 1) / 2] + 0 : (values[n / 2] + values[n / 2 + 1]) / 2
}

$1 == "time" && $4 == 64 { cpu[$3, $2] = cpu[$3, $2] " " $6 }

END {
    n = split("bare openint beast curl", contender, " ")
    title["bare"] = "hand-written loop, reads nothing"
    title["openint"] = "openint, typed answer"
    title["beast"] = "Beast + value_to, typed answer"
    title["curl"] = "libcurl + nlohmann, typed answer"
    split("plain tls", kinds, " ")
    heading["plain"] = "HTTP"
    heading["tls"] = "HTTPS"
    for (k = 1; k <= 2; ++k)
        for (c = 1; c <= n; ++c) {
            value[k, c] = median(cpu[kinds[k], contender[c]])
            if (value[k, c] > most)
                most = value[k, c]
        }
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"330\"" \
        " font-family=\"sans-serif\" font-size=\"14\">"
    print "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>"
    print "<text x=\"20\" y=\"28\" font-size=\"16\">CPU time per request in microseconds," \
        " 64 requests in flight: shorter is better</text>"
    y = 46
    for (k = 1; k <= 2; ++k) {
        printf "<text x=\"20\" y=\"%d\" font-weight=\"bold\">%s</text>\n", y + 14, heading[kinds[k]]
        y += 22
        for (c = 1; c <= n; ++c) {
            width = 420 * value[k, c] / most
            printf "<text x=\"240\" y=\"%d\" text-anchor=\"end\">%s</text>\n", y + 16, title[contender[c]]
            printf "<rect x=\"250\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>\n", y, width,
                contender[c] == "openint" ? "#2563eb" : "#9ca3af"
            printf "<text x=\"%.1f\" y=\"%d\">%.1f</text>\n", 258 + width, y + 16, value[k, c]
            y += 27
        }
        y += 8
    }
    print "</svg>"
}
