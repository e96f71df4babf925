#!/usr/bin/env bash
# Fails if generating again changes a file, and prints the change.
set -euo pipefail
cd "$(dirname "$0")/.."

# snapshot prints the ID of a git tree of all current files. It uses a separate
# index, which includes uncommitted and new files, so the check also works
# before a commit.
snapshot() {
  GIT_INDEX_FILE=$index git add --all
  GIT_INDEX_FILE=$index git write-tree
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
index=$work/index

before=$(snapshot)
make generate
go mod tidy
# Modules that depend on the main one.
(cd bench && go mod tidy)
(cd hack/xpkg && go mod tidy)
(cd test/gitops && go mod tidy)
after=$(snapshot)

if ! git --no-pager diff --exit-code "$before" "$after"; then
  echo 'generated files were out of date; they are up to date now: commit them' >&2
  exit 1
fi
