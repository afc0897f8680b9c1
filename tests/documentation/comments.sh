#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: comments.sh COMPILER FLAGS... (in the project's folder)
# Every line of an example in a header's comments is in comments.cpp, which is compiled.

lines=$(mktemp) || exit 1
trap 'rm -f "$lines"' EXIT
grep -rl '\\code' include | sort | xargs awk '
/\/\/\/ \\endcode/ { inside = 0 }
inside { sub(/^ *\/\/\/ ?/, ""); print }
/\/\/\/ \\code/ { inside = 1 }' >"$lines"
[ -s "$lines" ] || exit 1
if missing=$(grep -vxFf tests/documentation/comments.cpp "$lines"); then
    printf 'not in tests/documentation/comments.cpp:\n%s\n' "$missing"
    exit 1
fi
"$@" -fsyntax-only tests/documentation/comments.cpp
