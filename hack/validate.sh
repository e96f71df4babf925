#!/usr/bin/env bash
# validate.sh RENDERED EXAMPLE...
#
# Validates each example, and its ready resources in the directory RENDERED
# (rendered.sh), in both scopes: schema, unknown fields, enumerations and CEL
# rules. It uses the CRDs of the provider version in go.mod, with whose types the
# function is built, and those of the newer one in tools/provider-crds. It needs no
# network once both modules are in the module cache.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${2:?usage: validate.sh RENDERED EXAMPLE...}"

rendered=$1
shift
provider=github.com/upbound/provider-aws/v2
go -C tools/provider-crds mod download "$provider"
# Crossplane's own CRDs, because a stack contains usages.
core=$(go -C tools/crossplane-core list -m -f '{{.Dir}}' github.com/crossplane/crossplane/v2)/cluster/crds
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/crds" ./hack/crds

# validate SCOPE API MODULE EXAMPLE... validates the rendered resources against
# the provider in a Go module.
validate() {
  local scope=$1 api=$2 module=$3
  shift 3
  local version dir crds
  read -r version dir < <(go -C "$module" list -m -f '{{.Version}} {{.Dir}}' "$provider")
  crds=$work/$scope/$version
  mkdir -p "$crds"
  # Only the required CRDs: all two thousand would take fifty times as long.
  "$work/crds" "$dir/package/crds" "$crds" "$rendered/$scope/ready/"*.yaml
  cp "$core"/protection.crossplane.io_*usages.yaml "$crds/"

  echo "$scope, provider-aws $version:"
  # With an empty image, the command does not pull Crossplane's own schemas.
  crossplane resource validate --crossplane-image= --error-on-missing-schemas --skip-success-results \
    --cache-dir "$work/cache-$scope" \
    "$crds,apis/$api/definition.yaml,apis/$api/account-definition.yaml" \
    "$(IFS=,; echo "$*"),$rendered/$scope/ready"
}

for module in . tools/provider-crds; do
  validate cluster claim "$module" "$@" &
  cluster=$!
  validate namespaced namespaced "$module" "$@"
  wait "$cluster"
done
