package stack

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/kinds"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// released reports whether to record the stacks of this version as those of the
// last release. Only a release does this (make released). Never use it to fix a
// failing test.
var released = flag.Bool("released", false, "record test/golden/released")

// releases lists the recorded examples, which cover each type of network, database
// and guardrails.
var releases = []string{"attached", "audited", "aurora", "claim", "development", "production"}

// releasedFile contains the resources of an example that the last release composed,
// as observed in a cluster: the composite in the first line, followed by one
// resource per line, in JSON.
func releasedFile(example string, s scope.Scope) string {
	return filepath.Join("test", "golden", "released", string(s), example+".jsonl")
}

// record is a line of such a file.
type record struct {
	Resource string         `json:"resource,omitempty"`
	Object   map[string]any `json:"object"`
}

// writeReleased writes a ready stack.
func writeReleased(t *testing.T, file string, state *fnv1.State) {
	t.Helper()
	records := []record{{Object: state.GetComposite().GetResource().AsMap()}}
	for _, resourceName := range slices.Sorted(maps.Keys(state.GetResources())) {
		records = append(records, record{Resource: resourceName, Object: state.GetResources()[resourceName].GetResource().AsMap()})
	}
	var out bytes.Buffer
	for _, r := range records {
		line, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// readReleased reads a ready stack.
func readReleased(t *testing.T, file string) *fnv1.State {
	t.Helper()
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	state := &fnv1.State{Resources: map[string]*fnv1.Resource{}}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		r := record{}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		object, err := structpb.NewStruct(r.Object)
		if err != nil {
			t.Fatal(err)
		}
		if r.Resource == "" {
			state.Composite = &fnv1.Resource{Resource: object}
			continue
		}
		state.Resources[r.Resource] = &fnv1.Resource{Resource: object}
	}
	return state
}

// TestUpgrade verifies that an upgrade of the function does not rename, remove or
// replace resources in stacks of the last release, and that these stacks become
// ready again. It may add and change resources.
func TestUpgrade(t *testing.T) { //nolint:tparallel // The first parallel test composes the stacks for all.
	for _, s := range stacktest.Scopes {
		if *released {
			for _, example := range releases {
				steps := stacktest.Converge(t, stacktest.Request(t, example, s))
				writeReleased(t, releasedFile(example, s), steps[len(steps)-1].Request.GetObserved())
			}
		}
		// Newer examples have no such file.
		files, err := filepath.Glob(releasedFile("*", s))
		if err != nil || len(files) < 4 {
			t.Fatalf("%d released stacks of scope %s: %v", len(files), s, err)
		}
		for _, file := range files {
			t.Run(string(s)+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				state := readReleased(t, file)
				if len(state.GetResources()) < 60 {
					t.Fatalf("%s holds %d resources: is it a whole stack?", file, len(state.GetResources()))
				}
				example := strings.TrimSuffix(filepath.Base(file), ".jsonl")
				req := &fnv1.RunFunctionRequest{Observed: state, Input: stacktest.Request(t, example, s).GetInput()}
				upgraded(t, state, stacktest.Run(t, proto.CloneOf(req)))
				for _, c := range stacktest.Last(stacktest.Converge(t, req)).GetConditions() {
					if !stacktest.Stands(c) {
						t.Errorf("\nA stack of the last release stands again after the upgrade.\n%s: %s", c.GetType(), c.GetMessage())
					}
				}
			})
		}
	}
}

// upgraded checks that a response keeps all resources of a release.
func upgraded(t *testing.T, state *fnv1.State, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	for _, r := range rsp.GetResults() {
		t.Errorf("\nA claim that a release took is taken by the next one, without complaint.\n%s", r.GetMessage())
	}
	kept(t, state, rsp)
}

