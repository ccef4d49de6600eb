#!/usr/bin/env bash
# Runs, on the cluster of KUBECONFIG, every test that a real cluster can answer: it installs Firstline there, runs an operator, and removes what was made, however it ends.
# Ends with one line: "N passed, 0 failed", and how many were skipped if any were.
set -euo pipefail
cd "$(dirname "$0")/.."

refuse() { echo "$1" >&2; exit 2; }
[ -n "${KUBECONFIG:-}" ] || refuse "KUBECONFIG is not set: make test-cluster KUBECONFIG=path/of/a/kubeconfig"
[ -r "$KUBECONFIG" ] || refuse "the kubeconfig $KUBECONFIG can't be read"
command -v kubectl > /dev/null || refuse "kubectl is not on the PATH: install it"
kubectl version --request-timeout=10s > /dev/null 2>&1 || refuse "the API server of $KUBECONFIG can't be reached: $(kubectl get --raw /version --request-timeout=10s 2>&1 | tail -n 1)"
# The tests install and remove Firstline, and with it every incident: never where somebody uses it.
installed=$(kubectl get customresourcedefinitions -o name | grep '\.firstline\.dev$' | head -n 1 || true)
[ -z "$installed" ] || refuse "Firstline is installed on this cluster ($installed), and the tests would remove it: take a cluster without it"

# The simulation's nodes have one name everywhere: those that are there already are somebody else's.
simulated() { kubectl get nodes -l sim.firstline.dev/node -o name; }
others=$(simulated)

FIRSTLINE_TEST_RUN=run-$$-$(date +%s)
export FIRSTLINE_TEST_RUN
kubeconfig=$(realpath "$KUBECONFIG")
label=firstline.dev/test-run=$FIRSTLINE_TEST_RUN
tests=""

# Each test removes its own; what one leaves behind that was interrupted carries the label of the run.
remove() {
    code=$?
    trap - EXIT INT TERM
    if [ -n "$tests" ]; then kill -- "-$tests" 2> /dev/null || true; fi
    kubectl delete namespaces,customresourcedefinitions,nodes,storageclasses -l "$label" --ignore-not-found --timeout=120s > /dev/null || code=1
    { simulated | grep -vxF -- "$others" || true; } | xargs -r kubectl delete --ignore-not-found --timeout=120s > /dev/null || code=1
    kubectl delete -k config/admission-stamping --ignore-not-found > /dev/null 2>&1 || true   # not known to servers before 1.36
    kubectl delete -k config/default --ignore-not-found --timeout=120s > /dev/null || code=1
    exit "$code"
}
trap remove EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dotnet build Operator.sln -c "${1:-Debug}" -v q -nologo

# In a process group of their own, so that all of it can be ended.
sums=""
run() {
    log=$(mktemp)
    set -m
    { tests/run.sh "$configuration" "$1" | tee "$log"; exit "${PIPESTATUS[0]}"; } &
    tests=$!
    set +m
    wait "$tests" || failed=1
    tests=""
    sums+=$(tail -n 1 "$log")$'\n'
    rm -f "$log"
}
configuration=${1:-Debug}
failed=0

# First those that install, upgrade and remove; then those of the definitions alone; then those that run operators.
FIRSTLINE_TEST_EMPTY_KUBECONFIG=$kubeconfig run "FullyQualifiedName~EndToEnd.Tests.Install"
FIRSTLINE_TEST_SCHEMA_KUBECONFIG=$kubeconfig run "FullyQualifiedName~OnApiServer"
FIRSTLINE_TEST_KUBECONFIG=$kubeconfig run "FullyQualifiedName~RealServer"

awk '{ for (i = 1; i < NF; i++) { if ($(i + 1) ~ /^passed/) p += $i; if ($(i + 1) ~ /^failed/) f += $i; if ($(i + 1) ~ /^skipped/) s += $i } }
    END { printf "%d passed, %d failed", p, f; if (s > 0) printf ", %d skipped", s; print "" }' <<< "$sums"
exit "$failed"
