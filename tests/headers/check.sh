#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh HEADER COMPILER FLAGS...
# Compiles a file that includes only HEADER, twice (the guards), both ways to build.

header=$1
shift
modes="-DOPENINT_SEPARATE_COMPILATION -UOPENINT_SEPARATE_COMPILATION"
case $header in
*/src.hpp) modes=-DOPENINT_SEPARATE_COMPILATION ;; # is for nothing else
esac
for mode in $modes; do
    printf '#include <%s>\n#include <%s>\n' "$header" "$header" |
        "$@" -Werror -fsyntax-only "$mode" -x c++ - || {
        echo "<$header> does not compile alone ($mode)"
        exit 1
    }
done
