package settings

import (
	"cmp"
	"maps"

	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// Tags of every AWS resource of a stack. Policies and responses identify the
// stack's resources by them, so a claim cannot set them.
const (
	TagStack       = "platform.secure-ecommerce.dev/stack"
	TagEnvironment = "platform.secure-ecommerce.dev/environment"
	TagOwner       = "platform.secure-ecommerce.dev/owner"
)

// stackLimit leaves room for the longest suffix in the lowest limit: 63 characters
// for a bucket or an RDS identifier, 64 for a role.
const stackLimit = 40

// maxTagValue is the maximum length of a tag's value (AWS documentation, "Tag your
// AWS resources").
const maxTagValue = 256

// Names contains AWS names that more than one tier needs.
type Names struct {
	AssetsBucket, LogsBucket, CDNLogsBucket string
	ReplicaBucket, ReplicaLogsBucket        string
	UploadsBucket, ScanRole                 string
	AuditBucket, ConfigBucket               string
	AuditTrail, AuditLogGroup               string
	Database                                string
	FlowLogGroup                            string
	AppRole, PublisherRole                  string
	FlowLogRole, MonitoringRole             string
	ResponsesBucket, ResponsesRole          string
	JobsBucket                              string
}

// stack returns the name of the observed stack, or of a new one.
func (d *decision) stack() string {
	carriers := append([]string{composed.VPC}, d.observed.Names()...)
	return cmp.Or(seen(d.observed, "spec.forProvider.tags["+TagStack+"]", carriers), stackName(d.claim.Identity, d.input.NamePrefix))
}

// stackName returns a readable name that is globally unique, as bucket names must
// be. The composite's UID distinguishes stacks with the same name: those of other
// clusters, and deleted ones whose data may still exist.
func stackName(c claim.Identity, prefix string) string {
	unique := naming.Hash(c.UID)
	if c.UID == "" {
		unique = naming.Hash(c.Namespace, c.Composite)
	}
	name := c.Composite
	if prefix != "" {
		name = prefix + "-" + name
	}
	return naming.Stack(name, unique, stackLimit)
}

// tags merges tags. Those of the platform take precedence over the claim's, and
// those that identify the stack over both.
func tags(c *claim.Claim, stack string, platform map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range c.Spec.Tags {
		out[k] = string(v)
	}
	maps.Copy(out, platform)
	out[TagStack] = stack
	out[TagEnvironment] = string(c.Spec.Environment)
	out[TagOwner] = naming.Fit(c.Owner, maxTagValue)
	return out
}

// names returns the stack's existing or new names.
func names(stack string, assets *v1alpha1.ExistingBucket, observed facts.Observed) Names {
	external := func(r, name string) string { return cmp.Or(observed.String(r, facts.ExternalName), name) }
	return Names{
		AssetsBucket:  external(composed.AssetsBucket, cmp.Or(ptr.Deref(assets, v1alpha1.ExistingBucket{}).Name, stack+"-assets")),
		LogsBucket:    external(composed.LogsBucket, stack+"-access-logs"),
		CDNLogsBucket: external(composed.CDNLogsBucket, stack+"-cdn-logs"),
		ReplicaBucket: external(composed.ReplicaBucket, stack+"-assets-replica"),
		// The longest name.
		ReplicaLogsBucket: external(composed.ReplicaLogsBucket, stack+"-replica-access-logs"),
		UploadsBucket:     external(composed.UploadsBucket, stack+"-uploads"),
		ScanRole:          external(composed.ScanRole, stack+"-uploads-scan"),
		AuditBucket:       external(composed.AuditBucket, stack+"-audit"),
		ConfigBucket:      external(composed.ConfigBucket, stack+"-config"),
		AuditTrail:        external(composed.AuditTrail, stack+"-trail"),
		AuditLogGroup:     external(composed.AuditLogGroup, "/"+stack+"/audit"),
		Database:          cmp.Or(observed.String(composed.Database, "spec.forProvider.identifier"), external(composed.DatabaseCluster, stack+"-db")),
		FlowLogGroup:      external(composed.FlowLogGroup, "/"+stack+"/vpc-flow-logs"),
		AppRole:           external(composed.AppRole, stack+"-app"),
		PublisherRole:     external(composed.PublisherRole, stack+"-publisher"),
		FlowLogRole:       external(composed.FlowLogRole, stack+"-flow-logs"),
		MonitoringRole:    external(composed.MonitoringRole, stack+"-db-monitoring"),
		ResponsesBucket:   external(composed.ResponsesBucket, stack+"-responses"),
		ResponsesRole:     external(composed.ResponsesRole, stack+"-responses"),
		JobsBucket:        external(composed.JobsBucket, stack+"-jobs"),
	}
}
