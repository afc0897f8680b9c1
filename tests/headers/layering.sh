#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: layering.sh INCLUDE_FOLDER
# Checks that every file includes only what is in its own layer or below, and that there are no
# circles. The folder is the layer:
#   7  testing/
#   6  impl/*.hpp: private headers of the client
#   5  transport/
#   4  connectors/
#   2  http/, json/ (which do not include each other)
#   1  detail/
# The public headers lie flat in one folder: such a header is in layer 3, or in that of the highest
# file that it or its body includes. A body belongs to the header that includes it.
# Prints the layers of the flat headers, then what is wrong.

cd "$1" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# Every include, as "FROM TO": of headers alone, and with the bodies under their headers' names.
# shellcheck disable=SC2016
find . -name '*.[hi]pp' | sed 's|^\./||' | sort | xargs awk -v headers="$folder/headers" '
FNR == 1 { print FILENAME, FILENAME > headers; file[++files] = FILENAME; body = 0 }
/^#ifdef OPENINT_HEADER_ONLY/ { body = 1 }
/^#endif/ { body = 0 }
/^[ \t]*#[ \t]*include[ \t]*<openint/ {
    target = $0
    sub("^[^<]*<", "", target)
    sub(">.*$", "", target)
    if (target ~ "[.]inc$") next
    from[++n] = FILENAME
    to[n] = target
    if (target ~ "[.]ipp$" && FILENAME !~ "src[.]hpp$") owner[target] = FILENAME
    if (FILENAME ~ "[.]hpp$" && target ~ "[.]hpp$" && !body) print FILENAME, target > headers
}
function unit(name) { return name in owner ? owner[name] : name }
END {
    for (i = 1; i <= files; ++i) print unit(file[i]), unit(file[i])
    for (i = 1; i <= n; ++i) print unit(from[i]), unit(to[i])
}' | sort -u >"$folder/units"

awk -v folders="$folder/folders" '
function folder_layer(name) {
    if (name ~ "^openint/testing/") return 7
    if (name ~ "^openint/impl/") return 6
    if (name ~ "^openint/transport/") return 5
    if (name ~ "^openint/connectors/") return 4
    if (name ~ "^openint/(http|json)/") return 2
    if (name ~ "^openint/detail/") return 1
    return 0
}
function place(name) {
    if (name in flat) return name
    sub("^openint/", "", name)
    sub("/.*$", "", name)
    return name
}
{ from[NR] = $1; to[NR] = $2; layer[$1] = folder_layer($1) }
END {
    for (name in layer) if (layer[name] == 0) { flat[name] = 1; layer[name] = 3 }
    do {
        changed = 0
        for (i = 1; i <= NR; ++i)
            if (from[i] in flat && layer[to[i]] > layer[from[i]]) {
                layer[from[i]] = layer[to[i]]
                changed = 1
            }
    } while (changed)
    for (name in flat) print layer[name], name | "sort"
    close("sort")
    for (i = 1; i <= NR; ++i) {
        a = place(from[i])
        b = place(to[i])
        print a, b > folders
        if (layer[to[i]] > layer[from[i]] || (layer[from[i]] == 2 && layer[to[i]] == 2 && a != b)) {
            print from[i] ": layer " layer[from[i]] " includes " to[i] " of layer " layer[to[i]]
            bad = 1
        }
    }
    exit bad
}' "$folder/units" || exit 1

cd "$folder" || exit 1
for graph in headers folders; do
    tsort "$graph" >/dev/null || { echo "a circle of $graph"; exit 1; }
done
