//go:build e2e

package e2e

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Resources that are kept on deletion, by name (docs/deletion.md).
var (
	data = regexp.MustCompile(`^((assets|access-logs|cdn-logs|audit)-bucket(-.+)?|backup-(copy-)?vault(-lock)?|backup-copy-key(-alias)?|(data|logs|secrets|edge|audit)-key(-alias)?|app-secret(-policy)?)$`)
	// databaseAndGround matches the database and all resources that it depends on.
	databaseAndGround = regexp.MustCompile(`^(database|database-(subnet-group|parameter-group|security-group|secret-rotation|monitoring-role(-policy)?|log-group-.+|subnet-\d)|vpc)$`)
)

// deletions deletes stacks with each policy concurrently: one with a protected
// database, and one that is still being created. A complete stack with Retain, the
// default, and an edited one with Delete already exist.
func deletions(t *testing.T, c *controlPlane, retained, deleted *stack) {
	snapshot := c.apply(t, "team-d", "snapshot", lean(map[string]any{"deletionPolicy": "Snapshot", "database": map[string]any{
		"proxy": map[string]any{}, "backupPlan": map[string]any{"copyRegion": "eu-central-1", "locked": true},
	}}))
	cluster := c.apply(t, "team-d", "cluster", lean(map[string]any{"deletionPolicy": "Snapshot", "database": map[string]any{
		"engine": "aurora-postgresql", "aurora": map[string]any{"readers": int64(2)}, "proxy": map[string]any{}, "backupPlan": map[string]any{},
	}}))
	protected := c.apply(t, "team-d", "protected", lean(map[string]any{"deletionPolicy": "Delete", "database": map[string]any{"deletionProtection": true}}))
	cases := []struct {
		policy    string
		stack     *stack
		stays     []*regexp.Regexp
		snapshots int
	}{
		{policy: "Retain", stack: retained, stays: []*regexp.Regexp{data, databaseAndGround}},
		{policy: "Delete", stack: deleted},
		{policy: "Snapshot", stack: snapshot, stays: []*regexp.Regexp{data}, snapshots: 1},
		{policy: "Snapshot of a cluster", stack: cluster, stays: []*regexp.Regexp{data}, snapshots: 1},
	}
	want := map[string][]string{}
	for _, tc := range cases {
		tc.stack.awaitReady(t)
		whole(t, tc.stack)
		want[tc.policy] = staying(tc.stack.resources(t), tc.stays...)
	}
	protected.awaitReady(t)
	begin := time.Now()
	for _, s := range []*stack{retained, deleted, snapshot, cluster, protected} {
		s.startDelete(t)
	}
	for _, tc := range cases {
		t.Run(tc.policy, func(t *testing.T) {
			tc.stack.awaitDeleted(t)
			t.Logf("deleted in %.1f s, %d resources stay", time.Since(begin).Seconds(), len(want[tc.policy]))
			left(t, tc.stack, want[tc.policy])
			if taken := len(c.provider.aws.snapshots(tc.stack.compositeName)); taken != tc.snapshots {
				t.Errorf("final snapshots taken: %d, want %d", taken, tc.snapshots)
			}
		})
	}
	t.Run("Protected", func(t *testing.T) { deletionOfProtected(t, protected) })
	t.Run("Restored", func(t *testing.T) { restored(t, c, snapshot) })
	t.Run("Adopted", func(t *testing.T) { adopted(t, c, retained) })
	t.Run("Midway", func(t *testing.T) {
		s := c.apply(t, "team-d", "midway", lean(map[string]any{"environment": "development"}))
		midway(t, s)
		t.Logf("deleted in %.1f s", s.delete(t).Seconds())
		left(t, s, nil)
	})
}

// staying returns the names of the resources that match one of the patterns,
// sorted. Kept buckets no longer replicate.
func staying(resources []*unstructured.Unstructured, stays ...*regexp.Regexp) []string {
	var out []string
	for _, u := range resources {
		resourceName := nameOf(u)
		if !strings.HasSuffix(resourceName, "-replication") && slices.ContainsFunc(stays, func(r *regexp.Regexp) bool { return r.MatchString(resourceName) }) {
			out = append(out, resourceName)
		}
	}
	slices.Sort(out)
	return out
}

