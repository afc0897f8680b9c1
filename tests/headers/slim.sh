#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: slim.sh COMPILER FLAGS...
# With the library compiled separately, a file that includes its client has nothing of Beast or
# OpenSSL, nor all of Asio.

files=$(printf '#include <openint/client.hpp>\n' |
    "$@" -DOPENINT_SEPARATE_COMPILATION -M -x c++ -) || exit 1
files=$(printf '%s\n' "$files" | tr ' ' '\n')
printf '%s\n' "$files" | grep -q 'openint/client[.]hpp$' || { echo "no list of files"; exit 1; }
if printf '%s\n' "$files" | grep -E '/boost/beast|/openssl/|/boost/asio[.]hpp$|/boost/asio/ssl/'; then
    echo "these are included"
    exit 1
fi
