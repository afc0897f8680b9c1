#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: sh cmake/install-dependencies.sh [tests]
# Makes sure that what building needs is there: a compiler, CMake and make, Boost 1.81 or newer with
# Boost.JSON, OpenSSL; for the tests pkg-config and Boost.Context as well, without which some are
# skipped. Whatever is there is used (a Boost of your own: set Boost_ROOT, or
# OPENINT_BOOST_INCLUDE_DIR for headers alone). What is missing is installed with apt-get when run as
# root on Debian 12, Debian 13 or Ubuntu 24.04 (never tried there), and named otherwise.
# Never removes a package. Does nothing, quickly, when all is there.

purpose=${1:-}
cxx=${CXX:-c++}
boost_root=${Boost_ROOT:-${BOOST_ROOT:-}}
headers_only=${OPENINT_BOOST_INCLUDE_DIR:-}

# Flags with which the compiler finds the user's own Boost.
flags=
if [ -n "$headers_only" ]; then
    flags="-isystem $headers_only"
elif [ -n "$boost_root" ]; then
    flags="-isystem $boost_root/include -isystem $boost_root -L$boost_root/lib"
fi

compiles() # SOURCE FLAGS...: does it compile (and link, unless told otherwise)?
{
    source=$1
    shift
    # shellcheck disable=SC2086
    printf '%b\n' "$source" | $cxx -std=c++20 $flags -x c++ - -o /dev/null "$@" >/dev/null 2>&1
}

main='int main() {}'
missing= # what is missing, for people
wanted= # what is missing, but can be done without
packages= # both as packages; BOOST stands for the version

lacks() # PACKAGES WHAT
{
    packages="$packages $1"
    missing="$missing
    $2"
}
wants() # the same
{
    packages="$packages $1"
    wanted="$wanted
    $2"
}

check()
{
    missing="" wanted="" packages=""
    if ! command -v "$cxx" >/dev/null; then
        lacks g++ "a C++20 compiler (g++ 12, clang 16 or newer)"
    elif ! compiles "#include <coroutine>\n$main"; then
        lacks g++ "a compiler with C++20 coroutines (g++ 12, clang 16 or newer; $cxx has none)"
    fi
    if ! version=$(cmake --version 2>/dev/null); then
        lacks cmake "CMake 3.22 or newer"
    elif ! printf '%s\n' "$version" | awk 'NR == 1 {
            split($3, v, "."); exit !(v[1] > 3 || (v[1] == 3 && v[2] >= 22)) }'; then
        lacks cmake "CMake 3.22 or newer (there is $(printf '%s\n' "$version" | sed -n 1p))"
    fi
    if [ -z "${CMAKE_GENERATOR:-}" ] && ! command -v make >/dev/null; then
        lacks make make
    fi
    if ! compiles "#include <boost/version.hpp>\n#if BOOST_VERSION < 108100\n#error\n#endif" -E; then
        lacks "libboostBOOST-dev" "Boost 1.81 or newer (headers)"
        [ -n "$headers_only" ] || lacks "libboost-jsonBOOST-dev" "Boost.JSON's library"
    elif [ -z "$headers_only" ] && ! compiles "$main" -lboost_json; then
        lacks "libboost-jsonBOOST-dev" "Boost.JSON's library (libboost_json)"
    fi
    if ! compiles "#include <openssl/ssl.h>\n$main" -lssl -lcrypto; then
        lacks libssl-dev "OpenSSL (headers and library)"
    fi
    [ "$purpose" = tests ] || return 0
    command -v pkg-config >/dev/null || wants pkg-config pkg-config
    [ -x /usr/bin/tinyproxy ] || wants tinyproxy-bin "tinyproxy, as a real proxy"
    if [ -z "$boost_root$headers_only" ] && [ ! -e /usr/local/include/boost ] &&
        ! compiles "$main" -lboost_context; then
        wants "libboost-contextBOOST-dev" "Boost.Context's library (libboost_context)"
    fi
}

explain() # WHY
{
    if [ -z "$missing" ]; then
        printf '%s\n' "Some tests will be skipped; missing on this machine:$wanted" >&2
        exit 0
    fi
    printf '%s\n' "Missing on this machine:$missing" "$1" >&2
    exit 1
}

check
[ -n "$missing$wanted" ] || exit 0

# The distribution's Boost: what is installed already if it is new enough, its default otherwise.
system=unknown
[ ! -r /etc/os-release ] || system=$(. /etc/os-release && echo "$ID $VERSION_ID")
case $system in
"debian 12") boost=1.81 ;;
"debian 13" | "ubuntu 24.04") boost=1.83 ;;
*)
    explain "Install this with your system's package manager, or point Boost_ROOT to a Boost of your
own, and run the command again. (Installed without being asked only on Debian 12, Debian 13 and
Ubuntu 24.04; this is $system.)"
    ;;
esac
if [ -n "$boost_root$headers_only" ]; then
    case $packages in
    *BOOST*) explain "It is looked for in the folder that Boost_ROOT or OPENINT_BOOST_INCLUDE_DIR names,
${headers_only:-$boost_root}. Where there are headers and no libraries, set the latter (to the folder
that has boost/ in it)." ;;
    esac
fi
installed=$(sed -n 's/^#define BOOST_LIB_VERSION "\([0-9]*\)_\([0-9]*\).*/\1.\2/p' \
    /usr/include/boost/version.hpp 2>/dev/null)
case $packages in
*libboostBOOST-dev*) ;;
*) boost=${installed:-$boost} ;;
esac
packages=$(printf '%s\n' "$packages" | sed "s/BOOST/$boost/g; s/^ *//")

if [ "$(id -u)" -ne 0 ]; then
    explain "As root, install it with:
    apt-get install --no-remove --no-install-recommends $packages"
fi

export DEBIAN_FRONTEND=noninteractive
apt="apt-get -q -y -o DPkg::Lock::Timeout=300"
echo "Installing $packages"
$apt update </dev/null >/dev/null || explain "'apt-get update' failed."
# shellcheck disable=SC2086
plan=$($apt install --simulate --no-install-recommends $packages </dev/null 2>&1)
removed=$(printf '%s\n' "$plan" | sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' ')
if [ -n "$removed" ]; then
    explain "Its packages conflict with packages of this machine, which are yours to keep or to remove:
    $removed
Do one of these, then run the command again:
  * replace them:   apt-get install --no-install-recommends $packages
  * keep them, and unpack the headers of Boost $boost beside them, without installing:
        mkdir -p build/boost && (cd build/boost && apt-get download libboost$boost-dev &&
            dpkg -x libboost$boost-dev_*.deb .)
        export OPENINT_BOOST_INCLUDE_DIR=\"\$PWD/build/boost/usr/include\"
  * keep them, and use a Boost of your own, 1.81 or newer:   export Boost_ROOT=FOLDER"
fi
# shellcheck disable=SC2086
if ! $apt install --no-remove --no-install-recommends $packages </dev/null; then
    explain "apt-get could not install: $packages"
fi

check
[ -z "$missing$wanted" ] || explain "It is still missing after installing: $packages"
