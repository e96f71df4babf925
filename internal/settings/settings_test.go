package settings

import (
	"net/netip"
	"strings"
	"testing"

	xpcommon "github.com/crossplane/crossplane-runtime/v2/apis/common"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/aws"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/engines"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/responses"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// asked returns a claim with a spec in JSON.
func asked(t *testing.T, spec string) *claim.Claim {
	t.Helper()
	c, err := claim.From(resource.MustStructJSON(`{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"XSecureEcommerce","metadata":{"name":"shop","uid":"1"},"spec":` + spec + `}`))
	if err != nil {
		t.Fatalf("claim.From(...): %v", err)
	}
	return c
}

// decided returns the settings for a spec and observed resources, both in JSON.
func decided(t *testing.T, spec string, in *inputv1alpha1.Input, observed map[string]string) (*Settings, error) {
	t.Helper()
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for r, object := range observed {
		req.Observed.Resources[r] = &fnv1.Resource{Resource: resource.MustStructJSON(object)}
	}
	return Decide(asked(t, spec), in, nil, facts.From(req))
}

// undecided ignores the claim's part of each tier.
var undecided = cmpopts.IgnoreTypes(v1alpha1.AppSpec{}, v1alpha1.AccessSpec{}, v1alpha1.SecretsSpec{}, v1alpha1.WAFSpec{}, v1alpha1.AccountSpec{},
	v1alpha1.AssetsSpec{}, v1alpha1.CDNSpec{}, v1alpha1.AuditSpec{}, v1alpha1.ConfigSpec{}, v1alpha1.AlarmsSpec{})

func prefix(s string) netip.Prefix { return netip.MustParsePrefix(s) }

func TestDecide(t *testing.T) {
	stack := "shop-" + naming.Hash("1")
	got, err := decided(t, `{"region":"eu-west-1","tags":{"team":"a","platform.secure-ecommerce.dev/stack":"mine"}}`, &inputv1alpha1.Input{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	group15 := ParameterGroup{Resource: composed.DatabaseParameterGroup, Suffix: "postgres15", Family: "postgres15", Major: "15"}
	with15 := group15
	with15.Parameters = engines.Of(v1alpha1.DatabaseEnginePostgres).Parameters
	want := &Settings{
		Identity:         claim.Identity{Composite: "shop", UID: "1", Owner: "shop", Scope: scope.Cluster},
		Environment:      v1alpha1.EnvironmentProduction,
		Region:           "eu-west-1",
		Partition:        aws.Commercial,
		Account:          facts.Fact{Resource: composed.VPC, Path: "account in status.atProvider.arn"},
		Stack:            stack,
		ProviderConfig:   xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "default"},
		Tags:             map[string]string{"team": "a", TagStack: stack, TagEnvironment: "production", TagOwner: "shop"},
		LogRetentionDays: 365,
		Network: Network{
			CIDR: prefix("10.0.0.0/16"), NAT: v1alpha1.NATGatewaysSingle,
			Zones: []Zone{
				{Number: 1, Name: "eu-west-1a", Private: prefix("10.0.0.0/19"), Public: prefix("10.0.128.0/20"), Database: prefix("10.0.192.0/20")},
				{Number: 2, Name: "eu-west-1b", Private: prefix("10.0.32.0/19"), Public: prefix("10.0.144.0/20"), Database: prefix("10.0.208.0/20")},
			},
		},
		Names: Names{
			AssetsBucket: stack + "-assets", LogsBucket: stack + "-access-logs", CDNLogsBucket: stack + "-cdn-logs",
			ReplicaBucket: stack + "-assets-replica", ReplicaLogsBucket: stack + "-replica-access-logs", UploadsBucket: stack + "-uploads", ScanRole: stack + "-uploads-scan", Database: stack + "-db",
			AuditBucket: stack + "-audit", ConfigBucket: stack + "-config", AuditTrail: stack + "-trail", AuditLogGroup: "/" + stack + "/audit",
			FlowLogGroup: "/" + stack + "/vpc-flow-logs", AppRole: stack + "-app", PublisherRole: stack + "-publisher", FlowLogRole: stack + "-flow-logs", MonitoringRole: stack + "-db-monitoring",
			ResponsesBucket: stack + "-responses", ResponsesRole: stack + "-responses",
			JobsBucket: stack + "-jobs",
		},
		Database: Database{
			Enabled: true, Engine: engines.Of(v1alpha1.DatabaseEnginePostgres), Resource: composed.Database, Version: "15", EngineVersion: "15", Group: group15, Groups: []ParameterGroup{with15}, MinorUpgrades: true, Insights: true, IAM: true, InstanceClass: "db.t3.micro", StorageGiB: 20, MaxStorageGiB: 100, StorageType: "gp3", MultiAZ: true, BackupDays: 7, DeletionProtection: true,
			BackupWindow: "02:00-03:00", MaintenanceWindow: "sun:04:00-sun:05:00", Port: 5433, Name: "ecommerce", Username: "ecommerce_owner",
		},
		Keep: Keep{Database: true, Network: true, Data: true, FinalSnapshot: true}, DeletionPolicy: v1alpha1.DeletionPolicyRetain,
		Keys: map[string]Key{
			composed.DataKey: {Region: "eu-west-1"}, composed.LogsKey: {Region: "eu-west-1"}, composed.SecretsKey: {Region: "eu-west-1"},
			composed.EdgeKey: {Region: "us-east-1"}, composed.AuditKey: {Region: "eu-west-1"}, composed.AlarmsKey: {Region: "eu-west-1"},
		},
		Audit:  Audit{Trail: true, Files: true, MultiRegion: true, DataEvents: true},
		Alarms: Alarms{Thresholds: Thresholds{FreeStorage: 2147483648, FreeMemory: 53687091, Connections: 67, BlockedRequests: 1000}},
		Off:    map[string]string{TierAccount: "spec.account is not set"},
		Responses: Responses{Modes: map[string]responses.Mode{
			responses.BucketPolicyChanged: responses.Notify, responses.DatabaseExposed: responses.Notify, responses.PublicAccessUnblocked: responses.Notify,
			responses.SecurityGroupOpened: responses.Notify, responses.TrailStopped: responses.Notify,
		}, ReserveConcurrency: true},
		App: App{ReserveConcurrency: true},
	}
	if diff := cmp.Diff(want, got, undecided, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b }), cmp.Comparer(func(a, b engines.Engine) bool { return a.Name == b.Name })); diff != "" {
		t.Errorf("\nA region is enough for a stack of production; its own tags cannot be set by the claim.\nDecide(...): -want, +got:\n%s", diff)
	}
}

