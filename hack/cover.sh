#!/usr/bin/env bash
# cover.sh PROFILE
#
# Runs all tests, names each block that none of them reaches, and fails unless
# together they reach as much of the function's hand-written statements as is
# asked for below. What does not count is in cover-excluded.txt, with reasons. The
# race detector is on for all packages but those whose tests take each example
# through its whole way, one call after the other: ten times as long, and nothing to
# race with.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=$1
# Percent. An error that is hard to bring about is better handled untested than
# dropped, so not all.
least=95
mkdir -p "$(dirname "$profile")"
module=$(go list -m)
# Generators run on a developer's machine only, where `make check-generate`
# tests their output.
packages=$(go list ./... | grep -v "^$module/hack/" | paste -sd, -)

whole=("$module" "$module/test/stack")
go list ./... | grep -vxFf <(printf '%s\n' "${whole[@]}") |
  xargs go test -race -timeout 30m -covermode=atomic -coverpkg="$packages" -coverprofile="$profile.race"
go test -timeout 30m -covermode=atomic -coverpkg="$packages" -coverprofile="$profile.top" "${whole[@]}"

# Each profile begins with its mode.
{ cat "$profile.race" && tail -n +2 "$profile.top"; } >"$profile"

# Each test binary reports every block, so a block is covered if any of them
# reached it. A line is: file:line.column,line.column statements count
awk -v module="$module/" -v least="$least" '
  FILENAME == ARGV[1] {
    if (/^(#|$)/) next
    if (NF < 2) { print FILENAME ": no reason: " $1; failed = 1 }
    excluded[$1] = 0
    next
  }
  FNR == 1 { next }
  {
    path = substr($1, length(module) + 1)
    sub(/:.*/, "", path)
    for (e in excluded) if (path ~ e) { excluded[e]++; next }
    statements[$1] = $2
    hits[$1] += $3
  }
  END {
    for (block in statements) {
      total += statements[block]
      if (hits[block]) { covered += statements[block]; continue }
      where = substr(block, length(module) + 1)
      sub(/\.[0-9]+,/, "-", where)
      sub(/\.[0-9]+$/, "", where)
      print "not covered: " where | "sort -V"
    }
    close("sort -V")
    for (e in excluded) if (!excluded[e]) { print ARGV[1] ": fits no file: " e; failed = 1 }
    if (total == 0) { print "no statements: is the profile empty?"; exit 1 }
    printf "%d of %d hand-written statements covered (%.2f%%); %d%% are asked for\n", covered, total, 100 * covered / total, least
    exit failed || 100 * covered < least * total
  }' hack/cover-excluded.txt "$profile"
