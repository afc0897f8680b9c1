#!/bin/sh
# Copyright (c) 2026 The openint authors. Distributed under the Boost Software License, Version 1.0.
#
# usage: check.sh PAGE.md COMPILER FLAGS... (in the project's folder)
# Checks every link to a file, and every block of code in a page.
#   cpp      is compiled. A block with #include is a file of its own. The others are put into one file
#            that has the names the pages use: definitions at namespace scope, statements into a
#            coroutine with a client and an id.
#   sh       is parsed; the files, presets and targets that it names exist
#   cmake    is built and run by tests/consumers, if it is in the README; refused elsewhere
#   without  a language: is in the sources as it stands

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
/^ *```/ && !inside {
    inside = 1; language = $0; sub(/^ *```/, "", language); block = ""; line = FNR + 1
    indent = $0; sub(/`.*/, "", indent)
    next
}
/^ *```/ {
    inside = 0
    if (language == "cpp") finish()
    else if (language == "sh") printf "%s", block >> (work "/commands.sh")
    else if (language == "") printf "%s", block > (work "/quotation" line)
    else if (language != "cmake" || FILENAME !~ /README/) {
        print FILENAME ":" line ": nothing checks a block of " language
        exit bad = 1
    }
    next
}
inside { sub("^" indent, ""); block = block $0 "\n" }
END {
    if (bad) exit 1
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
}' "$page" || exit 1

status=0
complain()
{
    echo "$page: $*"
    status=1
}
for link in $(awk '/^ *```/ { code = !code } !code' "$page" | grep -oE '\]\([^)]*\)' |
    sed 's/^](//; s/)$//; s/#.*//' | grep -v '^[a-z]*:'); do
    [ -e "$(dirname "$page")/$link" ] || complain "there is no $link"
done
if [ -e "$work/commands.sh" ]; then
    sh -n "$work/commands.sh" || status=1
    sed 's/#.*//' "$work/commands.sh" >"$work/words"
    for file in $(grep -oE '(^|[ =])[a-z.]+/[a-z/_-]*(\.sh|run)( |$)' "$work/words"); do
        [ -e "${file#=}" ] || complain "there is no $file"
    done
    for preset in $(sed -n 's/.*--preset \([^ ]*\).*/\1/p' "$work/words"); do
        grep -q "\"name\": \"$preset\"" CMakePresets.json || complain "there is no preset $preset"
    done
    for target in $(sed -n 's/.*--target \([^ ]*\).*/\1/p' "$work/words"); do
        grep -qE "(target|program|executable)\($target\b" CMakeLists.txt */CMakeLists.txt \
            cmake/*.cmake || complain "there is no target $target"
    done
fi
for file in "$work"/quotation*; do
    [ -e "$file" ] || continue
    # As one line each, since grep looks for lines.
    text=$(tr '\n' '\001' <"$file")
    for source in include/openint/*.hpp include/openint/*/*.[hi]pp tests/consumers/*.cpp; do
        tr '\n' '\001' <"$source" | grep -qF "$text" && break
    done || complain "this is not in the sources: $(head -n 1 "$file")"
done
for file in "$work"/*.cpp; do
    [ -e "$file" ] || continue
    # Without the bodies, which include more; the README's consumers are built with them.
    "$@" -DOPENINT_SEPARATE_COMPILATION -fsyntax-only "$file" || status=1
done
exit $status
