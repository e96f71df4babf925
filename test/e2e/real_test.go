//go:build e2e

package e2e

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	xpv1 "github.com/crossplane/crossplane-runtime/v2/apis/common/v1"
	"github.com/crossplane/crossplane-runtime/v2/pkg/resource/unstructured/composed"
	gocmp "github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Timeouts for the real provider. It retries refused requests with a backoff of up
// to a minute, and RDS takes minutes.
const (
	realPatience = time.Hour
	restTime     = 10 * time.Minute
)

// TestRealProvider tests the function with the real AWS provider. It takes hours,
// so only `make aws` runs it.
//
//	AWS_PROVIDER    path of the provider; the test is skipped without it
//	AWS_SCOPE       claim or namespaced; default: both
//	AWS_EXAMPLES    names of examples, or none; default: all. Commas separate concurrent examples, and semicolons sequential ones
//	AWS_POLL        poll interval of the provider; default: 1m
//	AWS_REST        time without writes at rest; default: 10m
//	AWS_RECORD      directory for the provider's resources of each example
func TestRealProvider(t *testing.T) {
	if realProvider() == "" {
		t.Skip("needs the AWS provider: run make aws")
	}
	for _, g := range []apiScope{namespacedScope, clusterScope} {
		if only := os.Getenv("AWS_SCOPE"); only != "" && only != g.name {
			continue
		}
		t.Run(g.name, func(t *testing.T) { realCases(t, g) })
	}
}

// realCases creates examples, waits until they are ready and at rest, and deletes
// them. Batches fit on the machine.
func realCases(t *testing.T, g apiScope) {
	c, a := newRealControlPlane(t, g)
	rest := restTime
	if v := os.Getenv("AWS_REST"); v != "" {
		d, err := time.ParseDuration(v)
		if err != nil {
			t.Fatal(err)
		}
		rest = d
	}
	if os.Getenv("AWS_EXAMPLES") == "" || os.Getenv("AWS_EXAMPLES") == "none" {
		t.Run("Edits", func(t *testing.T) { realEdits(t, c, a) })
		t.Run("Services", func(t *testing.T) { realServices(t, c, a) })
		t.Run("Midway", func(t *testing.T) { realMidway(t, c) })
		t.Run("Deletions", func(t *testing.T) { realDeletions(t, c) })
		t.Run("Account", func(t *testing.T) { realAccount(t, c, a) })
	}
	for _, batch := range realBatches(t) {
		names := strings.Join(batch, ",")
		t.Run(names, func(t *testing.T) { realBatch(t, c, a, batch, rest) })
	}
	for _, v := range a.violations(t) {
		t.Errorf("AWS would refuse a call: %s", v)
	}
}

// together lists the examples that run concurrently. The machine has room for each
// batch, each domain name occurs once, and no region exceeds AWS's limit of five
// trails.
var together = [][]string{
	{"private", "three-zones", "adopted", "attached", "keys"},
	{"domain", "restored", "audited"},
	{"database", "edge", "account"},
	{"zone", "containers", "aurora", "fast"},
	{"production", "without-acls", "claim", "development"},
	{"shop", "lambda"},
	{"files"},
	{"magento"},
	{"woocommerce"},
	{"orders"},
	{"cache", "medusa", "memcached"},
	{"spa", "storefront-and-api"},
	{"services"},
}

// realBatches returns the selected examples. It fails if together lacks one.
func realBatches(t *testing.T) [][]string {
	t.Helper()
	switch v := os.Getenv("AWS_EXAMPLES"); v {
	case "":
	case "none":
		return nil
	default:
		var out [][]string
		for batch := range strings.SplitSeq(v, ";") {
			out = append(out, strings.Split(batch, ","))
		}
		return out
	}
	want, err := exampleClaims()
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(want, slices.Sorted(slices.Values(slices.Concat(together...)))); diff != "" {
		t.Fatalf("examples: -want, +together:\n%s", diff)
	}
	return together
}

// realEnds describes the deletion of examples that cannot be deleted with all
// resources.
var realEnds = map[string]struct {
	// policy is the deletion policy, which defaults to Delete. stays matches the
	// resources that are kept.
	policy string
	stays  []*regexp.Regexp
	// edit first disables deletion protection.
	edit map[string]any
}{
	"audited":    {edit: map[string]any{"guardrails": map[string]any{"audit": map[string]any{"retainLogs": false}}}},
	"database":   {policy: "Snapshot", stays: []*regexp.Regexp{data}},                                     // Like edge: a locked vault.
	"edge":       {policy: "Snapshot", stays: []*regexp.Regexp{data, regexp.MustCompile(`^replica-.+$`)}}, // Object Lock excludes the policies that delete the database.
	"private":    {edit: map[string]any{"network": map[string]any{"firewall": map[string]any{"protected": false}}}},
	"production": {edit: map[string]any{"database": map[string]any{"deletionProtection": false}, "guardrails": map[string]any{"audit": map[string]any{"retainLogs": false}}}},
}