// kept checks that a response does not remove, rename or replace existing
// resources.
func kept(t *testing.T, state *fnv1.State, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	for resourceName, r := range state.GetResources() {
		desired := rsp.GetDesired().GetResources()[resourceName]
		if desired == nil {
			t.Errorf("\nAn upgrade drops nothing.\n%s is dropped", resourceName)
			continue
		}
		before, after := stacktest.Object(t, r), stacktest.Object(t, desired)
		type identity struct{ Group, Kind, Name, Namespace string }
		of := func(r *fnv1.Resource) identity {
			u := stacktest.Object(t, r)
			return identity{u.GroupVersionKind().Group, u.GetKind(), u.GetName(), u.GetNamespace()}
		}
		if diff := cmp.Diff(of(r), of(desired)); diff != "" {
			t.Errorf("\nAn upgrade renames nothing, or a new object would take the old one's place.\n%s: -before, +after:\n%s", resourceName, diff)
		}
		const external = "crossplane.io/external-name"
		if name := after.GetAnnotations()[external]; name != "" && name != before.GetAnnotations()[external] {
			t.Errorf("\nAn upgrade changes no name in AWS.\n%s: %q became %q", resourceName, before.GetAnnotations()[external], name)
		}
		for _, problem := range simulator.Replaced(before, after) {
			t.Errorf("\nAn upgrade replaces nothing.\n%s: %s", resourceName, problem)
		}
	}
}

// TestUpgradeGateCloses verifies that TestUpgrade detects violations.
func TestUpgradeGateCloses(t *testing.T) {
	for _, s := range stacktest.Scopes {
		for name, change := range map[string]func(rsp *fnv1.RunFunctionResponse){
			"Dropped": func(rsp *fnv1.RunFunctionResponse) { delete(rsp.GetDesired().GetResources(), "vpc") },
			"Renamed": func(rsp *fnv1.RunFunctionResponse) { set(rsp, "vpc", "other", "metadata", "name") },
			"RenamedInAWS": func(rsp *fnv1.RunFunctionResponse) {
				set(rsp, "assets-bucket", "other", "metadata", "annotations", "crossplane.io/external-name")
			},
			"Replaced": func(rsp *fnv1.RunFunctionResponse) {
				set(rsp, "vpc", "10.9.0.0/16", "spec", "forProvider", "cidrBlock")
			},
			"Refused": func(rsp *fnv1.RunFunctionResponse) { rsp.Results = []*fnv1.Result{{Message: "no"}} },
		} {
			t.Run(string(s)+"/"+name, func(t *testing.T) {
				state := readReleased(t, releasedFile("claim", s))
				rsp := stacktest.Run(t, &fnv1.RunFunctionRequest{Observed: proto.CloneOf(state)})
				change(rsp)
				gate := &testing.T{}
				upgraded(gate, state, rsp)
				if !gate.Failed() {
					t.Error("the gate stays open")
				}
			})
		}
	}
}

// set changes a string in a desired resource.
func set(rsp *fnv1.RunFunctionResponse, resourceName, value string, path ...string) {
	fields := rsp.GetDesired().GetResources()[resourceName].GetResource().GetFields()
	for _, p := range path[:len(path)-1] {
		fields = fields[p].GetStructValue().GetFields()
	}
	fields[path[len(path)-1]] = structpb.NewStringValue(value)
}

// TestKnowsWhatIsFixed verifies that the immutable fields of every kind are known.
func TestKnowsWhatIsFixed(t *testing.T) {
	for name, steps := range stacktest.Ways(t) {
		for resourceName, r := range stacktest.Last(steps).GetDesired().GetResources() {
			u := stacktest.Object(t, r)
			if scope.IsManaged(u.GetAPIVersion()) && !knownKind(u) {
				t.Errorf("\nFor each kind somebody has looked up what AWS cannot change.\n%s: %s: %s is not in its row of internal/kinds (Immutable)", name, resourceName, u.GroupVersionKind())
			}
		}
	}
}

// knownKind reports whether a resource's immutable fields are known.
func knownKind(u *unstructured.Unstructured) bool {
	_, ok := kinds.Of(stacktest.KindOf(u))
	return ok
}
