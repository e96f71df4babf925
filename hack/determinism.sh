#!/usr/bin/env bash
# determinism.sh RENDERED EXAMPLE...
#
# Renders each example again in a new process, and fails unless it produces the same
# bytes as in the directory RENDERED (rendered.sh). Go randomizes the order of maps
# in each process. The number of threads and the time zone also differ.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${2:?usage: determinism.sh RENDERED EXAMPLE...}"
# shellcheck source=hack/examples.sh
. hack/examples.sh

rendered=$1
shift

# again SCOPE STATE EXAMPLE [FLAG...] renders an example like rendered.sh, and fails on
# a difference, of which it prints the beginning.
again() {
  local scope=$1 state=$2 example=$3
  shift 3
  GOMAXPROCS=1 TZ=Etc/GMT+11 bin/function render "$example" --scope "$scope" "$@" |
    diff "$rendered/$scope/$state/$(basename "$example")" - | sed -n "1s|^|$example, $scope, $state, differs from run to run: |;1,20p"
}

# determined EXAMPLE fails if an example renders differently from run to run.
determined() {
  local flags scope failed=0
  mapfile -t flags < <(flags_of "$1")
  for scope in cluster namespaced; do
    again "$scope" first "$1" "${flags[@]}" || failed=1
    again "$scope" ready "$1" --converged "${flags[@]}" || failed=1
  done
  return "$failed"
}
export rendered
export -f again determined

for_each determined "$@"
