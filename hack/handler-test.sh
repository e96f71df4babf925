#!/usr/bin/env bash
# handler-test.sh
#
# Tests the responses' handler against moto. Without moto, it tests nothing and
# prints a note, because `go test` alone does not mention skipped tests.
set -euo pipefail
cd "$(dirname "$0")/.."

status=0
output=$(go test -count=1 -v -run '^TestResponsesAgainstMoto$' ./test/stack) || status=$?
printf '%s\n' "$output"
if grep -q '^--- SKIP' <<<"$output"; then
  echo "SKIPPED: the responses' handler was not tested against AWS's state; the reason is above"
fi
exit "$status"
