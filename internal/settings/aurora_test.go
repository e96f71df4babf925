package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
)

// auroraSpec returns a claim for an Aurora cluster with additional fields of the
// claim and of the database.
func auroraSpec(claim, database string) string {
	return `{"region":"eu-west-1"` + claim + `,"database":{"engine":"aurora-postgresql"` + database + `}}`
}

func TestAurora(t *testing.T) {
	db := "shop-" + naming.Hash("1") + "-db"
	number := func(n, tier int, zone string) ClusterInstance {
		return ClusterInstance{Number: n, Resource: composed.DatabaseInstance(n), Identifier: db + "-" + string(rune('0'+n)), Zone: "eu-west-1" + zone, Tier: tier}
	}
	type want struct {
		aurora *Aurora
		err    string
	}
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"Production": {
			reason: "Production has a standby in another zone, which grows with the writer.",
			spec:   auroraSpec("", ""),
			want:   want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Min: 0.5, Max: 2}, Instances: []ClusterInstance{number(1, 0, "a"), number(2, 1, "b")}}},
		},
		"Development": {
			reason: "One instance is enough to play with.",
			spec:   auroraSpec(`,"environment":"development","size":"medium"`, ""),
			want:   want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Min: 0.5, Max: 4}, Instances: []ClusterInstance{number(1, 0, "a")}}},
		},
		"ReadersAreStandbys": {
			reason: "Two readers need no third one to stand by; a third zone is used too.",
			spec:   auroraSpec(`,"size":"large","network":{"availabilityZones":3}`, `,"aurora":{"readers":3}`),
			want: want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Min: 2, Max: 16}, Instances: []ClusterInstance{
				number(1, 0, "a"), number(2, 1, "b"), number(3, 2, "c"), number(4, 3, "a"),
			}}},
		},
		"ReadersOnly": {
			reason: "Outside of production no reader has to grow with the writer.",
			spec:   auroraSpec(`,"environment":"staging","size":"xlarge"`, `,"aurora":{"readers":1}`),
			want:   want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Min: 4, Max: 32}, Instances: []ClusterInstance{number(1, 0, "a"), number(2, 2, "b")}}},
		},
		"ByHand": {
			reason: "The claim's words count.",
			spec:   auroraSpec(`,"environment":"staging"`, `,"aurora":{"serverless":{"minCapacity":0,"maxCapacity":"8.5","secondsUntilAutoPause":600}}`),
			want:   want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Max: 8.5, PauseSeconds: 600}, Instances: []ClusterInstance{number(1, 0, "a")}}},
		},
		"InstancesStay": {
			reason: "An instance keeps its name and zone, whatever zones come to the stack.",
			spec:   auroraSpec(`,"environment":"staging","network":{"availabilityZones":3}`, `,"aurora":{"readers":2}`),
			observed: map[string]string{
				composed.DatabaseInstance(3): `{"metadata":{"annotations":{"crossplane.io/external-name":"older"}},"spec":{"forProvider":{"availabilityZone":"eu-west-1b"}}}`,
			},
			want: want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Min: 0.5, Max: 2}, Instances: []ClusterInstance{
				number(1, 0, "a"), number(2, 2, "b"), {Number: 3, Resource: composed.DatabaseInstance(3), Identifier: "older", Zone: "eu-west-1b", Tier: 3},
			}}},
		},
		"ZoneOfOthers": {
			reason: "Aurora knows the zones of a network that exists, and chooses.",
			spec: auroraSpec(`,"environment":"staging","network":{"existing":{"vpcId":"vpc-0a1b2c3d","databaseSubnetIds":["subnet-00000001","subnet-00000002"],
				"privateSubnetIds":["subnet-00000003","subnet-00000004"]}}`, ""),
			want: want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Min: 0.5, Max: 2}, Instances: []ClusterInstance{{Number: 1, Resource: composed.DatabaseInstance(1), Identifier: db + "-1"}}}},
		},
		"LeastAboveTheSizesMost": {
			reason: "A size's most does not grow with the least by itself, as it limits the cost.",
			spec:   auroraSpec("", `,"aurora":{"serverless":{"minCapacity":4}}`),
			want:   want{err: `spec.database.aurora.serverless.minCapacity: 4 is not valid: must not exceed maxCapacity (2)`},
		},
		"TooOldToPause": {
			reason: "Older versions take no zero.",
			spec:   auroraSpec("", `,"version":"16.2","aurora":{"serverless":{"minCapacity":0}}`),
			want:   want{err: `spec.database.aurora.serverless.minCapacity: 0 is not valid: version 16.2 does not support pausing: set minCapacity to 0.5 or more, or use version 16.3 or later`},
		},
		"TooOldToGrow": {
			reason: "Older versions grow half as far.",
			spec:   auroraSpec("", `,"version":"15.4","aurora":{"serverless":{"maxCapacity":"128.5"}}`),
			want:   want{err: `spec.database.aurora.serverless.maxCapacity: 128.5 is not valid: version 15.4 supports at most 128 capacity units: use version 15.5 or later`},
		},
		"NewEnough": {
			reason: "What RDS keeps at the newest minor version can do both.",
			spec:   auroraSpec(`,"environment":"staging"`, `,"version":"16","aurora":{"serverless":{"minCapacity":0,"maxCapacity":256}}`),
			want:   want{aurora: &Aurora{Serverless: true, Capacity: Capacity{Max: 256}, Instances: []ClusterInstance{number(1, 0, "a")}}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := want{}
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				got.err = err.Error()
			} else {
				got.aurora = s.Database.Aurora
			}
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestEngine(t *testing.T) {
	const postgres, aurora = `{"region":"eu-west-1"}`, `{"region":"eu-west-1","database":{"engine":"aurora-postgresql"}}`
	stays := func(asked, kept string) []string {
		return []string{`spec.database.engine: the change to "` + asked + `" is not supported; the stack keeps "` + kept + `"`}
	}
	there := `{"spec":{}}`
	type want struct {
		Engine           v1alpha1.DatabaseEngine
		Resource, Family string
		Name, Username   string
		Pinned           []string
	}
	ofPostgres := want{Engine: "postgres", Resource: composed.Database, Family: "postgres15", Name: "ecommerce", Username: "ecommerce_owner"}
	ofAurora := want{Engine: "aurora-postgresql", Resource: composed.DatabaseCluster, Family: "aurora-postgresql15", Name: "ecommerce", Username: "ecommerce_owner"}
	pinned := func(w want, p []string) want { w.Pinned = p; return w }
	cases := map[string]struct {
		reason   string
		spec     string
		observed map[string]string
		want     want
	}{
		"Postgres":       {reason: "An instance of RDS is the default.", spec: postgres, want: ofPostgres},
		"Aurora":         {reason: "A cluster has parameters of its own family.", spec: aurora, want: ofAurora},
		"PostgresStays":  {reason: "Data does not move to a cluster by an edit.", spec: aurora, observed: map[string]string{composed.Database: there}, want: pinned(ofPostgres, stays("aurora-postgresql", "postgres"))},
		"AuroraStays":    {reason: "Nor to an instance.", spec: postgres, observed: map[string]string{composed.DatabaseCluster: there}, want: pinned(ofAurora, stays("postgres", "aurora-postgresql"))},
		"GroupTells":     {reason: "Even where an observation of the cluster is missing.", spec: postgres, observed: map[string]string{composed.DatabaseClusterGroup: there}, want: pinned(ofAurora, stays("postgres", "aurora-postgresql"))},
		"InstanceTells":  {reason: "As long as anything of it shows.", spec: postgres, observed: map[string]string{composed.DatabaseInstance(1): there}, want: pinned(ofAurora, stays("postgres", "aurora-postgresql"))},
		"ParameterTells": {reason: "So it is with an instance of RDS.", spec: aurora, observed: map[string]string{composed.DatabaseParameterGroup: there}, want: pinned(ofPostgres, stays("aurora-postgresql", "postgres"))},
		"NamesStay": {
			reason: "What a cluster is called it stays.", spec: aurora,
			observed: map[string]string{composed.DatabaseCluster: `{"spec":{"forProvider":{"databaseName":"orders","masterUsername":"owner"}}}`},
			want:     want{Engine: "aurora-postgresql", Resource: composed.DatabaseCluster, Family: "aurora-postgresql15", Name: "orders", Username: "owner"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				t.Fatal(err)
			}
			d := s.Database
			got := want{Engine: d.Engine.Name, Resource: d.Resource, Family: d.Group.Family, Name: d.Name, Username: d.Username, Pinned: s.Pinned}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestAuroraThresholds(t *testing.T) {
	cases := map[string]struct {
		reason string
		spec   string
		want   Thresholds
	}{
		"Small": {
			reason: "Memory and connections follow from the most capacity; storage grows by itself.",
			spec:   auroraSpec("", ""),
			want:   Thresholds{FreeMemory: 214748364, Connections: 270, BlockedRequests: 1000},
		},
		"FewConnections": {
			reason: "One that may shrink to next to nothing takes 2000 at most, however far it grows.",
			spec:   auroraSpec("", `,"aurora":{"serverless":{"minCapacity":"500m","maxCapacity":64}}`),
			want:   Thresholds{FreeMemory: 6871947673, Connections: 1200, BlockedRequests: 1000},
		},
		"ManyConnections": {
			reason: "Others take 5000.",
			spec:   auroraSpec("", `,"aurora":{"serverless":{"minCapacity":1,"maxCapacity":64}}`),
			want:   Thresholds{FreeMemory: 6871947673, Connections: 3000, BlockedRequests: 1000},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, tc.spec, &inputv1alpha1.Input{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.Alarms.Thresholds); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
