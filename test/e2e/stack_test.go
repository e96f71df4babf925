//go:build e2e

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers/kit"
)

var everything = labels.Everything()

// tierConditions lists the conditions of tiers in a stack, and accountConditions
// those in an account.
var tierConditions, accountConditions = conditionsOfTiers(tiers.Of(false)), conditionsOfTiers(tiers.Of(true))

func conditionsOfTiers(all []kit.Tier) []string {
	out := make([]string, 0, len(all))
	for _, tier := range all {
		out = append(out, tier.Condition)
	}
	return out
}

// patience is the timeout of a stack. With an open circuit breaker, the core
// reconciles it rarely, and both scopes create several stacks at a time.
const patience = 8 * time.Minute

// stack is a claim and its composite.
type stack struct {
	c *controlPlane
	// account reports whether it is a SecureEcommerceAccount.
	account bool
	claim   types.NamespacedName
	begin   time.Time
	// compositeName is the last observed name of the composite. It is needed after
	// the claim's deletion.
	compositeName types.NamespacedName
}

// apply creates a claim. extra contains fields of its spec other than the region.
func (c *controlPlane) apply(t *testing.T, namespace, name string, extra map[string]any) *stack {
	t.Helper()
	if _, err := c.client.Resource(namespaces).Create(t.Context(), object("v1", "Namespace", namespace), metav1.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatal(err)
	}
	u := object(group+"/v1alpha1", "SecureEcommerce", name)
	spec := map[string]any{"region": "eu-west-1"}
	maps.Copy(spec, extra)
	u.Object["spec"] = spec
	s := &stack{c: c, claim: types.NamespacedName{Namespace: namespace, Name: name}, begin: time.Now()}
	c.create(t, claimKind, namespace, u)
	return s
}

// applyAccount creates a SecureEcommerceAccount.
func (c *controlPlane) applyAccount(t *testing.T, u *unstructured.Unstructured) *stack {
	t.Helper()
	if _, err := c.client.Resource(namespaces).Create(t.Context(), object("v1", "Namespace", u.GetNamespace()), metav1.CreateOptions{}); err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatal(err)
	}
	s := &stack{c: c, account: true, claim: types.NamespacedName{Namespace: u.GetNamespace(), Name: u.GetName()}, begin: time.Now()}
	c.create(t, s.claims(), u.GetNamespace(), u)
	return s
}

// claims returns the resource of the object that users create.
func (s *stack) claims() schema.GroupVersionResource {
	if s.account {
		return claimKind.GroupVersion().WithResource("secureecommerceaccounts")
	}
	return claimKind
}

// composites returns the resource of the composite.
func (s *stack) composites() schema.GroupVersionResource {
	if s.account {
		return claimKind.GroupVersion().WithResource(strings.Replace(s.c.composite.Resource, "secureecommerces", "secureecommerceaccounts", 1))
	}
	return s.c.composite
}

