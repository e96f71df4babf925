// Package stacktest composes the examples' stacks for tests: from Crossplane's
// first request until they are ready.
package stacktest

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/resource"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"github.com/secure-ecommerce/function-secure-ecommerce/internal/compose"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/facts"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/readiness"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/scope"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/simulator"
	"github.com/secure-ecommerce/function-secure-ecommerce/internal/wire"
)

// Root returns the root directory of the repository, for tests of any package.
var Root = sync.OnceValue(func() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			err = errors.New("there is no go.mod above the test")
		}
		dir = filepath.Dir(dir)
	}
	panic(err)
})

// Composite returns a cluster-scoped composite with a spec in JSON.
func Composite(spec string) *fnv1.Resource {
	return &fnv1.Resource{Resource: resource.MustStructJSON(`{
		"apiVersion": "platform.secure-ecommerce.dev/v1alpha1", "kind": "XSecureEcommerce",
		"metadata": {"name": "shop", "uid": "c0ffee"}, "spec": ` + spec + `}`)}
}

// Run composes a stack, or fails the test.
func Run(t *testing.T, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp, err := compose.Compose(req, facts.From(req))
	if err != nil {
		t.Fatalf("Compose(...): %v", err)
	}
	return rsp
}

// Examples returns all claims in examples/, by file name.
var Examples = func() []string {
	files, err := filepath.Glob(filepath.Join(Root(), "examples", "*.yaml"))
	if err != nil {
		panic(err) // The pattern is valid.
	}
	var out []string
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Clean(f))
		if err != nil {
			panic(err)
		}
		if claimed.Match(raw) && !strings.HasSuffix(f, "-required.yaml") {
			out = append(out, strings.TrimSuffix(filepath.Base(f), ".yaml"))
		}
	}
	return out
}()

// claimed matches a claim of a stack or an account.
var claimed = regexp.MustCompile(`(?m)^kind: SecureEcommerce(Account)?$`)

// Scopes lists both scopes.
var Scopes = []scope.Scope{scope.Cluster, scope.Namespaced}

// maxSteps is the maximum number of responses until a stack is ready.
const maxSteps = 12

// Step is a call of the function during the creation of a stack.
type Step struct {
	Request  *fnv1.RunFunctionRequest
	Response *fnv1.RunFunctionResponse
	// Questions contains what the function asked about observed resources.
	Questions facts.Questions
}

// Request returns Crossplane's first request for an example.
func Request(t *testing.T, example string, s scope.Scope) *fnv1.RunFunctionRequest {
	t.Helper()
	req := RequestOf(t, filepath.Join("examples", example+".yaml"), s)
	// Some examples need an input, which is in a file next to them.
	if _, err := os.Stat(InputFile(example)); err == nil {
		req.Input = Input(t, InputFile(example))
	}
	// Others need objects that Crossplane passes to the function.
	required := RequiredFile(example)
	if _, err := os.Stat(required); err == nil {
		req.RequiredResources = map[string]*fnv1.Resources{"accounts": {Items: []*fnv1.Resource{{Resource: Input(t, required)}}}}
	}
	return req
}

// RequestOf returns Crossplane's first request for a claim in a file of this
// repository.
func RequestOf(t *testing.T, file string, s scope.Scope) *fnv1.RunFunctionRequest {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(Root(), file)) //nolint:gosec // The test chooses the file.
	if err != nil {
		t.Fatal(err)
	}
	xr := &unstructured.Unstructured{}
	if err := yaml.Unmarshal(raw, &xr.Object); err != nil {
		t.Fatal(err)
	}
	if s == scope.Cluster {
		if err := unstructured.SetNestedMap(xr.Object, map[string]any{"name": xr.GetName(), "namespace": xr.GetNamespace()}, "spec", "claimRef"); err != nil {
			t.Fatal(err)
		}
		xr.SetKind("X" + xr.GetKind())
		xr.SetNamespace("")
	}
	xr.SetUID("0b5b3f1c-6f0e-4a83-9c0e-2d9a1f6f7a11")
	composite, err := resource.AsStruct(xr)
	if err != nil {
		t.Fatal(err)
	}
	return &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: composite}}}
}

// InputFile returns the file of an example's input.
func InputFile(example string) string {
	return filepath.Join(Root(), "examples", example+"-input.yaml")
}

// RequiredFile returns the file of the object that an example requires.
func RequiredFile(example string) string {
	return filepath.Join(Root(), "examples", example+"-required.yaml")
}

// Input reads the function's input.
func Input(t *testing.T, file string) *structpb.Struct {
	t.Helper()
	raw, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	out, err := yaml.YAMLToJSON(raw)
	if err != nil {
		t.Fatal(err)
	}
	return resource.MustStructJSON(string(out))
}

// Converge simulates the provider until responses no longer change, and returns
// every call.
func Converge(t *testing.T, req *fnv1.RunFunctionRequest) []Step {
	t.Helper()
	var steps []Step
	aws, sent := simulator.AWS{}.Stack(), sender{}
	for range maxSteps {
		observed := sent.facts(t, req)
		rsp, err := compose.Compose(req, observed)
		if err != nil {
			t.Fatalf("Compose(...): %v", err)
		}
		steps = append(steps, Step{Request: req, Response: rsp, Questions: observed.Questions()})
		earlier := req.GetObserved().GetResources()
		shown, err := aws.Observe(rsp.GetDesired().GetResources(), earlier)
		if err != nil {
			t.Fatalf("Observe(...): %v", err)
		}
		if maps.Equal(earlier, shown) { // Unchanged resources are not copied.
			return steps
		}
		req = withResources(req, shown)
	}
	t.Fatalf("the stack does not settle in %d steps", maxSteps)
	return nil
}

