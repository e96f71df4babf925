// Package tiertest contains helpers for the tests of all tiers: stacks from claims
// and observed resources, and table cases for resources.
package tiertest

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
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/platform"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/settings"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/tiers"
)

// Account is the platform's account in tests. With it, fewer resources wait.
const Account = "123456789012"

// Absent is the expected value of a field that must not exist.
type Absent struct{}

// Stack is a composed stack in a test.
type Stack struct {
	Settings  *settings.Settings
	Resources map[string]desired.Resource
	Status    v1alpha1.SecureEcommerceStatus
}

// Composed runs all tiers for the spec of a stack and observed resources, both in
// JSON.
func Composed(t *testing.T, spec string, observed map[string]string, in *inputv1alpha1.Input) Stack {
	t.Helper()
	return Request{Kind: v1alpha1.Kind, Spec: spec, Observed: observed, Input: in}.Composed(t)
}

// Request is all that decides a stack or an account.
type Request struct {
	// Kind is that of a namespaced composite.
	Kind string
	// Spec and the observed resources are in JSON.
	Spec     string
	Observed map[string]string
	Input    *inputv1alpha1.Input
	Accounts []platform.Account
}

// Composed runs all tiers of the kind.
func (r Request) Composed(t *testing.T) Stack {
	t.Helper()
	c, err := claim.From(resource.MustStructJSON(`{"apiVersion":"platform.secure-ecommerce.dev/v1alpha1","kind":"` + r.Kind + `","metadata":{"name":"shop","namespace":"team-a"},"spec":` + r.Spec + `}`))
	if err != nil {
		t.Fatalf("claim.From(...): %v", err)
	}
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{}}}
	for resourceName, object := range r.Observed {
		req.Observed.Resources[resourceName] = &fnv1.Resource{Resource: resource.MustStructJSON(object)}
	}
	seen := facts.From(req)
	s, err := settings.Decide(c, r.Input, r.Accounts, seen)
	if err != nil {
		t.Fatalf("settings.Decide(...): %v", err)
	}
	set := desired.NewSet(s, seen)
	out := Stack{Settings: s, Resources: map[string]desired.Resource{}}
	tiers.Compose(s, seen, set)
	for _, tier := range tiers.Of(c.IsAccount) {
		tier.Report(s, seen, &out.Status)
	}
	resources, err := set.Resources()
	if err != nil {
		t.Fatalf("set.Resources(): %v", err)
	}
	for _, found := range resources {
		out.Resources[found.Resource] = found
	}
	return out
}

// Platform returns an input with an account ID.
func Platform() *inputv1alpha1.Input { return &inputv1alpha1.Input{AccountID: Account} }

// NoInput returns an empty input.
func NoInput() *inputv1alpha1.Input { return &inputv1alpha1.Input{} }

// TierCase contains the expected fields of one resource.
type TierCase struct {
	Reason   string
	Spec     string
	Observed map[string]string
	Input    *inputv1alpha1.Input
	// Kind is that of a namespaced composite. The default is a stack.
	Kind string
	// Accounts lists the accounts whose guardrails a stack can use.
	Accounts []platform.Account
	Resource string
	// Want contains the expected values by path in spec.forProvider, or from the
	// root with a leading dot.
	Want map[string]any
	// Missing reports whether the resource must not exist, and Waits whether it
	// must wait.
	Missing, Waits bool
}

// kindOf returns the kind of a case.
func kindOf(tc TierCase) string {
	if tc.Kind == "" {
		return v1alpha1.Kind
	}
	return tc.Kind
}

// RunTierCases composes each case's stack and compares its resource.
func RunTierCases(t *testing.T, cases map[string]TierCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			in := tc.Input
			if in == nil {
				in = Platform()
			}
			request := Request{Kind: kindOf(tc), Spec: tc.Spec, Observed: tc.Observed, Input: in, Accounts: tc.Accounts}
			r, ok := request.Composed(t).Resources[tc.Resource]
			if diff := cmp.Diff(!tc.Missing, ok); diff != "" {
				t.Fatalf("\n%s\n%s composed: -want, +got:\n%s", tc.Reason, tc.Resource, diff)
			}
			if diff := cmp.Diff(tc.Waits, len(r.Waits) > 0); diff != "" {
				t.Errorf("\n%s\n%s waits: -want, +got:\n%s", tc.Reason, tc.Resource, diff)
			}
			for path, want := range tc.Want {
				if diff := cmp.Diff(want, Field(t, r, path)); diff != "" {
					t.Errorf("\n%s\n%s %s: -want, +got:\n%s", tc.Reason, tc.Resource, path, diff)
				}
			}
		})
	}
}

// Stays is the path that represents whether a resource is kept on deletion.
const Stays = "whether it stays"

// Field returns the value at a path of a resource. Policies are decoded, so that
// paths can continue in them.
func Field(t *testing.T, r desired.Resource, path string) any {
	t.Helper()
	if path == Stays {
		policies, err := fieldpath.Pave(r.Object.AsMap()).GetStringArray("spec.managementPolicies")
		if err != nil && !fieldpath.IsNotFound(err) {
			t.Fatalf("%s: %v", r.Resource, err)
		}
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
		return Absent{}
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return v
}

// JSON returns a value as JSON with sorted keys.
func JSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Statements returns the statements of a policy in a resource by Sid.
func Statements(t *testing.T, r desired.Resource, path string) map[string]map[string]any {
	t.Helper()
	text, ok := Field(t, r, path).(string)
	if !ok {
		t.Fatalf("%s of %s is not text", path, r.Resource)
	}
	document := struct {
		Version   string           `json:"Version"`
		Statement []map[string]any `json:"Statement"`
	}{}
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		t.Fatalf("%s of %s: %v", path, r.Resource, err)
	}
	if document.Version != "2012-10-17" {
		t.Errorf("%s of %s: version %q is not the language that the policy is written in", path, r.Resource, document.Version)
	}
	out := map[string]map[string]any{}
	for _, s := range document.Statement {
		sid, _ := s["Sid"].(string)
		out[sid] = s
	}
	return out
}
