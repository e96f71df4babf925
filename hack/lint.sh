#!/usr/bin/env bash
# lint.sh SCRIPT...
#
# Lints the configuration of golangci-lint, the Go code, and shell scripts.
set -euo pipefail
cd "$(dirname "$0")/.."

# The schema is in the linter's module. By default, it would be downloaded.
linter=$(go -C tools/golangci-lint list -m -f '{{.Dir}}' github.com/golangci/golangci-lint/v2)
golangci-lint config verify --schema "$linter/jsonschema/golangci.jsonschema.json"
golangci-lint run ./...
# Separate modules, which ./... does not include.
(cd bench && golangci-lint run --config ../.golangci.yml ./...)
(cd hack/xpkg && golangci-lint run --config ../../.golangci.yml ./...)
(cd test/gitops && golangci-lint run --config ../../.golangci.yml ./...)

if command -v shellcheck >/dev/null; then
  shellcheck "$@"
else
  echo 'shellcheck is not installed: shell scripts were not linted' >&2
fi
