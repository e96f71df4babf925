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

// Tags that every AWS resource of a stack carries. Policies and responses tell
// a stack's resources by them, so a claim cannot set them.
const (
	TagStack       = "platform.secure-ecommerce.dev/stack"
	TagEnvironment = "platform.secure-ecommerce.dev/environment"
	TagOwner       = "platform.secure-ecommerce.dev/owner"
)

// stackLimit leaves room for the longest suffix in the tightest limit: 63
// characters of a bucket or RDS identifier, 64 of a role.
const stackLimit = 40

// maxTagValue is the most characters of a tag's value (AWS documentation, "Tag
// your AWS resources").
const maxTagValue = 256

// Names is the names in AWS that more than one tier needs.
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

// stack is the name that the stack's resources carry already, or that it would have
// if there were none.
func (d *decision) stack() string {
	carriers := append([]string{composed.VPC}, d.observed.Names()...)
	return cmp.Or(seen(d.observed, "spec.forProvider.tags["+TagStack+"]", carriers), stackName(d.claim.Identity, d.input.NamePrefix))
}

// stackName is readable, and unique among all stacks in the world, because
// bucket names must be: the composite's UID tells it from one of the same name
// in another cluster, and from its own predecessor, whose data may still be
// there.
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

// tags is the claim's, which count less than the platform's, which count less
// than those by which a stack is known.
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

// names is the names that the stack has, or would have.
func names(stack string, assets *v1alpha1.ExistingBucket, observed facts.Observed) Names {
	external := func(r, name string) string { return cmp.Or(observed.String(r, facts.ExternalName), name) }
	return Names{
		AssetsBucket:  external(composed.AssetsBucket, cmp.Or(ptr.Deref(assets, v1alpha1.ExistingBucket{}).Name, stack+"-assets")),
		LogsBucket:    external(composed.LogsBucket, stack+"-access-logs"),
		CDNLogsBucket: external(composed.CDNLogsBucket, stack+"-cdn-logs"),
		ReplicaBucket: external(composed.ReplicaBucket, stack+"-assets-replica"),
		// The longest of all.
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