func TestDecideByClaim(t *testing.T) {
	minimal := `{"region":"eu-west-1"}`
	cases := map[string]struct {
		reason   string
		spec     string
		input    *inputv1alpha1.Input
		observed map[string]string
		got      func(*Settings) any
		want     any
	}{
		"StagingKeepsData": {
			reason: "Staging is cheaper and leaves a snapshot.",
			spec:   `{"region":"eu-west-1","environment":"staging"}`,
			got: func(s *Settings) any {
				return []any{s.Keep, s.Database.MultiAZ, s.Database.BackupDays, s.LogRetentionDays, s.Database.DeletionProtection}
			},
			want: []any{Keep{Data: true, FinalSnapshot: true}, false, 7, 90, false},
		},
		"DevelopmentKeepsNothing": {
			reason: "Development is gone without a trace.",
			spec:   `{"region":"eu-west-1","environment":"development"}`,
			got: func(s *Settings) any {
				return []any{s.Keep, s.Database.MultiAZ, s.Database.BackupDays, s.LogRetentionDays, s.Database.DeletionProtection}
			},
			want: []any{Keep{}, false, 1, 30, false},
		},
		"ByHand": {
			reason: "What the claim sets wins over environment and size.",
			spec:   `{"region":"eu-west-1","environment":"development","size":"xlarge","deletionPolicy":"Retain","database":{"instance":{"multiAZ":true,"class":"db.m6g.large","storage":{"sizeGiB":40,"maxSizeGiB":60}},"backupRetentionDays":30,"deletionProtection":false,"version":"15.4"}}`,
			got: func(s *Settings) any {
				d := s.Database
				return []any{d.MultiAZ, d.BackupDays, d.DeletionProtection, d.InstanceClass, d.StorageGiB, d.MaxStorageGiB, d.MinorUpgrades, s.Keep.Database}
			},
			want: []any{true, 30, false, "db.m6g.large", 40, 60, false, true},
		},
		"Size": {
			reason: "A size decides class and storage.",
			spec:   `{"region":"eu-west-1","size":"large"}`,
			got: func(s *Settings) any {
				return []any{s.Database.InstanceClass, s.Database.StorageGiB, s.Database.MaxStorageGiB}
			},
			want: []any{"db.r6g.large", 100, 500},
		},
		"SizeSmall": {
			reason: "Each size is what the API says it is.",
			spec:   `{"region":"eu-west-1","size":"small"}`,
			got:    func(s *Settings) any { return []any{s.Database.InstanceClass, s.Database.StorageGiB} },
			want:   []any{"db.t3.micro", 20},
		},
		"SizeMedium": {
			reason: "Each size is what the API says it is.",
			spec:   `{"region":"eu-west-1","size":"medium"}`,
			got:    func(s *Settings) any { return []any{s.Database.InstanceClass, s.Database.StorageGiB} },
			want:   []any{"db.t4g.medium", 50},
		},
		"SizeXLarge": {
			reason: "Each size is what the API says it is.",
			spec:   `{"region":"eu-west-1","size":"xlarge"}`,
			got:    func(s *Settings) any { return []any{s.Database.InstanceClass, s.Database.StorageGiB} },
			want:   []any{"db.r6g.xlarge", 200},
		},
		"StorageStays": {
			reason:   "RDS takes no storage back, whatever size is asked for.",
			spec:     minimal,
			observed: map[string]string{composed.Database: `{"spec":{"forProvider":{"allocatedStorage":200}}}`},
			got:      func(s *Settings) any { return []any{s.Database.StorageGiB, s.Database.MaxStorageGiB, s.Pinned} },
			want:     []any{200, 1000, []string{`spec.database.instance.storage.sizeGiB: the change to "20" is not supported; the stack keeps "200"`}},
		},
		"NoRoomToGrow": {
			reason: "Without room for a tenth more RDS grows nothing by itself.",
			spec:   `{"region":"eu-west-1","database":{"instance":{"storage":{"sizeGiB":65000}}}}`,
			got:    func(s *Settings) any { return s.Database.MaxStorageGiB },
			want:   65000,
		},
		"StorageEnds": {
			reason: "RDS has no more than 64 TiB.",
			spec:   `{"region":"eu-west-1","database":{"instance":{"storage":{"sizeGiB":50000}}}}`,
			got:    func(s *Settings) any { return s.Database.MaxStorageGiB },
			want:   65536,
		},
		"AccountOfThePlatform": {
			reason: "The platform's word about the account needs no observation.",
			spec:   minimal,
			input:  &inputv1alpha1.Input{AccountID: "123456789012", PermissionsBoundaryARN: "arn:boundary"},
			got:    func(s *Settings) any { return []any{s.Account.Value, s.PermissionsBoundary} },
			want:   []any{"123456789012", "arn:boundary"},
		},
		"AccountObserved": {
			reason:   "Any ARN with an account tells it; those of S3 have none.",
			spec:     minimal,
			observed: map[string]string{"assets-bucket": `{"status":{"atProvider":{"arn":"arn:aws:s3:::x"}}}`, "cdn": `{"status":{"atProvider":{"arn":"arn:aws:cloudfront::210987654321:distribution/E"}}}`},
			got:      func(s *Settings) any { return s.Account.Value },
			want:     "210987654321",
		},
		"ProviderConfig": {
			reason: "The platform says which credentials to use.",
			spec:   minimal,
			input:  &inputv1alpha1.Input{ProviderConfigRef: &inputv1alpha1.ProviderConfigReference{Kind: "ProviderConfig", Name: "shops"}},
			got:    func(s *Settings) any { return s.ProviderConfig },
			want:   xpcommon.ProviderConfigReference{Kind: "ProviderConfig", Name: "shops"},
		},
		"ProviderConfigByHalf": {
			reason: "What the platform leaves out has its default.",
			spec:   minimal,
			input:  &inputv1alpha1.Input{ProviderConfigRef: &inputv1alpha1.ProviderConfigReference{Name: "shops"}},
			got:    func(s *Settings) any { return s.ProviderConfig },
			want:   xpcommon.ProviderConfigReference{Kind: "ClusterProviderConfig", Name: "shops"},
		},
		"StackKeepsItsName": {
			reason:   "All names begin with the name that the stack was made with.",
			spec:     minimal,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"tags":{"` + TagStack + `":"older"}}}}`},
			got:      func(s *Settings) any { return []any{s.Stack, s.Names.LogsBucket, s.Names.Database, s.Tags[TagStack]} },
			want:     []any{"older", "older-access-logs", "older-db", "older"},
		},
		"NamesKeepThemselves": {
			reason: "Each name that was observed wins over what would be computed.",
			spec:   minimal,
			observed: map[string]string{
				composed.AssetsBucket: `{"metadata":{"annotations":{"crossplane.io/external-name":"bucket"}}}`,
				composed.Database:     `{"spec":{"forProvider":{"identifier":"db","dbName":"name","username":"user"}}}`,
			},
			got: func(s *Settings) any {
				return []any{s.Names.AssetsBucket, s.Names.Database, s.Database.Name, s.Database.Username}
			},
			want: []any{"bucket", "db", "name", "user"},
		},
		"RegionIsPinned": {
			reason:   "A stack cannot move; what is asked for in vain is told.",
			spec:     minimal,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"region":"cn-north-1"}}}`},
			got:      func(s *Settings) any { return []any{s.Region, s.Partition.Name, s.Network.Zones[0].Name, s.Pinned} },
			want:     []any{"cn-north-1", "aws-cn", "cn-north-1a", []string{`spec.region: the change to "eu-west-1" is not supported; the stack keeps "cn-north-1"`}},
		},
		"RangeIsPinned": {
			reason:   "A VPC keeps its range.",
			spec:     minimal,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"cidrBlock":"10.9.0.0/16"}}}`},
			got: func(s *Settings) any {
				return []any{s.Network.CIDR.String(), s.Network.Zones[0].Private.String(), s.Pinned}
			},
			want: []any{"10.9.0.0/16", "10.9.0.0/19", []string{`spec.network.cidr: the change to "10.0.0.0/16" is not supported; the stack keeps "10.9.0.0/16"`}},
		},
		"SubnetsKeepTheirRanges": {
			reason: "A later layout moves no subnet.",
			spec:   minimal,
			observed: map[string]string{
				composed.PublicSubnet(1):   `{"spec":{"forProvider":{"cidrBlock":"10.0.250.0/24"}}}`,
				composed.PrivateSubnet(1):  `{"spec":{"forProvider":{"cidrBlock":"10.0.251.0/24"}}}`,
				composed.DatabaseSubnet(1): `{"spec":{"forProvider":{"cidrBlock":"10.0.252.0/24"}}}`,
			},
			got: func(s *Settings) any {
				z := s.Network.Zones[0]
				return []any{z.Public.String(), z.Private.String(), z.Database.String(), s.Pinned}
			},
			want: []any{"10.0.250.0/24", "10.0.251.0/24", "10.0.252.0/24", []string(nil)},
		},
		"SubnetsKeepTheirZone": {
			reason:   "Any of a zone's subnets tells where it is.",
			spec:     minimal,
			observed: map[string]string{composed.DatabaseSubnet(2): `{"spec":{"forProvider":{"availabilityZone":"eu-west-1c"}}}`},
			got:      func(s *Settings) any { return s.Network.Zones[1].Name },
			want:     "eu-west-1c",
		},
		"ZonesInUseStay": {
			reason:   "The database may be in any zone.",
			spec:     minimal,
			observed: map[string]string{composed.PublicSubnet(3): `{}`},
			got:      func(s *Settings) any { return []any{len(s.Network.Zones), s.Pinned} },
			want:     []any{3, []string{`spec.network.availabilityZones: the change to "2" is not supported; the stack keeps "3"`}},
		},
		"NoZoneTwice": {
			reason:   "A new zone is one that is not in use yet, whatever the order was in which the others were taken.",
			spec:     `{"region":"eu-west-1","network":{"availabilityZones":3}}`,
			observed: map[string]string{composed.DatabaseSubnet(2): `{"spec":{"forProvider":{"availabilityZone":"eu-west-1c"}}}`},
			got: func(s *Settings) any {
				return []any{s.Network.Zones[0].Name, s.Network.Zones[1].Name, s.Network.Zones[2].Name, s.Pinned}
			},
			want: []any{"eu-west-1a", "eu-west-1c", "eu-west-1b", []string(nil)},
		},
		"ZoneNamesArePinned": {
			reason: "Names that come after the zones are in use cannot move them; the new zone is the name that is left.",
			spec:   `{"region":"eu-west-1","network":{"availabilityZones":3,"zoneNames":["eu-west-1b","eu-west-1c","eu-west-1a"]}}`,
			observed: map[string]string{
				composed.PublicSubnet(1): `{"spec":{"forProvider":{"availabilityZone":"eu-west-1a"}}}`,
				composed.PublicSubnet(2): `{"spec":{"forProvider":{"availabilityZone":"eu-west-1b"}}}`,
			},
			got: func(s *Settings) any {
				return []any{s.Network.Zones[0].Name, s.Network.Zones[1].Name, s.Network.Zones[2].Name, s.Pinned}
			},
			want: []any{"eu-west-1a", "eu-west-1b", "eu-west-1c", []string{
				`spec.network.zoneNames[0]: the change to "eu-west-1b" is not supported; the stack keeps "eu-west-1a"`,
				`spec.network.zoneNames[1]: the change to "eu-west-1c" is not supported; the stack keeps "eu-west-1b"`,
			}},
		},
		"StackKnownWithoutVPC": {
			reason: "Every other resource tells the name and the region of the stack too, but for the region those that CloudFront wants elsewhere.",
			spec:   minimal,
			observed: map[string]string{
				composed.Certificate("x"): `{"spec":{"forProvider":{"region":"us-east-1","tags":{"` + TagStack + `":"older"}}}}`,
				composed.PrivateSubnet(2): `{"spec":{"forProvider":{"region":"eu-west-2"}}}`,
			},
			got:  func(s *Settings) any { return []any{s.Stack, s.Region} },
			want: []any{"older", "eu-west-2"},
		},
		"RegionKnownFromFirstZone": {
			reason:   "A single subnet tells the region.",
			spec:     minimal,
			observed: map[string]string{composed.PublicSubnet(1): `{"spec":{"forProvider":{"region":"eu-west-2"}}}`},
			got:      func(s *Settings) any { return s.Region },
			want:     "eu-west-2",
		},
		"RegionKnownFromLastZone": {
			reason:   "Even the last zone's subnets tell the region.",
			spec:     `{"region":"us-east-1","network":{"availabilityZones":4}}`,
			observed: map[string]string{composed.PublicSubnet(4): `{"spec":{"forProvider":{"region":"us-west-2"}}}`},
			got:      func(s *Settings) any { return s.Region },
			want:     "us-west-2",
		},
		"NoRecorder": {
			reason: "There can be one in an account and region, so a claim must ask for it.",
			spec:   minimal,
			got:    func(s *Settings) any { return []bool{s.On(TierConfig), s.Config.Recorder} },
			want:   []bool{true, false},
		},
		"Recorder": {
			reason: "A claim may ask for it.",
			spec:   `{"region":"eu-west-1","guardrails":{"config":{"recorder":true}}}`,
			got:    func(s *Settings) any { return s.Config.Recorder },
			want:   true,
		},
		"RecorderOfThePlatform": {
			reason: "The platform knows better whether there is one.",
			spec:   `{"region":"eu-west-1","guardrails":{"config":{"recorder":true}}}`,
			input:  &inputv1alpha1.Input{Existing: inputv1alpha1.Existing{Recorder: true}},
			got:    func(s *Settings) any { return s.Config.Recorder },
			want:   false,
		},
		"RecorderSwitchedOff": {
			reason: "Without the tier there is nothing of it.",
			spec:   `{"region":"eu-west-1","guardrails":{"config":{"enabled":false,"recorder":true}}}`,
			input:  &inputv1alpha1.Input{SwitchableGuardrails: []inputv1alpha1.Guardrail{TierConfig}},
			got:    func(s *Settings) any { return []bool{s.On(TierConfig), s.Config.Recorder} },
			want:   []bool{false, false},
		},
		"ZonesByName": {
			reason: "An account that is offered other zones names them.",
			spec:   `{"region":"us-west-1","network":{"zoneNames":["us-west-1b","us-west-1c"]}}`,
			got:    func(s *Settings) any { return []string{s.Network.Zones[0].Name, s.Network.Zones[1].Name} },
			want:   []string{"us-west-1b", "us-west-1c"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			in := tc.input
			if in == nil {
				in = &inputv1alpha1.Input{}
			}
			s, err := decided(t, tc.spec, in, tc.observed)
			if err != nil {
				t.Fatalf("\n%s\nDecide(...): %v", tc.reason, err)
			}
			if diff := cmp.Diff(tc.want, tc.got(s)); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestDecideRefuses(t *testing.T) {
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     string
	}{
		"NoRange": {
			reason:   "A VPC whose range cannot be read cannot be divided.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"cidrBlock":"nonsense"}}}`},
			want:     `spec.network.cidr: netip.ParsePrefix("nonsense")`,
		},
		"RangeTooSmall": {
			reason:   "A VPC that was made by other means may have no room.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"cidrBlock":"10.0.0.0/28"}}}`},
			want:     `spec.network.cidr: cannot divide "10.0.0.0/28": it must be an IPv4 CIDR block from /16 to /24`,
		},
		"NoSuchZone": {
			reason:   "A zone that the region does not have cannot be made up.",
			spec:     `{"region":"eu-west-1"}`,
			observed: map[string]string{composed.VPC: `{"spec":{"forProvider":{"region":"us-west-1"}}}`, composed.PrivateSubnet(3): `{}`},
			want:     `spec.network.availabilityZones: 3 is not valid: us-west-1 has only the zones us-west-1a, us-west-1c: set availabilityZones to at most 2, or list other zones in network.zoneNames`,
		},
		"TooFewZoneNames": {
			reason:   "The zones of zoneNames are not all zones of the region.",
			spec:     `{"region":"us-east-1","network":{"availabilityZones":2,"zoneNames":["us-east-1a","us-east-1b"]}}`,
			observed: map[string]string{composed.PrivateSubnet(3): `{}`},
			want:     `spec.network.availabilityZones: 3 is not valid: network.zoneNames lists only us-east-1a, us-east-1b: list 3 zones, or set availabilityZones to at most 2`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			if err == nil || !strings.HasPrefix(err.Error(), tc.want) {
				t.Errorf("\n%s\nDecide(...): want error %q, got %v", tc.reason, tc.want, err)
			}
		})
	}
}

