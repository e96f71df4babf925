//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// What stays under every policy: docs/deletion.md.
var always = regexp.MustCompile(`^(account-.+|.*service-linked-role|responses-signing-(profile|job-.+))$`)

// neverGone is kinds that the provider finds whether they are there or not, and
// how.
var neverGone = map[string]string{
	"inspector2/Enabler": "as an account of which nothing is scanned",
}

// remain checks which of a deleted stack's resources are still in AWS: those that
// one of the patterns names by its role, and no others. The resources are the
// stack's as they were before it was deleted.
func (s *stack) remain(t *testing.T, resources []*unstructured.Unstructured, stay ...*regexp.Regexp) {
	t.Helper()
	var want []string
	for _, u := range resources {
		made := u.GetAnnotations()[externalName] != "" && !onlyObserved(u)
		// Buckets that stay replicate no more.
		if made && !strings.HasSuffix(roleOf(u), "-replication") && slices.ContainsFunc(append(stay, always), func(r *regexp.Regexp) bool { return r.MatchString(roleOf(u)) }) {
			want = append(want, roleOf(u))
		}
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, s.remaining(t, resources)); diff != "" {
		t.Errorf("%s: left in AWS: -want, +got:\n%s", s.claim, diff)
	}
}

// remaining is the roles of those resources that are still in AWS, sorted. The
// provider looks for each, asked by a managed resource that may only observe.
func (s *stack) remaining(t *testing.T, resources []*unstructured.Unstructured) []string {
	t.Helper()
	var observers []*unstructured.Unstructured
	for _, u := range resources {
		if u.GetAnnotations()[externalName] == "" || onlyObserved(u) || neverGone[serviceKind(u)] != "" {
			continue // It never was in AWS, it is another's, or nobody can tell.
		}
		o := observerOf(u)
		made, err := s.c.provider.resource(o).Create(t.Context(), o, metav1.CreateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		observers = append(observers, made)
	}
	var out []string
	eventually(t, realPatience, func() error {
		out = nil
		var unknown []error
		for _, o := range observers {
			now, err := s.c.provider.resource(o).Get(t.Context(), o.GetName(), metav1.GetOptions{})
			if err != nil {
				return err
			}
			synced := conditionOf(now, "Synced")
			switch {
			case synced.Status == "True":
				out = append(out, roleOf(o))
			case !strings.Contains(synced.Message, "external resource does not exist"):
				unknown = append(unknown, fmt.Errorf("%s %s: %s", serviceKind(o), o.GetName(), synced.Message))
			}
		}
		return errors.Join(unknown...)
	})
	for _, o := range observers {
		if err := s.c.provider.resource(o).Delete(t.Context(), o.GetName(), metav1.DeleteOptions{}); err != nil {
			t.Error(err)
		}
	}
	slices.Sort(out)
	return out
}

// observerOf is a managed resource that only observes what another one managed.
func observerOf(u *unstructured.Unstructured) *unstructured.Unstructured {
	out := object(u.GetAPIVersion(), u.GetKind(), u.GetName()+"-observed")
	out.SetNamespace(u.GetNamespace())
	out.SetAnnotations(map[string]string{
		externalName: u.GetAnnotations()[externalName],
		"crossplane.io/composition-resource-name": roleOf(u),
	})
	spec, _, _ := unstructured.NestedMap(u.Object, "spec")
	forProvider, _ := unreferenced(spec["forProvider"]).(map[string]any)
	out.Object["spec"] = map[string]any{
		"forProvider":        forProvider,
		"providerConfigRef":  spec["providerConfigRef"],
		"managementPolicies": []any{"Observe"},
	}
	return out
}

// unreferenced is a value without references: what they refer to is gone, and
// what they resolved to stands beside them.
func unreferenced(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, item := range v {
			if !strings.HasSuffix(key, "Ref") && !strings.HasSuffix(key, "Refs") && !strings.HasSuffix(key, "Selector") {
				out[key] = unreferenced(item)
			}
		}
		return out
	case []any:
		out := make([]any, 0, len(v))
		for _, item := range v {
			out = append(out, unreferenced(item))
		}
		return out
	default:
		return v
	}
}

// realDeletions deletes stacks under the policies that keep something, and one
// that AWS refuses a part of.
func realDeletions(t *testing.T, c *controlPlane) {
	cases := []struct {
		name   string
		stack  *stack
		failed bool
		stays  []*regexp.Regexp
	}{
		{name: "Retain", stack: c.apply(t, "deletions", "retained", lean(nil)), stays: []*regexp.Regexp{data, databaseAndGround}},
		{name: "Snapshot", stack: c.apply(t, "deletions", "snapshot", lean(map[string]any{"deletionPolicy": "Snapshot"})), stays: []*regexp.Regexp{data}},
		{name: "Failing", failed: true, stack: c.apply(t, "deletions", "failing", lean(map[string]any{
			"deletionPolicy": "Delete", "database": map[string]any{"restoreFrom": map[string]any{"snapshotIdentifier": "never-taken"}},
		}))},
	}
	before := map[string][]*unstructured.Unstructured{}
	for _, tc := range cases {
		if tc.failed {
			eventually(t, realPatience, func() error { return denies(tc.stack.get(t), "DatabaseReady", "DBSnapshotNotFound") })
		} else {
			tc.stack.awaitReadyFor(t, realPatience)
		}
		before[tc.name] = tc.stack.live(t)
		tc.stack.startDelete(t)
	}
	begin := time.Now()
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			tc.stack.awaitDeletedFor(t, realPatience)
			t.Logf("deleted after %.0f s", time.Since(begin).Seconds())
			tc.stack.remain(t, before[tc.name], tc.stays...)
		})
	}
}
