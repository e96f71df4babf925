package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/composed"
)

func TestRestore(t *testing.T) {
	const (
		bySnapshot = `{"restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"shop"}}}`
		byTime     = `{"restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db","time":"2026-01-31T10:15:00Z"}}}`
		byLatest   = `{"restoreFrom":{"type":"PointInTime","pointInTime":{"sourceIdentifier":"shop-db"}}}`
	)
	snapshot := &v1alpha1.DatabaseRestore{Type: v1alpha1.DatabaseRestoreSnapshot, Snapshot: &v1alpha1.DatabaseSnapshot{Identifier: "shop"}}
	latest := &v1alpha1.DatabaseRestore{Type: v1alpha1.DatabaseRestorePointInTime, PointInTime: &v1alpha1.DatabasePointInTime{SourceIdentifier: "shop-db"}}
	at := &v1alpha1.DatabaseRestore{Type: v1alpha1.DatabaseRestorePointInTime, PointInTime: &v1alpha1.DatabasePointInTime{SourceIdentifier: "shop-db", Time: "2026-01-31T10:15:00Z"}}
	pinned := func(asked, kept string) []string {
		return []string{`spec.database.restoreFrom: the change to "` + asked + `" is not supported; the stack keeps "` + kept + `"`}
	}
	cases := map[string]struct {
		reason   string
		database string
		observed string
		want     *v1alpha1.DatabaseRestore
		name     string
		pinned   []string
	}{
		"Empty":    {reason: "A new database is empty.", database: `{}`, name: "ecommerce"},
		"Snapshot": {reason: "Or made from what the claim says, whose name nobody knows yet.", database: bySnapshot, want: snapshot},
		"Restored": {
			reason: "Then it has the name that it had.", database: bySnapshot,
			observed: `{"spec":{"forProvider":{"snapshotIdentifier":"shop"}},"status":{"atProvider":{"dbName":"orders"}}}`, want: snapshot, name: "orders",
		},
		"Nameless": {
			reason: "RDS makes a database that is called so in every instance.", database: byTime,
			observed: `{"spec":{"forProvider":{"restoreToPointInTime":{"sourceDbInstanceIdentifier":"shop-db","restoreTime":"2026-01-31T10:15:00Z"}}},"status":{"conditions":[{"type":"Ready","status":"True"}]}}`,
			want:     at, name: "postgres",
		},
		"Added": {
			reason: "A database that exists is not overwritten.", database: bySnapshot,
			observed: `{"spec":{"forProvider":{"dbName":"shop"}}}`, name: "shop", pinned: pinned("snapshot shop", "nothing"),
		},
		"Removed": {
			reason: "What it was made from stays true.", database: `{}`,
			observed: `{"spec":{"forProvider":{"restoreToPointInTime":{"sourceDbInstanceIdentifier":"shop-db","useLatestRestorableTime":true}}}}`, want: latest, pinned: pinned("nothing", "shop-db at the latest restorable time"),
		},
		"Changed": {
			reason: "Nor can it be made from something else.", database: byLatest,
			observed: `{"spec":{"forProvider":{"restoreToPointInTime":{"sourceDbInstanceIdentifier":"shop-db","restoreTime":"2026-01-31T10:15:00Z"}}}}`, want: at,
			pinned: pinned("shop-db at the latest restorable time", "shop-db at 2026-01-31T10:15:00Z"),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := map[string]string{}
			if tc.observed != "" {
				observed[composed.Database] = tc.observed
			}
			s, err := decided(t, `{"region":"eu-west-1","database":`+tc.database+`}`, &inputv1alpha1.Input{}, observed)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.Database.RestoreFrom); diff != "" {
				t.Errorf("\n%s\nRestoreFrom: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.name, s.Database.Name); diff != "" {
				t.Errorf("\n%s\nName: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.pinned, s.Pinned); diff != "" {
				t.Errorf("\n%s\nPinned: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestRestoreFromClusters(t *testing.T) {
	const shared = "arn:aws:rds:eu-west-1:210987654321:cluster-snapshot:shop"
	cases := map[string]struct {
		reason string
		engine string
		want   string
	}{
		"Cluster":  {reason: "A cluster is made from a snapshot of one, of another account too.", engine: "aurora-mysql"},
		"Instance": {reason: "RDS makes no instance of one.", engine: "mysql", want: `spec.database.restoreFrom.snapshot.identifier: is a cluster snapshot, but MySQL requires an instance snapshot: use an instance snapshot, or set database.engine to an Aurora engine`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decided(t, `{"region":"eu-west-1","database":{"engine":"`+tc.engine+`","restoreFrom":{"type":"Snapshot","snapshot":{"identifier":"`+shared+`"}}}}`, &inputv1alpha1.Input{}, nil)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
