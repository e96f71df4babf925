#!/usr/bin/env bash
# rules.sh CACHE
#
# Regenerates internal/rules: Terraform's rules from the provider's own code,
# and AWS's limits from botocore's API models. Regenerates the tables of
# internal/engines from cfn-lint's copies of AWS's lists. Then checks every
# resource of every example with Terraform's own validation and plan, and those
# of Cloud Control with CloudFormation's schemas in cfn-lint. It builds the
# whole Terraform provider, which takes almost an hour and 10 GB of disk the
# first time.
set -euo pipefail
cd "$(dirname "$0")/.."

cache=$1
tool=tools/provider-aws
module() { go -C "$tool" list -m -f '{{.Dir}}' "$1"; }

mkdir -p "$cache"
go -C "$tool" test ./rules/source
go -C "$tool" build -trimpath -ldflags='-s -w' -o "$cache/rules" ./rules

provider=$(module github.com/upbound/provider-aws/v2)
"$cache/rules" generate \
  -activation package/activation/namespaced.yaml \
  -provider "$provider" \
  -terraform "$(module github.com/hashicorp/terraform-provider-aws)" \
  -out internal/rules/terraform.json

botocore=$(python3 -c 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))')
go run ./hack/awslimits "$botocore" "$provider/package/crds" internal/rules/aws.json

cfnlint=$(python3 -c 'import cfnlint, os; print(os.path.dirname(cfnlint.__file__))')
go run ./hack/awsengines "$cfnlint" internal/engines

rm -rf "$cache/resolved"
mkdir -p "$cache/resolved"
go test -count=1 -run '^TestRules$' ./test/stack -resolved "$cache/resolved"

mapfile -t types < <(sed -n 's/^ *typeName: //p' "$cache"/resolved/*.yaml | sort -u)
python3 -c '
import json, sys
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER as schemas
json.dump({t: dict(schemas.get_resource_schema("us-east-1", t).schema, description=t) for t in sys.argv[1:]}, sys.stdout)
' "${types[@]}" >"$cache/types.json"
"$cache/rules" validate -types "$cache/types.json" "$cache"/resolved/*.yaml
