#!/usr/bin/env bash
# determinism.sh EXAMPLE...
#
# Renders each example several times, each time in a new process, and fails
# unless all runs produce the same bytes. Go randomizes the order of maps in
# each process. The number of threads and the time zone also vary.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${1:?usage: determinism.sh EXAMPLE...}"
# shellcheck source=hack/examples.sh
. hack/examples.sh

# determined EXAMPLE fails if an example renders differently from run to run.
determined() {
  local example=$1 failed=0 flags scope converged sums run
  mapfile -t flags < <(flags_of "$example")
  for scope in cluster namespaced; do
    for converged in '' --converged; do
      # shellcheck disable=SC2086 # An empty flag must vanish.
      sums=$(for run in 1 2 3; do
        GOMAXPROCS=$run TZ=Etc/GMT+$run bin/function render "$example" --scope "$scope" $converged "${flags[@]}" | sha256sum
      done | sort -u)
      if [ "$(wc -l <<<"$sums")" -ne 1 ]; then
        echo "$example: --scope $scope $converged renders differently from run to run" >&2
        failed=1
      fi
    done
  done
  return "$failed"
}
export -f determined

for_each determined "$@"
