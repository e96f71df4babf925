// Package settings decides everything about a stack once: region, names,
// address ranges, sizes and what is kept on deletion. What was observed wins
// over what would be decided today, so that nothing immutable ever changes.
package settings

import (
	"cmp"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/utils/ptr"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/cidr"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
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

// Settings is what was decided.
type Settings struct {
	Claim *claim.Claim

	Region    string
	Partition aws.Partition
	// ReplicaRegion is where the assets are copied to; empty if nowhere.
	ReplicaRegion string
	// Account is a fact, because it shows in an observed ARN unless the
	// platform says it.
	Account facts.Fact
	// Stack begins the names of everything in AWS.
	Stack          string
	Scope          scope.Scope
	ProviderConfig xpcommon.ProviderConfigReference
	// PermissionsBoundary is the ARN that bounds every role; it may be empty.
	PermissionsBoundary string
	Tags                map[string]string
	LogRetentionDays    int

	Network  Network
	Names    Names
	Database Database
	Backups  Backups
	Keep     Keep
	// DeletionPolicy is what happens to data, by the claim or its environment.
	DeletionPolicy v1alpha1.DeletionPolicy
	// Keys is the stack's encryption keys by role, those that exist among them.
	Keys map[string]Key
	// ObjectLockDays is how long the trail's files are locked; zero not at all.
	ObjectLockDays int
	// SigningKeys is what signed URLs are checked with; none if nothing is private.
	SigningKeys []SigningKey
	// Thresholds is from where on alarms ring.
	Thresholds Thresholds

	// Off is the guardrail tiers that are off, and why.
	Off map[string]string
	// Existing is what the account has already.
	Existing inputv1alpha1.Existing
	// ProviderPrincipals is who changes AWS for Crossplane.
	ProviderPrincipals []string
	// ResponseModes is what each automated response does, by its ID. It is empty
	// where responses are off.
	ResponseModes map[string]responses.Mode
	// ResponsesInVPC is whether their function runs in private subnets. It cannot
	// be moved out again: the provider keeps the subnets that it once resolved.
	ResponsesInVPC bool
	// ReserveConcurrency is whether functions set concurrency aside.
	ReserveConcurrency bool

	// Pinned is what the claim asked to change but cannot change any more.
	Pinned []string
}

// Network is the address plan.
type Network struct {
	CIDR  netip.Prefix
	Zones []Zone
	NAT   v1alpha1.NATGateways
	// Egress is where the app tier may call over HTTPS.
	Egress []Egress
	// IPv6 is whether there is IPv6 beside.
	IPv6 bool
	// IPv6CIDR is the range that AWS gives the VPC, which only AWS knows.
	IPv6CIDR facts.Fact
	// Ingress is who else may call the application and the database.
	Ingress []Ingress
	// Endpoints is the services that are reached through interface endpoints.
	Endpoints []string
	// Firewall is nil where there is none.
	Firewall *Firewall
	// Existing is the network that the stack attaches to, nil where it makes its
	// own. Then there are neither zones nor gateways.
	Existing *v1alpha1.ExistingNetwork
}

// AwaitIPv6 is what a resource needs to know that has IPv6 if the network has.
func (n Network) AwaitIPv6() []facts.Fact {
	if !n.IPv6 {
		return nil
	}
	return []facts.Fact{n.IPv6CIDR}
}

// Firewall is the network firewall.
type Firewall struct {
	// CIDR is the range that its subnets share, one for each zone.
	CIDR netip.Prefix
	// Subnets is the range of its subnet in each zone, in their order.
	Subnets []netip.Prefix
	// AllowedDomains is the only names that may be called; all may if there are
	// none.
	AllowedDomains []string
	// Protected is whether it can be neither deleted nor changed in its zones.
	Protected bool
}

// Zone is an availability zone and its three subnets.
type Zone struct {
	// Number counts from 1.
	Number                    int
	Name                      string
	Public, Private, Database netip.Prefix
	// PublicIPv6 and PrivateIPv6 are not valid without IPv6, and as long as the
	// VPC's range is not known.
	PublicIPv6, PrivateIPv6 netip.Prefix
}

// MaxZones is how many zones a stack can have.
const MaxZones = cidr.MaxZones

// MaxDomains is how many names can serve a shop: as many as ACM takes into one
// certificate unless asked (AWS documentation, "ACM quotas").
const MaxDomains = 10

// Names is the names in AWS that more than one tier needs.
type Names struct {
	AssetsBucket, LogsBucket, CDNLogsBucket string
	ReplicaBucket, ReplicaLogsBucket        string
	AuditBucket, ConfigBucket               string
	AuditTrail, AuditLogGroup               string
	Database                                string
	FlowLogGroup                            string
	AppRole, PublisherRole                  string
	FlowLogRole, MonitoringRole             string
	ResponsesBucket, ResponsesRole          string
}

// Database is the effective settings of the database.
type Database struct {
	Engine v1alpha1.DatabaseEngine
	// Role of what holds the data: an instance, or an Aurora cluster.
	Role    string
	Version string
	// EngineVersion is how it is said to AWS.
	EngineVersion string
	// Group is the settings of the version, Groups those that exist beside.
	Group         ParameterGroup
	Groups        []ParameterGroup
	MinorUpgrades bool
	// MajorUpgrade is whether RDS is to take it to another major version.
	MajorUpgrade       bool
	InstanceClass      string
	StorageGiB         int
	MaxStorageGiB      int
	StorageType        v1alpha1.StorageType
	Performance        Performance
	MultiAZ            bool
	BackupDays         int
	DeletionProtection bool
	BackupWindow       string
	MaintenanceWindow  string
	Port               int
	// Name of the database within, and Username of its administrator; those of
	// a restored one are what they were.
	Name, Username string
	// RestoreFrom is what it was made from, nil if it was made empty.
	RestoreFrom *v1alpha1.DatabaseRestore
	// Aurora is nil of an instance of RDS.
	Aurora *Aurora
}

// Keep is what stays in AWS when the stack is deleted.
type Keep struct {
	// Database with the network that it stands on: as long as it exists, AWS
	// deletes neither its subnets nor its VPC.
	Database bool
	// Data is buckets, keys and secrets. They stay under Snapshot too, because
	// a snapshot without its key is lost.
	Data bool
	// Logs is log groups. The claim must ask for it, and the keys must stay too.
	Logs bool
	// FinalSnapshot is whether the database leaves a snapshot.
	FinalSnapshot bool
}

// defaults is what an environment decides where the claim does not.
type defaults struct {
	multiAZ          bool
	backupDays       int32
	logRetentionDays int
	deletionPolicy   v1alpha1.DeletionPolicy
}

var byEnvironment = map[v1alpha1.Environment]defaults{
	v1alpha1.EnvironmentProduction:  {multiAZ: true, backupDays: 7, logRetentionDays: 365, deletionPolicy: v1alpha1.DeletionPolicyRetain},
	v1alpha1.EnvironmentStaging:     {multiAZ: false, backupDays: 7, logRetentionDays: 90, deletionPolicy: v1alpha1.DeletionPolicySnapshot},
	v1alpha1.EnvironmentDevelopment: {multiAZ: false, backupDays: 1, logRetentionDays: 30, deletionPolicy: v1alpha1.DeletionPolicyDelete},
}

// preset is what a size decides where the claim does not.
type preset struct {
	instanceClass string
	storageGiB    int32
	nat           v1alpha1.NATGateways
	// capacity of each instance of an Aurora cluster, whose most has the memory of
	// the class.
	capacity Capacity
	// blockedRequests in five minutes are a surge. Bots knock at any shop's door,
	// and at a large one more of them.
	blockedRequests float64
}

var bySize = map[v1alpha1.Size]preset{
	v1alpha1.SizeSmall:  {instanceClass: "db.t3.micro", storageGiB: 20, nat: v1alpha1.NATGatewaysSingle, capacity: Capacity{Min: 0.5, Max: 2}, blockedRequests: 1_000},
	v1alpha1.SizeMedium: {instanceClass: "db.t4g.medium", storageGiB: 50, nat: v1alpha1.NATGatewaysSingle, capacity: Capacity{Min: 0.5, Max: 4}, blockedRequests: 5_000},
	v1alpha1.SizeLarge:  {instanceClass: "db.r6g.large", storageGiB: 100, nat: v1alpha1.NATGatewaysPerZone, capacity: Capacity{Min: 2, Max: 16}, blockedRequests: 20_000},
	v1alpha1.SizeXLarge: {instanceClass: "db.r6g.xlarge", storageGiB: 200, nat: v1alpha1.NATGatewaysPerZone, capacity: Capacity{Min: 4, Max: 32}, blockedRequests: 50_000},
}

// maxTagValue is the most characters of a tag's value (AWS documentation, "Tag
// your AWS resources").
const maxTagValue = 256

// storageGrowth is how many times its first size the storage may grow by
// itself.
const storageGrowth = 5

// maxStorage is the most GiB that RDS for PostgreSQL has.
const maxStorage = 65536

// Decide settles everything about a stack from its claim, the platform's input
// and what was observed. It returns an error for what the schema cannot refuse.
func Decide(c *claim.Claim, in *inputv1alpha1.Input, observed facts.Observed) (*Settings, error) {
	d := byEnvironment[c.Spec.Environment]
	s := &Settings{
		Claim:               c,
		Scope:               c.Scope,
		PermissionsBoundary: in.PermissionsBoundaryARN,
		LogRetentionDays:    d.logRetentionDays,
		Existing:            in.Existing,
		ProviderPrincipals:  in.ProviderPrincipals,
		ReserveConcurrency:  !in.UnreservedConcurrency,
	}
	off, errs := guardrails(c.Spec, in)
	if len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	s.Off = off
	s.Region = s.pin("spec.region", string(c.Spec.Region), seen(observed, "spec.forProvider.region", regional()))
	if errs = checkRegion(s.Region); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	if errs = checkPartition(c.Spec, s.Region); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	s.Partition = aws.PartitionOf(s.Region)
	s.ReplicaRegion = s.replicaRegion(c.Spec.Assets, observed)
	s.ObjectLockDays = s.objectLockDays(c.Spec.Guardrails.Audit, observed)
	if s.SigningKeys, errs = signingKeys(c.Spec.CDN); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	modes, err := responseModes(s, in)
	if err != nil {
		return nil, err
	}
	s.ResponseModes = modes
	s.ResponsesInVPC = s.responsesInVPC(observed)
	if err := s.settle(in, observed); err != nil {
		return nil, err
	}
	s.Stack = cmp.Or(seen(observed, "spec.forProvider.tags["+TagStack+"]", append([]string{role.VPC}, observed.Roles()...)), stackName(c, in.NamePrefix))
	s.Tags = tags(s, in.Tags)
	network, err := s.network(c.Spec.Network, observed)
	if err != nil {
		return nil, err
	}
	s.Network = network
	if s.Network.Egress, errs = egress(c.Spec.Network.Egress); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	s.Names = names(s.Stack, c.Spec.Assets.Existing, observed)
	policy := cmp.Or(c.Spec.DeletionPolicy, d.deletionPolicy)
	s.DeletionPolicy = policy
	s.Keep = Keep{
		Database:      policy == v1alpha1.DeletionPolicyRetain,
		Data:          policy != v1alpha1.DeletionPolicyDelete,
		Logs:          policy != v1alpha1.DeletionPolicyDelete && c.Spec.Guardrails.Audit.RetainLogs,
		FinalSnapshot: policy != v1alpha1.DeletionPolicyDelete,
	}
	s.Database = s.database(c.Spec, d, policy, observed)
	s.Backups = s.backups(c.Spec.Database.BackupPlan, observed)
	if s.Keys, err = s.keys(in.KMS, observed); err != nil {
		return nil, err
	}
	s.Thresholds = thresholds(s.Database, bySize[c.Spec.Size])
	callers, errs := ingress(c.Spec.Network.Ingress, s.Database.Port)
	s.Network.Ingress = callers
	errs = append(errs, checkAccessLogs(s.Region, c.Spec.CDN)...)
	if errs = append(errs, check(s.Database, c.Spec.Database.Instance.Storage)...); len(errs) > 0 {
		return nil, claim.InvalidError(errs)
	}
	return s, nil
}

// pin returns what was observed, and notes it where the claim asks otherwise.
func (s *Settings) pin(path, asked, seen string) string {
	if seen == "" || seen == asked {
		return asked
	}
	s.Pinned = append(s.Pinned, fmt.Sprintf("%s: %q cannot change any more; the stack keeps %q", path, asked, seen))
	return seen
}

// seen is a text that resources agree on, as the first one tells it that was
// observed with it. None of them may be missed: an observation can be.
func seen(observed facts.Observed, path string, roles []string) string {
	for _, r := range roles {
		if value := observed.String(r, path); value != "" {
			return value
		}
	}
	return ""
}

// regional is resources that are always in the stack's own region, unlike those
// that CloudFront wants in another one.
func regional() []string {
	out := []string{role.VPC, role.Database, role.DatabaseCluster, role.AssetsBucket}
	for i := 1; i <= cidr.MaxZones; i++ {
		out = append(out, role.PublicSubnet(i), role.PrivateSubnet(i), role.DatabaseSubnet(i))
	}
	return out
}

// stackName is readable, and unique among all stacks in the world, because
// bucket names must be: the composite's UID tells it from one of the same name
// in another cluster, and from its own predecessor, whose data may still be
// there.
func stackName(c *claim.Claim, prefix string) string {
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
func tags(s *Settings, platform map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range s.Claim.Spec.Tags {
		out[k] = string(v)
	}
	maps.Copy(out, platform)
	out[TagStack] = s.Stack
	out[TagEnvironment] = string(s.Claim.Spec.Environment)
	out[TagOwner] = naming.Fit(s.Claim.Owner, maxTagValue)
	return out
}

func names(stack string, assets *v1alpha1.ExistingBucket, observed facts.Observed) Names {
	external := func(r, name string) string { return cmp.Or(observed.String(r, facts.ExternalName), name) }
	return Names{
		AssetsBucket:  external(role.AssetsBucket, cmp.Or(ptr.Deref(assets, v1alpha1.ExistingBucket{}).Name, stack+"-assets")),
		LogsBucket:    external(role.LogsBucket, stack+"-access-logs"),
		CDNLogsBucket: external(role.CDNLogsBucket, stack+"-cdn-logs"),
		ReplicaBucket: external(role.ReplicaBucket, stack+"-assets-replica"),
		// The longest of all.
		ReplicaLogsBucket: external(role.ReplicaLogsBucket, stack+"-replica-access-logs"),
		AuditBucket:       external(role.AuditBucket, stack+"-audit"),
		ConfigBucket:      external(role.ConfigBucket, stack+"-config"),
		AuditTrail:        external(role.AuditTrail, stack+"-trail"),
		AuditLogGroup:     external(role.AuditLogGroup, "/"+stack+"/audit"),
		Database:          cmp.Or(observed.String(role.Database, "spec.forProvider.identifier"), external(role.DatabaseCluster, stack+"-db")),
		FlowLogGroup:      external(role.FlowLogGroup, "/"+stack+"/vpc-flow-logs"),
		AppRole:           external(role.AppRole, stack+"-app"),
		PublisherRole:     external(role.PublisherRole, stack+"-publisher"),
		FlowLogRole:       external(role.FlowLogRole, stack+"-flow-logs"),
		MonitoringRole:    external(role.MonitoringRole, stack+"-db-monitoring"),
		ResponsesBucket:   external(role.ResponsesBucket, stack+"-responses"),
		ResponsesRole:     external(role.ResponsesRole, stack+"-responses"),
	}
}

// gateways is how private subnets reach the internet unless the claim says it.
// Only what has a standby database is to survive the loss of a zone.
func gateways(spec v1alpha1.SecureEcommerceSpec) v1alpha1.NATGateways {
	if !byEnvironment[spec.Environment].multiAZ {
		return v1alpha1.NATGatewaysSingle
	}
	return bySize[spec.Size].nat
}

// network lays out the subnets. Zones in use stay, with the ranges that they
// have.
func (s *Settings) network(spec v1alpha1.NetworkSpec, observed facts.Observed) (Network, error) {
	if spec.Existing != nil {
		return attached(spec, observed)
	}
	n := Network{NAT: cmp.Or(spec.NATGateways, gateways(s.Claim.Spec)), Endpoints: spec.InterfaceEndpoints}
	vpc, err := netip.ParsePrefix(s.pin("spec.network.cidr", spec.CIDR, observed.String(role.VPC, "spec.forProvider.cidrBlock")))
	if err != nil {
		return n, fmt.Errorf("spec.network.cidr: %w", err)
	}
	n.CIDR = vpc
	layout, err := cidr.Divide(vpc)
	if err != nil {
		return n, fmt.Errorf("spec.network.cidr: %w", err)
	}
	available := spec.ZoneNames
	if len(available) == 0 {
		available = aws.Zones(s.Region)
	}
	count := int(spec.AvailabilityZones)
	if used := zonesInUse(observed); used > count {
		s.pin("spec.network.availabilityZones", strconv.Itoa(count), strconv.Itoa(used))
		count = used
	}
	for i, name := range s.zoneNames(spec, count, available, observed) {
		number := i + 1
		z := Zone{
			Number:   number,
			Name:     name,
			Public:   seenPrefix(observed, role.PublicSubnet(number), "cidrBlock", layout.Public[i]),
			Private:  seenPrefix(observed, role.PrivateSubnet(number), "cidrBlock", layout.Private[i]),
			Database: seenPrefix(observed, role.DatabaseSubnet(number), "cidrBlock", layout.Database[i]),
		}
		if z.Name == "" {
			return n, claim.InvalidError{field.Invalid(field.NewPath("spec", "network", "availabilityZones"), count,
				fmt.Sprintf("%s has the zones %s: set at most %d, or name others in network.zoneNames", s.Region, strings.Join(available, ", "), len(available)))}
		}
		n.Zones = append(n.Zones, z)
	}
	if err := s.addIPv6(spec, &n, observed); err != nil {
		return n, err
	}
	n.Firewall, err = s.firewall(spec, len(n.Zones), observed)
	return n, err
}

// zoneNames is the zones in use and, for each further one, the first available
// one that is not in use yet: two subnets in one zone would not survive its
// loss. A name is empty where there is none left.
func (s *Settings) zoneNames(spec v1alpha1.NetworkSpec, count int, available []string, observed facts.Observed) []string {
	names := make([]string, count)
	for i := range names {
		names[i] = seenZone(observed, i+1)
		if i < len(spec.ZoneNames) {
			s.pin(fmt.Sprintf("spec.network.zoneNames[%d]", i), spec.ZoneNames[i], names[i])
		}
	}
	for i := range names {
		free := slices.IndexFunc(available, func(z string) bool { return !slices.Contains(names, z) })
		if names[i] == "" && free >= 0 {
			names[i] = available[free]
		}
	}
	return names
}

// zonesInUse is the number of the last zone with an observed subnet.
func zonesInUse(observed facts.Observed) int {
	used := 0
	for i := 1; i <= cidr.MaxZones; i++ {
		if observed.Has(role.PublicSubnet(i)) || observed.Has(role.PrivateSubnet(i)) || observed.Has(role.DatabaseSubnet(i)) {
			used = i
		}
	}
	return used
}

// seenZone is the name of the zone that the observed subnets of a number are in.
func seenZone(observed facts.Observed, number int) string {
	const path = "spec.forProvider.availabilityZone"
	return cmp.Or(
		observed.String(role.PublicSubnet(number), path),
		observed.String(role.PrivateSubnet(number), path),
		observed.String(role.DatabaseSubnet(number), path),
	)
}

// seenPrefix is the range in a field of an observed subnet.
func seenPrefix(observed facts.Observed, subnet, field string, otherwise netip.Prefix) netip.Prefix {
	if p, err := netip.ParsePrefix(observed.String(subnet, "spec.forProvider."+field)); err == nil {
		return p
	}
	return otherwise
}

// database decides size and safety of the database.
func (s *Settings) database(spec v1alpha1.SecureEcommerceSpec, d defaults, policy v1alpha1.DeletionPolicy, observed facts.Observed) Database {
	e := s.engine(spec.Database.Engine, observed)
	version := s.version(spec.Database, e, observed)
	restored := s.restore(spec.Database.RestoreFrom, e, observed)
	out := Database{
		Engine:  e.name,
		Role:    e.role,
		Version: version,

		EngineVersion: e.version(version, observed),

		Group:  e.parameterGroup(Major(version)),
		Groups: e.parameterGroups(version, observed),
		// An exact minor version and automatic upgrades would undo each other.
		MinorUpgrades:      Major(version) == version,
		MajorUpgrade:       upgrades(version, e, observed),
		BackupDays:         int(ptr.Deref(spec.Database.BackupRetentionDays, d.backupDays)),
		DeletionProtection: ptr.Deref(spec.Database.DeletionProtection, policy == v1alpha1.DeletionPolicyRetain),
		BackupWindow:       spec.Database.BackupWindow,
		MaintenanceWindow:  spec.Database.MaintenanceWindow,
		// Not PostgreSQL's default (AWS Security Hub, RDS.23).
		Port:        5433,
		RestoreFrom: restored,
		Name:        e.databaseName(restored != nil, observed),
		Username:    cmp.Or(observed.String(e.role, e.username), "ecommerce_owner"),
	}
	if e.name == v1alpha1.DatabaseEngineAurora {
		s.aurora(&out, spec, d, observed)
	} else {
		s.instance(&out, spec, d, observed)
	}
	return out
}

// instance decides class and storage of an instance of RDS. Storage that was asked
// for once stays: RDS cannot take it back.
func (s *Settings) instance(d *Database, spec v1alpha1.SecureEcommerceSpec, environment defaults, observed facts.Observed) {
	p := bySize[spec.Size]
	storage := int(ptr.Deref(spec.Database.Instance.Storage.SizeGiB, p.storageGiB))
	if seen := int(observed.Number(role.Database, "spec.forProvider.allocatedStorage")); seen > storage {
		s.pin("spec.database.instance.storage.sizeGiB", strconv.Itoa(storage), strconv.Itoa(seen))
		storage = seen
	}
	limit := min(storage*storageGrowth, maxStorage)
	if limit < withHeadroom(storage) {
		limit = storage // No room to grow by itself: the limit turns that off.
	}
	asked := spec.Database.Instance
	d.MultiAZ = ptr.Deref(asked.MultiAZ, environment.multiAZ)
	d.InstanceClass = cmp.Or(asked.Class, p.instanceClass)
	d.StorageGiB = storage
	d.MaxStorageGiB = int(ptr.Deref(asked.Storage.MaxSizeGiB, int32(limit))) //nolint:gosec // At most 65536.
	d.StorageType = cmp.Or(asked.Storage.Type, v1alpha1.StorageGP3)
	d.Performance = performance(d.StorageType, storage, asked.Storage)
}
