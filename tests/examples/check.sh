#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh PROGRAM EXPECTED [WITHOUT WHY]
# Runs an example, which must succeed and print what is in the file EXPECTED; WITHOUT the lines that
# begin so, for the reason WHY, where a part of the example cannot be built.

expected=$(cat "$2") || exit 1
if [ -n "${3:-}" ]; then
    expected=$(printf '%s\n' "$expected" | grep -v "^$3")
    echo "skipped: $3, since $4"
fi
printed=$("$1") || { echo "exit status $?"; exit 1; }
[ "$printed" = "$expected" ] && exit 0
printf 'expected:\n%s\nprinted:\n%s\n' "$expected" "$printed"
exit 1
