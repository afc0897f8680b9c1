#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh HEADER COMPILER FLAGS...
# Compiles a file that includes only HEADER, twice (the guards): separate from its body and, if it has
# one, with it.

header=$1
shift
modes=-DOPENINT_SEPARATE_COMPILATION
case $header in
*/src.hpp) ;; # is for nothing else
*)
    if grep -q OPENINT_HEADER_ONLY "$(dirname "$0")/../../include/$header"; then
        modes="$modes -UOPENINT_SEPARATE_COMPILATION"
    fi
    ;;
esac
for mode in $modes; do
    printf '#include <%s>\n#include <%s>\n' "$header" "$header" |
        "$@" -Werror -fsyntax-only "$mode" -x c++ - || {
        echo "<$header> does not compile alone ($mode)"
        exit 1
    }
done