// withResources returns a request with other observed resources, which are not
// copied.
func withResources(req *fnv1.RunFunctionRequest, resources map[string]*fnv1.Resource) *fnv1.RunFunctionRequest {
	others, state := wire.Shallow(req), wire.Shallow(req.GetObserved())
	others.Observed, state.Resources = state, nil // Most of a request is its resources.
	out := proto.CloneOf(others)
	out.Observed.Resources = resources
	return out
}

// Copy returns a copy of a request. Calls get the observed resources only in encoded
// form and cannot change them, so these are not copied.
func Copy(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionRequest {
	return withResources(req, maps.Clone(req.GetObserved().GetResources()))
}

// sender encodes observed resources like Crossplane. It encodes each resource once,
// because most resources are the same in the next request.
type sender map[*fnv1.Resource]*fnv1.Resource

// facts returns the facts in a request.
func (s sender) facts(t *testing.T, req *fnv1.RunFunctionRequest) facts.Observed {
	t.Helper()
	added := map[string]*fnv1.Resource{}
	for resourceName, r := range req.GetObserved().GetResources() {
		if s[r] == nil {
			added[resourceName] = r
		}
	}
	raw, err := proto.Marshal(&fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: added}})
	if err != nil {
		t.Fatal(err)
	}
	received := &fnv1.RunFunctionRequest{}
	if err := wire.Unmarshal(raw, received); err != nil {
		t.Fatal(err)
	}
	for resourceName, r := range added {
		s[r] = received.GetObserved().GetResources()[resourceName]
	}
	state := &fnv1.State{Composite: req.GetObserved().GetComposite(), Resources: map[string]*fnv1.Resource{}}
	for resourceName, r := range req.GetObserved().GetResources() {
		state.Resources[resourceName] = s[r]
	}
	return facts.From(&fnv1.RunFunctionRequest{Observed: state})
}

// waysOnce caches them: they are the same for every test, and read-only.
var waysOnce = map[string][]Step{}

// collectLess reduces garbage collection, which would search the cached calls again
// and again: a gigabyte.
var collectLess = sync.OnceFunc(func() {
	debug.SetGCPercent(300)
	debug.SetMemoryLimit(4 << 30)
})

// Way returns the calls of an example in a scope.
func Way(t *testing.T, example string, s scope.Scope) []Step {
	t.Helper()
	collectLess()
	name := example + "/" + string(s)
	if waysOnce[name] == nil {
		waysOnce[name] = Converge(t, Request(t, example, s))
	}
	return waysOnce[name]
}

// Alternate returns the calls of each example in one of the scopes, by example and
// scope. Tests of what does not depend on the scope take half the time with it.
func Alternate(t *testing.T) map[string][]Step {
	t.Helper()
	out := map[string][]Step{}
	for i, example := range Examples {
		s := Scopes[i%len(Scopes)]
		out[example+"/"+string(s)] = Way(t, example, s)
	}
	return out
}

// Ways returns the calls of each example in each scope.
func Ways(t *testing.T) map[string][]Step {
	t.Helper()
	out := map[string][]Step{}
	for _, example := range Examples {
		for _, s := range Scopes {
			out[example+"/"+string(s)] = Way(t, example, s)
		}
	}
	return out
}

// Equal reports whether two responses are equal. It is faster than proto.Equal for
// resources, which are almost all of a response.
func Equal(a, b *fnv1.RunFunctionResponse) bool {
	equal := func(a, b *fnv1.Resource) bool {
		return wire.Equal(a.GetResource(), b.GetResource()) && proto.Equal(withoutObject(a), withoutObject(b))
	}
	return maps.EqualFunc(a.GetDesired().GetResources(), b.GetDesired().GetResources(), equal) && proto.Equal(withoutResources(a), withoutResources(b))
}

func withoutObject(r *fnv1.Resource) *fnv1.Resource {
	out := wire.Shallow(r)
	out.Resource = nil
	return out
}

func withoutResources(rsp *fnv1.RunFunctionResponse) *fnv1.RunFunctionResponse {
	out := wire.Shallow(rsp)
	if out.GetDesired() != nil {
		out.Desired = wire.Shallow(out.GetDesired())
		out.Desired.Resources = nil
	}
	return out
}

// Last returns the response for a ready stack.
func Last(steps []Step) *fnv1.RunFunctionResponse { return steps[len(steps)-1].Response }

// CRDs returns the directory of the provider's CRDs.
var CRDs = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/upbound/provider-aws/v2").Output()
	return filepath.Join(strings.TrimSpace(string(out)), "package", "crds"), err
})

// Object returns a resource as a Kubernetes object.
func Object(t *testing.T, r *fnv1.Resource) *unstructured.Unstructured {
	t.Helper()
	u := &unstructured.Unstructured{}
	if err := resource.AsObject(r.GetResource(), u); err != nil {
		t.Fatal(err)
	}
	return u
}

// Stands reports whether a condition is true, or belongs to a tier that the stack
// does not have.
func Stands(c *fnv1.Condition) bool {
	return c.GetStatus() == fnv1.Status_STATUS_CONDITION_TRUE || c.GetStatus() == fnv1.Status_STATUS_CONDITION_UNKNOWN && readiness.Absent(c.GetReason())
}

// KindOf returns service and kind of a resource, such as "s3/Bucket".
func KindOf(u *unstructured.Unstructured) string {
	service, _, _ := strings.Cut(u.GroupVersionKind().Group, ".")
	return service + "/" + u.GetKind()
}
