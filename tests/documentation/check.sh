#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh PAGE.md COMPILER FLAGS...
# Compiles every block of C++ in a page. A block with #include is a file of its own. The others are
# put into one file that has the names the pages use: definitions at namespace scope, statements into
# a coroutine with a client and an id.

page=$1
shift
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

awk -v work="$work" '
# Does the text begin with a definition, and end with its brace?
function definition(text) {
    gsub(/\/\/[^\n]*/, "", text)
    sub(/^[ \n]*/, "", text)
    sub(/[ \n]*$/, "", text)
    if (text !~ /(}|};|BOOST_[A-Z_]*\(.*\))$/ || text ~ /^(if|for|while|switch|try)[^a-z_]/) return 0
    return text ~ /^(struct|class|enum|namespace|template|using)[^a-z_]/ || text ~ /^[^;={}]*\)[^;={}]*[\n{]/
}
function finish() {
    if (block ~ /#include/) {
        out = work "/file" ++files ".cpp"
        print "#line " line " \"" FILENAME "\"" > out
        printf "%s", block > out
        close(out)
        return
    }
    fragment = "#line " line " \"" FILENAME "\"\n" block
    if (!definition(block))
        fragment = "asio::awaitable<void> statements(openint::client client, std::string id)\n{\n" \
            "(void)client; (void)id;\n" fragment "co_return;\n}\n"
    fragments = fragments "namespace block" ++blocks " {\n" fragment "}\n"
}
/^ *```cpp/ { inside = 1; block = ""; line = FNR + 1; next }
/^ *```/ { if (inside) finish(); inside = 0; next }
inside { block = block $0 "\n" }
END {
    if (!blocks) exit
    out = work "/fragments.cpp"
    print "#include <openint.hpp>" > out
    print "#include <openint/testing/mock_server.hpp>" > out
    print "#include <boost/asio.hpp>" > out
    print "#include <boost/asio/experimental/awaitable_operators.hpp>" > out
    print "#include <boost/describe.hpp>" > out
    print "#include <chrono>\n#include <iostream>\n#include <string>\n#include <vector>" > out
    print "namespace asio = boost::asio;\nusing namespace std::chrono_literals;" > out
    print "using namespace asio::experimental::awaitable_operators;" > out
    printf "%s", fragments > out
}' "$page"

status=0
for file in "$work"/*.cpp; do
    [ -e "$file" ] || continue
    "$@" -fsyntax-only "$file" || status=1
done
exit $status
