package plan

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/util/json"
	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"
)

// read parses an object like an API server. It returns nil if there is none.
func read(t *testing.T, manifest string) *unstructured.Unstructured {
	t.Helper()
	if manifest == "" {
		return nil
	}
	raw, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	u := &unstructured.Unstructured{}
	if err := json.Unmarshal(raw, &u.Object); err != nil {
		t.Fatal(err)
	}
	return u
}

// vpc returns a VPC with additional fields in YAML.
func vpc(more string) string {
	return "{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: shop-vpc}, spec: {forProvider: {" + more + "}}}"
}

func TestOf(t *testing.T) {
	cases := map[string]struct {
		reason              string
		before, after, base string
		want                []Entry
	}{
		"Created": {
			reason: "What the cluster does not hold is made.",
			after:  vpc(""),
			want:   []Entry{{Action: Create, Kind: "ec2/VPC", Name: "shop-vpc"}},
		},
		"Unchanged": {
			reason: "What the provider shows and fills in is no change.",
			before: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: shop-vpc, uid: x, labels: {more: x}, annotations: {crossplane.io/external-name: vpc-1}},
				spec: {deletionPolicy: Delete, managementPolicies: ["*"], forProvider: {region: eu-west-1, instanceTenancy: default, number: 1}}, status: {atProvider: {id: vpc-1}}}`,
			after: vpc("region: eu-west-1, number: 1.0"),
		},
		"Changed": {
			reason: "Fields that change are told, below spec.forProvider by their own name.",
			before: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: shop-vpc, annotations: {crossplane.io/external-name: vpc-1}},
				spec: {forProvider: {enableDnsSupport: true, tags: {team: a, a.b/c: x}, number: 1}}}`,
			after: `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: shop-vpc, labels: {tier: network}},
				spec: {providerConfigRef: {name: other}, forProvider: {enableDnsSupport: false, tags: {team: b, a.b/c: z}, number: none}}}`,
			want: []Entry{{Action: Change, Kind: "ec2/VPC", Name: "shop-vpc", External: "vpc-1", Fields: []Field{
				{Path: "enableDnsSupport", Before: true, After: false},
				{Path: "metadata.labels.tier", After: "network"},
				{Path: "number", Before: int64(1), After: "none"},
				{Path: "spec.providerConfigRef", After: map[string]any{"name": "other"}},
				{Path: `tags["a.b/c"]`, Before: "x", After: "z"},
				{Path: "tags.team", Before: "a", After: "b"},
			}}},
		},
		"TakenAway": {
			reason: "A field is taken away if the function said it before; others are the provider's.",
			before: vpc("region: eu-west-1, ipv6CidrBlock: x, tags: {team: a, crossplane-name: x}, gone: {said: 1, seen: 2}"),
			after:  vpc("region: eu-west-1, tags: {}"),
			base:   vpc("ipv6CidrBlock: x, tags: {team: a}, gone: {said: 1}"),
			want: []Entry{{Action: Change, Kind: "ec2/VPC", Name: "shop-vpc", Fields: []Field{
				{Path: "gone.said", Before: int64(1)},
				{Path: "ipv6CidrBlock", Before: "x"},
				{Path: "tags.team", Before: "a"},
			}}},
		},
		"Policy": {
			reason: "A policy is the same however it is written, and of another one what differs is told.",
			before: `{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicy, metadata: {name: policy}, spec: {forProvider: {
				policy: '{"Version": "2012-10-17", "Statement": [{"Action": "a", "Sid": "A"}, {"Sid": "C"}]}', same: '{"a": 1}', list: '[1]', text: '1'}}}`,
			after: `{apiVersion: iam.aws.upbound.io/v1beta1, kind: RolePolicy, metadata: {name: policy}, spec: {forProvider: {
				policy: '{"Statement":[{"Sid":"A","Action":"b"},{"Sid":"C"}],"Version":"2012-10-17"}', same: '{"a":1.0}', list: '[1,2]', text: '2'}}}`,
			want: []Entry{{Action: Change, Kind: "iam/RolePolicy", Name: "policy", Fields: []Field{
				{Path: "list[1]", After: 2.0},
				{Path: "policy.Statement[0].Action", Before: "a", After: "b"},
				{Path: "text", Before: "1", After: "2"},
			}}},
		},
		"Lists": {
			reason: "Of a list that grows or shrinks only the items count that came or went, wherever they stand.",
			before: vpc("grows: [a, c], shrinks: [{x: 1, seen: 1}, {x: 2}, {x: 3}], gone: [a], items: [{was: 1, seen: 2}]"),
			after:  vpc("grows: [a, b, c], shrinks: [{x: 1}, {x: 3}], gone: [], items: [{is: 1}]"),
			base:   vpc("items: [{was: 1}, {}]"),
			want: []Entry{{Action: Change, Kind: "ec2/VPC", Name: "shop-vpc", Fields: []Field{
				{Path: "gone[0]", Before: "a"},
				{Path: "grows[1]", After: "b"},
				{Path: "items[0].is", After: int64(1)},
				{Path: "items[0].was", Before: int64(1)},
				{Path: "shrinks[1]", Before: map[string]any{"x": int64(2)}},
			}}},
		},
		"Refused": {
			reason: "What AWS cannot change is refused, with the field that it is about.",
			before: vpc("cidrBlock: 10.0.0.0/16"),
			after:  vpc("cidrBlock: 10.1.0.0/16"),
			want: []Entry{{
				Action: Refuse, Kind: "ec2/VPC", Name: "shop-vpc",
				Fields:  []Field{{Path: "cidrBlock", Before: "10.0.0.0/16", After: "10.1.0.0/16"}},
				Refused: []string{"cidrBlock: cannot change 10.0.0.0/16 to 10.1.0.0/16"},
			}},
		},
		"AnotherObject": {
			reason: "What turns into an object of another kind or name is deleted and made.",
			before: vpc(""),
			after:  `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Subnet, metadata: {name: shop-subnet}}`,
			want: []Entry{
				{Action: Delete, Kind: "ec2/VPC", Name: "shop-vpc", Fate: "deleted in AWS"},
				{Action: Create, Kind: "ec2/Subnet", Name: "shop-subnet"},
			},
		},
		"AnotherVersion": {
			reason: "Another version of a kind is the same object.",
			before: `{apiVersion: ec2.aws.upbound.io/v1beta2, kind: VPC, metadata: {name: shop-vpc}, spec: {}}`,
			after:  `{apiVersion: ec2.aws.upbound.io/v1beta1, kind: VPC, metadata: {name: shop-vpc}, spec: {}}`,
		},
		"Renamed": {
			reason: "Another name in AWS is another resource there, and the old one is left alone.",
			before: `{apiVersion: s3.aws.upbound.io/v1beta1, kind: Bucket, metadata: {name: assets, annotations: {crossplane.io/external-name: a}}}`,
			after:  `{apiVersion: s3.aws.upbound.io/v1beta1, kind: Bucket, metadata: {name: assets, annotations: {crossplane.io/external-name: b}}}`,
			want: []Entry{
				{Action: Delete, Kind: "s3/Bucket", Name: "assets", External: "a", Fate: "stays in AWS, no longer managed"},
				{Action: Create, Kind: "s3/Bucket", Name: "assets", External: "b"},
			},
		},
		"Secret": {
			reason: "The values of a Secret are nobody's to read.",
			before: `{apiVersion: v1, kind: Secret, metadata: {name: connection}, data: {a: YQ==}}`,
			after:  `{apiVersion: v1, kind: Secret, metadata: {name: connection}, data: {a: Yg==}}`,
			want:   []Entry{{Action: Change, Kind: "Secret", Name: "connection", Fields: []Field{{Path: "data.a", Before: hidden, After: hidden}}}},
		},
		"DeletionPolicy": {
			reason: "What is said about deletion counts by what the API server makes of nothing.",
			before: `{apiVersion: s3.aws.m.upbound.io/v1beta1, kind: Bucket, metadata: {name: assets}, spec: {deletionPolicy: Orphan, managementPolicies: [Observe], forProvider: {}}}`,
			after:  `{apiVersion: s3.aws.m.upbound.io/v1beta1, kind: Bucket, metadata: {name: assets}, spec: {forProvider: {}}}`,
			want: []Entry{{Action: Change, Kind: "s3/Bucket", Name: "assets", Fields: []Field{
				{Path: "spec.deletionPolicy", Before: "Orphan", After: "Delete"},
				{Path: "spec.managementPolicies[0]", Before: "Observe", After: "*"},
			}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := Of([]Resource{{Before: read(t, tc.before), After: read(t, tc.after), Base: read(t, tc.base)}})
			want := Plan{Entries: append([]Entry{}, tc.want...)}
			if len(tc.want) == 0 {
				want.Unchanged = 1
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\nOf(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestDeletions(t *testing.T) {
	cases := map[string]struct {
		reason string
		kind   string
		spec   string
		want   Entry
	}{
		"Orphaned": {
			reason: "What is orphaned stays.",
			kind:   "rds/Instance", spec: "{deletionPolicy: Orphan}",
			want: Entry{Fate: "stays in AWS"},
		},
		"NotToDelete": {
			reason: "What Crossplane may not delete stays.",
			kind:   "s3/Bucket", spec: "{managementPolicies: [Observe, Create, Update]}",
			want: Entry{Fate: "stays in AWS"},
		},
		"ToDelete": {
			reason: "Policies that name deletion delete.",
			kind:   "ec2/VPC", spec: "{managementPolicies: [Observe, Delete]}",
			want: Entry{Fate: "deleted in AWS"},
		},
		"Skipped": {
			reason: "What the provider only forgets stays.",
			kind:   "cloudwatchlogs/Group", spec: "{forProvider: {skipDestroy: true}}",
			want: Entry{Fate: "stays in AWS"},
		},
		"LogGroup": {
			reason: "Log lines are data.",
			kind:   "cloudwatchlogs/Group", spec: "{}",
			want: Entry{Fate: "deleted in AWS", Destroyed: "its log lines"},
		},
		"ProtectedDatabase": {
			reason: "A protected database is refused before anything else.",
			kind:   "rds/Instance", spec: "{forProvider: {deletionProtection: true}}",
			want: Entry{Fate: "deleted in AWS after deletionProtection is disabled; until then, AWS rejects the deletion", Destroyed: "its databases"},
		},
		"DatabaseWithSnapshot": {
			reason: "What is left of a database is its last snapshot.",
			kind:   "rds/Instance", spec: "{forProvider: {finalSnapshotIdentifier: shop-final}}",
			want: Entry{Fate: "deleted in AWS after a final snapshot named shop-final", Destroyed: "its databases"},
		},
		"DatabaseWithoutSnapshot": {
			reason: "Without a snapshot nothing is left.",
			kind:   "rds/Instance", spec: "{forProvider: {skipFinalSnapshot: true}}",
			want: Entry{Fate: "deleted in AWS without a final snapshot", Destroyed: "its databases"},
		},
		"Cluster": {
			reason: "A cluster holds databases too, and leaves a snapshot.",
			kind:   "rds/Cluster", spec: "{forProvider: {skipFinalSnapshot: false, finalSnapshotIdentifier: shop-db-final}}",
			want: Entry{Fate: "deleted in AWS after a final snapshot named shop-db-final", Destroyed: "its databases"},
		},
		"Cache": {
			reason: "A cache of nodes leaves a snapshot where it is to.",
			kind:   "elasticache/ReplicationGroup", spec: "{forProvider: {finalSnapshotIdentifier: shop-cache-final}}",
			want: Entry{Fate: "deleted in AWS after a final snapshot named shop-cache-final", Destroyed: "its data in memory"},
		},
		"CacheWithoutSnapshot": {
			reason: "Else nothing is left.",
			kind:   "elasticache/ReplicationGroup", spec: "{forProvider: {}}",
			want: Entry{Fate: "deleted in AWS without a final snapshot", Destroyed: "its data in memory"},
		},
		"ClusterInstance": {
			reason: "What serves a cluster holds nothing.",
			kind:   "rds/ClusterInstance", spec: "{forProvider: {}}",
			want: Entry{Fate: "deleted in AWS"},
		},
		"Bucket": {
			reason: "S3 deletes empty buckets only.",
			kind:   "s3/Bucket", spec: "{}",
			want: Entry{Fate: "deleted in AWS if it is empty; otherwise, AWS rejects the deletion", Destroyed: "all versions of its files"},
		},
		"EmptiedBucket": {
			reason: "The provider empties a bucket if it is told to.",
			kind:   "s3/Bucket", spec: "{forProvider: {forceDestroy: true}}",
			want: Entry{Fate: "deleted in AWS with all its content", Destroyed: "all versions of its files"},
		},
		"Key": {
			reason: "A key goes after its window, which is 30 days if nobody says otherwise.",
			kind:   "kms/Key", spec: "{}",
			want: Entry{Fate: "deleted in AWS after 30 days; can be restored until then", Destroyed: "all data that it encrypts"},
		},
		"Secret": {
			reason: "A secret goes after its window.",
			kind:   "secretsmanager/Secret", spec: "{forProvider: {recoveryWindowInDays: 7}}",
			want: Entry{Fate: "deleted in AWS after 7 days; can be restored until then", Destroyed: "its value"},
		},
		"SecretAtOnce": {
			reason: "A window of no days is none.",
			kind:   "secretsmanager/Secret", spec: "{forProvider: {recoveryWindowInDays: 0}}",
			want: Entry{Fate: "deleted in AWS immediately", Destroyed: "its value"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			service, kind, _ := strings.Cut(tc.kind, "/")
			before := read(t, "{apiVersion: "+service+".aws.upbound.io/v1beta1, kind: "+kind+", metadata: {name: thing}, spec: "+tc.spec+"}")
			got := Of([]Resource{{Resource: "thing", Before: before}})
			want := tc.want
			want.Action, want.Resource, want.Kind, want.Name = Delete, "thing", tc.kind, "thing"
			if diff := cmp.Diff([]Entry{want}, got.Entries); diff != "" {
				t.Errorf("\n%s\nentries: -want, +got:\n%s", tc.reason, diff)
			}
			if lost := len(got.Destroyed()); (lost > 0) != (want.Destroyed != "") {
				t.Errorf("\n%s\nentries that destroy data: got %d", tc.reason, lost)
			}
		})
	}
}

// TestDeletionOutsideAWS verifies that the deletion of objects outside AWS has no
// effect in AWS.
func TestDeletionOutsideAWS(t *testing.T) {
	before := read(t, "{apiVersion: protection.crossplane.io/v1beta1, kind: Usage, metadata: {name: thing}, spec: {}}")
	got := Of([]Resource{{Resource: "thing", Before: before}})
	for _, e := range got.Entries {
		if e.Fate != "" || e.Destroyed != "" {
			t.Errorf("\nA usage is no resource of AWS.\nwant no fate, got %q, %q", e.Fate, e.Destroyed)
		}
	}
	if diff := cmp.Diff(1, len(got.Entries)); diff != "" {
		t.Errorf("\nIt is deleted all the same.\nentries: -want, +got:\n%s", diff)
	}
}

// TestNothingChanges verifies that a value has no differences from itself, even if
// the provider has added fields.
func TestNothingChanges(t *testing.T) {
	values := rapid.Custom(func(t *rapid.T) any { return value(t, 3) })
	rapid.Check(t, func(t *rapid.T) {
		v := values.Draw(t, "value")
		u := &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "ec2.aws.upbound.io/v1beta1", "kind": "VPC", "metadata": map[string]any{"name": "vpc"},
			"spec": map[string]any{"forProvider": map[string]any{"value": v}},
		}}
		seen := u.DeepCopy()
		_ = unstructured.SetNestedField(seen.Object, "default", "spec", "forProvider", "other")
		if got := Of([]Resource{{Before: seen, After: u, Base: u}}); got.Unchanged != 1 {
			t.Errorf("%v changes into itself: %v", v, got.Entries)
		}
	})
}

// value generates a value.
func value(t *rapid.T, depth int) any {
	switch kinds := rapid.IntRange(0, 5).Draw(t, "kind"); {
	case kinds == 0 && depth > 0:
		out := map[string]any{}
		for _, name := range rapid.SliceOfNDistinct(rapid.StringMatching(`[a-c.]{1,2}`), 0, 3, rapid.ID).Draw(t, "names") {
			out[name] = value(t, depth-1)
		}
		return out
	case kinds == 1 && depth > 0:
		out := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "length") {
			out = append(out, value(t, depth-1))
		}
		return out
	case kinds == 2:
		return rapid.Int64().Draw(t, "number")
	case kinds == 3:
		return rapid.SampledFrom([]string{`{"a":[1]}`, `[]`, "text", "1", "{"}).Draw(t, "text")
	default:
		return rapid.Bool().Draw(t, "truth")
	}
}

// refuse is a writer that always fails.
type refuse struct{}

var errRefused = errors.New("disk full")

func (refuse) Write([]byte) (int, error) { return 0, errRefused }

func TestPrint(t *testing.T) {
	p := Of([]Resource{
		{Resource: "vpc", Before: read(t, vpc("cidrBlock: 10.0.0.0/16")), After: read(t, vpc("cidrBlock: 10.1.0.0/16"))},
		{Resource: "bucket", Before: read(t, "{apiVersion: s3.aws.upbound.io/v1beta1, kind: Bucket, metadata: {name: assets}}")},
		{Resource: "subnet", After: read(t, "{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Subnet, metadata: {name: shop-subnet}}")},
		{Resource: "other", Before: read(t, vpc("text: a<b")), After: read(t, vpc("text: "+strings.Repeat("ä", 170)+", more: [1]"))},
		{Resource: "same", Before: read(t, vpc("")), After: read(t, vpc(""))},
	})
	var b strings.Builder
	if err := p.Print(&b); err != nil {
		t.Fatal(err)
	}
	want := `- s3/Bucket bucket (assets): deleted in AWS if it is empty; otherwise, AWS rejects the deletion; data lost: all versions of its files
~ ec2/VPC other (shop-vpc)
    more: (none) -> [1]
    text: "a<b" -> "` + strings.Repeat("ä", 159) + `…
+ ec2/Subnet subnet (shop-subnet)
-/+ ec2/VPC vpc (shop-vpc)
    rejected by AWS: cidrBlock: cannot change 10.0.0.0/16 to 10.1.0.0/16
    cidrBlock: "10.0.0.0/16" -> "10.1.0.0/16"
1 to create, 1 to change, 1 with changes that AWS rejects, 1 to delete, 1 unchanged.
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Print(...): -want, +got:\n%s", diff)
	}
	if err := p.Print(refuse{}); !errors.Is(err, errRefused) {
		t.Errorf("Print(...) to a full disk: want %v, got %v", errRefused, err)
	}
}
