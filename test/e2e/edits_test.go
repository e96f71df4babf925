//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// edits changes a ready stack. Each edit makes exactly the expected changes, and
// replaces nothing.
func edits(t *testing.T, s *stack) {
	for _, tc := range []struct {
		name string
		spec map[string]any
		// added lists names. A trailing * matches any ending.
		added []string
		// changed lists fields of spec.forProvider by name.
		changed map[string][]string
	}{
		{
			name: "AddZone",
			spec: map[string]any{"network": map[string]any{"availabilityZones": int64(3)}},
			added: []string{
				"database-route-table-association-3", "database-subnet-3", "private-route-internet-3", "private-route-table-3", "private-route-table-association-3",
				"private-subnet-3", "public-route-table-association-3", "public-subnet-3", "s3-endpoint-private-route-3",
			},
			changed: map[string][]string{
				"database-network-acl":  {"subnetIdRefs", "subnetIds"},
				"database-subnet-group": {"subnetIdRefs", "subnetIds"},
				"default-network-acl":   {"subnetIdRefs", "subnetIds"},
				// Parameters for applications.
				"parameter-network-private-subnet-ids": {"insecureValue"},
				"parameter-network-public-subnet-ids":  {"insecureValue"},
			},
		},
		{
			name: "AddIPv6",
			spec: map[string]any{"network": map[string]any{"ipv6": true}},
			added: []string{
				"egress-only-internet-gateway", "private-route-internet-ipv6-1", "private-route-internet-ipv6-2", "private-route-internet-ipv6-3", "public-route-internet-ipv6",
			},
			changed: map[string][]string{
				"vpc":                 {"assignGeneratedIpv6CidrBlock"},
				"default-network-acl": {"egress", "ingress"},
				"public-subnet-1":     {"ipv6CidrBlock"}, "public-subnet-2": {"ipv6CidrBlock"}, "public-subnet-3": {"ipv6CidrBlock"},
				"private-subnet-1": {"assignIpv6AddressOnCreation", "ipv6CidrBlock"}, "private-subnet-2": {"assignIpv6AddressOnCreation", "ipv6CidrBlock"},
				"private-subnet-3": {"assignIpv6AddressOnCreation", "ipv6CidrBlock"},
			},
		},
		{
			name: "BiggerDatabase",
			spec: map[string]any{"database": map[string]any{"instance": map[string]any{"class": "db.r6g.large", "storage": map[string]any{"sizeGiB": int64(100)}}}},
			changed: map[string][]string{
				"database": {"allocatedStorage", "instanceClass", "maxAllocatedStorage"},
				// The thresholds depend on the size.
				"alarm-database-connections": {"threshold"}, "alarm-database-memory": {"threshold"}, "alarm-database-storage": {"threshold"},
			},
		},
		{
			name:    "NewDomain",
			spec:    map[string]any{"cdn": map[string]any{"domain": "shop.example.com"}},
			added:   []string{"cdn-certificate-*"},
			changed: map[string][]string{"cdn-distribution": {"aliases", "viewerCertificate"}, "parameter-cdn-domain": {"insecureValue"}},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			before := s.resources(t)
			begin := time.Now()
			if err := s.edit(t, tc.spec); err != nil {
				t.Fatal(err)
			}
			err := poll(t.Context(), patience, func() error {
				return errors.Join(carriedOut(before, s.resources(t), tc.added, tc.changed), ready(s.get(t)), ready(s.getComposite(t)))
			})
			if err != nil {
				s.dump(t)
				t.Fatal(err)
			}
			t.Logf("edit to Ready: %.1f s", time.Since(begin).Seconds())
			quiet(t, s, 3*time.Second)
			if err := carriedOut(before, s.resources(t), tc.added, tc.changed); err != nil {
				t.Error(err)
			}
			kept(t, identities(before), identities(s.resources(t)))
			whole(t, s)
		})
	}
}

// carriedOut compares the difference between two states of a stack with the
// expected one.
func carriedOut(before, after []*unstructured.Unstructured, added []string, changed map[string][]string) error {
	var appeared []string
	got := map[string][]string{}
	for _, u := range after {
		resourceName := nameOf(u)
		was := find(before, resourceName)
		if was == nil {
			for _, a := range added {
				if prefix, ok := strings.CutSuffix(a, "*"); ok && strings.HasPrefix(resourceName, prefix) {
					resourceName = a
				}
			}
			appeared = append(appeared, resourceName)
			continue
		}
		if fields := changedFields(was, u); len(fields) > 0 {
			got[resourceName] = fields
		}
	}
	slices.Sort(appeared)
	if diff := cmp.Diff(added, appeared); diff != "" {
		return fmt.Errorf("added: -want, +got:\n%s", diff)
	}
	if diff := cmp.Diff(changed, got); diff != "" {
		return fmt.Errorf("changed: -want, +got:\n%s", diff)
	}
	return nil
}

// changedFields returns the fields of spec.forProvider that differ between two
// states of a resource.
func changedFields(before, after *unstructured.Unstructured) []string {
	was, _, _ := unstructured.NestedMap(before.Object, "spec", "forProvider")
	is, _, _ := unstructured.NestedMap(after.Object, "spec", "forProvider")
	fields := map[string]bool{}
	for _, k := range slices.Concat(slices.Collect(maps.Keys(was)), slices.Collect(maps.Keys(is))) {
		if !reflect.DeepEqual(normal(was[k]), normal(is[k])) {
			fields[k] = true
		}
	}
	return slices.Sorted(maps.Keys(fields))
}

