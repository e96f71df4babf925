//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// furtherCores contains another core for each scope, to which its control plane is
// upgraded. Each has a module tools/crossplane-core-VERSION.
var furtherCores = map[string]string{
	clusterScope.scope:    "2.3.5",
	namespacedScope.scope: "2.4.0",
}

// furtherCore upgrades the core. An existing stack stays as it is, and a new one can
// be created, edited and deleted. CORES selects further cores, separated by spaces.
// The default is all.
func furtherCore(t *testing.T, c *controlPlane, existing *stack) {
	version := furtherCores[c.scope]
	if chosen, some := os.LookupEnv("CORES"); some && !slices.Contains(strings.Fields(chosen), version) {
		t.Skipf("CORES does not contain %s", version)
	}
	before := identities(existing.resources(t))
	c.upgradeCore(t, crossplaneCore+"-"+version, unhurried...)
	existing.pause(t, "false")
	existing.awaitReady(t)
	kept(t, before, identities(existing.resources(t)))
	shortLife(t, c)
}

// upgradeCore replaces the core and its CRDs.
func (c *controlPlane) upgradeCore(t *testing.T, program string, flags ...string) {
	t.Helper()
	c.core.stop()
	c.crossplane = program
	var added []*unstructured.Unstructured
	for _, u := range c.coreCRDs(t) {
		now, err := c.client.Resource(crds).Get(t.Context(), u.GetName(), metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			added = append(added, u)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		u.SetResourceVersion(now.GetResourceVersion())
		if _, err := c.client.Resource(crds).Update(t.Context(), u, metav1.UpdateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	c.applyCRDs(t, added)
	c.startCore(t, flags...)
}

// TestFurtherCores checks that each value of CORES is a further core.
func TestFurtherCores(t *testing.T) {
	known := slices.Sorted(maps.Values(furtherCores))
	for version := range strings.FieldsSeq(os.Getenv("CORES")) {
		if !slices.Contains(known, version) {
			t.Errorf("CORES contains %s, but furtherCores only %v", version, known)
		}
	}
}

// shortLife creates, edits and deletes a stack of the core tiers with the deletion
// policy Delete, in the order of its usages.
func shortLife(t *testing.T, c *controlPlane) {
	s := c.apply(t, "team-a", "short", lean(map[string]any{"deletionPolicy": "Delete"}))
	took := s.awaitReady(t)
	// Examples have added Compositions, but a stack that selects none has the default.
	if got := s.composition(t); got != c.comp {
		t.Errorf("the stack selects no Composition: want the default, %s, got %s", c.comp, got)
	}
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
