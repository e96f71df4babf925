#!/usr/bin/env bash
# cover.sh [flags|check] PROFILE
#
# Runs all tests, and lists each block that none of them covers. Fails if they
# cover less than the required share of the hand-written statements.
# cover-excluded.txt lists files that do not count, with reasons. Then runs the
# tests of packages that start goroutines with the race detector (which needs cgo).
# Elsewhere, it can find nothing. In the main package, it runs only the tests of
# concurrent calls, because it takes ten times as long.
#
# With `flags`, it only prints the flags of go test that write the profile. With
# `check`, it uses an existing profile. So CI runs the tests only once.
set -euo pipefail
cd "$(dirname "$0")/.."

what=all
case $1 in flags | check)
  what=$1
  shift
  ;;
esac
profile=$1
# Percent. It is below 100, because an error that is hard to cause is better
# handled without a test than ignored.
least=95
module=$(go list -m)

flags="-covermode=set -coverprofile=$profile -coverpkg=./..."
if [ "$what" = flags ]; then
  echo "$flags"
  exit
fi
mkdir -p "$(dirname "$profile")"
if [ "$what" = all ]; then
  # shellcheck disable=SC2086 # No flag contains a space.
  go test -timeout 30m $flags ./...
fi

mapfile -t concurrent < <(git grep -lE '^[[:space:]]*go [A-Za-z_.]+\(|\.Go\(' -- '*.go' \
  ':!bench' ':!hack/xpkg' ':!test/e2e' ':!test/gitops' ':!tools' | xargs dirname | grep -vxF . | sort -u | sed 's|^|./|')
CGO_ENABLED=1 go test -race "${concurrent[@]}"
CGO_ENABLED=1 go test -race -run Concurrently .

# Each test binary reports every block, so a block is covered if any of them
# covered it. A line is: file:line.column,line.column statements count
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
