#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh cmake/single-header.sh FILE
# Writes the whole library as one header, FILE. The same sources give the same bytes.
#
# What is in pieces otherwise is chosen by macros: which names are there, in any file, before the
# header is included; whether bodies are inline, in all files alike.
#   OPENINT_INCLUDE_CONNECTORS       with <openint/connectors.hpp>
#   OPENINT_INCLUDE_TESTING          with <openint/testing/mock_server.hpp>
#   OPENINT_SEPARATE_COMPILATION     bodies are compiled once:
#   OPENINT_INCLUDE_SRC              here, in exactly one file (<openint/src.hpp>), which has the
#                                    other macros as well, if any file has them
#   OPENINT_INCLUDE_JSON_SRC         and Boost.JSON's with them

[ $# -eq 1 ] || { sed -n '4,5 s/^# //p' "$0" >&2; exit 2; }
target=$1
LC_ALL=C
export LC_ALL

include=$(dirname "$0")/../include/
version=$(sed -n 's/^#define OPENINT_VERSION_STRING "\(.*\)"/\1/p' "$include/openint/version.hpp")

awk -v include="$include" -v version="$version" '
# What a line includes of ours, "" if nothing.
function included(line) {
    if (line !~ /^#include <openint[.\/]/) return ""
    sub(/^[^<]*</, "", line)
    sub(/>.*$/, "", line)
    return line
}

# Prints a file with all that it includes. A file that has a guard is printed once in the parts that
# are always there together, which are named by scope; one that has none, each time. Bodies that a
# header brings when they are inline are left out: they are in a part of their own.
function expand(name, scope,    path, line, lines, n, i, next_name, guarded) {
    if ((scope, name) in printed) return
    path = include name
    while ((got = (getline line < path)) > 0) lines[++n] = line
    close(path)
    if (got < 0) {
        print "no " path > "/dev/stderr"
        failed = 1
        return
    }
    for (i = 1; i < n && !guarded; ++i)
        guarded = lines[i] ~ /^#ifndef OPENINT_[A-Z_]*_[HI]PP$/
    if (guarded) printed[scope, name] = 1
    i = 1
    while (lines[i] ~ /^\/\/ (Copyright|Version|$)/ || lines[i] == "" ||
           lines[i] == "//") ++i # the licence is at the top
    print ""
    print "// <" name ">"
    for (; i <= n; ++i) {
        if (lines[i] == "#ifdef OPENINT_HEADER_ONLY") {
            while (lines[i] != "#endif") ++i
            continue
        }
        next_name = included(lines[i])
        if (next_name == "") print lines[i]
        else expand(next_name, scope)
    }
}

# Begins a part that has all that another has.
function part(scope, of,    key, names) {
    for (key in printed) {
        split(key, names, SUBSEP)
        if (names[1] == of) copied[names[2]] = 1
    }
    for (key in copied) {
        printed[scope, key] = 1
        delete copied[key]
    }
}

# The bodies that a source header names.
function bodies(source, scope, but,    line, path) {
    path = include source
    while ((getline line < path) > 0)
        if (included(line) ~ /[.]ipp$/ && included(line) != but) expand(included(line), scope)
    close(path)
}

BEGIN {
    print "// Copyright (c) 2026 The openint authors. Distributed under the Boost Software License,"
    print "// Version 1.0 (https://www.boost.org/LICENSE_1_0.txt)."
    print "//"
    print "// openint for C++ " version " in one file, made by cmake/single-header.sh. Macros choose what is there:"
    print "// OPENINT_INCLUDE_CONNECTORS (typed settings), OPENINT_INCLUDE_TESTING (the server for tests);"
    print "// OPENINT_SEPARATE_COMPILATION in all files, and OPENINT_INCLUDE_SRC in exactly one, to compile"
    print "// the bodies once."

    expand("openint.hpp", "main")

    part("connectors", "main")
    print "\n#ifdef OPENINT_INCLUDE_CONNECTORS"
    expand("openint/connectors.hpp", "connectors")
    print "\n#endif // OPENINT_INCLUDE_CONNECTORS"

    part("testing", "main")
    print "\n#ifdef OPENINT_INCLUDE_TESTING"
    expand("openint/testing/mock_server.hpp", "testing")
    print "\n#endif // OPENINT_INCLUDE_TESTING"

    part("bodies", "main")
    print "\n#if defined(OPENINT_HEADER_ONLY) || defined(OPENINT_INCLUDE_SRC)"
    print "#if defined(OPENINT_INCLUDE_SRC) && defined(OPENINT_INCLUDE_JSON_SRC)"
    print "#include <boost/json/src.hpp>"
    print "#endif"
    connectors = "openint/connectors/impl/connectors.ipp"
    bodies("openint/src.hpp", "bodies", connectors)

    part("connectors", "bodies")
    print "\n#ifdef OPENINT_INCLUDE_CONNECTORS"
    expand(connectors, "connectors")
    print "\n#endif // OPENINT_INCLUDE_CONNECTORS"

    part("testing", "bodies")
    print "\n#ifdef OPENINT_INCLUDE_TESTING"
    bodies("openint/testing/src.hpp", "testing", "")
    print "\n#endif // OPENINT_INCLUDE_TESTING"
    print "\n#endif // bodies"
    exit failed
}' >"$target.part" && mv "$target.part" "$target"
