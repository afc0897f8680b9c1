#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh doc/layers.sh >doc/layers.svg
# Draws the layers of the library from its includes: a box for each folder with the headers in it, a
# curve for each folder that it includes, thicker the more includes there are. All curves run down.
# A test compares doc/layers.svg with what this prints.

cd "$(dirname "$0")/../include" || exit 1
LC_ALL=C
export LC_ALL

# "LAYER FILE" of each flat header, then each file, then "FROM TO" of each include.
{
    sh ../tests/headers/layering.sh . | grep '^[0-9] '
    find . -name '*.[hi]pp' | sed 's|^\./||' | sort
    grep -r '^# *include <openint' --include='*.hpp' --include='*.ipp' openint |
        sed 's/^\([^:]*\):.*<\(.*\)>.*/\1 \2/' | grep -v '[.]inc$' | sort
} | awk '
function room(file) {
    if (file ~ "^openint/(testing|transport|connectors|http|json|detail)/") {
        sub("^openint/", "", file)
        sub("/.*", "", file)
        return file
    }
    sub("impl/", "", file)
    sub("[.]ipp$", ".hpp", file)
    if (file == "openint/json.hpp") return "json"
    if (!(file in layer)) return "client"
    return layer[file] == 3 ? "vocabulary" : layer[file] == 4 ? "connectors" : "client"
}
function begin_row(name, title, note) { rows[++n] = name; row[name] = n; titles[n] = title; notes[n] = note }
function text(x, y, class, what) {
    printf "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n", x, y, class, what
}
BEGIN {
    begin_row("testing", "7 &#160;testing/", "the service in the process of a test")
    begin_row("client", "6 &#160;client", "the handle and its operations")
    begin_row("transport", "5 &#160;transport/", "sockets: attempts, pool, TLS, deadlines")
    begin_row("connectors", "4 &#160;connectors/", "settings of each connector")
    begin_row("vocabulary", "3 &#160;vocabulary", "what is asked for and what comes back")
    begin_row("http", "2 &#160;http/", "bytes to messages, without I/O")
    begin_row("json", "2 &#160;json/", "text to structs and back")
    begin_row("detail", "1 &#160;detail/", "characters, wiping, configuration")
}
$1 ~ "^[0-9]$" { layer[$2] = $1; next }
NF == 1 {
    if ($1 !~ "[.]hpp$") next
    name = $1
    sub("^openint/", "", name)
    in_room = room($1)
    sub("^" in_room "/", "", name)
    sub("[.]hpp$", "", name)
    list[in_room] = list[in_room] " " name
    next
}
{
    from = room($1)
    to = room($2)
    if (from != to) ++includes[from, to]
}
END {
    width = 760
    y = 10
    for (i = 1; i <= n; ++i) {
        top[i] = y
        count = split(list[rows[i]], names, " ")
        lines[i] = 0
        line = ""
        size = 0
        for (k = 1; k <= count; ++k) {
            if (line != "" && size + length(names[k]) > 104) {
                text_line[i, ++lines[i]] = line
                line = ""
                size = 0
            }
            line = line == "" ? names[k] : line "&#160; " names[k]
            size += length(names[k]) + 2
        }
        text_line[i, ++lines[i]] = line
        height[i] = 34 + 16 * lines[i]
        y += height[i] + 14
    }
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" " \
        "aria-label=\"The layers of the library and what includes what\">\n", width + 220, y
    print "<style>"
    print "rect { fill: #f6f8fa; stroke: #8c959f; }"
    print "text { font-family: sans-serif; fill: #1f2328; }"
    print ".title { font-size: 15px; font-weight: bold; }"
    print ".note { font-size: 13px; fill: #59636e; }"
    print ".files { font-size: 11px; font-family: monospace; }"
    print "path { fill: none; stroke: #0969da; stroke-opacity: 0.55; }"
    print ".tip { fill: #0969da; fill-opacity: 0.8; stroke: none; }"
    print "@media (prefers-color-scheme: dark) {"
    print "rect { fill: #151b23; stroke: #656c76; } text { fill: #f0f6fc; } .note { fill: #9198a1; }"
    print "path { stroke: #4493f8; } .tip { fill: #4493f8; }"
    print "}"
    print "</style>"
    for (i = 1; i <= n; ++i) {
        printf "<rect x=\"10\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n", top[i], width,
            height[i]
        text(24, top[i] + 21, "title", titles[i])
        text(180, top[i] + 21, "note", notes[i])
        for (k = 1; k <= lines[i]; ++k)
            text(24, top[i] + 24 + 16 * k, "files", text_line[i, k])
    }
    x = width + 10
    for (i = 1; i <= n; ++i)
        for (k = 1; k <= n; ++k) {
            count = includes[rows[i], rows[k]]
            if (!count) continue
            distance = k > i ? k - i : i - k
            y1 = top[i] + height[i] / 2 + 3 * distance
            y2 = top[k] + height[k] / 2 - 3 * distance
            bend = x + 20 + 24 * distance
            printf "<path d=\"M%d %d C%d %d %d %d %d %d\" stroke-width=\"%.1f\"><title>" \
                "%s includes %s, %d times</title></path>\n", x, y1, bend, y1, bend, y2, x + 6, y2,
                1 + log(count), rows[i], rows[k], count
            printf "<path class=\"tip\" d=\"M%d %d l9 -5 v10 z\"/>\n", x, y2
        }
    print "</svg>"
}'
