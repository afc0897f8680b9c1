#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh FILE COMPILER FLAGS...
# FILE must not compile, and the compiler's words must match the extended regular expression
# in its first line, "// expect: REGEX".

file=$1
shift
expected=$(sed -n '1s|^// expect: ||p' "$file")
if [ -z "$expected" ]; then
    echo "$file: the first line is not '// expect: REGEX'"
    exit 1
fi
if output=$("$@" -fsyntax-only -x c++ "$file" 2>&1); then
    echo "$file compiles, but must not"
    exit 1
fi
if ! printf '%s\n' "$output" | grep -Eq -e "$expected"; then
    printf '%s\n' "$output"
    echo "$file fails for another reason than '$expected'"
    exit 1
fi
