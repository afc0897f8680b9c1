#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: layering.sh INCLUDE_FOLDER
# Checks that every header includes only headers of its own layer or below:
#   5  openint.hpp, src.hpp: everything
#   4  the client and its operations; the server for tests
#   3  what is asked for, and how one call is made
#   2  the vocabulary
#   1  text to structs and bytes to messages, which know nothing of OpenInt
# The bodies, impl/NAME.ipp or impl/FOLDER_NAME.ipp, are in the layer of their header.

cd "$1" || exit 1
# shellcheck disable=SC2016
find . -name '*.hpp' -o -name '*.ipp' | sed 's|^\./||' | sort | xargs awk '
BEGIN {
    for (i = 1; i < ARGC; ++i) exists[ARGV[i]] = 1
}
function layer(name) {
    if (sub("^openint/impl/", "openint/", name)) {
        if (name ~ "^openint/mock") return 4
        sub("[.]ipp$", ".hpp", name)
        if (!(name in exists)) sub(name ~ "_" ? "_" : "openint/", name ~ "_" ? "/" : "openint/detail/", name)
    }
    if (name ~ "^openint([.]hpp|/src[.]hpp|/testing/src[.]hpp)$") return 5
    if (name ~ "^openint/(client|pager)[.]hpp$") return 4
    if (name ~ "^openint/testing/") return 4
    if (name ~ "^openint/(client_config|request_options|log|result)[.]hpp$") return 3
    if (name ~ "^openint/detail/(call|operation_builder|target)[.]hpp$") return 3
    if (name ~ "^openint/http/(url|request|exchange|checksum|decode)[.]hpp$") return 1
    if (name ~ "^openint/http/") return 3
    if (name ~ "^openint/(json|detail)([.]hpp|/)") return 1
    return 2
}
/^[ \t]*#[ \t]*include[ \t]*[<"]openint/ {
    target = $0
    sub("^[^<\"]*[<\"]", "", target)
    sub("[>\"].*$", "", target)
    if (layer(target) > layer(FILENAME)) {
        printf "%s:%d: layer %d includes %s of layer %d\n",
            FILENAME, FNR, layer(FILENAME), target, layer(target)
        bad = 1
    }
}
END { exit bad }'
