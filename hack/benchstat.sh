#!/usr/bin/env bash
# Compares the cost of the parts of a call with bench/baseline.txt. It reports,
# but does not fail: times depend on the machine, and TestAllocations checks
# allocations. UPDATE=1 records a new baseline. Usage: hack/benchstat.sh FILE;
# FILE receives the new figures.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p "$(dirname "$1")"
# All benchmarks run once, to find broken ones. Only those of a call are
# measured. Other packages are not linked for nothing.
git grep -lE '^func Benchmark' -- '*_test.go' ':!bench' | xargs dirname | sort -u | sed 's|^|./|' |
  xargs go test -run '^$' -bench . -benchtime 1x >/dev/null
go test -run '^$' -bench '^Benchmark(Call|Parts)$' -count 6 -benchtime 100ms . >"$1"
if [ -n "${UPDATE:-}" ]; then
  grep -v '^ok\|^PASS' "$1" >bench/baseline.txt
  echo 'wrote bench/baseline.txt'
fi
benchstat bench/baseline.txt "$1"
