#!/usr/bin/env bash
# cover.sh PROFILE
#
# Runs all tests and fails, naming each uncovered block, unless together they
# reach every hand-written statement of the function. The race detector is on for
# all packages but the top one, whose tests take each example through its whole
# way, one call after the other: ten times as long, and nothing to race with.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=$1
mkdir -p "$(dirname "$profile")"
module=$(go list -m)
# Generators run on a developer's machine only, where `make check-generate`
# tests their output.
packages=$(go list ./... | grep -v "^$module/hack/" | paste -sd, -)

go list ./... | grep -vx "$module" |
  xargs go test -race -timeout 30m -covermode=atomic -coverpkg="$packages" -coverprofile="$profile.race"
go test -timeout 30m -covermode=atomic -coverpkg="$packages" -coverprofile="$profile.top" .

# Generated code is its generator's concern. Each profile begins with its mode.
{ cat "$profile.race" && tail -n +2 "$profile.top"; } | grep -v '/zz_[^/]*\.go:' >"$profile"

# Each test binary reports every block, so a block is covered if any of them
# reached it. A line is: file:line.column,line.column statements count
awk -v module="$module/" '
  NR == 1 { next }
  { statements[$1] = $2; hits[$1] += $3 }
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
    if (total == 0) { print "no statements: is the profile empty?"; exit 1 }
    printf "%d of %d hand-written statements covered (%.2f%%)\n", covered, total, 100 * covered / total
    exit covered < total
  }' "$profile"