// Policies and cost reports identify a stack's resources by these tags.
func TestTagsKeepTheirKeys(t *testing.T) {
	want := []string{"platform.secure-ecommerce.dev/stack", "platform.secure-ecommerce.dev/environment", "platform.secure-ecommerce.dev/owner"}
	if diff := cmp.Diff(want, []string{TagStack, TagEnvironment, TagOwner}); diff != "" {
		t.Errorf("\n-want, +got:\n%s", diff)
	}
}

func TestTagOfLongestOwner(t *testing.T) {
	c := &claim.Claim{Identity: claim.Identity{Composite: strings.Repeat("a", 253), Owner: strings.Repeat("n", 63) + "/" + strings.Repeat("a", 253)}, Spec: v1alpha1.SecureEcommerceSpec{
		Region: "eu-west-1", Network: v1alpha1.NetworkSpec{CIDR: "10.0.0.0/16", AvailabilityZones: 2},
		Database: v1alpha1.DatabaseSpec{BackupWindow: "02:00-03:00", MaintenanceWindow: "sun:04:00-sun:05:00"},
	}}
	s, err := Decide(c, &inputv1alpha1.Input{}, nil, facts.From(&fnv1.RunFunctionRequest{}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(256, len(s.Tags[TagOwner])); diff != "" {
		t.Errorf("\nAWS takes 256 characters as the value of a tag, and namespace and name may be more.\nlength: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(40, len(s.Stack)); diff != "" {
		t.Errorf("\nNames of AWS resources need room behind the stack's.\nlength: -want, +got:\n%s", diff)
	}
}

func TestStackName(t *testing.T) {
	cases := map[string]struct {
		reason string
		a, b   claim.Identity
		same   bool
	}{
		"SameUID":    {reason: "A composite is told by its UID.", a: claim.Identity{Composite: "shop", UID: "1"}, b: claim.Identity{Composite: "shop", UID: "1"}, same: true},
		"Remade":     {reason: "A claim made again must not meet the data of its predecessor.", a: claim.Identity{Composite: "shop", UID: "1"}, b: claim.Identity{Composite: "shop", UID: "2"}},
		"Namespaces": {reason: "Two namespaces may have a shop each.", a: claim.Identity{Composite: "shop", Namespace: "a"}, b: claim.Identity{Composite: "shop", Namespace: "b"}},
		"Cut":        {reason: "Names that are the same where they are cut differ by the hash.", a: claim.Identity{Composite: strings.Repeat("a", 60) + "1"}, b: claim.Identity{Composite: strings.Repeat("a", 60) + "2"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.same, stackName(tc.a, "") == stackName(tc.b, "")); diff != "" {
				t.Errorf("\n%s\n%q, %q: -want same, +got same:\n%s", tc.reason, stackName(tc.a, ""), stackName(tc.b, ""), diff)
			}
		})
	}
}
