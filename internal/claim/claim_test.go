package claim

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
	quantity "k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/runtime"
	"pgregory.net/rapid"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
)

// defaulted returns the defaults of a claim that sets only its region.
func defaulted() v1alpha1.SecureEcommerceSpec {
	return v1alpha1.SecureEcommerceSpec{
		Region:      "eu-west-1",
		Environment: v1alpha1.EnvironmentProduction,
		Size:        v1alpha1.SizeSmall,
		Network:     v1alpha1.NetworkSpec{CIDR: "10.0.0.0/16", AvailabilityZones: 2},
		Assets:      v1alpha1.AssetsSpec{NoncurrentVersionDays: 90},
		Database:    v1alpha1.DatabaseSpec{Enabled: new(true), Engine: "postgres", BackupWindow: "02:00-03:00", MaintenanceWindow: "sun:04:00-sun:05:00"},
		CDN:         v1alpha1.CDNSpec{PriceClass: "PriceClass_100", DefaultRootObject: "index.html", Frames: "Deny"},
		Access:      v1alpha1.AccessSpec{Runtimes: []v1alpha1.Runtime{"Lambda"}},
		Guardrails: v1alpha1.GuardrailsSpec{
			WAF:        v1alpha1.WAFSpec{Enabled: new(true), Mode: "Block", RequestsPerFiveMinutes: 2000},
			Audit:      v1alpha1.AuditSpec{Enabled: new(true), MultiRegion: new(true), DataEvents: new(true)},
			Config:     v1alpha1.ConfigSpec{Enabled: new(true)},
			Parameters: v1alpha1.ParametersSpec{Enabled: new(true)},
			Alarms:     v1alpha1.AlarmsSpec{Enabled: new(true)},
			Responses:  v1alpha1.ResponsesSpec{Enabled: new(true)},
		},
	}
}

