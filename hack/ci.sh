#!/usr/bin/env bash
# ci.sh [STAGE...]
#
# Runs the given stages of CI, or every stage, in the order below. It continues
# after a failed stage, so that one run reports all failures. The last lines
# list the result of each stage, its duration and its processor time. Fails if a
# stage failed.
set -euo pipefail
cd "$(dirname "$0")/.."

# In the order of execution. A stage is a target of the Makefile, except
# first-steps. TestStages compares ci.yml and the documentation with this list.
stages=(build test first-steps handler-test check-fmt lint check-generate cover render validate determinism
  scan vulncheck benchstat check-xpkg scratch-tier portal-test backstage-test e2e)

for name; do
  if [[ " ${stages[*]} " != *" $name "* ]]; then
    printf 'there is no stage %q; the stages are: %s\n' "$name" "${stages[*]}" >&2
    exit 2
  fi
done
chosen=" $* "

# runs STAGE reports whether a stage is part of this run.
runs() { [[ -z ${chosen// /} || $chosen == *" $1 "* ]]; }

mkdir -p .cache

# All stages build with the flags of bin/function, so that no dependency is compiled
# twice. Tests need no vet, because the stage lint contains it.
export CGO_ENABLED=0 GOFLAGS=-trimpath
if runs lint; then
  GOFLAGS+=' -vet=off'
fi

log=$(mktemp)
cost=$(mktemp)
trap 'rm -f "$log" "$cost"' EXIT
TIMEFORMAT='%R %U %S'
summary=()
failed=0

# stage NAME COMMAND...
stage() {
  local name=$1 verdict=ok real user system
  shift
  printf '\n=== %s: %s\n' "$name" "$*"
  # The braces separate the output of time from that of the stage.
  if ! { time "$@" 2>&1 | tee "$log"; } 2>"$cost"; then
    verdict=FAILED
    failed=1
  elif grep -q '^SKIPPED' "$log"; then
    verdict=skipped
  fi
  read -r real user system <"$cost"
  summary+=("$(printf '%-15s %-8s %4ds %5ds CPU' "$name" "$verdict" "${real%.*}" $((${user%.*} + ${system%.*})))")
}

# first_steps runs the first commands in the README.
# shellcheck disable=SC2317 # stage calls it.
first_steps() {
  go run . render examples/claim.yaml | awk '
    /^kind: / { objects++ }
    END { print objects + 0, "objects rendered"; exit objects == 0 }'
}

# The tests run once for the stages test and cover.
profile=$PWD/.cache/cover.out
for name in "${stages[@]}"; do
  runs "$name" || continue
  case $name in
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
  # Programs are linked in parallel.
  e2e) stage e2e make -j "$(nproc)" e2e ;;
  *) stage "$name" make "$name" ;;
  esac
done

printf '\n=== summary\n'
printf '%s\n' "${summary[@]}"
exit "$failed"
