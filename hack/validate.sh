#!/usr/bin/env bash
# validate.sh EXAMPLE...
#
# Validates each example and every resource that it composes once it is ready,
# in both scopes: schema, unknown fields, enumerations and CEL rules. Needs no
# network: the CRDs are those of the provider version in go.mod.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${1:?usage: validate.sh EXAMPLE...}"

crds=$(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)/package/crds
# Crossplane's own, of which stacks have usages.
core=$(go -C tools/crossplane-core list -m -f '{{.Dir}}' github.com/crossplane/crossplane/v2)/cluster/crds
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# kinds FILE... prints the API group and kind of every provider resource.
kinds() {
  awk '
    /^apiVersion: / { split($2, gv, "/"); group = gv[1] }
    /^kind: /       { if (group ~ /\.upbound\.io$/) print group, $2 }
  ' "$@" | sort -u
}

# validate SCOPE GENERATION EXAMPLE...
validate() {
  local scope=$1 generation=$2
  shift 2
  mkdir -p "$work/$scope/crds" "$work/$scope/resources"

  local example input
  for example; do
    input=()
    [ ! -f "${example%.yaml}-input.yaml" ] || input=(--input "${example%.yaml}-input.yaml")
    bin/function render "$example" --converged --scope "$scope" "${input[@]}" >"$work/$scope/resources/$(basename "$example")"
  done

  # Only the CRDs in use: all two thousand of them take fifty times as long.
  local group kind crd
  while read -r group kind; do
    if ! crd=$(grep -lx "    kind: $kind" "$crds/${group}_"*.yaml); then
      echo "$scope: the provider has no kind $kind in group $group" >&2
      return 1
    fi
    cp "$crd" "$work/$scope/crds/"
  done < <(kinds "$work/$scope/resources/"*.yaml)
  cp "$core"/protection.crossplane.io_*usages.yaml "$work/$scope/crds/"

  echo "$scope:"
  # The empty image keeps the command from pulling Crossplane's own schemas.
  crossplane resource validate --crossplane-image= --error-on-missing-schemas --skip-success-results \
    --cache-dir "$work/cache" \
    "$work/$scope/crds,apis/$generation/definition.yaml" \
    "$(IFS=,; echo "$*"),$work/$scope/resources"
}

validate cluster claim "$@"
validate namespaced namespaced "$@"