// realBatch creates and deletes some examples concurrently.
func realBatch(t *testing.T, c *controlPlane, a *realAWS, names []string, rest time.Duration) {
	stacks := map[string]*stack{}
	for _, name := range names {
		stacks[name] = c.applyExample(t, name, map[string]any{"deletionPolicy": cmp.Or(realEnds[name].policy, "Delete")})
	}
	for _, name := range names {
		s := stacks[name]
		took := s.awaitReadyFor(t, realPatience)
		t.Logf("%s: %d resources Ready %.0f s after the claim", name, len(s.resources(t)), took.Seconds())
		s.record(t, os.Getenv("AWS_RECORD"), name+"-"+c.name)
	}
	t.Run("Rest", func(t *testing.T) { atRest(t, a, rest) })
	for _, name := range names {
		if edit := realEnds[name].edit; edit != nil {
			s := stacks[name]
			if err := s.edit(t, edit); err != nil {
				t.Fatal(err)
			}
			s.awaitEdited(t)
		}
	}
	begin := time.Now()
	before := map[string][]*unstructured.Unstructured{}
	for _, name := range names {
		before[name] = stacks[name].live(t)
		stacks[name].startDelete(t)
	}
	for _, name := range names {
		stacks[name].awaitDeletedFor(t, realPatience)
		t.Logf("%s: deleted after %.0f s", name, time.Since(begin).Seconds())
	}
	for _, name := range names {
		stacks[name].remain(t, before[name], realEnds[name].stays...)
	}
}

// awaitEdited waits until Crossplane has observed the edited claim and composite,
// and the stack is ready again.
func (s *stack) awaitEdited(t *testing.T) {
	t.Helper()
	for _, get := range []func(*testing.T) *unstructured.Unstructured{s.get, s.getComposite} {
		eventually(t, realPatience, func() error {
			u := get(t)
			synced := (&composed.Unstructured{Unstructured: *u}).GetCondition(xpv1.TypeSynced)
			if seen := synced.ObservedGeneration; seen < u.GetGeneration() {
				return fmt.Errorf("%s was last seen in generation %d, and is in %d", u.GetKind(), seen, u.GetGeneration())
			}
			return nil
		})
	}
	time.Sleep(20 * time.Second) // Until the provider has observed it too.
	s.awaitReadyFor(t, realPatience)
}

// atRest checks that the provider changes nothing in AWS for some time. Changes
// directly after readiness belong to the creation.
func atRest(t *testing.T, a *realAWS, rest time.Duration) {
	time.Sleep(2 * time.Minute)
	from, before := a.count(t), processorTime(t, a.provider.cmd.Process.Pid)
	time.Sleep(rest)
	used := processorTime(t, a.provider.cmd.Process.Pid) - before
	written := map[string]int{}
	calls := a.calls(t, from)
	for _, c := range calls {
		if c.mutates() {
			written[c.Service+"."+c.Operation]++
		}
	}
	if len(calls) == 0 {
		t.Error("the provider asked AWS nothing: is it alive?")
	}
	for op, n := range written {
		t.Errorf("%s was called %d times although all stacks are ready", op, n)
	}
	t.Logf("%d calls in %s, for which the provider used %.0f s of processor time, and %.0f MiB", len(calls), rest, used, residentMemory(t, a.provider.cmd.Process.Pid))
}

// realEdit is a merge patch of a claim.
type realEdit struct {
	name string
	spec map[string]any
}

// realEdits edits a stack, except its services.
func realEdits(t *testing.T, c *controlPlane, a *realAWS) {
	s := c.apply(t, "edits", "edited", map[string]any{"environment": "development", "deletionPolicy": "Delete"})
	s.awaitReadyFor(t, realPatience)
	s.editAll(t, a, []realEdit{
		{"AddZone", map[string]any{"network": map[string]any{"availabilityZones": int64(3)}}},
		{"Size", map[string]any{"size": "medium"}},
		{"Domain", map[string]any{"cdn": map[string]any{"domain": "edited.example.com", "hostedZone": map[string]any{"type": "Managed", "managed": map[string]any{"name": "edited.example.com"}}}}},
		{"LoadBalancer", map[string]any{"app": map[string]any{"loadBalancer": map[string]any{
			"arn":        "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/edited/0123456789abcdef",
			"domainName": "app.edited.example.com", "paths": []any{"/api/*"},
		}}}},
		{"EngineVersion", map[string]any{"database": map[string]any{"version": "16", "allowMajorVersionUpgrade": true}}},
		{"AccessLogs", map[string]any{"cdn": map[string]any{"accessLogs": "V2"}}},
		{"WAFOff", map[string]any{"guardrails": map[string]any{"waf": map[string]any{"enabled": false}}}},
	})
	t.Run("Drift", func(t *testing.T) { drift(t, s, a) })
	t.Run("Deletion", func(t *testing.T) { s.deleted(t) })
}

