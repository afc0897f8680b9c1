#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh KIND, from ctest, which sets the capitals below (see CMakeLists.txt). Builds a
# project that uses this one in the way KIND, and runs it.

set -e
kind=$1
here=$SOURCE/tests/consumers
work=$WORK/$kind
rm -rf "$work"
mkdir -p "$work"
cd "$work"

# Without CMake: one include folder, the standard, and four libraries.
includes=$SOURCE/include
json=$JSON_LIBRARY

compile() # OUTPUT FILE FLAGS...
{
    output=$1 file=$2
    shift 2
    # shellcheck disable=SC2086
    "$CXX" -std=c++20 -I "$includes" $BOOST_FLAGS "$@" -c "$file" -o "$output"
}

link() # OBJECTS and libraries...
{
    "$CXX" "$@" -lssl -lcrypto -pthread -Wl,-rpath,"$(dirname "$json")" -o consumer
}

with_cmake() # FOLDER DEFINITIONS...
{
    folder=$1
    shift
    "$CMAKE" -S "$here/$folder" -B build -DCMAKE_CXX_COMPILER="$CXX" -DBoost_DIR="$BOOST_DIR" \
        -DOPENINT_BOOST_INCLUDE_DIR="$OPENINT_BOOST_INCLUDE_DIR" "$@"
    "$CMAKE" --build build
    cp build/consumer consumer
}

must_not_link()
{
    if link "$@" 2>link.log; then
        echo "this must not link"
        exit 1
    fi
    grep -E 'undefined reference|undefined symbol' link.log | head -n 3
    exit 0
}

# One file that is all of it.
single_header()
{
    mkdir single
    sh "$SOURCE/cmake/single-header.sh" single/openint.hpp
    sh "$SOURCE/cmake/single-header.sh" again.hpp
    cmp single/openint.hpp again.hpp
    if grep 'include *[<"]openint' single/openint.hpp; then
        echo "that is not in the file"
        exit 1
    fi
    includes=$work/single
}

separate=-DOPENINT_SEPARATE_COMPILATION
everything="-include openint/connectors.hpp -include openint/testing/mock_server.hpp"
all_of_single="-DOPENINT_INCLUDE_CONNECTORS -DOPENINT_INCLUDE_TESTING"
# shellcheck disable=SC2086 # flags are words
case $kind in
header_only)
    compile program.o "$here/program.cpp"
    nm -C program.o >names # an operation that is not called is not in the program
    grep -q 'openint::client::get_connection(' names
    if grep -E 'openint::client::(create|delete|list|update)_' names; then
        echo "these are not called"
        exit 1
    fi
    link program.o "$json"
    ;;
header_only_json_src)
    compile program.o "$here/program.cpp" -include boost/json/src.hpp
    link program.o
    ;;
separate)
    printf '#include <openint/src.hpp>\n' >bodies.cpp
    compile bodies.o bodies.cpp $separate -DOPENINT_INCLUDE_JSON_SRC
    compile program.o "$here/program.cpp" $separate
    link program.o bodies.o
    ;;
other_compiler)
    case $CXX in
    *clang*) others=g++ ;;
    *) others="clang++ clang++-19 clang++-18 clang++-17 clang++-16" ;;
    esac
    CXX=$(for other in $others; do command -v "$other" && break; done) || {
        echo "skipped: no other compiler"
        exit 77
    }
    compile program.o "$here/program.cpp" -Wall -Wextra -Werror
    link program.o "$json"
    ;;
two_units)
    compile program.o "$here/program.cpp" -DCONSUMER_TWO_UNITS $everything
    compile second.o "$here/second_unit.cpp" $everything
    link program.o second.o "$json"
    ;;
two_units_separate)
    printf '#include <openint/src.hpp>\n#include <openint/testing/src.hpp>\n' >bodies.cpp
    compile bodies.o bodies.cpp $separate
    compile program.o "$here/program.cpp" $separate -DCONSUMER_TWO_UNITS $everything
    compile second.o "$here/second_unit.cpp" $separate $everything
    link program.o second.o bodies.o "$json"
    ;;
single_header) # the example that talks to the embedded server: the same output
    single_header
    sed 's|<openint/testing/mock_server.hpp>|<openint.hpp>|' \
        "$SOURCE/examples/get_connection.cpp" >program.cpp
    compile program.o program.cpp $all_of_single
    link program.o "$json"
    [ -n "$EXAMPLE" ] || { echo "skipped: comparison with the example, which is not built"; exit 77; }
    unset OPENINT_API_KEY OPENINT_BASE_URL OPENINT_LOG
    ./consumer --json --expand >output
    "$EXAMPLE" --json --expand >expected
    cmp output expected
    exit 0
    ;;
single_header_separate)
    single_header
    printf '#include <openint.hpp>\n' >bodies.cpp
    compile bodies.o bodies.cpp $separate -DOPENINT_INCLUDE_SRC -DOPENINT_INCLUDE_JSON_SRC \
        $all_of_single
    compile program.o "$here/program.cpp" $separate -DCONSUMER_TWO_UNITS $all_of_single
    compile second.o "$here/second_unit.cpp" $separate
    link program.o second.o bodies.o
    ;;
mixed) # one unit is separate, the other inline: its bodies do not serve the first
    compile program.o "$here/program.cpp" $separate -DCONSUMER_TWO_UNITS
    compile second.o "$here/second_unit.cpp"
    must_not_link program.o second.o "$json"
    ;;
no_src_unit)
    compile program.o "$here/program.cpp" $separate
    must_not_link program.o "$json"
    ;;
add_subdirectory | fetch_content)
    with_cmake "$kind" -DOPENINT_SOURCE="$SOURCE"
    ;;
find_package)
    with_cmake find_package -DCMAKE_PREFIX_PATH="$WORK/prefix" -DWANTED_VERSION="$VERSION"
    ;;
version_check) # a newer version than there is, is not found
    if "$CMAKE" -S "$here/find_package" -B build -DCMAKE_CXX_COMPILER="$CXX" \
        -DCMAKE_PREFIX_PATH="$WORK/prefix" -DWANTED_VERSION=99.0 >log 2>&1; then
        echo "version 99.0 was found"
        exit 1
    fi
    grep -q 'compatible with requested version "99.0"' log || { cat log; exit 1; }
    exit 0
    ;;
pkg_config)
    command -v pkg-config >/dev/null || { echo "skipped: no pkg-config"; exit 77; }
    export PKG_CONFIG_PATH="$WORK/prefix/share/pkgconfig"
    [ "$(pkg-config --modversion openint)" = "$VERSION" ]
    # shellcheck disable=SC2046,SC2086
    "$CXX" -std=c++20 $BOOST_FLAGS "$here/program.cpp" -L"$(dirname "$json")" $(pkg-config --cflags --libs openint) \
        -Wl,-rpath,"$(dirname "$json")" -o consumer
    ;;
*)
    echo "unknown kind $kind"
    exit 2
    ;;
esac

./consumer