// invalidEdits are rejected by the API server with a helpful message, and change
// nothing.
func invalidEdits(t *testing.T, s *stack) {
	before := s.get(t)
	for _, tc := range []struct {
		name, want string
		spec       map[string]any
	}{
		{name: "Region", spec: map[string]any{"region": "eu-central-1"}, want: "spec.region: Invalid value: region cannot be changed: create a new stack in the other region"},
		{name: "NoRegion", spec: map[string]any{"region": "Ireland"}, want: `spec.region: Invalid value: "Ireland": must be an AWS region code, such as eu-west-1`},
		{name: "Range", spec: map[string]any{"network": map[string]any{"cidr": "10.1.0.0/16"}}, want: "spec.network.cidr: Invalid value: cidr cannot be changed"},
		{name: "ZoneRemoved", spec: map[string]any{"network": map[string]any{"availabilityZones": int64(2)}}, want: "availabilityZones can be increased but not decreased"},
		{name: "StorageShrinks", spec: map[string]any{"database": map[string]any{"instance": map[string]any{"storage": map[string]any{"sizeGiB": int64(50)}}}}, want: "sizeGiB cannot be decreased"},
		{name: "FewBackups", spec: map[string]any{"database": map[string]any{"backupRetentionDays": int64(1)}}, want: "in production, backupRetentionDays must be at least 7: set a value from 7 to 35"},
		{name: "UnknownField", spec: map[string]any{"databse": map[string]any{}}, want: `unknown field "spec.databse"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := s.edit(t, tc.spec)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("want a refusal with %q, got %v", tc.want, err)
			}
			if err != nil && !apierrors.IsInvalid(err) && !apierrors.IsBadRequest(err) {
				t.Errorf("the API server does not say that the claim is invalid: %v", err)
			}
		})
	}
	if diff := cmp.Diff(before.Object["spec"], s.get(t).Object["spec"]); diff != "" {
		t.Errorf("a refused edit changed the claim: -before, +after:\n%s", diff)
	}
}

// refusedEdit makes an edit that only the function can refuse. The stack stays
// unchanged, the claim reports the reason and the state of its tiers, and reverting
// the edit is sufficient.
func refusedEdit(t *testing.T, s *stack) {
	const words = "spec.database.maintenanceWindow: \"mon:02:30-mon:03:30\" is not valid: must not overlap the backup window 02:00-03:00"
	before := s.resources(t)
	if err := s.edit(t, map[string]any{"database": map[string]any{"maintenanceWindow": "mon:02:30-mon:03:30"}}); err != nil {
		t.Fatal(err)
	}
	eventually(t, time.Minute, func() error {
		return errors.Join(denies(s.get(t), "Accepted", words), denies(s.getComposite(t), "Accepted", words))
	})
	// Later calls also change nothing.
	for begin := time.Now(); time.Since(begin) < 5*time.Second; time.Sleep(200 * time.Millisecond) {
		for _, kind := range tierConditions {
			if c := conditionOf(s.get(t), kind); c.Status == "False" {
				t.Fatalf("%s=%s although the tier is as it was: %s", kind, c.Status, c.Message)
			}
		}
		if err := carriedOut(before, s.resources(t), nil, map[string][]string{}); err != nil {
			t.Fatal(err)
		}
	}
	kept(t, identities(before), identities(s.resources(t)))
	if err := s.edit(t, map[string]any{"database": map[string]any{"maintenanceWindow": nil}}); err != nil {
		t.Fatal(err)
	}
	s.awaitReady(t)
}

// paused tests a paused stack (docs/operations.md): nothing changes, edits of the
// claim are accepted, and they are carried out after the pause.
func paused(t *testing.T, s *stack) {
	const days = int64(14)
	before := s.resources(t)
	s.pause(t, "true")
	eventually(t, time.Minute, func() error { return denies(s.getComposite(t), "Synced", "paused") })
	if err := s.edit(t, map[string]any{"database": map[string]any{"backupRetentionDays": days}}); err != nil {
		t.Fatal(err)
	}
	for begin := time.Now(); time.Since(begin) < 3*time.Second; time.Sleep(200 * time.Millisecond) {
		if err := carriedOut(before, s.resources(t), nil, map[string][]string{}); err != nil {
			t.Fatal(err)
		}
	}
	s.pause(t, nil)
	eventually(t, time.Minute, func() error {
		kept, _, _ := unstructured.NestedFieldNoCopy(find(s.resources(t), "database").Object, "spec", "forProvider", "backupRetentionPeriod")
		if normal(kept) != normal(days) {
			return fmt.Errorf("backups are kept for %v days, want %d", kept, days)
		}
		return errors.Join(ready(s.get(t)), ready(s.getComposite(t)))
	})
	kept(t, identities(before), identities(s.resources(t)))
}

// refusedClaim creates a claim that only the function can refuse.
func refusedClaim(t *testing.T, c *controlPlane) {
	s := c.apply(t, "team-c", "never", map[string]any{"database": map[string]any{"maintenanceWindow": "mon:02:30-mon:02:45"}})
	eventually(t, time.Minute, func() error {
		return denies(s.get(t), "Accepted", "must last at least 30 minutes")
	})
	if n := len(s.resources(t)); n > 0 {
		t.Errorf("a claim that is refused has %d resources", n)
	}
	if c := conditionOf(s.get(t), "Ready"); c.Status == "True" {
		t.Errorf("a claim that is refused is ready: %v", c)
	}
	s.delete(t)
}
