#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh benchmarks/run.sh NAME [ARGUMENT...]
# Builds and runs a benchmark. The last lines that it prints say whether goals are met.
#   cache     credentials that are there, against a map under a mutex
#   compile   what a file that uses the library costs, against one that uses Beast alone
#   parse     reading JSON, against other libraries and against copying what was read
#   request   what a request costs the process that makes it, against other clients

name=${1:-}
[ $# -eq 0 ] || shift
case $name in
cache | compile | parse | request) exec sh "$(dirname "$0")/$name/run.sh" "$@" ;;
*)
    sed -n '4,$ { /^#/!q; s/^# \{0,1\}//; p }' "$0" >&2
    exit 2
    ;;
esac
