// Package settings makes all decisions about a stack in one place: region, names,
// address ranges, sizes, and what is kept on deletion. Observed values take
// precedence over new decisions, so that immutable fields never change.
//
// Tiers read only settings. Each tier has a field, which contains the claim's
// settings and the decisions. A decided field shadows the claim's field with the
// same name.
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
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
)

// Settings contains all decisions about a stack.
type Settings struct {
	claim.Identity

	Environment v1alpha1.Environment

	Region    string
	Partition aws.Partition
	// Account is a fact: if the platform does not set it, it is read from an
	// observed ARN.
	Account        facts.Fact
	ProviderConfig xpcommon.ProviderConfigReference

	// Stack is the prefix of all names in AWS.
	Stack string
	Names Names
	Tags  map[string]string
	// PermissionsBoundary is the ARN of the permissions boundary of all roles. It
	// may be empty.
	PermissionsBoundary string
	LogRetentionDays    int
	// DeletionPolicy is the claim's policy, or the environment's default.
	DeletionPolicy v1alpha1.DeletionPolicy
	Keep           Keep
	// Keys contains the encryption keys by name, including existing ones.
	Keys map[string]Key
	// Off contains the tiers that are off, and the reason.
	Off map[string]string
	// Existing describes resources that the account already has.
	Existing inputv1alpha1.Existing
	// Shared is the account whose guardrails the stack uses. It is nil if the stack
	// has its own.
	Shared *platform.Account

	Network  Network
	Assets   Assets
	Uploads  *Uploads
	Queues   []Queue
	Mail     *Mail
	Database Database
	// Cache is nil without a cache.
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

	// Pinned lists fields that the claim changed although AWS cannot change them.
	Pinned []string
	// Warnings for the author of the claim.
	Warnings []string
}

// decision is the input of all decisions. A decision that needs another one gets it
// as an argument, so that the compiler checks their order.
type decision struct {
	claim    *claim.Claim
	input    *inputv1alpha1.Input
	accounts []platform.Account
	observed facts.Observed
	// pinned lists fields that the claim changed although AWS cannot change them.
	pinned []string
	// warnings for the author of the claim.
	warnings []string
}

// Decide decides the settings of a stack from its claim, the platform's input and
// accounts, and observed resources. It returns a claim.InvalidError for errors that the schema
// cannot detect, and a platform.InvalidError for errors in the input.
func Decide(c *claim.Claim, in *inputv1alpha1.Input, accounts []platform.Account, observed facts.Observed) (*Settings, error) {
	d := &decision{claim: c, input: in, accounts: accounts, observed: observed}
	off, errs := guardrails(c, in)
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
	s.Config = Config{
		ConfigSpec: c.Spec.Guardrails.Config,
		EdgeRules:  c.Spec.Guardrails.Config.EdgeRules && s.Partition.CloudFront,
	}
	account, err := d.shared(region, s.Account.Value)
	if err != nil {
		return nil, err
	}
	d.share(s, account)
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

// pin returns the observed value. If the claim differs, it adds the field to
// pinned.
func (d *decision) pin(path, asked, seen string) string {
	if seen == "" || seen == asked {
		return asked
	}
	d.pinned = append(d.pinned, fmt.Sprintf("%s: the change to %q is not supported; the stack keeps %q", path, asked, seen))
	return seen
}

// warn adds a warning about a field.
func (d *decision) warn(path *field.Path, what string) {
	d.warnings = append(d.warnings, fmt.Sprintf("%s: %s", path, what))
}

// seen returns a value that all resources share, from the first one that has been
// observed with it. It tries all of them, because observations can be missing.
func seen(observed facts.Observed, path string, resourceNames []string) string {
	for _, r := range resourceNames {
		if value := observed.String(r, path); value != "" {
			return value
		}
	}
	return ""
}

// region returns the region of the stack.
func (d *decision) region() string {
	return d.pin("spec.region", string(d.claim.Spec.Region), seen(d.observed, "spec.forProvider.region", regional()))
}

// regional lists resources that are always in the stack's region, unlike those that
// CloudFront needs in us-east-1.
func regional() []string {
	out := []string{composed.VPC, composed.Database, composed.DatabaseCluster, composed.AssetsBucket}
	for i := 1; i <= cidr.MaxZones; i++ {
		out = append(out, composed.PublicSubnet(i), composed.PrivateSubnet(i), composed.DatabaseSubnet(i))
	}
	return out
}
