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

// What stays when a stack is deleted, by name: docs/deletion.md.
var (
	data = regexp.MustCompile(`^((assets|access-logs|cdn-logs|audit)-bucket(-.+)?|backup-(copy-)?vault(-lock)?|backup-copy-key(-alias)?|(data|logs|secrets|edge|audit)-key(-alias)?|app-secret(-policy)?)$`)
	// databaseAndGround is the database with all that it stands on.
	databaseAndGround = regexp.MustCompile(`^(database|database-(subnet-group|parameter-group|security-group|secret-rotation|monitoring-role(-policy)?|log-group-.+|subnet-\d)|vpc)$`)
)

// deletions deletes a stack under each policy at the same time, one whose
// database is protected, and one that is not even made. A whole stack under
// Retain, as it is by default, and one under Delete, that was edited, are there
// already.
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

// staying is the names of those resources that one of the patterns names, sorted.
// Buckets that stay replicate no more.
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

// restored is a stack that comes back from what another one left: the same data,
// under a name of its own, with copies in vaults that go with it.
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

// adopted is a stack that takes over the bucket that another one left: first
// nothing of it changes, then it is managed, and it stays when the stack goes.
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

// left checks what of a deleted stack is still in AWS: each name once.
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

// deletionOfProtected is a stack that is being deleted and whose claim wants
// protection too: the claim stays and can be seen to wait until somebody takes
// the protection off.
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
