//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// furtherCores lists the other cores, each with one scope, on which a short test
// runs. Each has a module tools/crossplane-core-VERSION.
var furtherCores = []struct {
	apiScope

	version string
}{
	{clusterScope, "2.3.5"},
	{namespacedScope, "2.4.0"},
}

// TestFurtherCores tests the function on other versions of Crossplane's core. CORES
// selects some of them, separated by spaces. The default is all.
func TestFurtherCores(t *testing.T) { //nolint:tparallel // The machine has room for one control plane at a time.
	t.Parallel()
	chosen, some := os.LookupEnv("CORES")
	unknown := strings.Fields(chosen)
	for _, further := range furtherCores {
		if some && !slices.Contains(unknown, further.version) {
			continue
		}
		unknown = slices.DeleteFunc(unknown, func(v string) bool { return v == further.version })
		beside(t, further.version, func(t *testing.T) {
			shortLife(t, further.on(crossplaneCore+"-"+further.version))
		})
	}
	if len(unknown) > 0 {
		t.Errorf("furtherCores does not say in which scope to try core %s", strings.Join(unknown, ", "))
	}
}

// shortLife creates, edits and deletes a stack of the core tiers with the deletion
// policy Delete, in the order of its usages.
func shortLife(t *testing.T, g apiScope) {
	c := newControlPlane(t, g, raised...)
	c.configurePlatform(t)
	s := c.apply(t, "team-a", "short", lean(map[string]any{"deletionPolicy": "Delete"}))
	took := s.awaitReady(t)
	t.Logf("%d resources Ready %.1f s after the claim", len(s.resources(t)), took.Seconds())
	whole(t, s)

	before := identities(s.resources(t))
	if err := s.edit(t, map[string]any{"network": map[string]any{"availabilityZones": int64(3)}}); err != nil {
		t.Fatal(err)
	}
	eventually(t, patience, func() error {
		for _, resourceName := range []string{"private-subnet-3", "database-subnet-3"} {
			if find(s.resources(t), resourceName) == nil {
				return fmt.Errorf("%s is not made", resourceName)
			}
		}
		// The composite stays ready until it has observed the new resources.
		for _, u := range s.resources(t) {
			if c := conditionOf(u, "Ready"); c.Status != "True" {
				return fmt.Errorf("%s is not ready: %s", nameOf(u), c.Message)
			}
		}
		return errors.Join(ready(s.get(t)), ready(s.getComposite(t)))
	})
	kept(t, before, identities(s.resources(t)))
	whole(t, s)

	guarded(t, s)
	t.Logf("deleted in %.1f s", s.delete(t).Seconds())
	left(t, s, nil)
}

// guarded checks that the core refuses to delete a resource that another one uses.
func guarded(t *testing.T, s *stack) {
	t.Helper()
	var used []*unstructured.Unstructured
	eventually(t, time.Minute, func() error {
		used = slices.DeleteFunc(s.resources(t), func(u *unstructured.Unstructured) bool { return u.GetLabels()["crossplane.io/in-use"] != "true" })
		if len(used) == 0 {
			return errors.New("no resource is in use: usages have no effect")
		}
		return nil
	})
	for _, u := range used {
		err := s.c.provider.resource(u).Delete(t.Context(), u.GetName(), metav1.DeleteOptions{DryRun: []string{metav1.DryRunAll}})
		if !apierrors.IsConflict(err) || !strings.Contains(err.Error(), "in-use") {
			t.Errorf("%s is in use, but deleting it gives %v", nameOf(u), err)
		}
	}
}
