#!/usr/bin/env bash
# Runs the tests of a built solution, those of a filter where one is given (run.sh CONFIGURATION FILTER), and ends with one line: "N passed, N failed", and how many were skipped if any were.
set -euo pipefail
cd "$(dirname "$0")/.."
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

code=0
dotnet test Operator.sln --no-build -c "${1:-Debug}" ${2:+--filter "$2"} -v q -nologo --logger trx --results-directory "$results" || code=$?

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
[ "$failed" -eq 0 ] || code=1
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
exit "$code"