func (s *stack) get(t *testing.T) *unstructured.Unstructured {
	t.Helper()
	u, err := s.c.client.Resource(s.claims()).Namespace(s.claim.Namespace).Get(t.Context(), s.claim.Name, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// composite returns the name of the composite. It is empty while the claim has
// none.
func (s *stack) composite(t *testing.T) types.NamespacedName {
	t.Helper()
	s.compositeName = s.claim
	if s.c.scope == "cluster" {
		name, _, _ := unstructured.NestedString(s.get(t).Object, "spec", "resourceRef", "name")
		s.compositeName = types.NamespacedName{Name: name}
	}
	return s.compositeName
}

func (s *stack) getComposite(t *testing.T) *unstructured.Unstructured {
	t.Helper()
	name := s.composite(t)
	u, err := s.c.client.Resource(s.composites()).Namespace(name.Namespace).Get(t.Context(), name.Name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		return object(group+"/v1alpha1", "XSecureEcommerce", name.Name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (s *stack) resources(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	return s.c.provider.of(s.composite(t))
}

// edit changes the claim like kubectl patch.
func (s *stack) edit(t *testing.T, spec map[string]any) error {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"spec": spec})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.c.client.Resource(s.claims()).Namespace(s.claim.Namespace).Patch(t.Context(), s.claim.Name, types.MergePatchType, raw, metav1.PatchOptions{FieldValidation: metav1.FieldValidationStrict})
	return err
}

// pause pauses a stack in Crossplane, or with nil, resumes it.
func (s *stack) pause(t *testing.T, value any) {
	t.Helper()
	name := s.composite(t)
	raw, err := json.Marshal(map[string]any{"metadata": map[string]any{"annotations": map[string]any{"crossplane.io/paused": value}}})
	if err != nil {
		t.Fatal(err)
	}
	composites := s.c.client.Resource(s.composites()).Namespace(name.Namespace)
	if _, err := composites.Patch(t.Context(), name.Name, types.MergePatchType, raw, metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
}

// awaitReady waits until claim and composite are ready, and returns the time since
// the claim's creation.
func (s *stack) awaitReady(t *testing.T) time.Duration {
	t.Helper()
	return s.awaitReadyFor(t, patience)
}

func (s *stack) awaitReadyFor(t *testing.T, most time.Duration) time.Duration {
	t.Helper()
	err := poll(t.Context(), most, func() error {
		if s.composite(t).Name == "" {
			return errors.New("the claim has no composite")
		}
		for _, u := range []*unstructured.Unstructured{s.getComposite(t), s.get(t)} {
			if err := ready(u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.dump(t)
		t.Fatal(err)
	}
	took := time.Since(s.begin)
	readyKinds.Lock()
	defer readyKinds.Unlock()
	for _, u := range s.resources(t) {
		readyKinds.all.Insert(serviceKind(u))
	}
	return took
}

// ready returns why an object is not ready.
func ready(u *unstructured.Unstructured) error {
	var errs []error
	conditions := tierConditions
	if claim.IsAccount(u.GetKind()) {
		conditions = accountConditions
	}
	for _, kind := range append([]string{"Synced", "Ready", "Accepted"}, conditions...) {
		c := conditionOf(u, kind)
		if off := c.Status == "Unknown" && c.Reason == "SwitchedOff"; c.Status != "True" && !off {
			errs = append(errs, fmt.Errorf("%s: %s=%s %s %s", u.GetKind(), kind, c.Status, c.Reason, c.Message))
		}
	}
	return errors.Join(errs...)
}

// dump logs the state of a stack.
func (s *stack) dump(t *testing.T) {
	t.Helper()
	if s.composite(t).Name == "" {
		t.Log("the claim has no composite")
		return
	}
	for _, u := range []*unstructured.Unstructured{s.getComposite(t), s.get(t)} {
		for _, c := range conditionsOf(u) {
			t.Logf("%s %s: %s=%s %s %s", u.GetKind(), u.GetName(), c.Type, c.Status, c.Reason, c.Message)
		}
	}
	resources := s.resources(t)
	t.Logf("%d managed resources", len(resources))
	for _, u := range resources {
		if conditionOf(u, "Ready").Status != "True" || conditionOf(u, "Synced").Status != "True" {
			t.Logf("  %s %s: %v", serviceKind(u), u.GetName(), conditionsOf(u))
		}
	}
	l, err := s.c.client.Resource(events).List(t.Context(), metav1.ListOptions{})
	if err != nil {
		return
	}
	for _, e := range l.Items {
		if kind, _, _ := unstructured.NestedString(e.Object, "type"); kind == "Warning" {
			object, _, _ := unstructured.NestedStringMap(e.Object, "involvedObject")
			message, _, _ := unstructured.NestedString(e.Object, "message")
			t.Logf("  event of %s %s: %s", object["kind"], object["name"], message)
		}
	}
}

// identities returns UID and external name of managed resources by name, which an
// edit must not change.
func identities(resources []*unstructured.Unstructured) map[string]string {
	out := map[string]string{}
	for _, u := range resources {
		out[nameOf(u)] = string(u.GetUID()) + " " + u.GetAnnotations()[externalName]
	}
	return out
}

// nameOf returns the name of a managed resource within its stack.
func nameOf(u *unstructured.Unstructured) string {
	return u.GetAnnotations()["crossplane.io/composition-resource-name"]
}

// find returns the resource with a name.
func find(resources []*unstructured.Unstructured, resourceName string) *unstructured.Unstructured {
	i := slices.IndexFunc(resources, func(u *unstructured.Unstructured) bool { return nameOf(u) == resourceName })
	if i < 0 {
		return nil
	}
	return resources[i]
}

// kept checks that nothing was replaced or lost.
func kept(t *testing.T, before, after map[string]string) {
	t.Helper()
	for resourceName, id := range before {
		if after[resourceName] != id {
			t.Errorf("%s was replaced: %q became %q", resourceName, id, after[resourceName])
		}
	}
}

// delete deletes the claim, and waits until it, its composite and its managed
// resources are gone. It returns the duration.
func (s *stack) delete(t *testing.T) time.Duration {
	t.Helper()
	begin := time.Now()
	s.startDelete(t)
	s.awaitDeleted(t)
	return time.Since(begin)
}

// startDelete deletes the claim like kubectl delete.
func (s *stack) startDelete(t *testing.T) {
	t.Helper()
	s.composite(t)
	options := metav1.DeleteOptions{}
	if s.c.scope == "namespaced" {
		// The cluster scope's XRD sets it. Here it is kubectl delete
		// --cascade=foreground.
		options.PropagationPolicy = new(metav1.DeletePropagationForeground)
	}
	if err := s.c.client.Resource(s.claims()).Namespace(s.claim.Namespace).Delete(t.Context(), s.claim.Name, options); err != nil {
		t.Fatal(err)
	}
}

func (s *stack) awaitDeleted(t *testing.T) {
	t.Helper()
	s.awaitDeletedFor(t, patience)
}

func (s *stack) awaitDeletedFor(t *testing.T, most time.Duration) {
	t.Helper()
	nudge := time.Now().Add(30 * time.Second)
	eventually(t, most, func() error {
		if left := s.c.provider.of(s.compositeName); len(left) > 0 {
			if time.Now().After(nudge) {
				nudge = time.Now().Add(30 * time.Second)
				s.nudge(t, left)
			}
			var names []string
			for _, u := range left {
				names = append(names, serviceKind(u)+" "+u.GetName()+": "+conditionOf(u, "Synced").Message)
			}
			return fmt.Errorf("%d managed resources are left:\n%s", len(left), strings.Join(names, "\n"))
		}
		_, err := s.c.client.Resource(s.claims()).Namespace(s.claim.Namespace).Get(t.Context(), s.claim.Name, metav1.GetOptions{})
		if !apierrors.IsNotFound(err) {
			return fmt.Errorf("the claim is still there (%w)", err)
		}
		_, err = s.c.client.Resource(s.composites()).Namespace(s.compositeName.Namespace).Get(t.Context(), s.compositeName.Name, metav1.GetOptions{})
		if !apierrors.IsNotFound(err) {
			return errors.New("the composite is still there")
		}
		return nil
	})
}

// nudge deletes remaining resources, as docs/operations.md recommends: those that a
// reconcile in progress created again after Kubernetes' garbage collection, and
// those that were in use at that time. The label of usages may outlive the last
// usage, so it calls the webhook.
func (s *stack) nudge(t *testing.T, left []*unstructured.Unstructured) {
	t.Helper()
	for _, u := range left {
		if u.GetDeletionTimestamp() != nil {
			continue
		}
		err := s.c.provider.resource(u).Delete(t.Context(), u.GetName(), metav1.DeleteOptions{})
		switch {
		case err == nil:
			t.Logf("nudged: %d resources are left, and nobody deletes %s", len(left), u.GetName())
		case apierrors.IsNotFound(err), apierrors.IsConflict(err):
			// It is already gone, or in use.
		default:
			t.Log(err)
		}
	}
}

// denies returns an error unless a condition is false with a message.
func denies(u *unstructured.Unstructured, kind, words string) error {
	c := conditionOf(u, kind)
	if c.Status != "False" || !strings.Contains(c.Message, words) {
		return fmt.Errorf("%s %s: %s=%s %s %q, want False %q", u.GetKind(), u.GetName(), kind, c.Status, c.Reason, c.Message, words)
	}
	return nil
}
