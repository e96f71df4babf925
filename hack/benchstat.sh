#!/usr/bin/env bash
# Compares what the parts of a call cost with bench/baseline.txt. It tells and
# does not judge: times depend on the machine, and allocations are held by
# TestAllocations. UPDATE=1 records the baseline anew.
# Usage: hack/benchstat.sh FILE; FILE takes today's figures.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p "$(dirname "$1")"
# All of them run, so that none is broken; those of a call are measured.
go test -run '^$' -bench . -benchtime 1x ./... >/dev/null
go test -run '^$' -bench '^Benchmark(Call|Parts)$' -count 6 -benchtime 100ms . >"$1"
if [ -n "${UPDATE:-}" ]; then
  grep -v '^ok\|^PASS' "$1" >bench/baseline.txt
  echo 'wrote bench/baseline.txt'
fi
benchstat bench/baseline.txt "$1"
