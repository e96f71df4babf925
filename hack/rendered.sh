#!/usr/bin/env bash
# rendered.sh DIRECTORY EXAMPLE...
#
# Renders each example with bin/function, for several other scripts:
# DIRECTORY/SCOPE/first contains the resources of the first call, and
# DIRECTORY/SCOPE/ready those of the ready stack. Does nothing if they are up to date.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${2:?usage: rendered.sh DIRECTORY EXAMPLE...}"
# shellcheck source=hack/examples.sh
. hack/examples.sh

into=$1
shift
state=$({ echo "$*"; cat bin/function hack/rendered.sh examples/*; } | sha256sum)
if [ "$(cat "$into/state" 2>/dev/null || true)" = "$state" ]; then
  exit
fi
rm -rf "$into"
mkdir -p "$into"/{cluster,namespaced}/{first,ready}

# render EXAMPLE renders an example in both scopes.
render() {
  local flags scope
  mapfile -t flags < <(flags_of "$1")
  for scope in cluster namespaced; do
    bin/function render "$1" --scope "$scope" "${flags[@]}" >"$into/$scope/first/$(basename "$1")"
    bin/function render "$1" --scope "$scope" --converged "${flags[@]}" >"$into/$scope/ready/$(basename "$1")"
  done
}
export into
export -f render
for_each render "$@"
echo "$state" >"$into/state"
