package rules

import (
	"maps"
	"slices"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// shown contains blocks that AWS returns for every resource of a kind, or that the
// provider reads as empty, with the reason, by Terraform resource.
var shown = map[string]map[string]string{
	"aws_acm_certificate":               {"subjectAlternativeNames": "The domain name is one of them."},
	"aws_backup_selection":              {"condition": "Read as empty.", "notResources": "Read as empty."},
	"aws_elasticache_replication_group": {"securityGroupNames": "Read as empty."},
	"aws_rds_cluster":                   {"availabilityZones": "AWS chooses three."},
	"aws_signer_signing_profile":        {"signatureValidityPeriod": "AWS chooses 135 months."},
}

// Unsettled returns the blocks for which the provider would try to replace a
// resource in every reconcile, sorted. Terraform computes them and cannot change
// them, and neither the resource nor AWS has a value. Terraform compares them with
// its state. The provider has no state, treats them as unknown, and refuses the
// replacement. A resource that the provider must not update has no such blocks.
func (k Kind) Unsettled(u *unstructured.Unstructured) []string {
	if !scope.Allows(u, xpv1.ManagementActionUpdate) {
		return nil
	}
	var out []string
	for _, path := range slices.Sorted(maps.Keys(k.Fields)) {
		f := k.Fields[path]
		block := f.Type == "object" || f.Type == "list" || f.Type == "set"
		if block && f.Computed && f.ForceNew && !nested(path) && shown[k.Type][path] == "" && !k.Composes(u, path) {
			out = append(out, path)
		}
	}
	return out
}
