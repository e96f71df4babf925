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

// Resources that every policy keeps (docs/deletion.md).
var always = regexp.MustCompile(`^(account-.+|.*service-linked-role|responses-signing-(profile|job-.+))$`)

// neverGone lists kinds that the provider always finds, with the reason.
var neverGone = map[string]string{
	"inspector2/Enabler": "as an account of which nothing is scanned",
}

// deleted deletes a stack, ready or not, without concurrency, and checks the
// remaining resources in AWS.
func (s *stack) deleted(t *testing.T) {
	t.Helper()
	before := s.live(t)
	begin := time.Now()
	s.startDelete(t)
	s.awaitDeletedFor(t, realPatience)
	t.Logf("%d resources deleted after %.0f s", len(before), time.Since(begin).Seconds())
	s.remain(t, before)
}

// remain checks which resources of a deleted stack are still in AWS: exactly those
// whose names match one of the patterns. resources are those before the deletion.
func (s *stack) remain(t *testing.T, resources []*unstructured.Unstructured, stay ...*regexp.Regexp) {
	t.Helper()
	resources = slices.DeleteFunc(slices.Clone(resources), func(u *unstructured.Unstructured) bool {
		// It never existed in AWS, belongs to another stack, or cannot be checked.
		return u.GetAnnotations()[externalName] == "" || onlyObserved(u) || neverGone[serviceKind(u)] != ""
	})
	want := staying(resources, append([]*regexp.Regexp{always}, stay...)...)
	if diff := cmp.Diff(want, s.remaining(t, resources)); diff != "" {
		t.Errorf("%s: left in AWS: -want, +got:\n%s", s.claim, diff)
	}
}

// remaining returns the names of the resources that are still in AWS, sorted. For
// each, it creates a managed resource that only observes.
func (s *stack) remaining(t *testing.T, resources []*unstructured.Unstructured) []string {
	t.Helper()
	observers := make([]*unstructured.Unstructured, 0, len(resources))
	for _, u := range resources {
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
				out = append(out, nameOf(o))
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

// observerOf returns a managed resource that only observes the same AWS resource.
// It contains resolved values instead of references, whose targets are deleted.
func observerOf(u *unstructured.Unstructured) *unstructured.Unstructured {
	out := object(u.GetAPIVersion(), u.GetKind(), u.GetName()+"-observed")
	out.SetNamespace(u.GetNamespace())
	out.SetAnnotations(map[string]string{
		externalName: u.GetAnnotations()[externalName],
		"crossplane.io/composition-resource-name": nameOf(u),
	})
	spec, _, _ := unstructured.NestedMap(u.Object, "spec")
	out.Object["spec"] = map[string]any{
		"forProvider": changed(spec["forProvider"], func(name string) bool {
			return strings.HasSuffix(name, "Ref") || strings.HasSuffix(name, "Refs") || strings.HasSuffix(name, "Selector")
		}, nil),
		"providerConfigRef":  spec["providerConfigRef"],
		"managementPolicies": []any{"Observe"},
	}
	return out
}
