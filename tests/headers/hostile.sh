#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: hostile.sh INCLUDE_FOLDER COMPILER FLAGS...
# All headers at once, bodies included, compile after the macros that headers of platforms are known
# for, and without what Boost.Asio has deprecated. What others bring is included before the macros.

folder=$1
shift
headers=$(cd "$folder" && find openint.hpp openint -name '*.hpp' ! -name src.hpp | sort) || exit 1
{
    (cd "$folder" && find openint.hpp openint -name '*.[hi]pp' ! -name src.hpp -exec cat {} +) |
        sed -n 's|^ *# *include *\(<[^>]*>\).*|\1|p' | sort -u | grep -v -e '<openint' -e arm_neon |
        while read -r other; do
            printf '#if __has_include(%s)\n#include %s\n#endif\n' "$other" "$other"
        done
    for macro in 'min(a, b)' 'max(a, b)' 'major(a)' 'minor(a)' unix linux DELETE ERROR interface small; do
        printf '#undef %s\n#define %s the name of a macro\n' "${macro%(*}" "$macro"
    done
    for header in $headers; do
        printf '#include <%s>\n' "$header"
    done
} | "$@" -Werror -fsyntax-only -DBOOST_ASIO_NO_DEPRECATED -UOPENINT_SEPARATE_COMPILATION -x c++ -
