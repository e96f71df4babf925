//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// midway waits until some but not all resources of a stack exist.
func midway(t *testing.T, s *stack) {
	t.Helper()
	eventually(t, time.Minute, func() error {
		if s.composite(t).Name == "" {
			return errors.New("the claim has no composite")
		}
		if n := len(s.resources(t)); n < 30 {
			return fmt.Errorf("%d resources exist", n)
		}
		return nil
	})
}

// functionDown kills the function while a stack is created, and restarts it.
// Nothing is lost.
func functionDown(t *testing.T, c *controlPlane) {
	s := c.apply(t, "team-e", "function-down", lean(nil))
	midway(t, s)
	c.function.kill()
	time.Sleep(3 * time.Second) // Calls fail.
	before := uids(s.resources(t))
	c.startFunction(t, functionBinary())
	t.Logf("Ready %.1f s after the claim, with 3 s of outage", s.awaitReady(t).Seconds())
	kept(t, before, uids(s.resources(t)))
	whole(t, s)
}

// uids returns the UIDs of managed resources. Names in AWS may still be missing.
func uids(resources []*unstructured.Unstructured) map[string]string {
	out := map[string]string{}
	for _, u := range resources {
		out[nameOf(u)] = string(u.GetUID())
	}
	return out
}

// functionReplaced upgrades the function while a stack is created: a new revision
// becomes active, and the old one stops.
func functionReplaced(t *testing.T, c *controlPlane) {
	s := c.apply(t, "team-e", "function-replaced", lean(nil))
	midway(t, s)
	old := c.function
	c.functionPort = 0
	c.startFunction(t, functionBinary())
	c.patch(t, functionRev, functionName+"-1", map[string]any{"spec": map[string]any{"desiredState": "Inactive"}})
	c.installRevision(t, 2)
	old.stop()
	if !old.cmd.ProcessState.Success() {
		t.Errorf("the old function did not stop as it was told to: %s\n%s", old.cmd.ProcessState, tail(old.log))
	}
	t.Logf("Ready %.1f s after the claim, with another function since midway", s.awaitReady(t).Seconds())
	whole(t, s)
}

// controlPlaneRestarted restarts the control plane while a stack is created: first
// the core, then the API server and etcd.
func controlPlaneRestarted(t *testing.T, c *controlPlane) {
	s := c.apply(t, "team-e", "control-plane", lean(nil))
	midway(t, s)
	c.core.kill()
	c.kcm.kill()
	c.api.stop()
	c.etcd.stop()
	c.runKubernetes(t)
	eventually(t, time.Minute, func() error {
		_, err := c.client.Resource(claimKind).List(t.Context(), metav1.ListOptions{})
		return err
	})
	c.startCore(t, raised...)
	t.Logf("Ready %.1f s after the claim, with a restart of all since midway", s.awaitReady(t).Seconds())
	whole(t, s)
}
