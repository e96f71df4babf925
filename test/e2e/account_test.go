//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// account checks that a stack with its own trail changes to its account as soon as
// that is ready, and that it keeps the files of its trail.
func account(t *testing.T, c *controlPlane) {
	t.Helper()
	spec := map[string]any{"database": map[string]any{"enabled": false}}
	// The stack looks for its account in this interval.
	c.compose(t, spec, c.compositionFor(t, "shared", map[string]any{"pollIntervalMinutes": int64(1)}))
	s := c.apply(t, "team-shared", "member", spec)
	s.awaitReady(t)
	if !s.has(t, "cloudtrail/Trail") || s.sharedAccount(t) != "" {
		t.Fatal("without an account, a stack has its own trail")
	}
	a := c.applyAccount(t, c.accountExample(t))
	took := a.awaitReady(t)
	t.Logf("account with %d resources is ready after %.1f s", len(a.resources(t)), took.Seconds())
	s.awaitSharing(t, patience)
	if find(s.resources(t), "audit-bucket") == nil {
		t.Error("the bucket with the trail's files must stay")
	}
	if got, want := s.sharedAccount(t), a.composite(t).String(); got != want && "/"+got != want {
		t.Errorf("status.sharedAccount: want %s, got %s", want, got)
	}
	a.inUse(t, s)
	s.pause(t, "true")
}

// awaitSharing waits until a stack that had its own trail uses an account's, and is
// ready.
func (s *stack) awaitSharing(t *testing.T, most time.Duration) {
	t.Helper()
	eventually(t, most, func() error {
		switch {
		case s.sharedAccount(t) == "":
			return errors.New("the stack does not use the account")
		case s.has(t, "cloudtrail/Trail"), s.has(t, "cloudwatchlogs/MetricFilter"):
			return errors.New("the stack still has its own trail")
		}
		return ready(s.get(t))
	})
}

// inUse checks that the core refuses to delete the composite of an account that a
// stack uses.
func (s *stack) inUse(t *testing.T, user *stack) {
	t.Helper()
	name := s.composite(t)
	accounts := s.c.client.Resource(s.composites()).Namespace(name.Namespace)
	eventually(t, time.Minute, func() error {
		err := accounts.Delete(t.Context(), name.Name, metav1.DeleteOptions{DryRun: []string{metav1.DryRunAll}})
		if !apierrors.IsConflict(err) || !strings.Contains(err.Error(), user.claim.Name) {
			return fmt.Errorf("the account is in use, but deleting it gives: %w", err)
		}
		return nil
	})
}

// has reports whether a stack has a resource of a kind.
func (s *stack) has(t *testing.T, kind string) bool {
	t.Helper()
	return slices.ContainsFunc(s.resources(t), func(u *unstructured.Unstructured) bool { return serviceKind(u) == kind })
}

// sharedAccount returns the account that a stack uses. It is empty if there is none.
func (s *stack) sharedAccount(t *testing.T) string {
	t.Helper()
	name, _, _ := unstructured.NestedString(s.get(t).Object, "status", "sharedAccount")
	return name
}

// accountExample returns the example of an account. The composite's input does not
// name an AWS account, as in every cluster that reads it from an ARN.
func (c *controlPlane) accountExample(t *testing.T) *unstructured.Unstructured {
	t.Helper()
	u := readYAML(t, filepath.Join(root, exampleFile("shared-account")))
	if u.GetKind() != "SecureEcommerceAccount" {
		t.Fatal(fmt.Errorf("shared-account.yaml: want a SecureEcommerceAccount, got a %s", u.GetKind()))
	}
	return u
}
