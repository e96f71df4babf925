package settings

import (
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

// Key encrypts a class of data.
type Key struct {
	// Region of the key and of all data that it encrypts.
	Region string
	// Existing is the ID of a key that the stack does not manage. It is empty for
	// the stack's own key.
	Existing string
}

// keyClass is a class of data, and whether the stack has it.
type keyClass struct {
	class        inputv1alpha1.KeyClass
	resourceName string
	region       string
	has          bool
}

// keyClasses returns all classes of data, and whether the stack has them.
func (s *Settings) keyClasses() []keyClass {
	account, shop := s.AccountSettings, !s.IsAccount
	return []keyClass{
		{inputv1alpha1.KeyClassData, composed.DataKey, s.Region, shop},
		{inputv1alpha1.KeyClassLogs, composed.LogsKey, s.Region, true},
		{inputv1alpha1.KeyClassSecrets, composed.SecretsKey, s.Region, shop},
		{inputv1alpha1.KeyClassEdge, composed.EdgeKey, aws.GlobalRegion, s.Partition.CloudFront},
		{inputv1alpha1.KeyClassReplica, composed.ReplicaKey, s.Assets.ReplicaRegion, s.Assets.ReplicaRegion != ""},
		{inputv1alpha1.KeyClassBackups, composed.BackupCopyKey, s.Backups.CopyRegion, s.Backups.CopyRegion != ""},
		{inputv1alpha1.KeyClassAudit, composed.AuditKey, s.Region, s.Audit.Files},
		{inputv1alpha1.KeyClassAlarms, composed.AlarmsKey, s.Region, s.On(TierAlarms)},
		{inputv1alpha1.KeyClassAccount, composed.AccountKey, s.Region, s.On(TierAccount) && (account.EBSEncryption || account.AutomationLogs)},
	}
}

// existingKeys returns the existing key of each class of data. The choice between
// own and existing keys is permanent, because encrypted data cannot change its key.
func existingKeys(kms inputv1alpha1.KMS, classes []keyClass, account string, observed facts.Observed) (map[string]Key, error) {
	out := map[string]Key{}
	var errs platform.InvalidError
	for _, c := range classes {
		if !c.has {
			continue
		}
		key := Key{Region: c.region}
		switch {
		case watchesKey(c.resourceName, observed):
			key.Existing = observed.ExternalName(c.resourceName).Value
		case observed.Has(c.resourceName), observed.Has(composed.KeyAlias(c.resourceName)), kms.Mode != inputv1alpha1.KMSModeExisting:
		default:
			if key.Existing = existingKey(kms.Keys, c, account); key.Existing == "" {
				errs = append(errs, field.Required(field.NewPath("kms", "keys"), fmt.Sprintf(
					"must contain a key of class %s for the stack's account in region %s, because the platform does not allow new keys (kms.mode %s): ask the platform team to add a key", c.class, c.region, kms.Mode)))
			}
		}
		out[c.resourceName] = key
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return out, nil
}

// watchesKey reports whether the stack only observes a key. Its management policies
// then contain only Observe.
func watchesKey(key string, observed facts.Observed) bool {
	return observed.String(key, "spec.managementPolicies[0]") == "Observe" && observed.String(key, "spec.managementPolicies[1]") == ""
}

// existingKey returns the ID of the first key for a class of data in its region. It
// is empty if there is none.
func existingKey(keys []inputv1alpha1.ExistingKey, c keyClass, account string) string {
	for _, k := range keys {
		there := aws.RegionOf(k.ARN) == c.region && (account == "" || aws.AccountOf(k.ARN) == account)
		if there && (len(k.Classes) == 0 || slices.Contains(k.Classes, c.class)) {
			_, id, _ := strings.Cut(k.ARN, ":key/")
			return id
		}
	}
	return ""
}
