#!/usr/bin/env bash
# Runs, on the cluster of KUBECONFIG, every test that a real cluster can answer, and removes what they made, however they end.
# Ends with one line: "N passed, 0 failed", and how many were skipped if any were.
set -euo pipefail
cd "$(dirname "$0")/.."

refuse() { echo "$1" >&2; exit 2; }
[ -n "${KUBECONFIG:-}" ] || refuse "KUBECONFIG is not set: make test-cluster KUBECONFIG=path/of/a/kubeconfig"
[ -r "$KUBECONFIG" ] || refuse "the kubeconfig $KUBECONFIG can't be read"
command -v kubectl > /dev/null || refuse "kubectl is not on the PATH: install it"
kubectl version --request-timeout=10s > /dev/null 2>&1 || refuse "the API server of $KUBECONFIG can't be reached: $(kubectl get --raw /version --request-timeout=10s 2>&1 | tail -n 1)"

FIRSTLINE_TEST_KUBECONFIG=$(realpath "$KUBECONFIG")
FIRSTLINE_TEST_RUN=run-$$-$(date +%s)
export FIRSTLINE_TEST_KUBECONFIG FIRSTLINE_TEST_RUN
label=firstline.dev/test-run=$FIRSTLINE_TEST_RUN
tests=""

# Each test removes its own; what one leaves behind that was interrupted carries the label of the run.
remove() {
    code=$?
    trap - EXIT INT TERM
    if [ -n "$tests" ]; then kill -- "-$tests" 2> /dev/null || true; fi
    kubectl delete namespaces,customresourcedefinitions -l "$label" --ignore-not-found --timeout=120s > /dev/null || code=1
    exit "$code"
}
trap remove EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dotnet build Operator.sln -c "${1:-Debug}" -v q -nologo
# In a process group of their own, so that all of it can be ended.
set -m
tests/run.sh "${1:-Debug}" "FullyQualifiedName~RealServerConformanceTests.Answers|FullyQualifiedName~RealServerKubectl|FullyQualifiedName~Kube.Tests.Servers.RealServerTests" &
tests=$!
set +m
wait "$tests"
tests=""
