#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh tests/run.sh [STAGE...]
# Installs what is missing (see cmake/install-dependencies.sh), builds and runs all tests. Stages:
#   release   optimized, everything: programs, examples, headers, consumers (projects that use this)
#   asan      the test programs with the address and undefined behaviour sanitizers
#   tsan      what talks to sockets and uses threads, with the thread sanitizer
#   programs  (not by default) the test programs alone, not optimized: for other compilers and Boosts
# The last line says how many tests passed. Environment: CXX, the compiler; OPENINT_BUILD_DIR, where
# to build (one folder per compiler; "build" by default); OPENINT_CMAKE_ARGS, more options for cmake;
# Boost_ROOT or OPENINT_BOOST_INCLUDE_DIR, a Boost of your own.

cd "$(dirname "$0")/.." || exit 1
sh cmake/install-dependencies.sh tests || exit 1

build=$(mkdir -p "${OPENINT_BUILD_DIR:-build}" && cd "${OPENINT_BUILD_DIR:-build}" && pwd) || exit 1
jobs=$(nproc)
began=$(date +%s)
passed=0 failed=0 skipped=0
report=
run= # what starts ctest

# The value of an attribute of the first element of a JUnit file.
attribute() { tr '\n\t' '  ' <"$1" | sed "s/.*<testsuite [^>]* $2=\"\([0-9]*\)\".*/\1/"; }

# stage NAME PRESET LABELS [TARGET]: configures and builds, then runs the tests with one of the labels
# (a regular expression).
stage()
{
    name=$1 preset=$2 labels=$3 target=${4:-all}
    folder=$build/$name
    start=$(date +%s)
    echo "=== $name: build"
    # shellcheck disable=SC2086
    if ! cmake --preset "$preset" -B "$folder" -DOPENINT_UNITY_TESTS=ON \
        -DOPENINT_BOOST_INCLUDE_DIR="${OPENINT_BOOST_INCLUDE_DIR:-}" ${OPENINT_CMAKE_ARGS:-} ||
        ! cmake --build "$folder" -j "$jobs" --target "$target"; then
        failed=$((failed + 1))
        report="$report
  $name: does not build"
        return
    fi
    built=$(date +%s)
    echo "=== $name: test"
    rm -f "$folder/results.xml"
    $run ctest --test-dir "$folder" -L "$labels" -j "$jobs" --output-on-failure \
        --no-tests=error --output-junit "$folder/results.xml"
    if [ ! -s "$folder/results.xml" ]; then
        failed=$((failed + 1))
        report="$report
  $name: ctest gave no results"
        return
    fi
    all=$(attribute "$folder/results.xml" tests)
    bad=$(attribute "$folder/results.xml" failures)
    not_run=$(($(attribute "$folder/results.xml" skipped) + \
        $(attribute "$folder/results.xml" disabled)))
    good=$((all - bad - not_run))
    [ "$good" -gt 0 ] || bad=$((bad + 1)) # a stage that tests nothing is no success
    # Test programs say with a line "skipped: ..." what they could not do here.
    not_run=$((not_run + $(grep -c '^skipped: ' "$folder/Testing/Temporary/LastTest.log")))
    passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + not_run))
    report="$report
  $name: $good passed, $bad failed, $not_run skipped; built in $((built - start)) s, run in\
 $(($(date +%s) - built)) s"
}

[ $# -gt 0 ] || set -- release asan tsan
for name; do
    case $name in
    release) stage release release '.' ;;
    asan) stage asan asan 'unit|integration|threads' tests ;;
    programs) stage programs dev 'unit|integration|threads' tests ;;
    tsan)
        # The thread sanitizer cannot start where the kernel scatters memory too widely.
        if setarch "$(uname -m)" -R true 2>/dev/null; then
            run="setarch $(uname -m) -R"
        fi
        stage tsan tsan 'integration|threads' thread_tests
        run=
        ;;
    *)
        echo "unknown stage $name" >&2
        exit 2
        ;;
    esac
done

echo "=== tests, in $(($(date +%s) - began)) s$report"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
