package tiers

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/crossplane/crossplane-runtime/v2/pkg/fieldpath"
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"github.com/google/go-cmp/cmp"

	"github.com/secure-ecommerce/function-secure-ecommerce/apis/v1alpha1"
	inputv1alpha1 "github.com/secure-ecommerce/function-secure-ecommerce/input/v1alpha1"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/claim"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/desired"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
)

// account is the platform's account in tests; with it fewer resources wait.
const account = "123456789012"

// absent is the wanted value of a field that must not be there.
type absent struct{}

// stack is a composed stack in a test.
type stack struct {
	resources map[string]desired.Resource
	status    v1alpha1.SecureEcommerceStatus
}

// composed runs all tiers for a spec and observed resources, both in JSON.
func composed(t *testing.T, spec string, observed map[string]string, in *inputv1alpha1.Input) stack {
	t.Helper()
	c, err := claim.From(resource.MustStructJSON(`{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"SecureEcommerce","metadata":{"name":"shop","namespace":"team-a"},"spec":` + spec + `}`))
	if err != nil {
		t.Fatalf("claim.From(...): %v", err)
	}
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for role, object := range observed {
		req.Observed.Resources[role] = &fnv1.Resource{Resource: resource.MustStructJSON(object)}
	}
	seen := facts.From(req)
	s, err := settings.Decide(c, in, seen)
	if err != nil {
		t.Fatalf("settings.Decide(...): %v", err)
	}
	set := desired.NewSet(s, seen)
	out := stack{resources: map[string]desired.Resource{}}
	Compose(s, seen, set)
	for _, tier := range All() {
		tier.Report(s, seen, &out.status)
	}
	resources, err := set.Resources()
	if err != nil {
		t.Fatalf("set.Resources(): %v", err)
	}
	for _, r := range resources {
		out.resources[r.Role] = r
	}
	return out
}

// platform is an input that says which account it is.
func platform() *inputv1alpha1.Input { return &inputv1alpha1.Input{AccountID: account} }

// noInput is the input of a platform that says nothing.
func noInput() *inputv1alpha1.Input { return &inputv1alpha1.Input{} }

// tierCase is what one resource must look like for a spec.
type tierCase struct {
	reason   string
	spec     string
	observed map[string]string
	input    *inputv1alpha1.Input
	role     string
	// want is wanted values by the path below spec.forProvider, or from the root
	// if it begins with a dot.
	want map[string]any
	// missing is whether the resource must not exist at all, waits whether it
	// must wait.
	missing, waits bool
}

func runTierCases(t *testing.T, cases map[string]tierCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			in := tc.input
			if in == nil {
				in = platform()
			}
			r, ok := composed(t, tc.spec, tc.observed, in).resources[tc.role]
			if diff := cmp.Diff(!tc.missing, ok); diff != "" {
				t.Fatalf("\n%s\n%s composed: -want, +got:\n%s", tc.reason, tc.role, diff)
			}
			if diff := cmp.Diff(tc.waits, len(r.Waits) > 0); diff != "" {
				t.Errorf("\n%s\n%s waits: -want, +got:\n%s", tc.reason, tc.role, diff)
			}
			for path, want := range tc.want {
				if diff := cmp.Diff(want, field(t, r, path)); diff != "" {
					t.Errorf("\n%s\n%s %s: -want, +got:\n%s", tc.reason, tc.role, path, diff)
				}
			}
		})
	}
}

// stays stands for whether a resource stays in AWS when the stack is deleted.
const stays = "whether it stays"

// field is the value at a path of a resource. Policies are parsed, so that
// cases can say paths within.
func field(t *testing.T, r desired.Resource, path string) any {
	t.Helper()
	if path == stays {
		policies, _ := fieldpath.Pave(r.Object.AsMap()).GetStringArray("spec.managementPolicies") // None are all.
		return len(policies) > 0 && !slices.Contains(policies, "Delete")
	}
	if path[0] == '.' {
		path = path[1:]
	} else {
		path = "spec.forProvider." + path
	}
	p := fieldpath.Pave(r.Object.AsMap())
	v, err := p.GetValue(path)
	if fieldpath.IsNotFound(err) {
		return absent{}
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

// statements are the statements of a policy in a resource by Sid.
func statements(t *testing.T, r desired.Resource, path string) map[string]map[string]any {
	t.Helper()
	text, ok := field(t, r, path).(string)
	if !ok {
		t.Fatalf("%s of %s is not text", path, r.Role)
	}
	document := struct {
		Version   string           `json:"Version"`
		Statement []map[string]any `json:"Statement"`
	}{}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatalf("%s of %s: %v", path, r.Role, err)
	}
	if document.Version != "2012-10-17" {
		t.Errorf("%s of %s: version %q is not the language that the policy is written in", path, r.Role, document.Version)
	}
	out := map[string]map[string]any{}
	for _, s := range document.Statement {
		sid, _ := s["Sid"].(string)
		out[sid] = s
	}
	return out
}
