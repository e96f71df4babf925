package rules

import (
	"maps"
	"slices"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// shown is blocks that AWS shows of every resource of a kind, or that the provider
// reads as empty, by Terraform resource: why that is so.
var shown = map[string]map[string]string{
	"aws_acm_certificate":               {"subjectAlternativeNames": "The domain name is one of them."},
	"aws_backup_selection":              {"condition": "Read as empty.", "notResources": "Read as empty."},
	"aws_elasticache_replication_group": {"securityGroupNames": "Read as empty."},
	"aws_rds_cluster":                   {"availabilityZones": "AWS chooses three."},
	"aws_signer_signing_profile":        {"signatureValidityPeriod": "AWS chooses 135 months."},
}

// Unsettled returns the blocks, sorted, for which the provider wants to replace a
// resource whenever it looks at it: those that Terraform computes and that cannot
// change, where neither the resource nor AWS has any. Terraform itself compares
// them with what it stored; the provider has nothing stored, takes them for
// unknown, and refuses to replace anything. A resource that the provider may not
// update has none.
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
