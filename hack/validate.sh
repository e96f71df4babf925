#!/usr/bin/env bash
# validate.sh EXAMPLE...
#
# Validates each example and every resource that it composes once it is ready,
# in both scopes: schema, unknown fields, enumerations and CEL rules. The CRDs
# are those of the provider version in go.mod, whose types the function is built
# with, and those of the newer one in tools/provider-crds. Needs no network once
# both modules are in the module cache.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${1:?usage: validate.sh EXAMPLE...}"

provider=github.com/upbound/provider-aws/v2
go -C tools/provider-crds mod download "$provider"
# Crossplane's own CRDs: a stack has usages.
core=$(go -C tools/crossplane-core list -m -f '{{.Dir}}' github.com/crossplane/crossplane/v2)/cluster/crds
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/crds" ./hack/crds

# render SCOPE EXAMPLE... renders the resources of each example.
render() {
  local scope=$1
  shift
  mkdir -p "$work/$scope/resources"
  local example input
  for example; do
    input=()
    [ ! -f "${example%.yaml}-input.yaml" ] || input=(--input "${example%.yaml}-input.yaml")
    bin/function render "$example" --converged --scope "$scope" "${input[@]}" >"$work/$scope/resources/$(basename "$example")"
  done
}

# validate SCOPE API MODULE EXAMPLE... validates what render rendered
# against the provider that a Go module requires.
validate() {
  local scope=$1 api=$2 module=$3
  shift 3
  local version dir crds
  read -r version dir < <(go -C "$module" list -m -f '{{.Version}} {{.Dir}}' "$provider")
  crds=$work/$scope/$version
  mkdir -p "$crds"
  # Only the CRDs in use: all two thousand of them take fifty times as long.
  "$work/crds" "$dir/package/crds" "$crds" "$work/$scope/resources/"*.yaml
  cp "$core"/protection.crossplane.io_*usages.yaml "$crds/"

  echo "$scope, provider-aws $version:"
  # The empty image keeps the command from pulling Crossplane's own schemas.
  crossplane resource validate --crossplane-image= --error-on-missing-schemas --skip-success-results \
    --cache-dir "$work/cache" \
    "$crds,apis/$api/definition.yaml" \
    "$(IFS=,; echo "$*"),$work/$scope/resources"
}

render cluster "$@"
render namespaced "$@"
for module in . tools/provider-crds; do
  validate cluster claim "$module" "$@"
  validate namespaced namespaced "$module" "$@"
done
