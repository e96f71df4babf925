package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/naming"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/role"
)

func TestReplicas(t *testing.T) {
	db := "shop-" + naming.Hash("1") + "-db"
	replica := func(number int, identifier, version, major string) Replica {
		return Replica{Number: number, Role: role.DatabaseReplica(number), Identifier: identifier, Version: version, Group: parameterGroup(major)}
	}
	group15, group16 := parameterGroup("15"), parameterGroup("16")
	cases := map[string]struct {
		reason   string
		database string
		observed map[string]string
		want     []Replica
		groups   []ParameterGroup
	}{
		"None": {reason: "Nobody gets one unasked.", database: `{}`, want: []Replica{}, groups: []ParameterGroup{group15}},
		"Two": {
			reason: "They are named after the database, and run what it runs.", database: `{"readReplicas":2,"version":"15.4"}`,
			want: []Replica{replica(1, db+"-replica-1", "15.4", "15"), replica(2, db+"-replica-2", "15.4", "15")}, groups: []ParameterGroup{group15},
		},
		"NameStays": {
			reason: "What was observed wins.", database: `{"readReplicas":1}`,
			observed: map[string]string{role.DatabaseReplica(1): `{"spec":{"forProvider":{"identifier":"older-reads"}}}`},
			want:     []Replica{replica(1, "older-reads", "15", "15")}, groups: []ParameterGroup{group15},
		},
		"Upgrade": {
			reason: "RDS upgrades replicas with the database; until then each has the settings of what it runs, and a new one those of the database.", database: `{"readReplicas":3,"version":"16","allowMajorVersionUpgrade":true}`,
			observed: map[string]string{
				role.Database: instance("16", "15.12"), role.DatabaseReplica(1): instance("15", "15.12"), role.DatabaseReplica(2): instance("15", "16.3"), group15.Role: `{"spec":{}}`, group16.Role: `{"spec":{}}`,
			},
			want:   []Replica{replica(1, db+"-replica-1", "15", "15"), replica(2, db+"-replica-2", "16", "16"), replica(3, db+"-replica-3", "15", "15")},
			groups: []ParameterGroup{group15, group16},
		},
		"Straggler": {
			reason: "The old settings stay as long as any replica runs with them, also one that is to go.", database: `{"version":"16","allowMajorVersionUpgrade":true}`,
			observed: map[string]string{role.Database: instance("16", "16.3"), role.DatabaseReplica(5): instance("15", "15.12"), group15.Role: `{"spec":{}}`},
			want:     []Replica{}, groups: []ParameterGroup{group15, group16},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, err := decided(t, `{"region":"eu-west-1","database":`+tc.database+`}`, &inputv1alpha1.Input{}, tc.observed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.Database.Replicas); diff != "" {
				t.Errorf("\n%s\nReplicas: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.groups, s.Database.Groups); diff != "" {
				t.Errorf("\n%s\nGroups: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
