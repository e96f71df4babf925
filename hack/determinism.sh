#!/usr/bin/env bash
# determinism.sh RENDERED EXAMPLE...
#
# Renders each example again in new processes, and fails unless they produce the same
# bytes as in the directory RENDERED (rendered.sh). Go randomizes the order of maps
# in each process. The number of threads and the time zone also differ.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${2:?usage: determinism.sh RENDERED EXAMPLE...}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
GOMAXPROCS=1 TZ=Etc/GMT+11 hack/rendered.sh "$work/again" "${@:2}"
if ! diff -r "$1" "$work/again" >"$work/differences"; then
  echo 'examples render differently from run to run:' >&2
  head -40 "$work/differences" >&2
  exit 1
fi
