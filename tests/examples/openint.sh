#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: openint.sh PROGRAM
# Runs the command-line tool of the examples: output, messages and exit status.

program=$1
unset OPENINT_API_KEY OPENINT_BASE_URL OPENINT_LOG
folder=$(mktemp -d) || exit 1
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
bad=0

# expect STATUS ARGUMENT...: runs the tool; its output is then in the files out and err.
expect()
{
    wanted=$1
    shift
    what=$*
    "$program" "$@" >"$folder/out" 2>"$folder/err"
    status=$?
    if [ "$status" != "$wanted" ]; then
        echo "openint $what: exit status $status instead of $wanted"
        cat "$folder/err"
        bad=1
    fi
}

# says FILE TEXT, lacks FILE TEXT
says()
{
    grep -q -e "$2" "$folder/$1" && return
    echo "openint $what: no \"$2\" in $1:"
    cat "$folder/$1"
    bad=1
}
lacks()
{
    grep -q -e "$2" "$folder/$1" || return
    echo "openint $what: \"$2\" in $1"
    bad=1
}

expect 0 connections
says out '^ID  *CONNECTOR'
says out 'conn_github_1  *github  *cus_ada  *healthy  *yes'
says err 'OPENINT_API_KEY is not set'
expect 0 connections --max 2
[ "$(wc -l <"$folder/out")" = 3 ] || { echo "--max 2 shows other than two rows"; bad=1; }
expect 0 --json connections --customer nobody
says out '^\[\]$'

expect 0 connection conn_github_1
says out 'redacted'
lacks out 'gho_'
expect 0 connection conn_github_1 --reveal
says out 'gho_'
expect 0 access-token conn_github_1
says out '^gho_made0up1access2token3never4valid5anywhere$'
expect 0 access-token conn_github_1 --force
lacks out 'gho_made0up1access2token3never4valid5anywhere'
[ "$(wc -l <"$folder/out")" = 1 ] || { echo "access-token prints other than a line"; bad=1; }
expect 1 access-token conn_disconnected_1
says err 'cannot be used'
[ -s "$folder/out" ] && { echo "access-token prints one that cannot be used"; bad=1; }
expect 2 access-token
expect 0 --json connection conn_github_1
says out '"access_token": "\[redacted\]"'
lacks out 'gho_'
expect 0 connection conn_disconnected_1
lacks out 'client_secret'

expect 0 connectors
says out '^zoom '
[ "$(wc -l <"$folder/out")" = 172 ] || { echo "not all connectors are listed"; bad=1; }
# On a terminal, a long list says how far it has come, and clears that away before the table.
if command -v script >/dev/null; then
    script -qec "$program connectors 2>&1 >/dev/null" /dev/null >"$folder/terminal" </dev/null
    tr '\r' '\n' <"$folder/terminal" >"$folder/out"
    what='connectors on a terminal'
    says out '^171 connectors\.\.\.'
    says out "^$(printf '\033')\[K\$"
else
    echo 'skipped: progress on a terminal, since the program "script" is missing'
fi
expect 0 connectors
lacks err 'connectors\.\.\.'
expect 0 customers
says out 'cus_ada  *8 '
expect 0 events
says out 'db.connection-created'
expect 0 token cus_new
lacks out 'eyJ'
expect 0 token cus_new --reveal
says out '/connect?token=eyJ'
expect 0 check conn_github_1
says out 'healthy'
expect 1 check conn_expired_1
lacks out 'client_secret'

expect 1 connection conn_nobody
says err '^openint: .*404'
expect 1 connection foo
expect 0 --help
says out '^usage: openint'
expect 0 --version
for arguments in '' 'nonsense' 'connection' 'connections x' '--nonsense events' '--max events' \
    '--max many events'; do
    # shellcheck disable=SC2086
    expect 2 $arguments
    says err '^usage: openint'
    [ ! -s "$folder/out" ] || { echo "openint $what: wrong usage is no output"; bad=1; }
done

# A server for other programs.
"$program" serve >"$folder/exports" 2>/dev/null &
server=$!
tries=0
until [ "$(grep -c export "$folder/exports")" = 2 ] || [ "$tries" = 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
# shellcheck disable=SC1091
. "$folder/exports"
expect 0 customers
lacks err 'OPENINT_API_KEY'
expect 0 check conn_apikey_1
expect 0 events
says out 'connect.connection-checked'
kill "$server"
wait "$server" || { echo "serve: exit status $? after an interrupt"; bad=1; }
server=
expect 1 customers

exit "$bad"
