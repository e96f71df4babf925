// Package settings decides everything about a stack once: region, names,
// address ranges, sizes and what is kept on deletion. What was observed wins
// over what would be decided today, so that nothing immutable ever changes.
//
// Tiers read settings only: each has a field of its own, which is what the claim
// asks of it and what was decided of that. A decided field hides the one that the
// claim has of the same name.
package settings

import (
	"cmp"
	"fmt"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
)

// Settings is what was decided.
type Settings struct {
	claim.Identity

	Environment v1alpha1.Environment

	Region    string
	Partition aws.Partition
	// Account is a fact, because it shows in an observed ARN unless the
	// platform says it.
	Account        facts.Fact
	ProviderConfig xpcommon.ProviderConfigReference

	// Stack begins the names of everything in AWS.
	Stack string
	Names Names
	Tags  map[string]string
	// PermissionsBoundary is the ARN that bounds every role; it may be empty.
	PermissionsBoundary string
	LogRetentionDays    int
	// DeletionPolicy is what happens to data, by the claim or its environment.
	DeletionPolicy v1alpha1.DeletionPolicy
	Keep           Keep
	// Keys is the stack's encryption keys by name, those that exist among them.
	Keys map[string]Key
	// Off is the tiers that are off, and why.
	Off map[string]string
	// Existing is what the account has already.
	Existing inputv1alpha1.Existing

	Network  Network
	Assets   Assets
	Uploads  *Uploads
	Queues   []Queue
	Mail     *Mail
	Database Database
	// Cache is nil where there is none.
	Cache           *Cache
	Search          *Search
	Backups         Backups
	CDN             CDN
	App             App
	Access          v1alpha1.AccessSpec
	Secrets         v1alpha1.SecretsSpec
	WAF             v1alpha1.WAFSpec
	Audit           Audit
	Config          Config
	Alarms          Alarms
	Responses       Responses
	AccountSettings v1alpha1.AccountSpec

	// Pinned is what the claim asked to change but cannot change any more.
	Pinned []string
	// Warnings is what whoever wrote the claim should know.
	Warnings []string
}

// decision is what settings are decided from. What one of them needs of another is
// an argument, so that no order matters that the compiler does not see.
type decision struct {
	claim    *claim.Claim
	input    *inputv1alpha1.Input
	observed facts.Observed
	// pinned is what the claim asked to change but cannot change any more.
	pinned []string
	// warnings is what whoever wrote the claim should know.
	warnings []string
}

// Decide settles everything about a stack from its claim, the platform's input
// and what was observed. It returns a claim.InvalidError for what the schema cannot
// refuse, and a platform.InvalidError for what the input should say otherwise.
func Decide(c *claim.Claim, in *inputv1alpha1.Input, observed facts.Observed) (*Settings, error) {
	d := &decision{claim: c, input: in, observed: observed}
	off, errs := guardrails(c.Spec, in)
	if len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	region := d.region()
	if errs := checkRegion(region); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	if errs := checkPartition(c.Spec, region); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	environment := byEnvironment[c.Spec.Environment]
	policy := cmp.Or(c.Spec.DeletionPolicy, environment.deletionPolicy)
	s := &Settings{
		Identity:            c.Identity,
		Environment:         c.Spec.Environment,
		Region:              region,
		Partition:           aws.PartitionOf(region),
		PermissionsBoundary: in.PermissionsBoundaryARN,
		LogRetentionDays:    environment.logRetentionDays,
		DeletionPolicy:      policy,
		Off:                 off,
		Existing:            in.Existing,
		Assets:              d.assets(),
		Uploads:             d.uploads(),
		Access:              c.Spec.Access,
		Secrets:             c.Spec.Secrets,
		WAF:                 waf(c.Spec.Guardrails.WAF),
		Audit:               d.audit(),
		AccountSettings:     c.Spec.Account,
	}
	if s.CDN, errs = cdn(c.Spec.CDN, region); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	if s.Uploads != nil && len(s.Uploads.CORSOrigins) == 0 {
		s.Uploads.CORSOrigins = corsOrigins(s.CDN.Domains())
	}
	if errs = checkRights(s.Access, s.Partition, region); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	var err error
	if s.Responses, err = d.responses(s.On(TierResponses), s.Partition); err != nil {
		return nil, err
	}
	if s.Account, s.ProviderConfig, err = d.account(region); err != nil {
		return nil, err
	}
	s.Stack = d.stack()
	s.Tags = tags(c, s.Stack, in.Tags)
	s.Names = names(s.Stack, c.Spec.Assets.Existing, observed)
	if s.Network, err = d.network(region); err != nil {
		return nil, err
	}
	if errs = d.running(s); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	s.Backups = d.backups()
	if s.Keys, err = existingKeys(in.KMS, s.keyClasses(), s.Account.Value, observed); err != nil {
		return nil, err
	}
	s.Config = Config{
		ConfigSpec: c.Spec.Guardrails.Config,
		Recorder:   s.On(TierConfig) && c.Spec.Guardrails.Config.Recorder && !in.Existing.Recorder,
		EdgeRules:  c.Spec.Guardrails.Config.EdgeRules && s.Partition.CloudFront,
	}
	s.Alarms = Alarms{
		AlarmsSpec:   c.Spec.Guardrails.Alarms,
		DeliveryLogs: s.On(TierAlarms) && c.Spec.Guardrails.Alarms.DeliveryLogs,
		Thresholds:   thresholds(s.Database, bySize[c.Spec.Size]),
	}
	s.Network.Ingress, errs = ingress(c.Spec.Network.Ingress, s.Database.Port)
	if errs = append(errs, check(s.Database, c.Spec.Database.Instance.Storage)...); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	d.warnOfSecrets(s, c.Spec.App.Services)
	s.Pinned, s.Warnings = d.pinned, d.warnings
	return s, nil
}

// pin returns what was observed, and notes it where the claim asks otherwise.
func (d *decision) pin(path, asked, seen string) string {
	if seen == "" || seen == asked {
		return asked
	}
	d.pinned = append(d.pinned, fmt.Sprintf("%s: the change to %q is not supported; the stack keeps %q", path, asked, seen))
	return seen
}

// warn notes what whoever wrote a field should know of it.
func (d *decision) warn(path *field.Path, what string) {
	d.warnings = append(d.warnings, fmt.Sprintf("%s: %s", path, what))
}

// seen is a text that resources agree on, as the first one tells it that was
// observed with it. None of them may be missed: an observation can be.
func seen(observed facts.Observed, path string, resourceNames []string) string {
	for _, r := range resourceNames {
		if value := observed.String(r, path); value != "" {
			return value
		}
	}
	return ""
}

// region is where the stack is.
func (d *decision) region() string {
	return d.pin("spec.region", string(d.claim.Spec.Region), seen(d.observed, "spec.forProvider.region", regional()))
}

// regional is resources that are always in the stack's own region, unlike those
// that CloudFront wants in another one.
func regional() []string {
	out := []string{composed.VPC, composed.Database, composed.DatabaseCluster, composed.AssetsBucket}
	for i := 1; i <= cidr.MaxZones; i++ {
		out = append(out, composed.PublicSubnet(i), composed.PrivateSubnet(i), composed.DatabaseSubnet(i))
	}
	return out
}
