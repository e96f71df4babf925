#!/usr/bin/env bash
# Runs every stage of CI, also after one has failed, so that one run tells all
# there is to mend. Ends with a line per stage; fails if any stage did.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
summary=()
failed=0

# stage NAME COMMAND...
stage() {
  local name=$1 start=$SECONDS verdict=ok
  shift
  printf '\n=== %s: %s\n' "$name" "$*"
  if ! "$@" 2>&1 | tee "$log"; then
    verdict=FAILED
    failed=1
  elif grep -q '^SKIPPED' "$log"; then
    verdict=skipped
  fi
  summary+=("$(printf '%-15s %-8s %4ds' "$name" "$verdict" $((SECONDS - start)))")
}

# first_steps is what the README has a newcomer type first.
# shellcheck disable=SC2317 # stage calls it.
first_steps() {
  go run . render examples/claim.yaml | awk '
    /^kind: / { objects++ }
    END { print objects + 0, "objects rendered"; exit objects == 0 }'
}

stage build make build
stage test go test ./...
stage first-steps first_steps
for target in handler-test check-fmt lint vet check-generate cover render validate determinism scan vulncheck benchstat check-xpkg portal-test backstage-test e2e; do
  stage "$target" make "$target"
done

printf '\n=== summary\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