func TestFrom(t *testing.T) {
	long := strings.Repeat("a", 253)
	cases := map[string]struct {
		reason    string
		composite string
		want      *Claim
	}{
		"Composite": {
			reason:    "A cluster-scoped composite without a claim is seen by whoever made it.",
			composite: `{"metadata":{"name":"shop","uid":"c0ffee"},"spec":{"region":"eu-west-1"}}`,
			want:      &Claim{Identity: Identity{Composite: "shop", UID: "c0ffee", Owner: "shop", Scope: scope.Cluster}, Spec: defaulted()},
		},
		"Claim": {
			reason:    "The app team sees the claim, not the composite that Crossplane made for it.",
			composite: `{"metadata":{"name":"shop-x7k2p"},"spec":{"region":"eu-west-1","claimRef":{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"SecureEcommerce","namespace":"team-a","name":"shop"}}}`,
			want:      &Claim{Identity: Identity{Composite: "shop-x7k2p", Owner: "team-a/shop", Scope: scope.Cluster}, Spec: defaulted()},
		},
		"Namespaced": {
			reason:    "A composite with a namespace is of the other scope, and is what the app team sees.",
			composite: `{"metadata":{"name":"shop","namespace":"team-a"},"spec":{"region":"eu-west-1"}}`,
			want:      &Claim{Identity: Identity{Composite: "shop", Namespace: "team-a", Owner: "team-a/shop", Scope: scope.Namespaced}, Spec: defaulted()},
		},
		"LongestName": {
			reason:    "Names of composites may have 253 characters, dots among them.",
			composite: `{"metadata":{"name":"` + long + `"},"spec":{"region":"eu-west-1"}}`,
			want:      &Claim{Identity: Identity{Composite: long, Owner: long, Scope: scope.Cluster}, Spec: defaulted()},
		},
		"FieldsOfCrossplane": {
			reason: "What Crossplane writes into a spec is no typo of the app team's.",
			composite: `{"metadata":{"name":"shop"},"spec":{"region":"eu-west-1",
				"compositeDeletePolicy":"Foreground","compositionRef":{"name":"a"},"compositionRevisionRef":{"name":"a-1"},"compositionRevisionSelector":{"matchLabels":{"a":"b"}},
				"compositionSelector":{"matchLabels":{"a":"b"}},"compositionUpdatePolicy":"Automatic","crossplane":{"resourceRefs":[]},"environmentConfigRefs":[],
				"publishConnectionDetailsTo":{"name":"c"},"resourceRef":{"name":"d"},"resourceRefs":[{"name":"e"}],"writeConnectionSecretToRef":{"name":"f"}}}`,
			want: &Claim{Identity: Identity{Composite: "shop", Owner: "shop", Scope: scope.Cluster}, Spec: defaulted()},
		},
		"EveryField": {
			reason: "What the app team says is what the tiers read, whole numbers included.",
			composite: `{"metadata":{"name":"shop"},"spec":{
				"region":"us-east-1","environment":"development","size":"large","deletionPolicy":"Snapshot","tags":{"team":"a"},
				"network":{"cidr":"10.8.0.0/20","availabilityZones":3,"zoneNames":["us-east-1b","us-east-1c","us-east-1d"],"natGateways":"PerZone","egress":[{"description":"Payments","cidrs":["203.0.113.0/24"]}],"ipv6":true,
					"ingress":[{"to":"Database","description":"Analysts","cidrs":["10.8.4.0/24"]},{"description":"Balancer","port":8080,"toPort":8081,"securityGroupIds":["sg-0a1b2c3d"]}],
					"interfaceEndpoints":["kms"]},
				"app":{"loadBalancer":{"arn":"arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123456789abcdef","domainName":"app.example.com"}},
				"assets":{"noncurrentVersionDays":7,"existing":{"name":"old-shop-assets","policy":"Manage"},"notFound":{}},
				"uploads":{"corsOrigins":["https://shop.example.com"],"maxDays":30,"scan":true},
				"database":{"version":"15.4","instance":{"class":"db.r6g.large","multiAZ":false,"storage":{"sizeGiB":400,"maxSizeGiB":600,"type":"gp3","iops":12000,"throughputMiBps":500}},"backupRetentionDays":3,"deletionProtection":false,
					"backupWindow":"01:00-01:30","maintenanceWindow":"mon:04:00-mon:05:00"},
				"cdn":{"domain":"shop.example.com","additionalDomains":["www.example.com"],"hostedZone":{"type":"Managed","managed":{"name":"example.com","dnssec":true,"queryLogs":true}},"certificateArn":"arn:aws:acm:us-east-1:123456789012:certificate/1","priceClass":"PriceClass_All","defaultRootObject":"shop.html",
					"realtimeLogs":{"samplingPercent":7},"geoRestriction":{"type":"Block","countries":["AQ"]},"hsts":{"includeSubdomains":true,"preload":true},"frames":"SameOrigin"},
				"access":{"runtimes":["ECS"],"policyArns":["arn:aws:iam::aws:policy/a"],"resources":{"dynamoDBTables":["carts"],"sqsQueues":["orders"],"sesIdentities":["example.com"]},
					"statements":[{"actions":["s3:GetObject"],"resources":["*"],"conditions":[{"operator":"Bool","key":"aws:SecureTransport","values":["true"]}]}],"app":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/a","subjects":["b"]},
					"publisher":{"providerArn":"arn:aws:iam::123456789012:oidc-provider/c","subjects":["d"],"audience":"e"}},
				"secrets":{"appRotation":{"lambdaArn":"arn:aws:lambda:us-east-1:123456789012:function:rotate","intervalDays":14}},
				"account":{"publicAccessBlock":true,"ebsEncryption":true,"ebsKeyUsers":["arn:aws:iam::123456789012:role/a"],"passwordPolicy":true,"accessAnalyzer":true,"macie":true,
					"supportRole":{"principals":["arn:aws:iam::123456789012:role/b"]},"securityContact":{"name":"Team","title":"On call","email":"a@example.com","phone":"+1 555 0100"},
					"blockPublicDocuments":true,"automationLogs":true},
				"guardrails":{
					"waf":{"enabled":false,"mode":"Count","requestsPerFiveMinutes":500,"blockAnonymous":true,"botControl":true,"allowCidrs":["203.0.113.0/24"],"blockCidrs":["198.51.100.0/24"],"blockCountries":["KP"]},
					"audit":{"enabled":false,"multiRegion":false,"dataEvents":false,"insights":true,"notifications":true,"guardDuty":true,"securityHub":true,"inspector":true},
					"config":{"enabled":false,"recorder":true,"remediation":true,"accountRules":true,"edgeRules":true,"aggregator":true,"conformancePack":true},
					"parameters":{"enabled":false},
					"alarms":{"enabled":true,"emails":["a@example.com"],"webhooks":["https://example.com"],"deliveryLogs":true},
					"responses":{"enabled":false,"mode":"Notify","modes":{"securityGroupOpened":"Notify","publicAccessUnblocked":"Enforce","databaseExposed":"Notify","bucketPolicyChanged":"Enforce","trailStopped":"Enforce"},"inVpc":true,"codeSigning":true}}}}`,
			want: &Claim{Identity: Identity{Composite: "shop", Owner: "shop", Scope: scope.Cluster}, Spec: v1alpha1.SecureEcommerceSpec{
				Region: "us-east-1", Environment: "development", Size: "large", DeletionPolicy: "Snapshot", Tags: map[string]v1alpha1.TagValue{"team": "a"},
				Network: v1alpha1.NetworkSpec{
					CIDR: "10.8.0.0/20", AvailabilityZones: 3, ZoneNames: []string{"us-east-1b", "us-east-1c", "us-east-1d"}, NATGateways: "PerZone",
					Egress: []v1alpha1.EgressRule{{Description: "Payments", Protocol: "TCP", Port: 443, CIDRs: []string{"203.0.113.0/24"}}}, IPv6: true, InterfaceEndpoints: []string{"kms"},
					Ingress: []v1alpha1.IngressRule{
						{To: "Database", Description: "Analysts", CIDRs: []string{"10.8.4.0/24"}},
						{To: "App", Description: "Balancer", Port: new(int32(8080)), ToPort: new(int32(8081)), SecurityGroupIDs: []string{"sg-0a1b2c3d"}},
					},
				},
				App: v1alpha1.AppSpec{LoadBalancer: &v1alpha1.LoadBalancer{
					ARN: "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123456789abcdef", DomainName: "app.example.com", Paths: []string{"/api/*"},
				}},
				Assets:  v1alpha1.AssetsSpec{NoncurrentVersionDays: 7, Existing: &v1alpha1.ExistingBucket{Name: "old-shop-assets", Policy: "Manage"}, NotFound: &v1alpha1.NotFound{Page: "/index.html", Status: 200}},
				Uploads: &v1alpha1.UploadsSpec{Path: "/uploads/*", Keys: "WithPath", CORSOrigins: []string{"https://shop.example.com"}, MaxDays: new(int32(30)), Scan: true},
				Database: v1alpha1.DatabaseSpec{
					Enabled: new(true), Engine: "postgres", Version: "15.4",
					Instance: v1alpha1.InstanceSpec{
						Class: "db.r6g.large", MultiAZ: new(false),
						Storage: v1alpha1.StorageSpec{SizeGiB: new(int32(400)), MaxSizeGiB: new(int32(600)), Type: "gp3", IOPS: new(int32(12000)), ThroughputMiBps: new(int32(500))},
					},
					BackupRetentionDays: new(int32(3)), DeletionProtection: new(false), BackupWindow: "01:00-01:30", MaintenanceWindow: "mon:04:00-mon:05:00",
				},
				CDN: v1alpha1.CDNSpec{
					AdditionalDomains: []string{"www.example.com"}, HostedZone: &v1alpha1.HostedZoneSpec{Type: "Managed", Managed: &v1alpha1.ManagedHostedZone{Name: "example.com", DNSSEC: true, QueryLogs: true}},
					Domain: "shop.example.com", CertificateARN: "arn:aws:acm:us-east-1:123456789012:certificate/1", PriceClass: "PriceClass_All", DefaultRootObject: "shop.html", Frames: "SameOrigin",
					GeoRestriction: &v1alpha1.GeoRestriction{Type: "Block", Countries: []string{"AQ"}},
					HSTS:           v1alpha1.HSTSSpec{IncludeSubdomains: true, Preload: true},
					RealtimeLogs:   &v1alpha1.RealtimeLogs{SamplingPercent: 7},
				},
				Access: v1alpha1.AccessSpec{
					Runtimes:   []v1alpha1.Runtime{"ECS"},
					PolicyARNs: []string{"arn:aws:iam::aws:policy/a"},
					Resources:  v1alpha1.AccessResources{DynamoDBTables: []string{"carts"}, SQSQueues: []string{"orders"}, SESIdentities: []string{"example.com"}},
					Statements: []v1alpha1.Statement{{
						Actions: []string{"s3:GetObject"}, Resources: []string{"*"},
						Conditions: []v1alpha1.StatementCondition{{Operator: "Bool", Key: "aws:SecureTransport", Values: []string{"true"}}},
					}},
					App:       &v1alpha1.FederatedIdentity{ProviderARN: "arn:aws:iam::123456789012:oidc-provider/a", Subjects: []string{"b"}, Audience: "sts.amazonaws.com"},
					Publisher: &v1alpha1.FederatedIdentity{ProviderARN: "arn:aws:iam::123456789012:oidc-provider/c", Subjects: []string{"d"}, Audience: "e"},
				},
				Secrets: v1alpha1.SecretsSpec{AppRotation: &v1alpha1.AppRotation{LambdaARN: "arn:aws:lambda:us-east-1:123456789012:function:rotate", IntervalDays: 14}},
				Guardrails: v1alpha1.GuardrailsSpec{
					WAF: v1alpha1.WAFSpec{
						Mode: "Count", Enabled: new(false), RequestsPerFiveMinutes: 500, BlockAnonymous: true, BotControl: true,
						AllowCIDRs: []string{"203.0.113.0/24"}, BlockCIDRs: []string{"198.51.100.0/24"}, BlockCountries: []string{"KP"},
					},
					Audit:  v1alpha1.AuditSpec{Enabled: new(false), MultiRegion: new(false), DataEvents: new(false), Insights: true, Notifications: true, GuardDuty: true, SecurityHub: true, Inspector: true},
					Config: v1alpha1.ConfigSpec{Enabled: new(false), Recorder: true, Remediation: true, AccountRules: true, EdgeRules: true, Aggregator: true, ConformancePack: true},
					Alarms: v1alpha1.AlarmsSpec{Enabled: new(true), Emails: []string{"a@example.com"}, Webhooks: []string{"https://example.com"}, DeliveryLogs: true},
					Responses: v1alpha1.ResponsesSpec{
						Enabled: new(false), Mode: "Notify", InVPC: true, CodeSigning: true,
						Modes: v1alpha1.ResponseModes{SecurityGroupOpened: "Notify", PublicAccessUnblocked: "Enforce", DatabaseExposed: "Notify", BucketPolicyChanged: "Enforce", TrailStopped: "Enforce"},
					},
					Parameters: v1alpha1.ParametersSpec{Enabled: new(false)},
				},
				Account: v1alpha1.AccountSpec{
					PublicAccessBlock: true, EBSEncryption: true, EBSKeyUsers: []string{"arn:aws:iam::123456789012:role/a"}, PasswordPolicy: true, AccessAnalyzer: true, Macie: true,
					SupportRole:          &v1alpha1.SupportRole{Principals: []string{"arn:aws:iam::123456789012:role/b"}},
					SecurityContact:      &v1alpha1.SecurityContact{Name: "Team", Title: "On call", Email: "a@example.com", Phone: "+1 555 0100"},
					BlockPublicDocuments: true, AutomationLogs: true,
				},
			}},
		},
		"EveryFieldOfAurora": {
			reason: "A capacity is a quantity, whole or in quotes, and no readers are not the same as none said.",
			composite: `{"metadata":{"name":"shop"},"spec":{"region":"eu-west-1",
				"database":{"engine":"aurora-postgresql","aurora":{"serverless":{"minCapacity":0,"maxCapacity":"8.5","secondsUntilAutoPause":600},"readers":0},
					"restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db","time":"2026-01-31T10:15:00Z"}}},
				"cdn":{"domain":"shop.example.com","hostedZone":{"type":"Existing","existing":{"id":"Z0123456789ABC"}}},
				"network":{"firewall":{},"allowedDomains":[".example.com"]}}}`,
			want: &Claim{Identity: Identity{Composite: "shop", Owner: "shop", Scope: scope.Cluster}, Spec: func() v1alpha1.SecureEcommerceSpec {
				out := defaulted()
				out.Database.Engine = v1alpha1.DatabaseEngineAuroraPostgreSQL
				out.Database.Aurora = v1alpha1.AuroraSpec{
					Serverless: v1alpha1.ServerlessSpec{MinCapacity: new(quantity.MustParse("0")), MaxCapacity: new(quantity.MustParse("8.5")), SecondsUntilAutoPause: new(int32(600))},
					Readers:    new(int32(0)),
				}
				out.Database.RestoreFrom = &v1alpha1.DatabaseRestore{Type: v1alpha1.DatabaseRestorePointInTime, PointInTime: &v1alpha1.DatabasePointInTime{SourceIdentifier: "shop-db", Time: "2026-01-31T10:15:00Z"}}
				out.CDN.Domain = "shop.example.com"
				out.CDN.HostedZone = &v1alpha1.HostedZoneSpec{Type: v1alpha1.HostedZoneExisting, Existing: &v1alpha1.ExistingHostedZone{ID: "Z0123456789ABC"}}
				out.Network.Firewall = &v1alpha1.FirewallSpec{CIDR: "100.64.0.0/26"}
				out.Network.AllowedDomains = []string{".example.com"}
				return out
			}()},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := From(resource.MustStructJSON(tc.composite))
			if err != nil {
				t.Fatalf("\n%s\nFrom(...): %v", tc.reason, err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nFrom(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFromRefuses(t *testing.T) {
	type want struct {
		err string
		// invalid reports whether the app team can fix the error.
		invalid bool
	}
	cases := map[string]struct {
		reason    string
		composite *structpb.Struct
		want      want
	}{
		"Nothing": {
			reason: "There must be a composite.",
			want:   want{err: "composite resource has no metadata.name"},
		},
		"NoName": {
			reason:    "All names come from the composite's.",
			composite: resource.MustStructJSON(`{"spec":{"region":"eu-west-1"}}`),
			want:      want{err: "composite resource has no metadata.name"},
		},
		"NoSpec": {
			reason:    "The one required field is named.",
			composite: resource.MustStructJSON(`{"metadata":{"name":"shop"}}`),
			want:      want{err: "spec.region: is required: set a value, such as eu-west-1", invalid: true},
		},
		"SpecIsNoObject": {
			reason:    "A spec that is not an object lacks its fields.",
			composite: resource.MustStructJSON(`{"metadata":{"name":"shop"},"spec":"eu-west-1"}`),
			want:      want{err: `spec: "eu-west-1" is not a map of fields: use fields such as region, access and account`, invalid: true},
		},
		"Several": {
			reason:    "Everything that is wrong is told at once.",
			composite: resource.MustStructJSON(`{"metadata":{"name":"shop"},"spec":{"region":"eu-west-1","size":"huge","typo":1,"network":{"availabilityZones":"two"}}}`),
			want: want{invalid: true, err: `spec.network.availabilityZones: "two" is not a whole number: use a value from 2 to 4` + "\n" +
				`spec.size: "huge" is not supported; use small, medium, large or xlarge` + "\n" + `spec.typo: unknown field; remove it`},
		},
		"Rule": {
			reason:    "Rules hold here too, for a composite that no API server has checked, such as one in a render.",
			composite: resource.MustStructJSON(`{"metadata":{"name":"shop"},"spec":{"region":"eu-west-1","network":{"cidr":"8.8.0.0/16"}}}`),
			want:      want{invalid: true, err: `spec.network.cidr: "8.8.0.0/16" is not valid: ` + cidrPrivate},
		},
		"ClaimRefIsNoObject": {
			reason:    "Names come from the claim's, so one that cannot be read is not taken for none.",
			composite: resource.MustStructJSON(`{"metadata":{"name":"shop-x7k2p"},"spec":{"region":"eu-west-1","claimRef":"shop"}}`),
			want:      want{err: "cannot read the claimRef of the composite resource: .spec.claimRef.name accessor error: shop is of the type string, expected map[string]interface{}"},
		},
		"ClaimNamespaceIsNoText": {
			reason:    "The same holds for the claim's namespace.",
			composite: resource.MustStructJSON(`{"metadata":{"name":"shop-x7k2p"},"spec":{"region":"eu-west-1","claimRef":{"name":"shop","namespace":1}}}`),
			want:      want{err: "cannot read the claimRef of the composite resource: .spec.claimRef.namespace accessor error: 1 is of the type int64, expected string"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := From(tc.composite)
			if err == nil {
				t.Fatalf("\n%s\nFrom(...): want an error, got %+v", tc.reason, got)
			}
			if diff := cmp.Diff(tc.want.err, err.Error()); diff != "" {
				t.Errorf("\n%s\nFrom(...): -want error, +got error:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want.invalid, errors.As(err, &InvalidError{})); diff != "" {
				t.Errorf("\n%s\nFrom(...): -want invalid, +got invalid:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestFromRefusesWhatIsNotJSON(t *testing.T) {
	_, err := From(&structpb.Struct{Fields: map[string]*structpb.Value{"spec": structpb.NewNumberValue(math.NaN())}})
	// protobuf intentionally varies the spaces in its messages.
	if want := "cannot read composite resource: "; err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("\nA number that JSON does not have was never applied by anybody.\nFrom(...): want an error that begins %q, got %v", want, err)
	}
}

func TestFromLeavesCompositeAlone(t *testing.T) {
	const text = `{"metadata":{"name":"shop"},"spec":{"region":"eu-west-1","claimRef":{"name":"shop","namespace":"team-a"}}}`
	xr := resource.MustStructJSON(text)
	if _, err := From(xr); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(resource.MustStructJSON(text).AsMap(), xr.AsMap()); diff != "" {
		t.Errorf("\nThe request is not ours to change.\nFrom(...): -before, +after:\n%s", diff)
	}
}

// The Go types can represent everything that the schema accepts. Tiers get valid
// specs without loss or change.
func TestFromLosesNothing(t *testing.T) {
	maybe := func(t *rapid.T, spec map[string]any, field string, value *rapid.Generator[any]) {
		if rapid.Bool().Draw(t, field+" given") {
			spec[field] = value.Draw(t, field)
		}
	}
	// structpb has only floating-point numbers.
	number := func(from, to int) *rapid.Generator[any] {
		return rapid.Map(rapid.IntRange(from, to), func(n int) any { return float64(n) })
	}
	one := func(values ...any) *rapid.Generator[any] { return rapid.SampledFrom(values) }
	rapid.Check(t, func(t *rapid.T) {
		network, database, cdn := map[string]any{}, map[string]any{}, map[string]any{}
		maybe(t, network, "cidr", one("10.0.0.0/16", "192.168.7.0/24", "100.64.0.0/20"))
		maybe(t, network, "availabilityZones", number(2, 4))
		maybe(t, network, "natGateways", one("Single", "PerZone", "None"))
		maybe(t, network, "egress", one(
			[]any{},
			[]any{map[string]any{"cidrs": []any{"203.0.113.0/24"}}},
			[]any{map[string]any{"description": "a", "cidrs": []any{"203.0.113.0/24", "0.0.0.0/0"}}, map[string]any{"cidrs": []any{"198.51.100.0/24"}}},
		))
		maybe(t, network, "ingress", one(
			[]any{map[string]any{"description": "a", "port": float64(443), "cidrs": []any{"10.0.0.0/8"}}, map[string]any{"to": "Database", "description": "b", "securityGroupIds": []any{"sg-0a1b2c3d"}}},
		))
		maybe(t, network, "interfaceEndpoints", one([]any{"kms", "ssm"}))
		maybe(t, database, "version", one("15", "15.4", "15.10"))
		maybe(t, database, "deletionProtection", one(true, false))
		maybe(t, database, "backupRetentionDays", number(7, 35))
		maybe(t, database, "restoreFrom", one(
			map[string]any{"type": "Snapshot", "snapshot": map[string]any{"identifier": "rds:shop-2026-01-31-02-05"}},
			map[string]any{"type": "PointInTime", "pointInTime": map[string]any{"sourceIdentifier": "shop-db"}},
			map[string]any{"type": "PointInTime", "pointInTime": map[string]any{"sourceIdentifier": "shop-db", "time": "2026-01-31T10:15:00Z"}},
		))
		if rapid.Bool().Draw(t, "of Aurora") {
			aurora, serverless := map[string]any{}, map[string]any{}
			// Quantities are returned in canonical form.
			maybe(t, serverless, "minCapacity", one("0", "500m", "8"))
			maybe(t, serverless, "maxCapacity", one("8", "16500m", "256"))
			if serverless["minCapacity"] == "0" {
				maybe(t, serverless, "secondsUntilAutoPause", number(300, 86400))
			}
			maybe(t, aurora, "serverless", one(serverless))
			maybe(t, aurora, "readers", number(0, 5))
			database["engine"] = "aurora-postgresql"
			maybe(t, database, "aurora", one(aurora))
		} else {
			instance, storage := map[string]any{}, map[string]any{}
			maybe(t, storage, "sizeGiB", number(20, 1000))
			maybe(t, storage, "maxSizeGiB", number(1100, 65536))
			maybe(t, storage, "iops", number(1000, 256000))
			maybe(t, storage, "throughputMiBps", number(500, 4000))
			maybe(t, storage, "type", one("gp3"))
			maybe(t, instance, "class", one("db.r6g.large"))
			maybe(t, instance, "multiAZ", one(true, false))
			maybe(t, instance, "storage", one(storage))
			maybe(t, database, "instance", one(instance))
		}
		maybe(t, cdn, "domain", one("shop.example.com"))
		maybe(t, cdn, "hsts", one(map[string]any{}, map[string]any{"preload": true}, map[string]any{"includeSubdomains": true, "preload": true}))
		maybe(t, cdn, "geoRestriction", one(map[string]any{"type": "Allow", "countries": []any{"DE", "AT"}}))
		maybe(t, cdn, "accessLogs", one("Legacy", "V2"))
		maybe(t, cdn, "contentSecurityPolicy", one(map[string]any{}, map[string]any{"policy": "script-src 'self'"}))
		maybe(t, cdn, "additionalMetrics", one(true))
		maybe(t, cdn, "realtimeLogs", one(map[string]any{}, map[string]any{"samplingPercent": float64(7)}))
		maybe(t, cdn, "privateDownloads", one(map[string]any{"publicKeys": []any{"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"}}))
		if cdn["domain"] != nil {
			maybe(t, cdn, "hostedZone", one(
				map[string]any{"type": "Existing", "existing": map[string]any{"id": "Z0123456789ABC"}},
				map[string]any{"type": "Managed", "managed": map[string]any{"name": "example.com"}},
				map[string]any{"type": "Managed", "managed": map[string]any{"name": "example.com", "dnssec": true, "queryLogs": true}},
			))
		}
		modes := map[string]any{}
		for _, response := range []string{"securityGroupOpened", "publicAccessUnblocked", "databaseExposed", "bucketPolicyChanged", "trailStopped"} {
			maybe(t, modes, response, one("Enforce", "Notify"))
		}
		off := func(field string) map[string]any { return map[string]any{field: map[string]any{"enabled": false}} }
		region := rapid.SampledFrom([]string{"us-east-1", "us-west-2"}).Draw(t, "region")
		spec := map[string]any{"region": region}
		maybe(t, spec, "app", one(map[string]any{}, map[string]any{"loadBalancer": map[string]any{
			"arn": "arn:aws:elasticloadbalancing:" + region + ":123456789012:loadbalancer/app/shop/0123456789abcdef", "domainName": "app.example.com", "paths": []any{"/a", "/b/*"},
		}}))
		maybe(t, spec, "guardrails", one(
			off("waf"), off("audit"), off("config"), off("parameters"), off("responses"),
			map[string]any{"audit": map[string]any{"multiRegion": false, "dataEvents": false}, "responses": map[string]any{"mode": "Notify", "modes": modes}},
			map[string]any{"waf": map[string]any{"requestsPerFiveMinutes": float64(100), "allowCidrs": []any{"203.0.113.0/24"}}},
		))
		maybe(t, spec, "account", one(map[string]any{"macie": true}, map[string]any{"ebsEncryption": true, "ebsKeyUsers": []any{"arn:aws:iam::123456789012:role/a"}}))
		maybe(t, spec, "network", one(network))
		maybe(t, spec, "database", one(database))
		maybe(t, spec, "cdn", one(cdn))
		maybe(t, spec, "assets", rapid.Map(number(1, 3650), func(n any) any { return map[string]any{"noncurrentVersionDays": n} }))
		maybe(t, spec, "secrets", rapid.Map(number(1, 90), func(n any) any {
			return map[string]any{"appRotation": map[string]any{"lambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:rotate", "intervalDays": n}}
		}))
		maybe(t, spec, "environment", one("production", "staging", "development"))
		maybe(t, spec, "size", one("small", "medium", "large", "xlarge"))
		maybe(t, spec, "deletionPolicy", one("Retain", "Snapshot", "Delete"))
		maybe(t, spec, "tags", one(map[string]any{}, map[string]any{"team": "", "cost center": "42"}))

		xr, err := structpb.NewStruct(map[string]any{"metadata": map[string]any{"name": "shop"}, "spec": spec})
		if err != nil {
			t.Fatal(err)
		}
		c, err := From(xr)
		if err != nil {
			t.Fatalf("From(...): %v", err)
		}
		object, err := runtime.DefaultUnstructuredConverter.ToUnstructured(&c.Spec)
		if err != nil {
			t.Fatal(err)
		}
		contains(t, "spec", spec, object)
	})
}

// contains fails if a value is not contained in another one. Empty values may be
// missing.
func contains(t *rapid.T, path string, want, got any) {
	t.Helper()
	switch w := want.(type) {
	case map[string]any:
		g, _ := got.(map[string]any)
		for k := range w {
			contains(t, path+"."+k, w[k], g[k])
		}
	case []any:
		g, _ := got.([]any)
		if len(w) != len(g) {
			t.Errorf("%s: want %v, got %v", path, want, got)
			return
		}
		for i := range w {
			contains(t, path, w[i], g[i])
		}
	case float64:
		if got != int64(w) {
			t.Errorf("%s: want %v, got %v", path, want, got)
		}
	default:
		if got != want {
			t.Errorf("%s: want %v, got %v", path, want, got)
		}
	}
}

// From keeps valid claims between calls. All fields that it reads must be part of
// the key, and the others must not.
func TestFromKeepsClaims(t *testing.T) {
	const first = `{"apiVersion":"a/v1","kind":"K","metadata":{"name":"shop","namespace":"team-a","uid":"1","resourceVersion":"5"},"spec":{"region":"eu-west-1"},"status":{"region":"eu-west-1"}}`
	cases := map[string]struct {
		reason   string
		old, new string
		same     bool
	}{
		"ResourceVersion": {reason: "It changes with every update.", old: `"resourceVersion":"5"`, new: `"resourceVersion":"6"`, same: true},
		"Status":          {reason: "The function itself writes it.", old: `"status":{"region":"eu-west-1"}`, new: `"status":{}`, same: true},
		"Spec":            {reason: "Another spec is another claim.", old: `"spec":{"region":"eu-west-1"}`, new: `"spec":{"region":"eu-west-2"}`},
		"Name":            {reason: "Names in AWS contain it.", old: `"name":"shop"`, new: `"name":"store"`},
		"Namespace":       {reason: "It decides the scope.", old: `"namespace":"team-a",`, new: ``},
		"UID":             {reason: "A new stack may have the name of an old one.", old: `"uid":"1"`, new: `"uid":"2"`},
		"Kind":            {reason: "It is part of what the schema describes.", old: `"kind":"K"`, new: `"kind":"L"`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			other := strings.Replace(first, tc.old, tc.new, 1)
			if other == first {
				t.Fatal("the composites do not differ")
			}
			a, err := From(resource.MustStructJSON(first))
			if err != nil {
				t.Fatal(err)
			}
			b, err := From(resource.MustStructJSON(other))
			if err != nil {
				t.Fatal(err)
			}
			if got := a == b; got != tc.same {
				t.Errorf("\n%s\nFrom(...) of both: want the same claim %v, got %v", tc.reason, tc.same, got)
			}
		})
	}
}