// restored creates a stack from the remaining data of another one. It has its own
// name, and its backup vaults are deleted with it.
func restored(t *testing.T, c *controlPlane, gone *stack) {
	taken := c.provider.aws.snapshots(gone.compositeName)
	if len(taken) != 1 {
		t.Fatalf("there is not one snapshot to restore but %v", taken)
	}
	kept := c.provider.aws.has(gone.compositeName)
	s := c.apply(t, "team-d", "restored", lean(map[string]any{"deletionPolicy": "Delete", "database": map[string]any{
		"restoreFrom": map[string]any{"type": "Snapshot", "snapshot": map[string]any{"identifier": taken[0]}}, "backupPlan": map[string]any{},
	}}))
	t.Logf("Ready %.1f s after the claim", s.awaitReady(t).Seconds())
	whole(t, s)
	from, _, _ := unstructured.NestedString(find(s.resources(t), "database").Object, "spec", "forProvider", "snapshotIdentifier")
	if from != taken[0] {
		t.Errorf("the database was made from %q, want %q", from, taken[0])
	}
	s.delete(t)
	left(t, s, nil)
	if diff := cmp.Diff(kept, c.provider.aws.has(gone.compositeName)); diff != "" {
		t.Errorf("what the first stack left has changed: -before, +after:\n%s", diff)
	}
	if diff := cmp.Diff(taken, c.provider.aws.snapshots(gone.compositeName)); diff != "" {
		t.Errorf("the snapshot has changed: -before, +after:\n%s", diff)
	}
}

// adopted creates a stack that adopts the bucket of a deleted one: it first only
// observes the bucket, then manages it, and keeps it on deletion.
func adopted(t *testing.T, c *controlPlane, gone *stack) {
	const kind = "s3/Bucket"
	bucket := c.provider.aws.has(gone.compositeName)["assets-bucket"][0]
	before := c.provider.aws.spec(kind, bucket)
	s := c.apply(t, "team-d", "adopted", lean(map[string]any{"deletionPolicy": "Snapshot", "assets": map[string]any{"existing": map[string]any{"name": bucket}}}))
	eventually(t, time.Minute, func() error {
		for _, tier := range []string{"DatabaseReady", "CDNReady"} {
			if c := conditionOf(s.get(t), tier); c.Status != "True" {
				return errors.New(tier + " is not true: " + c.Message)
			}
		}
		return denies(s.get(t), "StorageReady", "waits for spec.assets.existing.policy: Manage of the claim")
	})
	for _, u := range s.resources(t) {
		if strings.HasPrefix(nameOf(u), "assets-bucket-") {
			t.Errorf("%s was made, although the bucket is to be observed only", u.GetName())
		}
	}
	if diff := cmp.Diff(before, c.provider.aws.spec(kind, bucket)); diff != "" {
		t.Errorf("observing the bucket changed it: -before, +after:\n%s", diff)
	}
	if err := s.edit(t, map[string]any{"assets": map[string]any{"existing": map[string]any{"policy": "Manage"}}}); err != nil {
		t.Fatal(err)
	}
	s.awaitReady(t)
	whole(t, s)
	s.delete(t)
	if !c.provider.aws.there(kind, bucket) {
		t.Error("the bucket that the stack took over is gone")
	}
}

// left checks the remaining resources of a deleted stack in AWS: each name exists
// once.
func left(t *testing.T, s *stack, want []string) {
	t.Helper()
	exist := s.c.provider.aws.has(s.compositeName)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(exist))); diff != "" {
		t.Errorf("left in AWS: -want, +got:\n%s", diff)
	}
	for _, resourceName := range slices.Sorted(maps.Keys(exist)) {
		if len(exist[resourceName]) > 1 {
			t.Errorf("%s is there %d times: %v", resourceName, len(exist[resourceName]), exist[resourceName])
		}
	}
}

// deletionOfProtected deletes a stack whose claim sets deletion protection. The
// claim remains visible until a user disables the protection.
func deletionOfProtected(t *testing.T, s *stack) {
	eventually(t, time.Minute, func() error {
		db := find(s.c.provider.of(s.compositeName), "database")
		if db == nil {
			return errors.New("the database is gone although it is protected")
		}
		return denies(db, "Synced", "Cannot delete protected DB Instance")
	})
	time.Sleep(2 * time.Second)
	if s.get(t).GetDeletionTimestamp() == nil {
		t.Error("the claim does not show that it is being deleted")
	}
	s.c.provider.aws.unprotect(s.compositeName)
	s.awaitDeleted(t)
	left(t, s, nil)
}
