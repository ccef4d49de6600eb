#!/usr/bin/env bash
# Runs the tests of a built solution, those of a filter where one is given (run.sh CONFIGURATION FILTER), prints their figures, and ends with one line: "N passed, N failed", and how many were skipped if any were.
set -euo pipefail
cd "$(dirname "$0")/.."
configuration=${1:-Debug}
filter=${2:-}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# One process per core; the longest begins first. A test that hangs ends its process, and the name of the test is told.
longest=Firstline.EndToEnd.Tests
projects=$(cd tests && printf '%s\n' "$longest" && find . -maxdepth 1 -name 'Firstline.*.Tests' ! -name "$longest" -printf '%f\n' | sort)
run() {
    dotnet test "tests/$1/bin/$configuration/net10.0/$1.dll" ${filter:+--filter "$filter"} --nologo --results-directory "$results" --logger "trx;LogFileName=$1.trx" \
        --logger "console;verbosity=minimal" --blame-hang-timeout 10m --blame-hang-dump-type none
}
export -f run
export configuration filter results
code=0
xargs -P "$(nproc)" -I{} bash -c 'run {}' <<< "$projects" || code=1

shopt -s nullglob
files=("$results"/*.trx)
if [ ${#files[@]} -eq 0 ]; then
    echo "no test ran: see what dotnet said above" >&2
    exit 1
fi

sum() { sed -n "s/.*<Counters[^>]* $1=\"\([0-9]*\)\".*/\1/p" "${files[@]}" | awk '{ total += $1 } END { print total + 0 }'; }
total=$(sum total)
passed=$(sum passed)
executed=$(sum executed)
skipped=$((total - executed))
failed=$((executed - passed))

# What a process that died did not come to is in no file.
for project in $projects; do
    if [ -z "$filter" ] && [ ! -e "$results/$project.trx" ]; then
        echo "$project told of no result: see what dotnet said above" >&2
        failed=$((failed + 1))
    fi
done
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    echo "a test process ended before its tests: see what dotnet said above" >&2
    failed=1
fi

[ "$failed" -eq 0 ] || code=1

# What was measured on the way, from what the tests printed.
{ grep -hoE '[^>]*(violations: [0-9]+|needed [0-9]+, 403s|attacks tried: [0-9]+|alerts lost|requests of the operator)[^<]*' "${files[@]}" || true; } | tee artifacts/figures.txt

line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit "$code"