// realServices edits the services of a stack.
func realServices(t *testing.T, c *controlPlane, a *realAWS) {
	services := func(all ...map[string]any) map[string]any {
		var list []any
		for _, s := range all {
			list = append(list, s)
		}
		return map[string]any{"app": map[string]any{"services": list}}
	}
	service := func(name, version string, more map[string]any) map[string]any {
		out := map[string]any{"name": name, "image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:" + version}
		maps.Copy(out, more)
		return out
	}
	spec := services(service("web", "1", nil))
	maps.Copy(spec, map[string]any{"environment": "development", "deletionPolicy": "Delete"})
	s := c.apply(t, "services", "served", spec)
	s.awaitReadyFor(t, realPatience)
	api := service("api", "1", map[string]any{"paths": []any{"/api/*"}})
	web := map[string]any{"paths": []any{"/*"}}
	s.editAll(t, a, []realEdit{
		{"Image", services(service("web", "2", nil))},
		{"AddZone", map[string]any{"network": map[string]any{"availabilityZones": int64(3)}}},
		{"AddService", services(service("web", "2", web), api)},
		{"Port", services(service("web", "2", map[string]any{"paths": []any{"/*"}, "port": int64(3000)}), api)},
		{"Domain", map[string]any{"cdn": map[string]any{"domain": "served.example.com", "hostedZone": map[string]any{"type": "Managed", "managed": map[string]any{"name": "served.example.com"}}}}},
		{"RemoveService", services(service("web", "2", map[string]any{"paths": []any{"/*"}, "port": int64(3000)}))},
	})
	t.Run("Deletion", func(t *testing.T) { s.deleted(t) })
}

// editAll edits a stack step by step. After each edit, it is ready, nothing was
// replaced, and the provider has no further changes.
func (s *stack) editAll(t *testing.T, a *realAWS, edits []realEdit) {
	for _, e := range edits {
		t.Run(e.name, func(t *testing.T) {
			before := identities(s.resources(t))
			begin := time.Now()
			if err := s.edit(t, e.spec); err != nil {
				t.Fatal(err)
			}
			s.awaitEdited(t)
			t.Logf("ready %.0f s after the edit", time.Since(begin).Seconds())
			after := identities(s.resources(t))
			for r, id := range before {
				if after[r] != "" && after[r] != id {
					t.Errorf("%s was replaced: %q became %q", r, id, after[r])
				}
			}
			atRest(t, a, 3*time.Minute)
		})
	}
}

// drift changes a resource in AWS directly, and waits until the provider reverts
// the change.
func drift(t *testing.T, s *stack, a *realAWS) {
	bucket := find(s.resources(t), "assets-bucket").GetAnnotations()[externalName]
	script := fmt.Sprintf(`import boto3
s3 = boto3.client("s3", endpoint_url="http://%s", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
s3.delete_public_access_block(Bucket=%q)`, address(a.proxyPort), bucket)
	if _, err := run(root, pythonBinary(), "-c", script); err != nil {
		t.Fatal(err)
	}
	from := a.count(t)
	eventually(t, 5*time.Minute, func() error {
		for _, c := range a.calls(t, from) {
			if c.Operation == "PutPublicAccessBlock" {
				return nil
			}
		}
		return errors.New("the public access block is not back")
	})
}

// realMidway deletes a stack that is being created.
func realMidway(t *testing.T, c *controlPlane) {
	s := c.apply(t, "midway", "half", map[string]any{"environment": "development", "deletionPolicy": "Delete"})
	eventually(t, realPatience, func() error {
		if d := find(s.resources(t), "cdn-distribution"); d == nil || d.GetAnnotations()[externalName] == "" {
			return errors.New("the distribution is not there yet")
		}
		return nil
	})
	s.deleted(t)
}

// ofVPC matches resources that AWS creates and deletes with a VPC.
var ofVPC = regexp.MustCompile(`^default-(network-acl|route-table|security-group)$`)

// realDeletions deletes stacks with the policies that keep resources, and one with
// a refused deletion.
func realDeletions(t *testing.T, c *controlPlane) {
	cases := []struct {
		name   string
		stack  *stack
		failed bool
		stays  []*regexp.Regexp
	}{
		{name: "Retain", stack: c.apply(t, "deletions", "retained", lean(nil)), stays: []*regexp.Regexp{data, databaseAndGround, ofVPC}},
		{name: "Snapshot", stack: c.apply(t, "deletions", "snapshot", lean(map[string]any{"deletionPolicy": "Snapshot"})), stays: []*regexp.Regexp{data}},
		{name: "Failing", failed: true, stack: c.apply(t, "deletions", "failing", lean(map[string]any{
			"deletionPolicy": "Delete", "database": map[string]any{"restoreFrom": map[string]any{"type": "Snapshot", "snapshot": map[string]any{"identifier": "never-taken"}}},
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
