#!/usr/bin/env bash
# scan.sh RENDERED EXAMPLE...
#
# Scans each example's ready stack in the directory RENDERED (rendered.sh) with
# Trivy, and fails on a finding of any severity that the catalog of controls does
# not accept. It needs no network, because Trivy contains its checks.
#
# Trivy supports Terraform but not Crossplane, so a stack is converted first.
# The first example is also scanned with added faults, which Trivy must find.
# Otherwise, a result without findings would prove nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${2:?usage: scan.sh RENDERED EXAMPLE...}"
# shellcheck source=hack/examples.sh
. hack/examples.sh

rendered=$1
shift
provider=$(go list -m -f '{{.Dir}}' github.com/upbound/provider-aws/v2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/stacks" "$work/checks"
cp -r "$rendered/namespaced/ready" "$work/streams"

# convert FILE converts a rendered stack to Terraform.
convert() {
  local name
  name=$(basename "$1" .yaml)
  mkdir "$work/stacks/$name"
  "$work/terraform" "$provider/config/schema.json" "$work/streams/$name.yaml" >"$work/stacks/$name/main.tf"
}
go build -o "$work/" ./hack/terraform ./hack/scan
export provider work
export -f convert
for_each convert "$@"
names=()
for example; do
  names+=("$(basename "$example" .yaml)")
done

# Some checks read a field, some a policy, and some follow references to
# resources of a bucket or a security group.
sed -e 's/^    storageEncrypted: true$/    storageEncrypted: false/' \
  -e 's/^    publiclyAccessible: false$/    publiclyAccessible: true/' \
  -e 's/^    enableKeyRotation: true$/    enableKeyRotation: false/' \
  -e 's/^    isMultiRegionTrail: true$/    isMultiRegionTrail: false/' \
  -e 's/^    prefixListId: .*$/    cidrIpv4: 0.0.0.0\/0/' \
  -e 's/^      viewerProtocolPolicy: redirect-to-https$/      viewerProtocolPolicy: allow-all/' \
  -e 's/"Action":"s3:GetObject","Resource":"[^"]*"/"Action":"s3:*","Resource":"*"/' \
  -e 's/^    blockPublicAcls: true$/    blockPublicAcls: false/' \
  -e 's/^      status: Enabled$/      status: Suspended/' \
  -e '/^        kmsMasterKeyId: /d' -e '/^        kmsMasterKeyIdRef:$/,+1d' \
  "$work/streams/${names[0]}.yaml" >"$work/streams/broken.yaml"
convert broken.yaml

# Trivy skips the checks that only the CIS benchmark requires. With other names
# and without a framework, they run like all others.
checks=$(go -C tools/trivy list -m -f '{{.Dir}}' github.com/aquasecurity/trivy-checks)/checks/cloud/aws
while read -r check; do
  sed -e '/^#   frameworks:$/,/^#   input:$/ { /^#   input:$/!d }' -e 's/^package builtin\./package user./' \
    "$check" >"$work/checks/$(basename "$check")"
done < <(grep -rl --include='*.rego' '^#   frameworks:' "$checks" | xargs grep -L '^#     default:')

# An empty cache, because Trivy prefers previously downloaded checks.
trivy config --quiet --skip-check-update --skip-version-check --disable-telemetry --cache-dir "$work/cache" \
  --misconfig-scanners terraform --include-deprecated-checks --config-check "$work/checks" --check-namespaces user \
  --include-non-failures --format json --output "$work/report.json" "$work/stacks"

"$work/scan" found "$work/report.json" broken AVD-AWS-0012 AVD-AWS-0014 AVD-AWS-0065 AVD-AWS-0080 \
  AVD-AWS-0086 AVD-AWS-0090 AVD-AWS-0104 AVD-AWS-0132 AVD-AWS-0170 AVD-AWS-0180 AVD-AWS-0345
if "$work/scan" accepted "$work/report.json" "$work/streams" broken >/dev/null 2>&1; then
  echo 'a stack with faults passes for one without' >&2
  exit 1
fi
"$work/scan" accepted "$work/report.json" "$work/streams" "${names[@]}"
