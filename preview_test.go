package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/crossplane/crossplane-runtime/v2/pkg/meta"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/test/stacktest"
)

// kubectl returns a ready stack in the format of kubectl get -o yaml.
func kubectl(t *testing.T, state *fnv1.State) string {
	t.Helper()
	return kubectlIn(t, yaml.Marshal, state)
}

// kubectlIn returns a ready stack in a format of kubectl get.
func kubectlIn(t *testing.T, marshal func(any) ([]byte, error), state *fnv1.State) string {
	t.Helper()
	xr := stacktest.Object(t, state.GetComposite())
	owner := map[string]string{"crossplane.io/composite": xr.GetName()}
	for _, field := range []string{"name", "namespace"} {
		if value, ok, _ := unstructured.NestedString(xr.Object, "spec", "claimRef", field); ok {
			owner["crossplane.io/claim-"+field] = value
		}
	}
	xr.SetLabels(owner)
	items := []any{xr.Object}
	for _, resourceName := range slices.Sorted(maps.Keys(state.GetResources())) {
		u := stacktest.Object(t, state.GetResources()[resourceName])
		meta.AddAnnotations(u, map[string]string{"crossplane.io/composition-resource-name": resourceName})
		meta.AddLabels(u, owner)
		items = append(items, u.Object)
	}
	out, err := marshal(map[string]any{"apiVersion": "v1", "kind": "List", "items": items})
	if err != nil {
		t.Fatal(err)
	}
	return writeFile(t, "observed.yaml", string(out))
}

func writeFile(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// printed contains the examples that are also compared with output of render: a
// small one, and two with long chains of waiting resources.
var printed = []string{"claim", "domain", "edge"}

// TestPreviewOfNothing verifies that a claim changes nothing in its own stack,
// whether the stack was printed by kubectl or by render.
func TestPreviewOfNothing(t *testing.T) {
	for name, steps := range stacktest.Alternate(t) {
		example, s, _ := strings.Cut(name, "/")
		args := []string{"render", filepath.Join("examples", example+".yaml"), "--scope", s}
		if _, err := os.Stat(stacktest.InputFile(example)); err == nil {
			args = append(args, "--input", stacktest.InputFile(example))
		}
		if _, err := os.Stat(stacktest.RequiredFile(example)); err == nil {
			args = append(args, "--required", stacktest.RequiredFile(example))
		}
		format := json.Marshal // Writing YAML takes ten times as long.
		if slices.Contains(printed, example) {
			format = yaml.Marshal
		}
		live := kubectlIn(t, format, steps[len(steps)-1].Request.GetObserved())
		observed := map[string][]string{"Live": {live}}
		if slices.Contains(printed, example) {
			rendered, stderr, code := executed(append(args, "--converged")...)
			if code != 0 {
				t.Fatal(stderr)
			}
			observed["Converged"], observed["Rendered"] = []string{live, "--converged"}, []string{writeFile(t, "rendered.yaml", rendered)}
		}
		for source, more := range observed {
			t.Run(source+"/"+name, func(t *testing.T) {
				stdout, stderr, code := executed(slices.Concat(args, []string{"--diff", "--observed"}, more)...)
				if code != 0 || !strings.Contains(stdout, "\n0 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, ") {
					t.Errorf("\nA stack that stands does not change by itself.\nexit code %d, %s\n%s", code, stderr, stdout)
				}
			})
		}
	}
}

// TestPreviewOfClaim verifies that a claim matches its composite, which has a
// generated name in a cluster.
func TestPreviewOfClaim(t *testing.T) {
	req := stacktest.Request(t, "claim", scope.Cluster)
	metadata := req.GetObserved().GetComposite().GetResource().GetFields()["metadata"].GetStructValue().GetFields()
	claim := metadata["name"].GetStringValue()
	metadata["name"] = structpb.NewStringValue(claim + "-x7k2p")
	steps := stacktest.Converge(t, req)
	observed := kubectl(t, steps[len(steps)-1].Request.GetObserved())
	stdout, stderr, code := executed("render", filepath.Join("examples", "claim.yaml"), "--diff", "--observed", observed)
	for _, want := range []string{" XSecureEcommerce/" + claim + "-x7k2p:", "\n0 to create, 0 to change, 0 with changes that AWS rejects, 0 to delete, "} {
		if code != 0 || !strings.Contains(stdout, want) {
			t.Errorf("\nA claim is compared with its own composite.\nexit code %d, %s\nwant %q in:\n%s", code, stderr, want, stdout)
		}
	}
}

// TestPreview verifies the output for edits of a minimal claim.
func TestPreview(t *testing.T) {
	const claim = "apiVersion: platform.secure-ecommerce.dev/v1alpha1\nkind: SecureEcommerce\nmetadata: {name: shop, namespace: team-a}\nspec: {region: eu-west-1"
	cases := map[string]struct {
		reason string
		edit   string
		want   []string
	}{
		"Size": {
			reason: "A larger size changes the database in place.",
			edit:   ", size: medium}",
			want:   []string{"\n~ rds/Instance database ", "\n    instanceClass: \"db.t3.micro\" -> \"db.t4g.medium\"\n", " 0 to delete, "},
		},
		"Gateways": {
			reason: "A gateway in each zone is made and paid for.",
			edit:   ", network: {natGateways: PerZone}}",
			want:   []string{"\n+ ec2/NATGateway nat-gateway-2 ", "\nEstimated monthly cost: "},
		},
		"WithoutParameters": {
			reason: "What is switched off is deleted; parameters can be made again.",
			edit:   ", guardrails: {parameters: {enabled: false}}}",
			want:   []string{"\n- ssm/Parameter "},
		},
	}
	for _, s := range stacktest.Scopes {
		steps := stacktest.Way(t, "claim", s)
		observed := kubectl(t, steps[len(steps)-1].Request.GetObserved())
		input := writeFile(t, "input.yaml", "{apiVersion: fn.platform.secure-ecommerce.dev/v1alpha1, kind: Input, switchableGuardrails: [parameters]}")
		for name, tc := range cases {
			t.Run(string(s)+"/"+name, func(t *testing.T) {
				stdout, stderr, code := executed("render", writeFile(t, "claim.yaml", claim+tc.edit), "--scope", string(s), "--diff", "--observed", observed, "--input", input)
				if code != 0 {
					t.Errorf("\n%s\nexit code: want 0, got %d\n%s", tc.reason, code, stderr)
				}
				for _, want := range tc.want {
					if !strings.Contains(stdout, want) {
						t.Errorf("\n%s\nwant %q in:\n%s", tc.reason, want, stdout)
					}
				}
			})
		}
	}
}

// TestPreviewOfLoss verifies that the exit code is 2 if data would be destroyed.
func TestPreviewOfLoss(t *testing.T) {
	steps := stacktest.Way(t, "edge", scope.Namespaced)
	observed := kubectl(t, steps[len(steps)-1].Request.GetObserved())
	raw, err := os.ReadFile(filepath.Join("examples", "edge.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(string(raw), "    realtimeLogs:\n      samplingPercent: 10\n", "", 1)
	stdout, stderr, code := executed("render", writeFile(t, "claim.yaml", edited), "--scope", "namespaced", "--diff", "--observed", observed)
	if code != 2 || !strings.Contains(stderr, "data would be destroyed: kinesis/Stream cdn-realtime-stream") {
		t.Errorf("\nWhat destroys data is told and leaves with 2.\nexit code %d, %s\n%s", code, stderr, stdout)
	}
}
