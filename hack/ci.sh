#!/usr/bin/env bash
# ci.sh [STAGE...]
#
# Runs the given stages of CI, or every stage, in the order below. It continues
# after a failed stage, so that one run reports all failures. The last lines
# list the result of each stage. Fails if a stage failed.
set -euo pipefail
cd "$(dirname "$0")/.."

# In the order of execution. A stage is a target of the Makefile, except
# first-steps. TestStages compares ci.yml and the documentation with this list.
stages=(build check-xpkg e2e test first-steps handler-test check-fmt lint vet check-generate cover render validate determinism
  scan vulncheck benchstat scratch-tier portal-test backstage-test)

for name; do
  if [[ " ${stages[*]} " != *" $name "* ]]; then
    printf 'there is no stage %q; the stages are: %s\n' "$name" "${stages[*]}" >&2
    exit 2
  fi
done
chosen=" $* "

# All stages build with the flags of bin/function, so that no dependency is compiled
# twice.
export CGO_ENABLED=0 GOFLAGS=-trimpath

logs=.cache/ci
rm -rf "$logs"
mkdir -p "$logs"
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

# stage NAME COMMAND... runs a stage, prints its output and records its result.
stage() {
  local name=$1 start=$SECONDS verdict=ok
  shift
  printf '\n=== %s: %s\n' "$name" "$*"
  if ! "$@" 2>&1 | tee "$logs/$name.log"; then
    verdict=FAILED
  elif grep -q '^SKIPPED' "$logs/$name.log"; then
    verdict=skipped
  fi
  printf '%-15s %-8s %4ds\n' "$name" "$verdict" $((SECONDS - start)) >"$logs/$name.result"
}

# beside NAME COMMAND... runs a stage at the same time as the following ones. Its
# output is printed at the end.
beside() { stage "$@" >"$logs/$1.output" & }

# first_steps runs the first commands in the README.
# shellcheck disable=SC2317 # stage calls it.
first_steps() {
  go run . render examples/claim.yaml | awk '
    /^kind: / { objects++ }
    END { print objects + 0, "objects rendered"; exit objects == 0 }'
}

# runs STAGE reports whether a stage is part of this run.
runs() { [[ -z ${chosen// /} || $chosen == *" $1 "* ]]; }

# The tests run once for the stages test and cover.
profile=$PWD/.cache/cover.out
for name in "${stages[@]}"; do
  runs "$name" || continue
  case $name in
  e2e)
    # It mostly waits. Other stages do not build the same programs meanwhile, and
    # have a lower priority.
    make -j "$(nproc)" e2e-tools || true # make e2e reports a failure again.
    beside e2e make e2e
    renice -n 10 $$ >/dev/null
    ;;
  first-steps) stage first-steps first_steps ;;
  test)
    if runs cover; then
      stage test env GOFLAGS="$GOFLAGS $(hack/cover.sh flags "$profile")" make test
    else
      stage test make test
    fi
    ;;
  cover)
    if runs test; then
      stage cover hack/cover.sh check "$profile"
    else
      stage cover make cover
    fi
    ;;
  *) stage "$name" make "$name" ;;
  esac
done
wait
cat "$logs"/*.output 2>/dev/null || true # There is none if all stages ran in turn.

printf '\n=== summary\n'
for name in "${stages[@]}"; do
  ! runs "$name" || cat "$logs/$name.result"
done
! grep -q ' FAILED ' "$logs"/*.result
