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

# A project around the README's block of CMake in which a text occurs; what follows is for the test.
from_readme() # TEXT
{
    mkdir project
    {
        echo "cmake_minimum_required(VERSION 3.22)"
        echo "project(consumer LANGUAGES CXX)"
        echo "add_executable(your_program \"$here/program.cpp\")"
        echo "set_target_properties(your_program PROPERTIES OUTPUT_NAME consumer)"
        awk -v text="$1" '
            /^```cmake/ { inside = 1; block = ""; next }
            /^```/ { if (inside && index(block, text)) printf "%s", block; inside = 0 }
            inside { block = block $0 "\n" }' "$SOURCE/README.md"
        echo "if(TARGET unit OR TARGET get_connection)"
        echo "    message(FATAL_ERROR \"tests and examples are for the top level only\")"
        echo "endif()"
    } >project/CMakeLists.txt
}

with_cmake() # FOLDER DEFINITIONS...
{
    folder=$1
    shift
    "$CMAKE" -S "$folder" -B build -DCMAKE_CXX_COMPILER="$CXX" -DBoost_DIR="$BOOST_DIR" \
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

# An operation that is not called is not in the program.
only_what_is_called() # FILE
{
    nm -C "$1" >names
    grep -q 'openint::client::get_connection' names
    if grep -E 'openint::(client::(create|delete|list|update)_|listed_connector|customer)' names; then
        echo "these are not called"
        exit 1
    fi
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
    only_what_is_called program.o
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
separate_sections)
    printf '#include <openint/src.hpp>\n' >bodies.cpp
    compile bodies.o bodies.cpp $separate -DOPENINT_INCLUDE_JSON_SRC -ffunction-sections
    compile program.o "$here/program.cpp" $separate -ffunction-sections
    link program.o bodies.o -Wl,--gc-sections
    only_what_is_called consumer
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
single_header) # examples that talk to the embedded server: the same output
    single_header
    unset OPENINT_API_KEY OPENINT_BASE_URL OPENINT_LOG
    for example in get_connection error_handling; do
        sed 's|<openint/testing/mock_server.hpp>|<openint.hpp>|' \
            "$SOURCE/examples/$example.cpp" >"$example.cpp"
        compile "$example.o" "$example.cpp" $all_of_single
        link "$example.o" "$json"
        mv consumer "$example"
    done
    ./error_handling | cmp - "$SOURCE/tests/examples/error_handling.txt"
    [ -n "$EXAMPLE" ] || { echo "skipped: comparison with the example, which is not built"; exit 77; }
    ./get_connection --json --expand >output
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
shared_library) # with symbols of its own: two copies of this library in one process
    compile library.o "$here/library.cpp" -fPIC -fvisibility=hidden
    "$CXX" -shared library.o "$json" -lssl -lcrypto -pthread -o liblibrary.so
    compile user.o "$here/library_user.cpp" -fvisibility=hidden
    link user.o liblibrary.so "$json" -Wl,-rpath,"$work"
    ;;
bits_32) # compiled, but not linked: Debian has no 32 bit Boost.JSON beside its own
    printf '#include <vector>\n' | "$CXX" -m32 -x c++ -fsyntax-only - 2>/dev/null || {
        echo "skipped: $CXX cannot compile for 32 bit"
        exit 77
    }
    printf '#include <openint/src.hpp>\n#include <openint/testing/src.hpp>\n' >bodies.cpp
    folder=/usr/include/$("$CXX" -print-multiarch 2>/dev/null) # OpenSSL's configuration
    for file in bodies.cpp "$here/program.cpp"; do
        compile /dev/null "$file" $separate $everything -m32 -idirafter "$folder" -fsyntax-only \
            -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
    done
    exit 0
    ;;
strict) # no warning of what is ours, although our headers are no system headers here
    warnings="-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wsign-conversion
        -Wdouble-promotion -Wnull-dereference"
    case $CXX in *clang*) ;; *) warnings="$warnings -Wuseless-cast" ;; esac
    printf '#include <openint/src.hpp>\n#include <openint/testing/src.hpp>\n' >bodies.cpp
    compile /dev/null bodies.cpp $separate $warnings -Werror -fsyntax-only $everything
    compile program.o "$here/program.cpp" $warnings -Werror -Wno-error=null-dereference -O2 2>log ||
        { cat log; exit 1; }
    if grep "^$SOURCE/include" log; then # others' code has some
        exit 1
    fi
    link program.o "$json"
    ;;
no_rtti)
    compile program.o "$here/program.cpp" -fno-rtti $everything
    link program.o "$json"
    ;;
unity) # all of a project as one source
    printf '#include <%s>\n' openint/src.hpp openint/testing/src.hpp openint/connectors.hpp \
        "$here/program.cpp" "$here/second_unit.cpp" >unity.cpp
    compile unity.o unity.cpp $separate -DCONSUMER_TWO_UNITS
    link unity.o "$json"
    ;;
add_subdirectory)
    with_cmake "$here/add_subdirectory" -DOPENINT_SOURCE="$SOURCE"
    ;;
fetch_content) # from here instead of a repository
    from_readme FetchContent_Declare
    with_cmake project -DFETCHCONTENT_SOURCE_DIR_OPENINT="$SOURCE"
    ;;
find_package)
    from_readme 'find_package(openint'
    with_cmake project -DCMAKE_PREFIX_PATH="$WORK/prefix"
    ;;
version_check) # a newer version than there is, and one that may differ, are not found
    from_readme 'find_package(openint'
    mv project/CMakeLists.txt wanted
    minor=${VERSION#*.}
    for version in 99.0 "${VERSION%%.*}.$((${minor%%.*} + 1))" "$VERSION.1"; do
        sed "s/find_package(openint [0-9.]*/find_package(openint $version/" wanted \
            >project/CMakeLists.txt
        if "$CMAKE" -S project -B build -DCMAKE_CXX_COMPILER="$CXX" -DBoost_DIR="$BOOST_DIR" \
            -DCMAKE_PREFIX_PATH="$WORK/prefix" >log 2>&1; then
            echo "version $version was found"
            exit 1
        fi
        grep -q "compatible with requested version \"$version\"" log || { cat log; exit 1; }
    done
    exit 0
    ;;
pkg_config)
    command -v pkg-config >/dev/null || { echo "skipped: no pkg-config"; exit 77; }
    export PKG_CONFIG_PATH="$WORK/prefix/share/pkgconfig"
    [ "$(pkg-config --modversion openint)" = "$VERSION" ]
    # shellcheck disable=SC2046,SC2086
    "$CXX" -std=c++20 $BOOST_FLAGS $(pkg-config --cflags openint) -c "$here/program.cpp" -o program.o
    # shellcheck disable=SC2046
    "$CXX" program.o -L"$(dirname "$json")" $(pkg-config --libs openint) \
        -Wl,-rpath,"$(dirname "$json")" -o consumer
    ./consumer
    # And statically, where there are such libraries.
    static=$(dirname "$json")/libboost_json.a
    [ -e "$static" ] || { echo "skipped: static linking, without $static"; exit 0; }
    # shellcheck disable=SC2046
    "$CXX" -static program.o -L"$(dirname "$json")" $(pkg-config --static --libs openint) -o consumer
    ;;
*)
    echo "unknown kind $kind"
    exit 2
    ;;
esac

./consumer
